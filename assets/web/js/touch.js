/* One finger on the picture, whatever the browser calls it: pointer, touch or mouse. */

/* `on`: press(p), move(p), lift(p); p = {x, y, at} in CSS pixels of the element and ms. */
export function touch(element, on) {
  let finger = null;

  function place(source) {
    const box = element.getBoundingClientRect();
    return { x: source.clientX - box.left, y: source.clientY - box.top, at: Date.now() };
  }

  function press(source, id) {
    if (finger !== null) return;
    finger = id;
    on.press(place(source));
  }
  function move(source, id) { if (finger === id) on.move(place(source)); }
  function lift(source, id) {
    if (finger !== id) return;
    finger = null;
    on.lift(place(source));
  }

  if (window.PointerEvent) {
    element.addEventListener("pointerdown", function (e) {
      if (e.button > 0) return;
      e.preventDefault();
      try {
        element.setPointerCapture(e.pointerId);
      } catch (gone) {
        // The finger is already off the glass; its lift follows.
      }
      press(e, e.pointerId);
    });
    element.addEventListener("pointermove", function (e) {
      const trail = finger === e.pointerId && e.getCoalescedEvents ? e.getCoalescedEvents() : [];
      if (trail.length > 1) trail.forEach(function (one) { move(one, e.pointerId); });
      else move(e, e.pointerId);
    });
    element.addEventListener("pointerup", function (e) { lift(e, e.pointerId); });
    element.addEventListener("pointercancel", function (e) { lift(e, e.pointerId); });
    return;
  }

  const each = function (then) {
    return function (e) {
      e.preventDefault();
      for (let i = 0; i < e.changedTouches.length; i++) then(e.changedTouches[i], e.changedTouches[i].identifier);
    };
  };
  element.addEventListener("touchstart", each(press), { passive: false });
  element.addEventListener("touchmove", each(move), { passive: false });
  element.addEventListener("touchend", each(lift), { passive: false });
  element.addEventListener("touchcancel", each(lift), { passive: false });
  element.addEventListener("mousedown", function (e) { press(e, "mouse"); });
  window.addEventListener("mousemove", function (e) { move(e, "mouse"); });
  window.addEventListener("mouseup", function (e) { lift(e, "mouse"); });
}
