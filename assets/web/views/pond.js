/* Before the show: still water under the tree. A touch sends rings; the lights on it are the people who have come. */

import { chance, clamp, flicker, glow, rgba, TAU } from "../js/light.js";

const RINGS_S = 2.6;
const MOST = 60;

export function open(page) {
  const die = chance(5);
  const lights = [];
  for (let i = 0; i < MOST; i++) lights.push({ u: die(), v: Math.sqrt(die()), size: 0.6 + 0.7 * die(), voice: die() * 9 });
  let drops = [];
  let water = null;
  let come = 0;
  const place = page.target(page.word("pond"), function () {
    drop({ x: water.x + water.w / 2, y: water.y + water.h * 0.6 });
  });

  return {
    place: function (box) {
      water = { x: box.x, y: box.y + box.h * (box.wide ? 0.04 : 0.08), w: box.w, h: box.h * 0.92 };
      place(water.x + water.w * 0.2, water.y + water.h * 0.3, water.w * 0.6, water.h * 0.6);
    },
    house: function (house) { come = clamp(Number(house.companion.lights) || 0, 0, MOST); },
    lively: function () { return drops.length > 0; },
    press: function (p) { if (p.y > water.y) drop(p); },
    draw: function (ctx, box, t, dt) {
      if (!water) return;
      const still = page.calm ? 0 : t;
      drops.forEach(function (d) { d.age += dt; });
      drops = drops.filter(function (d) { return d.age < RINGS_S; });
      surface(ctx, still);
      for (let i = 0; i < come; i++) lamp(ctx, lights[i], still);
      drops.forEach(function (d) { rings(ctx, d); });
    },
  };

  function drop(p) {
    drops.push({ x: p.x, y: p.y, age: 0 });
    if (drops.length > 7) drops.shift();
    page.act("tap", { x: share((p.x - water.x) / water.w), y: share((p.y - water.y) / water.h), v: 0.8 });
  }

  function share(v) { return Math.round(clamp(v, 0, 1) * 1000) / 1000; }

  function surface(ctx, t) {
    const depth = ctx.createLinearGradient(0, water.y, 0, water.y + water.h);
    depth.addColorStop(0, "rgba(20,17,15,0)");
    depth.addColorStop(0.3, "rgba(19,30,27,.75)");
    depth.addColorStop(1, "rgba(14,24,23,.95)");
    ctx.fillStyle = depth;
    ctx.fillRect(0, water.y, page.box.W, page.box.H - water.y);
    glow(ctx, water.x + water.w * 0.5, water.y + water.h * 0.2, water.w * 0.62, [214, 140, 62], 0.16);
    for (let i = 0; i < 15; i++) {
      const v = i / 14, y = water.y + water.h * (0.16 + 0.8 * v * v);
      const long = water.w * (0.05 + 0.12 * v) * (1 + 0.3 * flicker(t * 0.3, i));
      const x = water.x + water.w * (0.5 + (0.09 + 0.1 * v) * flicker(t * 0.22, i * 3.1));
      ctx.strokeStyle = rgba([224, 158, 84], 0.3 * (1 - 0.75 * v));
      ctx.lineWidth = 1 + v;
      ctx.lineCap = "round";
      ctx.beginPath();
      ctx.moveTo(x - long, y);
      ctx.quadraticCurveTo(x, y + 2.5, x + long, y);
      ctx.stroke();
    }
  }

  function lamp(ctx, light, t) {
    const v = light.v, x = water.x + water.w * (0.06 + 0.88 * light.u), y = water.y + water.h * (0.2 + 0.76 * v);
    const bob = 1.6 * flicker(t * 0.5, light.voice), size = light.size * (1 + 1.6 * v);
    glow(ctx, x, y + bob, 9 * size, [255, 170, 80], 0.36);
    ctx.fillStyle = "rgba(255,214,150,.9)";
    ctx.beginPath();
    ctx.arc(x, y + bob, 1.1 * size, 0, TAU);
    ctx.fill();
  }

  function rings(ctx, d) {
    const u = d.age / RINGS_S;
    glow(ctx, d.x, d.y, 46, [255, 200, 120], 0.8 * Math.pow(1 - u, 3));
    for (let i = 0; i < (page.calm ? 1 : 4); i++) {
      const r = (page.calm ? 26 : (u * 150 - i * 17));
      if (r <= 1) continue;
      ctx.strokeStyle = rgba([255, 214, 160], 0.75 * Math.pow(1 - u, 1.6) / (1 + 0.35 * i));
      ctx.lineWidth = 2.2 * (1 - u) + 0.5;
      ctx.save();
      ctx.translate(d.x, d.y);
      ctx.scale(1, 0.42);
      ctx.beginPath();
      ctx.arc(0, 0, r, 0, TAU);
      ctx.restore();
      ctx.stroke();
    }
  }
}
