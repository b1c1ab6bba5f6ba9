/* The console's side of the protocol: PIN, orders out, desk and picture in. */

import { forget, keep, recall } from "./keep.js";
import { now, wire } from "./wire.js";

const PINGS = 4; // beats between pings

/* `on`: ready(), changed(keys), mosaic(aim), refused(why, wait), linked(bool), picture(ArrayBuffer). */
export function booth(on) {
  const seen = { desk: {}, house: {}, hall: {} };
  let inside = false;
  let trying = "";
  let wanted = false;
  let beats = 0;
  let line = null;

  function open() {
    line = wire("/ws/console", { open: greet, message: hear, picture: on.picture, down: down, beat: beat });
  }

  function greet() {
    const pin = trying || recall("pin", "");
    if (pin) line.send({ t: "pin", pin: pin });
  }

  function hear(message) {
    if (message.t === "d") {
      put(message);
    } else if (message.t === "mosaic") {
      on.mosaic(message.aim);
    } else if (message.t === "welcome") {
      inside = true;
      line.settled();
      if (trying) keep("pin", trying);
      trying = "";
      put(message);
      on.linked(true);
      on.ready();
      if (wanted) line.send({ t: "preview", on: true });
    } else if (message.t === "no") {
      if (message.why === "pin" || message.why === "locked") {
        forget("pin");
        trying = "";
      }
      on.refused(message.why, message.wait || 0);
    }
  }

  function put(message) {
    const fresh = {};
    ["desk", "house", "hall"].forEach(function (part) {
      const keys = message[part] || {};
      Object.keys(keys).forEach(function (key) {
        if (keys[key] === null && part !== "desk") delete seen[part][key];
        else seen[part][key] = keys[key];
        fresh[key] = true;
      });
    });
    on.changed(fresh);
  }

  function beat() {
    beats += 1;
    if (inside && beats % PINGS === 0) line.send({ t: "ping", c: Math.round(now()) });
  }

  function down() {
    const was = inside;
    inside = false;
    if (was) on.linked(false);
    return null;
  }

  return {
    seen: seen,
    inside: function () { return inside; },
    knock: function (pin) {
      trying = pin;
      if (!line) open();
      else if (!line.send({ t: "pin", pin: pin })) line.again();
    },
    remembered: function () { return recall("pin", "") !== ""; },
    start: open,
    order: function (name, value) {
      const message = { t: "do", order: name };
      if (value !== undefined) message.value = value;
      return inside && line.send(message);
    },
    knob: function (name, raw) { return inside && line.send({ t: "knob", name: name, raw: raw }); },
    master: function (raw) { return inside && line.send({ t: "master", raw: raw }); },
    camera: function (wish) {
      const message = { t: "camera" };
      Object.keys(wish).forEach(function (key) { message[key] = wish[key]; });
      return inside && line.send(message);
    },
    wish: function (id, ok) { return inside && line.send({ t: "wish", id: id, ok: ok }); },
    preview: function (is) {
      wanted = is;
      if (inside) line.send({ t: "preview", on: is });
    },
  };
}
