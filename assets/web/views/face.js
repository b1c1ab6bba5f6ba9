/* Face: half of it is painted with one finger, the other half follows at once; what the stage has painted shows through. */

import { clamp, glow, mix, outline, rgba, TAU } from "../js/light.js";

const WIDE = 150, HIGH = 410; // of half a face, in its own units
const MOST = 40; // strokes on one face
const SENT = 48; // points of a stroke that is sent
const BROW = 0.31; // above this share of its height a stroke is a brow
const SHORT = [1, 2, 3, 4, 5]; // steps that can be had by a button
const OUTLINE = [[0, 2], [46, 5], [92, 24], [126, 70], [141, 126], [145, 186], [141, 240], [129, 296], [104, 350], [66, 388], [28, 404], [0, 407]];

export function open(page) {
  const bench = document.getElementById("bench");
  let head = null; // x of the middle, y of the hairline, scale
  let skin = null; // the bare head, drawn once
  let strokes = []; // {points [x, y, breadth] in half a face, colour}
  let live = null;
  let seen = 0;
  let shape = "";

  return {
    house: function (house) {
      const companion = house.companion, now_ = JSON.stringify([companion.laid, companion.ground, companion.brow, page.lang]);
      if (now_ === shape) return;
      shape = now_;
      furnish();
      skin = null;
    },
    place: function (box) {
      const s = Math.min((box.h - 12) / (HIGH + 66), (box.w - 40) / (2 * WIDE + 40));
      head = { x: box.x + box.w / 2, y: box.y + 44 * s + (box.h - 12 - (HIGH + 66) * s) / 2, s: s };
      skin = null;
    },
    lively: function () { return live !== null || seen > 0; },
    press: function (p) {
      const at = inside(p);
      if (!at || strokes.length >= MOST) return;
      live = { points: [at], colour: pigment(at), side: p.x < head.x ? -1 : 1, at: p.at };
    },
    move: function (p) {
      if (!live || live.points.length > 300) return;
      const last = live.points[live.points.length - 1], at = held(p);
      const gone = Math.hypot(at[0] - last[0], at[1] - last[1]), quick = gone / Math.max(8, p.at - live.at);
      live.at = p.at;
      at[2] = mix(last[2], clamp(13 - quick * 11, 5, 13), 0.35); // a slow hand presses, a quick one skims
      if (gone > 1.2) live.points.push(at);
    },
    lift: function () {
      const made = live;
      live = null;
      if (made && made.points.length > 1) give(made);
    },
    seen: function () { seen = 1; },
    draw: function (ctx, box, t, dt) {
      if (!head) return;
      seen = Math.max(0, seen - dt * 1.6);
      if (!skin) skin = paint(box);
      glow(ctx, head.x - 120 * head.s, head.y + 120 * head.s, 300 * head.s, [220, 150, 90], 0.10);
      ctx.drawImage(skin, 0, 0, box.W, box.H);
      if (page.house.companion.brow) forehead(ctx, page.calm ? 0 : t);
      strokes.forEach(function (one) { lay(ctx, one); });
      if (live) {
        lay(ctx, live);
        const tip = live.points[live.points.length - 1];
        glow(ctx, head.x + live.side * tip[0] * head.s, head.y + tip[1] * head.s, 46 * head.s, [255, 220, 170], 0.5);
      }
      if (seen) glow(ctx, head.x, head.y + 190 * head.s, 230 * head.s, [255, 200, 130], 0.16 * seen);
    },
  };

  function inside(p) {
    const x = Math.abs(p.x - head.x) / head.s, y = (p.y - head.y) / head.s;
    return x < WIDE + 16 && y > -16 && y < HIGH + 16 ? held(p) : null;
  }

  function held(p) {
    return [clamp(Math.abs(p.x - head.x) / head.s, 0, WIDE - 6), clamp((p.y - head.y) / head.s, 4, HIGH - 6), 9];
  }

  /* The colour a painter would have on the brush there: that of the part nearest to the finger. */
  function pigment(at) {
    if (page.house.companion.brow) return "#E2B23A";
    let best = "#16110F", near = 1e9;
    guide().forEach(function (region) {
      for (let i = 0; i < region[3].length; i += 2) {
        const far = Math.hypot(region[3][i] * WIDE / 1000 - at[0], region[3][i + 1] * HIGH / 1000 - at[1]);
        if (far < near) { near = far; best = region[1]; }
      }
    });
    return best;
  }

  function guide() { return page.house.companion.guide || []; }

  function give(made) {
    const step = Math.max(1, Math.ceil(made.points.length / SENT));
    const p = made.points.filter(function (q, i) { return i % step === 0 || i === made.points.length - 1; }).map(function (q) {
      return [round(q[0] / WIDE), round(q[1] / HIGH)];
    });
    const middle = p.reduce(function (sum, q) { return sum + q[1]; }, 0) / p.length;
    if (page.house.companion.brow && middle > BROW) return;
    strokes.push(made);
    page.act("draw", { p: p, v: 0.8 });
    furnish();
  }

  function round(v) { return Math.round(clamp(v, 0, 1) * 1000) / 1000; }

  /* One part of the design as a stroke: for those who do not draw. */
  function part(step) {
    const found = guide().filter(function (region) { return region[0] === step; });
    found.forEach(function (region, i) {
      const points = [];
      for (let k = 0; k < region[3].length; k += 2) points.push([region[3][k] * WIDE / 1000, region[3][k + 1] * HIGH / 1000, 7]);
      const made = { points: points, colour: region[1], side: 1, closed: !region[2] };
      if (i === 0) give(made);
      else strokes.push(made);
    });
  }

  function brow() {
    const points = [];
    for (let i = 0; i <= 12; i++) points.push([34 + i * 6, 66 - 26 * Math.sin(i / 12 * 2.4), 9]);
    give({ points: points, colour: "#E2B23A", side: 1 });
  }

  function furnish() {
    while (bench.firstChild) bench.removeChild(bench.firstChild);
    const row = page.element("div", "row"), names = page.word("faceSteps");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", page.word("facePresets"));
    if (page.house.companion.brow) button(row, page.word("faceBrow"), brow);
    else SHORT.forEach(function (step) { button(row, stepName(names, step), function () { part(step); }); });
    bench.appendChild(row);
    const last = page.element("div", "row last"), wash = page.element("button", "quiet", page.word("faceWash"));
    wash.addEventListener("click", function () { strokes = []; furnish(); });
    wash.style.visibility = strokes.length ? "visible" : "hidden"; // its place is kept, so that the face stays where it is
    last.appendChild(wash);
    bench.appendChild(last);
    page.measure();
  }

  function stepName(names, step) { return names.split("/")[step] || ""; }

  function button(into, text, press) {
    const node = page.element("button", "chip", text);
    node.addEventListener("click", press);
    into.appendChild(node);
  }

  /* Paint: both halves, a brush line with its shine. */
  function lay(ctx, one) {
    [-1, 1].forEach(function (side) {
      ctx.save();
      ctx.translate(head.x, head.y);
      ctx.scale(side * head.s, head.s);
      if (one.closed) {
        region(ctx, one.points);
        ctx.fillStyle = one.colour;
        ctx.fill();
      } else {
        bristle(ctx, one.points, 1, one.colour, 0.92);
        bristle(ctx, one.points, 0.22, "#ffffff", 0.16);
      }
      ctx.restore();
    });
  }

  function bristle(ctx, points, share, colour, alpha) {
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour;
    const left = [], right = [];
    points.forEach(function (p, i) {
      const a = points[Math.max(0, i - 1)], b = points[Math.min(points.length - 1, i + 1)];
      const dx = b[0] - a[0], dy = b[1] - a[1], length = Math.hypot(dx, dy) || 1;
      const ends = Math.min(1, 0.35 + Math.min(i, points.length - 1 - i) / 4), half = p[2] * share * ends / 2;
      left.push([p[0] - dy / length * half, p[1] + dx / length * half]);
      right.push([p[0] + dy / length * half, p[1] - dx / length * half]);
    });
    region(ctx, left.concat(right.reverse()));
    ctx.fill();
    ctx.globalAlpha = 1;
  }

  function region(ctx, points) {
    ctx.beginPath();
    points.forEach(function (p, i) { if (i) ctx.lineTo(p[0], p[1]); else ctx.moveTo(p[0], p[1]); });
    ctx.closePath();
  }

  function forehead(ctx, t) {
    const breath = 0.5 + 0.2 * Math.sin(t * 2.4);
    [-1, 1].forEach(function (side) {
      glow(ctx, head.x + side * 62 * head.s, head.y + 52 * head.s, 62 * head.s, [255, 206, 110], 0.3 * breath);
    });
  }

  /* The bare head under a dim lamp from the left, the stage's paint on it, the rest of the design as a breath of chalk. */
  function paint(box) {
    const paper = document.createElement("canvas"), scale = Math.min(2, window.devicePixelRatio || 1);
    paper.width = Math.round(box.W * scale);
    paper.height = Math.round(box.H * scale);
    const ctx = paper.getContext("2d");
    ctx.scale(scale, scale);
    ctx.translate(head.x, head.y);
    ctx.scale(head.s, head.s);
    const gauze = ctx.createLinearGradient(-150, 0, 150, 0);
    gauze.addColorStop(0, "#2a2422");
    gauze.addColorStop(0.5, "#0e0b0b");
    gauze.addColorStop(1, "#060505");
    outline(ctx, [[0, -44], [62, -39], [112, -12], [142, 44], [149, 104], [139, 158], [-139, 158], [-149, 104], [-142, 44], [-112, -12], [-62, -39]], true);
    ctx.fillStyle = gauze;
    ctx.fill();
    whole(ctx);
    ctx.fillStyle = page.house.companion.ground || "#D6AA86";
    ctx.fill();
    ctx.save();
    ctx.clip();
    design(ctx);
    shade(ctx);
    eyes(ctx);
    ctx.restore();
    return paper;
  }

  function whole(ctx) {
    outline(ctx, OUTLINE.concat(OUTLINE.slice(1, -1).reverse().map(function (p) { return [-p[0], p[1]]; })), true);
  }

  function design(ctx) {
    const laid = page.house.companion.laid || [];
    guide().forEach(function (entry) {
      const points = [], on = laid.indexOf(entry[0]) >= 0;
      for (let i = 0; i < entry[3].length; i += 2) points.push([entry[3][i] * WIDE / 1000, entry[3][i + 1] * HIGH / 1000]);
      [-1, 1].forEach(function (side) {
        ctx.save();
        ctx.scale(side, 1);
        outline(ctx, points, !entry[2]);
        ctx.lineJoin = ctx.lineCap = "round";
        ctx.lineWidth = on ? (entry[2] ? entry[2] * WIDE / 1000 * 0.8 : 1.4) : 1.1;
        ctx.strokeStyle = ctx.fillStyle = on ? entry[1] : rgba([60, 34, 20], 0.34);
        if (on && !entry[2]) ctx.fill();
        ctx.stroke();
        ctx.restore();
      });
    });
  }

  /* He looks at whoever paints him. */
  function eyes(ctx) {
    [-1, 1].forEach(function (side) {
      ctx.save();
      ctx.translate(side * 61, 172);
      ctx.scale(side, 1);
      outline(ctx, [[-26, 5], [-14, -8], [2, -13], [17, -8], [27, 3], [14, 10], [0, 12], [-14, 10]], true);
      ctx.fillStyle = side < 0 ? "#b3a899" : "#7f766c";
      ctx.fill();
      ctx.lineWidth = 2.4;
      ctx.strokeStyle = "#0c0808";
      ctx.stroke();
      ctx.clip();
      ctx.scale(side, 1);
      [["#2b170c", 11.5, 0, 0], ["#080404", 5, 0, 0], [side < 0 ? "#e9dcc6" : "#9a9084", 2.3, -3.6, -3.8]].forEach(function (disc) {
        ctx.beginPath();
        ctx.arc(disc[2], -1 + disc[3], disc[1], 0, TAU);
        ctx.fillStyle = disc[0];
        ctx.fill();
      });
      ctx.restore();
    });
  }

  function shade(ctx) {
    const across = ctx.createLinearGradient(-WIDE, 0, WIDE, 0), down = ctx.createRadialGradient(-40, 150, 30, 0, 200, 260);
    [[0, 0.5], [0.2, 0.28], [0.42, 0.26], [0.62, 0.5], [1, 0.86]].forEach(function (stop) { across.addColorStop(stop[0], rgba([8, 5, 6], stop[1])); });
    ctx.fillStyle = across;
    ctx.fillRect(-WIDE, 0, 2 * WIDE, HIGH);
    down.addColorStop(0, "rgba(0,0,0,0)");
    down.addColorStop(0.6, "rgba(0,0,0,.12)");
    down.addColorStop(1, "rgba(0,0,0,.7)");
    ctx.fillStyle = down;
    ctx.fillRect(-WIDE, 0, 2 * WIDE, HIGH);
    [[-2, 150, 8, 100, 0.14], [-14, 250, 16, 12, 0.12]].forEach(function (spot) { // the ridge and the tip of the nose
      ctx.save();
      ctx.translate(spot[0], spot[1] + spot[3] / 2);
      ctx.scale(spot[2] / 60, spot[3] / 60);
      glow(ctx, 0, 0, 60, [255, 226, 190], spot[4]);
      ctx.restore();
    });
  }
}
