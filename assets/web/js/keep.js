/* What the handset remembers of this evening and nobody else is told; in memory where storage is forbidden.
   It outlives a closed tab, so that scanning again is coming back; after an evening's length it is gone.
   What the console remembers, its PIN among it, goes with the tab. */

const DESK = location.pathname.indexOf("/console") === 0;
const NAME = DESK ? "xitai.desk." : "xitai.";
const EVENING_MS = 6 * 3600 * 1000;
const memory = {};

function attempt(doing) {
  try {
    return doing(DESK ? window.sessionStorage : window.localStorage);
  } catch (refused) {
    return null; // private mode and some in-app browsers throw: the copy in memory serves until the tab closes
  }
}

export function keep(name, value) {
  memory[name] = value;
  attempt(function (store) {
    store.setItem(NAME + name, JSON.stringify(value));
    store.setItem(NAME + "at", String(Date.now()));
  });
}

export function recall(name, otherwise) {
  if (name in memory) return memory[name];
  const text = attempt(function (store) { return store.getItem(NAME + name); });
  const value = text ? attempt(function () { return JSON.parse(text); }) : null;
  return value === null ? otherwise : value;
}

export function forget(name) {
  delete memory[name];
  attempt(function (store) { store.removeItem(NAME + name); });
}

/* Nothing of ours stays on this handset. */
export function wipe() {
  Object.keys(memory).forEach(forget);
  attempt(function (store) {
    Object.keys(store).filter(function (key) { return key.indexOf(NAME) === 0; }).forEach(function (key) { store.removeItem(key); });
  });
}

attempt(function (store) {
  if (Date.now() - Number(store.getItem(NAME + "at")) > EVENING_MS) wipe();
});
