/* Joint: one tenon to drive home; then the tower it went into, to shake, and to light. */

import { chance, clamp, glow, KAI, rgba } from "../js/light.js";
import { drawAxis, drawJoint, drawPagoda, JOINTS } from "../js/joinery.js";

const APART = 3.4; // units of the joint the piece in the hand hangs above its place
const MOUTH = 0.75; // so near it has to be straight to go on
const TRUE = 0.42; // so far off its line it still goes in
const HOME = 0.12;
const REST_S = 2.4; // after a joint, before the next one
const TURN_PX = 26; // so long a swing one way counts
const SHAKE_MS = 140;
const HARD = 14; // m/s2 beyond gravity that is a shake of the handset

export function open(page) {
  const bench = document.getElementById("bench");
  const button = page.element("button", "act", "");
  const place = page.target(page.word("joint"), function () { press_(); });
  let view = null, tower = null; // where the joint and where the tower are drawn
  let apart = APART, off = 0; // how far the piece is from home, and off its line
  let held = null, stuck = 0, home = 0, driving = false;
  let mine = null; // storey of the guest's newest tenon
  let made = 0;
  let swing = 0, speed = 0, turn = null, shaken = 0; // the small tower, and the finger that rocks it
  let lamp = 0;
  let act = "";
  let asked = false;
  const dust = [];
  button.addEventListener("click", function () { press_(); });
  bench.appendChild(button);
  listen();

  return {
    house: function () {
      const c = page.house.companion || {};
      if (c.act !== act) {
        act = c.act || "raise";
        if (act === "raise") { mine = null; fresh(); }
        lamp = 0;
        button.textContent = page.word(act === "raise" ? "join" : act === "shake" ? "shake" : "lamp");
        page.measure();
      }
      (c.tenons || []).forEach(function (t) { if (t[0] === page.guest.id) mine = t[1]; });
      words();
    },
    place: function (box) {
      const names = page.lang === "zh" ? 30 : 50; // what stands above the joint
      const s = Math.min(box.w / 8.6, (box.h - names) / 9.4);
      view = { x: box.x + box.w * 0.5, y: box.y + names + (box.h - names) * 0.645, s: s };
      view.box = box.w;
      const h = Math.min(box.h * 0.94, box.w * 1.45);
      tower = { x: box.x + box.w / 2, ground: box.y + (box.h + h) / 2 - 4, h: h };
      place(box.x + box.w / 2 - 100, box.y + box.h * 0.2, 200, Math.min(260, box.h * 0.7));
    },
    lively: function () {
      return held !== null || driving || home > 0 || stuck > 0.02 || Math.abs(swing) + Math.abs(speed) > 0.3 || lamp > 0.02;
    },
    press: function (p) {
      if (act === "stand") { light(); return; }
      held = { x: p.x, y: p.y, apart: apart, off: off };
      if (act === "shake") { allow(); turn = { x: p.x, from: p.x, way: 0, at: p.at }; }
    },
    move: function (p) {
      if (!held) return;
      if (act === "shake") rock(p);
      else if (!home && !driving) drive(p);
    },
    lift: function () { held = null; turn = null; },
    draw: function (ctx, box, t, dt) {
      if (!view) return;
      if (act === "raise") joint(ctx, box, t, dt);
      else pagoda(ctx, t, dt);
    },
    close: function () { window.removeEventListener("devicemotion", motion); },
  };

  /* The joint */

  function part() {
    const parts = (page.house.companion || {}).parts || [];
    if (!parts.length) return ["cross", ["华拱", "huá gǒng", "projecting arm"], ["泥道拱", "ní dào gǒng", "wall arm"]];
    return parts[(page.guest.id + made) % parts.length];
  }

  function fresh() {
    apart = APART;
    off = made % 2 ? 0.9 : -0.9; // it never hangs straight by itself
    home = 0;
    driving = false;
  }

  function drive(p) {
    const next = held.apart - (held.y - p.y) / -view.s;
    off = clamp(held.off + (p.x - held.x) / view.s, -1.7, 1.7);
    if (next < MOUTH && Math.abs(off) > TRUE) {
      if (apart > MOUTH && navigator.vibrate && !page.calm) navigator.vibrate(20);
      apart = MOUTH;
      stuck = 1;
      words();
      return;
    }
    if (next < MOUTH) off *= 0.5; // the mortise leads it
    apart = clamp(next, 0, APART + 0.6);
    if (apart <= HOME) land();
  }

  function land() {
    const v = clamp(1 - Math.abs(off) / TRUE * 0.5, 0.4, 1);
    apart = off = 0;
    home = 0.001;
    held = null;
    driving = false;
    stuck = 0;
    const die = chance(made + 5);
    for (let i = 0; i < 14; i++) dust.push({ x: (die() - 0.5) * 2.4, y: 0, vx: (die() - 0.5) * 3, vy: -1.5 * die(), age: 0 });
    page.act("join", { x: round(0.1 + 0.8 * ((page.guest.id * 0.37) % 1)), y: 0.5, v: round(v), p: [[0.5, 0.5]] });
    if (page.remember) page.remember("tenon", { kind: part()[0] });
    words();
  }

  function joint(ctx, box, t, dt) {
    const it = part(), shape = JOINTS[it[0]] || JOINTS.cross;
    stuck = Math.max(0, stuck - dt * 2);
    if (driving) {
      off *= Math.max(0, 1 - dt * 9);
      apart = Math.max(0, apart - dt * (2 + 7 * (APART - apart)));
      if (apart <= HOME) land();
    }
    if (home > 0) {
      home += dt;
      if (home > REST_S) { made += 1; fresh(); words(); }
    }
    const squash = home > 0 && home < 0.12 && !page.calm ? 2 : 0;
    const float = page.calm || held || home || driving ? 0 : 0.06 * Math.sin(t * 1.6);
    const shiver = stuck > 0.5 && !page.calm ? 0.05 * Math.sin(t * 60) : 0;
    glow(ctx, view.x - view.s * 2.6, view.y - view.s * 3.4, view.s * 7, [220, 150, 76], 0.20);
    if (!home) drawAxis(ctx, view, 0.4, APART + 3.2, 0.55);
    const side = off + shiver;
    drawJoint(ctx, { x: view.x, y: view.y + squash, s: view.s }, shape, [side * 0.58, -side * 0.58, apart + float]);
    motes(ctx, dt);
    names(ctx, box, it);
  }

  function motes(ctx, dt) {
    for (let i = dust.length - 1; i >= 0; i--) {
      const d = dust[i];
      d.age += dt;
      d.x += d.vx * dt;
      d.y += d.vy * dt;
      if (d.age > 0.7) { dust.splice(i, 1); continue; }
      ctx.fillStyle = rgba([236, 200, 150], 0.7 * (1 - d.age / 0.7));
      ctx.fillRect(view.x + d.x * view.s, view.y + d.y * view.s - view.s * 0.6, 2, 2);
    }
  }

  /* Characters and pinyin of both pieces; English for those who read it. */
  function names(ctx, box, it) {
    const big = Math.round(clamp(view.s * 0.62, 20, 30));
    const left = page.left ? "right" : "left";
    const x = page.left ? box.x + box.w - 22 : box.x + 22;
    name(ctx, it[1], x, box.y + big + 8, big, left, 1);
    name(ctx, it[2], x, box.y + box.h - big * 1.3, Math.round(big * 0.8), left, 0.62);
  }

  function name(ctx, words_, x, y, size, align, alpha) {
    ctx.textAlign = align;
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = rgba([243, 233, 210], alpha);
    ctx.font = size + "px " + KAI;
    ctx.fillText(words_[0], x, y);
    ctx.fillStyle = rgba([200, 161, 101], alpha);
    ctx.font = "italic " + Math.round(Math.max(14, size * 0.52)) + "px Georgia, serif";
    ctx.fillText(words_[1], x, y + size * 0.78);
    if (page.lang === "zh") return;
    if (alpha === 1) { ctx.fillText(words_[2], x, y + size * 0.78 + 19); return; }
    ctx.textAlign = align === "left" ? "right" : "left"; // the other corner: the timber lies between
    ctx.fillText(words_[2], x + (align === "left" ? 1 : -1) * (view.box - 44), y);
  }

  /* The tower */

  function rock(p) {
    const dx = p.x - turn.x;
    turn.x = p.x;
    speed += dx * 0.9;
    if (dx && Math.sign(dx) !== turn.way) { turn.way = Math.sign(dx); turn.from = p.x; }
    if (Math.abs(p.x - turn.from) > TURN_PX) {
      const v = clamp(Math.abs(p.x - turn.from) / Math.max(30, p.at - turn.at) * 0.8, 0.3, 1);
      turn.from = p.x;
      turn.at = p.at;
      push(v);
    }
  }

  function push(v) {
    const at = Date.now();
    if (at - shaken < SHAKE_MS || act !== "shake") return;
    shaken = at;
    const ask = (page.house.companion || {}).ask; // what the house is counting now
    page.act(ask && ask.verb === "tap" ? "tap" : "shake", { v: round(v), x: round(0.5 + 0.4 * Math.sign(swing || 1)), y: 0.3 });
  }

  function pagoda(ctx, t, dt) {
    const step = Math.min(dt, 0.03);
    for (let left = dt; left > 0; left -= step) {
      speed += (-47.8 * swing - 2 * 0.09 * 6.9 * speed) * Math.min(step, left);
      swing = clamp(swing + speed * Math.min(step, left), -26, 26);
    }
    lamp = Math.max(act === "stand" && mine ? 0.35 : 0, lamp - dt * 0.35);
    const bend = page.calm ? 0.3 : 1;
    const lamps = [0, 0, 0, 0, 0].map(function (zero, i) { return act !== "stand" ? 0 : mine ? (i + 1 === mine ? 0.45 + lamp : 0.12) : lamp; });
    glow(ctx, tower.x, tower.ground - tower.h * 0.4, tower.h * 0.8, act === "stand" ? [210, 120, 70] : [70, 90, 130], 0.22);
    drawPagoda(ctx, tower.x, tower.ground, tower.h, function (v) { return bend * swing * v * (0.5 + 0.5 * v); }, lamps);
    if (mine) mark(ctx);
  }

  /* Which storey is mine: a short line beside it and its number. */
  function mark(ctx) {
    const v = [0.13, 0.31, 0.44, 0.565, 0.68][mine - 1];
    const side = page.left ? -1 : 1, x = tower.x + side * tower.h * 0.235, y = tower.ground - v * tower.h;
    ctx.strokeStyle = rgba([243, 233, 210], 0.8);
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + side * 16, y);
    ctx.stroke();
    ctx.fillStyle = "#F3E9D2";
    ctx.textAlign = side > 0 ? "left" : "right";
    ctx.textBaseline = "middle";
    ctx.font = "italic 600 17px Georgia, serif";
    ctx.fillText(String(mine), x + side * 21, y);
  }

  function light() {
    lamp = 0.55;
    page.act("tap", { x: 0.5, y: round(mine ? 1 - (mine - 0.5) / 5 : 0.5), v: 1 });
    words();
  }

  /* Words, the button, and the handset's own movement */

  function press_() {
    if (act === "stand") light();
    else if (act === "shake") { allow(); speed += (swing > 0 ? -1 : 1) * 60; push(0.7); }
    else if (!home && !driving) driving = true;
  }

  function words() {
    if (act === "raise" && mine && made + home > 0 && home > 0) page.says(page.word("jointMine", { n: mine }), page.word("jointMineLine", { n: mine }));
    else if (act === "raise" && home) page.says(page.word("jointHome"), page.word("jointSoon"));
    else if (act === "raise" && stuck) page.says(page.word("joint"), page.word("jointCrooked"));
    else if (act === "raise") page.says(page.word("joint"), mine ? page.word("jointMineLine", { n: mine }) : "");
    else page.says(page.word(act === "shake" ? "shake" : "lamp"), act === "stand" && mine ? page.word("jointMineLine", { n: mine }) : "");
  }

  function listen() {
    const kind = window.DeviceMotionEvent;
    if (kind && !kind.requestPermission) window.addEventListener("devicemotion", motion);
  }

  /* Some handsets want to be asked, and only under a finger; a refusal is no loss, there is the finger. */
  function allow() {
    const kind = window.DeviceMotionEvent;
    if (asked || !kind || !kind.requestPermission) return;
    asked = true;
    kind.requestPermission().then(function (said) {
      if (said === "granted") window.addEventListener("devicemotion", motion);
    }, function () { /* the drag stays */ });
  }

  function motion(e) {
    const a = e.acceleration && e.acceleration.x !== null ? e.acceleration : null;
    if (!a || act !== "shake") return;
    const hard = Math.sqrt(a.x * a.x + a.y * a.y + a.z * a.z);
    if (hard < HARD) return;
    speed += (a.x < 0 ? -1 : 1) * 50;
    push(clamp(hard / 30, 0.3, 1));
  }

  function round(v) { return Math.round(v * 1000) / 1000; }
}
