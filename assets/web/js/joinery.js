/* Timber on the phone: two pieces of a joint in parallel view, and the small pagoda they belong to. */

import { chance, glow, rgba } from "./light.js";

const PINE = [[214, 160, 100], [172, 118, 68], [104, 68, 40]]; // lit from the upper left: top, left, right
const ELM = [[196, 158, 112], [152, 112, 72], [90, 62, 40]];
const RIGHT = [0.86, -0.86], DOWN = [0.43, 0.43]; // how one step along u and w moves on the picture

/* Upright prisms: plan [[u, w], ...] seen from above going round with the sun, from z0 to z1.
   hole: a plan cut through the top; inner: hidden below the lid of what it goes into. */
function box(u0, w0, z0, u1, w1, z1, more) {
  return Object.assign({ plan: [[u0, w0], [u1, w0], [u1, w1], [u0, w1]], z0: z0, z1: z1 }, more);
}

/* Each joint: the piece that waits, the piece in the hand, and how high its lid is. */
export const JOINTS = {
  cross: {
    lid: -9, into: [box(-3.1, -0.5, 0, -0.5, 0.5, 1.5), box(-0.5, -0.5, 0, 0.5, 0.5, 0.5), box(0.5, -0.5, 0, 3.1, 0.5, 1.5)],
    hand: [box(-0.5, -3.1, 0, 0.5, -0.5, 2.1), box(-0.5, -0.5, 0.5, 0.5, 0.5, 2.1), box(-0.5, 0.5, 0, 0.5, 3.1, 2.1)],
    elm: [false, false],
  },
  cap: {
    lid: 1.5, into: [box(-3.6, -0.6, 0, 1.1, 0.6, 1.5), box(-0.22, -0.22, 1.5, 0.22, 0.22, 2.0)],
    hand: [box(-0.75, -0.75, 1.5, 0.75, 0.75, 1.9), box(-1.0, -0.95, 1.9, 1.0, 0.95, 2.3), box(-1.0, -0.95, 2.3, 1.0, -0.5, 2.8), box(-1.0, 0.5, 2.3, 1.0, 0.95, 2.8)],
    elm: [false, true],
  },
  dovetail: {
    lid: 1.6,
    into: [
      box(-1.2, -1.2, -1.9, 1.2, 1.2, 0),
      { plan: [[-1.2, -1.2], [1.2, -1.2], [1.2, -0.45], [0.1, -0.72], [0.1, 0.72], [1.2, 0.45], [1.2, 1.2], [-1.2, 1.2]], z0: 0, z1: 1.6 },
    ],
    hand: [
      { plan: [[0.14, -0.68], [1.2, -0.42], [1.2, 0.42], [0.14, 0.68]], z0: 0, z1: 1.6, inner: true },
      box(1.2, -0.55, 0, 4.0, 0.55, 1.6),
    ],
    elm: [false, false],
  },
  tenon: {
    lid: 0.9, into: [box(-2.9, -1.5, 0, 2.9, 1.5, 0.9, { hole: [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]] })],
    hand: [
      box(-0.46, -0.46, 0, 0.46, 0.46, 0.9, { inner: true }), box(-1.1, -1.1, 0.9, 1.1, 1.1, 1.6), box(-1.5, -1.5, 1.6, 1.5, 1.5, 2.1),
      box(-1.5, -1.5, 2.1, -0.5, -0.5, 2.8), box(0.5, -1.5, 2.1, 1.5, -0.5, 2.8), box(-1.5, 0.5, 2.1, -0.5, 1.5, 2.8), box(0.5, 0.5, 2.1, 1.5, 1.5, 2.8),
    ],
    elm: [false, true],
  },
};

function spot(view, u, w, z) {
  return [view.x + view.s * (u * RIGHT[0] + w * RIGHT[1]), view.y + view.s * (u * DOWN[0] + w * DOWN[1] - z)];
}

function path(ctx, points) {
  ctx.beginPath();
  points.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
  ctx.closePath();
}

/* One facet with its grain: lines along the edge a-b, drifting as fibres do. */
function facet(ctx, points, rgb, seed, width) {
  path(ctx, points);
  ctx.fillStyle = rgba(rgb, 1);
  ctx.fill();
  ctx.save();
  ctx.clip();
  const die = chance(seed);
  const a = points[0], b = points[1], d = points[points.length - 1];
  ctx.lineWidth = Math.max(0.5, width);
  for (let i = 0; i < 9; i++) {
    const t = (i + die()) / 9, bend = (die() - 0.5) * 0.16;
    ctx.strokeStyle = rgba([60, 34, 16], 0.1 + 0.2 * die());
    ctx.beginPath();
    ctx.moveTo(a[0] + (d[0] - a[0]) * t, a[1] + (d[1] - a[1]) * t);
    const u = t + bend;
    ctx.quadraticCurveTo((a[0] + b[0]) / 2 + (d[0] - a[0]) * u, (a[1] + b[1]) / 2 + (d[1] - a[1]) * u, b[0] + (d[0] - a[0]) * t, b[1] + (d[1] - a[1]) * t);
    ctx.stroke();
  }
  ctx.restore();
  ctx.strokeStyle = rgba([255, 226, 176], 0.22);
  ctx.lineWidth = Math.max(0.6, width);
  path(ctx, points);
  ctx.stroke();
}

function prism(ctx, view, one, shift, lid, tones, seed) {
  const z1 = one.z1 + shift[2];
  let z0 = one.z0 + shift[2];
  if (one.inner) z0 = Math.max(z0, lid);
  if (z1 < z0 - 0.01) return;
  const plan = one.plan.map(function (p) { return [p[0] + shift[0], p[1] + shift[1]]; });
  const n = plan.length, width = view.s * 0.02;
  if (z1 > z0 + 0.01) {
    const sides = [];
    for (let i = 0; i < n; i++) {
      const a = plan[i], b = plan[(i + 1) % n];
      const out = [b[1] - a[1], a[0] - b[0]]; // outward, going round with the sun
      if (out[0] + out[1] > 1e-6) sides.push([a, b, out]);
    }
    sides.sort(function (p, q) { return p[0][0] + p[0][1] + p[1][0] + p[1][1] - q[0][0] - q[0][1] - q[1][0] - q[1][1]; });
    sides.forEach(function (side, i) {
      const a = side[0], b = side[1];
      const tone = side[2][1] > side[2][0] ? tones[1] : tones[2];
      facet(ctx, [spot(view, a[0], a[1], z0), spot(view, b[0], b[1], z0), spot(view, b[0], b[1], z1), spot(view, a[0], a[1], z1)], tone, seed + i, width);
    });
  }
  facet(ctx, plan.map(function (p) { return spot(view, p[0], p[1], z1); }), tones[0], seed + 7, width);
  if (one.hole) {
    path(ctx, one.hole.map(function (p) { return spot(view, p[0], p[1], z1); }));
    ctx.fillStyle = "#1a0f08";
    ctx.fill();
    ctx.strokeStyle = rgba([255, 226, 176], 0.3);
    ctx.stroke();
  }
}

/* Both pieces; the one in the hand `shift` [u, w, z] from home. Far and low first, so that crossing arms interlock. */
export function drawJoint(ctx, view, joint, shift) {
  const all = [];
  [joint.into, joint.hand].forEach(function (piece, which) {
    const by = which ? shift : [0, 0, 0];
    piece.forEach(function (one, i) {
      let u = 0, w = 0;
      one.plan.forEach(function (p) { u += p[0] / one.plan.length; w += p[1] / one.plan.length; });
      const lift = which && shift[2] > 0.9 ? 40 : 0;
      all.push({ one: one, by: by, tones: joint.elm[which] ? ELM : PINE, seed: 31 * i + 400 * which, key: u + w + 1.4 * (one.z0 + by[2]) + lift });
    });
  });
  all.sort(function (p, q) { return p.key - q.key; });
  all.forEach(function (it) { prism(ctx, view, it.one, it.by, joint.lid, it.tones, it.seed); });
}

/* The line the carpenter snapped: where the one piece goes into the other. */
export function drawAxis(ctx, view, from, to, alpha) {
  const a = spot(view, 0, 0, from), b = spot(view, 0, 0, to);
  ctx.strokeStyle = rgba([200, 161, 101], alpha);
  ctx.lineWidth = 1.2;
  if (ctx.setLineDash) ctx.setLineDash([5, 6]);
  ctx.beginPath();
  ctx.moveTo(a[0], a[1]);
  ctx.lineTo(b[0], b[1]);
  ctx.stroke();
  if (ctx.setLineDash) ctx.setLineDash([]);
}

/* Eaves of the pagoda: half width, height of the edge, of the wall's top; shares of its height above the base. */
const EAVES = [
  [0.262, 0.155, 0.186, 0.196], [0.226, 0.222, 0.245, 0.176], [0.217, 0.351, 0.374, 0.167],
  [0.207, 0.476, 0.499, 0.158], [0.196, 0.595, 0.618, 0.149], [0.184, 0.712, 0.734, 0.138],
];
const FLOORS = [0.06, 0.245, 0.374, 0.499, 0.618]; // where each storey begins

/* The pagoda on (x, ground), h tall; lean(share) moves it sideways; lamps: brightness 0..1 of each storey. */
export function drawPagoda(ctx, x, ground, h, lean, lamps) {
  const at = function (u, v) { return [x + u * h + lean(v), ground - v * h]; };
  const shape = function (points, colour) { path(ctx, points.map(function (p) { return at(p[0], p[1]); })); ctx.fillStyle = colour; ctx.fill(); };
  shape([[-0.32, 0], [0.32, 0], [0.32, 0.028], [-0.32, 0.028]], "#5d5449");
  shape([[-0.28, 0.028], [0.28, 0.028], [0.28, 0.06], [-0.28, 0.06]], "#6d6353");
  EAVES.forEach(function (eave, i) {
    const storey = Math.max(0, i - 1), from = i ? EAVES[i - 1][2] : 0.06, w = eave[3];
    shape([[-w, from], [w, from], [w, eave[1]], [-w, eave[1]]], "#4a2c1b");
    const lamp = lamps[storey] || 0;
    for (let k = -3; k <= 3; k++) {
      const c = k * w * 0.27, half = w * 0.1, low = from + 0.35 * (eave[1] - from), top = from + 0.78 * (eave[1] - from);
      shape([[c - half, low], [c + half, low], [c + half, top], [c - half, top]], lamp > 0.02 ? rgba([232, 162, 74], 0.25 + 0.75 * lamp) : "#5f3b24");
    }
    if (lamp > 0.02) { const m = at(0, (from + eave[1]) / 2); glow(ctx, m[0], m[1], h * 0.22, [232, 162, 74], 0.5 * lamp); }
    if (i > 1) shape([[-w * 1.12, from + 0.030], [w * 1.12, from + 0.030], [w * 1.12, from + 0.040], [-w * 1.12, from + 0.040]], "#8a5a33");
    shape([[-w * 1.05, eave[1] - 0.02], [w * 1.05, eave[1] - 0.02], [eave[0] * 0.94, eave[1] + 0.006], [-eave[0] * 0.94, eave[1] + 0.006]], "#7a4e2c");
    roof(ctx, at, eave, i === 5);
  });
  shape([[-0.026, 0.822], [0.026, 0.822], [0.022, 0.852], [-0.022, 0.852]], "#6d4d39");
  [[0.018, 0.865], [0.016, 0.885], [0.013, 0.903], [0.011, 0.92], [0.008, 0.936]].forEach(function (r) {
    shape([[-r[0], r[1]], [r[0], r[1]], [r[0] * 0.8, r[1] + 0.009], [-r[0] * 0.8, r[1] + 0.009]], "#55585c");
  });
  shape([[-0.003, 0.85], [0.003, 0.85], [0.001, 0.995], [-0.001, 0.995]], "#55585c");
}

function roof(ctx, at, eave, last) {
  const half = eave[0], y = eave[1], top = last ? 0.824 : eave[2] + 0.004, inner = last ? 0.03 : eave[3] * 0.95;
  const p = [at(-half, y + 0.02), at(-half * 0.62, y - 0.002), at(half * 0.62, y - 0.002), at(half, y + 0.02), at(inner, top), at(-inner, top)];
  const dip = last ? at(half * 0.36, y + 0.04) : at(half * 0.86, y + 0.022), dip2 = last ? at(-half * 0.36, y + 0.04) : at(-half * 0.86, y + 0.022);
  ctx.beginPath();
  ctx.moveTo(p[0][0], p[0][1]);
  ctx.quadraticCurveTo((p[0][0] + p[1][0]) / 2, p[1][1], p[1][0], p[1][1]);
  ctx.lineTo(p[2][0], p[2][1]);
  ctx.quadraticCurveTo((p[2][0] + p[3][0]) / 2, p[2][1], p[3][0], p[3][1]);
  ctx.quadraticCurveTo(dip[0], dip[1], p[4][0], p[4][1]);
  ctx.lineTo(p[5][0], p[5][1]);
  ctx.quadraticCurveTo(dip2[0], dip2[1], p[0][0], p[0][1]);
  ctx.closePath();
  ctx.fillStyle = "#2b3037";
  ctx.fill();
  ctx.strokeStyle = "rgba(150,170,190,.28)";
  ctx.lineWidth = 0.8;
  ctx.stroke();
}
