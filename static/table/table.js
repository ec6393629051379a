// A table of the pages: a real one in HTML, whose headings put it in order.
//
// Rows come in their order from sendlib/view/tables.py, which also says how a heading is sorted; what a reader chooses
// goes there. On a narrow page each row is a card (styles/table.css), where a box takes the place of the headings.

const DIRECTIONS = { ascending: ["A first", "smallest first"], descending: ["Z first", "largest first"] };
const ADDRESS = /^https:\/\/[^\s"<>]+$/;
const NOTHING = "–"; // a cell of words where there is nothing to say, which a card leaves out

/** Draw a table in a parent, or change the one that it has. */
export function draw(parent, data, say) {
  const held = (parent.sendTable ??= begin(parent));
  const focused = held.box.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const choose = (column) => say("order", column);
  const sorted = data.columns.find((column) => column.sorted !== "none");
  held.box.dataset.name = data.name;
  held.box.className = `table ${data.form}${data.long ? " long" : ""}`;
  held.order.replaceChildren(...orderBox(data.columns, sorted, choose));
  held.scroll.replaceChildren(table(data, choose));
  if (data.long) {
    set(held.scroll, { tabindex: 0, role: "region", "aria-label": data.caption });
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) held.scroll.removeAttribute(name);
  }
  const said = sorted ? `In order of ${sorted.heading}, ${DIRECTIONS[sorted.sorted][Number(sorted.number)]}` : "";
  if (held.said.textContent !== said && held.drawn) held.said.textContent = said;
  held.drawn = true;
  if (focused) held.box.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function begin(parent) {
  const held = {
    box: element("div"),
    order: element("div", { class: "order" }),
    scroll: element("div", { class: "scroll" }),
    said: element("p", { class: "unseen", role: "status" }),
  };
  held.box.append(held.order, held.scroll, held.said);
  parent.append(held.box);
  return held;
}

function orderBox(columns, sorted, choose) {
  const select = element("select", { "data-focus": "box" });
  if (!sorted) select.append(element("option", { value: "" }, "as it comes"));
  for (const { name, heading } of columns) select.append(element("option", { value: name }, heading));
  select.value = sorted?.name ?? "";
  select.addEventListener("change", () => choose(select.value));
  const label = element("label", {}, "Sort by ");
  label.append(select);
  if (!sorted) return [label];
  const turn = element("button", { type: "button", "data-focus": "turn" }, "Other way round");
  turn.addEventListener("click", () => choose(sorted.name));
  return [label, turn];
}

function table({ caption, columns, rows, marks }, choose) {
  const whole = element("table", { role: "table", "aria-label": caption });
  const head = element("tr", { role: "row" });
  for (const column of columns) head.append(heading(column, choose));
  const top = element("thead", { role: "rowgroup" });
  top.append(head);
  const body = element("tbody", { role: "rowgroup" });
  body.append(...rows.map((cells, place) => row(cells, columns, marks[place])));
  whole.append(top, body);
  return whole;
}

function heading({ name, heading, number, sorted }, choose) {
  const cell = element("th", { role: "columnheader", scope: "col", "aria-sort": sorted });
  if (number) cell.className = "number";
  const button = element("button", { type: "button", "data-focus": `heading ${name}` }, heading);
  button.append(element("span", { class: "arrow", "aria-hidden": "true" }));
  button.addEventListener("click", () => choose(name));
  cell.append(button);
  return cell;
}

function row(cells, columns, mark) {
  const made = element("tr", { role: "row" });
  if (mark) made.className = mark;
  cells.forEach((text, place) => {
    const { heading, number } = columns[place];
    const cell = place
      ? element("td", { role: "cell", "data-heading": heading }, text)
      : element("th", { role: "rowheader", scope: "row", "data-heading": heading }, text);
    if (number) cell.className = "number";
    if (text === NOTHING) cell.classList.add("nothing");
    if (ADDRESS.test(text)) cell.replaceChildren(link(text));
    if (!place && mark === "own") cell.append(element("span", { class: "unseen" }, " (this area)"));
    made.append(cell);
  });
  return made;
}

// A cell that is an address and nothing else leads there; the whole address is read by who hears it.
function link(address) {
  const named = new URL(address).hostname.replace(/^www\./, "");
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, named);
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  set(made, attributes);
  made.textContent = text;
  return made;
}

function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
}
