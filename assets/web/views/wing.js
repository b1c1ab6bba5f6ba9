/* Wing: one wing of the gauze hat, yours by where you sit. Tap with the clapper; hold still when the other side is called. */

import { clamp, glow, KAI, mix, outline, rgba } from "../js/light.js";

const FREQUENCY = 2.6, DAMPING = 0.06; // of the wing on its spring, as on stage
const LATE_S = 0.16; // so far beside the beat is still on it
const PLATE = [[0, -9], [24, -17], [60, -30], [110, -42], [160, -48], [190, -46], [202, -34], [206, 0],
  [202, 34], [190, 46], [160, 48], [110, 42], [60, 30], [24, 17], [0, 9]];
const PEARLS = 8; // newest taps

export function open(page) {
  const right = sideOf() === "right", way = right ? 1 : -1;
  const bench = document.getElementById("bench");
  const note = page.element("p", "note");
  bench.appendChild(note);
  const target = page.target(page.word(right ? "wingRight" : "wingLeft"), function () { tap(); });
  let root = null; // where the wing is fixed, and its scale
  let swing = 0, speed = 0, gleam = 0;
  let told = { text: "", age: 9, good: false };
  let pearls = []; // how well the newest taps fell, 0..1
  let feats = null;
  let said = "";

  return {
    house: function (house) {
      const count = (house.companion.feats || [0, 0])[right ? 1 : 0];
      if (feats !== null && count > feats) { gleam = 1; say(page.word("wingFeat"), true); }
      feats = count;
      words();
    },
    place: function (box) {
      const s = Math.min((box.w - 40) / 290, (box.h - 90) / 250);
      root = { x: box.x + box.w / 2 - way * 96 * s, y: box.y + box.h * 0.5, s: s };
      target(root.x - (right ? 20 * s : 230 * s), root.y - 100 * s, 250 * s, 200 * s);
    },
    lively: function () { return true; },
    press: function () { tap(); },
    draw: function (ctx, box, t, dt) {
      if (!root) return;
      words();
      for (let i = 0; i < 2; i++) {
        const w = 2 * Math.PI * FREQUENCY;
        speed += dt / 2 * (-w * w * swing - 2 * DAMPING * w * speed);
        swing += dt / 2 * speed;
      }
      gleam = Math.max(0, gleam - dt / 2.4);
      told.age += dt;
      const hold = turn() === "hold";
      glow(ctx, root.x + way * 40 * root.s, root.y - 60 * root.s, 260 * root.s, [230, 150, 80], hold ? 0.04 : 0.12);
      hat(ctx, hold);
      wing(ctx, hold);
      stick(ctx, hold);
      verdict(ctx, box);
    },
  };

  /* Left half of the hall has the left wing; the middle column is shared out by number. */
  function sideOf() {
    const column = page.column();
    return column === 0 || (column === 1 && page.guest.id % 2 === 0) ? "left" : "right";
  }

  /* Beats since the music began, by the shared clock. */
  function beat() {
    const given = page.house.companion.beat || [0, 0.5556];
    return -page.until(given[0]) / given[1];
  }

  function period() { return (page.house.companion.beat || [0, 0.5556])[1]; }

  /* Whose turn it is for this guest: "go", "hold" or "both". */
  function turn() {
    const calls = page.house.companion.calls || [];
    let whole = 0, at = beat();
    calls.forEach(function (call) { whole += call[1]; });
    if (!whole || at < 0) return "both";
    at = at % whole;
    for (let i = 0; i < calls.length; i++) {
      if (at < calls[i][1]) return calls[i][0] === "both" ? "both" : calls[i][0] === (right ? "right" : "left") ? "go" : "hold";
      at -= calls[i][1];
    }
    return "both";
  }

  function words() {
    const now_ = turn() + page.lang;
    if (now_ === said) return;
    said = now_;
    note.textContent = page.word(right ? "wingRight" : "wingLeft");
    const key = { go: "wingGo", hold: "wingHold", both: "wingBoth" }[turn()];
    page.says(page.word(key), page.pick(page.house.companion.line) || page.word("wingLine"));
  }

  function tap() {
    const at = beat(), off = (at - Math.round(at)) * period(), good = Math.abs(off) < LATE_S / 2;
    const share = clamp(1 - Math.max(0, Math.abs(off) - LATE_S / 4) / LATE_S, 0.25, 1);
    speed += (speed < 0 ? -1 : 1) * 2 * Math.PI * FREQUENCY * 0.42 * (0.5 + 0.5 * share);
    swing = clamp(swing, -0.9, 0.9);
    pearls.push(share);
    if (pearls.length > PEARLS) pearls.shift();
    if (turn() === "hold") say(page.word("wingHold"), false);
    else say(page.word(good ? "wingOn" : off < 0 ? "wingEarly" : "wingLate"), good);
    page.act("tap", { x: right ? 1 : 0, v: Math.round(share * 100) / 100 });
  }

  function say(text, good) { told = { text: text, age: 0, good: good }; }

  /* The edge of the hat, with a pearl for each of the newest taps: bright when it fell on the beat. */
  function hat(ctx, hold) {
    ctx.save();
    ctx.translate(root.x, root.y);
    ctx.scale(way * root.s, root.s);
    const g = ctx.createLinearGradient(-240, 0, -10, 0);
    g.addColorStop(0, "rgba(6,5,5,0)");
    g.addColorStop(0.4, "#070606");
    g.addColorStop(0.7, right ? "#15110f" : "#2c2521");
    g.addColorStop(1, "#0b0908");
    outline(ctx, [[-16, -96], [-4, -40], [-2, 20], [8, 78], [-30, 66], [-90, 48], [-150, 44], [-330, 62], [-330, -150], [-150, -150], [-80, -140], [-34, -124]], true);
    ctx.fillStyle = g;
    ctx.fill();
    const edge = ctx.createLinearGradient(-200, 0, -90, 0);
    edge.addColorStop(0, rgba([214, 164, 66], 0));
    edge.addColorStop(1, rgba([214, 164, 66], hold ? 0.3 : 0.8));
    ctx.strokeStyle = edge;
    ctx.lineWidth = 2.4;
    outline(ctx, [[-200, -152], [-150, -150], [-80, -140], [-34, -124], [-16, -96], [-4, -40], [-2, 20], [8, 78]], false);
    ctx.stroke();
    outline(ctx, [[8, 78], [-30, 66], [-90, 48], [-150, 44], [-200, 46]], false);
    ctx.stroke();
    for (let i = 0; i < PEARLS; i++) {
      const share = pearls[pearls.length - 1 - i], u = i / (PEARLS - 1), x = mix(-6, -140, u), y = mix(50, 30, Math.pow(u, 0.7));
      ctx.fillStyle = share === undefined ? "#221b16" : rgba([206, 190, 160], 0.25 + 0.75 * share * share);
      ctx.beginPath();
      ctx.arc(x, y, 6.2, 0, 2 * Math.PI);
      ctx.fill();
      if (share > 0.9) glow(ctx, x, y, 20, [255, 220, 150], 0.5);
    }
    ctx.restore();
  }

  function wing(ctx, hold) {
    ctx.save();
    ctx.translate(root.x, root.y - 30 * root.s);
    ctx.scale(way * root.s, root.s);
    const angle = -0.5 * swing;
    ctx.strokeStyle = rgba([150, 110, 50], hold ? 0.4 : 0.9);
    ctx.lineWidth = 2;
    ctx.beginPath();
    for (let i = 0; i <= 14; i++) {
      const x = -4 + i * 2.4, y = Math.sin(angle) * x * x / 36 + (i % 2 ? 3 : -3);
      if (i) ctx.lineTo(x, y); else ctx.moveTo(x, y);
    }
    ctx.stroke();
    ctx.translate(30, Math.sin(angle) * 26);
    ctx.rotate(angle * 1.3);
    const g = ctx.createLinearGradient(0, -48, 0, 48);
    g.addColorStop(0, "#3a312c");
    g.addColorStop(0.35, "#1d1815");
    g.addColorStop(1, "#0d0b0a");
    outline(ctx, PLATE, true);
    ctx.fillStyle = g;
    ctx.fill();
    weave(ctx);
    const lit = hold ? 0.32 : 0.85;
    [[1, 3.4, lit], [0.86, 1.3, lit * 0.8]].forEach(function (rim) {
      outline(ctx, PLATE.map(function (p) { return [mix(110, p[0], mix(0.95, 1, (rim[0] - 0.86) / 0.14)), p[1] * rim[0]]; }), true);
      ctx.lineWidth = rim[1];
      ctx.strokeStyle = rgba([220, 170, 72], rim[2] + 0.4 * gleam);
      ctx.stroke();
    });
    [[56, 9], [90, 15], [132, 19], [172, 13]].forEach(function (at) { cloud(ctx, at[0], at[1], lit + 0.4 * gleam); });
    if (gleam) glow(ctx, 120, 0, 150, [255, 206, 110], 0.6 * gleam);
    ctx.restore();
  }

  function weave(ctx) {
    ctx.save();
    outline(ctx, PLATE, true);
    ctx.clip();
    ctx.strokeStyle = "rgba(120,104,92,.16)";
    ctx.lineWidth = 0.6;
    ctx.beginPath();
    for (let i = -10; i < 44; i++) {
      ctx.moveTo(i * 6, -52);
      ctx.lineTo(i * 6 + 60, 52);
      ctx.moveTo(i * 6 + 60, -52);
      ctx.lineTo(i * 6, 52);
    }
    ctx.stroke();
    ctx.restore();
  }

  function cloud(ctx, x, size, alpha) {
    ctx.strokeStyle = rgba([220, 170, 72], alpha);
    ctx.lineWidth = 1.6;
    [1, -1].forEach(function (side) {
      ctx.beginPath();
      for (let i = 0; i < 30; i++) {
        const t = i / 29 * 2.1 * Math.PI, r = size * Math.exp(-0.26 * t);
        const px = x + side * (size * 0.7 - r * Math.cos(t)) * 0.8, py = side * r * Math.sin(t) * 0.9;
        if (i) ctx.lineTo(px, py); else ctx.moveTo(px, py);
      }
      ctx.stroke();
    });
  }

  /* The clapper: two sticks that meet on the beat; a bright edge when they do. */
  function stick(ctx, hold) {
    const at = beat(), gone = at - Math.floor(at), near = Math.pow(Math.abs(2 * gone - 1), page.calm ? 4 : 2);
    ctx.save();
    ctx.translate(root.x + way * 92 * root.s, root.y + 112 * root.s);
    ctx.scale(root.s, root.s);
    [-1, 1].forEach(function (side) {
      ctx.save();
      ctx.rotate(side * (0.20 - 0.20 * near));
      ctx.translate(0, side * (7 + 12 * (1 - near)));
      ctx.fillStyle = rgba(side < 0 ? [150, 92, 46] : [116, 68, 34], hold ? 0.35 : 1);
      ctx.fillRect(-74, -5, 148, 10);
      ctx.fillStyle = rgba([214, 150, 86], (hold ? 0.15 : 0.5) * (0.4 + 0.6 * near));
      ctx.fillRect(-74, -5, 148, 2.4);
      ctx.restore();
    });
    if (!hold) glow(ctx, 0, 0, 64, [255, 214, 150], 0.4 * Math.pow(near, 6));
    ctx.restore();
  }

  function verdict(ctx, box) {
    if (told.age > 0.9) return;
    ctx.globalAlpha = 1 - Math.pow(told.age / 0.9, 2);
    ctx.fillStyle = told.good ? "#ffdf9e" : "#b9a588";
    ctx.font = Math.round(30 * root.s) + "px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(told.text, box.x + box.w / 2, root.y - 118 * root.s - (page.calm ? 0 : told.age * 10));
    ctx.globalAlpha = 1;
  }
}
