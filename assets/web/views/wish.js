/* Wish: a few good words to choose from; the chosen one goes up on a red slip. Own words where the show takes them. */

import { clamp, ember, glow, INK, KAI, rgba } from "../js/light.js";

const RISE_S = 2.4;
const LONGEST = 60; // characters that fit on the stage

export function open(page) {
  const bench = document.getElementById("bench");
  const list = page.element("ul", "options");
  const own = words();
  let shape = "";
  let sent = { n: 0, text: "" }; // the last words of the guest's own
  let slip = null; // {label, age}
  bench.className = "bench wide";
  bench.appendChild(list);
  bench.appendChild(own);

  return {
    house: function (house) {
      own.hidden = house.companion.words !== true;
      const options = house.companion.options || [];
      const now_ = JSON.stringify([options, page.lang]);
      if (now_ === shape) return;
      shape = now_;
      list.textContent = "";
      options.forEach(function (option) {
        const item = page.element("li");
        const button = page.element("button", "option");
        button.appendChild(page.element("span", "name", page.pick(option.label)));
        button.addEventListener("click", function () { send(option); });
        item.appendChild(button);
        list.appendChild(item);
      });
      page.measure();
    },
    place: function (box) {
      const room = box.wide ? box.H - 24 : (box.H - box.y) * (own.hidden ? 0.62 : 0.9);
      list.style.maxHeight = room - own.offsetHeight + "px";
    },
    lively: function () { return slip !== null; },
    refused: function (n) {
      if (n !== sent.n) return;
      own.querySelector("input").value = sent.text;
      own.querySelector(".note").textContent = page.word("notSent");
    },
    draw: function (ctx, box, t, dt) {
      const x = box.wide ? box.W * (page.left ? 0.68 : 0.32) : box.W * 0.5;
      const y = box.wide ? box.H * 0.78 : box.y + box.h - 44;
      ember(ctx, x, y, 22, slip ? 0.9 : 0.55, page.calm ? 0 : t);
      if (!slip) return;
      slip.age += dt;
      const u = clamp(slip.age / RISE_S, 0, 1);
      paper(ctx, x, y - 34 - (page.calm ? 0 : u * u * box.H * 0.3), 1 - Math.pow(u, 1.6));
      if (u >= 1) slip = null;
    },
  };

  function send(option) {
    slip = { label: option.label || ["", ""], age: 0 };
    page.act("wish", { o: option.id });
  }

  /* A line of one's own: it waits at the desk, so the slip only promises. */
  function words() {
    const form = page.element("form", "own");
    const input = page.element("input", "words");
    const go = page.element("button", "chip", page.word("send"));
    const says = page.element("p", "note", page.word("ownHint"));
    input.maxLength = LONGEST;
    input.autocomplete = "off";
    input.placeholder = page.word("own");
    input.setAttribute("aria-label", page.word("own"));
    says.setAttribute("aria-live", "polite");
    go.type = "submit";
    form.hidden = true;
    form.appendChild(input);
    form.appendChild(go);
    form.appendChild(says);
    form.addEventListener("submit", function (e) {
      const text = input.value.trim();
      e.preventDefault();
      if (!text) return;
      input.value = "";
      input.blur();
      says.textContent = page.word("sent");
      slip = { label: [text, text], age: 0 };
      sent = { n: page.act("wish", { w: text }).n, text: text };
    });
    return form;
  }

  function paper(ctx, x, y, alpha) {
    const letters = Array.from(slip.label[0] || slip.label[1]).slice(0, 10), size = 22;
    const h = letters.length * size * 1.25 + 24;
    glow(ctx, x, y, h, [230, 90, 40], 0.3 * alpha);
    ctx.globalAlpha = alpha;
    ctx.fillStyle = INK.cinnabar;
    ctx.fillRect(x - 19, y - h, 38, h);
    ctx.strokeStyle = rgba([255, 200, 120], 0.4);
    ctx.strokeRect(x - 15.5, y - h + 3.5, 31, h - 7);
    ctx.fillStyle = INK.leather;
    ctx.font = size + "px " + KAI;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    letters.forEach(function (letter, i) { ctx.fillText(letter, x, y - h + 14 + (i + 0.5) * size * 1.25); });
    ctx.globalAlpha = 1;
  }
}
