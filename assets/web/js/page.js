/* The audience page, put together: one picture, one link, and the view the show asks for. */

import { element, target } from "./bench.js";
import { deeds } from "./deeds.js";
import { keep, recall, wipe } from "./keep.js";
import { seal } from "./light.js";
import { join } from "./link.js";
import { picture } from "./picture.js";
import { choices } from "./settings.js";
import { stock } from "./stock.js";
import { fill, firstTongue, WORDS } from "./words.js";
import * as pond from "../views/pond.js";
import * as seat from "../views/seat.js";
import * as wait from "../views/wait.js";

const SEEN_MS = 2600;
const RELOAD_MS = 60000;

const by = function (id) { return document.getElementById(id); };
const bench = by("bench");

const page = {
  lang: recall("lang", firstTongue()),
  left: recall("left", false),
  calm: recall("calm", !!(window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches)),
  linked: false,
  house: { companion: {} },
  guest: { id: 0, block: null, queue: 0 },
  deeds: deeds(),
  draft: null, // a flower half cut, kept while the page shows something else
  box: { x: 0, y: 0, w: 0, h: 0, W: 0, H: 0, wide: false },
  word: word,
  pick: pick,
  act: act,
  level: function (verb, value) { link.level(verb, value); },
  give: give,
  remember: function (kind, thing) { page.deeds.remember(kind, thing); },
  did: did,
  until: function (showTime) { return link.until(showTime); },
  seat: function (block) { link.seat(block); settle(); },
  room: function (code) { link.room(code); },
  settle: settle,
  element: element,
  target: function (label, press) { return target(bench, label, press); },
  says: says,
  measure: function () { easel.measure(); },
  column: column,
};

const views = stock({ wait: wait, seat: seat, pond: pond }, turn);
const settings = choices(by("more"), by("choices"), page, { choose: choose, reseat: reseat, keepsake: lookBack, leave: leave });
let view = null; // the open view and its module's name
let viewName = "";
let asked = recall("asked", false);
let stamp = 0;
let said = [];
let moving = false; // the guest asked for another seat
let aside = ""; // what the guest looks at beside the running moment: a vote, or the keepsake
let shut = false; // the door asks for the room's code
const broken = {}; // views that failed: the guest sees the ember instead, and nothing of it

const easel = picture(by("picture"), by("line"), bench, page, {
  place: function (box) { ask("place", box); },
  lively: function () { return ask("lively"); },
  draw: function (ctx, box, t, dt) { ask("draw", ctx, box, t, dt); },
  press: function (p) {
    settings.close();
    ask("press", p);
  },
  move: function (p) { ask("move", p); },
  lift: function (p) { ask("lift", p); },
});

const link = join(page.lang, {
  house: function (house, fresh) {
    page.house = house;
    if (aside === "vote" && !second()) aside = "";
    turn();
    tellView(fresh);
    if ("companion" in fresh || "title" in fresh) speak();
  },
  guest: function (guest) {
    page.guest = guest;
    if (page.deeds.begin(guest.id)) asked = false;
    showNumber();
    turn();
    speak();
  },
  linked: function (is) {
    page.linked = is;
    if (is) shut = false;
    by("linking").hidden = is;
    document.documentElement.setAttribute("data-linked", is ? "yes" : "no");
    document.documentElement.setAttribute("data-guest", String(page.guest.id));
    if (is) turn();
  },
  seen: function (deed) {
    by("seen").textContent = word("seen");
    by("seen").className = "seen on";
    clearTimeout(stamp);
    stamp = setTimeout(function () { by("seen").className = "seen"; }, SEEN_MS);
    ask("seen", deed);
  },
  // Mostly nothing is said of it: the guest's own echo stands; rate and moment are the house's affair.
  refused: function (n) { ask("refused", n); },
  shut: function () {
    shut = true;
    by("linking").hidden = true;
    if (viewName === "room") view.wrong();
    turn();
  },
  over: function () {
    page.house = Object.assign({}, page.house, { dark: false, companion: { view: "bow", verbs: [] } });
    page.guest.queue = 0;
    aside = "";
    by("linking").hidden = true;
    turn();
    tellView(page.house);
  },
  elsewhere: function () { page.house = { companion: { view: "wait", verbs: [] } }; offerReturn(); },
  stale: function () {
    if (Date.now() - recall("reloaded", 0) < RELOAD_MS) return;
    keep("reloaded", Date.now());
    location.reload();
  },
});

/* Words */

function word(key, facts) {
  const pair = WORDS[key] || ["", ""];
  return fill(pick(pair), facts);
}

function pick(pair) {
  if (!pair) return "";
  return (page.lang === "zh" ? pair[0] || pair[1] : pair[1] || pair[0]) || "";
}

/* What the view says instead of its usual words, until it says() nothing. */
function says(verb, line) {
  said = [verb, line];
  speak();
}

function speak() {
  const companion = page.house.companion || {};
  const queue = page.guest.queue, hush = viewName === "wait" && !queue && !said[1];
  document.querySelector(".says").className = "says" + (hush ? " hush" : "") + (offerAside() ? " beside" : "");
  set(by("verb"), said[0] || (viewName in WORDS ? word(viewName) : ""));
  const own = viewName === "seat" ? "" : pick(companion.line);
  set(by("line"), queue ? word("queue", { n: queue }) : said[1] || own || (hush ? "" : word(viewName + "Line")));
  easel.measure();
}

function set(node, text) { if (node.textContent !== text) node.textContent = text; }

/* What a guest does */

function act(verb, facts) {
  easel.asked();
  if (navigator.vibrate && !page.calm) navigator.vibrate(8);
  page.deeds.count(verb, 1, page.house);
  return link.act(verb, facts);
}

function give(verb, list, pause) {
  easel.asked();
  page.deeds.count(verb, list.length, page.house);
  return link.give(verb, list, pause);
}

/* What they did, in the order of the evening, as one sentence; nothing of what there are no words for. */
function did() {
  const counts = page.deeds.counts;
  return Object.keys(counts).filter(function (verb) { return "did" + verb in WORDS; }).map(function (verb) {
    return word("did" + verb, { n: counts[verb] });
  }).join(pick(["，", ", "]));
}

/* Column 0..2 of the hall, as the house counts those who gave no seat. */
function column() {
  return page.guest.block === null ? page.guest.id % 3 : page.guest.block % 3;
}

/* Views */

function wanted() {
  const companion = page.house.companion || {};
  if (shut) return "room";
  if (page.house.dark || page.guest.queue) return "wait";
  if (moving || (!asked && page.guest.block === null && page.guest.id)) return "seat";
  if (aside) return aside;
  let name = companion.view || "wait";
  if (name === "seat") name = (companion.verbs || []).indexOf("tap") >= 0 ? "pond" : "wait"; // already sitting
  return name;
}

/* One verb a page: a vote that is open beside the scene's own verb has a page of its own, a tap away. */
function second() {
  const companion = page.house.companion || {}, verbs = companion.verbs || [];
  return companion.view !== "vote" && verbs.indexOf("vote") >= 0 && (companion.options || []).length ? "vote" : "";
}

/* The way there and back; true while it is offered. */
function offerAside() {
  const there = viewName === (aside || (page.house.companion || {}).view) && !!(aside || second());
  by("aside").hidden = !there;
  set(by("aside"), word(aside ? "back" : "aside"));
  return there;
}

function settle() {
  asked = true;
  moving = false;
  keep("asked", true);
  turn();
}

/* Show what is wanted; an ember until it is here, and for good where nobody knows it. */
function turn() {
  const name = wanted(), known = views.has(name) && !broken[name] ? name : "wait";
  if (known !== name && !broken[name]) views.fetch(name);
  if (known !== viewName) open(known);
}

function open(name) {
  ask("close");
  while (bench.firstChild) bench.removeChild(bench.firstChild);
  bench.className = "bench";
  viewName = name;
  document.documentElement.setAttribute("data-view", name);
  said = [];
  view = null;
  trust(function () { view = views.open(name, page); });
  speak();
  tellView(page.house);
  easel.fresh();
}

function tellView(fresh) { ask("house", page.house, fresh); }

/* Whatever a view does wrong ends the view, never the page. */
function trust(doing) {
  const name = viewName;
  try {
    doing();
  } catch (error) {
    if (name === "wait") throw error;
    console.error(name + ": " + error + "\n" + error.stack);
    broken[name] = true;
    view = null;
    easel.wipe();
    turn();
  }
}

/* Ask the open view for something; what it does not know it does not do. */
function ask(name, a, b, c, d) {
  let answer;
  trust(function () { if (view && view[name]) answer = view[name](a, b, c, d); });
  return answer;
}

function showNumber() {
  const mark = by("number");
  if (!page.guest.id || mark.getAttribute("data-number") === String(page.guest.id)) return;
  mark.setAttribute("data-number", String(page.guest.id));
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", word("number", { n: page.guest.id }));
  mark.textContent = "";
  mark.appendChild(seal(102, String(page.guest.id), "Georgia, serif", "italic 600"));
  mark.hidden = false;
}

/* Settings */

function dress() {
  document.documentElement.lang = page.lang === "zh" ? "zh-CN" : "en";
  document.body.className = "page" + (page.left ? " left" : "") + (page.calm ? " calm" : "");
  by("tongue").textContent = word("tongue");
  by("tongue").lang = page.lang === "zh" ? "en" : "zh-CN";
  by("more").setAttribute("aria-label", word("settings"));
  by("linking").textContent = word("linking");
  showNumber();
  if (viewName) open(viewName);
}

/* Put a choice on or off, and dress the page again. */
function choose(name) {
  page[name] = !page[name];
  keep(name, page[name]);
  dress();
}

function reseat() {
  moving = true;
  turn();
}

/* The keepsake is there at any time, for who leaves early or comes to it late. */
function lookBack() {
  aside = "bow";
  turn();
}

function offerReturn() {
  turn();
  offer("here", function () { link.again(); });
}

/* Everything about the guest is erased, there and here. */
function leave() {
  link.leave();
  wipe();
  page.linked = false;
  page.house = { companion: { view: "wait", verbs: [] }, title: page.house.title };
  by("number").hidden = true;
  turn();
  page.says("", word("forgotten"));
  offer("again", function () { location.reload(); });
}

/* One button on the empty bench. */
function offer(name, then) {
  const button = element("button", "act", word(name));
  button.addEventListener("click", function () {
    bench.removeChild(button);
    then();
  });
  bench.appendChild(button);
  by("linking").hidden = true;
  easel.measure();
}

by("aside").addEventListener("click", function () {
  aside = aside ? "" : second();
  turn();
});
by("tongue").addEventListener("click", function () {
  page.lang = page.lang === "zh" ? "en" : "zh";
  keep("lang", page.lang);
  link.speak(page.lang);
  dress();
});
document.addEventListener("contextmenu", function (e) { if (e.target.tagName !== "IMG") e.preventDefault(); });

dress();
open("wait");
easel.begin();
views.later();
