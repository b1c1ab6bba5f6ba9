/* A fader for fingers: it moves by how far one drags, never jumps to where one touched, and while it is held
   the house's echo is not allowed to pull it back. */

import { now } from "./wire.js";

const SEND_MS = 40;
const SETTLE_MS = 700; // after letting go, older echoes are still on their way

/* `facts`: label, raw 0..1, show(raw) -> text, send(raw). Gives {node, set(raw), label(text)}. */
export function fader(facts) {
  const node = make("div", "fader");
  const rail = node.appendChild(make("div", "rail"));
  const fill = rail.appendChild(make("div", "fill"));
  const name = rail.appendChild(make("span", "name"));
  const value = rail.appendChild(make("span", "value"));
  let raw = facts.raw;
  let hand = null; // {id, x, from}
  let freed = -SETTLE_MS;
  let sent = 0;
  let later = 0;
  rail.tabIndex = 0;
  rail.setAttribute("role", "slider");
  rail.setAttribute("aria-valuemin", "0");
  rail.setAttribute("aria-valuemax", "100");

  function paint() {
    fill.style.width = (raw * 100).toFixed(2) + "%";
    value.textContent = facts.show(raw);
    rail.setAttribute("aria-valuenow", String(Math.round(raw * 100)));
    rail.setAttribute("aria-valuetext", value.textContent);
  }

  function turn(to) {
    const next = Math.min(1, Math.max(0, to));
    if (next === raw) return;
    raw = next;
    paint();
    const wait = SEND_MS - (now() - sent);
    clearTimeout(later);
    if (wait <= 0) send();
    else later = setTimeout(send, wait);
  }

  function send() {
    sent = now();
    facts.send(Math.round(raw * 1000) / 1000);
  }

  function take(id, x) {
    if (hand) return;
    hand = { id: id, x: x, from: raw };
    node.className = "fader held";
  }

  function drag(id, x) {
    if (hand && hand.id === id) turn(hand.from + (x - hand.x) / rail.getBoundingClientRect().width);
  }

  function free(id) {
    if (!hand || hand.id !== id) return;
    hand = null;
    freed = now();
    node.className = "fader";
  }

  if (window.PointerEvent) {
    rail.addEventListener("pointerdown", function (e) {
      if (e.button > 0) return;
      try {
        rail.setPointerCapture(e.pointerId);
      } catch (gone) {
        // Already lifted; pointerup follows.
      }
      take(e.pointerId, e.clientX);
    });
    rail.addEventListener("pointermove", function (e) { drag(e.pointerId, e.clientX); });
    rail.addEventListener("pointerup", function (e) { free(e.pointerId); });
    rail.addEventListener("pointercancel", function (e) { free(e.pointerId); });
  } else {
    const first = function (e) { return e.changedTouches[0]; };
    rail.addEventListener("touchstart", function (e) { take(first(e).identifier, first(e).clientX); });
    rail.addEventListener("touchmove", function (e) { drag(first(e).identifier, first(e).clientX); });
    rail.addEventListener("touchend", function (e) { free(first(e).identifier); });
    rail.addEventListener("touchcancel", function (e) { free(first(e).identifier); });
  }
  rail.addEventListener("keydown", function (e) {
    const step = { ArrowRight: 0.02, ArrowUp: 0.02, ArrowLeft: -0.02, ArrowDown: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }[e.key];
    if (!step) return;
    e.preventDefault();
    e.stopPropagation();
    freed = now();
    turn(raw + step);
  });

  const self = {
    node: node,
    set: function (to) {
      if (hand || now() - freed < SETTLE_MS || typeof to !== "number") return;
      raw = to;
      paint();
    },
    label: function (text) {
      name.textContent = text;
      rail.setAttribute("aria-label", text);
    },
  };
  self.label(facts.label);
  paint();
  return self;
}

function make(name, className) {
  const node = document.createElement(name);
  node.className = className;
  return node;
}
