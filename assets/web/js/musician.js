/* A musician of the Music Cave in relief: one body, ten instruments; the seat's middle is the origin, 120 tall. */

import { rgba, TAU } from "./light.js";

/* Where each sounds: the ends of a string, or the middle of a breath or a blow. */
export const SPOTS = [
  [-22, -24, 30, -53], [-22, -24, 36, -57], [-6, -26, 22, -78], [-38, -21, 38, -19],
  [-6, -82], [0, -70], [0, -52], [0, -30], [16, -70], [0, -46],
];

/* [elbow, hand] of the arm on the left and of that on the right. */
const ARMS = [
  [[-36, -36, -8, -32], [38, -40, 28, -52]], [[-36, -36, -8, -32], [40, -42, 33, -56]],
  [[-33, -38, -2, -48], [34, -40, 14, -54]], [[-36, -38, -22, -22], [36, -38, 20, -21]],
  [[-32, -58, 8, -79], [42, -60, 30, -78]], [[-34, -50, -16, -66], [34, -50, 16, -66]],
  [[-33, -44, -4, -62], [33, -42, 4, -51]], [[-37, -44, -33, -30], [37, -44, 33, -30]],
  [[-30, -46, 8, -64], [36, -52, 24, -68]], [[-36, -44, -11, -46], [36, -44, 11, -46]],
];
const BEHIND = [2, 3, 7]; // instruments that stand before the lap but behind the hands' arms

export function musician(ctx, kind, tone) {
  const shape = reliefs(ctx, tone);
  ring(ctx, tone);
  shape("M-17-20C-22-40-27-54-24-63C-11-72 11-72 24-63C27-54 22-40 17-20Z"); // breast
  shape("M-50-7C-53-21-34-29-17-24C-6-21 6-21 17-24C34-29 53-21 50-7C42 4-42 4-50-7Z"); // crossed legs
  cut(ctx, tone, "M-44-8C-26-17-8-14 6-4M44-8C28-18 14-15 2-9M-30-19C-18-20-10-17-4-12M30-19C20-20 12-18 6-14");
  cut(ctx, tone, "M-15-62C-8-53 8-53 15-62M-19-58C-4-44 6-36 10-24"); // necklace, sash
  head(ctx, shape, tone);
  INSTRUMENTS[kind](ctx, shape, tone);
  ARMS[kind].forEach(function (arm, i) { limb(ctx, shape, i ? 22 : -22, arm); });
  if (BEHIND.indexOf(kind) < 0 && kind < 2) strings(ctx, tone, kind);
}

/* Lay a path of M, L, C, Q and Z (absolute) as the current one. */
function trace(ctx, d) {
  const words = d.match(/[A-Z]|-?\d*\.?\d+(e-?\d+)?/g), take = { M: 2, L: 2, Q: 4, C: 6 };
  let order = "M", i = 0;
  ctx.beginPath();
  while (i < words.length) {
    if (/[A-Z]/.test(words[i])) order = words[i++];
    if (order === "Z") {
      ctx.closePath();
      continue;
    }
    const n = words.slice(i, i + take[order]).map(Number);
    i += take[order];
    if (order === "M") ctx.moveTo(n[0], n[1]);
    else if (order === "L") ctx.lineTo(n[0], n[1]);
    else if (order === "Q") ctx.quadraticCurveTo(n[0], n[1], n[2], n[3]);
    else ctx.bezierCurveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
  }
}

/* A rounded mass: its shadow below it, lit from the upper left, a bright and a dark edge inside. */
function reliefs(ctx, tone) {
  return function (path) {
    ctx.save();
    ctx.translate(1.6, 2.4);
    ctx.fillStyle = rgba(tone.line, 0.72);
    trace(ctx, path);
    ctx.fill();
    ctx.restore();
    const g = ctx.createLinearGradient(-34, -112, 34, 4);
    g.addColorStop(0, rgba(tone.light, 1));
    g.addColorStop(0.55, rgba(tone.mid, 1));
    g.addColorStop(1, rgba(tone.dark, 1));
    ctx.fillStyle = g;
    trace(ctx, path);
    ctx.fill();
    ctx.save();
    ctx.clip();
    edge(ctx, path, -1.5, -2.0, rgba(tone.dark, 0.8), 4);
    edge(ctx, path, 1.0, 1.3, rgba(tone.light, 0.85), 2);
    ctx.restore();
  };
}

function edge(ctx, path, dx, dy, colour, wide) {
  ctx.save();
  ctx.translate(dx, dy);
  ctx.strokeStyle = colour;
  ctx.lineWidth = wide;
  trace(ctx, path);
  ctx.stroke();
  ctx.restore();
}

function cut(ctx, tone, path, wide) {
  ctx.lineCap = "round";
  edge(ctx, path, 0.6, 0.8, rgba(tone.light, 0.5), wide || 1);
  edge(ctx, path, 0, 0, rgba(tone.line, 0.85), wide || 1);
}

function round(x, y, rx, ry) {
  const k = 0.5523;
  return "M" + [x - rx, y] + "C" + [x - rx, y - k * ry, x - k * rx, y - ry, x, y - ry] +
    "C" + [x + k * rx, y - ry, x + rx, y - k * ry, x + rx, y] +
    "C" + [x + rx, y + k * ry, x + k * rx, y + ry, x, y + ry] +
    "C" + [x - k * rx, y + ry, x - rx, y + k * ry, x - rx, y] + "Z";
}

/* Light round the head, carved as two rings. */
function ring(ctx, tone) {
  [[27, 0.55], [22, 0.8]].forEach(function (one) {
    ctx.strokeStyle = rgba(tone.dark, one[1]);
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.arc(0, -88, one[0], 0, TAU);
    ctx.stroke();
    ctx.strokeStyle = rgba(tone.light, 0.45 * one[1]);
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.arc(-0.6, -89, one[0] + 1, Math.PI * 0.9, TAU * 0.9);
    ctx.stroke();
  });
}

function head(ctx, shape, tone) {
  shape("M-6-74L6-74L8-64L-8-64Z");
  shape(round(-13.5, -86, 2.6, 5));
  shape(round(13.5, -86, 2.6, 5));
  shape("M-13-92C-13-104-8-107 0-107C8-107 13-104 13-92C13-82 8-71 0-71C-8-71-13-82-13-92Z");
  shape("M-13.5-93C-14-106-7-109 0-109C7-109 14-106 13.5-93C8-101-8-101-13.5-93Z"); // hair
  shape(round(0, -112, 7, 6.4)); // top-knot
  cut(ctx, tone, "M-9-90C-7-92-4-92-2-90.5M9-90C7-92 4-92 2-90.5M-8-86.6C-6-85.4-4-85.4-2.6-86.4M8-86.6C6-85.4 4-85.4 2.6-86.4", 0.8);
  cut(ctx, tone, "M1-89C1.5-86 2.4-83-0.6-82.4M-3.4-77.6C-1.4-76 1.4-76 3.4-77.6", 0.8);
}

/* Upper arm, forearm, hand. */
function limb(ctx, shape, shoulder, arm) {
  shape(tube(shoulder, -61, 7.2, arm[0], arm[1], 6));
  shape(tube(arm[0], arm[1], 6, arm[2], arm[3], 4.4));
  shape(round(arm[2], arm[3], 5, 4.6));
}

function tube(x0, y0, r0, x1, y1, r1) {
  const long = Math.hypot(x1 - x0, y1 - y0) || 1, nx = -(y1 - y0) / long, ny = (x1 - x0) / long;
  const p = function (x, y, r, s, along) { return [x + nx * r * s + ny * along * r, y + ny * r * s - nx * along * r]; };
  return "M" + p(x0, y0, r0, 1, 0) + "L" + p(x1, y1, r1, 1, 0) + "Q" + p(x1, y1, r1, 1, 1) + "," + p(x1, y1, r1, 0, 1) +
    "Q" + p(x1, y1, r1, -1, 1) + "," + p(x1, y1, r1, -1, 0) + "L" + p(x0, y0, r0, -1, 0) +
    "Q" + p(x0, y0, r0, -1, -1) + "," + p(x0, y0, r0, 0, -1) + "Q" + p(x0, y0, r0, 1, -1) + "," + p(x0, y0, r0, 1, 0) + "Z";
}

function strings(ctx, tone, kind) {
  const spot = SPOTS[kind], n = kind ? 5 : 4;
  for (let i = 0; i < n; i++) {
    const off = (i - (n - 1) / 2) * 1.5;
    cut(ctx, tone, "M" + [spot[0] + off * 0.5, spot[1] + off] + "L" + [spot[2] + off * 0.4, spot[3] + off * 0.7], 0.45);
  }
}

const INSTRUMENTS = [
  function (ctx, shape) { // bent-neck pipa
    shape("M-30-20C-34-34-18-44-4-40C8-42 22-49 30-55L33-50C26-42 16-34 8-26C0-12-24-8-30-20Z");
    shape("M29-56L40-64L43-59L33-50Z");
  },
  function (ctx, shape) { // five-string pipa: slim, its neck straight
    shape("M-28-19C-31-30-17-39-4-36C8-38 24-48 34-56L37-51C28-42 16-32 7-24C-1-12-22-10-28-19Z");
    shape("M34-58L44-66L47-62L37-52Z");
  },
  function (ctx, shape, tone) { // harp
    for (let i = 0; i < 9; i++) cut(ctx, tone, "M" + [-12 + 4 * i, -20] + "L" + [4 + 3.2 * i, -44 - 5.2 * i], 0.45);
    shape("M-18-24C-16-48 0-74 30-92L34-88C8-70-8-46-10-22Z");
    shape("M-20-22L30-18L30-14L-20-17Z");
  },
  function (ctx, shape, tone) { // zither
    shape("M-46-26L44-23C47-20 47-16 44-14L-46-15C-49-18-49-23-46-26Z");
    for (let i = 0; i < 5; i++) cut(ctx, tone, "M" + [-44, -24 + 1.9 * i] + "L" + [43, -21.6 + 1.5 * i], 0.4);
  },
  function (ctx, shape, tone) { // flute
    shape(tube(-14, -80, 2.8, 48, -78, 2.6));
    for (let i = 0; i < 6; i++) cut(ctx, tone, "M" + [14 + 5 * i, -79.4] + "L" + [14.4 + 5 * i, -79.4], 1.4);
  },
  function (ctx, shape) { // panpipe
    for (let i = 0; i < 9; i++) shape(tube(-14 + 3.5 * i, -74, 1.9, -14 + 3.5 * i, -50 - 1.9 * i, 1.9));
    shape("M-17-68L17-68L17-64L-17-64Z");
  },
  function (ctx, shape, tone) { // bili
    shape("M-2-77L2-77L4.6-40L-4.6-40Z");
    for (let i = 0; i < 4; i++) cut(ctx, tone, "M" + [0, -70 + 6 * i] + "L" + [0.3, -70 + 6 * i], 1.4);
  },
  function (ctx, shape, tone) { // waist drum
    shape("M-30-42C-16-36-10-33-4-33L4-33C10-33 16-36 30-42L30-18C16-24 10-27 4-27L-4-27C-10-27-16-24-30-18Z");
    shape(round(-30, -30, 4.4, 12.6));
    shape(round(30, -30, 4.4, 12.6));
    cut(ctx, tone, "M-27-38L-4-31L-27-22M27-38L4-31L27-22", 0.6);
  },
  function (ctx, shape, tone) { // conch
    shape("M0-79C8-84 26-84 32-72C36-62 26-52 14-56C8-60 4-70 0-75Z");
    cut(ctx, tone, "M10-80C16-74 16-64 13-57M19-82C26-74 26-64 22-56M28-77C31-70 30-64 27-59", 0.7);
  },
  function (ctx, shape) { // cymbals
    shape(round(-6, -46, 4.4, 15));
    shape(round(6, -46, 4.4, 15));
    shape(round(-10, -46, 2.4, 5));
    shape(round(10, -46, 2.4, 5));
  },
];
