/* The GO seal: fires on the press itself, once, and shows the house's guard as a ring that closes. */

import { INK, seal } from "./light.js";
import { now } from "./wire.js";

const SIZE = 480;

export function goSeal(button, canvas, fire) {
  const ctx = canvas.getContext("2d");
  const ready = seal(380, "GO", "Georgia, 'Noto Serif CJK SC', serif", "italic 700");
  const worn = dull(ready);
  let guard = 300;
  let until = 0; // our own guard ends
  let guarded = false; // the house's word
  let drawn = "";

  function closed() { return guarded || now() < until; }

  function press() {
    if (button.disabled || closed() || !fire()) return;
    until = now() + guard;
    paint();
  }

  button.addEventListener(window.PointerEvent ? "pointerdown" : "touchstart", function (e) {
    if (e.button > 0) return;
    e.preventDefault();
    press();
  });
  button.addEventListener("click", function (e) { if (e.detail === 0) press(); }); // a screen reader's press

  function paint() {
    const left = until - now(), share = guarded && left <= 0 ? 1 : Math.max(0, left / guard);
    const key = (closed() ? "g" : "r") + button.disabled + share.toFixed(2);
    if (key !== drawn) draw(closed() || button.disabled, share);
    drawn = key;
    if (closed()) requestAnimationFrame(paint);
  }

  function draw(dim, share) {
    button.className = dim ? "go guarded" : "go";
    ctx.clearRect(0, 0, SIZE, SIZE);
    if (!dim) halo();
    ctx.drawImage(dim ? worn : ready, 50, 50);
    if (share <= 0) return;
    ring(1, "rgba(90,70,50,.5)", 6);
    ring(1 - share, INK.molten, 12);
  }

  function halo() {
    const g = ctx.createRadialGradient(SIZE / 2, SIZE / 2, 120, SIZE / 2, SIZE / 2, SIZE / 2);
    g.addColorStop(0, "rgba(255,90,40,.36)");
    g.addColorStop(1, "rgba(255,90,40,0)");
    ctx.fillStyle = g;
    ctx.fillRect(0, 0, SIZE, SIZE);
  }

  /* Round the square seal, clockwise from the top. */
  function ring(share, colour, width) {
    const a = 34, b = SIZE - 34, side = b - a;
    let left = share * side * 4;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(SIZE / 2, a);
    [[b, a, side / 2], [b, b, side], [a, b, side], [a, a, side], [SIZE / 2, a, side / 2]].reduce(function (from, leg) {
      const u = Math.min(1, left / leg[2]);
      if (u > 0) ctx.lineTo(from[0] + (leg[0] - from[0]) * u, from[1] + (leg[1] - from[1]) * u);
      left = Math.max(0, left - leg[2]);
      return leg;
    }, [SIZE / 2, a]);
    ctx.stroke();
  }

  paint();
  return {
    press: press,
    tell: function (is, ms) {
      guarded = is;
      if (ms) guard = ms;
      paint();
    },
    paint: paint,
  };
}

function dull(picture) {
  const paper = document.createElement("canvas");
  paper.width = paper.height = picture.width;
  const ctx = paper.getContext("2d");
  ctx.drawImage(picture, 0, 0);
  ctx.globalCompositeOperation = "source-atop";
  ctx.fillStyle = "rgba(26,18,14,.72)";
  ctx.fillRect(0, 0, paper.width, paper.height);
  return paper;
}
