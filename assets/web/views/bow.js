/* The end: the guest's own flower over the last ember, and what they did tonight; made and kept on the handset. */

import { ember, glow } from "../js/light.js";
import { rosette, wedge } from "../js/papercut.js";

export function open(page) {
  const flower = page.flower;
  const note = page.element("p", "note");
  let leaf = null;
  document.getElementById("bench").appendChild(note);
  note.textContent = page.word("deeds", {
    cut: page.deeds.cut || 0, flick: page.deeds.flick || 0, tap: page.deeds.tap || 0,
  });

  return {
    place: function (box) {
      const R = Math.min(box.w * 0.36, box.h * 0.3, 150);
      leaf = flower ? wedge(R, flower.petals, flower.polygons, 2, false) : null;
      if (leaf) leaf.R = R;
    },
    draw: function (ctx, box, t) {
      const x = box.x + box.w / 2, y = box.y + box.h * (leaf ? 0.8 : 0.55);
      ember(ctx, x, y, 22, 0.75, page.calm ? 0 : t);
      if (!leaf) return;
      const top = y - 40 - leaf.R;
      glow(ctx, x, top, leaf.R * 1.7, [230, 120, 50], 0.22);
      ctx.globalAlpha = 0.9;
      rosette(ctx, leaf, x, top, flower.petals, 1);
      ctx.globalAlpha = 1;
    },
  };
}
