/* Rub: one leaf of the lacquer screen, matt and dusty; under a circling thumb its gloss and a gilt peony come up. */

import { chance, clamp, glow, outline, rgba, TAU } from "../js/light.js";

const SEND_MS = 170;
const POINTS = 14; // of one message
const PALM = 0.15; // radius of a thumb's polish, of the leaf's width
const GRID = 12; // places across at which the gloss is reckoned
const GOLD = [226, 182, 92];

export function open(page) {
  const bench = document.getElementById("bench");
  const note = page.element("p", "note");
  const place_ = page.target(page.word("rub"), function () { round(); });
  let spot = null; // the leaf's place on the screen
  let under = null; // the polished leaf
  let dull = null; // the matt coat, rubbed away
  let gloss = []; // 0..1 in a grid
  let last = null;
  let turned = 0; // radians the thumb has gone round
  let way = null; // its last direction
  let palms = 0;
  let trail = []; // points to be sent
  let sent = 0;
  let warm = 0;
  bench.appendChild(note);

  return {
    place: function (box) {
      const h = Math.min(box.h - 12, 560), w = Math.min(box.w - 48, h * 0.62, 360);
      spot = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w: w, h: h };
      under = paint(w, h, page.guest.id);
      dull = coat(w, h);
      gloss = new Array(GRID * GRID * 2).join("0").split("").map(Number);
      place_(spot.x, spot.y, w, h);
      tell();
    },
    lively: function () { return last !== null || warm > 0.02; },
    press: function (p) { last = inside(p) ? p : null; way = null; },
    move: function (p) {
      if (!last) return;
      const dx = p.x - last.x, dy = p.y - last.y, far = Math.hypot(dx, dy);
      if (far < 3) return;
      stroke(last, p, far);
      turn(Math.atan2(dy, dx));
      last = p;
      send(false);
    },
    lift: function () {
      last = null;
      send(true);
    },
    draw: function (ctx, box, t, dt) {
      if (!spot) return;
      warm = Math.max(0, warm - dt * 0.8);
      ctx.drawImage(under, spot.x, spot.y, spot.w, spot.h);
      sheen(ctx, page.calm ? 0 : t);
      ctx.drawImage(dull, spot.x, spot.y, spot.w, spot.h);
      if (last) glow(ctx, last.x, last.y, spot.w * 0.3, [255, 190, 110], 0.1 + 0.16 * warm);
    },
  };

  function inside(p) { return p.x > spot.x && p.x < spot.x + spot.w && p.y > spot.y && p.y < spot.y + spot.h; }

  function stroke(a, b, far) {
    const steps = Math.max(1, Math.ceil(far / (spot.w * 0.07)));
    for (let i = 1; i <= steps; i++) {
      const x = (a.x + (b.x - a.x) * i / steps - spot.x) / spot.w, y = (a.y + (b.y - a.y) * i / steps - spot.y) / spot.h;
      if (x > 0 && x < 1 && y > 0 && y < 1) polish(x, y);
    }
  }

  /* One pass: a little of the matt coat goes, most in the middle. */
  function polish(x, y) {
    const ctx = dull.getContext("2d"), r = PALM * spot.w, px = x * spot.w, py = y * spot.h;
    const g = ctx.createRadialGradient(px, py, 0, px, py, r);
    g.addColorStop(0, "rgba(0,0,0,.12)");
    g.addColorStop(0.5, "rgba(0,0,0,.07)");
    g.addColorStop(1, "rgba(0,0,0,0)");
    ctx.globalCompositeOperation = "destination-out";
    ctx.fillStyle = g;
    ctx.fillRect(px - r, py - r, 2 * r, 2 * r);
    const i = Math.floor(x * GRID) + GRID * Math.floor(y * GRID * 2 - 1e-6);
    if (i >= 0 && i < gloss.length) gloss[i] = Math.min(1, gloss[i] + 0.16);
    warm = Math.min(1, warm + 0.05);
    if (!trail.length || Math.hypot(x - trail[trail.length - 1][0], y - trail[trail.length - 1][1]) > 0.05) trail.push([milli(x), milli(y)]);
  }

  function milli(v) { return Math.round(clamp(v, 0, 1) * 1000) / 1000; }

  /* A full turn of the thumb is a palm. */
  function turn(direction) {
    if (way !== null) {
      let by_ = direction - way;
      while (by_ > Math.PI) by_ -= TAU;
      while (by_ < -Math.PI) by_ += TAU;
      if (Math.abs(by_) < 1.6) turned += by_;
    }
    way = direction;
    if (Math.abs(turned) < TAU) return;
    turned = 0;
    palms += 1;
    tell();
  }

  function tell() { note.textContent = page.word("palms", { n: palms }); }

  function send(all) {
    const at = Date.now();
    if (!trail.length || page.house.companion.done || (!all && at - sent < SEND_MS)) return;
    const every = Math.max(1, Math.ceil(trail.length / POINTS));
    const some = trail.filter(function (p, i) { return i % every === 0; });
    page.give("rub", [{ p: some, v: 1 }]);
    trail = [];
    sent = at;
  }

  /* The button: one round somewhere that is still matt. */
  function round() {
    let dullest = 0;
    gloss.forEach(function (g, i) { if (g < gloss[dullest]) dullest = i; });
    const cx = clamp((dullest % GRID + 0.5) / GRID, 0.2, 0.8), cy = clamp(Math.floor(dullest / GRID + 0.5) / GRID / 2, 0.12, 0.88);
    for (let k = 0; k < 3; k++) {
      for (let a = 0; a < TAU; a += 0.5) polish(clamp(cx + 0.16 * Math.cos(a), 0.02, 0.98), clamp(cy + 0.1 * Math.sin(a), 0.02, 0.98));
    }
    palms += 1;
    tell();
    send(true);
  }

  /* The lamp in the gloss: a tall soft light that wanders across. */
  function sheen(ctx, t) {
    const x = spot.x + spot.w * (0.5 + 0.34 * Math.sin(t * 0.5));
    const g = ctx.createLinearGradient(x - spot.w * 0.3, 0, x + spot.w * 0.3, 0);
    [[0, 0], [0.3, 0.05], [0.47, 0.2], [0.5, 0.34], [0.53, 0.2], [0.7, 0.05], [1, 0]].forEach(function (stop) {
      g.addColorStop(stop[0], rgba([255, 222, 170], stop[1]));
    });
    ctx.save();
    ctx.globalCompositeOperation = "lighter";
    ctx.beginPath();
    ctx.rect(spot.x, spot.y, spot.w, spot.h);
    ctx.clip();
    ctx.fillStyle = g;
    ctx.fillRect(spot.x, spot.y, spot.w, spot.h);
    ctx.restore();
  }
}

function sheet(w, h) {
  const paper = document.createElement("canvas");
  paper.width = Math.ceil(w * 2);
  paper.height = Math.ceil(h * 2);
  paper.getContext("2d").scale(2, 2);
  return paper;
}

/* Matt black with dust on it; the drawing below only to be guessed. */
function coat(w, h) {
  const paper = sheet(w, h), ctx = paper.getContext("2d");
  const g = ctx.createLinearGradient(0, 0, w, h);
  g.addColorStop(0, "#252224");
  g.addColorStop(1, "#171516");
  ctx.fillStyle = g;
  ctx.fillRect(0, 0, w, h);
  const die = chance(5);
  for (let i = 0; i < w * h / 26; i++) {
    ctx.fillStyle = "rgba(190,176,160," + (0.03 + 0.13 * die() * die()).toFixed(3) + ")";
    ctx.fillRect(die() * w, die() * h, 0.8, 0.8);
  }
  ctx.strokeStyle = "rgba(255,240,220,.05)";
  ctx.strokeRect(10, 10, w - 20, h - 20);
  return paper;
}

/* The polished leaf: peony, leaves and a moon, outlined in gold; each guest's in another red. */
function paint(w, h, id) {
  const paper = sheet(w, h), ctx = paper.getContext("2d"), u = w / 100;
  ctx.fillStyle = "#070506";
  ctx.fillRect(0, 0, w, h);
  ctx.scale(u, u);
  const H = h / u, tall = H / 150, reds = [["#8d2420", "#cf5a48"], ["#7c2a3a", "#d08078"], ["#8a4a1e", "#e2a552"], ["#7d6a4c", "#efe2c4"]];
  const red = reds[id % reds.length];
  frame(ctx, H);
  disc(ctx, 70, 28 * tall, 11, "#8f2a1e");
  stem(ctx, [[48, H - 10], [52, H - 34], [44, H * 0.62], [50, H * 0.5]]);
  stem(ctx, [[50, H - 16], [62, H - 40], [70, H * 0.7], [66, H * 0.68]]);
  [[44, H * 0.72, 200, 22], [56, H * 0.76, -20, 22], [40, H * 0.62, 150, 20], [60, H * 0.6, -50, 20], [30, H * 0.5, 190, 20], [70, H * 0.5, -10, 20],
    [50, H * 0.86, 170, 18], [58, H * 0.84, 20, 18]].forEach(function (leaf) { blade(ctx, leaf[0], leaf[1], leaf[2], leaf[3]); });
  peony(ctx, 50, H * 0.44, 25, red);
  peony(ctx, 68, H * 0.66, 12, red);
  bird(ctx, 30, 26 * tall);
  return paper;
}

function gilt(ctx, width) {
  ctx.strokeStyle = rgba(GOLD, 0.95);
  ctx.lineWidth = width || 0.5;
  ctx.lineJoin = ctx.lineCap = "round";
  ctx.stroke();
}

function frame(ctx, H) {
  [4, 6].forEach(function (d, i) {
    ctx.beginPath();
    ctx.rect(d, d, 100 - 2 * d, H - 2 * d);
    gilt(ctx, i ? 0.35 : 0.8);
  });
}

function disc(ctx, x, y, r, fill) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, TAU);
  ctx.fillStyle = fill;
  ctx.fill();
  gilt(ctx);
}

function stem(ctx, points) {
  outline(ctx, points, false);
  ctx.lineWidth = 2.2;
  ctx.strokeStyle = "#2f5a3e";
  ctx.stroke();
}

function blade(ctx, x, y, degrees, long) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(degrees / 360 * TAU);
  outline(ctx, [[0, 0], [long * 0.4, -long * 0.26], [long, -long * 0.06], [long * 0.5, long * 0.2]], true);
  const g = ctx.createLinearGradient(0, 0, long, 0);
  g.addColorStop(0, "#16301f");
  g.addColorStop(1, "#4f8560");
  ctx.fillStyle = g;
  ctx.fill();
  gilt(ctx);
  outline(ctx, [[1, 0], [long * 0.5, -long * 0.06], [long * 0.9, -long * 0.05]], false);
  gilt(ctx, 0.35);
  ctx.restore();
}

function peony(ctx, x, y, r, red) {
  [[1, 9, 0], [0.74, 8, 0.3], [0.5, 7, 0.1], [0.3, 5, 0.5]].forEach(function (ring) {
    for (let k = 0; k < ring[1]; k++) {
      const a = k / ring[1] * TAU + ring[2], w = 1.25 * Math.PI / ring[1], d = r * ring[0], points = [[x, y]];
      for (let s = -1; s <= 1.001; s += 0.25) {
        const reach = d * (Math.pow(1 - Math.pow(Math.abs(s), 3), 0.5) * (1 + 0.05 * Math.cos(9 * s)) - 0.1 * Math.exp(-s * s * 40));
        points.push([x + Math.cos(a + s * w) * Math.max(reach, d * 0.2), y + Math.sin(a + s * w) * Math.max(reach, d * 0.2) * 0.9]);
      }
      outline(ctx, points, true);
      const g = ctx.createRadialGradient(x, y, d * 0.15, x, y, d);
      g.addColorStop(0, red[0]);
      g.addColorStop(1, red[1]);
      ctx.fillStyle = g;
      ctx.fill();
      gilt(ctx, 0.4);
    }
  });
  for (let k = 0; k < 9; k++) disc(ctx, x + Math.cos(k * 2.4) * r * 0.03 * Math.sqrt(k) * 1.6, y + Math.sin(k * 2.4) * r * 0.03 * Math.sqrt(k) * 1.6, r * 0.035, "#e2a552");
}

/* A crane far off, crossing the moon's side of the sky. */
function bird(ctx, x, y) {
  outline(ctx, [[x - 12, y + 5], [x - 4, y + 2], [x + 4, y + 2], [x + 14, y - 3], [x + 19, y - 4], [x + 13, y], [x + 4, y + 6], [x - 4, y + 6]], true);
  ctx.fillStyle = "#d9cdb0";
  ctx.fill();
  gilt(ctx, 0.4);
  [[-9, -15], [-1, -19]].forEach(function (tip) {
    outline(ctx, [[x + 3, y + 3], [x + tip[0] + 8, y + tip[1] * 0.5], [x + tip[0], y + tip[1]], [x + tip[0] - 6, y + tip[1] + 8], [x - 5, y + 3]], true);
    ctx.fillStyle = "#efe2c4";
    ctx.fill();
    gilt(ctx, 0.4);
  });
}
