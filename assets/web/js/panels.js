/* What the console shows besides cues: live and standby, gauges, knobs, inputs, devices, wishes, messages. */

import { fader } from "./fader.js";

const SLOW_MS = 16.6;

export function panels(text, line) {
  const by = function (id) { return document.getElementById(id); };
  let knobShape = "";
  let knobs = {};
  let meters = {};
  let since = 0; // when live_s was told
  let liveS = 0;

  setInterval(runTime, 250);

  function tell(has) {
    const desk = line.seen.desk, hall = line.seen.hall;
    if (has("show", "mode")) {
      set("show", text.pick(desk.show));
      by("mode").value = desk.mode || "author";
      by("mode").className = "mode " + (desk.mode || "");
    }
    if (has("phones", "waiting")) set("phones", String(hall.phones || 0) + (hall.waiting ? " +" + hall.waiting : ""));
    if (has("fps")) set("fps", desk.fps ? Number(desk.fps).toFixed(0) : "0");
    if (has("frame_ms")) frame(desk.frame_ms || {});
    if (has("live", "standby", "cues")) cues();
    if (has("overrides", "held", "quiet", "master", "autoplay")) overrides(desk);
    if (has("asked", "live")) asked(desk);
    if (has("live_s", "live", "cap_s")) {
      liveS = Number(desk.live_s) || 0;
      since = Date.now();
      runTime();
    }
    if (has("knobs")) tellKnobs(desk.knobs || []);
    if (has("meters")) tellMeters(desk.meters || {});
    if (has("devices")) tellDevices(desk.devices || []);
    if (has("wishes")) tellWishes(hall.wishes || []);
    if (has("messages")) tellMessages(desk.messages || []);
  }

  function set(id, words) {
    const node = by(id);
    if (node.textContent !== words) node.textContent = words;
  }

  function frame(ms) {
    set("frame", ms.p50 === undefined ? "–" : Number(ms.p50).toFixed(1) + " / " + Number(ms.p99).toFixed(1) + " ms");
    by("frame").parentNode.className = ms.p99 > SLOW_MS ? "gauge wide late" : "gauge wide";
  }

  function cues() {
    const desk = line.seen.desk, find = function (number) {
      return (desk.cues || []).filter(function (cue) { return cue.number === number; })[0];
    };
    const live = find(desk.live), next = find(desk.standby);
    set("livenumber", live ? live.number : "");
    set("livename", live ? text.pick(live.title) : text.word("none"));
    set("nextnumber", next ? next.number : "");
    set("nextname", next ? text.pick(next.title) : text.word("none"));
    set("prompt", next ? text.pick(next.prompt) : "");
    by("go").setAttribute("aria-label", text.word("go", { n: next ? next.number + " " + text.pick(next.title) : "" }));
  }

  /* Orders with numbers, and whether each holds now. */
  function overrides(desk) {
    const box = by("overrides"), held = desk.master || {};
    const on = { hold: desk.held, phones: desk.quiet, autoplay: desk.autoplay, panic: held.panicked };
    box.textContent = "";
    (desk.overrides || []).forEach(function (one) {
      const key = box.appendChild(make("button", "key"));
      key.appendChild(make("kbd", "", one.number));
      key.appendChild(make("b", "", text.pick(one.title)));
      key.title = text.pick(one.prompt);
      key.setAttribute("data-override", one.number);
      key.setAttribute("aria-pressed", String(!!(one.order in on ? on[one.order] : held[one.order])));
      key.addEventListener("click", function () { line.order("jump", one.number); });
    });
  }

  /* What the house answers, while it is asked. */
  function asked(desk) {
    const box = by("asked"), open = desk.asked && desk.asked.open;
    box.hidden = !open;
    if (!open) return;
    const tally = desk.asked.tally || {}, labels = {};
    (desk.asked.options || []).forEach(function (option) { labels[option.id] = text.pick(option.label); });
    const parts = Object.keys(tally).map(function (key) {
      if (key === "people") return text.word("people", { n: tally[key] });
      if (key === "value") return Math.round(tally[key] * 100) + " %";
      return (labels[key] || key) + " " + tally[key];
    });
    box.textContent = text.word("asked", { n: parts.join(" · ") || "…" });
  }

  /* The clock of the live cue goes on between two words from the house. */
  function runTime() {
    const desk = line.seen.desk, held = desk.master && desk.master.freeze;
    const s = liveS + (line.inside() && !held ? Math.min(2, (Date.now() - since) / 1000) : 0);
    set("livetime", clockText(s));
    set("livecap", desk.cap_s ? text.word("cap", { n: clockText(desk.cap_s) }) : text.word("nocap"));
    const share = desk.cap_s ? s / desk.cap_s : 0;
    by("livebar").style.width = Math.min(100, share * 100).toFixed(1) + "%";
    by("livebar").parentNode.className = share > 1 ? "track over" : "track";
  }

  function clockText(s) {
    const whole = Math.max(0, Math.floor(s));
    return Math.floor(whole / 60) + ":" + String(whole % 60 + 100).slice(1);
  }

  function tellKnobs(list) {
    const shape = JSON.stringify(list.map(function (knob) { return [knob.name, knob.label, knob.low, knob.high]; }));
    if (shape !== knobShape) buildKnobs(list);
    knobShape = shape;
    list.forEach(function (knob) {
      const one = knobs[knob.name];
      one.facts.value = knob.value;
      one.facts.raw = knob.raw;
      one.fader.set(knob.raw);
    });
  }

  function buildKnobs(list) {
    const box = by("knobs");
    box.textContent = "";
    knobs = {};
    if (!list.length) box.appendChild(make("p", "hint", text.word("noknobs")));
    list.forEach(function (knob) {
      const facts = { low: knob.low, high: knob.high, value: knob.value, raw: knob.raw };
      const one = fader({
        label: text.pick(knob.label) || knob.name, raw: knob.raw,
        send: function (raw) { line.knob(knob.name, raw); },
        show: function (raw) { return written(facts, raw); },
      });
      one.node.setAttribute("data-knob", knob.name);
      knobs[knob.name] = { fader: one, facts: facts };
      box.appendChild(one.node);
    });
  }

  /* The house's value where it belongs to this place of the knob, else the place itself. */
  function written(facts, raw) {
    if (Math.abs(raw - facts.raw) > 0.002 || typeof facts.value !== "number") return Math.round(raw * 100) + " %";
    const span = Math.abs(facts.high - facts.low);
    return facts.value.toFixed(span > 20 ? 0 : span > 4 ? 1 : 2);
  }

  function tellMeters(list) {
    const names = Object.keys(list).sort();
    if (names.join() !== Object.keys(meters).join()) buildMeters(names);
    names.forEach(function (name) {
      const v = Math.max(0, Math.min(1, Number(list[name]) || 0));
      meters[name].bar.style.width = (v * 100).toFixed(1) + "%";
      meters[name].number.textContent = v.toFixed(2);
    });
  }

  function buildMeters(names) {
    const box = by("meters");
    box.textContent = "";
    meters = {};
    names.forEach(function (name) {
      const item = make("li", "");
      const head = item.appendChild(make("span", ""));
      head.appendChild(make("span", "name", name));
      const number = head.appendChild(make("em", ""));
      const track = item.appendChild(make("div", "track"));
      meters[name] = { bar: track.appendChild(make("i", "")), number: number };
      box.appendChild(item);
    });
  }

  function tellDevices(list) {
    const box = by("devices");
    box.textContent = "";
    list.forEach(function (device) {
      const item = box.appendChild(make("li", device.ok ? "" : "bad"));
      item.appendChild(make("span", "dot", device.ok ? "✓" : "▲"));
      item.appendChild(make("b", "", text.said(device.name)));
      item.appendChild(make("em", "", text.said(device.detail)));
    });
  }

  function tellWishes(list) {
    const box = by("wishes");
    by("wishbox").hidden = list.length === 0;
    box.textContent = "";
    list.forEach(function (wish) {
      const item = box.appendChild(make("li", ""));
      item.appendChild(make("span", "", wish.text));
      [["allow", true], ["drop", false]].forEach(function (choice) {
        const button = item.appendChild(make("button", "", text.word(choice[0])));
        button.addEventListener("click", function () { line.wish(wish.id, choice[1]); });
      });
    });
  }

  function tellMessages(list) {
    const box = by("messages");
    box.textContent = "";
    if (!list.length) box.appendChild(make("li", "", text.word("quiet")));
    list.slice().reverse().forEach(function (message) { box.appendChild(make("li", "", text.said(message))); });
  }

  return {
    tell: tell,
    refused: function (why) {
      const box = by("messages");
      if (why === "stage") box.insertBefore(make("li", "", text.word("refused")), box.firstChild);
    },
    /* Another language: build anew what keeps words. */
    again: function () { knobShape = ""; },
  };
}

function make(name, className, words) {
  const node = document.createElement(name);
  if (name === "button") node.type = "button";
  if (className) node.className = className;
  if (words) node.textContent = words;
  return node;
}
