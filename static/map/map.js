// The map of Places: outlines, names, schools and arrows as SVG, fitted to the size at which it is drawn.
//
// What it draws comes whole from sendlib/pictures/places_map.py (the drawing); what never changes is fetched once from
// the files beside it. The wheel and one finger scroll the page; buttons, a mouse and two fingers move the map.

import { distance, element, mark } from "./elements.js";
import { drawGround, drawOver, keepHatched } from "./ground.js";
import * as labels from "./labels.js";
import { drawArrows, drawOwnPoints, drawSchools } from "./marks.js";
import { nameAreas, nameHexagons } from "./names.js";
import { fetched, outlinesOf } from "./shapes.js";
import { STYLE } from "./style.js";
import { fitted, moved, onScreen, project, zoomed } from "./view.js";

const CLICK = 5; // pixels that a mouse may move in a click
const STEP = 1.6; // by which a button enlarges
const PAN = 60; // pixels by which an arrow key moves the map

/** Draw a map in a parent, or change the one that it has. `tell(name, value)` hears what a reader chose. */
export async function draw(parent, drawing, tell) {
  const map = (parent.sendMap ??= new SendMap(parent));
  await map.show(drawing, tell);
  return () => map.end();
}

class SendMap {
  constructor(parent) {
    this.root = element("div", { class: "map" });
    this.style = element("style", {}, STYLE);
    parent.append(this.style, this.root);
    this.svg = mark("svg", { tabindex: 0, role: "group" });
    this.world = mark("g", {});
    this.ground = mark("g", {});
    this.over = mark("g", {});
    this.world.append(this.ground, this.over);
    this.marks = mark("g", {});
    this.svg.append(this.world, this.marks);
    this.key = element("div", { class: "in-key" });
    this.tip = element("div", { class: "tip", hidden: "" });
    this.failed = element("p", { class: "failed", hidden: "" });
    this.buttons = element("div", { class: "buttons" });
    this.credit = element("p", { class: "credit" });
    this.root.append(this.svg, this.key, this.buttons, this.credit, this.tip, this.failed);
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.svg);
    this.turn = 0;
    this.listen();
  }

  end() {
    this.watcher.disconnect();
  }

  async show(drawing, tell) {
    const turn = ++this.turn;
    this.tell = tell;
    try {
      const files = await this.fetchAll(drawing);
      if (turn !== this.turn) return; // a later drawing overtook this one
      this.failed.hidden = true;
      this.take(drawing, files);
    } catch (error) {
      if (turn !== this.turn) return;
      this.failed.hidden = false;
      this.failed.textContent = `${drawing.words.failed} (${error.message})`;
      this.root.dataset.ready = "failed";
    }
  }

  async fetchAll(drawing) {
    const names = Object.keys(drawing.files);
    const files = await Promise.all(names.map((name) => fetched(drawing.files[name])));
    return Object.fromEntries(names.map((name, at) => [name, files[at]]));
  }

  take(drawing, files) {
    const [before, look] = [this.look, JSON.stringify([drawing.plane, drawing.ends])];
    Object.assign(this, { drawing, files, look, plane: drawing.plane });
    this.areas = outlinesOf(files.areas, this.plane);
    this.style.textContent = STYLE + drawing.onPaper;
    this.root.style.setProperty("--height", `${drawing.height}px`);
    this.root.classList.toggle("large", drawing.large);
    this.root.setAttribute("data-area", drawing.named);
    this.ground.setAttribute("role", "img"); // not before it has words: an image without them is a barrier
    this.ground.setAttribute("aria-label", drawing.alt);
    this.svg.setAttribute("aria-label", drawing.words.moved);
    drawGround(this);
    drawOver(this);
    this.drawKey();
    this.drawButtons();
    this.credit.textContent = files.towns && !this.plane ? drawing.words.credit : "";
    if (before !== look) this.view = undefined;
    this.hideTip();
    this.resized();
  }

  get size() {
    return { width: this.svg.clientWidth, height: this.svg.clientHeight };
  }

  /** Fit the map to a new size, or to a new area; a reader's own view of an area is kept. */
  resized() {
    if (!this.drawing || !this.size.width) return;
    const { width, height } = this.size;
    const same = this.fittedTo && this.fittedTo.width === width && this.fittedTo.height === height;
    if (!this.view || (!same && !this.movedByReader)) this.back();
    else this.render();
  }

  back() {
    this.fittedTo = this.size;
    this.movedByReader = false;
    const { width, height } = this.size;
    const key = this.keyIsWithin() ? this.key.offsetWidth + 12 : 0;
    const pads = [this.buttons.offsetHeight, 0, 0, width > 2 * key ? key : 0];
    this.view = fitted(this.drawing.ends, width, height, this.plane, pads);
    const whole = fitted(this.drawing.whole, width, height, this.plane).scale;
    this.limits = [Math.min(whole, this.view.scale), Math.max(whole * 260, this.view.scale)];
    this.render();
  }

  /** Whether the key lies on the map: on a phone it stands below it. */
  keyIsWithin() {
    return !this.key.hidden && getComputedStyle(this.key).position === "absolute";
  }

  /** Enlarge around the middle; as far out as can be, all that there is is seen. */
  zoom(factor) {
    const { width, height } = this.size;
    const view = zoomed(this.view, factor, [width / 2, height / 2], this.size, this.limits);
    const whole = fitted(this.drawing.whole, width, height, this.plane);
    this.change(factor < 1 && view.scale <= whole.scale ? whole : view);
  }

  change(view) {
    this.view = view;
    this.movedByReader = true;
    this.hideTip();
    this.render();
  }

  // What is drawn once a drawing

  drawKey() {
    const { key } = this.drawing;
    this.key.hidden = !key;
    this.key.replaceChildren();
    if (!key) return;
    this.key.append(element("p", {}, key.heading));
    const list = element("ul", {});
    for (const one of key.entries) {
      const item = element("li", {});
      const images = [["on-screen", one.image], ["on-paper", one.paper]];
      item.append(...images.map(([kind, src]) => element("img", { class: kind, src, width: one.width, height: 18, alt: "" })));
      item.append(element("span", {}, one.words));
      list.append(item);
    }
    this.key.append(list);
  }

  drawButtons() {
    const { words } = this.drawing;
    const all = [
      ["+", words.larger, () => this.zoom(STEP)],
      ["\u2212", words.smaller, () => this.zoom(1 / STEP)],
      [words.back, words.back, () => this.back()],
    ];
    this.buttons.replaceChildren(
      ...all.map(([text, name, act]) => {
        const button = element("button", { type: "button", "aria-label": name, title: name }, text);
        button.addEventListener("click", act);
        return button;
      }),
    );
  }

  // What is drawn at every view

  render() {
    const { scale, x, y } = this.view;
    const { width, height } = this.size;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.world.setAttribute("transform", `translate(${width / 2 - x * scale} ${height / 2 - y * scale}) scale(${scale})`);
    keepHatched(this);
    this.marks.replaceChildren();
    this.names = new labels.Places(this.size, this.takenByControls());
    drawSchools(this);
    const drawnArrows = drawArrows(this);
    drawOwnPoints(this);
    if (this.plane) nameHexagons(this);
    else nameAreas(this, drawnArrows);
    this.root.dataset.ready = this.drawing.named;
  }

  /** The boxes of the key, the buttons and the line of sources, in pixels. */
  takenByControls() {
    return [this.key, this.buttons, this.credit]
      .filter((one) => !one.hidden && one.offsetWidth && getComputedStyle(one).position === "absolute")
      .map((one) => [one.offsetLeft - 3, one.offsetTop - 3, one.offsetLeft + one.offsetWidth + 3, one.offsetTop + one.offsetHeight + 3]);
  }

  at(place) {
    return onScreen(project(place, this.plane), this.view, this.size);
  }

  // What a reader does

  listen() {
    const { svg } = this;
    let [from, fingers] = [undefined, undefined];
    svg.addEventListener("pointermove", (event) => {
      if (from && event.pointerType === "mouse" && event.buttons === 1) {
        const at = this.pixels(event);
        if (from.moved || distance(at, from.at) > CLICK) {
          this.change(moved(this.view, at[0] - from.at[0], at[1] - from.at[1]));
          from = { at, moved: true };
        }
      } else if (event.pointerType === "mouse") this.point(event);
    });
    svg.addEventListener("pointerdown", (event) => {
      from = { at: this.pixels(event), moved: false };
    });
    svg.addEventListener("click", (event) => {
      if (!from?.moved) this.choose(event);
      from = undefined;
    });
    svg.addEventListener("pointerleave", () => this.hideTip());
    svg.addEventListener("focusin", (event) => this.tipOf(event.target));
    svg.addEventListener("focusout", () => this.hideTip());
    svg.addEventListener("keydown", (event) => this.pressed(event));
    // Two fingers move and zoom the map; one scrolls the page.
    const both = (event) => [...event.touches].map((touch) => this.pixels(touch));
    svg.addEventListener("touchstart", (event) => {
      fingers = event.touches.length === 2 ? both(event) : undefined;
    }, { passive: true });
    svg.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2 || !fingers) return;
      event.preventDefault();
      const now = both(event);
      const middle = (pair) => [(pair[0][0] + pair[1][0]) / 2, (pair[0][1] + pair[1][1]) / 2];
      const [was, is] = [middle(fingers), middle(now)];
      const factor = distance(...now) / Math.max(distance(...fingers), 1);
      this.change(moved(zoomed(this.view, factor, was, this.size, this.limits), is[0] - was[0], is[1] - was[1]));
      fingers = now;
    }, { passive: false });
  }

  /** Where an event is, in pixels of the map: a page may be enlarged as a whole. */
  pixels({ clientX, clientY }) {
    const box = this.root.getBoundingClientRect();
    const enlarged = box.width / this.root.offsetWidth || 1;
    return [(clientX - box.left) / enlarged, (clientY - box.top) / enlarged];
  }

  point(event) {
    const at = this.pixels(event);
    if (event.target.dataset.area !== undefined) this.showTip(this.areaWords(Number(event.target.dataset.area)), at);
    else this.tipOf(event.target, at);
  }

  choose(event) {
    const { target } = event;
    if (target.dataset.area === undefined) this.tipOf(target, this.pixels(event));
    else this.tell("area", this.files.areas.codes[Number(target.dataset.area)]);
  }

  /** What is said of a mark: of a school its name and the rest, of an arrow who went where. */
  tipOf(target, at) {
    const group = target.closest?.("[data-words]");
    if (target.classList?.contains("school")) {
      const [x, y] = target.getAttribute("transform").match(/[-\d.]+/g).map(Number);
      this.showTip(target.getAttribute("aria-label").split(". "), [x, y]);
    } else if (group) this.showTip([group.dataset.words], at ?? [this.size.width / 2, this.size.height / 2]);
    else this.hideTip();
  }

  areaWords(at) {
    const name = this.files.areas.names[at];
    return [name, `${this.drawing.heading}: ${this.drawing.figures[at]}`];
  }

  showTip(lines, [x, y]) {
    this.tip.replaceChildren(...lines.map((line, at) => element(at ? "span" : "strong", {}, line)));
    this.tip.hidden = false;
    const { width, height } = this.size;
    const [wide, high] = [this.tip.offsetWidth, this.tip.offsetHeight];
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, width - wide - 4))}px`;
    this.tip.style.top = `${y + 16 + high < height ? y + 16 : Math.max(4, y - high - 14)}px`;
  }

  hideTip() {
    this.tip.hidden = true;
  }

  /** The arrow keys move the map when it has the focus. */
  pan(event) {
    const way = { ArrowRight: [-1, 0], ArrowDown: [0, -1], ArrowLeft: [1, 0], ArrowUp: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    this.change(moved(this.view, way[0] * PAN, way[1] * PAN));
  }

  /** The keys of the marks of schools: left and right to the one before and after, Escape hides what is said. */
  pressed(event) {
    const schools = [...this.marks.querySelectorAll(".school[data-own]")];
    const all = schools.length ? schools : [...this.marks.querySelectorAll(".school")];
    const at = all.indexOf(event.target);
    if (event.key === "Escape") this.hideTip();
    if (event.target === this.svg) this.pan(event);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  }
}
