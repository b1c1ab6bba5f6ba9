/* Paper-cutting on a folded wedge: what a finger stroke becomes, and the sheet it makes when it is opened.

   Wedge space: tip (the flower's centre) at 0,0, the middle of the wedge along +y, the rim at distance 1;
   the two folds lie at angles -slice/2 and +slice/2. */

import { clamp, grain, rgba, TAU } from "./light.js";

export const PETALS = 6;
const PAPER = "#C8201E";
const STAGE_RIM = 0.95; // how far out the stage draws y = 0
const DROP = 0.13; // length of a drop
const TEETH = 14; // saw-teeth on the rim of one petal

export function slice(petals) { return Math.PI / petals; }

/* What kind of cut a stroke is: a dot is a drop, a curl a cloud, to-and-fro a saw, anything slow a crescent. */
export function classify(points) {
  const line = thin(points, 0.018);
  const length = reach(line);
  if (line.length < 3 || length < 0.05) return length < 0.05 ? "drop" : "crescent";
  let turned = 0, swung = 0, corners = 0, last = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const a = Math.atan2(line[i][1] - line[i - 1][1], line[i][0] - line[i - 1][0]);
    const b = Math.atan2(line[i + 1][1] - line[i][1], line[i + 1][0] - line[i][0]);
    const turn = Math.atan2(Math.sin(b - a), Math.cos(b - a));
    turned += turn;
    swung += Math.abs(turn);
    if (Math.abs(turn) > 1.15) {
      if (last && turn * last < 0) corners += 1;
      last = turn;
    }
  }
  if (Math.abs(turned) > 4.9) return "cloud";
  if (corners >= 2 || swung > 9) return "saw";
  return "crescent";
}

function thin(points, step) {
  const kept = [points[0]];
  points.forEach(function (p) {
    const q = kept[kept.length - 1];
    if (Math.hypot(p[0] - q[0], p[1] - q[1]) >= step) kept.push(p);
  });
  return kept;
}

function reach(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  return sum;
}

/* The stroke as clean cuts: a list of closed polygons in wedge space. The stage makes the same ones. */
export function cuts(shape, points) {
  const run = reach(points);
  if (shape === "drop" || run < 0.03) return [drop(points[0])];
  if (shape === "cloud") return [cloud(points, run)];
  return [shape === "saw" ? saw(points, run) : crescent(points, run)];
}

/* Thick in the middle, sharp at both ends, along the way the finger went. */
function crescent(points, run) {
  const most = Math.min(0.085, 0.03 + run * 0.11);
  return ribbon(smooth(resample(points, 24)), function (u) { return 0.012 + most * Math.pow(Math.sin(Math.PI * u), 0.8); });
}

/* A row of teeth, smaller towards the ends; masters cut forty to the centimetre. */
function saw(points, run) {
  const count = Math.max(5, Math.floor(run / 0.035)) | 1;
  return ribbon(resample(points, 2 * count + 1), function (u, i) {
    return (i % 2 ? 0.075 : 0.012) * Math.sin(Math.PI * (0.08 + 0.84 * u));
  });
}

function drop(p) {
  const ring = [];
  for (let i = 0; i < 28; i++) {
    const t = i / 28 * TAU;
    ring.push([p[0] + DROP * 0.275 * Math.sin(t) * Math.pow(Math.abs(Math.sin(t / 2)), 1.3), p[1] + DROP * 0.5 * Math.cos(t)]);
  }
  return ring;
}

/* A curl of cloud: a ribbon on a spiral, thinner towards both ends. */
function cloud(points, run) {
  const size = clamp(run, 0.1, 0.34), outer = [], inner = [];
  let x = 0, y = 0;
  points.forEach(function (p) { x += p[0] / points.length; y += p[1] / points.length; });
  for (let i = 0; i < 34; i++) {
    const t = i / 33 * 2.2 * Math.PI, r = 0.5 * Math.exp(-0.22 * t);
    const thick = 0.065 * Math.sin(Math.PI * Math.pow(0.04 + 0.96 * i / 33, 0.6)) + 0.006;
    outer.push([x + Math.sin(t) * (r + thick) * size, y + Math.cos(t) * (r + thick) * size]);
    inner.push([x + Math.sin(t) * (r - thick) * size, y + Math.cos(t) * (r - thick) * size]);
  }
  return outer.concat(inner.reverse());
}

/* A line with a body: `breadth(u, i)` at each of its points. */
function ribbon(path, breadth) {
  const left = [], right = [];
  path.forEach(function (p, i) {
    const a = path[Math.max(0, i - 1)], b = path[Math.min(path.length - 1, i + 1)];
    const dx = b[0] - a[0], dy = b[1] - a[1], length = Math.hypot(dx, dy) || 1;
    const half = breadth(i / (path.length - 1), i) / 2;
    left.push([p[0] - dy / length * half, p[1] + dx / length * half]);
    right.push([p[0] + dy / length * half, p[1] - dx / length * half]);
  });
  return left.concat(right.reverse());
}

/* The hand trembles, the knife does not. */
function smooth(line) {
  for (let pass = 0; pass < 3; pass++) {
    line = line.map(function (p, i) {
      if (i === 0 || i === line.length - 1) return p;
      return [(line[i - 1][0] + 2 * p[0] + line[i + 1][0]) / 4, (line[i - 1][1] + 2 * p[1] + line[i + 1][1]) / 4];
    });
  }
  return line;
}

function resample(points, count) {
  const whole = reach(points), even = [points[0]];
  let gone = 0, next = 1;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1], b = points[i], step = Math.hypot(b[0] - a[0], b[1] - a[1]);
    while (next < count - 1 && gone + step >= whole * next / (count - 1)) {
      const u = (whole * next / (count - 1) - gone) / (step || 1);
      even.push([a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u]);
      next += 1;
    }
    gone += step;
  }
  even.push(points[points.length - 1]);
  return even;
}

/* From wedge space to what is sent: 0..1 in the box about a whole petal, tip at (0.5, 1), rim at y = 0,
   x = 0 and 1 where the folds meet the rim line. Our wedge is the right half of that petal. */
export function boxed(points, petals) {
  const every = Math.max(1, Math.ceil(points.length / 48)), angle = slice(petals);
  const kept = points.filter(function (p, i) { return i % every === 0 || i === points.length - 1; });
  return kept.map(function (p) {
    const r = Math.hypot(p[0], p[1]) / STAGE_RIM, phi = Math.atan2(p[0], p[1]) + angle / 2;
    return [three(0.5 + r * Math.sin(phi) / (2 * Math.tan(angle))), three(1 - r * Math.cos(phi))];
  });
}

function three(v) { return Math.round(clamp(v, 0, 1) * 1000) / 1000; }

/* Where a preset goes: from the rim inwards, no two on one spot. */
export function preset(shape, index) {
  const r = [0.76, 0.5, 0.64, 0.36, 0.84, 0.26][index % 6], side = (index % 2 ? 0.02 : -0.02) * r;
  if (shape === "drop") return [[side, r]];
  const w = r * 0.15, list = [];
  for (let i = 0; i <= 20; i++) {
    const u = i / 20;
    if (shape === "crescent") list.push([(u - 0.5) * 2 * w, r + 0.07 * (1 - 4 * (u - 0.5) * (u - 0.5))]);
    else if (shape === "saw") list.push([(u - 0.5) * 2 * w, r + (i % 2) * 0.03]);
    else list.push([side + Math.cos(u * 7) * w * 0.45, r + Math.sin(u * 7) * w * 0.45]);
  }
  return list;
}

/* The outer edge over one wedge, in wedge space: petal swell and saw-teeth. */
function rim(petals) {
  const angle = slice(petals), edge = [], teeth = TEETH / 2;
  for (let i = 0; i <= teeth * 2; i++) {
    const u = i / (teeth * 2), phi = u * angle;
    const r = 0.93 + 0.05 * Math.cos(petals * phi) + (i % 2 ? 0.022 : 0);
    edge.push([Math.sin(phi - angle / 2) * r, Math.cos(phi - angle / 2) * r]);
  }
  return edge;
}

function trace(ctx, polygon) {
  polygon.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
  ctx.closePath();
}

/* One wedge of paper with its cuts taken out, R pixels long, as a picture; what is to be unfolded bleeds over the folds by a hair. */
export function wedge(R, petals, list, scale, folded) {
  const angle = slice(petals), w = Math.ceil(Math.sin(angle / 2) * R * 2) + 8, h = Math.ceil(R) + 8;
  const paper = document.createElement("canvas");
  paper.width = w * scale;
  paper.height = h * scale;
  const ctx = paper.getContext("2d");
  ctx.scale(scale, scale);
  ctx.translate(w / 2, 4);
  ctx.save();
  ctx.scale(R, R);
  ctx.beginPath();
  const hair = folded ? 0 : 0.6 / R;
  trace(ctx, [[-hair, 0]].concat(rim(petals).map(function (p, i, all) {
    return [p[0] + (i === 0 ? -hair : i === all.length - 1 ? hair : 0), p[1]];
  }), [[hair, 0]]));
  ctx.restore();
  ctx.save();
  ctx.clip();
  ctx.fillStyle = PAPER;
  ctx.fillRect(-w, -8, w * 2, h + 16);
  if (folded) fold(ctx, w, h, angle, R);
  ctx.restore();
  const made = { paper: paper, w: w, h: h, ox: w / 2, oy: 4, R: R, scale: scale };
  const eye = [];
  for (let i = 0; i < 24; i++) eye.push([0.035 * Math.cos(i / 24 * TAU), 0.035 * Math.sin(i / 24 * TAU)]);
  punch(made, list.concat([eye]));
  return made;
}

/* Take cuts out of a wedge that is there already. */
export function punch(made, list) {
  const ctx = made.paper.getContext("2d");
  ctx.save();
  ctx.setTransform(made.scale * made.R, 0, 0, made.scale * made.R, made.scale * made.ox, made.scale * made.oy);
  ctx.globalCompositeOperation = "destination-out";
  ctx.fillStyle = "#000";
  list.forEach(function (polygon) {
    ctx.beginPath();
    trace(ctx, polygon);
    ctx.fill();
  });
  ctx.restore();
}

/* Fibre, the light along one fold and the shade along the other: paper laid twelve times over. */
function fold(ctx, w, h, angle, R) {
  const across = ctx.createLinearGradient(-w / 2, 0, w / 2, 0);
  across.addColorStop(0, "rgba(255,150,110,.20)");
  across.addColorStop(0.35, "rgba(255,120,90,.05)");
  across.addColorStop(1, "rgba(40,0,0,.34)");
  ctx.fillStyle = across;
  ctx.fillRect(-w, -8, w * 2, h + 16);
  ctx.save();
  ctx.translate(-w / 2, 0);
  grain(ctx, w, h, 21, [255, 180, 150], 0.16, 16);
  ctx.restore();
  for (let i = 0; i < 4; i++) {
    const a = angle / 2 - (0.7 + i * 1.4) / R * 1.5;
    ctx.strokeStyle = "rgba(50,0,0," + (0.4 - i * 0.08).toFixed(2) + ")";
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(Math.sin(a) * R, Math.cos(a) * R);
    ctx.stroke();
  }
}

/* The sheet opened `open` of the way (0 folded .. 1 flat), tip at x, y; leaf = wedge(...) unfolded kind. */
export function rosette(ctx, leaf, x, y, petals, open) {
  const angle = slice(petals), flips = petals, reached = open * flips;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(Math.PI);
  for (let pair = 0; pair < flips; pair++) {
    const turn = clamp(reached - pair, 0, 1);
    if (turn <= 0) break;
    ctx.save();
    ctx.rotate(pair * 2 * angle);
    if (turn < 1) {
      ctx.rotate(-angle);
      ctx.scale(-Math.cos(turn * Math.PI), 1);
      ctx.rotate(angle);
    }
    for (let mirror = 0; mirror < 2; mirror++) {
      ctx.save();
      if (mirror) ctx.scale(-1, 1);
      ctx.rotate(-angle / 2);
      ctx.drawImage(leaf.paper, -leaf.ox, -leaf.oy, leaf.w, leaf.h);
      ctx.restore();
    }
    ctx.restore();
  }
  ctx.restore();
}

/* One pane of a paper window with the lamp behind it, in its wooden lattice. */
export function pane(ctx, x, y, size) {
  const paper = ctx.createRadialGradient(x + size * 0.46, y + size * 0.42, 0, x + size / 2, y + size / 2, size * 0.72);
  paper.addColorStop(0, "#a08a63");
  paper.addColorStop(0.55, "#7d6747");
  paper.addColorStop(1, "#43331f");
  ctx.fillStyle = paper;
  ctx.fillRect(x, y, size, size);
  const bar = Math.max(4, size * 0.034);
  const wood = ctx.createLinearGradient(x, y, x, y + size);
  wood.addColorStop(0, "#2c1c11");
  wood.addColorStop(1, "#1b110b");
  ctx.fillStyle = wood;
  [[x - bar, y - bar, size + bar * 2, bar], [x - bar, y + size, size + bar * 2, bar],
    [x - bar, y, bar, size], [x + size, y, bar, size]].forEach(function (b) { ctx.fillRect(b[0], b[1], b[2], b[3]); });
  ctx.strokeStyle = rgba([172, 122, 72], 0.42);
  ctx.lineWidth = 1;
  ctx.strokeRect(x - 0.5, y - 0.5, size + 1, size + 1);
  ctx.strokeStyle = rgba([172, 122, 72], 0.16);
  ctx.strokeRect(x - bar + 0.5, y - bar + 0.5, size + bar * 2 - 1, size + bar * 2 - 1);
}
