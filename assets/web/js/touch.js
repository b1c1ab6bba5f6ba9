/* One finger on the picture, whatever the browser calls it: pointer, touch or mouse. */

/* `on`: press(p), move(p), lift(p); p = {x, y, at} in CSS pixels of the element and ms of the event itself, so that
   a page that hears late still knows how fast the finger was. */
export function touch(element, on) {
  let finger = null;

  function place(source, event) {
    const box = element.getBoundingClientRect();
    return { x: source.clientX - box.left, y: source.clientY - box.top, at: event.timeStamp || Date.now() };
  }

  function press(source, id, event) {
    if (finger !== null) return;
    finger = id;
    on.press(place(source, event));
  }
  function move(source, id, event) { if (finger === id) on.move(place(source, event)); }
  function lift(source, id, event) {
    if (finger !== id) return;
    finger = null;
    on.lift(place(source, event));
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
      press(e, e.pointerId, e);
    });
    element.addEventListener("pointermove", function (e) {
      const trail = finger === e.pointerId && e.getCoalescedEvents ? e.getCoalescedEvents() : [];
      if (trail.length > 1) trail.forEach(function (one) { move(one, e.pointerId, one); });
      else move(e, e.pointerId, e);
    });
    element.addEventListener("pointerup", function (e) { lift(e, e.pointerId, e); });
    element.addEventListener("pointercancel", function (e) { lift(e, e.pointerId, e); });
    return;
  }

  const each = function (then) {
    return function (e) {
      e.preventDefault();
      for (let i = 0; i < e.changedTouches.length; i++) then(e.changedTouches[i], e.changedTouches[i].identifier, e);
    };
  };
  element.addEventListener("touchstart", each(press), { passive: false });
  element.addEventListener("touchmove", each(move), { passive: false });
  element.addEventListener("touchend", each(lift), { passive: false });
  element.addEventListener("touchcancel", each(lift), { passive: false });
  element.addEventListener("mousedown", function (e) { press(e, "mouse", e); });
  window.addEventListener("mousemove", function (e) { move(e, "mouse", e); });
  window.addEventListener("mouseup", function (e) { lift(e, "mouse", e); });
}
