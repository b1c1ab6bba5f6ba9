/* Where do you sit: nine blocks of a dark hall before a lit stage; asked once, may be skipped. */

import { chance, clamp, glow, INK, KAI, rgba } from "../js/light.js";

const ROWS = 4; // rows of seats drawn in one block
const SEATS = 5;

export function open(page) {
  const die = chance(3);
  const tones = [];
  for (let i = 0; i < 9 * ROWS * SEATS; i++) tones.push(0.5 + 0.5 * die());
  const lit = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let chosen = page.guest.block;
  let since = 0;
  let hall = null;
  const buttons = lit.map(function (unused, block) {
    const place = page.target(name(block), function () { choose(block); });
    return place;
  });
  press();
  const skip = page.element("button", "quiet", page.word("skip"));
  skip.addEventListener("click", page.settle);
  document.getElementById("bench").appendChild(skip);

  return {
    place: function (box) {
      const w = Math.min(box.w - 32, box.wide ? box.h * 1.5 : 420);
      const h = Math.min(box.h - 70, w * 1.06);
      hall = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h - 50) / 2 + 50, w: w, h: h };
      buttons.forEach(function (place, block) {
        const b = bounds(block);
        place(b.x, b.y, b.w, b.h);
      });
    },
    lively: function () { return chosen !== null; },
    press: function (p) {
      const column = Math.floor((p.x - hall.x) / hall.w * 3);
      const row = Math.floor((p.y - hall.y) / hall.h * 3);
      if (column >= 0 && column < 3 && row >= 0 && row < 3) choose(row * 3 + column);
    },
    draw: function (ctx, box, t, dt) {
      if (!hall) return;
      stage(ctx, t);
      for (let block = 0; block < 9; block++) {
        const goal = block === chosen ? 1 : 0;
        lit[block] += (goal - lit[block]) * Math.min(1, dt / 0.08);
        seats(ctx, block);
      }
      if (chosen !== null && since && Date.now() - since > 620) {
        since = 0;
        page.seat(chosen);
      }
    },
  };

  function choose(block) {
    chosen = block;
    since = Date.now();
    press();
  }

  function press() {
    buttons.forEach(function (place, block) { place.button.setAttribute("aria-pressed", String(block === chosen)); });
  }

  function name(block) {
    const rows = [["前排", "front"], ["中排", "middle"], ["后排", "back"]][Math.floor(block / 3)];
    const sides = [["左", "left"], ["中", "centre"], ["右", "right"]][block % 3];
    return page.pick([rows[0] + sides[0], rows[1] + " " + sides[1]]);
  }

  function bounds(block) {
    return { x: hall.x + hall.w / 3 * (block % 3), y: hall.y + hall.h / 3 * Math.floor(block / 3), w: hall.w / 3, h: hall.h / 3 };
  }

  function stage(ctx, t) {
    const cx = hall.x + hall.w / 2, y = hall.y - 24;
    glow(ctx, cx, y - 6, hall.w * 0.7, [220, 120, 50], 0.2);
    ctx.beginPath();
    ctx.moveTo(hall.x + hall.w * 0.14, y - 15);
    ctx.quadraticCurveTo(cx, y - 7, hall.x + hall.w * 0.86, y - 15);
    ctx.lineTo(hall.x + hall.w * 0.92, y + 7);
    ctx.quadraticCurveTo(cx, y + 17, hall.x + hall.w * 0.08, y + 7);
    ctx.closePath();
    const boards = ctx.createLinearGradient(0, y - 18, 0, y + 14);
    boards.addColorStop(0, "#4a2f1a");
    boards.addColorStop(1, "#9a6532");
    ctx.fillStyle = boards;
    ctx.fill();
    ctx.fillStyle = "#f3dcb4";
    ctx.font = "15px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(page.word("stage"), cx, y + 1);
  }

  function seats(ctx, block) {
    const b = bounds(block);
    const near = 1 - Math.floor(block / 3) * 0.2;
    if (lit[block] > 0.01) glow(ctx, b.x + b.w / 2, b.y + b.h / 2, b.w * 0.8, [255, 133, 26], 0.34 * lit[block]);
    for (let row = 0; row < ROWS; row++) {
      for (let s = 0; s < SEATS; s++) {
        const u = ((block % 3) + (s + 0.9) / (SEATS + 0.8)) / 3;
        const x = hall.x + hall.w * u;
        const bow = Math.pow((u - 0.5) * 2, 2) * -hall.h * 0.05;
        const y = b.y + b.h * (row + 0.75) / (ROWS + 0.5) + bow;
        const r = clamp(b.w * 0.052, 3.5, 7);
        const tone = tones[(block * ROWS + row) * SEATS + s];
        const cold = 40 + 44 * tone * near;
        const l = lit[block];
        ctx.beginPath();
        ctx.arc(x, y, r, Math.PI, 0);
        ctx.lineTo(x + r, y + r * 0.75);
        ctx.lineTo(x - r, y + r * 0.75);
        ctx.closePath();
        ctx.fillStyle = rgba([cold * 1.25 + l * 200, cold * 0.92 + l * 130 * tone, cold * 0.74 + l * 40 * tone].map(Math.round), 1);
        ctx.fill();
      }
    }
    if (lit[block] < 0.05) return;
    ctx.globalAlpha = lit[block];
    ctx.strokeStyle = INK.molten;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(b.x + 3, b.y + 1, b.w - 6, b.h - 6);
    ctx.globalAlpha = 1;
  }
}
