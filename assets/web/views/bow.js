/* The end: the guest's evening as one picture to keep, and their flower to cut; made on the handset, sent nowhere. */

import { clamp, ember, glow } from "../js/light.js";
import { HIGH, keepsake, WIDE } from "../js/keepsake.js";
import { drawing } from "../js/onepiece.js";
import { offer, png } from "../js/save.js";

const ARRIVE_S = 1.2;

export function open(page) {
  const made = page.deeds.made;
  let picture = null;
  let born = null;
  const row = document.getElementById("bench").appendChild(page.element("div", "row"));
  if (made.flower) button("quiet", "cutout", saveFlower);
  button("act", "keepsake", savePicture);
  setTimeout(function () { picture = keepsake(evening()); }, 30); // the view first, then what takes time to draw

  return {
    lively: function () { return born !== null && born < ARRIVE_S; },
    draw: function (ctx, box, t, dt) {
      const x = box.x + box.w / 2;
      ember(ctx, x, box.y + box.h * 0.52, 24, 0.6, page.calm ? 0 : t);
      if (!picture) return;
      born = born === null ? 0 : born + dt;
      const h = Math.min(box.h - 16, (box.w - 40) * HIGH / WIDE), w = h * WIDE / HIGH;
      const top = box.y + (box.h - h) / 2, u = page.calm ? 1 : clamp(born / ARRIVE_S, 0, 1);
      ctx.globalAlpha = u;
      glow(ctx, x, top + h * 0.35, h * 0.72, [220, 120, 50], 0.16 * u);
      ctx.drawImage(picture, x - w / 2, top, w, h);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = "rgba(200,161,101,.35)";
      ctx.lineWidth = 1;
      ctx.strokeRect(x - w / 2 + 0.5, top + 0.5, w - 1, h - 1);
    },
  };

  function button(className, name, press) {
    const node = row.appendChild(page.element("button", className, page.word(name)));
    node.addEventListener("click", press);
  }

  function evening() {
    return {
      title: page.house.show || page.house.title || ["", ""],
      number: page.guest.id, lang: page.lang, made: made, did: page.did() || page.word("came"), date: today(),
      coal: made.coal ? page.word("coalPlace", made.coal) : "",
      crafts: page.deeds.crafts.map(function (one) { return page.pick(one.credit); }).filter(Boolean),
    };
  }

  function savePicture() {
    png(picture || keepsake(evening()), "xitai-" + page.guest.id + ".png", page.word("keepsake") + " " + page.did(), function (one) { offer(page, one); });
  }

  function saveFlower() {
    const credit = page.deeds.crafts.filter(function (one) { return one.scene === "paper"; })[0];
    const text = drawing(made.flower, page.pick(page.house.show) || "", credit ? page.pick(credit.credit) : "");
    offer(page, { name: "xitai-" + page.guest.id + ".svg", alt: page.word("cutout"), blob: new Blob([text], { type: "image/svg+xml" }) });
  }
}

function today() {
  const now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
  return now.getFullYear() + "." + two(now.getMonth() + 1) + "." + two(now.getDate());
}
