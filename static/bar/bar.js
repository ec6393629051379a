// The bar that stays over every page: whose figures these are, on a phone what opens the choices and the links, and on
// a shared screen everything that presenting needs.

import { dialogs } from "./dialogs.js";
import { button, element } from "./elements.js";
import { fitted } from "./fit.js";
import { listening } from "./keys.js";

const drawn = new WeakMap();

export function draw(parent, data, say) {
  drawn.get(parent)?.();
  parent.replaceChildren();
  const root = element("div", { class: data.room ? "bar room" : "bar" });
  parent.append(root);
  const ends = data.room ? presenting(root, data, say) : plain(root, data);
  drawn.set(parent, () => ends.forEach((end) => end()));
  return () => {
    drawn.get(parent)?.();
    drawn.delete(parent);
  };
}

function plain(root, data) {
  root.append(element("span", { class: "whose" }, data.area || "SEND Explorer"));
  const close = opened(data.area ? "" : "controls");
  root.append(folder("Change", "controls", "Change the area or the view"), folder("Pages", "pages", "All pages"));
  return [close];
}

// What is folded away on a phone: which of it is open is an attribute of the document, which the style reads.
function opened(which) {
  const page = document.documentElement;
  page.dataset.unfolded = which;
  return () => delete page.dataset.unfolded;
}

function folder(words, which, label) {
  const made = button(words, label, () => {
    const page = document.documentElement;
    page.dataset.unfolded = page.dataset.unfolded === which ? "" : which;
    for (const other of made.parentElement.querySelectorAll("[data-folds]")) {
      other.setAttribute("aria-expanded", String(page.dataset.unfolded === other.dataset.folds));
    }
  });
  made.dataset.folds = which;
  made.setAttribute("aria-expanded", String(document.documentElement.dataset.unfolded === which));
  return made;
}

function presenting(root, data, say) {
  const room = data.room;
  const open = dialogs(root, data, say);
  const acts = {
    previous: () => follow(room.previous),
    next: () => follow(room.next),
    area: open.area,
    ask: open.ask,
    share: open.share,
    keys: open.keys,
    blank: () => root.append(blank()),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  const name = button(data.area || "Choose an area", `${data.area || "No area"}: change the area (A)`, acts.area);
  name.classList.add("whose");
  const counter = element("span", { class: "counter" }, room.place);
  const ways = element("nav", { "aria-label": "Questions" });
  if (room.previous || room.next) {
    ways.append(step("‹", "Previous question (left arrow)", room.previous && acts.previous), counter);
    ways.append(step("›", "Next question (right arrow)", room.next && acts.next));
  } else {
    ways.append(counter);
  }
  root.append(name, ways);
  if (room.ask) root.append(button("Ask", "Ask the room, and what else to say (R)", acts.ask));
  root.append(
    button("Share", "This view for families: a link and a code (L)", acts.share),
    button("Blank", "Blank the screen (B)", acts.blank),
    button("Full", "Full screen, or back (F)", acts.full),
    button("?", "Keys", acts.keys),
  );
  return [listening(acts), fitted()];
}

function step(sign, label, act) {
  const made = button(sign, label, act || (() => {}));
  made.classList.add("step");
  made.disabled = !act;
  return made;
}

// The links to the pages carry the view, and Streamlit follows them without loading the app anew.
function follow(page) {
  if (!page) return;
  const links = [...document.querySelectorAll(".st-key-pages a")];
  links.find((link) => new URL(link.href).pathname.endsWith(`/${page}`))?.click();
}

function blank() {
  const sheet = element("button", { class: "blank", "aria-label": "The screen is blank: any key or a click brings it back" });
  const end = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    document.removeEventListener("keydown", end, true);
    sheet.remove();
  };
  sheet.addEventListener("click", end);
  document.addEventListener("keydown", end, true);
  requestAnimationFrame(() => sheet.focus());
  return sheet;
}
