/* Niche: the guest's own musician of stone, close by; a touch warms it to lamp-gold. While she flies, one ember. */

import { chance, clamp, ember, glow, KAI, rgba, TAU } from "../js/light.js";
import { musician, SPOTS } from "../js/musician.js";

const WARM_S = 0.18; // stone to lamp-gold
const COOL_S = 2.4;
const RING_S = 1.1;
const DARK_S = 0.8;
const COLD = { light: [150, 122, 92], mid: [98, 77, 57], dark: [30, 22, 16], line: [24, 17, 12] };
const GOLD = { light: [255, 222, 150], mid: [206, 148, 74], dark: [74, 40, 16], line: [56, 28, 10] };

export function open(page) {
  let arch = null; // x, y of the seat's middle, unit in px
  let stone = null; // [cold, gold], drawn once
  let key = "";
  let warm = 0;
  let goal = 0;
  let rings = [];
  let dark = away() ? 1 : 0;
  const place = page.target("", touch);

  return {
    place: function (box) {
      const unit = Math.min(box.w / 150, (box.h - 64) / 168);
      arch = { x: box.x + box.w / 2, y: box.y + 148 * unit, unit: unit, foot: box.y + box.h };
      place(arch.x - 68 * unit, arch.y - 140 * unit, 136 * unit, 146 * unit);
      key = "";
      prepare();
    },
    house: function (house, fresh) {
      prepare();
      if ("companion" in fresh) page.says(away() ? page.word("still") : "");
    },
    lively: function () { return rings.length > 0 || warm > 0.02 || (dark > 0) !== (dark >= 1); },
    press: function (p) {
      if (Math.abs(p.x - arch.x) < 70 * arch.unit && p.y > arch.y - 146 * arch.unit && p.y < arch.y + 10 * arch.unit) touch();
    },
    draw: function (ctx, box, t, dt) {
      if (!stone) return;
      dark = clamp(dark + (away() ? dt : -dt) / DARK_S, 0, 1);
      const heard = (companion().warm || []).indexOf(mine()) >= 0 ? 0.55 : 0;
      if (warm < goal) warm = Math.min(goal, warm + dt / WARM_S);
      else warm *= Math.exp(-dt / COOL_S);
      if (warm >= goal) goal = 0;
      const level = Math.max(warm, heard) * (1 - dark);
      if (dark < 1) wall(ctx, level, 1 - dark);
      if (dark > 0) coal(ctx, box, t);
      rings.forEach(function (ring) { ring.age += dt; });
      rings = rings.filter(function (ring) { return ring.age < RING_S; });
      if (dark < 1) rings.forEach(function (ring) { sound(ctx, ring, 1 - dark); });
    },
  };

  function companion() { return page.house.companion || {}; }
  function away() { return !!companion().away; }
  function columns() { return companion().columns || 10; }
  function count() { return columns() * (companion().rows || 5); }
  function mine() { return Math.max(0, page.guest.id - 1) % count(); }
  function kind() { return Number((companion().kinds || "0").charAt(mine())) || 0; }

  function label() {
    const n = mine(), names = companion().names || [];
    const at = { row: Math.floor(n / columns()) + 1, column: n % columns() + 1 };
    return page.word("niche_of", at) + (names[kind()] ? " · " + page.pick(names[kind()]) : "");
  }

  function prepare() {
    const now = [kind(), arch && arch.unit, page.lang, mine()].join();
    if (!arch || now === key) return;
    key = now;
    stone = [COLD, GOLD].map(function (tone) { return paint(arch.unit, kind(), tone); });
    const button = document.querySelector(".target");
    if (button) button.setAttribute("aria-label", page.word("niche") + ": " + label());
  }

  function touch() {
    if (away() || (companion().verbs || ["tap"]).indexOf("tap") < 0) return;
    goal = 1;
    rings.push({ age: 0 });
    if (rings.length > 5) rings.shift();
    page.act("tap", { v: 1 });
  }

  function wall(ctx, level, alpha) {
    const w = stone[0].width / stone[0].scale, h = stone[0].height / stone[0].scale;
    const x = arch.x - w / 2, y = arch.y - 146 * arch.unit;
    ctx.globalAlpha = 0.72 * alpha;
    ctx.drawImage(stone[0], x, y, w, h);
    if (level > 0.01) {
      ctx.globalAlpha = level * alpha;
      ctx.drawImage(stone[1], x, y, w, h);
      glow(ctx, arch.x, arch.y - 10 * arch.unit, 96 * arch.unit, [255, 176, 84], 0.3 * level * alpha);
    }
    ctx.globalAlpha = alpha;
    ctx.fillStyle = rgba([200, 161, 101], 0.9);
    ctx.font = "15px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(label(), arch.x, arch.y + 19 * arch.unit);
    map(ctx, level);
    ctx.globalAlpha = 1;
  }

  /* Where on the wall: fifty small niches, one's own framed, those that sound alight. */
  function map(ctx, level) {
    const step = Math.min(17, arch.unit * 11), lit = companion().warm || [];
    const top = arch.y + 29 * arch.unit, left = arch.x - step * (columns() - 1) / 2;
    if (top + 5 * step * 0.8 > arch.foot) return;
    for (let n = 0; n < count(); n++) {
      const x = left + (n % columns()) * step, y = top + Math.floor(n / columns()) * step * 0.8;
      const own = n === mine(), on = own ? Math.max(level, 0.35) : lit.indexOf(n) >= 0 ? 0.8 : 0;
      ctx.fillStyle = on ? rgba([255, 190, 104], 0.25 + 0.75 * on) : "rgba(118,93,68,.5)";
      ctx.beginPath();
      ctx.arc(x, y, own ? 3.6 : 2.4, Math.PI, TAU);
      ctx.lineTo(x + (own ? 3.6 : 2.4), y + 3);
      ctx.lineTo(x - (own ? 3.6 : 2.4), y + 3);
      ctx.fill();
    }
  }

  function coal(ctx, box, t) {
    const r = Math.min(26, box.w * 0.07);
    ctx.globalAlpha = dark;
    ctx.fillStyle = "#000";
    ctx.fillRect(0, 0, box.W, box.H);
    ember(ctx, box.x + box.w / 2, box.y + box.h * 0.5, r, 0.5, page.calm ? 0 : t);
    ctx.globalAlpha = 1;
  }

  /* The string swings, or the breath goes out in rings; without motion both only shine. */
  function sound(ctx, ring, alpha) {
    const spot = SPOTS[kind()], u = ring.age / RING_S, k = arch.unit;
    const fade = Math.pow(1 - u, 2) * alpha;
    ctx.save();
    ctx.translate(arch.x, arch.y);
    ctx.scale(k, k);
    ctx.strokeStyle = rgba([255, 240, 190], 0.9 * fade);
    ctx.lineWidth = 0.9;
    if (spot.length === 4) {
      const swing = page.calm ? 0 : 3.2 * Math.exp(-3.2 * ring.age) * Math.sin(ring.age * 46);
      const dx = spot[2] - spot[0], dy = spot[3] - spot[1], long = Math.hypot(dx, dy);
      ctx.beginPath();
      for (let i = 0; i <= 20; i++) {
        const s = i / 20, off = swing * Math.sin(s * Math.PI);
        ctx.lineTo(spot[0] + dx * s - dy / long * off, spot[1] + dy * s + dx / long * off);
      }
      ctx.stroke();
    } else {
      for (let i = 0; i < 3; i++) {
        const r = page.calm ? 8 + 6 * i : (4 + 34 * u) * (0.5 + 0.3 * i);
        ctx.beginPath();
        ctx.arc(spot[0], spot[1], r, 0, TAU);
        ctx.stroke();
      }
    }
    ctx.restore();
  }
}

/* The niche and who sits in it, under one light: a picture 136 by 154 units. */
function paint(unit, kind, tone) {
  const scale = 2, sheet = document.createElement("canvas");
  sheet.width = Math.ceil(136 * unit * scale);
  sheet.height = Math.ceil(154 * unit * scale);
  sheet.scale = scale;
  const ctx = sheet.getContext("2d");
  ctx.scale(scale * unit, scale * unit);
  ctx.translate(68, 146);
  rock(ctx, tone);
  [[66, 132, 1], [61, 126, -1], [57, 121, 1]].forEach(function (edge) { brow(ctx, edge[0], edge[1], edge[2], tone); });
  hollow(ctx, tone);
  musician(ctx, kind, tone);
  ctx.fillStyle = rgba(tone.mid, 1);
  ctx.fillRect(-68, 0, 136, 6);
  ctx.fillStyle = rgba(tone.light, 0.7);
  ctx.fillRect(-68, 0, 136, 1);
  ctx.fillStyle = rgba(tone.line, 0.8);
  ctx.fillRect(-68, 6, 136, 1.4);
  return sheet;
}

function arched(ctx, half, tall) {
  ctx.beginPath();
  ctx.moveTo(-half, 0);
  ctx.lineTo(-half, half - tall);
  ctx.arc(0, half - tall, half, Math.PI, TAU);
  ctx.lineTo(half, 0);
  ctx.closePath();
}

/* Bedding and grain of the sandstone, dying away at the edges into the dark of the phone. */
function rock(ctx, tone) {
  const g = ctx.createRadialGradient(0, -57, 30, 0, -57, 68);
  g.addColorStop(0, rgba(tone.mid, 1));
  g.addColorStop(0.8, rgba(tone.mid, 0.6));
  g.addColorStop(1, rgba(tone.mid, 0));
  ctx.save();
  ctx.scale(1, 1.1);
  ctx.fillStyle = g;
  ctx.fillRect(-68, -133, 136, 138);
  ctx.restore();
  const die = chance(41);
  for (let i = 0; i < 170; i++) {
    const x = die() * 128 - 64, y = -die() * 144, long = 3 + 16 * die(), edge = 1 - Math.hypot(x / 68, (y + 66) / 84);
    ctx.fillStyle = rgba(die() < 0.5 ? tone.light : tone.dark, clamp(0.22 * edge, 0, 0.16));
    ctx.fillRect(x, y, long, 0.5 + 0.7 * die());
  }
}

function brow(ctx, half, tall, way, tone) {
  arched(ctx, half, tall);
  const g = ctx.createLinearGradient(-half, -tall, half, 0);
  const from = way > 0 ? tone.light : tone.dark, to = way > 0 ? tone.dark : tone.mid;
  g.addColorStop(0, rgba(from, 1));
  g.addColorStop(0.5, rgba(tone.mid, 1));
  g.addColorStop(1, rgba(to, 1));
  ctx.fillStyle = g;
  ctx.fill();
}

function hollow(ctx, tone) {
  arched(ctx, 53, 117);
  const g = ctx.createRadialGradient(6, -34, 8, 0, -52, 82);
  g.addColorStop(0, rgba(tone.mid, 1));
  g.addColorStop(0.5, rgba([0, 1, 2].map(function (i) { return Math.round((tone.mid[i] + tone.dark[i]) / 2); }), 1));
  g.addColorStop(1, rgba(tone.dark, 1));
  ctx.fillStyle = g;
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.strokeStyle = rgba(tone.line, 0.75);
  ctx.lineWidth = 7;
  ctx.translate(2, 3);
  arched(ctx, 54, 118);
  ctx.stroke();
  ctx.restore();
}
