/* The cue list: tap stands a cue by, a long press or its second button jumps there. */

const LONG_MS = 600;
const STILL_PX = 10;

export function cueList(node, text, order) {
  let cues = [];
  let live = null;
  let standby = null;
  let shape = "";
  let rows = {};

  function build() {
    node.textContent = "";
    rows = {};
    cues.forEach(function (cue) { rows[cue.number] = row(cue); });
  }

  function row(cue) {
    const item = make("li", "row");
    const pick = make("button", "pick"), jump = make("button", "jump", text.word("jump"));
    const name = make("span", "t", text.pick(cue.title));
    const other = name.appendChild(make("small"));
    const mark = other.appendChild(make("em", "m"));
    other.appendChild(document.createTextNode(text.pick(cue.prompt)));
    pick.appendChild(make("span", "n", cue.number));
    pick.appendChild(name);
    jump.setAttribute("aria-label", text.word("jump") + " " + cue.number + " " + text.pick(cue.title));
    jump.addEventListener("click", function () { order("jump", cue.number); });
    pressed(item, pick, function () { order("standby", cue.number); }, function () { order("jump", cue.number); });
    item.appendChild(pick);
    item.appendChild(jump);
    node.appendChild(item);
    return { item: item, mark: mark, pick: pick };
  }

  /* A tap, or a press held still for LONG_MS. */
  function pressed(item, button, tap, hold) {
    let timer = 0, from = null, held = false;
    const end = function () {
      clearTimeout(timer);
      item.classList.remove("pressing");
      from = null;
    };
    const down = function (e) {
      const p = e.touches ? e.touches[0] : e;
      from = [p.clientX, p.clientY];
      held = false;
      item.classList.add("pressing");
      timer = setTimeout(function () {
        held = true;
        end();
        hold();
      }, LONG_MS);
    };
    const move = function (e) {
      const p = e.touches ? e.touches[0] : e;
      if (from && Math.hypot(p.clientX - from[0], p.clientY - from[1]) > STILL_PX) end();
    };
    const names = window.PointerEvent ? ["pointerdown", "pointermove", "pointerup", "pointercancel"]
      : ["touchstart", "touchmove", "touchend", "touchcancel"];
    button.addEventListener(names[0], down);
    button.addEventListener(names[1], move);
    button.addEventListener(names[2], end);
    button.addEventListener(names[3], end);
    button.addEventListener("contextmenu", function (e) { e.preventDefault(); });
    button.addEventListener("click", function () {
      if (!held) tap();
      held = false;
    });
  }

  function mark() {
    const at = index(live);
    cues.forEach(function (cue, i) {
      const one = rows[cue.number], isLive = cue.number === live, isNext = cue.number === standby;
      one.item.className = "row" + (isLive ? " islive" : "") + (isNext ? " isnext" : "") + (i < at ? " gone" : "");
      one.mark.textContent = isLive ? text.word("live") : isNext ? text.word("standby") : "";
      one.pick.setAttribute("aria-current", isLive ? "step" : "false");
    });
    const next = rows[standby] || rows[live];
    if (!next) return;
    const top = next.item.offsetTop - node.offsetTop, low = top + next.item.offsetHeight;
    if (top < node.scrollTop || low > node.scrollTop + node.clientHeight) node.scrollTop = top - node.clientHeight / 3;
  }

  function index(number) {
    for (let i = 0; i < cues.length; i++) if (cues[i].number === number) return i;
    return -1;
  }

  return {
    show: function (list, liveNow, standbyNow) {
      const now_ = JSON.stringify(list);
      if (now_ !== shape) {
        cues = list;
        shape = now_;
        build();
        live = standby = null;
      }
      if (live === liveNow && standby === standbyNow) return;
      live = liveNow;
      standby = standbyNow;
      mark();
    },
    /* The number of the cue `step` away from standby. */
    beside: function (step) {
      const at = index(standby === null ? live : standby);
      const cue = cues[at + step];
      return cue ? cue.number : null;
    },
    again: function () {
      build();
      mark();
    },
  };
}

function make(name, className, words) {
  const node = document.createElement(name);
  if (name === "button") node.type = "button";
  if (className) node.className = className;
  if (words) node.textContent = words;
  return node;
}
