/* The operator's page, put together: door, desk, keys. */

import { aim } from "./aim.js";
import { booth } from "./booth.js";
import { cueList } from "./cuelist.js";
import { WORDS } from "./deskwords.js";
import { gate } from "./gate.js";
import { goSeal } from "./go.js";
import { fader } from "./fader.js";
import { keep, recall } from "./keep.js";
import { panels } from "./panels.js";
import { said } from "./said.js";
import { fill, firstTongue } from "./words.js";

const by = function (id) { return document.getElementById(id); };
const KEYS = { b: "blackout", p: "panic", f: "freeze", c: "curtain", a: "autoplay", h: "hold", Backspace: "back" };

let lang = recall("lang", firstTongue());
let pictures = 0;

const text = {
  word: function (key, facts) { return fill(text.pick(WORDS[key] || ["", ""]), facts); },
  pick: function (pair) { return pair ? (lang === "zh" ? pair[0] || pair[1] : pair[1] || pair[0]) || "" : ""; },
  said: function (sentence) { return lang === "zh" ? said(sentence) : sentence; },
};

const line = booth({
  ready: enter,
  changed: tell,
  refused: function (why, wait) { if (line.inside()) shown.refused(why); else door.refuse(why, wait); },
  linked: function (is) {
    by("lost").hidden = is;
    by("desk").className = is ? "desk" : "desk away";
    document.documentElement.setAttribute("data-linked", is ? "yes" : "no");
    dressLink();
  },
  picture: show,
  mosaic: function (sight) { sights.seen(sight); },
});
const door = gate(by("gate"), text, line.knock);
const go = goSeal(by("go"), by("goseal"), function () { return line.order("go"); });
const list = cueList(by("cues"), text, line.order);
const shown = panels(text, line);
const sights = aim(text, line);
const master = fader({
  label: "", raw: 1, send: line.master,
  show: function (raw) { return Math.round(raw * 100) + " %"; },
});
by("master").appendChild(master.node);

function enter() {
  door.open();
  by("desk").hidden = false;
  tell(null);
  line.preview(!document.hidden);
}

/* `fresh`: which keys changed, or null for all. */
function tell(fresh) {
  const desk = line.seen.desk;
  const has = function () {
    return fresh === null || Array.prototype.some.call(arguments, function (key) { return fresh[key]; });
  };
  if (has("cues", "live", "standby")) list.show(desk.cues || [], desk.live, desk.standby);
  if (has("guarded", "guard_ms")) go.tell(!!desk.guarded, desk.guard_ms);
  if (has("master", "autoplay", "held", "quiet")) {
    master.set((desk.master || {}).level);
    press();
  }
  shown.tell(has);
  if (has("devices")) sights.fares(desk.devices || []);
  if (has("camera", "mode")) sights.tell(desk.camera, desk.mode === "show");
  if (has("stage", "age", "phones")) dressLink();
}

function press() {
  const desk = line.seen.desk, held = desk.master || {};
  document.querySelectorAll("[data-order][aria-pressed]").forEach(function (key) {
    const name = key.getAttribute("data-order");
    key.setAttribute("aria-pressed", String(!!(name === "autoplay" ? desk.autoplay : held[name])));
  });
  const cover = by("cover"), on = ["blackout", "curtain", "freeze"].filter(function (name) { return held[name]; });
  if (desk.held) on.push("hold");
  if (desk.quiet) on.push("quietphones");
  cover.hidden = on.length === 0;
  cover.textContent = on.map(function (name) { return text.word(name); }).join(" · ");
}

function dressLink() {
  const hall = line.seen.hall, node = by("linked");
  const stage = hall.stage !== false;
  node.className = line.inside() && stage ? "linked" : "linked off";
  node.textContent = text.word(line.inside() && stage ? "linked" : "away");
  const lost = by("lost");
  if (!line.inside()) lost.textContent = text.word("lost");
  else if (!stage) lost.textContent = text.word("stageaway", { n: Math.round(hall.age || 0) });
  if (line.inside()) lost.hidden = stage;
}

/* Pictures: decoded off the page where the browser can. */
function show(data) {
  const canvas = by("preview"), ctx = canvas.getContext("2d");
  const blob = new Blob([data], { type: "image/jpeg" });
  pictures += 1;
  const mine = pictures;
  const lay = function (picture) {
    if (mine < pictures - 1) return;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    ctx.drawImage(picture, 0, 0);
    canvas.setAttribute("data-pictures", String(mine));
  };
  if (window.createImageBitmap) {
    createImageBitmap(blob).then(function (picture) {
      lay(picture);
      if (picture.close) picture.close();
    }, function () { /* A torn picture; the next one comes. */ });
    return;
  }
  const image = new Image();
  const address = URL.createObjectURL(blob);
  image.onload = image.onerror = function () {
    if (image.width) lay(image);
    URL.revokeObjectURL(address);
  };
  image.src = address;
}

/* Hands */

document.querySelectorAll("[data-order]").forEach(function (key) {
  const name = key.getAttribute("data-order");
  key.addEventListener("click", function () { line.order(name); });
});

by("mode").addEventListener("change", function () {
  line.order("mode", by("mode").value);
  by("mode").blur();
});

document.addEventListener("keydown", function (e) {
  if (sights.isOpen()) {
    if (e.key === "Escape") sights.close();
    return;
  }
  if (!line.inside() || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === " " || e.key === "Spacebar") {
    e.preventDefault();
    if (!e.repeat) go.press();
    return;
  }
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    const next = list.beside(e.key === "ArrowDown" ? 1 : -1);
    e.preventDefault();
    if (next) line.order("standby", next);
    return;
  }
  const order = KEYS[e.key.length === 1 ? e.key.toLowerCase() : e.key];
  if (!order) return;
  e.preventDefault();
  if (!e.repeat) line.order(order);
});
// A focused button would fire a second time when the space bar comes up.
document.addEventListener("keyup", function (e) {
  if (line.inside() && (e.key === " " || e.key === "Spacebar")) e.preventDefault();
});
document.addEventListener("visibilitychange", function () { line.preview(!document.hidden); });

function dress() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-word]").forEach(function (node) {
    node.textContent = text.word(node.getAttribute("data-word"));
  });
  document.querySelectorAll(".tongue").forEach(function (node) {
    node.textContent = text.word("tongue");
    node.lang = lang === "zh" ? "en" : "zh-CN";
  });
  master.label(text.word("master"));
  by("preview").setAttribute("aria-label", text.word("preview"));
  list.again();
  shown.again();
  sights.again();
  tell(null);
  dressLink();
}

document.querySelectorAll(".tongue").forEach(function (node) {
  node.addEventListener("click", function () {
    lang = lang === "zh" ? "en" : "zh";
    keep("lang", lang);
    dress();
  });
});

dress();
if (line.remembered()) line.start();
