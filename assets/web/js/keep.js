/* What the handset remembers while its tab lives; in memory where storage is forbidden. */

const memory = {};

export function keep(name, value) {
  memory[name] = value;
  try {
    sessionStorage.setItem("xitai." + name, JSON.stringify(value));
  } catch (refused) {
    // Private mode and some in-app browsers throw; the copy in memory serves until the tab closes.
  }
}

export function recall(name, otherwise) {
  if (name in memory) return memory[name];
  try {
    const text = sessionStorage.getItem("xitai." + name);
    if (text !== null) return JSON.parse(text);
  } catch (refused) {
    // As above; a value that is no JSON is as good as none.
  }
  return otherwise;
}

export function forget(name) {
  delete memory[name];
  try {
    sessionStorage.removeItem("xitai." + name);
  } catch (refused) {
    // Nothing was stored, so nothing is left.
  }
}
