/* Cut: a wedge of folded red paper under the finger, its flower growing in a window pane beside it. */

import { clamp, easeOut, glow } from "../js/light.js";
import { boxed, classify, cuts, pane, PETALS, preset, punch, rosette, slice, wedge } from "../js/papercut.js";

const MOST = 8; // strokes on one flower
const FLIP_MS = 110;
const SHAPES = ["crescent", "saw", "drop", "cloud"];
const BURST = 3; // the house takes four strokes at once, then two a second
const DROP_VALUE = 0.4; // so large is our drop on the stage's scale
const QUICK_MS = 40;
const SLOW_MS = 560;

export function open(page) {
  const bench = document.getElementById("bench");
  const draft = page.draft || { petals: foldsFor(page.house.companion.folds), strokes: [] };
  let petals = draft.petals;
  let strokes = draft.strokes; // {shape, points (wedge space), polygons}
  let live = null; // points of the stroke under the finger
  let table = null; // where things are
  let folded = null; // the wedge under the finger, drawn once and cut into
  let shade = null; // what it throws on the table
  let leaf = null; // one wedge to unfold: small while cutting
  let flower = null; // the whole sheet, flat
  let opened = 0; // ms since 1970 when unfolded, 0 while folded
  let fall = []; // scraps falling out
  furnish();

  return {
    house: function (house) {
      const asked = foldsFor(house.companion.folds);
      if (asked !== petals && !strokes.length) {
        petals = asked;
        if (table) table = lay(table.box);
        paint();
      }
      if (opened) tellPane();
    },
    place: function (box) {
      const before = table;
      table = lay(box);
      if (!before || before.R !== table.R || before.pane !== table.pane) paint();
    },
    lively: function () { return live !== null || fall.length > 0 || (opened && Date.now() - opened < petals * FLIP_MS + 700); },
    press: function (p) {
      if (opened || strokes.length >= MOST) return;
      const at = inside(p, 0.06);
      if (at) live = [at];
    },
    move: function (p) {
      if (!live || live.length > 400) return;
      const at = inside(p, 0.5);
      if (at) live.push(held(at));
    },
    lift: function () {
      if (!live) return;
      const points = live;
      live = null;
      add(classify(points), points);
    },
    draw: function (ctx, box, t, dt) {
      if (!table || !leaf) return;
      if (opened) show(ctx);
      else work(ctx, dt);
    },
  };

  /* Folds of this guest's sheet: one number for all, or a list dealt out by guest number. */
  function foldsFor(given) {
    const folds = Number(Array.isArray(given) ? given[page.guest.id % given.length] : given);
    return folds >= 4 && folds <= 12 ? Math.round(folds) : PETALS;
  }

  /* Places and pictures */

  function lay(box) {
    const side = page.left ? -1 : 1, half = slice(petals) / 2;
    const R = Math.min(box.h - 8, (box.w * 0.66) / (2 * Math.sin(half)));
    const tipX = box.x + box.w * 0.5 + side * box.w * 0.12;
    const tipY = box.y + box.h - 2;
    const pane = clamp(box.w * 0.62 - 26 - Math.tan(half) * 150, 84, Math.min(150, box.h * 0.42));
    return { box: box, R: R, tip: [tipX, tipY], side: side, pane: pane,
      paneX: page.left ? box.x + box.w - 16 - pane : box.x + 16, paneY: tipY - pane - 8 };
  }

  /* Paper is slow to draw and quick to cut into: all of it only when the place or the folds change. */
  function paint() {
    if (!table) return;
    folded = wedge(table.R, petals, [], 2, true);
    shade = shadow(folded.paper, 0.5, 8);
    punch(folded, all());
    spread(opened ? Math.min(220, Math.min(table.box.w, table.box.h) * 0.45) : table.pane * 0.46);
  }

  function all() { return strokes.reduce(function (list, s) { return list.concat(s.polygons); }, []); }

  /* The sheet flat, R pixels from middle to rim, with the shadow it throws on the window. */
  function spread(R) {
    leaf = wedge(R, petals, all(), 2, false);
    const flat = document.createElement("canvas");
    flat.width = flat.height = Math.ceil(R * 4.2);
    const ctx = flat.getContext("2d");
    ctx.scale(2, 2);
    rosette(ctx, leaf, R * 1.05, R * 1.05, petals, 1);
    flower = shadow(flat, 1, 9);
    flower.getContext("2d").drawImage(flat, 0, 0);
  }

  /* The shadow of a picture alone, softened once; `scale` of its size. */
  function shadow(picture, scale, soft) {
    const made = document.createElement("canvas"), far = 4096;
    made.width = Math.ceil(picture.width * scale);
    made.height = Math.ceil(picture.height * scale);
    const ctx = made.getContext("2d");
    ctx.shadowColor = "rgba(20,8,2,.75)";
    ctx.shadowBlur = soft * 2 * scale;
    ctx.shadowOffsetX = far + 3 * scale;
    ctx.shadowOffsetY = 6 * scale;
    ctx.drawImage(picture, -far, 0, made.width, made.height);
    ctx.shadowColor = "transparent";
    return made;
  }

  /* A finger's place in wedge space; null when further than `over` beyond the paper. */
  function inside(p, over) {
    const x = (p.x - table.tip[0]) / table.R, y = (table.tip[1] - p.y) / table.R;
    const r = Math.hypot(x, y), a = Math.abs(Math.atan2(x, y)) - slice(petals) / 2;
    if (r > 1 + over || y <= 0.02 || a * r > over) return null;
    return [x, y];
  }

  /* The knife stays on the paper: a hair's breadth inside the folds and the rim. */
  function held(at) {
    const half = slice(petals) / 2, r = clamp(Math.hypot(at[0], at[1]), 0.08, 0.92);
    const a = clamp(Math.atan2(at[0], at[1]), -half, half);
    return [Math.sin(a) * r, Math.cos(a) * r];
  }

  /* Cutting */

  function add(shape, points) {
    if (strokes.length >= MOST) return;
    const kept = points.map(held);
    const polygons = cuts(shape, kept);
    strokes.push({ shape: shape, points: kept, polygons: polygons });
    fall.push({ polygons: polygons, age: 0 });
    page.draft = { petals: petals, strokes: strokes };
    if (folded) punch(folded, polygons);
    if (table) spread(leaf.R);
    furnish();
  }

  function unfold() {
    if (opened || !strokes.length) return;
    opened = Date.now();
    page.draft = null;
    page.give("cut", strokes.map(function (s) {
      return { p: boxed(s.points, petals), o: s.shape, v: s.shape === "drop" ? DROP_VALUE : 1 };
    }), function (i) { return i < BURST ? QUICK_MS : SLOW_MS; });
    page.remember("flower", { petals: petals, polygons: all().map(brief) });
    furnish();
    paint();
    tellPane();
  }

  /* To a thousandth of the radius: enough to cut by, and short to keep. */
  function brief(ring) {
    return ring.map(function (p) { return [Math.round(p[0] * 1000) / 1000, Math.round(p[1] * 1000) / 1000]; });
  }

  function again() {
    opened = 0;
    strokes = [];
    paint();
    furnish();
    page.says();
  }

  function tellPane() {
    const companion = page.house.companion, id = page.guest.id;
    const panes = companion.panes;
    const number = panes && typeof panes === "object" ? panes[id]
      : typeof panes === "number" && panes > 0 ? (id - 1) % panes + 1 : null;
    if (number) page.says(page.word("pane", { n: number }), page.word("paneSoon"));
    else page.says(null, page.word("paneSoon"));
  }

  /* Bench: presets as the text alternative, undo, unfold */

  function furnish() {
    bench.textContent = "";
    if (opened) {
      button(bench, "act", page.word("another"), again);
      page.measure();
      return;
    }
    const row = page.element("div", "row");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", page.word("presets"));
    SHAPES.forEach(function (shape) {
      const chip = button(row, "chip", page.word(shape), function () { add(shape, preset(shape, strokes.length)); });
      chip.insertBefore(icon(shape), chip.firstChild);
      chip.disabled = strokes.length >= MOST;
    });
    bench.appendChild(row);
    const last = page.element("div", "row last");
    const undo = button(last, "quiet", page.word("undo"), function () { strokes.pop(); paint(); furnish(); });
    undo.disabled = !strokes.length;
    undo.style.visibility = strokes.length ? "visible" : "hidden";
    const go = button(last, "act", page.word("unfold"), unfold);
    go.style.flexGrow = "2.2";
    go.disabled = !strokes.length;
    bench.appendChild(last);
    page.measure();
  }

  function button(into, className, text, press) {
    const node = page.element("button", className, text);
    node.addEventListener("click", press);
    into.appendChild(node);
    return node;
  }

  function icon(shape) {
    const paper = document.createElement("canvas");
    paper.width = 78;
    paper.height = 66;
    const ctx = paper.getContext("2d");
    const list = cuts(shape, preset(shape, 0));
    let low = [9, 9], high = [-9, -9];
    list.forEach(function (ring) {
      ring.forEach(function (p) {
        low = [Math.min(low[0], p[0]), Math.min(low[1], p[1])];
        high = [Math.max(high[0], p[0]), Math.max(high[1], p[1])];
      });
    });
    const scale = Math.min(70 / (high[0] - low[0]), 52 / (high[1] - low[1]));
    ctx.translate(39, 33);
    ctx.scale(scale, -scale);
    ctx.translate(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2);
    ctx.fillStyle = "#dd6a52";
    ctx.beginPath();
    list.forEach(function (ring) {
      ring.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
      ctx.closePath();
    });
    ctx.fill();
    return paper;
  }

  /* Drawing */

  function work(ctx, dt) {
    const tip = table.tip, R = table.R;
    glow(ctx, tip[0] - R * 0.1, tip[1] - R * 0.62, R * 0.9, [230, 140, 70], 0.13);
    pane(ctx, table.paneX, table.paneY, table.pane);
    ctx.save();
    ctx.translate(table.paneX + table.pane / 2, table.paneY + table.pane / 2);
    const small = table.pane * 0.46 / leaf.R;
    ctx.scale(small, small);
    sheet(ctx);
    if (live) mirrored(ctx, leaf.R);
    ctx.restore();
    ctx.save();
    ctx.translate(tip[0], tip[1]);
    ctx.scale(1, -1);
    ctx.drawImage(shade, -folded.ox, -folded.oy - 5, folded.w, folded.h);
    ctx.drawImage(folded.paper, -folded.ox, -folded.oy, folded.w, folded.h);
    ctx.restore();
    if (live) knife(ctx, tip, R);
    scraps(ctx, tip, R, dt);
  }

  /* The cut as it is being made: a bright line, the knife's glint at its end. */
  function knife(ctx, tip, R) {
    const at = function (p) { return [tip[0] + p[0] * R, tip[1] - p[1] * R]; };
    ctx.strokeStyle = "#1a0d0b";
    ctx.lineWidth = 4;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.beginPath();
    live.forEach(function (p, i) { const q = at(p); if (i) ctx.lineTo(q[0], q[1]); else ctx.moveTo(q[0], q[1] - 0.01); });
    ctx.stroke();
    ctx.strokeStyle = "rgba(255,214,170,.85)";
    ctx.lineWidth = 1.2;
    ctx.stroke();
    const end = at(live[live.length - 1]);
    glow(ctx, end[0], end[1], 30, [255, 210, 150], 0.75);
  }

  function mirrored(ctx, R) {
    const angle = slice(petals);
    ctx.strokeStyle = "rgba(255,226,190,.95)";
    ctx.lineWidth = 5;
    for (let i = 0; i < petals * 2; i++) {
      ctx.save();
      ctx.rotate(Math.PI + (i >> 1) * 2 * angle);
      if (i % 2) ctx.scale(-1, 1);
      ctx.rotate(-angle / 2);
      ctx.beginPath();
      live.forEach(function (p, k) { if (k) ctx.lineTo(p[0] * R, p[1] * R); else ctx.moveTo(p[0] * R, p[1] * R + 0.1); });
      ctx.stroke();
      ctx.restore();
    }
  }

  /* What was cut out drops off the table. */
  function scraps(ctx, tip, R, dt) {
    fall.forEach(function (scrap) { scrap.age += dt; });
    fall = fall.filter(function (scrap) { return scrap.age < (page.calm ? 0.12 : 0.8); });
    fall.forEach(function (scrap) {
      const u = scrap.age / 0.8;
      ctx.save();
      ctx.globalAlpha = 1 - u * u;
      ctx.translate(tip[0] + u * 10 * table.side, tip[1] + (page.calm ? 0 : u * u * 150));
      ctx.scale(R, -R);
      ctx.fillStyle = "#e23a2e";
      ctx.beginPath();
      scrap.polygons.forEach(function (ring) {
        ring.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
        ctx.closePath();
      });
      ctx.fill();
      ctx.restore();
    });
  }

  function show(ctx) {
    const box = table.box, ms = Date.now() - opened, open_ = page.calm ? 1 : clamp(ms / (petals * FLIP_MS), 0, 1);
    const size = Math.min(box.w - 44, (box.h - 24) / 1.07), x = box.x + box.w / 2, y = box.y + box.h / 2;
    ctx.globalAlpha = easeOut(ms / 700);
    pane(ctx, x - size / 2, y - size / 2, size);
    ctx.globalAlpha = 1;
    const scale = size * 0.44 / leaf.R;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(scale, scale);
    if (open_ < 1) rosette(ctx, leaf, 0, 0, petals, Math.max(1 / petals, open_));
    else sheet(ctx);
    ctx.restore();
  }

  function sheet(ctx) {
    const half = flower.width / 4;
    ctx.drawImage(flower, -half, -half, half * 2, half * 2);
  }
}
