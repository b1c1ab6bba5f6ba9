/* Draw: a finger's line in gold on black lacquer; it is set down when the finger lifts, and dulls as it goes up. */

import { chance, clamp, glow, grain, rgba, TAU } from "../js/light.js";

const POINTS = 49; // of a line that is sent
const STAYS_S = 7;
const PAUSE_MS = 560; // the house takes four lines at once, then two a second
const MOST = 6; // lines on the panel
const MOTIFS = ["cloudline", "wave", "fret", "petal"];
const GOLD = [232, 190, 104];

export function open(page) {
  const bench = document.getElementById("bench");
  const row = page.element("div", "row");
  let panel = null; // where the lacquer is
  let lacquer = null; // its still picture
  let live = null; // points under the finger, 0..1
  let lines = []; // {points, age}
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", page.word("lines"));
  MOTIFS.forEach(function (name, i) {
    const chip = page.element("button", "chip", page.word(name));
    chip.insertBefore(icon(name), chip.firstChild);
    chip.addEventListener("click", function () { setDown(motif(name, lines.length + i)); });
    row.appendChild(chip);
  });
  bench.appendChild(row);

  return {
    place: function (box) {
      const w = Math.min(box.w - 32, 460), h = Math.min(box.h - 14, w * 1.3);
      panel = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w: w, h: h };
      lacquer = paint(w, h);
    },
    lively: function () { return live !== null || lines.length > 0; },
    press: function (p) {
      const at = inside(p);
      if (at) live = [at];
    },
    move: function (p) {
      if (live && live.length < 500) live.push(held(p));
    },
    lift: function () {
      const points = live;
      live = null;
      if (points) setDown(points.length > 1 ? points : dot(points[0]));
    },
    draw: function (ctx, box, t, dt) {
      if (!panel) return;
      ctx.drawImage(lacquer, panel.x, panel.y, panel.w, panel.h);
      lines.forEach(function (line) { line.age += dt; });
      lines = lines.filter(function (line) { return line.age < STAYS_S; });
      lines.forEach(function (line) { gild(ctx, line.points, 1 - Math.pow(line.age / STAYS_S, 2)); });
      if (live) gild(ctx, live, 1);
      if (live) {
        const tip = live[live.length - 1];
        glow(ctx, panel.x + tip[0] * panel.w, panel.y + tip[1] * panel.h, 40, [255, 214, 140], 0.7);
      }
    },
  };

  function inside(p) {
    const x = (p.x - panel.x) / panel.w, y = (p.y - panel.y) / panel.h;
    return x > 0 && x < 1 && y > 0 && y < 1 ? [x, y] : null;
  }

  function held(p) { return [clamp((p.x - panel.x) / panel.w, 0.01, 0.99), clamp((p.y - panel.y) / panel.h, 0.01, 0.99)]; }

  function setDown(points) {
    lines.push({ points: points, age: 0 });
    if (lines.length > MOST) lines.shift();
    const kept = few(points);
    page.remember("stroke", { points: kept });
    page.give("draw", [{ p: kept }], function () { return PAUSE_MS; });
  }

  function few(points) {
    const every = Math.max(1, Math.ceil(points.length / POINTS));
    return points.filter(function (p, i) { return i % every === 0 || i === points.length - 1; }).map(function (p) {
      return [Math.round(p[0] * 1000) / 1000, Math.round(p[1] * 1000) / 1000];
    });
  }

  /* Gold laid on lacquer: its own shade below, the light along its upper edge. */
  function gild(ctx, points, bright) {
    const w = Math.max(2.4, panel.w * 0.011);
    [[w, [20, 8, 4], 0.8, 1.6], [w, [150, 104, 38], 0.96, 0], [w * 0.5, [240, 206, 128], 0.9, -w * 0.16]].forEach(function (layer) {
      ctx.strokeStyle = rgba(layer[1], layer[2] * bright);
      ctx.lineWidth = layer[0];
      line(ctx, points, panel.x, panel.y + layer[3], panel.w, panel.h);
    });
  }

  function icon(name) {
    const paper = document.createElement("canvas");
    paper.width = 78;
    paper.height = 66;
    const ctx = paper.getContext("2d");
    ctx.strokeStyle = rgba(GOLD, 1);
    ctx.lineWidth = 4.5;
    line(ctx, motif(name, 0), 39 - 58, 33 - 58, 116, 116);
    return paper;
  }
}

function line(ctx, points, x, y, w, h) {
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.beginPath();
  points.forEach(function (p, i) {
    if (i) ctx.lineTo(x + p[0] * w, y + p[1] * h);
    else ctx.moveTo(x + p[0] * w, y + p[1] * h - 0.01);
  });
  ctx.stroke();
}

function dot(p) {
  const ring = [];
  for (let i = 0; i <= 8; i++) ring.push([clamp(p[0] + 0.008 * Math.cos(i / 8 * TAU), 0, 1), clamp(p[1] + 0.008 * Math.sin(i / 8 * TAU), 0, 1)]);
  return ring;
}

/* Motifs that any lacquer painter's pattern book has, as one line each; no two on one spot. */
function motif(name, index) {
  const die = chance(40 + index), cx = index ? 0.3 + 0.4 * die() : 0.5, cy = index ? 0.25 + 0.5 * die() : 0.5;
  const shape = { cloudline: cloud, wave: wave, fret: fret, petal: lotus }[name], points = [];
  for (let i = 0; i < POINTS; i++) points.push(shape(i / (POINTS - 1)));
  return points.map(function (p) { return [clamp(cx + p[0], 0.02, 0.98), clamp(cy + p[1], 0.02, 0.98)]; });
}

/* A ruyi cloud: out of its own middle by two turns, then away on the wind. */
function cloud(u) {
  if (u > 0.78) return [0.12 + (u - 0.78) * 0.7, -0.03 + 0.14 * Math.pow((u - 0.78) / 0.22, 2) * (1 - u) + 0.1 * Math.sin((u - 0.78) * 9)];
  const v = u / 0.78, a = v * 2.25 * TAU - TAU / 4, r = 0.015 + 0.115 * v;
  return [Math.cos(a) * r - 0.01, Math.sin(a) * r - 0.03];
}

/* Three waves, each lower than the last. */
function wave(u) { return [(u - 0.5) * 0.5, 0.075 * Math.sin(u * 3 * TAU) * (1 - 0.45 * u)]; }

function lotus(u) {
  const a = u * TAU, r = 0.06 + 0.14 * Math.abs(Math.cos(2.5 * a));
  return [Math.sin(a) * r, -Math.cos(a) * r];
}

/* The key fret: inwards by right angles. */
function fret(u) {
  const turns = [[-0.2, 0.2], [-0.2, -0.2], [0.2, -0.2], [0.2, 0.12], [-0.1, 0.12], [-0.1, -0.1], [0.1, -0.1], [0.1, 0.02], [0, 0.02]];
  const at = u * (turns.length - 1), i = Math.min(turns.length - 2, Math.floor(at)), f = at - i;
  return [turns[i][0] + (turns[i + 1][0] - turns[i][0]) * f, turns[i][1] + (turns[i + 1][1] - turns[i][1]) * f];
}

/* Black lacquer over red: one soft light across it, a red edge where hands wore it. The gloss is the texture. */
function paint(w, h) {
  const paper = document.createElement("canvas");
  paper.width = Math.ceil(w * 2);
  paper.height = Math.ceil(h * 2);
  const ctx = paper.getContext("2d");
  ctx.scale(2, 2);
  ctx.fillStyle = "#5d1613";
  ctx.fillRect(0, 0, w, h);
  ctx.fillStyle = "#0b0706";
  ctx.fillRect(2.5, 2.5, w - 5, h - 5);
  const sheen = ctx.createLinearGradient(0, 0, w, h);
  sheen.addColorStop(0, "rgba(120,84,60,.22)");
  sheen.addColorStop(0.32, "rgba(150,108,78,.34)");
  sheen.addColorStop(0.4, "rgba(60,40,30,.14)");
  sheen.addColorStop(1, "rgba(30,16,12,.1)");
  ctx.fillStyle = sheen;
  ctx.fillRect(2.5, 2.5, w - 5, h - 5);
  ctx.strokeStyle = "rgba(200,161,101,.4)";
  ctx.lineWidth = 1;
  ctx.strokeRect(14.5, 14.5, w - 29, h - 29);
  grain(ctx, w, h, 8, [120, 70, 50], 0.03, 30);
  return paper;
}
