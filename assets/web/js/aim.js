/* Aiming the camera: what the eye sees, in cells; zone, mirror, keenness, the room at rest; kept for this hall. */

import { fader } from "./fader.js";

const W = 640, H = 360, FINE = 2; // units of the drawing, and pixels to a unit
const SHOWN_MS = 1600; // a gesture just seen stays lit
const SMALLEST = 0.04; // of the picture: a shorter drag is a slip of the hand
const STALE_MS = 500;
const ROWS = 6; // gestures listed
const LEVELS = ["energy", "still", "quality", "x", "y", "spread", "vx", "vy", "lean", "left", "right", "torches", "sway", "sway_hz"];
const MIDDLE = ["lean", "vx", "vy", "sway"]; // levels that rest in the middle
const THIRDS = ["left", "middle", "right"].map(function (name, k) {
  return [name, [[k / 3, 0], [(k + 1) / 3, 0], [(k + 1) / 3, 1], [k / 3, 1]]];
});
const MODES = ["performer", "crowd", "torches"];
const TOOLS = ["zone", "ignore", "rest"];

/* `line` as in booth.js; gives {open, close, tell(camera, locked), seen(aim), again}. */
export function aim(text, line) {
  const by = function (id) { return document.getElementById(id); };
  const box = by("aim"), canvas = by("aimview"), ctx = canvas.getContext("2d");
  const small = document.createElement("canvas");
  canvas.width = FINE * W;
  canvas.height = FINE * H;
  ctx.setTransform(FINE, 0, 0, FINE, 0, 0);
  let camera = {};
  let last = null; // newest mosaic
  let locked = false;
  let tool = "zone";
  let drag = null; // {x0, y0, x1, y1} 0..1 while a finger is down
  let heard = 0;
  let lit = {}; // number of a gesture -> when it was seen
  let isOpen = false;
  let seenAtMs = 0;

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
    heard = 0;
    lit = {};
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
    by("aimlock").disabled = camera.lockable === false;
    by("aimlockhint").hidden = camera.lockable !== false;
    by("aimtoolrest").hidden = camera.mode !== "crowd";
    if (tool === "rest" && camera.mode !== "crowd") tool = "zone";
    by("aimhint").textContent = text.word("aimhint" + tool);
    canvas.setAttribute("aria-label", text.word("aimview"));
    TOOLS.forEach(function (name) { by("aimtool" + name).setAttribute("aria-pressed", String(tool === name)); });
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
      if (gesture.n > heard) lit[gesture.n] = Date.now();
      heard = Math.max(heard, gesture.n);
    });
    seenAtMs = Date.now();
    gestures(sight);
    levels(sight.levels);
    paint();
  }

  /* How the camera is; a picture that no longer comes is not left standing. */
  function fares(devices) {
    const device = devices.filter(function (one) { return one.name === "camera"; })[0];
    by("aimhealth").textContent = device ? (device.ok ? "✓ " : "▲ ") + text.said(device.detail) : "";
    by("aimhealth").className = device && device.ok ? "" : "bad";
    if (device && !device.ok && Date.now() - seenAtMs > STALE_MS) last = null;
    paint();
  }

  function gestures(sight) {
    const list = by("aimgestures");
    list.textContent = "";
    sight.gestures.slice().reverse().slice(0, ROWS).forEach(function (gesture) {
      const one = list.appendChild(item(text.word("g_" + gesture.name) || gesture.name));
      one.appendChild(document.createElement("em")).textContent = Math.round(gesture.confidence * 100) + " %";
      if (Date.now() - (lit[gesture.n] || 0) < SHOWN_MS) one.className = "lit";
    });
    if (!sight.gestures.length) list.appendChild(item(text.word("aimnone"))).className = "hint";
  }

  function levels(found) {
    const list = by("aimlevels"), has = function (name) { return name in found; };
    const isZone = function (name) { return name.indexOf("zone/") === 0; };
    list.textContent = "";
    LEVELS.filter(has).concat(Object.keys(found).filter(isZone).sort()).slice(0, 15).forEach(function (name) {
      const one = list.appendChild(document.createElement("li"));
      if (MIDDLE.indexOf(name) >= 0) one.className = "middle";
      one.appendChild(document.createElement("span")).textContent = named(name);
      const track = one.appendChild(document.createElement("div"));
      track.className = "track";
      track.appendChild(document.createElement("i")).style.width = (found[name] * 100).toFixed(0) + "%";
    });
  }

  function named(level) {
    const zone = level.indexOf("zone/") === 0 ? level.slice(5) : "";
    return zone ? text.word("z_" + zone) || zone : text.word("l_" + level) || level;
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
    const zone = drag && tool === "zone" ? rect(drag) : turned(camera.zone || [0, 0, 1, 1]);
    ctx.fillStyle = "rgba(13, 11, 10, .62)";
    ctx.beginPath();
    ctx.rect(0, 0, W, H);
    ctx.rect(zone[0] * W, zone[1] * H, (zone[2] - zone[0]) * W, (zone[3] - zone[1]) * H);
    ctx.fill("evenodd");
    ctx.strokeStyle = "#CFA349";
    ctx.lineWidth = 2;
    ctx.strokeRect(zone[0] * W, zone[1] * H, (zone[2] - zone[0]) * W, (zone[3] - zone[1]) * H);
    const zones = camera.mode === "crowd" ? house() : [];
    zones.forEach(alive);
    (camera.ignore || []).map(seenAt).forEach(ignored);
    if (drag && tool === "ignore") ignored(corners(rect(drag)));
    if (camera.mode === "crowd") resting(drag && tool === "rest" ? corners(rect(drag)) : seenAt(camera.reference || []));
    zones.forEach(label);
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

  function trace(polygon) {
    ctx.beginPath();
    polygon.forEach(function (p, i) { ctx[i ? "lineTo" : "moveTo"](p[0] * W, p[1] * H); });
    ctx.closePath();
  }

  /* A crowd's zones as they are seen: [name, polygon]. */
  function house() {
    const own = camera.zones || [];
    return own.length ? own.map(function (zone) { return [zone[0], seenAt(zone[1])]; }) : THIRDS;
  }

  /* As bright as it is alive. */
  function alive(zone) {
    trace(zone[1]);
    ctx.fillStyle = "rgba(255, 179, 71, " + (0.45 * (last && last.levels["zone/" + zone[0]] || 0)).toFixed(3) + ")";
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = "rgba(243, 233, 210, .55)";
    ctx.stroke();
    ctx.lineWidth = 2;
  }

  function label(zone) {
    const side = function (axis) { return Math.min.apply(null, zone[1].map(function (p) { return p[axis]; })); };
    const size = Math.round(Math.max(17, 13 * W / (canvas.clientWidth || W))); // to be read on a phone, too
    ctx.font = size + "px 'LXGW WenKai', 'Kaiti SC', KaiTi, serif";
    ctx.fillStyle = "#F3E9D2";
    ctx.fillText(named("zone/" + zone[0]), side(0) * W + 8, side(1) * H + size + 5);
  }

  function ignored(polygon) {
    trace(polygon);
    ctx.fillStyle = "rgba(90, 23, 18, .6)";
    ctx.fill();
    ctx.strokeStyle = "#ff6a4a";
    ctx.setLineDash([6, 5]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function resting(polygon) {
    if (!polygon.length) return;
    trace(polygon);
    ctx.strokeStyle = "#8FC1A9";
    ctx.lineWidth = 3;
    ctx.stroke();
    ctx.lineWidth = 2;
  }

  function place(sight) {
    ctx.fillStyle = "#FFF4D6";
    (sight.points || []).forEach(function (p) { ctx.fillRect(p[0] * W - 3, p[1] * H - 3, 6, 6); });
    if (camera.mode !== "performer") return;
    ctx.strokeStyle = "#F3E9D2";
    ctx.beginPath();
    ctx.arc(sight.x * W, sight.y * H, 10, 0, 7);
    ctx.stroke();
  }

  // Places are kept as the camera has them; in a mirror they are seen the other way round, and so they are dragged.
  function turned(r) { return camera.mirror ? [1 - r[2], r[1], 1 - r[0], r[3]].map(round) : r; }
  function seenAt(polygon) { return camera.mirror ? polygon.map(function (p) { return [1 - p[0], p[1]]; }) : polygon; }
  function round(v) { return Math.round(v * 1000) / 1000; }
  function rect(d) { return [Math.min(d.x0, d.x1), Math.min(d.y0, d.y1), Math.max(d.x0, d.x1), Math.max(d.y0, d.y1)]; }
  function corners(r) { return [[r[0], r[1]], [r[2], r[1]], [r[2], r[3]], [r[0], r[3]]]; }

  function at(e) {
    const edge = canvas.getBoundingClientRect();
    const unit = function (v) { return Math.max(0, Math.min(1, round(v))); };
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
    const box = drag && turned(rect(drag));
    drag = null;
    if (!box) return;
    const slip = box[2] - box[0] < SMALLEST || box[3] - box[1] < SMALLEST;
    if (slip) forget(box);
    else if (tool === "zone") ask({ zone: box });
    else if (tool === "rest") ask({ reference: corners(box) });
    else ask({ ignore: (camera.ignore || []).concat([corners(box)]).slice(-8) });
    paint();
  });

  /* A tap on what was marked with this tool takes the mark away. */
  function forget(box) {
    const apart = function (polygon) {
      const x = polygon.map(function (p) { return p[0]; }), y = polygon.map(function (p) { return p[1]; });
      return box[0] < Math.min.apply(null, x) || box[0] > Math.max.apply(null, x) ||
        box[1] < Math.min.apply(null, y) || box[1] > Math.max.apply(null, y);
    };
    const marks = camera.ignore || [], kept = marks.filter(apart);
    if (tool === "ignore" && kept.length < marks.length) ask({ ignore: kept });
    if (tool === "rest" && !apart(camera.reference || [])) ask({ reference: [] });
  }

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
  TOOLS.forEach(function (name) {
    press("aimtool" + name, function () {
      tool = name;
      tell(camera, locked);
    });
  });

  return { open: open, close: close, tell: tell, seen: seen, fares: fares, isOpen: function () { return isOpen; },
    again: function () { keen.label(text.word("aimkeen")); tell(camera, locked); } };
}
