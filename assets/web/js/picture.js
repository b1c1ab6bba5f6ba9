/* The one picture of the page: where it is, when it is drawn, the finger on it, and how soon it answers. */

import { INK } from "./light.js";
import { touch } from "./touch.js";
import { now } from "./wire.js";

const LATE_MS = 1000; // older than that is another clock's time
const CALM_FRAME_MS = 45; // a page that only breathes need not draw more often

/* `line`, `bench`: what lies above and below. `on`: place(box), lively(), draw(ctx, box, t, dt), press(p), move(p), lift(p). */
export function picture(canvas, line, bench, page, on) {
  const ctx = canvas.getContext("2d");
  let drawn = 0;
  let echoFrom = 0;

  function measure() {
    const W = window.innerWidth, H = window.innerHeight;
    const wide = W > H && H <= 520;
    const top = wide ? 12 : line.getBoundingClientRect().bottom + 10;
    const foot = wide || !bench.children.length ? 20 : bench.getBoundingClientRect().height + 6;
    const x = wide && !page.left ? W * 0.42 : 0;
    page.box = { x: x, y: top, w: wide ? W * 0.58 : W, h: Math.max(80, H - top - foot), W: W, H: H, wide: wide };
    const scale = Math.min(2, window.devicePixelRatio || 1);
    if (canvas.width !== Math.round(W * scale) || canvas.height !== Math.round(H * scale)) {
      canvas.width = Math.round(W * scale);
      canvas.height = Math.round(H * scale);
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    on.place(page.box);
    drawn = 0;
  }

  function draw() {
    requestAnimationFrame(draw);
    const at = now();
    if (!echoFrom && !on.lively() && at - drawn < CALM_FRAME_MS) return;
    const dt = Math.min(0.1, drawn ? (at - drawn) / 1000 : 0.016);
    drawn = at;
    ctx.globalCompositeOperation = "source-over";
    ctx.globalAlpha = 1;
    ctx.fillStyle = INK.coal;
    ctx.fillRect(0, 0, page.box.W, page.box.H);
    on.draw(ctx, page.box, at / 1000, dt);
    if (!echoFrom) return;
    document.documentElement.setAttribute("data-echo-ms", (now() - echoFrom).toFixed(1));
    echoFrom = 0;
  }

  /* From now, or from the touch itself where the browser tells when it was, until the next frame is drawn
     the guest waits for an answer. */
  function asked(at) {
    const here = now();
    echoFrom = at <= here && here - at < LATE_MS ? at : here;
  }

  touch(canvas, {
    press: function (p) {
      asked(p.at);
      on.press(p);
    },
    move: on.move,
    lift: on.lift,
  });
  window.addEventListener("resize", measure);
  window.addEventListener("orientationchange", function () { setTimeout(measure, 250); });

  return {
    asked: asked,
    measure: measure,
    fresh: function () { drawn = 0; },
    /* What a view left behind half drawn (clips, transforms) goes with the old canvas. */
    wipe: function () { canvas.width = 0; },
    begin: function () { requestAnimationFrame(draw); },
  };
}
