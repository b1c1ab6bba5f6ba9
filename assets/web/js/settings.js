/* The few things a guest may set: left hand, less motion, another seat. */

const SWITCHES = ["left", "calm"];

export function choices(button, list, page, choose, reseat) {
  function close() {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  function open() {
    list.textContent = "";
    SWITCHES.forEach(function (name) {
      const choice = page.element("button", page[name] ? "on" : "off", page.word(name));
      choice.setAttribute("role", "switch");
      choice.setAttribute("aria-checked", String(page[name]));
      choice.addEventListener("click", function () {
        choose(name);
        open();
      });
      list.appendChild(choice);
    });
    const seat = page.element("button", "", page.word("reseat"));
    seat.addEventListener("click", function () {
      close();
      reseat();
    });
    list.appendChild(seat);
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }

  button.addEventListener("click", function () { if (list.hidden) open(); else close(); });
  return { close: close };
}
