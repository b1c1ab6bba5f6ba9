/* Stroke: one stroke of the poem is yours. Trace it over the red model; its turn comes, and the stage inks it. */

import { chance, clamp, glow, KAI, mix, rgba, TAU } from "../js/light.js";

const FIRST = 35, STEPS = 90; // how the stage packs a median into letters
const HALF = 0.042; // of the square: half a stroke's breadth
const FINE = 14; // places between two knots
const NEAR = 0.17; // a finger may stray so far from the model
const SENT_POINTS = 40;
const AHEAD = 2; // strokes before the pen that nobody is given any more
const STAY_S = 2.2; // a stroke that is inked is looked at before the next is dealt
/* kinds in the stage's order: 横 竖 针 撇 捺 点 提 折 钩 撇点 -> breadth along the stroke, [share, breadth] */
const BREADTH = [
  [[0, 1.05], [0.5, 0.76], [1, 1.16]], [[0, 1.16], [0.5, 0.94], [1, 1.1]], [[0, 1.16], [0.6, 0.95], [1, 0.05]],
  [[0, 1.16], [0.35, 0.95], [1, 0.05]], [[0, 0.4], [0.45, 0.9], [0.8, 1.6], [1, 0.05]], [[0, 0.35], [0.7, 1.2], [1, 0.9]],
  [[0, 1.2], [0.3, 1], [1, 0.05]], [[0, 1.1], [0.5, 0.85], [1, 1.05]], [[0, 1.1], [0.75, 0.95], [1, 0.05]],
  [[0, 1.1], [0.6, 0.9], [1, 0.9]],
];

export function open(page) {
  let poem = null; // [{text, pinyin, first, strokes: [{at, breadth}]}]
  let lines = [];
  let total = 0;
  let cards = null;
  let mine = -1; // number of the stroke held
  let given = false;
  let inked = 0; // seconds since the stage wrote it
  let last = -1; // the newest stroke that was mine
  let square = null;
  let trail = null; // the finger's way, in the square
  let miss = 0;
  let drops = [];
  const place = page.target(page.word("stroke"), function () { if (river()) splash(0.5, 0.5); else write(held().at); });

  return {
    house: function (house) {
      const companion = house.companion || {};
      if (companion.cards && companion.cards !== cards) read(companion);
      deal();
    },
    place: function (box) {
      const size = Math.min(box.w - 56, box.h - 128, 330);
      square = { x: box.x + (box.w - size) / 2, y: box.y + Math.max(18, (box.h - size - 96) / 2), size: size };
      place(square.x, square.y, size, size);
    },
    lively: function () { return trail !== null || drops.length > 0 || river() || (given && inked > 0); },
    press: function (p) {
      if (river()) splash((p.x - square.x) / square.size, (p.y - square.y) / square.size);
      else if (!given && mine >= 0) trail = [inSquare(p)];
    },
    move: function (p) { if (trail) trail.push(inSquare(p)); },
    lift: function () { if (trail) judge(); },
    draw: function (ctx, box, t, dt) {
      if (!square) return;
      miss = Math.max(0, miss - dt);
      if (river()) { fall(ctx, box, page.calm ? 0 : t, dt); return; }
      if (!poem) return;
      if (mine < 0) { whole(ctx, box); return; }
      if (given && written() > mine) { inked += dt; if (inked > STAY_S) deal(true); }
      if (mine >= 0) card(ctx, page.calm ? 0 : t);
    },
  };

  function companion() { return page.house.companion || {}; }
  function river() { return !!companion().river; }
  function written() { return companion().written || 0; }

  function read(companion_) {
    cards = companion_.cards;
    lines = companion_.lines || [];
    total = 0;
    poem = cards.map(function (entry) {
      const strokes = entry[2].split(" ").map(unpack);
      const one = { text: entry[0], pinyin: entry[1], first: total, strokes: strokes };
      total += strokes.length;
      return one;
    });
    mine = last = -1;
    given = false;
  }

  /* Dealt out by number; who has written one gets the next of the same row, if the pen has not passed it. */
  function deal(next) {
    if (river()) { page.says(page.word("strokeRiver")); return; }
    if (!poem) return;
    if (written() < last - 1) last = -1; // a bare sheet: the evening's poem begins anew
    if (mine >= 0 && !next && (given ? mine < total : written() + 1 <= mine)) { words(); return; }
    const step = clamp(page.house.joined || 1, 1, total);
    let k = (page.guest.id + step - 1) % step;
    while (k < total && (k <= last || k < written() + AHEAD)) k += step;
    const from = Math.max(last + 1, written() + AHEAD);
    if (k >= total && from < total) k = from + (page.guest.id * 37) % (total - from); // spares double up
    mine = k < total ? k : -1;
    given = false;
    inked = 0;
    words();
  }

  function held() {
    const one = poem[holder(mine)];
    return one.strokes[mine - one.first];
  }

  function holder(stroke) {
    let i = poem.length - 1;
    while (poem[i].first > stroke) i -= 1;
    return i;
  }

  function words() {
    if (mine < 0) { page.says(page.word("strokeDone"), page.word("strokeDoneLine")); return; }
    const one = poem[holder(mine)], wait = Math.max(0, mine - written());
    const facts = { n: mine - one.first + 1, char: one.text, pinyin: one.pinyin, wait: wait };
    if (!given) page.says(page.word("stroke"), page.word("strokeHeld", facts));
    else page.says(page.word(wait > 0 ? "strokeGiven" : "strokeInked"), page.word(wait > 0 ? "strokeWait" : "strokeOn", facts));
  }

  function inSquare(p) { return [(p.x - square.x) / square.size, (p.y - square.y) / square.size, p.at || 0]; }

  /* Near the model and in its direction is enough: it is writing, not an examination. */
  function judge() {
    const way = trail, model = held().at;
    trail = null;
    if (way.length < 2 && model.length > 2) { miss = 0.6; return; }
    const a = way[0], b = way[way.length - 1], from = model[0], to = model[model.length - 1];
    const right = dist(a, from) + dist(b, to) <= dist(a, to) + dist(b, from);
    const far = way.reduce(function (sum, p) {
      return sum + Math.min.apply(null, model.map(function (m) { return dist(p, m); }));
    }, 0) / way.length;
    if (!right || far > NEAR || dist(a, b) < 0.35 * dist(from, to)) { miss = 0.6; return; }
    write(way);
  }

  function write(way) {
    if (mine < 0 || given) return;
    given = true;
    inked = 0;
    last = mine;
    const step = Math.max(1, Math.ceil(way.length / SENT_POINTS));
    const p = way.filter(function (q, i) { return i % step === 0; }).map(function (q) {
      return [round(clamp(q[0], 0, 1)), round(clamp(q[1], 0, 1))];
    });
    page.remember("stroke", { points: p });
    page.act("trace", { p: p, y: round((mine + 0.5) / total), v: 0.8 });
    words();
  }

  function splash(x, y) {
    drops.push({ x: x, age: 0 });
    if (drops.length > 5) drops.shift();
    page.act("tap", { x: round(clamp(x, 0, 1)), y: round(clamp(y, 0, 1)) });
  }

  /* The square of the copybook with the character in it. */
  function card(ctx, t) {
    const s = square.size, i = holder(mine), one = poem[i], k = mine - one.first;
    const done = written() > mine;
    glow(ctx, square.x + s * 0.4, square.y + s * 0.3, s * 1.1, [214, 186, 140], 0.1);
    grid(ctx, s, miss);
    one.strokes.forEach(function (stroke, n) {
      if (n !== k) ink(ctx, stroke, n < k ? "rgba(243,233,210,.34)" : "rgba(243,233,210,.13)");
    });
    ink(ctx, one.strokes[k], given ? (done ? "#F3E9D2" : "rgba(226,92,70,.95)") : "rgba(200,60,44,.62)");
    if (!given) arrow(ctx, one.strokes[k], s, t);
    if (trail) finger(ctx);
    strand(ctx, s, t);
  }

  function grid(ctx, s, wrong) {
    ctx.save();
    ctx.translate(square.x, square.y);
    ctx.fillStyle = "#1d1815";
    ctx.fillRect(0, 0, s, s);
    ctx.strokeStyle = rgba([200, 70, 50], 0.55 + 0.4 * wrong);
    ctx.lineWidth = 1.6;
    ctx.strokeRect(0, 0, s, s);
    ctx.strokeStyle = rgba([200, 70, 50], 0.26 + 0.3 * wrong);
    ctx.lineWidth = 1;
    if (ctx.setLineDash) ctx.setLineDash([5, 5]);
    [[0, 0, s, s], [s, 0, 0, s], [s / 2, 0, s / 2, s], [0, s / 2, s, s / 2]].forEach(function (l) {
      ctx.beginPath();
      ctx.moveTo(l[0], l[1]);
      ctx.lineTo(l[2], l[3]);
      ctx.stroke();
    });
    ctx.restore();
  }

  function ink(ctx, stroke, colour) {
    const s = square.size;
    ctx.fillStyle = colour;
    ctx.beginPath();
    stroke.rim.forEach(function (p, i) {
      const x = square.x + p[0] * s, y = square.y + p[1] * s;
      if (i) ctx.lineTo(x, y); else ctx.moveTo(x, y);
    });
    ctx.closePath();
    ctx.fill();
  }

  /* Where it begins, and a small light that runs the way the hand should go. */
  function arrow(ctx, stroke, s, t) {
    const at = stroke.at, n = at.length;
    const u = t ? (t * 0.55) % 1.25 : 0.5;
    const first = at[0];
    ctx.fillStyle = "#FFE2A8";
    ctx.beginPath();
    ctx.arc(square.x + first[0] * s, square.y + first[1] * s, 5, 0, TAU);
    ctx.fill();
    const spot = at[Math.min(n - 1, Math.floor(Math.min(1, u) * (n - 1)))];
    glow(ctx, square.x + spot[0] * s, square.y + spot[1] * s, s * 0.1, [255, 214, 140], 0.9 * clamp(1.25 - u, 0, 1));
    const a = at[n - 2], b = at[n - 1], turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
    ctx.save();
    ctx.translate(square.x + b[0] * s, square.y + b[1] * s);
    ctx.rotate(turn);
    ctx.strokeStyle = "#FFE2A8";
    ctx.lineWidth = 2.4;
    ctx.lineCap = "round";
    ctx.beginPath();
    ctx.moveTo(-9, -7);
    ctx.lineTo(2, 0);
    ctx.lineTo(-9, 7);
    ctx.stroke();
    ctx.restore();
  }

  function finger(ctx) {
    const s = square.size;
    ctx.strokeStyle = "#F3E9D2";
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.lineWidth = s * HALF * 1.9;
    ctx.beginPath();
    trail.forEach(function (p, i) {
      const x = square.x + p[0] * s, y = square.y + p[1] * s;
      if (i) ctx.lineTo(x, y); else { ctx.moveTo(x, y); ctx.lineTo(x + 0.1, y); }
    });
    ctx.stroke();
  }

  /* All strokes of the poem as a strand, a row a line: written, to come, and one's own. */
  function strand(ctx, s, t) {
    const top = square.y + s + 26, pen = written();
    let from = 0;
    lines.forEach(function (to, row) {
      const long = to - from, gap = s / 42, x0 = square.x + (s - (long - 1) * gap) / 2, y = top + row * 17;
      for (let k = from; k < to; k++) {
        const x = x0 + (k - from) * gap, own = k === mine;
        ctx.fillStyle = own ? "#FF6A4A" : k < pen ? "rgba(243,233,210,.85)" : "rgba(243,233,210,.2)";
        ctx.fillRect(x - 1, y - (own ? 7 : 4), own ? 3 : 2, own ? 14 : 8);
        if (own) glow(ctx, x, y, 16, [255, 110, 70], 0.5 + 0.2 * Math.sin(t * 3));
      }
      from = to;
    });
  }

  /* The poem as it stands on the stage, four columns from the right. */
  function whole(ctx, box) {
    const size = Math.min(box.w / 6.4, box.h / 6.2), x0 = box.x + box.w / 2 + size * 2.1;
    ctx.font = size * 0.9 + "px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    glow(ctx, x0 - size * 2, box.y + box.h * 0.4, size * 5, [214, 186, 140], 0.12);
    poem.forEach(function (one, i) {
      ctx.fillStyle = written() >= one.first + one.strokes.length ? "#F3E9D2" : "rgba(243,233,210,.25)";
      ctx.fillText(one.text, x0 - Math.floor(i / 5) * size * 1.4, box.y + size * (0.8 + (i % 5) * 1.12));
    });
  }

  /* A narrow upright slice of the river: what falls draws out as it falls. */
  function fall(ctx, box, t, dt) {
    const w = Math.min(box.w * 0.42, 170), x = box.x + (box.w - w) / 2, h = box.H - box.y, top = box.y;
    const die = chance(page.guest.id + 7);
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, top, w, h);
    ctx.clip();
    ctx.fillStyle = "#5d3f20";
    ctx.fillRect(x, top, w, h);
    for (let i = 0; i < 90; i++) {
      const across = x + die() * w, begun = die() * 3, pace = 0.7 + 0.5 * die(), wide = 1 + 5 * die(), pale = die();
      const u = ((t * pace + begun) % 1.6) / 1.6, y = top + h * (0.12 * u + 0.98 * u * u), long = 10 + h * 0.34 * u;
      ctx.fillStyle = pale > 0.72 ? "rgba(240,222,180,.62)" : pale > 0.3 ? "rgba(185,138,75,.6)" : "rgba(70,46,24,.55)";
      ctx.fillRect(across, y - long, wide, long);
    }
    const haze = ctx.createLinearGradient(0, top + h * 0.55, 0, top + h);
    haze.addColorStop(0, "rgba(217,179,108,0)");
    haze.addColorStop(1, "rgba(226,206,160,.85)");
    ctx.fillStyle = haze;
    ctx.fillRect(x, top, w, h);
    const edge = ctx.createLinearGradient(x, 0, x + w, 0);
    [[0, 1], [0.22, 0], [0.78, 0], [1, 1]].forEach(function (stop) { edge.addColorStop(stop[0], rgba([20, 17, 15], stop[1])); });
    ctx.fillStyle = edge;
    ctx.fillRect(x, top, w, h);
    ctx.restore();
    drops = drops.filter(function (drop) { drop.age += dt; return drop.age < 1.2; });
    drops.forEach(function (drop) {
      const u = drop.age / 1.2, cx = mix(x, x + w, clamp(drop.x, 0.1, 0.9));
      glow(ctx, cx, top + h * (0.84 - 0.3 * u), w * (0.3 + 0.5 * u), [226, 206, 160], 0.9 * (1 - u));
      glow(ctx, cx, top + h * (0.74 - 0.5 * u), w * (0.2 + 0.5 * u), [150, 172, 192], 0.6 * u * (1 - u) * 2);
    });
  }

  function round(v) { return Math.round(v * 1000) / 1000; }
}

function dist(a, b) { return Math.hypot(a[0] - b[0], a[1] - b[1]); }

/* A word of letters back into a stroke: its way, and its outline with the breadth of its kind. */
function unpack(word) {
  const codes = Array.from(word).map(function (letter) { return letter.charCodeAt(0) - FIRST; });
  const knots = [];
  for (let i = 1; i + 1 < codes.length; i += 2) knots.push([codes[i] / STEPS, codes[i + 1] / STEPS]);
  const at = smooth(knots), table = BREADTH[codes[0]] || BREADTH[0];
  const left = [], right = [];
  at.forEach(function (p, i) {
    const a = at[Math.max(0, i - 1)], b = at[Math.min(at.length - 1, i + 1)];
    const long = Math.max(1e-6, dist(a, b)), nx = -(b[1] - a[1]) / long, ny = (b[0] - a[0]) / long;
    const half = HALF * breadth(table, i / (at.length - 1)) * (1 - 0.16 * ny * ny);
    left.push([p[0] + nx * half, p[1] + ny * half]);
    right.unshift([p[0] - nx * half, p[1] - ny * half]);
  });
  const a = at[0], b = at[1], far = Math.max(1e-6, dist(a, b)), half = HALF * table[0][1] * 0.8;
  const tip = [a[0] - (b[0] - a[0]) / far * half - 0.3 * half, a[1] - (b[1] - a[1]) / far * half - 0.3 * half];
  return { at: at, rim: [tip].concat(left, cap(at, HALF * table[table.length - 1][1]), right) };
}

/* The rounded end of a stroke that is pressed home. */
function cap(at, half) {
  const b = at[at.length - 1], a = at[at.length - 3], turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
  return [0.6, 0.25, -0.1, -0.45, -0.8].map(function (u) {
    return [b[0] + Math.cos(turn + u * 1.5) * half * 0.8, b[1] + Math.sin(turn + u * 1.5) * half * 0.8];
  });
}

function breadth(table, s) {
  for (let i = 1; i < table.length; i++) {
    if (s > table[i][0]) continue;
    return mix(table[i - 1][1], table[i][1], (s - table[i - 1][0]) / (table[i][0] - table[i - 1][0]));
  }
  return table[table.length - 1][1];
}

/* Through the knots, soft where it bends and sharp where it turns back on itself. */
function smooth(knots) {
  const out = [], n = knots.length;
  for (let i = 0; i < n - 1; i++) {
    const a = knots[i], b = knots[i + 1], m = slope(knots, i), k = slope(knots, i + 1);
    for (let j = 0; j < FINE; j++) {
      const u = j / FINE, v = u * u, w = v * u;
      out.push([0, 1].map(function (c) {
        return (2 * w - 3 * v + 1) * a[c] + (w - 2 * v + u) * m[c] + (3 * v - 2 * w) * b[c] + (w - v) * k[c];
      }));
    }
  }
  out.push(knots[n - 1]);
  return out;
}

function slope(knots, i) {
  const b = knots[i], a = knots[Math.max(0, i - 1)], c = knots[Math.min(knots.length - 1, i + 1)];
  const turn = ((b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])) / Math.max(1e-6, dist(a, b) * dist(b, c));
  const soft = a === b || b === c || turn > 0.35 ? 0.5 : 0;
  return [(c[0] - a[0]) * soft, (c[1] - a[1]) * soft];
}
