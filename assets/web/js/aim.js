/* Aiming the camera: what the eye sees, in cells; zone, mirror, keenness, the room at rest; kept for this hall. */

import { fader } from "./fader.js";

const W = 640, H = 360;
const SHOWN_MS = 1600; // a gesture just seen stays lit
const SMALLEST = 0.04; // of the picture: a shorter drag is a slip of the hand
const MODES = ["performer", "crowd", "torches"];

/* `line` as in booth.js; gives {open, close, tell(camera, locked), seen(aim), again}. */
export function aim(text, line) {
  const by = function (id) { return document.getElementById(id); };
  const box = by("aim"), canvas = by("aimview"), ctx = canvas.getContext("2d");
  const small = document.createElement("canvas");
  let camera = {};
  let last = null; // newest mosaic
  let locked = false;
  let tool = "zone";
  let drag = null; // {x0, y0, x1, y1} 0..1 while a finger is down
  let heard = 0;
  let lit = {}; // gesture name -> when
  let isOpen = false;

  const keen = fader({
    label: "", raw: 0.5,
    send: function (raw) { ask({ sensitivity: keenness(raw) }); },
    show: function (raw) { return "×" + keenness(raw).toFixed(1); },
  });
  by("aimkeen").appendChild(keen.node);

  // 0..1 of the fader is 0.25 to 4 times as keen, its middle 1
  function keenness(raw) { return Math.round(Math.pow(16, raw - 0.5) * 100) / 100; }

  function ask(wish) { line.camera(wish); }

  function open() {
    isOpen = true;
    box.hidden = false;
    ask({ look: true });
    by("aimclose").focus();
    paint();
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    box.hidden = true;
    last = null;
    ask({ look: false });
    by("aimopen").focus();
  }

  function tell(facts, isLocked) {
    camera = facts || {};
    locked = isLocked;
    by("aimopen").disabled = locked || camera.source === "none" || !camera.source;
    by("aimopen").title = locked ? text.word("aimlocked") : "";
    if (locked && isOpen) close();
    MODES.forEach(function (mode) { by("aim" + mode).setAttribute("aria-pressed", String(camera.mode === mode)); });
    by("aimmirror").setAttribute("aria-pressed", String(!!camera.mirror));
    by("aimlock").setAttribute("aria-pressed", String(!!camera.locked));
    ["zone", "ignore"].forEach(function (name) { by("aimtool" + name).setAttribute("aria-pressed", String(tool === name)); });
    if (typeof camera.sensitivity === "number") keen.set(0.5 + Math.log(camera.sensitivity) / Math.log(16));
    by("aimsave").disabled = !camera.changed;
    by("aimsave").textContent = text.word(camera.changed ? "aimsave" : "aimsaved", { n: camera.file || "venue.toml" });
    by("aimlearn").disabled = !!camera.learning;
    by("aimlearn").textContent = text.word(camera.learning ? "aimlearning" : "aimlearn");
    verdict();
    paint();
  }

  function verdict() {
    const said = by("aimverdict"), learnt = camera.learnt;
    said.textContent = "";
    if (!learnt) return;
    const numbers = text.word("aimnumbers", { noise: learnt.noise, shake: learnt.shake, fps: learnt.fps });
    said.appendChild(item(numbers));
    (learnt.advice || []).forEach(function (words) { said.appendChild(item("▲ " + text.pick(words))); });
    if (!(learnt.advice || []).length) said.appendChild(item("✓ " + text.word("aimfine")));
  }

  function seen(sight) {
    if (!isOpen) return;
    last = sight;
    sight.gestures.forEach(function (gesture) {
      if (gesture.n > heard) lit[gesture.name] = Date.now();
      heard = Math.max(heard, gesture.n);
    });
    by("aimhealth").textContent = (sight.ok ? "✓ " : "▲ ") + sight.detail;
    by("aimhealth").className = sight.ok ? "" : "bad";
    gestures(sight);
    levels(sight.levels);
    paint();
  }

  function gestures(sight) {
    const list = by("aimgestures");
    list.textContent = "";
    sight.gestures.slice().reverse().slice(0, 8).forEach(function (gesture) {
      const one = list.appendChild(item(text.word("g_" + gesture.name) || gesture.name));
      one.appendChild(document.createElement("em")).textContent = Math.round(gesture.confidence * 100) + " %";
      if (Date.now() - (lit[gesture.name] || 0) < SHOWN_MS) one.className = "lit";
    });
    if (!sight.gestures.length) list.appendChild(item(text.word("aimnone"))).className = "hint";
  }

  function levels(found) {
    const list = by("aimlevels");
    list.textContent = "";
    Object.keys(found).sort().slice(0, 12).forEach(function (name) {
      const one = list.appendChild(document.createElement("li"));
      one.appendChild(document.createElement("span")).textContent = name;
      const track = one.appendChild(document.createElement("div"));
      track.className = "track";
      track.appendChild(document.createElement("i")).style.width = (found[name] * 100).toFixed(0) + "%";
    });
  }

  function item(words) {
    const node = document.createElement("li");
    node.textContent = words;
    return node;
  }

  /* The picture: cells, who moves, where is looked at and where not. */
  function paint() {
    if (!isOpen) return;
    ctx.fillStyle = "#0b0908";
    ctx.fillRect(0, 0, W, H);
    if (last) {
      cells(last);
      moving(last.mask);
    }
    const zone = drag && tool === "zone" ? rect(drag) : camera.zone || [0, 0, 1, 1];
    ctx.fillStyle = "rgba(13, 11, 10, .62)";
    ctx.beginPath();
    ctx.rect(0, 0, W, H);
    ctx.rect(zone[0] * W, zone[1] * H, (zone[2] - zone[0]) * W, (zone[3] - zone[1]) * H);
    ctx.fill("evenodd");
    ctx.strokeStyle = "#CFA349";
    ctx.lineWidth = 2;
    ctx.strokeRect(zone[0] * W, zone[1] * H, (zone[2] - zone[0]) * W, (zone[3] - zone[1]) * H);
    (camera.ignore || []).forEach(ignored);
    if (drag && tool === "ignore") ignored(corners(rect(drag)));
    if (last) place(last);
  }

  function cells(sight) {
    const bytes = atob(sight.cells), pixels = ctx.createImageData(sight.width, sight.height);
    small.width = sight.width;
    small.height = sight.height;
    for (let i = 0; i < bytes.length; i++) {
      const v = bytes.charCodeAt(i);
      pixels.data[4 * i] = v;
      pixels.data[4 * i + 1] = v * 0.92;
      pixels.data[4 * i + 2] = v * 0.8;
      pixels.data[4 * i + 3] = 255;
    }
    small.getContext("2d").putImageData(pixels, 0, 0);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(small, 0, 0, W, H);
  }

  function moving(mask) {
    const bytes = atob(mask.bits), w = W / mask.width, h = H / mask.height;
    ctx.fillStyle = "rgba(255, 140, 40, .55)";
    for (let k = 0; k < mask.width * mask.height; k++) {
      if (bytes.charCodeAt(k >> 3) & (128 >> (k & 7))) ctx.fillRect((k % mask.width) * w, Math.floor(k / mask.width) * h, w, h);
    }
  }

  function ignored(polygon) {
    ctx.beginPath();
    polygon.forEach(function (p, i) { ctx[i ? "lineTo" : "moveTo"](p[0] * W, p[1] * H); });
    ctx.closePath();
    ctx.fillStyle = "rgba(90, 23, 18, .6)";
    ctx.fill();
    ctx.strokeStyle = "#ff6a4a";
    ctx.setLineDash([6, 5]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function place(sight) {
    ctx.strokeStyle = "#F3E9D2";
    ctx.beginPath();
    ctx.arc(sight.x * W, sight.y * H, 10, 0, 7);
    ctx.stroke();
    ctx.fillStyle = "#FFF4D6";
    (sight.points || []).forEach(function (p) { ctx.fillRect(p[0] * W - 2, p[1] * H - 2, 4, 4); });
  }

  function rect(d) { return [Math.min(d.x0, d.x1), Math.min(d.y0, d.y1), Math.max(d.x0, d.x1), Math.max(d.y0, d.y1)]; }
  function corners(r) { return [[r[0], r[1]], [r[2], r[1]], [r[2], r[3]], [r[0], r[3]]]; }

  function at(e) {
    const edge = canvas.getBoundingClientRect();
    const unit = function (v) { return Math.max(0, Math.min(1, Math.round(v * 1000) / 1000)); };
    return { x: unit((e.clientX - edge.left) / edge.width), y: unit((e.clientY - edge.top) / edge.height) };
  }

  canvas.addEventListener("pointerdown", function (e) {
    const p = at(e);
    drag = { x0: p.x, y0: p.y, x1: p.x, y1: p.y };
    if (canvas.setPointerCapture) canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener("pointermove", function (e) {
    if (!drag) return;
    const p = at(e);
    drag.x1 = p.x;
    drag.y1 = p.y;
    paint();
  });
  canvas.addEventListener("pointerup", function () {
    const r = drag && rect(drag);
    drag = null;
    if (!r || r[2] - r[0] < SMALLEST || r[3] - r[1] < SMALLEST) return paint();
    if (tool === "zone") ask({ zone: r });
    else ask({ ignore: (camera.ignore || []).concat([corners(r)]).slice(-8) });
    return undefined;
  });
  canvas.addEventListener("pointercancel", function () { drag = null; paint(); });

  function press(id, act) { by(id).addEventListener("click", act); }
  press("aimopen", open);
  press("aimclose", close);
  press("aimmirror", function () { ask({ mirror: !camera.mirror }); });
  press("aimlock", function () { ask({ locked: !camera.locked }); });
  press("aimlearn", function () { ask({ learn: true }); });
  press("aimsave", function () { ask({ save: true }); });
  press("aimwhole", function () { ask({ zone: [0, 0, 1, 1], ignore: [] }); });
  MODES.forEach(function (mode) { press("aim" + mode, function () { ask({ mode: mode }); }); });
  ["zone", "ignore"].forEach(function (name) {
    press("aimtool" + name, function () {
      tool = name;
      tell(camera, locked);
    });
  });

  return { open: open, close: close, tell: tell, seen: seen, isOpen: function () { return isOpen; },
    again: function () { keen.label(text.word("aimkeen")); tell(camera, locked); } };
}
