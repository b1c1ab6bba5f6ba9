/* The gateway's clock as seen from here: of the last pings the quickest round trip is believed. */

const RING = 30;
const TRAINING = 5; // the pings of joining are taken as they come
const JUMP_MS = 100;
const SLEW = 0.01; // 1 ms in 100 ms
const AGEING = 0.05 / 1000; // ms of distrust per ms of age: two quartzes drift up to 50 ppm apart

export function clock() {
  const ring = [];
  let offset = null;
  let doubt = 0; // ms by which the offset may be wrong: a ping may have spent its whole trip on one way
  let followed = 0;

  return {
    /* A first guess from one greeting; it is late by the way here, until a ping says better. */
    guess: function (gatewayMs, at) {
      if (offset === null) offset = gatewayMs - at;
    },
    take: function (sentAt, gatewayMs, at) {
      if (!(at >= sentAt)) return;
      ring.push({ trip: at - sentAt, offset: gatewayMs - (sentAt + at) / 2, at: at });
      if (ring.length > RING) ring.shift();
      let best = ring[0];
      for (let i = 1; i < ring.length; i++) {
        if (cost(ring[i], at) < cost(best, at)) best = ring[i];
      }
      follow(best.offset, at);
      doubt = best.trip / 2 + Math.abs(best.offset - offset);
    },
    forget: function () {
      ring.length = 0;
      offset = null;
      doubt = 0;
    },
    gateway: function (at) { return offset === null ? null : at + offset; },
    /* The gateway was not yet further than this. */
    earliest: function (at) { return offset === null ? null : at + offset - doubt; },
  };

  /* Follow a better estimate gently, so that a beat never stumbles; jump only when far off. */
  function follow(wanted, at) {
    const far = wanted - (offset === null ? wanted + JUMP_MS + 1 : offset);
    const step = (at - followed) * SLEW;
    offset = Math.abs(far) > JUMP_MS || ring.length <= TRAINING ? wanted : offset + Math.max(-step, Math.min(step, far));
    followed = at;
  }

  function cost(ping, at) {
    return ping.trip + AGEING * (at - ping.at);
  }
}
