/* A WebSocket that comes back by itself: backoff with jitter, dead lines noticed, at once on waking. */

/* Back within 2 s of the network's return: a SYN lost is sent again after 1 s, so one that got lost just before the
   network came costs CONNECT_MS - 1 s and one pause; the other cases cost less. */
const CONNECT_MS = 1600;
const FIRST_MS = 300;
const LONGEST_MS = 1100;
const PATIENT_MS = 15000; // after PATIENT_TRIES, some ten minutes, the house is dark for good: spare the battery
const PATIENT_TRIES = 600;
const SILENT_MS = 3000; // the gateway says something every second
const PROBE_MS = 900;
const BEAT_MS = 500;

export function now() {
  return typeof performance === "object" && performance.now ? performance.now() : Date.now();
}

function address(path) {
  return (location.protocol === "https:" ? "wss://" : "ws://") + location.host + path;
}

/* `on`: open(), message(object), picture(ArrayBuffer), beat() twice a second, and down(close code), which may
   answer "stay" (do not come back) or the ms after which to try again. */
export function wire(path, on) {
  let socket = null;
  let tries = 0;
  let heard = 0;
  let retry = 0;
  let limit = 0;
  let ended = false;
  let resting = false; // told to stay away until asked

  function connect() {
    clearTimeout(retry);
    resting = false;
    if (ended || socket) return;
    const fresh = new WebSocket(address(path));
    fresh.binaryType = "arraybuffer";
    socket = fresh;
    limit = setTimeout(function () { lose(fresh); }, CONNECT_MS);
    fresh.onopen = function () {
      clearTimeout(limit);
      heard = now();
      if (fresh === socket) on.open();
    };
    fresh.onmessage = function (message) {
      if (fresh !== socket) return;
      heard = now();
      if (typeof message.data === "string") hear(message.data);
      else if (on.picture) on.picture(message.data);
    };
    fresh.onclose = function (close) { lose(fresh, close); };
    fresh.onerror = function () { lose(fresh); };
  }

  function hear(text) {
    let message = null;
    try {
      message = JSON.parse(text);
    } catch (garbled) {
      return;
    }
    if (message && typeof message === "object") on.message(message);
  }

  function lose(which, close) {
    if (which !== socket) return;
    socket = null;
    clearTimeout(limit);
    which.onopen = which.onmessage = which.onclose = which.onerror = null;
    try {
      which.close();
    } catch (already) {
      // Closing a socket that never opened throws in old browsers.
    }
    clearTimeout(retry);
    const answer = on.down(close ? close.code : 1006);
    resting = answer === "stay";
    if (resting) return;
    tries += 1;
    retry = setTimeout(connect, typeof answer === "number" ? answer : Math.random() * patience(close));
  }

  /* Longest pause before the next try: what the gateway asked for, else doubling. */
  function patience(close) {
    const asked = close && /^retry=(\d+)$/.exec(close.reason || "");
    if (asked) return Number(asked[1]);
    if (tries > PATIENT_TRIES) return PATIENT_MS;
    return Math.min(LONGEST_MS, FIRST_MS * Math.pow(2, tries - 1));
  }

  /* Close without a word, and stay away until asked. */
  function rest() {
    const open = socket;
    socket = null;
    resting = true;
    clearTimeout(retry);
    clearTimeout(limit);
    if (open) open.close();
  }

  function wake() {
    if (ended || resting) return;
    if (!socket) {
      clearTimeout(retry);
      retry = setTimeout(connect, Math.random() * 150);
      return;
    }
    const suspect = socket;
    const before = heard;
    if (suspect.readyState !== 1) return;
    if (on.beat) on.beat();
    setTimeout(function () {
      if (suspect === socket && heard === before) {
        tries = 0;
        lose(suspect);
      }
    }, PROBE_MS);
  }

  const beat = setInterval(function () {
    if (!socket || socket.readyState !== 1) return;
    if (now() - heard > SILENT_MS) lose(socket);
    else if (on.beat) on.beat();
  }, BEAT_MS);

  document.addEventListener("visibilitychange", function () { if (!document.hidden) wake(); });
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wake);
  connect();

  return {
    send: function (message) {
      if (!socket || socket.readyState !== 1) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    settled: function () { tries = 0; },
    again: connect,
    rest: rest,
    end: function () {
      ended = true;
      clearInterval(beat);
      rest();
    },
  };
}
