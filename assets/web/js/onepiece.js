/* A paper-cut as a knife needs it: one sheet, in one piece, nowhere thinner than it could hold.

   The flower is drawn large and looked at as a picture: what a neck thinner than NECK holds, or nothing, has fallen
   out; of the rest the largest piece is the sheet. Its edges are followed to a fraction of a dot (marching squares
   on the coverage of each dot) and straightened by less than the kerf of a laser. */

import { rosette, wedge } from "./papercut.js";

const SIDE = 960; // dots across the picture
const MM = 200; // the sheet, across
const NECK = 2; // dots taken from each side: a neck of 0.8 mm tears
const STRAIGHT = 0.3; // dots an edge may be off
const SPECK = 9; // square dots; a smaller hole is not worth a cut

/* Closed rings of [x, y] in mm, outer edge and holes; filled by the even-odd rule they are the sheet. */
export function onePiece(flower) {
  const cover = picture(flower);
  const thick = grow(largest(shrink(solid(cover))));
  const kept = cover.map(function (a, i) { return near(thick, i) ? a : 0; });
  const sheet = largest(solid(kept));
  const edges = kept.map(function (a, i) { return a >= 128 && !sheet[i] ? 0 : a; });
  return rings(edges).filter(function (ring) { return Math.abs(area(ring)) > SPECK; }).map(function (ring) {
    return straighten(ring).map(function (p) { return [p[0] * MM / SIDE, p[1] * MM / SIDE]; });
  });
}

/* The sheet as a drawing that laser and vinyl cutters take, to size. */
export function drawing(flower, title, about) {
  const path = onePiece(flower).map(function (ring) {
    return "M" + ring.map(function (p) { return p[0].toFixed(2) + " " + p[1].toFixed(2); }).join("L") + "Z";
  }).join("");
  return '<svg xmlns="http://www.w3.org/2000/svg" width="' + MM + 'mm" height="' + MM + 'mm" viewBox="0 0 ' + MM + " " + MM + '">' +
    "<title>" + plain(title) + "</title><desc>" + plain(about) + "</desc>" +
    '<path fill="#C8201E" fill-rule="evenodd" d="' + path + '"/></svg>';
}

function plain(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/* How far each dot is covered by paper, 0..255. */
function picture(flower) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = SIDE;
  const ctx = sheet.getContext("2d"), R = SIDE * 0.48;
  rosette(ctx, wedge(R, flower.petals, flower.polygons, 1, false), SIDE / 2, SIDE / 2, flower.petals, 1);
  const dots = ctx.getImageData(0, 0, SIDE, SIDE).data, cover = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < cover.length; i++) cover[i] = dots[i * 4 + 3];
  for (let i = 0; i < SIDE; i++) cover[i] = cover[cover.length - 1 - i] = cover[i * SIDE] = cover[i * SIDE + SIDE - 1] = 0;
  return cover;
}

function solid(cover) { return cover.map(function (a) { return a >= 128 ? 1 : 0; }); }

function shrink(mask) {
  for (let n = 0; n < NECK; n++) mask = each(mask, n % 2 === 0, 1);
  return mask;
}

function grow(mask) {
  for (let n = NECK - 1; n >= 0; n--) mask = each(mask, n % 2 === 0, 0);
  return mask;
}

/* One dot more (if 0) or less (if 1) all round; with the corners or without: an octagon in the end. */
function each(mask, corners, value) {
  const made = new Uint8Array(mask);
  for (let i = SIDE + 1; i < mask.length - SIDE - 1; i++) {
    if (mask[i] !== value) continue;
    const hit = mask[i - 1] !== value || mask[i + 1] !== value || mask[i - SIDE] !== value || mask[i + SIDE] !== value ||
      (corners && (mask[i - SIDE - 1] !== value || mask[i - SIDE + 1] !== value || mask[i + SIDE - 1] !== value || mask[i + SIDE + 1] !== value));
    if (hit) made[i] = 1 - value;
  }
  return made;
}

function near(mask, i) {
  return mask[i] || mask[i - 1] || mask[i + 1] || mask[i - SIDE] || mask[i + SIDE];
}

/* The largest piece of those that hang together by their sides. */
function largest(mask) {
  const piece = new Int32Array(mask.length), stack = new Int32Array(mask.length);
  let best = 0, most = 0, count = 0;
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || piece[start]) continue;
    let top = 0, size = 0;
    count += 1;
    piece[start] = count;
    stack[top++] = start;
    while (top) {
      const i = stack[--top];
      size += 1;
      for (let k = 0; k < 4; k++) {
        const j = i + (k === 0 ? 1 : k === 1 ? -1 : k === 2 ? SIDE : -SIDE);
        if (!mask[j] || piece[j]) continue;
        piece[j] = count;
        stack[top++] = j;
      }
    }
    if (size > most) {
      most = size;
      best = count;
    }
  }
  return mask.map(function (on, i) { return on && piece[i] === best ? 1 : 0; });
}

/* Where paper begins and ends, as rings with the paper on one hand. A crossing is named by the grid line it lies on:
   2 i between dot i and its right neighbour, 2 i + 1 between it and the one below. */
function rings(cover) {
  const next = new Int32Array(cover.length * 2).fill(-1), found = [];
  for (let i = 0; i < cover.length - SIDE - 1; i++) {
    const on = [cover[i] >= 128, cover[i + 1] >= 128, cover[i + SIDE + 1] >= 128, cover[i + SIDE] >= 128];
    if (on[0] === on[1] && on[1] === on[2] && on[2] === on[3]) continue;
    const lines = [2 * i, 2 * i + 3, 2 * (i + SIDE), 2 * i + 1];
    for (let k = 0; k < 4; k++) {
      if (!on[k] || on[(k + 1) % 4]) continue;
      let first = k; // of the run of paper that ends at corner k
      while (on[(first + 3) % 4]) first = (first + 3) % 4;
      next[lines[k]] = lines[(first + 3) % 4];
    }
  }
  for (let start = 0; start < next.length; start++) {
    const ring = [];
    for (let line = start; next[line] >= 0;) {
      ring.push(crossing(cover, line));
      const then = next[line];
      next[line] = -1;
      line = then;
    }
    if (ring.length) found.push(ring);
  }
  return found;
}

function crossing(cover, line) {
  const i = line >> 1, down = line & 1, a = cover[i], b = cover[i + (down ? SIDE : 1)];
  const x = i % SIDE + 0.5, y = Math.floor(i / SIDE) + 0.5, t = (127.5 - a) / (b - a);
  return down ? [x, y + t] : [x + t, y];
}

function area(ring) {
  return ring.reduce(function (sum, p, i) {
    const q = ring[(i + 1) % ring.length];
    return sum + (p[0] * q[1] - q[0] * p[1]) / 2;
  }, 0);
}

/* Fewer points, none of the old ones further than STRAIGHT from the new line (Douglas and Peucker). */
function straighten(ring) {
  const keep = new Uint8Array(ring.length), half = ring.length >> 1;
  const spans = [[0, half], [half, ring.length]];
  keep[0] = keep[half] = 1;
  while (spans.length) {
    const span = spans.pop(), a = ring[span[0]], b = ring[span[1] % ring.length];
    const dx = b[0] - a[0], dy = b[1] - a[1], long = Math.hypot(dx, dy) || 1;
    let worst = STRAIGHT, at = -1;
    for (let i = span[0] + 1; i < span[1]; i++) {
      const off = Math.abs((ring[i][0] - a[0]) * dy - (ring[i][1] - a[1]) * dx) / long;
      if (off <= worst) continue;
      worst = off;
      at = i;
    }
    if (at < 0) continue;
    keep[at] = 1;
    spans.push([span[0], at], [at, span[1]]);
  }
  return ring.filter(function (p, i) { return keep[i]; });
}
