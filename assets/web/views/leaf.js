/* Give: one tung leaf in one's own green; a swipe up sends it, and a knife line stays with the guest's number. */

import { clamp, easeOut, glow, outline, rgba } from "../js/light.js";

const GREENS = ["#7F8F3A", "#94943A", "#A8943A", "#6F8440", "#B5913A", "#C98A2B"];
const TIPS = [[-84, 0.76], [-42, 0.95], [0, 1], [42, 0.95], [84, 0.76]];
/* The right half of the edge: degrees from the middle vein, reach. The stage's leaf has the same. */
const EDGE = [
  [0, 1], [4.5, 0.89], [11, 0.755], [17, 0.61], [21, 0.475], [26, 0.585], [31.5, 0.715], [37.8, 0.845], [42, 0.95],
  [46.8, 0.835], [53, 0.7], [58.5, 0.575], [63, 0.455], [69, 0.51], [75, 0.595], [80, 0.675], [84, 0.76], [89.5, 0.66],
  [99, 0.555], [116, 0.45], [138, 0.345], [159, 0.205], [178, 0.04],
];
const BASE = [[-129, 0.33], [129, 0.33]]; // two more veins run into the heart
const RISE_S = 1.5;
const GROW_S = 1.1;
const FLICK_PX = 40;

export function open(page) {
  const bench = document.getElementById("bench");
  const button = page.element("button", "act", page.word("give"));
  let spot = null;
  let leaf = null; // the drawn leaf
  let gone = null; // seconds since it was given
  let given = 0;
  let from = null;
  let pull = 0;
  button.addEventListener("click", function () { give(0.6); });
  bench.appendChild(button);

  return {
    place: function (box) {
      const r = Math.min(box.w * 0.34, box.h * 0.36, 150);
      spot = { x: box.x + box.w / 2, y: box.y + box.h * 0.5, r: r, foot: box.y + box.h };
      leaf = leafPicture(r, own());
    },
    lively: function () { return gone !== null || from !== null || pull > 0.5; },
    press: function (p) { from = p; },
    move: function (p) { if (from && gone === null) pull = clamp(from.y - p.y, 0, 120); },
    lift: function (p) {
      if (from && from.y - p.y > FLICK_PX) give(clamp((from.y - p.y) / Math.max(60, p.at - from.at), 0.2, 1));
      from = null;
    },
    draw: function (ctx, box, t, dt) {
      if (!leaf) return;
      if (!from) pull *= Math.max(0, 1 - dt / 0.15);
      if (gone !== null) gone += dt;
      if (gone !== null && gone > RISE_S + GROW_S) gone = null;
      glow(ctx, spot.x - spot.r * 0.4, spot.y - spot.r, spot.r * 2.6, [214, 170, 84], 0.16);
      if (given) mark(ctx);
      if (gone === null) lay(ctx, 1, 0, -pull, page.calm ? 0 : 0.05 * Math.sin(t * 1.1), 1);
      else if (gone < RISE_S) rise(ctx, gone / RISE_S);
      else lay(ctx, 0.4 + 0.6 * easeOut((gone - RISE_S) / GROW_S), 0, 0, 0, easeOut((gone - RISE_S) / GROW_S));
    },
  };

  function own() {
    const greens = page.house.companion.greens || GREENS;
    return greens[page.guest.id % greens.length] || GREENS[0];
  }

  function give(v) {
    if (gone !== null) return;
    gone = 0;
    given += 1;
    page.remember("leaf", { green: own() });
    page.act("give", { v: Math.round(v * 100) / 100 });
  }

  /* It goes up as leaves come down: side to side, turning as it goes. */
  function rise(ctx, u) {
    if (page.calm) {
      lay(ctx, 1, 0, 0, 0, 1 - u);
      return;
    }
    const way = (spot.y + spot.r * 2) * u * u * (1.6 - 0.6 * u);
    lay(ctx, 1 - 0.35 * u, Math.sin(u * 7) * spot.r * 0.5 * u, -way - pull, Math.cos(u * 7) * 0.5 * u, 1);
  }

  function lay(ctx, scale, dx, dy, turn, alpha) {
    ctx.save();
    ctx.globalAlpha = clamp(alpha, 0, 1);
    ctx.translate(spot.x + dx, spot.y + dy);
    ctx.rotate(turn);
    ctx.scale(scale, scale);
    const half = leaf.width / 4;
    ctx.drawImage(leaf, -half, -half, half * 2, half * 2);
    ctx.restore();
  }

  /* The knife's line and the guest's number: this leaf was cut. */
  function mark(ctx) {
    const y = Math.min(spot.y + spot.r * 1.32, spot.foot - 30);
    ctx.strokeStyle = rgba([243, 233, 210], 0.7);
    ctx.lineWidth = 1.4;
    ctx.beginPath();
    ctx.moveTo(spot.x - 34, y + 4);
    ctx.lineTo(spot.x + 34, y - 4);
    ctx.stroke();
    ctx.fillStyle = rgba([243, 233, 210], 0.8);
    ctx.font = "italic 600 16px Georgia, serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.fillText(page.guest.id + (given > 1 ? " × " + given : ""), spot.x, y + 8);
  }
}

function tip(degrees, radius) {
  const a = (degrees - 90) / 180 * Math.PI;
  return [Math.cos(a) * radius, Math.sin(a) * radius + 0.25];
}

/* Five lobes, veins from the stalk to every tip, side veins, lit from the upper left; a picture 2.6 r
   wide, drawn twice as large. */
export function leafPicture(r, green) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = Math.ceil(r * 5.2);
  const ctx = sheet.getContext("2d");
  ctx.scale(2, 2);
  ctx.translate(r * 1.3, r * 1.3);
  ctx.scale(r, r);
  const half = function (side) { return EDGE.map(function (point) { return tip(side * point[0], point[1]); }); };
  const rim = half(1).concat(half(-1).reverse().slice(0, -1));
  outline(ctx, rim, true);
  ctx.fillStyle = green;
  ctx.fill();
  ctx.save();
  ctx.clip();
  const light = ctx.createLinearGradient(-0.8, -0.8, 0.7, 0.7);
  light.addColorStop(0, "rgba(255,236,170,.32)");
  light.addColorStop(0.45, "rgba(20,17,15,.12)");
  light.addColorStop(1, "rgba(20,17,15,.72)");
  ctx.fillStyle = light;
  ctx.fillRect(-1.5, -1.5, 3, 3);
  TIPS.forEach(function (lobe) { vein(ctx, lobe, 5); });
  BASE.forEach(function (lobe) { vein(ctx, lobe, 0); });
  ctx.restore();
  ctx.strokeStyle = "rgba(244,226,160,.4)";
  ctx.lineWidth = 0.012;
  outline(ctx, rim, true);
  ctx.stroke();
  stalk(ctx);
  return sheet;
}

function vein(ctx, lobe, sides) {
  const foot = [0, 0.25], end = tip(lobe[0], lobe[1]);
  const dx = end[0] - foot[0], dy = end[1] - foot[1];
  ctx.lineCap = "round";
  ctx.strokeStyle = "rgba(246,232,176,.62)";
  line(ctx, foot, end, 0.02);
  ctx.strokeStyle = "rgba(246,232,176,.3)";
  for (let i = 1; i <= sides; i++) {
    const u = i / 6.4, at = [foot[0] + dx * u, foot[1] + dy * u], long = 0.26 * (1 - u * 0.7);
    [-0.62, 0.62].forEach(function (turn) {
      const a = Math.atan2(dy, dx) + turn;
      line(ctx, at, [at[0] + Math.cos(a) * long, at[1] + Math.sin(a) * long], 0.009);
    });
  }
}

function stalk(ctx) {
  ctx.strokeStyle = "rgba(140,120,60,.9)";
  ctx.lineWidth = 0.035;
  ctx.beginPath();
  ctx.moveTo(0, 0.25);
  ctx.quadraticCurveTo(0.02, 0.66, 0.14, 0.94);
  ctx.stroke();
}

function line(ctx, a, b, width) {
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(a[0], a[1]);
  ctx.lineTo(b[0], b[1]);
  ctx.stroke();
}
