/* The door of the console: a PIN, a pad for gloves and thumbs, a plain word when it is wrong. */

import { seal } from "./light.js";

export function gate(node, text, knock) {
  const form = node.querySelector("form"), pin = node.querySelector("input"), says = node.querySelector(".pinsays");
  const enter = node.querySelector(".enter");
  let wait = 0;
  let ticking = 0;
  node.querySelector("canvas").getContext("2d").drawImage(seal(160, "晋"), 0, 0);
  pad();
  pin.focus();

  form.addEventListener("submit", function (e) {
    e.preventDefault();
    if (!pin.value || wait > 0) return;
    says.textContent = "";
    knock(pin.value);
  });

  function pad() {
    const board = node.querySelector(".pad");
    "123456789".split("").concat(["", "0", "⌫"]).forEach(function (digit) {
      const button = document.createElement("button");
      button.type = "button";
      const face = button.appendChild(document.createElement("span"));
      face.textContent = digit;
      if (digit === "") button.style.visibility = "hidden";
      if (digit === "⌫") button.setAttribute("aria-label", text.word("erase"));
      button.addEventListener("click", function () {
        if (digit === "⌫") pin.value = pin.value.slice(0, -1);
        else if (pin.value.length < 12) pin.value += digit;
      });
      board.appendChild(button);
    });
  }

  function count() {
    clearTimeout(ticking);
    enter.disabled = wait > 0;
    says.textContent = wait > 0 ? text.word("locked", { n: Math.ceil(wait) }) : "";
    if (wait <= 0) return;
    wait -= 1;
    ticking = setTimeout(count, 1000);
  }

  return {
    open: function () {
      node.hidden = true;
      pin.value = "";
    },
    refuse: function (why, seconds) {
      node.hidden = false;
      pin.value = "";
      pin.focus();
      form.className = "plaque";
      void form.offsetWidth; // lets the shake start over
      form.className = "plaque shake";
      if (why === "locked") {
        wait = seconds || 1;
        count();
      } else {
        says.textContent = text.word("wrong");
      }
    },
  };
}
