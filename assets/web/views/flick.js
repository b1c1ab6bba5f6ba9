/* Throw: a ladle of iron brightening as the crowd readies; flick up, one flash, then it cools in three seconds. */

import { chance, clamp, easeOut, flicker, glow, iron, mix, rgba, sparks, TAU } from "../js/light.js";

const COOL_S = 3;
const REFILL_S = 1.1;
const FLICK_PX_S = 420; // slower than this and the iron stays in the ladle
const TICKS = 24;

export function open(page) {
  const spray = sparks(150);
  const die = chance(77);
  let ladle = null;
  let ready = 0;
  let shown = 0;
  let thrown = null; // {age, v}
  let finger = null;
  let lift = 0; // px the ladle follows the finger
  let from = null;
  const note = page.element("p", "note");
  document.getElementById("bench").appendChild(note);
  const place = page.target(page.word("flick"), function () { toss(0.6, 0.5); });

  return {
    place: function (box) {
      const r = clamp(Math.min(box.w * 0.25, box.h * 0.27), 52, 118);
      ladle = { x: box.x + box.w * 0.5, y: box.y + box.h - r * 1.5, r: r, side: page.left ? -1 : 1 };
      place(ladle.x - r * 1.3, ladle.y - r * 1.1, r * 2.6, r * 2.4);
    },
    house: function (house) {
      ready = clamp(Number(house.companion.ready) || 0, 0, 1);
      note.textContent = page.word("ready", { n: Math.round(ready * 100) });
    },
    lively: function () { return thrown !== null || finger !== null || Math.abs(lift) > 0.5 || spray.count() > 0 || ready > 0.02; },
    press: function (p) {
      finger = p;
      from = [p];
    },
    move: function (p) {
      if (!finger) return;
      from.push(p);
      if (from.length > 12) from.shift();
      finger = p;
    },
    lift: function (p) {
      if (!finger) return;
      const old = from.filter(function (q) { return p.at - q.at < 160; })[0] || from[0];
      const speed = (old.y - p.y) / Math.max(0.016, (p.at - old.at) / 1000);
      const went = from[0].y - p.y;
      finger = null;
      if (speed > FLICK_PX_S && went > 24) toss(clamp(speed / 2600, 0.25, 1), clamp(p.x / page.box.W, 0, 1));
    },
    draw: function (ctx, box, t, dt) {
      if (!ladle) return;
      shown += (ready - shown) * Math.min(1, dt / 0.25);
      const pull = finger ? clamp(from[0].y - finger.y, -18, 90) : 0;
      lift += (pull - lift) * Math.min(1, dt / (finger ? 0.03 : 0.12));
      if (thrown) step(dt);
      const heat = fullness();
      if (thrown) cooling(ctx, box);
      hints(ctx, box, t);
      bowl(ctx, t, heat);
      ring(ctx);
      spray.step(dt, 620);
      spray.draw(ctx);
    },
  };

  function fullness() {
    return thrown ? easeOut((thrown.age - COOL_S) / REFILL_S) : 1;
  }

  function step(dt) {
    thrown.age += dt;
    if (thrown.age > COOL_S + REFILL_S) thrown = null;
  }

  function toss(v, x) {
    if (thrown && thrown.age < COOL_S * 0.5) return;
    thrown = { age: 0, v: v };
    page.act("flick", { v: Math.round(v * 100) / 100, x: Math.round(x * 1000) / 1000, y: 0.1 });
    const count = page.calm ? 24 : 150;
    for (let i = 0; i < count; i++) {
      const a = -Math.PI / 2 + (die() + die() + die() - 1.5) * 0.62;
      const speed = (380 + 700 * die() * (0.5 + v)) * (page.box.H / 740 + 0.35);
      spray.add({ x: ladle.x + (die() - 0.5) * ladle.r, y: ladle.y - lift - 4, vx: Math.cos(a) * speed, vy: Math.sin(a) * speed,
        drag: 0.5 + die(), age: 0, life: 0.8 + 1.7 * die(), size: 1 + 2.6 * die() * die() });
    }
  }

  /* One amber flash, then the whole glass cools through the colours of iron. */
  function cooling(ctx, box) {
    const u = clamp(thrown.age / COOL_S, 0, 1);
    const heat = mix(1300, 520, Math.pow(u, 0.62));
    const flash = page.calm ? 0 : Math.exp(-thrown.age / 0.11) * 0.42;
    const wash = (page.calm ? 0.16 : 0.4) * Math.pow(1 - u, 1.15) + flash;
    const low = ctx.createLinearGradient(0, box.H, 0, 0);
    low.addColorStop(0, rgba(iron(heat), wash * 0.9));
    low.addColorStop(0.55, rgba(iron(heat - 90), wash * 0.62));
    low.addColorStop(1, rgba(iron(heat - 200), wash * 0.42));
    ctx.fillStyle = low;
    ctx.fillRect(0, 0, box.W, box.H);
  }

  /* Three chevrons climbing from the ladle: the way the hand goes. */
  function hints(ctx, box, t) {
    if (thrown || finger) return;
    const space = ladle.y - box.y - ladle.r * 0.8;
    for (let i = 0; i < 3; i++) {
      const u = page.calm ? (i + 0.5) / 3 : (t * 0.42 + i / 3) % 1;
      const y = ladle.y - ladle.r * 0.75 - space * 0.62 * u;
      const w = ladle.r * (0.24 - 0.1 * u);
      ctx.strokeStyle = rgba(iron(1180 - 380 * u), (0.22 + 0.4 * shown) * Math.sin(Math.PI * u));
      ctx.lineWidth = 2.4;
      ctx.lineCap = "round";
      ctx.lineJoin = "round";
      ctx.beginPath();
      ctx.moveTo(ladle.x - w, y + w * 0.6);
      ctx.lineTo(ladle.x, y);
      ctx.lineTo(ladle.x + w, y + w * 0.6);
      ctx.stroke();
    }
  }

  function bowl(ctx, t, full) {
    const r = ladle.r, x = ladle.x, y = ladle.y - lift;
    const heat = (0.34 + 0.66 * shown) * full;
    const degrees = 760 + 640 * heat;
    glow(ctx, x, y, r * (2.8 + 1.6 * heat), iron(Math.min(1120, degrees - 60)), (0.2 + 0.4 * heat) * (page.calm ? 1 : 0.94 + 0.06 * flicker(t, 1)));
    handle(ctx, x, y, r, heat, degrees);
    ctx.beginPath();
    ctx.moveTo(x - r, y);
    ctx.bezierCurveTo(x - r * 0.98, y + r * 0.95, x - r * 0.45, y + r * 1.12, x, y + r * 1.12);
    ctx.bezierCurveTo(x + r * 0.45, y + r * 1.12, x + r * 0.98, y + r * 0.95, x + r, y);
    ctx.closePath();
    const body = ctx.createLinearGradient(0, y - r * 0.1, 0, y + r * 1.1);
    body.addColorStop(0, rgba(warm([58, 50, 46], degrees, 0.5 * heat), 1));
    body.addColorStop(0.35, rgba(warm([36, 31, 29], degrees, 0.16 * heat), 1));
    body.addColorStop(1, "#0d0b0a");
    ctx.fillStyle = body;
    ctx.fill();
    rim(ctx, x, y, r, heat, degrees);
    melt(ctx, x, y, r, heat, degrees, t);
  }

  function warm(rgb, degrees, share) {
    const hot = iron(degrees);
    return rgb.map(function (c, i) { return Math.round(clamp(c + hot[i] * share, 0, 255)); });
  }

  function handle(ctx, x, y, r, heat, degrees) {
    const far = ladle.side * r * 5;
    const g = ctx.createLinearGradient(x + ladle.side * r, y, x + far, y + r * 2.2);
    g.addColorStop(0, rgba(warm([60, 50, 44], degrees, 0.45 * heat), 1));
    g.addColorStop(0.3, "#3b302a");
    g.addColorStop(1, "#1d1815");
    ctx.strokeStyle = g;
    ctx.lineCap = "round";
    ctx.lineWidth = r * 0.15;
    ctx.beginPath();
    ctx.moveTo(x + ladle.side * r * 0.96, y + r * 0.06);
    ctx.quadraticCurveTo(x + ladle.side * r * 1.5, y + r * 0.1, x + far, y + r * 2.1);
    ctx.stroke();
  }

  function rim(ctx, x, y, r, heat, degrees) {
    ctx.beginPath();
    ellipse(ctx, x, y, r * 1.02, r * 0.3);
    ctx.fillStyle = rgba(warm([44, 37, 33], degrees, 0.3 * heat), 1);
    ctx.fill();
    ctx.beginPath();
    ellipse(ctx, x, y + r * 0.035, r * 0.9, r * 0.235);
    ctx.fillStyle = "#0c0706";
    ctx.fill();
    ctx.beginPath();
    ellipse(ctx, x, y, r * 1.01, r * 0.29);
    ctx.strokeStyle = rgba(warm([96, 84, 76], degrees, 0.5 * heat), 0.6);
    ctx.lineWidth = 1.3;
    ctx.stroke();
  }

  function melt(ctx, x, y, r, heat, degrees, t) {
    if (heat < 0.02) return;
    const level = r * 0.05;
    ctx.save();
    ctx.beginPath();
    ellipse(ctx, x, y + level, r * 0.87, r * 0.215);
    ctx.clip();
    const g = ctx.createRadialGradient(x, y + level, 0, x, y + level, r * 0.9);
    g.addColorStop(0, rgba(iron(degrees + 130), 1));
    g.addColorStop(0.55, rgba(iron(degrees + 10), 1));
    g.addColorStop(1, rgba(iron(degrees - 150), 1));
    ctx.fillStyle = g;
    ctx.fillRect(x - r, y - r, r * 2, r * 2);
    for (let i = 0; i < 11; i++) {
      const drift = page.calm ? 0 : t * (0.05 + 0.02 * (i % 4));
      const u = (i * 0.618 + drift) % 1, v = Math.sin(i * 2.4 + drift * 3);
      ctx.fillStyle = rgba(iron(degrees - 260), 0.55 * (1 - 0.8 * shown) * Math.sin(Math.PI * u));
      ctx.beginPath();
      ellipse(ctx, x + (u * 2 - 1) * r * 0.85, y + level + v * r * 0.15, r * (0.1 + 0.04 * (i % 3)), r * 0.028);
      ctx.fill();
    }
    ctx.restore();
  }

  /* How ready the room is, as marks to count and not only as brightness. */
  function ring(ctx) {
    const r = ladle.r * 1.36, lit = Math.round(shown * TICKS), y = ladle.y + ladle.r * 0.08;
    for (let i = 0; i < TICKS; i++) {
      const a = Math.PI * (0.9 - 0.8 * i / (TICKS - 1));
      const on = i < lit;
      ctx.strokeStyle = on ? rgba(iron(1020 + 330 * i / TICKS), 0.95) : "rgba(120,100,80,.26)";
      ctx.lineWidth = on ? 2.6 : 1.4;
      ctx.lineCap = "butt";
      const inner = on ? r - 4 : r;
      ctx.beginPath();
      ctx.moveTo(ladle.x + Math.cos(a) * inner, y + Math.sin(a) * inner);
      ctx.lineTo(ladle.x + Math.cos(a) * (r + 5), y + Math.sin(a) * (r + 5));
      ctx.stroke();
    }
  }
}

function ellipse(ctx, x, y, rx, ry) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(rx, ry);
  ctx.arc(0, 0, 1, 0, TAU);
  ctx.restore();
}
