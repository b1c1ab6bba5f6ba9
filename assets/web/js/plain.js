/* For browsers too old for the page: the same house with words and one large button, in the JavaScript of 2009. */
(function () {
  "use strict";
  if (window.xitai && window.xitai["js/page.js"]) return; // the whole page runs
  var WORDS = {
    tap: ["敲", "Tap"], flick: ["泼", "Throw"], drag: ["牵", "Pull"], cut: ["剪", "Cut"], wait: ["候场", "Wait"]
  };
  var zh = (navigator.language || "zh").toLowerCase().indexOf("zh") === 0 ? 0 : 1;
  var house = { companion: {} }, socket = null, token = null, seq = 0, n = 0;
  var verb = document.getElementById("verb"), line = document.getElementById("line");
  var button = document.createElement("button");
  button.type = "button";
  button.className = "act";
  document.getElementById("bench").appendChild(button);
  if (!window.WebSocket || !window.JSON) {
    line.textContent = zh ? "Please look at the stage" : "请看台上";
    button.hidden = true;
    return;
  }

  function open() {
    socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ws");
    socket.onopen = function () {
      say({ t: "hello", v: 1, lang: zh ? "en" : "zh", resume: token });
    };
    socket.onmessage = function (message) { hear(JSON.parse(message.data)); };
    socket.onclose = function () {
      socket = null;
      setTimeout(open, 500 + Math.random() * 1500);
    };
  }

  function say(message) {
    if (socket && socket.readyState === 1) socket.send(JSON.stringify(message));
  }

  function put(into, keys) {
    for (var key in keys) if (Object.prototype.hasOwnProperty.call(keys, key)) into[key] = keys[key];
  }

  function hear(message) {
    if (message.token) token = message.token;
    if (message.s) seq = message.s;
    if (message.snap) house = message.snap;
    if (message.t === "d") {
      if (message.k) put(house, message.k);
      if (message.c) put(house.companion, message.c);
    }
    show();
  }

  function wanted() {
    var verbs = (house.companion && house.companion.verbs) || [];
    for (var i = 0; i < verbs.length; i++) if (WORDS[verbs[i]]) return verbs[i];
    return "wait";
  }

  function show() {
    var name = wanted(), said = house.companion && house.companion.line, title = house.title || ["", ""];
    verb.textContent = name === "wait" ? title[zh] : WORDS[name][zh];
    line.textContent = (said && said[zh]) || "";
    button.textContent = WORDS[name][zh];
    button.hidden = name === "wait";
  }

  button.onclick = function () {
    var name = wanted(), act = { t: "act", verb: name, n: n += 1, v: 0.7 };
    if (name === "cut") {
      act.o = ["drop", "crescent"][n % 2];
      act.p = n % 2 ? [[0.52, 0.4], [0.6, 0.36], [0.7, 0.42]] : [[0.58, 0.25]];
    }
    say(act);
    line.textContent = "✓";
    setTimeout(show, 700);
  };
  setInterval(function () { say({ t: "ack", s: seq }); }, 500);
  show();
  open();
})();
