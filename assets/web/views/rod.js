/* Hold the rod: one's own side's animal before the lamp, one glowing rod end, and how many hands are on it. */

import { clamp, flicker, glow, grain, iron, rgba, TAU } from "../js/light.js";
import { puppet, tie } from "../js/puppet.js";

const SEND_MS = 80;
const KEEP_MS = 600; // a hand that only holds still says so
const SLACK_PX = 6;
const TAP_MS = 320;
const MARKS = 20;

export function open(page) {
  const side = sideOf();
  const bench = document.getElementById("bench");
  const note = page.element("p", "note");
  bench.appendChild(note);
  let hall = null;
  let paper = null;
  let held = false;
  let grip = [0, 0]; // of the finger to the rod end
  let pressed = null; // {x, y, at, far}
  let tossed = 0; // 1 just now .. 0
  let at = { x: 0.5, v: 0.3 }; // where the rod is, 0..1
  let pose = { x: 0.5, v: 0.3, speed: 0, lean: 0 };
  let sent = 0;
  let sentV = -1;
  let hands = 0;
  let place = null; // of the figure, as last drawn
  const slider = page.target("", null);
  const knob = bench.querySelector(".target");
  knob.setAttribute("role", "slider");
  knob.setAttribute("aria-orientation", "vertical");
  knob.setAttribute("aria-valuemin", "0");
  knob.setAttribute("aria-valuemax", "100");
  knob.addEventListener("keydown", keys);
  label();

  return {
    place: function (box) {
      hall = lay(box);
      paper = screen(hall);
      follow();
    },
    house: function (house) {
      const given = house.companion.hands;
      const mine = Array.isArray(given) ? given[side === "left" ? 0 : 1]
        : given && typeof given === "object" ? given[side] : given;
      hands = Math.max(0, Math.round(Number(mine) || 0)); // our own hand is counted before the house has heard of it
      label();
    },
    lively: function () { return held || tossed > 0 || Math.abs(pose.v - at.v) + Math.abs(pose.x - at.x) + Math.abs(pose.speed) > 0.004; },
    press: function (p) {
      const end = rodEnd();
      held = true;
      grip = [end[0] - p.x, end[1] - p.y];
      pressed = { x: p.x, y: p.y, at: p.at, far: 0 };
      send(true);
    },
    move: function (p) {
      if (!held) return;
      pressed.far = Math.max(pressed.far, Math.hypot(p.x - pressed.x, p.y - pressed.y));
      if (pressed.far > SLACK_PX) drag(p);
    },
    lift: function (p) {
      held = false;
      if (pressed.far <= SLACK_PX && p.at - pressed.at < TAP_MS) toss();
    },
    draw: function (ctx, box, t, dt) {
      if (!hall) return;
      swing(dt);
      if (held && Date.now() - sent > KEEP_MS) send(true);
      ctx.drawImage(paper, hall.x, hall.y, hall.w, hall.h);
      lamp(ctx, t);
      figure(ctx, t);
      rod(ctx, t);
      bar(ctx);
    },
  };

  /* Left half of the hall the ox, right half the tiger; the middle column is shared out by number. */
  function sideOf() {
    const column = page.column();
    return column === 0 || (column === 1 && page.guest.id % 2 === 0) ? "left" : "right";
  }

  function animal() { return side === "left" ? "ox" : "tiger"; }

  /* What the show calls the animal of this side. */
  function called() {
    const sides = page.house.companion.sides, mine = sides && sides[side === "left" ? 0 : 1];
    return Array.isArray(mine) ? page.pick(mine) : page.word(animal());
  }

  function label() {
    note.textContent = page.word("hands", { n: Math.max(hands, held ? 1 : 0) });
    knob.setAttribute("aria-label", page.word("rod_of", { name: called() }));
    knob.setAttribute("aria-valuenow", String(Math.round(at.v * 100)));
  }

  function lay(box) {
    const w = Math.min(box.w - (box.wide ? 24 : 32), 520), h = Math.min(box.h * 0.92, w * 1.28);
    return { x: box.x + (box.w - w) / 2, y: box.y + Math.max(0, (box.h - h) * 0.35), w: w, h: h, foot: box.y + box.h - 12, turn: side === "left" ? 1 : -1 };
  }

  /* Finger */

  /* A tap tosses the head: horns up, jaws up. */
  function toss() {
    tossed = 1;
    if ((page.house.companion.verbs || []).indexOf("tap") >= 0) page.act("tap", { v: 1 });
  }

  function drag(p) {
    at.x = clamp((p.x + grip[0] - hall.x) / hall.w, 0.08, 0.92);
    at.v = clamp(1 - (p.y + grip[1] - hall.y - hall.h * 0.52) / (hall.h * 0.42), 0, 1);
    follow();
    send(false);
  }

  function keys(e) {
    const step = { ArrowUp: 0.08, ArrowRight: 0.08, ArrowDown: -0.08, ArrowLeft: -0.08 }[e.key];
    if (!step) return;
    e.preventDefault();
    at.v = clamp(at.v + step, 0, 1);
    follow();
    send(true);
  }

  function follow() {
    const end = rodEnd();
    slider(end[0] - 34, end[1] - 34, 68, 68);
    label();
  }

  function send(anyway) {
    const now_ = Date.now(), v = Math.round(at.v * 1000) / 1000;
    if (!anyway && (now_ - sent < SEND_MS || v === sentV)) return;
    sent = now_;
    sentV = v;
    page.level("drag", v);
  }

  function rodEnd() {
    return [hall.x + at.x * hall.w, hall.y + hall.h * (0.52 + 0.42 * (1 - at.v))];
  }

  /* Leather swings: the animal follows its rod late, and a little too far. */
  function swing(dt) {
    tossed = Math.max(0, tossed - dt / 0.6);
    if (page.calm) {
      pose.x = at.x;
      pose.v = at.v;
      pose.speed = 0;
      return;
    }
    const before = pose.x;
    pose.x += (at.x - pose.x) * Math.min(1, dt / 0.09);
    pose.v += (at.v - pose.v) * Math.min(1, dt / 0.11);
    const pull = ((pose.x - before) / Math.max(dt, 0.001)) * 0.5;
    pose.speed += (pull - pose.lean * 36 - pose.speed * 6) * dt;
    pose.lean = clamp(pose.lean + pose.speed * dt * 4, -1, 1);
    if (Math.abs(pose.speed) < 0.002) pose.speed = 0;
  }

  /* Picture */

  function lamp(ctx, t) {
    const still = page.calm ? 1 : 1 + 0.03 * flicker(t * 1.7, 2);
    glow(ctx, hall.x + hall.w / 2, hall.y + hall.h * 0.42, hall.w * 0.62, [255, 190, 110], 0.2 * still);
  }

  function figure(ctx) {
    const size = Math.min(hall.w / 290, hall.h * 0.6 / 165);
    const now_ = { sway: pose.lean + (pose.v - 0.3) * 0.2, nod: (0.3 - pose.v) * 0.5 - pose.lean * 0.2, lift: clamp(pose.v - 0.25, -0.1, 1) * 0.42 };
    const up = page.calm ? (tossed > 0 ? 0.5 : 0) : Math.sin(tossed * tossed * Math.PI);
    now_.nod -= 0.55 * up;
    now_.lift += 0.16 * up;
    place = placeOf(size, now_);
    puppet(ctx, animal(), place.x, place.y, size, hall.turn, now_);
  }

  function placeOf(size, now_) {
    const x = hall.x + hall.w * (0.5 + (pose.x - 0.5) * 0.34), y = hall.y + hall.h * 0.62;
    const knot = tie(animal(), now_);
    return { x: x, y: y, tie: [x + knot[0] * size * hall.turn, y + knot[1] * size] };
  }

  function rod(ctx, t) {
    const end = rodEnd(), from = place.tie;
    ctx.lineCap = "round";
    ctx.strokeStyle = "rgba(20,10,5,.8)";
    ctx.lineWidth = 3.4;
    line(ctx, from, end);
    ctx.strokeStyle = "rgba(190,130,70,.55)";
    ctx.lineWidth = 1;
    line(ctx, from, end);
    const warm = held ? 1 : 0.72 + (page.calm ? 0 : 0.12 * flicker(t, 4));
    glow(ctx, end[0], end[1], held ? 84 : 60, iron(1120), 0.62 * warm);
    ctx.fillStyle = rgba(iron(1080 + 260 * warm), 1);
    ctx.beginPath();
    ctx.arc(end[0], end[1], held ? 13 : 11, 0, TAU);
    ctx.fill();
    ctx.strokeStyle = rgba(iron(1350), 0.7 * warm);
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(end[0], end[1], held ? 25 : 20, 0, TAU);
    ctx.stroke();
  }

  function line(ctx, a, b) {
    ctx.beginPath();
    ctx.moveTo(a[0], a[1]);
    ctx.lineTo(b[0], b[1]);
    ctx.stroke();
  }

  /* One short rod for each hand, up to twenty; the number is written below. */
  function bar(ctx) {
    const w = Math.min(hall.w, 260), x = hall.x + (hall.w - w) / 2, y = hall.foot;
    for (let i = 0; i < MARKS; i++) {
      const on = i < Math.max(hands, held ? 1 : 0);
      ctx.strokeStyle = on ? rgba(iron(1040 + 300 * i / MARKS), 0.95) : "rgba(120,100,80,.3)";
      ctx.lineWidth = on ? 3 : 1.4;
      line(ctx, [x + w * (i + 0.5) / MARKS, y - (on ? 7 : 3)], [x + w * (i + 0.5) / MARKS, y + 5]);
    }
  }


}

/* The paper window, lamp-lit from behind: bright in the middle, dark at the frame. */
function screen(hall) {
  const paper = document.createElement("canvas");
  paper.width = Math.ceil(hall.w * 2);
  paper.height = Math.ceil(hall.h * 2);
  const ctx = paper.getContext("2d");
  ctx.scale(2, 2);
  const cx = hall.w / 2, cy = hall.h * 0.42, far = Math.max(hall.w, hall.h) * 0.72;
  const light = ctx.createRadialGradient(cx, cy, 0, cx, cy, far);
  for (let i = 0; i <= 8; i++) {
    const rho = i / 8, fall = Math.exp(-3.1 * rho * rho);
    light.addColorStop(rho, rgba([20 + 178 * fall, 17 + 122 * fall, 15 + 58 * fall].map(Math.round), 1));
  }
  ctx.fillStyle = light;
  ctx.fillRect(0, 0, hall.w, hall.h);
  grain(ctx, hall.w, hall.h, 5, [40, 22, 8], 0.1, 22);
  // The frame of the window keeps the light in: rounded off, so that no edge shows.
  ctx.globalCompositeOperation = "destination-in";
  ctx.translate(cx, cy);
  ctx.scale(hall.w * 0.52, hall.h * 0.42);
  const frame = ctx.createRadialGradient(0, 0, 0, 0, 0, 1);
  frame.addColorStop(0, "rgba(0,0,0,1)");
  frame.addColorStop(0.62, "rgba(0,0,0,.92)");
  frame.addColorStop(0.86, "rgba(0,0,0,.4)");
  frame.addColorStop(1, "rgba(0,0,0,0)");
  ctx.fillStyle = frame;
  ctx.fillRect(-2, -2, 4, 4);
  return paper;
}
