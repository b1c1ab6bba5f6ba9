/* Things on the bench below the picture. */

export function element(name, className, text) {
  const node = document.createElement(name);
  if (name === "button") node.type = "button";
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/* The drawn target as a button for keyboards and screen readers; fingers go through it to the picture.
   Gives a function that puts it at x, y, w, h; the button itself is its `button`. */
export function target(bench, label, press) {
  const button = element("button", "target");
  button.setAttribute("aria-label", label);
  button.addEventListener("click", press);
  bench.appendChild(button);
  const place = function (x, y, w, h) {
    button.style.left = x + "px";
    button.style.top = y + "px";
    button.style.width = w + "px";
    button.style.height = h + "px";
  };
  place.button = button;
  return place;
}
