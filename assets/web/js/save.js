/* A picture the guest may keep: shown whole, to press long on, with a button that saves it where a browser can.
   WeChat's browser saves nothing by a link, and pictures only from addresses that hold them: so it gets `data:`. */

const CAUGHT = /MicroMessenger|QQ\/|Weibo|DingTalk/i; // in-app browsers that let no file out

/* `made`: {name, alt, blob} or, where canvases give no blobs, {name, alt, address}. */
export function offer(page, made) {
  const sheet = page.element("div", "sheet");
  const picture = page.element("img");
  const caught = CAUGHT.test(navigator.userAgent);
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-label", made.alt);
  picture.alt = made.alt;
  sheet.appendChild(picture);
  sheet.appendChild(page.element("p", "note", page.word("press")));
  const row = sheet.appendChild(page.element("div", "row"));
  const done = row.appendChild(page.element("button", "quiet", page.word("done")));
  const freed = [];
  done.addEventListener("click", function () {
    document.body.removeChild(sheet);
    freed.forEach(function (address) { URL.revokeObjectURL(address); });
  });
  document.body.appendChild(sheet);
  done.focus();
  if (made.blob && (caught || !window.URL || !URL.createObjectURL)) read(made.blob, show);
  else if (made.blob) show(freed[freed.push(URL.createObjectURL(made.blob)) - 1]);
  else show(made.address);

  function show(address) {
    picture.src = address;
    const link = page.element("a", "act", page.word("save"));
    if (caught || !("download" in link)) return;
    link.href = address;
    link.download = made.name;
    row.appendChild(link);
  }
}

function read(blob, then) {
  const reader = new FileReader();
  reader.onload = function () { then(reader.result); };
  reader.readAsDataURL(blob);
}

/* The canvas as a PNG, by whichever way this browser knows. */
export function png(canvas, name, alt, then) {
  if (canvas.toBlob) canvas.toBlob(function (blob) { then({ name: name, alt: alt, blob: blob }); }, "image/png");
  else then({ name: name, alt: alt, address: canvas.toDataURL("image/png") });
}
