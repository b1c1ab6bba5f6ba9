/* The views a phone may be shown: a few come with the page, the rest in one later script. */

const LATER = "/web/views.js";
const ALONE = "/web/view/"; // one view by itself: where this browser could not read the script with all of them
const RETRY_MS = 1000;
const TRIES = 3; // for a view alone: perhaps this browser cannot read that either
const FIRST_MS = 1500; // two thousand who come in together would fill the air: they ask one after another
const SPREAD_MS = 20000;

/* `first`: views that are here already. `come()` is called when others are. */
export function stock(first, come) {
  const tried = {};
  let asked = false;
  let here = false;

  function find(name) {
    return first[name] || (window.xitai || {})["views/" + name + ".js"] || null;
  }

  /* All the later views; when they are here and this one is not among them, this one. */
  function fetch(name) {
    const known = (window.xitai.views || []).indexOf(name) >= 0;
    if (here && known && (tried[name] || 0) < TRIES) {
      tried[name] = (tried[name] || 0) + 1;
      load(ALONE + name + ".js", come, come);
    }
    if (asked || here) return;
    asked = true;
    load(LATER, function () {
      here = true;
      document.documentElement.setAttribute("data-stocked", "yes");
      come();
    }, function () {
      asked = false;
      fetch(name);
    });
  }

  /* A script that the air swallowed leaves nothing behind; `lost()` comes a little later. */
  function load(address, then, lost) {
    const script = document.createElement("script");
    script.src = address;
    script.onload = then;
    script.onerror = function () {
      document.head.removeChild(script);
      setTimeout(lost, RETRY_MS + Math.random() * RETRY_MS);
    };
    document.head.appendChild(script);
  }

  return {
    has: function (name) { return find(name) !== null; },
    fetch: fetch,
    open: function (name, page) { return find(name).open(page); },
    later: function () { setTimeout(fetch, FIRST_MS + Math.random() * SPREAD_MS); },
  };
}
