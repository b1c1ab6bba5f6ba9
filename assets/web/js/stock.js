/* The views a phone may be shown: a few come with the page, the rest in one later script. */

const LATER = "/web/views.js";
const RETRY_MS = 1000;
const FIRST_MS = 1500; // two thousand who come in together would fill the air: they ask one after another
const SPREAD_MS = 20000;

/* `first`: views that are here already. `come()` is called when the others are. */
export function stock(first, come) {
  let asked = false;
  let here = false;

  function find(name) {
    return first[name] || (window.xitai || {})["views/" + name + ".js"] || null;
  }

  /* A script that the air swallowed is asked for again, until it is here. */
  function fetch() {
    if (asked || here) return;
    asked = true;
    const script = document.createElement("script");
    script.src = LATER;
    script.onload = function () {
      here = true;
      document.documentElement.setAttribute("data-stocked", "yes");
      come();
    };
    script.onerror = function () {
      document.head.removeChild(script);
      asked = false;
      setTimeout(fetch, RETRY_MS + Math.random() * RETRY_MS);
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
