/* What this guest did tonight and made: kept on the handset for the keepsake, told to nobody. */

import { forget, keep, recall } from "./keep.js";

const MOST = 12; // crafts remembered

export function deeds() {
  const all = { counts: recall("deeds", {}), made: recall("made", {}), crafts: recall("crafts", []) };

  all.count = function (verb, n, house) {
    all.counts[verb] = (all.counts[verb] || 0) + n;
    keep("deeds", all.counts);
    if (!house.scene || all.crafts.length >= MOST || all.crafts.some(function (one) { return one.scene === house.scene; })) return;
    all.crafts.push({ scene: house.scene, title: house.title || ["", ""], credit: house.credit || ["", ""] });
    keep("crafts", all.crafts);
  };

  /* The newest thing of a kind: "leaf", "flower", "stroke", "coal" and whatever a scene lets guests make. */
  all.remember = function (kind, thing) {
    all.made[kind] = thing;
    keep("made", all.made);
  };

  /* Who is this? A number we did not have is another person, or another evening. True if so. */
  all.begin = function (number) {
    const before = recall("guest", number);
    keep("guest", number);
    if (before === number) return false;
    ["deeds", "made", "crafts"].forEach(forget);
    all.counts = {};
    all.made = {};
    all.crafts = [];
    return true;
  };

  return all;
}
