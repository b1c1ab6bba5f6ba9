/* Vote: a few names, one choice, the room's counts as a glow that grows along each. */

import { ember } from "../js/light.js";

export function open(page) {
  const bench = document.getElementById("bench");
  const list = page.element("ul", "options");
  let rows = {};
  let shape = "";
  let ask = "";
  let mine = null;
  bench.className = "bench wide";
  const left = bench.appendChild(page.element("p", "note"));
  bench.appendChild(list);

  return {
    house: function (house) {
      const companion = house.companion;
      const id = companion.ask ? companion.ask.id : "";
      if (id !== ask) mine = null;
      ask = id;
      const options = (companion.options || []).map(normal);
      const now_ = JSON.stringify([options, page.lang]);
      if (now_ !== shape) furnish(options);
      shape = now_;
      tell(companion.tally || {});
    },
    place: function (box) { list.style.maxHeight = (box.wide ? box.H - 44 : box.H - box.y - 50) + "px"; },
    draw: function (ctx, box, t) {
      tellTime();
      const x = box.wide ? box.W * (page.left ? 0.8 : 0.2) : box.W * 0.5;
      const y = box.wide ? box.H * 0.74 : Math.max(box.y + 30, (box.y + list.getBoundingClientRect().top) / 2);
      ember(ctx, x, y, 22, mine === null ? 0.5 : 0.8, page.calm ? 0 : t);
    },
  };

  function normal(option) {
    if (typeof option === "string") return { id: option, label: [option, option] };
    return { id: option.id, label: option.label || [option.id, option.id] };
  }

  function furnish(options) {
    list.textContent = "";
    rows = {};
    options.forEach(function (option) {
      const item = page.element("li");
      const button = page.element("button", "option");
      const tally = page.element("span", "tally");
      const name = page.element("span", "name", page.pick(option.label));
      const share = page.element("span", "share");
      const mark = page.element("span", "mine", page.word("mine"));
      [tally, name, share, mark].forEach(function (part) { button.appendChild(part); });
      button.addEventListener("click", function () { choose(option.id); });
      item.appendChild(button);
      list.appendChild(item);
      rows[option.id] = { button: button, tally: tally, share: share, mark: mark };
    });
    dress();
    page.measure();
  }

  function choose(id) {
    mine = id;
    dress();
    page.act("vote", { o: id });
  }

  function dress() {
    Object.keys(rows).forEach(function (id) {
      rows[id].button.setAttribute("aria-pressed", String(id === mine));
      rows[id].mark.hidden = id !== mine;
    });
  }

  /* How long the question is open, where the house says so. */
  function tellTime() {
    const companion = page.house.companion, until = companion.ask && companion.ask.until;
    const seconds = typeof until === "number" ? Math.ceil(page.until(until)) : -1;
    const text = seconds > 0 && seconds < 600 ? page.word("left_s", { n: seconds }) : "";
    if (left.textContent !== text) left.textContent = text;
  }

  function tell(tally) {
    let sum = 0;
    Object.keys(rows).forEach(function (id) { sum += Number(tally[id]) || 0; });
    Object.keys(rows).forEach(function (id) {
      const n = Number(tally[id]) || 0;
      rows[id].tally.style.width = (sum ? n / sum * 100 : 0).toFixed(1) + "%";
      rows[id].share.textContent = sum ? String(n) : "";
    });
  }
}
