/* The few things a guest may set: left hand, less motion, another seat, the keepsake, and being forgotten. */

const SWITCHES = ["left", "calm"];

/* `then`: choose(name), reseat(), keepsake(), leave(). */
export function choices(button, list, page, then) {
  function close() {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  function open() {
    list.textContent = "";
    SWITCHES.forEach(function (name) {
      const choice = add(page[name] ? "on" : "off", page.word(name), function () {
        then.choose(name);
        open();
      });
      choice.setAttribute("role", "switch");
      choice.setAttribute("aria-checked", String(page[name]));
    });
    add("", page.word("reseat"), function () {
      close();
      then.reseat();
    });
    if (page.did()) {
      add("", page.word("keepsake"), function () {
        close();
        then.keepsake();
      });
    }
    let sure = false;
    const forget = add("", page.word("forget"), function () {
      if (sure) {
        close();
        then.leave();
      }
      sure = true;
      forget.textContent = page.word("sure");
    });
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }

  function add(className, text, press) {
    const choice = page.element("button", className, text);
    choice.addEventListener("click", press);
    list.appendChild(choice);
    return choice;
  }

  button.addEventListener("click", function () { if (list.hidden) open(); else close(); });
  return { close: close };
}
