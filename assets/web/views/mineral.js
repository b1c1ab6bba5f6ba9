/* Mineral: one cell of the mural, five bowls of ground stone; a colour runs from the finger and stops at the line. */

import { chance, easeOut, glow, outline, rgba } from "../js/light.js";

const FLOOD_S = 0.4;
const STAYS_S = 1.9; // a finished cell is looked at before the next one comes
const STAGE = 1080;
const BARE = "#8c7654";

export function open(page) {
  const bench = document.getElementById("bench");
  const row = page.element("div", "row");
  const mark = page.target(page.word("cell"), function () { pour(null); });
  let bowls = []; // {id, label, colour}
  let chips = [];
  let known = "";
  let chosen = 0;
  let round = 0;
  let spot = null; // the wall's place on the screen
  let wall = null; // its still picture
  let view = null; // the cell on the screen: outline, scale, shift
  let flood = null; // {x, y, reach, age, colour}
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", page.word("bowls"));
  bench.appendChild(row);

  return {
    house: function (house) {
      const companion = house.companion;
      const now_ = JSON.stringify([companion.options, page.lang]);
      if (now_ !== known) furnish(companion.options || []);
      known = now_;
      if (spot) look();
    },
    place: function (box) {
      const w = Math.min(box.w - 32, 520), h = Math.min(box.h - 16, w * 1.5);
      spot = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w: w, h: h };
      wall = plaster(w, h);
      look();
    },
    lively: function () { return flood !== null; },
    press: function (p) { if (view && within(view.outline, p.x, p.y)) pour(p); },
    draw: function (ctx, box, t, dt) {
      if (!spot) return;
      ctx.save();
      ctx.beginPath();
      ctx.rect(spot.x, spot.y, spot.w, spot.h);
      ctx.clip();
      ctx.drawImage(wall, spot.x, spot.y, spot.w, spot.h);
      if (view) cell(ctx, dt);
      ctx.restore();
      glow(ctx, spot.x + spot.w * 0.34, spot.y + spot.h * 0.24, spot.w * 0.8, [255, 196, 120], 0.16);
    },
  };

  function cells() { return page.house.companion.cells || []; }

  function own() { return cells()[(page.guest.id + round * 5) % Math.max(1, cells().length)]; }

  /* Bring this guest's cell into the middle, and whatever lies round it with it. */
  function look() {
    const cell = own();
    view = null;
    mark(spot.x, spot.y, spot.w, spot.h);
    if (!cell) return;
    const xs = even(cell.p, 0), ys = even(cell.p, 1);
    const x0 = Math.min.apply(null, xs), x1 = Math.max.apply(null, xs);
    const y0 = Math.min.apply(null, ys), y1 = Math.max.apply(null, ys);
    const k = Math.min((spot.w - 56) / Math.max(1, x1 - x0), (spot.h - 48) / Math.max(1, y1 - y0), 2.4);
    const sx = spot.x + spot.w / 2 - k * (x0 + x1) / 2, sy = spot.y + spot.h / 2 - k * (y0 + y1) / 2;
    view = { cell: cell, k: k, sx: sx, sy: sy, outline: placed(cell.p, k, sx, sy) };
    view.folds = (cell.f || []).map(function (fold) { return placed(fold, k, sx, sy); });
    view.others = cells().filter(function (one) { return one !== cell; }).map(function (one) { return placed(one.p, k, sx, sy); });
    mark(sx + k * x0, sy + k * y0, k * (x1 - x0), k * (y1 - y0));
  }

  function placed(flat, k, sx, sy) {
    return even(flat, 0).map(function (x, i) { return [sx + k * x, sy + k * flat[2 * i + 1]]; });
  }

  function pour(p) {
    if (!view || !bowls.length || flood) return;
    const bowl = bowls[chosen];
    const heart = [view.sx + view.k * view.cell.at[0], view.sy + view.k * view.cell.at[1]];
    const from = p ? [p.x, p.y] : heart;
    let reach = 0;
    view.outline.forEach(function (q) { reach = Math.max(reach, Math.hypot(q[0] - from[0], q[1] - from[1])); });
    flood = { x: from[0], y: from[1], reach: reach, age: 0, bowl: bowl };
    let x = (from[0] - view.sx) / view.k / (page.house.companion.wide || 1920), y = (from[1] - view.sy) / view.k / STAGE;
    if (x < 0 || x > 1 || y < 0 || y > 1) {
      x = view.cell.at[0] / (page.house.companion.wide || 1920);
      y = view.cell.at[1] / STAGE;
    }
    x = Math.round(x * 10000) / 10000;
    y = Math.round(y * 10000) / 10000;
    page.act("fill", { o: bowl.id, x: x, y: y, p: [[x, y]] });
    page.says("", page.word("filled", { name: page.pick(bowl.label) }));
  }

  function cell(ctx, dt) {
    view.others.forEach(function (outline) { line(ctx, outline, 1.6, 0.34); });
    if (flood) {
      flood.age += dt;
      const u = page.calm ? 1 : easeOut(Math.min(1, flood.age / FLOOD_S));
      ctx.save();
      trail(ctx, view.outline, true);
      ctx.clip();
      const g = ctx.createRadialGradient(flood.x, flood.y, 0, flood.x, flood.y, Math.max(1, flood.reach * 1.06 * u));
      g.addColorStop(0, shade(flood.bowl.colour, 1.12));
      g.addColorStop(0.86, shade(flood.bowl.colour, 0.86));
      g.addColorStop(0.98, shade(flood.bowl.colour, 0.6));
      g.addColorStop(1, "rgba(0,0,0,0)");
      ctx.fillStyle = g;
      ctx.fillRect(spot.x, spot.y, spot.w, spot.h);
      model(ctx, u);
      ctx.restore();
    }
    view.folds.forEach(function (fold) { wire(ctx, fold); });
    line(ctx, view.outline, 3.4, 1);
    if (flood && flood.age > STAYS_S) next();
  }

  /* The colour deepens towards every line, and keeps off it by a hair of bare wall. */
  function model(ctx, u) {
    const way = [view.outline].concat(view.folds);
    [[34, 0.1], [22, 0.12], [12, 0.16]].forEach(function (band) {
      ctx.strokeStyle = rgba([16, 10, 8], band[1] * u);
      ctx.lineWidth = band[0];
      way.forEach(function (points, i) { trail(ctx, points, !i); ctx.stroke(); });
    });
    ctx.strokeStyle = BARE;
    way.forEach(function (points, i) {
      ctx.lineWidth = i ? 4.4 : 7.4;
      trail(ctx, points, !i);
      ctx.stroke();
    });
  }

  function next() {
    flood = null;
    round += 1;
    page.says();
    look();
  }

  /* Bowls */

  function furnish(options) {
    bowls = options.filter(function (bowl) { return bowl.colour; });
    row.textContent = "";
    chips = bowls.map(function (bowl, i) {
      const chip = page.element("button", "chip", page.pick(bowl.label));
      chip.setAttribute("role", "radio");
      chip.insertBefore(picture(bowl.colour), chip.firstChild);
      if (page.lang === "en") chip.style.fontSize = "11px";
      chip.addEventListener("click", function () {
        chosen = i;
        dress();
      });
      row.appendChild(chip);
      return chip;
    });
    chosen = bowls.length ? page.guest.id % bowls.length : 0;
    dress();
    page.measure();
  }

  function dress() {
    chips.forEach(function (chip, i) {
      chip.setAttribute("aria-checked", String(i === chosen));
      chip.style.borderColor = i === chosen ? "#C8A165" : "";
      chip.style.color = i === chosen ? "#F3E9D2" : "";
    });
  }
}

function even(flat, odd) { return flat.filter(function (v, i) { return i % 2 === odd; }); }

function within(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const a = outline[i], b = outline[j];
    if ((a[1] > y) !== (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

function trail(ctx, points, closed) {
  outline(ctx, points, closed);
  ctx.lineJoin = ctx.lineCap = "round";
}

function line(ctx, points, width, alpha) {
  trail(ctx, points, true);
  ctx.strokeStyle = rgba([28, 22, 18], alpha);
  ctx.lineWidth = width;
  ctx.stroke();
}

/* A fold: nail head, even wire, thin tail. */
function wire(ctx, points) {
  const n = points.length;
  ctx.strokeStyle = rgba([28, 22, 18], 0.95);
  trail(ctx, points.slice(0, n - 1), false);
  ctx.lineWidth = 2;
  ctx.stroke();
  trail(ctx, points, false);
  ctx.lineWidth = 0.9;
  ctx.stroke();
  ctx.fillStyle = rgba([28, 22, 18], 0.95);
  ctx.beginPath();
  ctx.arc(points[0][0], points[0][1], 1.9, 0, 7);
  ctx.fill();
}

function shade(hex, k) {
  return rgba([1, 3, 5].map(function (i) { return Math.min(255, Math.round(parseInt(hex.substr(i, 2), 16) * k)); }), 1);
}

/* A small white bowl with a mound of ground stone in it. */
function picture(colour) {
  const paper = document.createElement("canvas");
  paper.width = 104;
  paper.height = 88;
  paper.style.width = "38px";
  paper.style.height = "32px";
  const ctx = paper.getContext("2d");
  const clay = ctx.createLinearGradient(10, 0, 94, 0);
  clay.addColorStop(0, "#d9cfbb");
  clay.addColorStop(0.5, "#b5a88f");
  clay.addColorStop(1, "#6c6252");
  ctx.fillStyle = clay;
  ctx.beginPath();
  ctx.moveTo(6, 34);
  ctx.bezierCurveTo(10, 70, 30, 82, 52, 82);
  ctx.bezierCurveTo(74, 82, 94, 70, 98, 34);
  ctx.fill();
  oval(ctx, 52, 34, 46, 15, "#8f8470");
  const stone = ctx.createRadialGradient(40, 22, 2, 52, 32, 44);
  stone.addColorStop(0, shade(colour, 1.35));
  stone.addColorStop(0.5, colour);
  stone.addColorStop(1, shade(colour, 0.5));
  ctx.fillStyle = stone;
  ctx.beginPath();
  ctx.moveTo(10, 36);
  ctx.bezierCurveTo(24, 8, 78, 6, 94, 36);
  ctx.bezierCurveTo(84, 48, 22, 48, 10, 36);
  ctx.fill();
  const die = chance(3);
  for (let i = 0; i < 60; i++) {
    ctx.fillStyle = shade(colour, 0.6 + die());
    ctx.fillRect(16 + die() * 72, 18 + die() * 24, 2.4, 2);
  }
  return paper;
}

function oval(ctx, x, y, rx, ry, fill) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(rx, ry);
  ctx.beginPath();
  ctx.arc(0, 0, 1, 0, Math.PI * 2);
  ctx.restore();
  ctx.fillStyle = fill;
  ctx.fill();
}

/* The wall by lantern light: sandy, stained, dark towards its edges. */
function plaster(w, h) {
  const paper = document.createElement("canvas");
  paper.width = Math.ceil(w * 2);
  paper.height = Math.ceil(h * 2);
  const ctx = paper.getContext("2d");
  ctx.scale(2, 2);
  ctx.fillStyle = BARE;
  ctx.fillRect(0, 0, w, h);
  const die = chance(21);
  for (let i = 0; i < w * h / 60; i++) {
    ctx.fillStyle = die() < 0.5 ? "rgba(60,44,26,.16)" : "rgba(200,176,132,.14)";
    ctx.fillRect(die() * w, die() * h, 1 + die() * 2, 1);
  }
  for (let i = 0; i < 5; i++) {
    let x = die() * w, y = die() * h, a = 1 + die();
    ctx.strokeStyle = "rgba(50,36,22,.55)";
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    ctx.moveTo(x, y);
    for (let k = 0; k < 26; k++) {
      a += (die() - 0.5) * 0.8;
      ctx.lineTo(x += Math.cos(a) * 6, y += Math.sin(a) * 6);
    }
    ctx.stroke();
  }
  const dark = ctx.createRadialGradient(w * 0.4, h * 0.36, w * 0.15, w * 0.5, h * 0.5, Math.max(w, h) * 0.72);
  dark.addColorStop(0, "rgba(20,14,10,0)");
  dark.addColorStop(0.6, "rgba(20,14,10,.36)");
  dark.addColorStop(1, "rgba(20,17,15,.96)");
  ctx.fillStyle = dark;
  ctx.fillRect(0, 0, w, h);
  return paper;
}
