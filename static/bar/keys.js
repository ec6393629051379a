// The keys of a shared screen. They belong to the page alone: whoever types, or moves a slider, a list or the map,
// means that.

export const KEYS = [
  ["Right arrow, Page Down, Space", "Next question"],
  ["Left arrow, Page Up", "Previous question"],
  ["A", "Another area: type it, then Enter"],
  ["R", "Ask the room, and what else to say"],
  ["L", "A link and a code for this view in Families"],
  ["B", "Blank the screen; any key brings it back"],
  ["F", "Full screen, or back"],
  ["?", "These keys"],
];

const ACTS = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  a: "area",
  r: "ask",
  l: "share",
  b: "blank",
  f: "full",
  "?": "keys",
};
const OWN_KEYS = "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=listbox], .map";
const PRESSED = "button, a, summary, [role=button], [role=radio]";

export function listening(acts) {
  const pressed = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest(OWN_KEYS) || document.querySelector("dialog[open], [data-testid=stPopoverBody]")) return;
    if (event.key === " " && at.closest(PRESSED)) return;
    const act = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !acts[act]) return;
    event.preventDefault();
    acts[act]();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
