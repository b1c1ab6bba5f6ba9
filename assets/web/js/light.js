/* One material, one light: the colours, the glow of hot things, seals and stillness of the show, drawn in code. */

export const INK = {
  coal: "#14110F", loess: "#C8A165", hemp: "#F3E9D2", cinnabar: "#C8201E", jujube: "#7A1F1C",
  molten: "#FFB347", brass: "#CFA349", leather: "#F2D08A", ink: "#1C1A1E",
};
export const KAI = '"LXGW WenKai","Kaiti SC",STKaiti,KaiTi,"AR PL UKai CN","Noto Serif CJK SC",serif';
export const HEI = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif';
export const TAU = Math.PI * 2;

/* Colour of glowing iron by temperature in degrees C. */
const IRON = [
  [500, 25, 3, 0], [700, 89, 8, 0], [850, 179, 26, 3], [1000, 242, 71, 8],
  [1150, 255, 133, 26], [1300, 255, 189, 71], [1450, 255, 230, 148], [1600, 255, 250, 219],
];

export function iron(celsius) {
  if (celsius <= IRON[0][0]) return IRON[0].slice(1);
  for (let i = 1; i < IRON.length; i++) {
    if (celsius > IRON[i][0]) continue;
    const u = (celsius - IRON[i - 1][0]) / (IRON[i][0] - IRON[i - 1][0]);
    return [1, 2, 3].map(function (c) { return Math.round(mix(IRON[i - 1][c], IRON[i][c], u)); });
  }
  return IRON[IRON.length - 1].slice(1);
}

export function rgba(rgb, alpha) {
  return "rgba(" + rgb[0] + "," + rgb[1] + "," + rgb[2] + "," + Math.max(0, Math.min(1, alpha)).toFixed(3) + ")";
}

export function mix(a, b, u) { return a + (b - a) * u; }
export function clamp(v, low, high) { return v < low ? low : v > high ? high : v; }
export function easeOut(u) { return 1 - Math.pow(1 - clamp(u, 0, 1), 3); }

/* Seeded chance: the same grain on every phone, every evening. */
export function chance(seed) {
  let a = seed >>> 0;
  return function () {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/* Smooth noise of time in -1..1; `voice` keeps two flickers apart. */
export function flicker(t, voice) {
  return (Math.sin(t * 2.13 + voice * 5.1) + Math.sin(t * 3.71 + voice * 2.3) * 0.6 + Math.sin(t * 7.9 + voice) * 0.25) / 1.85;
}

/* A soft round light, added to what is there; falls off like light, not like a disc. */
export function glow(ctx, x, y, r, rgb, alpha) {
  if (alpha <= 0 || r <= 0) return;
  const g = ctx.createRadialGradient(x, y, 0, x, y, r);
  [[0, 1], [0.12, 0.72], [0.3, 0.36], [0.55, 0.12], [0.8, 0.025], [1, 0]].forEach(function (stop) {
    g.addColorStop(stop[0], rgba(rgb, alpha * stop[1]));
  });
  const before = ctx.globalCompositeOperation;
  ctx.globalCompositeOperation = "lighter";
  ctx.fillStyle = g;
  ctx.fillRect(x - r, y - r, r * 2, r * 2);
  ctx.globalCompositeOperation = before;
}

/* A closed soft outline through points (Catmull-Rom), as a path ready to fill. */
export function outline(ctx, points, closed) {
  const n = points.length;
  const at = function (i) { return closed ? points[(i + n) % n] : points[clamp(i, 0, n - 1)]; };
  ctx.beginPath();
  ctx.moveTo(points[0][0], points[0][1]);
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
    ctx.bezierCurveTo(b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6,
      c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[0], c[1]);
  }
  if (closed) ctx.closePath();
}

const LUMP = (function () {
  const die = chance(9);
  const rim = [];
  for (let i = 0; i < 9; i++) {
    const a = (i + 0.5 * die()) / 9 * TAU;
    const r = 0.82 + 0.26 * die();
    rim.push([Math.cos(a) * r, Math.sin(a) * r * 0.86]);
  }
  const core = rim.map(function (p) { return [p[0] * (0.34 + 0.2 * die()) - 0.05, p[1] * (0.3 + 0.24 * die()) - 0.1]; });
  return { rim: rim, core: core, tone: rim.map(function () { return die(); }) };
})();

/* A lump of coal of radius r: facets with glowing seams. heat 0 (cold) .. 1 (bright). */
export function ember(ctx, x, y, r, heat, t) {
  const breath = heat * (0.86 + 0.14 * flicker(t, 3));
  glow(ctx, x, y, r * 9, iron(900 + 160 * heat), 0.20 * breath);
  glow(ctx, x, y, r * 3.4, iron(980 + 170 * heat), 0.34 * breath);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(r, r);
  ctx.lineJoin = "round";
  for (let i = 0; i < LUMP.rim.length; i++) {
    const j = (i + 1) % LUMP.rim.length;
    const a = LUMP.rim[i], b = LUMP.rim[j], c = LUMP.core[j], d = LUMP.core[i];
    const warm = breath * (0.6 + 0.4 * flicker(t * 0.7, i * 1.7)) * LUMP.tone[i];
    const top = 0.5 - 0.5 * (a[1] + b[1]) / 2;
    const hot = iron(500 + 330 * warm);
    const shade = 13 + 30 * top * top + 12 * LUMP.tone[j];
    facet(ctx, [a, b, c, d], [hot[0] * 0.9 + shade, hot[1] + shade * 0.92, hot[2] + shade * 0.88]);
  }
  facet(ctx, LUMP.core, [26 + 40 * breath, 20 + 6 * breath, 18]);
  seams(ctx, breath);
  ctx.save();
  lump(ctx);
  ctx.clip();
  glow(ctx, 0.1, 0.16, 1.3, iron(1010 + 120 * heat), 0.62 * breath);
  glow(ctx, -0.34, 0.3, 0.6, iron(1120), 0.4 * breath * (0.7 + 0.3 * flicker(t, 8)));
  ctx.restore();
  ctx.restore();
}

function lump(ctx) {
  ctx.beginPath();
  LUMP.rim.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
  ctx.closePath();
}

function facet(ctx, points, rgb) {
  ctx.beginPath();
  points.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
  ctx.closePath();
  ctx.fillStyle = rgba(rgb.map(Math.round), 1);
  ctx.fill();
}

function seams(ctx, heat) {
  ctx.beginPath();
  LUMP.core.forEach(function (p, i) {
    const q = LUMP.core[(i + 1) % LUMP.core.length];
    ctx.moveTo(p[0], p[1]);
    ctx.lineTo(q[0], q[1]);
    if (i % 3 === 1) return;
    ctx.moveTo(p[0], p[1]);
    ctx.lineTo(LUMP.rim[i][0] * 0.94, LUMP.rim[i][1] * 0.94);
  });
  ctx.strokeStyle = rgba(iron(880 + 460 * heat), 0.3 + 0.6 * heat);
  ctx.lineWidth = 0.05;
  ctx.stroke();
}

/* Rising or thrown sparks: one small pool, aged by time, never by frames. */
export function sparks(limit) {
  let pool = [];
  return {
    add: function (spark) {
      pool.push(spark);
      if (pool.length > limit) pool.shift();
    },
    count: function () { return pool.length; },
    step: function (dt, gravity) {
      pool = pool.filter(function (s) {
        s.age += dt;
        s.px = s.x;
        s.py = s.y;
        s.vx *= 1 - s.drag * dt;
        s.vy = s.vy * (1 - s.drag * dt) + gravity * dt;
        s.x += s.vx * dt;
        s.y += s.vy * dt;
        return s.age < s.life;
      });
    },
    draw: function (ctx) {
      ctx.save();
      ctx.globalCompositeOperation = "lighter";
      ctx.lineCap = "round";
      pool.forEach(function (s) {
        const u = s.age / s.life;
        ctx.strokeStyle = rgba(iron(1500 - 850 * u), 1 - u * u);
        ctx.lineWidth = s.size * (1 - 0.5 * u);
        ctx.beginPath();
        ctx.moveTo(s.x - s.vx * 0.03, s.y - s.vy * 0.03);
        ctx.lineTo(s.x, s.y + 0.01);
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}

/* A worn cinnabar seal with a character in it, drawn once and kept. */
export function seal(size, text, family, style) {
  const paper = document.createElement("canvas");
  paper.width = paper.height = size;
  const ctx = paper.getContext("2d");
  const r = size * 0.06;
  const e = size * 0.04;
  ctx.beginPath();
  ctx.moveTo(e + r, e);
  ctx.arcTo(size - e, e, size - e, size - e, r);
  ctx.arcTo(size - e, size - e, e, size - e, r);
  ctx.arcTo(e, size - e, e, e, r);
  ctx.arcTo(e, e, size - e, e, r);
  ctx.closePath();
  ctx.fillStyle = INK.cinnabar;
  ctx.fill();
  const font = function (height) { return (style ? style + " " : "") + height + "px " + (family || KAI); };
  ctx.font = font(100);
  ctx.font = font(size * Math.min(0.72, 76 / ctx.measureText(text).width));
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = INK.hemp;
  ctx.fillText(text, size * (style ? 0.485 : 0.5), size * 0.54);
  ctx.globalCompositeOperation = "destination-out";
  const die = chance(text.charCodeAt(0) + size);
  for (let i = 0; i < 70; i++) {
    const side = Math.floor(die() * 4), along = die() * size, in_ = e + die() * die() * size * 0.05;
    const at = [[along, in_], [along, size - in_], [in_, along], [size - in_, along]][side];
    ctx.beginPath();
    ctx.arc(at[0], at[1], size * (0.006 + 0.02 * die() * die()), 0, TAU);
    ctx.fill();
  }
  for (let i = 0; i < 40; i++) {
    ctx.globalAlpha = 0.5 * die();
    ctx.fillRect(die() * size, die() * size, size * 0.02, size * 0.02);
  }
  return paper;
}

/* Still grain for large faces of one material: fibres of paper or hide, from a seed. */
export function grain(ctx, w, h, seed, rgb, alpha, long) {
  const die = chance(seed);
  const count = Math.round(w * h / 260);
  ctx.lineWidth = 0.7;
  for (let i = 0; i < count; i++) {
    const x = die() * w, y = die() * h, a = die() * Math.PI, l = long * (0.4 + die());
    ctx.strokeStyle = rgba(rgb, alpha * die());
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + Math.cos(a) * l, y + Math.sin(a) * l * 0.5);
    ctx.stroke();
  }
}
