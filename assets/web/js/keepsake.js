/* The evening as one picture, drawn on the handset from what this guest made: a lamp-lit window with their flower,
   their leaf, stroke and coal below it, what they did, and whose crafts these are. */

import { ember, glow, grain, INK, KAI, mix, outline, rgba, seal } from "./light.js";
import { pane, rosette, wedge } from "./papercut.js";
import { leafPicture } from "../views/leaf.js";

export const WIDE = 1080;
export const HIGH = 1620;
const MARGIN = 84;
const LATIN = "'Avenir Next Condensed','Roboto Condensed','Arial Narrow',sans-serif";
const SIDE_COLUMN = 930; // middle of the title's column
const PANE = 716;
const LINES = 5; // crafts named at most

/* `evening`: title [zh, en], number, lang, made, did (one sentence), coal (its place), crafts (lines), date. */
export function keepsake(evening) {
  const sheet = document.createElement("canvas");
  sheet.width = WIDE;
  sheet.height = HIGH;
  const ctx = sheet.getContext("2d"), made = evening.made;
  ground(ctx);
  title(ctx, evening);
  if (made.flower) flower(ctx, made.flower);
  const shelf = [];
  if (made.leaf) shelf.push(leaf);
  if (made.stroke) shelf.push(stroke);
  if (made.coal) shelf.push(coal);
  if (!made.flower) alone(ctx, evening, shelf);
  else shelf.forEach(function (thing, i) { thing(ctx, made, MARGIN + PANE * (i + 0.5) / shelf.length, 1104 + (i % 2 ? 14 : 0), 1, evening); });
  words(ctx, evening, made.flower && !shelf.length ? 1010 : 1304);
  return sheet;
}

function ground(ctx) {
  ctx.fillStyle = INK.coal;
  ctx.fillRect(0, 0, WIDE, HIGH);
  grain(ctx, WIDE, HIGH, 11, [243, 233, 210], 0.035, 26);
  glow(ctx, WIDE * 0.36, 470, 900, [220, 130, 58], 0.2);
}

/* The show's name down the right side, signed with the guest's number as a scroll is. */
function title(ctx, evening) {
  const zh = Array.from(evening.title[0] || "戏台").slice(0, 8), size = Math.min(104, 640 / zh.length);
  ctx.fillStyle = INK.hemp;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = size + "px " + KAI;
  zh.forEach(function (letter, i) { ctx.fillText(letter, SIDE_COLUMN, MARGIN + 40 + (i + 0.5) * size * 1.2); });
  const foot = MARGIN + 40 + zh.length * size * 1.2;
  ctx.save();
  ctx.translate(SIDE_COLUMN, foot + 30);
  ctx.rotate(Math.PI / 2);
  ctx.font = "italic 500 30px " + LATIN;
  ctx.fillStyle = rgba([243, 233, 210], 0.62);
  ctx.textAlign = "left";
  ctx.fillText(evening.title[1] || "", 0, 0);
  const long = ctx.measureText(evening.title[1] || "").width;
  ctx.restore();
  const mark = seal(176, String(evening.number || "晋"), evening.number ? "Georgia, serif" : KAI, evening.number ? "italic 600" : "");
  ctx.drawImage(mark, SIDE_COLUMN - 46, foot + 64 + long, 92, 92);
}

function flower(ctx, made) {
  const R = PANE * 0.44, x = MARGIN + PANE / 2, y = MARGIN + 40 + PANE / 2;
  pane(ctx, MARGIN, MARGIN + 40, PANE);
  ctx.save();
  ctx.shadowColor = "rgba(26,10,2,.72)";
  ctx.shadowBlur = 22;
  ctx.shadowOffsetX = 7;
  ctx.shadowOffsetY = 12;
  const flat = document.createElement("canvas");
  flat.width = flat.height = Math.ceil(R * 2.1);
  rosette(flat.getContext("2d"), wedge(R, made.petals, made.polygons, 1, false), R * 1.05, R * 1.05, made.petals, 1);
  ctx.drawImage(flat, x - R * 1.05, y - R * 1.05);
  ctx.restore();
}

/* Without a flower the first other thing takes the light; with nothing at all an ember does: they were here. */
function alone(ctx, evening, shelf) {
  const made = evening.made, x = MARGIN + PANE / 2;
  if (!shelf.length) {
    ember(ctx, x, 560, 96, 0.9, 3);
    return;
  }
  shelf[0](ctx, made, x, 500, 2.3, evening);
  shelf.slice(1).forEach(function (thing, i) { thing(ctx, made, MARGIN + PANE * (0.3 + 0.42 * i), 1096, 1, evening); });
}

function leaf(ctx, made, x, y, scale) {
  const r = 138 * scale, picture = leafPicture(r, made.leaf.green), half = picture.width / 4;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-0.16);
  ctx.drawImage(picture, -half, -half, half * 2, half * 2);
  ctx.restore();
}

/* The stroke on a slip of hemp paper, as the brush left it: it lands heavy, goes, and is lifted. */
function stroke(ctx, made, x, y, scale) {
  const side = 214 * scale, points = fitted(made.stroke.points);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(0.035);
  ctx.shadowColor = "rgba(0,0,0,.6)";
  ctx.shadowBlur = 18;
  ctx.shadowOffsetY = 8;
  const paper = ctx.createRadialGradient(-side * 0.2, -side * 0.3, 0, 0, 0, side * 0.9);
  paper.addColorStop(0, "#d9c8a2");
  paper.addColorStop(1, "#8d7a58");
  ctx.fillStyle = paper;
  ctx.fillRect(-side / 2, -side / 2, side, side);
  ctx.shadowColor = "transparent";
  ctx.translate(-side / 2, -side / 2);
  grain(ctx, side, side, 4, [90, 66, 36], 0.22, 20);
  ctx.fillStyle = INK.ink;
  brushed(ctx, points.map(function (p) { return [side * (0.1 + 0.8 * p[0]), side * (0.1 + 0.8 * p[1])]; }), side * 0.044);
  ctx.restore();
}

/* The stroke fills its slip, however small the finger wrote it. */
function fitted(points) {
  const xs = points.map(function (p) { return p[0]; }), ys = points.map(function (p) { return p[1]; });
  const low = [Math.min.apply(null, xs), Math.min.apply(null, ys)], high = [Math.max.apply(null, xs), Math.max.apply(null, ys)];
  const span = Math.max(high[0] - low[0], high[1] - low[1], 0.02);
  return points.map(function (p) {
    return [0.5 + (p[0] - (low[0] + high[0]) / 2) / span * 0.86, 0.5 + (p[1] - (low[1] + high[1]) / 2) / span * 0.86];
  });
}

function brushed(ctx, line, breadth) {
  const left = [], right = [], n = line.length;
  line.forEach(function (p, i) {
    const a = line[Math.max(0, i - 1)], b = line[Math.min(n - 1, i + 1)], u = n > 1 ? i / (n - 1) : 0;
    const dx = b[0] - a[0], dy = b[1] - a[1], long = Math.hypot(dx, dy) || 1;
    const half = breadth * (u < 0.15 ? mix(0.7, 1.15, u / 0.15) : u > 0.8 ? mix(0.9, 0.12, (u - 0.8) / 0.2) : mix(1.15, 0.9, (u - 0.15) / 0.65));
    left.push([p[0] - dy / long * half, p[1] + dx / long * half]);
    right.push([p[0] + dy / long * half, p[1] - dx / long * half]);
  });
  outline(ctx, left.concat(right.reverse()), true);
  ctx.fill();
}

function coal(ctx, made, x, y, scale, evening) {
  ember(ctx, x, y, 74 * scale, 0.95, 5);
  ctx.font = (evening.lang === "zh" ? 28 * Math.sqrt(scale) + "px " + KAI : "italic 400 " + 28 * Math.sqrt(scale) + "px " + LATIN);
  ctx.textAlign = "center";
  ctx.fillStyle = rgba([255, 214, 150], 0.85);
  ctx.fillText(evening.coal, x, y + 118 * scale);
}

function words(ctx, evening, top) {
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.strokeStyle = rgba([200, 161, 101], 0.5);
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(MARGIN, top);
  ctx.lineTo(WIDE - MARGIN, top);
  ctx.stroke();
  ctx.fillStyle = INK.hemp;
  const zh = evening.lang === "zh";
  ctx.font = zh ? "38px " + KAI : "italic 500 36px " + LATIN;
  let y = top + 66;
  wrap(ctx, evening.did, WIDE - 2 * MARGIN, zh).slice(0, 2).forEach(function (line) {
    ctx.fillText(line, MARGIN, y);
    y += 52;
  });
  y += 4;
  ctx.font = zh ? "25px " + KAI : "italic 400 25px " + LATIN;
  ctx.fillStyle = rgba([205, 189, 157], 0.8);
  evening.crafts.slice(0, LINES).forEach(function (craft) {
    wrap(ctx, craft, WIDE - 2 * MARGIN, zh).forEach(function (line) {
      if (y < HIGH - 90) ctx.fillText(line, MARGIN, y);
      y += 36;
    });
  });
  ctx.textAlign = "right";
  ctx.font = "italic 400 26px Georgia, serif";
  ctx.fillText(evening.date, WIDE - MARGIN, HIGH - 56);
}

/* Lines no wider than `room`; English breaks at spaces, Chinese anywhere. */
function wrap(ctx, text, room, zh) {
  const lines = [""];
  (zh ? Array.from(text) : text.split(/(?= )/)).forEach(function (part) {
    if (lines[lines.length - 1] && ctx.measureText(lines[lines.length - 1] + part).width > room) lines.push(part.replace(/^ /, ""));
    else lines[lines.length - 1] += part;
  });
  return lines;
}
