/* Ox and tiger of the shadow theatre, small: oiled hide, incised, dyed, jointed, seen against the lamp.

   A figure is drawn in its own units, facing right, feet on y = 0, about 200 wide and 130 tall. It is made on a
   sheet of its own: what is cut out of the hide lets the lamp through when the sheet is laid on by multiplying. */

import { outline, TAU } from "./light.js";

const RED = "#a8321f", GREEN = "#57692c", DARK = "#24140d", YELLOW = "#d9a545";
const SPAN = { left: -170, top: -186, width: 330, height: 216 };

const OX = {
  dye: "#8a4b22", belly: GREEN, tuft: true,
  body: [[-84, -74], [-66, -92], [-30, -90], [8, -95], [34, -104], [56, -98], [68, -80], [68, -54], [52, -38], [8, -33], [-32, -37], [-60, -31], [-86, -40], [-93, -58]],
  saddle: [[-34, -90], [-6, -92], [6, -93], [4, -66], [-8, -48], [-26, -50], [-36, -66]],
  neck: [58, -78],
  head: [[-10, -16], [4, -28], [22, -28], [34, -16], [48, 4], [57, 20], [55, 30], [43, 35], [29, 27], [12, 24], [-8, 22], [-16, 4]],
  ear: [[0, -18], [-18, -28], [-26, -18], [-10, -8]],
  eye: [24, -9], nostril: [51, 24],
  back: [[-70, -46, 24], [-48, -44, 21]], front: [[30, -46, 21], [54, -50, 23]],
  tail: [[-88, -72], [-105, -62], [-108, -40], [-101, -22]],
  wheels: [[-64, -60, 17], [42, -66, 19]],
};
const HORNS = [
  [[8, -24], [2, -44], [14, -62], [38, -66], [24, -56], [18, -44], [20, -26]],
  [[16, -26], [20, -46], [40, -56], [62, -50], [46, -46], [34, -38], [28, -22]],
];
const TIGER = {
  dye: "#c27a24", belly: YELLOW, tuft: false,
  body: [[-86, -62], [-70, -80], [-36, -78], [-4, -72], [30, -80], [54, -88], [70, -74], [72, -50], [54, -36], [26, -30], [-8, -38], [-38, -44], [-62, -32], [-88, -36], [-95, -50]],
  saddle: null,
  neck: [58, -70],
  head: [[-22, -10], [-16, -30], [2, -41], [24, -40], [40, -28], [50, -10], [56, -4], [54, 4], [46, 6], [36, 9], [46, 16], [44, 24], [30, 31], [8, 31], [-12, 24], [-22, 8]],
  ear: [[-8, -34], [-14, -52], [-2, -58], [10, -50], [10, -38]],
  eye: [30, -15], nostril: [51, -5],
  back: [[-72, -44, 25], [-50, -44, 22]], front: [[34, -42, 22], [56, -46, 24]],
  tail: [[-88, -58], [-108, -56], [-124, -72], [-122, -98], [-106, -112], [-94, -104]],
  wheels: [[-66, -56, 16], [46, -60, 18]],
};
export const ANIMALS = { ox: OX, tiger: TIGER };

/* Lay the animal on the lamp-lit paper: size in px a unit, turn 1 right or -1 left.
   pose: sway of legs and tail, nod of the head, lift of the fore-body (radians). */
export function puppet(ctx, animal, x, y, size, turn, pose) {
  const figure = ANIMALS[animal] || OX, scale = size * 2;
  const sheet = document.createElement("canvas");
  sheet.width = Math.ceil(SPAN.width * scale);
  sheet.height = Math.ceil(SPAN.height * scale);
  const hide = sheet.getContext("2d");
  hide.scale(scale, scale);
  hide.translate(-SPAN.left, -SPAN.top);
  hide.lineJoin = "round";
  paint(hide, figure, pose);
  ctx.save();
  ctx.globalCompositeOperation = "multiply";
  ctx.translate(x, y);
  ctx.scale(size * turn, size);
  ctx.drawImage(sheet, SPAN.left, SPAN.top, SPAN.width, SPAN.height);
  ctx.restore();
}

/* Where the rod is tied, in figure units, for a pose. */
export function tie(animal, pose) {
  const figure = ANIMALS[animal] || OX;
  const x = figure.neck[0] + 2 + 76, y = figure.neck[1] + 8;
  const c = Math.cos(-pose.lift), s = Math.sin(-pose.lift);
  return [x * c - y * s - 76, x * s + y * c];
}

function paint(ctx, figure, pose) {
  limb(ctx, figure, figure.back[1], pose.sway * 0.8);
  ctx.save();
  ctx.translate(-76, 0);
  ctx.rotate(-pose.lift);
  ctx.translate(76, 0);
  limb(ctx, figure, figure.front[1], -pose.sway + pose.lift * 1.5);
  tail(ctx, figure, pose.sway);
  leather(ctx, figure.body, figure.dye);
  if (figure === OX) blanket(ctx);
  else coat(ctx);
  limb(ctx, figure, figure.front[0], pose.sway + pose.lift * 0.9);
  figure.wheels.forEach(function (wheel) { spokes(ctx, wheel[0], wheel[1], wheel[2]); });
  head(ctx, figure, pose.nod);
  ctx.restore();
  limb(ctx, figure, figure.back[0], -pose.sway * 0.8);
}

function leather(ctx, points, dye) {
  outline(ctx, points, true);
  ctx.fillStyle = dye;
  ctx.fill();
  ctx.strokeStyle = "rgba(27,14,9,.9)";
  ctx.lineWidth = 1.9;
  ctx.stroke();
}

/* Take hide away: light will come through. */
function cut(ctx, shape) {
  ctx.globalCompositeOperation = "destination-out";
  ctx.fillStyle = "rgba(0,0,0,.9)";
  shape();
  ctx.globalCompositeOperation = "source-over";
}

function limb(ctx, figure, leg, sway) {
  const l = -leg[1], w = leg[2], paw = figure === TIGER ? 0.72 : 0.46;
  ctx.save();
  ctx.translate(leg[0], leg[1]);
  ctx.rotate(sway * 0.22);
  leather(ctx, [[-w * 0.56, -10], [w * 0.54, -10], [w * 0.46, l * 0.3], [w * 0.22, l * 0.6], [w * 0.24, l * 0.82], [w * paw, l * 0.93], [w * paw, l], [-w * 0.22, l], [-w * 0.17, l * 0.66], [-w * 0.44, l * 0.34]], figure.dye);
  ctx.fillStyle = DARK;
  if (figure === OX) ctx.fillRect(-w * 0.22, l - 6, w * 0.68, 6.5);
  cut(ctx, function () {
    if (figure === OX) {
      moon(ctx, 0, l * 0.12, w * 0.3, 0.1);
      moon(ctx, 0, l * 0.36, w * 0.22, 0.1);
      return;
    }
    [0.02, 0.24, 0.46].forEach(function (u, i) { leaf(ctx, -w * (0.22 - i * 0.03), l * u, w * (0.26 - i * 0.05), 1.5, 0.35); });
    [0, 1, 2].forEach(function (i) { leaf(ctx, w * (0.22 + i * 0.17), l * 0.955, 2.6, 0.7, 1.3); });
  });
  ctx.restore();
}

function tail(ctx, figure, sway) {
  const root = figure.tail[0], end = figure.tail[figure.tail.length - 1];
  ctx.save();
  ctx.translate(root[0], root[1]);
  ctx.rotate(sway * 0.3);
  ctx.translate(-root[0], -root[1]);
  ctx.lineCap = "round";
  [[figure.tuft ? 5 : 11, "rgba(27,14,9,.95)"], [figure.tuft ? 2 : 7.4, figure.dye]].forEach(function (line) {
    outline(ctx, figure.tail, false);
    ctx.lineWidth = line[0];
    ctx.strokeStyle = line[1];
    ctx.stroke();
  });
  if (figure.tuft) {
    leather(ctx, [[end[0] - 5, end[1] - 5], [end[0] + 7, end[1] - 2], [end[0] + 4, end[1] + 15], [end[0] - 3, end[1] + 19], [end[0] - 9, end[1] + 10]], DARK);
  } else {
    cut(ctx, function () {
      figure.tail.slice(1, 5).forEach(function (p, i) { leaf(ctx, p[0], p[1], 4.4, 1.5, [1.4, 0.5, -0.2, -1][i]); });
    });
  }
  ctx.restore();
}

/* The ox's cloth: red, edged, with a plum blossom and rows of new moons cut out. */
function blanket(ctx) {
  leather(ctx, OX.saddle, RED);
  cut(ctx, function () {
    for (let i = 0; i < 5; i++) disc(ctx, -15 + Math.cos(i / 5 * TAU - 1.57) * 6.4, -73 + Math.sin(i / 5 * TAU - 1.57) * 6.4, 3.5);
    [-27, -15, -4].forEach(function (x, i) { moon(ctx, x, [-60, -56, -60][i], 4.6, Math.PI); });
    for (let i = 0; i < 5; i++) moon(ctx, -52 + i * 9 + (i > 1 ? 30 : 0), -45 + (i % 2), 4.8, 0);
    [[16, -88], [30, -96], [-50, -84], [-62, -82]].forEach(function (p) { moon(ctx, p[0], p[1] + 4, 5, 0.1); });
  });
  ctx.fillStyle = YELLOW;
  disc(ctx, -15, -73, 2.2);
}

/* The tiger's coat: stripes from the spine, shorter ones from the belly. */
function coat(ctx) {
  cut(ctx, function () {
    for (let i = 0; i < 7; i++) {
      const x = -46 + i * 12.5, y = -75 + [0, 1, 3, 4, 3, -1, -5][i];
      stripe(ctx, x, y + 2, x - 5, y + 19, 3);
    }
    for (let i = 0; i < 6; i++) stripe(ctx, -38 + i * 13, -46 + [2, 6, 9, 11, 13, 13][i], -34 + i * 13, -58 + [2, 5, 7, 8, 8, 7][i], 2.2);
  });
}

function stripe(ctx, x, y, toX, toY, half) {
  ctx.beginPath();
  ctx.moveTo(x - half, y);
  ctx.quadraticCurveTo((x + toX) / 2 + 1, (y + toY) / 2, toX, toY);
  ctx.quadraticCurveTo((x + toX) / 2 + half * 1.4, (y + toY) / 2, x + half, y);
  ctx.fill();
}

function head(ctx, figure, nod) {
  ctx.save();
  ctx.translate(figure.neck[0], figure.neck[1]);
  ctx.rotate(nod);
  if (figure === OX) HORNS.forEach(function (horn) { leather(ctx, horn, YELLOW); });
  leather(ctx, figure.ear, figure === OX ? figure.dye : RED);
  leather(ctx, figure.head, figure.dye);
  if (figure === OX) oxFace(ctx);
  else tigerFace(ctx);
  cut(ctx, function () { leaf(ctx, figure.eye[0], figure.eye[1], 9, 4.4, 0.35); });
  ctx.fillStyle = DARK;
  disc(ctx, figure.eye[0] + 1.5, figure.eye[1] + 0.5, 2.7);
  disc(ctx, figure.nostril[0], figure.nostril[1], 2);
  ctx.restore();
}

function oxFace(ctx) {
  ctx.strokeStyle = RED;
  ctx.lineWidth = 3;
  outline(ctx, [[36, 29], [38, 16], [48, 7]], false);
  ctx.stroke();
  cut(ctx, function () {
    moon(ctx, 6, -2, 8, 0.9);
    moon(ctx, 4, 9, 7, 0.9);
    leaf(ctx, 38, 4, 6, 1.6, 0.9);
    leaf(ctx, 46, 29, 4, 0.8, -0.35);
  });
}

function tigerFace(ctx) {
  cut(ctx, function () {
    [[-33, 11], [-27, 9], [-21, 12]].forEach(function (bar) { ctx.fillRect(9, bar[0], bar[1], 2.3); }); // 王 on the brow
    ctx.fillRect(13.4, -33, 2.3, 13);
    [0, 1, 2].forEach(function (i) { stripe(ctx, -19 + i * 2, -6 + i * 10, -3 + i * 2, -8 + i * 9, 2); });
    ctx.beginPath(); // open jaws
    ctx.moveTo(52, 5);
    ctx.quadraticCurveTo(40, 4, 26, 13);
    ctx.quadraticCurveTo(36, 20, 45, 18);
    ctx.quadraticCurveTo(38, 13, 52, 5);
    ctx.fill();
    [0, 1].forEach(function (i) { leaf(ctx, 34 + i * 5, 0 + i * 1.5, 3, 0.7, 0.2); });
  });
  ctx.fillStyle = "#efdcb0"; // fangs
  [[44, 5.5, 9], [33, 17.5, -7]].forEach(function (fang) {
    ctx.beginPath();
    ctx.moveTo(fang[0] - 2, fang[1]);
    ctx.lineTo(fang[0] + 2, fang[1]);
    ctx.lineTo(fang[0] + 0.4, fang[1] + fang[2]);
    ctx.fill();
  });
}

/* A joint disc, cut as a spoked wheel so that it does not darken what it turns on. */
function spokes(ctx, x, y, r) {
  ctx.fillStyle = RED;
  disc(ctx, x, y, r);
  ctx.strokeStyle = "rgba(27,14,9,.9)";
  ctx.lineWidth = 1.5;
  ctx.stroke();
  cut(ctx, function () {
    for (let i = 0; i < 8; i++) {
      const a = i / 8 * TAU;
      leaf(ctx, x + Math.cos(a) * r * 0.6, y + Math.sin(a) * r * 0.6, r * 0.3, r * 0.13, a);
    }
    disc(ctx, x, y, r * 0.13);
  });
}

function disc(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, TAU);
  ctx.fill();
}

function leaf(ctx, x, y, long, wide, turn) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  ctx.beginPath();
  ctx.moveTo(-long, 0);
  ctx.quadraticCurveTo(0, -wide * 2, long, 0);
  ctx.quadraticCurveTo(0, wide * 2, -long, 0);
  ctx.fill();
  ctx.restore();
}

function moon(ctx, x, y, r, turn) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  ctx.beginPath();
  ctx.moveTo(-r, 0);
  ctx.quadraticCurveTo(0, -r * 1.7, r, 0);
  ctx.quadraticCurveTo(0, -r * 0.6, -r, 0);
  ctx.fill();
  ctx.restore();
}
