/* Between moments: one dim ember, and the scene's name in the light it gives. */

import { chance, clamp, ember, INK, KAI, mix, rgba, sparks } from "../js/light.js";

export function open(page) {
  const ash = sparks(5);
  const die = chance(31);
  let next = 2;
  let level = 0;

  return {
    draw: function (ctx, box, t, dt) {
      const house = page.house;
      const title = house.title || ["", ""];
      level += (clamp(house.dark ? 0.12 : page.linked ? 0.62 : 0.26, 0, 1) - level) * Math.min(1, dt / 1.2);
      const x = box.wide ? box.W * (page.left ? 0.68 : 0.32) : box.W * (page.left ? 0.62 : 0.38);
      const y = box.H * (box.wide ? 0.6 : 0.66);
      const r = clamp(Math.min(box.W, box.H) * 0.088, 26, 46);
      if (!house.dark) name(ctx, box, title, x, y, level);
      ember(ctx, x, y, r, level, page.calm ? 0 : t);
      if (page.calm || house.dark) return;
      ash.step(dt, -6);
      if (t > next && page.linked) {
        ash.add({ x: x + (die() - 0.5) * r, y: y - r * 0.5, vx: (die() - 0.5) * 12, vy: -16 - 20 * die(), drag: 0.3,
          age: 0, life: 1.6 + die(), size: 1.3 });
        next = t + 1.5 + 3 * die();
      }
      ash.draw(ctx);
    },
  };

  /* The first character huge and cropped by the edge, only as visible as the ember lights it. */
  function name(ctx, box, title, ex, ey, heat) {
    const zh = Array.from(title[0] || "戏台");
    const size = box.wide ? box.H * 0.92 : Math.min(box.H * 0.62, box.W * 1.06);
    const side = page.left ? -1 : 1;
    const cx = box.W * (page.left ? 0.2 : 0.8) + side * size * 0.06;
    const cy = box.H * (box.wide ? 0.5 : 0.36);
    const light = ctx.createRadialGradient(ex, ey, 0, ex, ey, Math.max(box.W, box.H) * 0.72);
    light.addColorStop(0, rgba([232, 150, 82], 0.85 * heat));
    light.addColorStop(0.35, rgba([200, 130, 76], 0.4 * heat));
    light.addColorStop(0.7, rgba([180, 120, 80], 0.2 * heat));
    light.addColorStop(1, rgba([160, 110, 80], 0.1 * heat));
    ctx.font = size + "px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = light;
    ctx.fillText(zh[0], cx, cy);
    subtitle(ctx, box, title, zh, size / 13, heat);
  }

  /* The whole name beside the ember, one twelfth the size; Chinese downwards, English along the floor. */
  function subtitle(ctx, box, title, zh, size, heat) {
    const small = clamp(size, 18, 30);
    ctx.fillStyle = INK.hemp;
    ctx.globalAlpha = mix(0.35, 0.8, heat);
    ctx.font = small + "px " + KAI;
    const x = box.wide ? box.W * (page.left ? 0.93 : 0.07) : box.W * (page.left ? 1 : 0) + (page.left ? -1 : 1) * (20 + small / 2);
    const top = box.H * (box.wide ? 0.62 : 0.66) - zh.length * small * 1.3 / 2;
    zh.forEach(function (character, i) { ctx.fillText(character, x, top + (i + 0.5) * small * 1.3); });
    ctx.globalAlpha = mix(0.25, 0.6, heat);
    ctx.font = "italic " + clamp(small * 0.72, 14, 18) + "px 'Avenir Next Condensed','Roboto Condensed','Arial Narrow',sans-serif";
    ctx.textAlign = page.left ? "right" : "left";
    ctx.fillText(title[1] || "", page.left ? box.W - 20 : 20, box.H - (box.wide ? 24 : 44));
    ctx.globalAlpha = 1;
  }
}
