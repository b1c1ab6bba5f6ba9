/* Coal: the last lump is yours. Drag it onto the tower; then it is an ember that brightens with the fire. */

import { chance, clamp, easeOut, ember, glow, iron, mix, rgba } from "../js/light.js";

const COURSES = 16;
const FOOT = 0.7, BELLY = 0.38, TIP = 0.09; // the tower's profile, as on the stage
const JOINT = 1.3; // px: half the gap between two stones
const FLY_S = 0.7;
const HOME = 0.42; // of the tower's height: so near is near enough

export function open(page) {
  const bench = document.getElementById("bench");
  const note = page.element("p", "note");
  let tower = null; // middle x, foot y, height, radius
  let rest = null; // where the lump lies
  let at = null; // where the finger holds it
  let flown = null; // {x, y, age}
  let given = 0;
  let mine = null; // [layer, stone] once the stage has told it
  let stir = 0;
  const place = page.target(page.word("coal"), function () { if (open_()) give(); else glowUp(); });
  bench.appendChild(note);

  return {
    house: function (house) {
      const told = (house.companion.coals || []).filter(function (coal) { return coal[0] === page.guest.id; });
      if (told.length) settle(told[told.length - 1].slice(1));
      else if (open_() && !(house.companion.coals || []).length && !flown) { mine = null; given = 0; }
      words();
    },
    place: function (box) {
      const h = Math.min(box.h * 0.7, 410), x = box.x + box.w / 2, foot = box.y + h + 22;
      tower = { x: x, y: foot, h: h, r: h * 0.287 };
      rest = { x: x, y: Math.min(box.y + box.h - 34, foot + Math.max(58, (box.y + box.h - foot) * 0.55)) };
      place(rest.x - 44, rest.y - 44, 88, 88);
    },
    lively: function () { return at !== null || flown !== null || stir > 0.02; },
    press: function (p) {
      if (!open_() || given && !more()) { if (Math.hypot(p.x - tower.x, p.y - tower.y + tower.h / 2) < tower.h * 0.6) glowUp(); return; }
      if (Math.hypot(p.x - rest.x, p.y - rest.y) < 70) at = { x: p.x, y: p.y };
    },
    move: function (p) { if (at) at = { x: p.x, y: p.y }; },
    lift: function () {
      if (at && Math.hypot((at.x - tower.x) / 1.2, at.y - (tower.y - tower.h * 0.6)) < tower.h * HOME) give(at);
      at = null;
    },
    draw: function (ctx, box, t, dt) {
      if (!tower) return;
      stir = Math.max(0, stir - dt * 0.6);
      const time = page.calm ? 0 : t, lit = companion().lit || 0;
      wall(ctx, time, lit);
      if (mine) own(ctx, time, lit);
      if (flown) fly(ctx, dt, time);
      else if (open_() && (!given || more())) lump(ctx, time);
    },
  };

  function companion() { return page.house.companion || {}; }
  function open_() { const c = companion(); return (c.laid || 0) < (c.of || 1); }
  function more() { return mine !== null; }

  function settle(place) {
    if (String(place) !== String(mine)) page.remember("coal", { layer: place[0], stone: place[1] });
    mine = place;
  }

  function words() {
    note.textContent = page.did();
    if (mine) page.says(page.word(companion().lit > 0.05 ? "coalLit" : "coalYours"), page.word("coalPlace", { layer: mine[0], stone: mine[1] }));
    else if (given) page.says(page.word("coalFlies"), page.word("coalSoon"));
    else page.says();
  }

  function give(from) {
    if (flown) return;
    const p = from || rest;
    flown = { x: p.x, y: p.y, age: 0 };
    given += 1;
    mine = null;
    page.act("lay", { x: clamp((p.x - tower.x) / (2 * tower.r) + 0.5, 0, 1), p: [[0.5, 0.5]] });
    words();
  }

  function glowUp() {
    stir = 1;
    page.act("tap", {});
  }

  function radius(u) {
    if (u <= BELLY) return tower.r * (FOOT + (1 - FOOT) * Math.sin(Math.PI / 2 * u / BELLY));
    return tower.r * (1 - (1 - TIP) * Math.pow((u - BELLY) / (1 - BELLY), 1.55));
  }

  /* The tower of this evening: as many courses as are laid, each covering the joints below. */
  function wall(ctx, t, lit) {
    const c = companion(), courses = c.courses || COURSES, share = (c.laid || 0) / Math.max(1, c.of || 1);
    glow(ctx, tower.x, tower.y - tower.h * 0.45, tower.h * (0.5 + 0.5 * lit), iron(1000 + 160 * lit), 0.10 + 0.5 * lit);
    if (lit > 0.02) heart(ctx, lit, courses, share);
    for (let k = 0; k < courses; k++) {
      const low = k / courses, top = (k + 1) / courses;
      const there = clamp(share * courses - k, 0, 1);
      if (there <= 0) continue;
      const r = radius((low + top) / 2), n = Math.max(2, Math.round(Math.PI * r / (tower.r * 0.36)));
      for (let i = 0; i < n && (i + 1) / n <= there + 0.001; i++) {
        stone(ctx, k, i, Math.PI * ((i + (k % 2) * 0.5) % n) / n - Math.PI / 2, Math.PI / n, r, low, top, lit, t);
      }
    }
  }

  /* The fire in the hollow tower; what is seen of it are the joints. */
  function heart(ctx, lit, courses, share) {
    const top = Math.min(1, Math.ceil(share * courses) / courses);
    ctx.beginPath();
    for (let i = 0; i <= 24; i++) ctx.lineTo(tower.x - radius(i / 24 * top) * 0.97, tower.y - i / 24 * top * tower.h);
    for (let i = 24; i >= 0; i--) ctx.lineTo(tower.x + radius(i / 24 * top) * 0.97, tower.y - i / 24 * top * tower.h);
    ctx.closePath();
    const g = ctx.createRadialGradient(tower.x, tower.y - tower.h * 0.3, 0, tower.x, tower.y - tower.h * 0.4, tower.h * 0.62);
    g.addColorStop(0, rgba(iron(1380), lit));
    g.addColorStop(0.55, rgba(iron(1190), lit));
    g.addColorStop(1, rgba(iron(990), lit));
    ctx.fillStyle = g;
    ctx.fill();
  }

  function stone(ctx, k, i, from, wide, r, low, top, lit, t) {
    const a = tower.x + r * Math.sin(from) + JOINT, b = tower.x + r * Math.sin(Math.min(Math.PI / 2, from + wide)) - JOINT;
    const y0 = tower.y - low * tower.h - JOINT, y1 = tower.y - top * tower.h + JOINT;
    if (b - a < 2) return;
    const die = chance(k * 31 + i), rough = function () { return (die() - 0.5) * 2.4; };
    const facing = Math.cos(from + wide / 2), beat = 0.85 + 0.15 * Math.sin(t * 1.7 + k * 2.1 + from * 7);
    const heat = lit * beat * (0.6 + 0.6 * die()), shade = (20 + 26 * facing) * (0.86 + 0.28 * die());
    const bent = a + (b - a) * (0.3 + 0.4 * die());
    ctx.fillStyle = "rgb(" + Math.round(shade + 78 * heat * heat) + "," + Math.round(shade * 0.95 + 14 * heat * heat) + "," + Math.round(shade * 0.98) + ")";
    ctx.beginPath();
    [[a, y1], [bent, y1 - 0.8], [b, y1], [b, y0], [bent, y0 + 0.8], [a, y0]].forEach(function (p) { ctx.lineTo(p[0] + rough(), p[1] + rough()); });
    ctx.closePath();
    ctx.fill();
    ctx.fillStyle = "rgba(255,255,255," + (0.06 * facing).toFixed(3) + ")"; // one facet takes the light
    ctx.beginPath();
    [[a + 1, y1 + 1], [bent, y1 + 1], [mix(a, bent, 0.7), mix(y1, y0, 0.55)]].forEach(function (p) { ctx.lineTo(p[0], p[1]); });
    ctx.fill();
  }

  /* One's own stone, wherever it lies: it is seen through all the others. */
  function own(ctx, t, lit) {
    const c = companion(), courses = c.courses || COURSES, u = (mine[0] - 0.5) / courses;
    const side = ((mine[1] * 0.618) % 1 - 0.5) * 1.3;
    ember(ctx, tower.x + radius(u) * Math.sin(side), tower.y - u * tower.h, 13, clamp(0.35 + 0.5 * lit + 0.4 * stir, 0, 1), t);
  }

  function lump(ctx, t) {
    const p = at || rest, lift = at ? 1.15 : 1 + 0.02 * Math.sin(t * 2);
    ember(ctx, p.x, p.y, 27 * lift, 0.30, t);
    if (at) return;
    const u = (t * 0.5) % 1;
    for (let i = 0; i < 3; i++) {
      glow(ctx, rest.x, mix(rest.y - 40, tower.y + 6, (u + i / 3) % 1), 9, [255, 190, 110], 0.5 * Math.sin(Math.PI * ((u + i / 3) % 1)));
    }
  }

  function fly(ctx, dt, t) {
    flown.age += dt;
    const u = easeOut(flown.age / FLY_S), top = tower.y - tower.h * clamp((companion().laid || 0) / Math.max(1, companion().of || 1), 0.2, 0.96);
    ember(ctx, mix(flown.x, tower.x, u), mix(flown.y, top, u) - Math.sin(Math.PI * u) * 34, mix(27, 11, u), 0.4, t);
    if (flown.age >= FLY_S) flown = null;
  }
}
