/* The door: four letters, as the big screen shows them. */

import { ember } from "../js/light.js";

const LETTERS = 4;

export function open(page) {
  const bench = document.getElementById("bench");
  const form = bench.appendChild(page.element("form", "ask"));
  const input = form.appendChild(page.element("input", "code"));
  const says = form.appendChild(page.element("p", "note"));
  const go = form.appendChild(page.element("button", "act", page.word("enter")));
  input.setAttribute("aria-label", page.word("room"));
  input.maxLength = LETTERS;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "characters");
  says.setAttribute("role", "alert");
  go.type = "submit";
  go.disabled = true;
  bench.className = "bench form";
  input.addEventListener("input", function () { go.disabled = input.value.trim().length !== LETTERS; });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    if (go.disabled) return;
    says.textContent = "";
    page.room(input.value.trim());
  });

  return {
    /* The door did not open. */
    wrong: function () {
      says.textContent = page.word("wrong");
      input.select();
    },
    draw: function (ctx, box, t) { ember(ctx, box.W * 0.5, box.H - 90, 22, 0.5, page.calm ? 0 : t); },
  };
}
