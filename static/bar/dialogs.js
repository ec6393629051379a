// What opens over a shared screen: another area, a question for the room, a link to take along, the keys.

import { button, element } from "./elements.js";
import { KEYS } from "./keys.js";

export function dialogs(root, data, say) {
  const show = (heading, fill, label = heading) => () => {
    const dialog = element("dialog", { "aria-label": label });
    const close = button("Close", `Close: ${heading}`, () => dialog.close());
    close.autofocus = true;
    dialog.append(element("h2", {}, heading), ...fill(dialog), close);
    // On the page and not in the bar: a dialog is as large as the screen lets it, wherever it is told from.
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    root.append(dialog);
    dialog.showModal();
    // The button that has the focus stands at the end, and what is long begins at its beginning.
    dialog.scrollTop = 0;
    dialog.querySelector("input")?.focus();
  };
  return {
    area: show("Another area", (dialog) => [areas(data.room.names, dialog, say)]),
    ask: show("Ask the room", () => [element("p", { class: "ask" }, data.room.ask), ...more()]),
    share: show("This view, for families", () => shared(data.room)),
    keys: show("Keys", () => [table(KEYS)]),
  };
}

function areas(names, dialog, say) {
  const form = element("form", { method: "dialog" });
  const list = element("datalist", { id: "areas-of-the-bar" });
  list.append(...names.map((name) => element("option", { value: name })));
  const input = element("input", { list: list.id, name: "area", autocomplete: "off", "aria-label": "Name or postcode" });
  input.placeholder = "Type a name or a postcode, then Enter";
  form.append(input, list, element("button", { type: "submit" }, "Show it"));
  form.addEventListener("submit", () => {
    const typed = input.value.trim();
    const matches = names.filter((name) => name.toLowerCase().includes(typed.toLowerCase()));
    const exact = names.find((name) => name.toLowerCase() === typed.toLowerCase());
    // What only one name holds is meant; anything else is looked up by the app, which says what it found.
    if (typed) say("area", exact ?? (matches.length === 1 ? matches[0] : typed));
    dialog.close();
  });
  return form;
}

// The page writes what there is besides the title into an element that only this dialog shows.
function more() {
  return [...document.querySelectorAll(".say-more > *")].map((part) => part.cloneNode(true));
}

function shared(room) {
  const address = element("a", { href: room.link, class: "link" }, room.link);
  const said = element("p", { role: "status" });
  const copy = button("Copy the link", "Copy the link", async () => {
    try {
      await navigator.clipboard.writeText(room.link);
      said.textContent = "The link is copied.";
    } catch {
      said.textContent = "This browser does not let a page copy. Select the address and copy it.";
    }
  });
  const found = [element("p", {}, address), copy, said];
  if (room.local) found.unshift(element("p", {}, "This address is of this computer alone, so that no phone can open it."));
  else found.unshift(element("img", { src: room.qr, class: "qr", alt: "The same address as a code for a phone's camera" }));
  return found;
}

function table(rows) {
  const made = element("table");
  for (const [key, words] of rows) made.append(element("tr", {}, element("th", { scope: "row" }, key), element("td", {}, words)));
  return made;
}
