/* The phone's side of the protocol: join, come back as the same person, acts out, the house in. */

import { clock } from "./clock.js";
import { forget, keep, recall } from "./keep.js";
import { now, wire } from "./wire.js";

const QUICK_PINGS = 5;
const QUICK_MS = 60;
const SLOW_BEATS = 4; // every 2 s an ack is a ping too
const UNSEEN_MS = 6000; // an act not drawn by then is not waited for
const HELD_MS = 20000; // what a guest made is still worth sending this long after a lost link
const PENALTY_MS = 10000;

/* `on`: house(house, changed keys), guest({id, block, queue}), linked(bool), seen(act), refused(n, why), shut() when the room's
   code is asked for, over() when the show has ended and the guest is forgotten, elsewhere() when another page took over,
   stale() when the house speaks a newer protocol than this page. */
export function join(lang, on) {
  const time = clock();
  const guest = { id: 0, block: null, queue: 0 };
  let house = { companion: {} };
  let epoch = recall("epoch", "");
  let whole = false; // we hold a whole snapshot of this epoch
  let seq = 0;
  let acked = -1;
  let beats = 0;
  let count = 0;
  let gap = 0; // the gateway's clock minus the show's, ms: what time `until` is now
  let waiting = []; // acts the stage has not drawn yet
  let outbox = []; // what guests make goes out one by one, at the rate the house allows
  let pace = 0;
  let typed = ""; // the room's code, as the guest wrote it

  const line = wire("/ws", { open: greet, message: hear, down: down, beat: beat });

  function greet() {
    const hello = { t: "hello", v: 1, lang: lang, resume: recall("token", null) };
    if (whole) {
      hello.epoch = epoch;
      hello.s = seq;
    }
    const room = typed || (/[?&]r=(\w{4})\b/.exec(location.search) || ["", ""])[1] || recall("room", "");
    if (room) hello.room = room.toUpperCase();
    line.send(hello);
  }

  function hear(message) {
    if (message.t === "d") changed(message);
    else if (message.t === "pong") time.take(message.c, message.g, now());
    else if (message.t === "beat") tell(message);
    else if (message.t === "welcome") welcome(message);
    else if (message.t === "epoch") begin(message, {});
    else if (message.t === "you") about(message);
    else if (message.t === "no" && message.why === "room") refused();
    else if (message.t === "no") on.refused(message.n, message.why);
  }

  /* The code is wrong or missing: outside, until the guest gives another. */
  function refused() {
    typed = "";
    forget("room");
    line.rest();
    on.shut();
  }

  function welcome(message) {
    line.settled();
    time.forget();
    time.guess(message.now, now());
    guest.id = message.id;
    about(message);
    if ("since" in message) {
      epoch = message.epoch;
      seq = message.s;
      merge(message.snap || {}, (message.snap || {}).companion);
    } else {
      begin(message);
    }
    on.linked(true);
    for (let i = 0; i < QUICK_PINGS; i++) setTimeout(ping, i * QUICK_MS);
    outbox = outbox.filter(function (act) { return now() - act.made < HELD_MS; });
    drain();
  }

  function begin(message) {
    if (message.epoch !== epoch) waiting = [];
    epoch = message.epoch;
    keep("epoch", epoch);
    seq = message.s;
    whole = true;
    house = Object.assign({ companion: {} }, message.snap);
    tell({ g: message.g || message.now, time: house.time });
    on.house(house, house);
    drain();
  }

  function about(message) {
    if (message.token) keep("token", message.token);
    if (typeof message.queue === "number") guest.queue = message.queue;
    if (typeof message.block === "number") guest.block = message.block;
    else if ("block" in message && guest.block !== null) line.send({ t: "seat", block: guest.block });
    on.guest(guest);
  }

  function changed(message) {
    seq = message.s;
    merge(message.k || {}, message.c);
    tell({ g: message.g, time: house.time });
  }

  function merge(keys, companion) {
    const fresh = Object.assign({}, keys);
    if (companion) {
      fresh.companion = put(Object.assign({}, house.companion), companion);
    }
    put(house, fresh);
    if (!house.companion) house.companion = {};
    if ("seen_at" in fresh) look(fresh.seen_at);
    on.house(house, fresh);
    drain();
  }

  function put(into, keys) {
    Object.keys(keys).forEach(function (key) {
      if (keys[key] === null) delete into[key];
      else into[key] = keys[key];
    });
    return into;
  }

  function tell(moment) {
    if (typeof moment.time === "number" && typeof moment.g === "number") gap = moment.g - moment.time * 1000;
  }

  function look(seenAt) {
    waiting = waiting.filter(function (act) {
      if (act.at === null || act.at > seenAt) return now() - act.made < UNSEEN_MS;
      on.seen(act);
      return false;
    });
  }

  function ping() {
    acked = seq;
    line.send({ t: "ack", s: seq, c: Math.round(now() * 10) / 10 });
  }

  function beat() {
    beats += 1;
    if (beats % SLOW_BEATS === 0) {
      ping();
    } else if (seq !== acked || beats % 2 === 0) {
      acked = seq;
      line.send({ t: "ack", s: seq });
    }
  }

  function down(code) {
    on.linked(false);
    if (code === 4000) on.stale();
    if (code === 4009) return PENALTY_MS;
    if (code === 4010) {
      forget("token");
      forget("guest"); // what was made tonight is still theirs, whoever they are next
      on.over();
      return "stay";
    }
    if (code === 4001) {
      on.elsewhere();
      return "stay";
    }
    return null;
  }

  function send(act) {
    const sent = line.send(Object.assign({ t: "act", verb: act.verb, n: act.n }, act.facts));
    if (!sent) return false;
    act.at = time.earliest(now());
    if (act.watched) waiting.push(act);
    if (waiting.length > 24) waiting.shift();
    return true;
  }

  /* A gateway just begun opens nothing before it has heard the stage: what is held waits for that too. */
  function drain() {
    if (pace || !("cue" in house) || !outbox.length || !send(outbox[0])) return;
    const sent = outbox.shift();
    pace = setTimeout(function () {
      pace = 0;
      drain();
    }, sent.pause);
  }

  function make(verb, facts) {
    count += 1;
    return { verb: verb, n: count, facts: facts || {}, made: now(), at: null, watched: true, pause: 0 };
  }

  return {
    guest: guest,
    /* Do something now: facts are x, y, v in 0..1, p points, o option. Nothing is sent late. */
    act: function (verb, facts) {
      const act = make(verb, facts);
      send(act);
      return act;
    },
    /* A level that moves by itself, such as a rod: sent, but never looked for on stage. */
    level: function (verb, value) {
      const act = make(verb, { v: value });
      act.watched = false;
      send(act);
    },
    /* Things a guest made: sent in order, `pause(i)` ms after the i-th, also after a lost link. */
    give: function (verb, list, pause) {
      const acts = list.map(function (facts, i) {
        const act = make(verb, facts);
        act.pause = pause ? pause(i) : 0;
        return act;
      });
      outbox = outbox.concat(acts).slice(-16);
      drain();
      return acts;
    },
    seat: function (block) {
      guest.block = block;
      line.send({ t: "seat", block: block });
    },
    /* Seconds until a moment of the show's time, by the shared clock. */
    until: function (showTime) {
      const gateway = time.gateway(now());
      return gateway === null ? 0 : (showTime * 1000 + gap - gateway) / 1000;
    },
    speak: function (tongue) { lang = tongue; },
    again: function () { line.again(); },
    /* Knock again with the room's four letters. */
    room: function (code) {
      typed = code;
      keep("room", code);
      line.again();
    },
    leave: function () {
      line.send({ t: "bye" });
      line.end();
    },
  };
}
