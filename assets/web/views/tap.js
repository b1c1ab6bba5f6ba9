/* Tap: a drum head under one lamp. The middle says dong, the rim says da; the skin answers at once. If the
   companion names `ways`, eight gongs stand round it as on the stage, and the guest's own is lit. */

import { chance, clamp, glow, grain, INK, KAI, rgba, TAU } from "../js/light.js";

const RING_S = 0.9;
const SIGNS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
const GONG_S = 1.6;
const NAMED_S = 4;
const MODES = [2.405, 3.832, 5.52, 8.654]; // zeros of the Bessel functions: how round skins move

export function open(page) {
  let drum = null; // centre, radius
  let skin = null; // the still drum, drawn once
  let blows = [];
  let press_ = 0;
  let gong = 9; // seconds since the guest's own gong was last woken
  let loud = 0; // how much it shines: at once a little, fully when the stage has played it
  let lamp = 1; // 0 at a dead stop
  let named = ["", ""]; // the drummer's stroke, and seconds since it was new
  let heard = 9;
  const place = page.target(page.word("tap"), function () { strike({ x: drum.x, y: drum.y }); });

  return {
    place: function (box) {
      const aside = ways() ? 50 : 26;
      const r = Math.min(box.w / 2 - aside, box.h / 2 - (ways() ? 78 : 18), 210);
      drum = { x: box.x + box.w / 2, y: box.y + box.h * (ways() ? 0.47 : box.wide ? 0.5 : 0.54), r: r, ways: !!ways() };
      place(drum.x - r, drum.y - r, r * 2, r * 2);
      skin = paint(Math.round(r));
    },
    house: function () {
      if (drum && drum.ways !== !!ways()) this.place(page.box);
      const stroke = page.house.companion.technique || ["", ""];
      if (stroke[0] !== named[0]) heard = 0;
      named = stroke;
    },
    lively: function () { return blows.length > 0 || gong < GONG_S || (lamp > 0.02 && lamp < 0.98); },
    seen: function () {
      if (!ways()) return;
      gong = 0;
      loud = 1;
    },
    press: function (p) {
      if (Math.hypot(p.x - drum.x, p.y - drum.y) < drum.r * 1.15) strike(p);
    },
    draw: function (ctx, box, t, dt) {
      if (!drum) return;
      press_ = Math.max(0, press_ - dt * 7);
      gong += dt;
      heard += dt;
      lamp = clamp(lamp + (open_() ? dt / 0.6 : -dt / 0.12), 0.06, 1);
      const r = drum.r;
      ctx.globalAlpha = lamp;
      glow(ctx, drum.x - r * 0.3, drum.y - r * 0.4, r * 2.1, [220, 140, 60], 0.13 * lamp);
      if (ways()) gongs(ctx);
      const dip = 1 - 0.012 * press_;
      const w = skin.width / skin.scale;
      ctx.drawImage(skin, drum.x - w * dip / 2, drum.y - w * dip / 2, w * dip, w * dip);
      ctx.globalAlpha = 1;
      blows.forEach(function (blow) { blow.age += dt; });
      blows = blows.filter(function (blow) { return blow.age < RING_S; });
      blows.forEach(function (blow) { ring(ctx, blow); });
      blows.forEach(function (blow) { say(ctx, blow); });
      if (ways() && heard < NAMED_S) name(ctx);
    },
  };

  function ways() { return page.house.companion.ways; }

  function open_() { return (page.house.companion.verbs || []).indexOf("tap") >= 0; }

  /* [sign, Chinese, English] of the guest's own gong: one of its third of the house, by its number. */
  function mine() {
    const column = ways()[page.column()];
    return column[page.guest.id % column.length];
  }

  function gongs(ctx) {
    const own = mine(), r = drum.r * 1.05 + 22;
    SIGNS.forEach(function (sign, i) {
      const a = i / 8 * TAU - TAU / 4, x = drum.x + Math.cos(a) * r, y = drum.y + Math.sin(a) * r;
      const is = sign === own[0], shine = is ? loud * Math.pow(Math.max(0, 1 - gong / GONG_S), 2) : 0;
      brass(ctx, x, y, is ? 19 : 12, is ? 0.6 + 0.4 * shine : 0.22);
      if (!is) return;
      glow(ctx, x, y, 62, [255, 190, 90], (0.16 + 0.6 * shine) * lamp);
      if (shine > 0.02 && !page.calm) {
        ctx.strokeStyle = rgba([255, 222, 150], 0.8 * shine);
        ctx.lineWidth = 1.6;
        ctx.beginPath();
        ctx.arc(x, y, 20 + 26 * (1 - shine), 0, TAU);
        ctx.stroke();
      }
    });
    ctx.fillStyle = rgba([232, 196, 120], 0.92);
    ctx.font = "17px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(page.word("gong", { way: page.pick([own[1], own[2]]) }), drum.x, drum.y + r + 40);
  }

  /* What the drummer is doing just now, by its own name. */
  function name(ctx) {
    ctx.fillStyle = rgba([243, 233, 210], 0.8 * clamp((NAMED_S - heard) / 1.5, 0, 1) * lamp);
    ctx.font = "15px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(page.pick(named), drum.x, drum.y + drum.r * 1.05 + 90);
  }

  function strike(p) {
    if (!open_()) return;
    if (ways()) {
      gong = 0;
      loud = 0.35;
    }
    const dx = (p.x - drum.x) / drum.r, dy = (p.y - drum.y) / drum.r;
    const rim = Math.hypot(dx, dy) > 0.74;
    blows.push({ x: dx, y: dy, rim: rim, age: 0 });
    if (blows.length > 6) blows.shift();
    press_ = rim ? 0.3 : 1;
    page.act("tap", { x: round(clamp(dx / 2 + 0.5, 0, 1)), y: round(clamp(dy / 2 + 0.5, 0, 1)), v: rim ? 0.6 : 1 });
  }

  function round(v) { return Math.round(v * 1000) / 1000; }

  /* Waves from where the finger fell, kept inside the skin; the studs shine when the rim is struck. */
  function ring(ctx, blow) {
    const u = blow.age / RING_S, r = drum.r * 0.83;
    const x = drum.x + blow.x * drum.r, y = drum.y + blow.y * drum.r;
    ctx.save();
    ctx.beginPath();
    ctx.arc(drum.x, drum.y, r, 0, TAU);
    ctx.clip();
    glow(ctx, x, y, drum.r * (0.5 + 0.5 * u), [255, 196, 110], 0.75 * Math.pow(1 - u, 3));
    if (!page.calm) {
      MODES.forEach(function (mode, i) {
        const front = drum.r * (0.06 + u * (0.4 + 0.42 * i));
        ctx.strokeStyle = rgba(i % 2 ? [255, 232, 180] : [70, 40, 20], 0.55 * Math.pow(1 - u, 2) / (1 + 0.3 * i));
        ctx.lineWidth = 7 * (1 - u) / (1 + 0.25 * i) + 0.6;
        ctx.beginPath();
        ctx.arc(x, y, front * mode / 3.2, 0, TAU);
        ctx.stroke();
      });
    }
    ctx.restore();
    if (!blow.rim) return;
    const around = Math.atan2(blow.y, blow.x);
    for (let i = -2; i <= 2; i++) {
      const a = Math.round(around / TAU * 36 + i) / 36 * TAU;
      glow(ctx, drum.x + Math.cos(a) * drum.r * 0.92, drum.y + Math.sin(a) * drum.r * 0.92, drum.r * 0.14,
        [255, 210, 130], (0.9 - 0.25 * Math.abs(i)) * Math.pow(1 - u, 2));
    }
  }

  function say(ctx, blow) {
    const u = blow.age / RING_S;
    const text = page.word(blow.rim ? "rim" : "centre");
    ctx.globalAlpha = Math.pow(1 - u, 1.4);
    ctx.fillStyle = blow.rim ? "#ffe9bd" : "#2a140b";
    ctx.font = drum.r * (blow.rim ? 0.2 : 0.34) + "px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, drum.x + blow.x * drum.r * (blow.rim ? 1.02 : 1), drum.y + blow.y * drum.r - drum.r * (blow.rim ? 0.14 : 0) - (page.calm ? 0 : u * 14));
    ctx.globalAlpha = 1;
  }
}

/* A gong from before: its flat face, the raised boss, the turned rim. */
function brass(ctx, x, y, r, level) {
  const g = ctx.createRadialGradient(x - r * 0.35, y - r * 0.4, r * 0.1, x, y, r);
  g.addColorStop(0, rgba([255, 226, 150], level));
  g.addColorStop(0.5, rgba([207, 163, 73], level));
  g.addColorStop(0.86, rgba([120, 84, 32], level));
  g.addColorStop(1, rgba([44, 28, 10], level));
  ctx.fillStyle = g;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, TAU);
  ctx.fill();
  ctx.strokeStyle = rgba([60, 38, 12], level);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.arc(x, y, r * 0.36, 0, TAU);
  ctx.stroke();
}

/* Shell, studs and skin, lit from the upper left. */
function paint(r) {
  const scale = 2, size = Math.ceil(r * 2.3);
  const paper = document.createElement("canvas");
  paper.width = paper.height = size * scale;
  paper.scale = scale;
  const ctx = paper.getContext("2d");
  ctx.scale(scale, scale);
  ctx.translate(size / 2, size / 2);
  disc(ctx, r * 1.05, shade(ctx, r, [["0", "#6e1d16"], ["0.6", "#4a110d"], ["1", "#1d0806"]]));
  disc(ctx, r * 0.985, shade(ctx, r, [["0", "#a3321f"], ["0.55", "#701a14"], ["1", "#2c0b08"]]));
  disc(ctx, r * 0.855, "#170c07");
  ctx.save();
  ctx.beginPath();
  ctx.arc(0, 0, r * 0.84, 0, TAU);
  ctx.clip();
  disc(ctx, r * 0.84, shade(ctx, r, [["0", "#b79a68"], ["0.45", "#8a6e45"], ["0.8", "#553f27"], ["1", "#352618"]]));
  ctx.translate(-r, -r);
  grain(ctx, r * 2, r * 2, 7, [40, 24, 10], 0.16, r * 0.2);
  ctx.translate(r, r);
  wear(ctx, r);
  ctx.restore();
  for (let i = 0; i < 36; i++) stud(ctx, i / 36 * TAU, r);
  return paper;
}

function disc(ctx, r, fill) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, TAU);
  ctx.fillStyle = fill;
  ctx.fill();
}

function shade(ctx, r, stops) {
  const g = ctx.createRadialGradient(-r * 0.36, -r * 0.44, r * 0.05, -r * 0.1, -r * 0.12, r * 1.28);
  stops.forEach(function (stop) { g.addColorStop(Number(stop[0]), stop[1]); });
  return g;
}

/* The dark round where thousands of sticks have fallen. */
function wear(ctx, r) {
  const g = ctx.createRadialGradient(r * 0.03, r * 0.04, 0, 0, 0, r * 0.46);
  g.addColorStop(0, "rgba(60,34,14,.42)");
  g.addColorStop(0.6, "rgba(60,34,14,.2)");
  g.addColorStop(1, "rgba(60,34,14,0)");
  disc(ctx, r * 0.46, g);
  const die = chance(12);
  for (let i = 0; i < 46; i++) {
    const a = die() * TAU, d = r * 0.4 * Math.sqrt(die());
    ctx.fillStyle = "rgba(50,26,10," + (0.05 + 0.1 * die()).toFixed(3) + ")";
    ctx.beginPath();
    ctx.arc(Math.cos(a) * d, Math.sin(a) * d, r * (0.015 + 0.03 * die()), 0, TAU);
    ctx.fill();
  }
}

function stud(ctx, a, r) {
  const x = Math.cos(a) * r * 0.92, y = Math.sin(a) * r * 0.92, s = r * 0.034;
  const facing = 0.5 - 0.5 * (Math.cos(a) * 0.6 + Math.sin(a) * 0.75);
  ctx.fillStyle = "rgba(10,4,2,.7)";
  ctx.beginPath();
  ctx.arc(x + s * 0.35, y + s * 0.4, s * 1.12, 0, TAU);
  ctx.fill();
  const g = ctx.createRadialGradient(x - s * 0.4, y - s * 0.5, 0, x, y, s);
  g.addColorStop(0, rgba([255, 226, 150], 0.45 + 0.55 * facing));
  g.addColorStop(0.45, INK.brass);
  g.addColorStop(1, "#4c3413");
  ctx.globalAlpha = 0.5 + 0.5 * facing;
  ctx.fillStyle = g;
  ctx.beginPath();
  ctx.arc(x, y, s, 0, TAU);
  ctx.fill();
  ctx.globalAlpha = 1;
}
