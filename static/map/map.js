// The map of Places: outlines, names, schools and arrows as SVG, fitted to the size at which it is drawn.
//
// What it draws comes whole from sendlib/pictures/places_map.py (the drawing); what never changes is fetched once from
// the files beside it. The wheel and one finger scroll the page; buttons, a mouse and two fingers move the map.

import * as arrows from "./arrows.js";
import * as labels from "./labels.js";
import * as symbols from "./symbols.js";
import { around, fetched, holds, outline, outlinesOf } from "./shapes.js";
import { fitted, inWorld, moved, onScreen, project, zoomed } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const CLICK = 5; // pixels that a mouse may move in a click
const STEP = 1.6; // by which a button enlarges
const GRID = 34; // pixels between the points at which the picture is searched for what is seen of an area
const MOST_IN_FULL = 150; // schools in the picture, above which those of other areas are small dots
const EDGES = [26, 16, 26, 16];

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
    this.svg = mark("svg", {});
    this.world = mark("g", {});
    this.ground = mark("g", { role: "img" });
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
    this.watcher.observe(this.root);
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
    this.root.style.setProperty("--height", `${drawing.height}px`);
    this.root.classList.toggle("large", drawing.large);
    this.root.setAttribute("data-area", drawing.named);
    this.ground.setAttribute("aria-label", drawing.alt);
    this.drawGround();
    this.drawOver();
    this.drawKey();
    this.drawButtons();
    this.credit.textContent = files.towns && !this.plane ? drawing.words.credit : "";
    if (before !== look) this.view = undefined;
    this.hideTip();
    this.resized();
  }

  get size() {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
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
    const key = this.key.hidden ? 0 : this.key.offsetWidth + 12;
    const pads = [this.buttons.offsetHeight, 0, 0, width > 2 * key ? key : 0];
    this.view = fitted(this.drawing.ends, width, height, this.plane, pads);
    const whole = fitted(this.drawing.whole, width, height, this.plane).scale;
    this.limits = [Math.min(whole, this.view.scale), Math.max(whole * 260, this.view.scale)];
    this.render();
  }

  change(view) {
    this.view = view;
    this.movedByReader = true;
    this.hideTip();
    this.render();
  }

  // What is drawn once a drawing

  drawGround() {
    const { drawing, files } = this;
    this.ground.replaceChildren();
    if (files.beyond) {
      for (const shape of outlinesOf(files.beyond, this.plane)) this.ground.append(mark("path", { class: "beyond", d: shape.d }));
    }
    this.areas.forEach((shape, at) => {
      const one = drawing.shades[at];
      const fill = one < 0 ? drawing.missing : drawing.colours[one];
      this.ground.append(mark("path", { class: "area", d: shape.d, fill, "data-area": at }));
    });
    this.districtsOf().forEach(({ shape }) => this.ground.append(mark("path", { class: "district", d: shape.d })));
  }

  /** The districts of the counties that are looked at: shape and name. */
  districtsOf() {
    const { districts } = this.files;
    if (!districts || this.plane) return [];
    const own = new Set(this.drawing.outlines.flatMap((one) => one.areas));
    const shapes = outlinesOf(districts, this.plane);
    return shapes.flatMap((shape, at) => (own.has(districts.counties[at]) ? [{ shape, at, name: districts.names[at] }] : []));
  }

  drawOver() {
    this.over.replaceChildren();
    for (const one of this.drawing.outlines) {
      const d = around(one.areas.map((at) => this.areas[at]));
      this.over.append(mark("path", { class: "edge", d }), mark("path", { class: "own", d, stroke: one.colour, "data-own": one.code }));
    }
    for (const one of this.drawing.marked) {
      const { d } = outline(one.rings.map((ring) => ring.map((point) => project(point, this.plane))));
      this.over.append(mark("path", { class: "edge", d }), mark("path", { class: "marked", d }));
    }
  }

  drawKey() {
    const { key } = this.drawing;
    this.key.hidden = !key;
    this.key.replaceChildren();
    if (!key) return;
    this.key.append(element("p", {}, key.heading));
    const list = element("ul", {});
    for (const one of key.entries) {
      const item = element("li", {});
      item.append(element("img", { src: one.image, width: one.width, height: 18, alt: "" }), element("span", {}, one.words));
      list.append(item);
    }
    this.key.append(list);
  }

  drawButtons() {
    const { words } = this.drawing;
    const middle = () => [this.size.width / 2, this.size.height / 2];
    const all = [
      ["+", words.larger, () => this.change(zoomed(this.view, STEP, middle(), this.size, this.limits))],
      ["\u2212", words.smaller, () => this.change(zoomed(this.view, 1 / STEP, middle(), this.size, this.limits))],
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
    this.marks.replaceChildren();
    this.names = new labels.Places(this.size, this.takenByControls());
    this.drawSchools();
    const drawnArrows = this.drawArrows();
    this.drawOwnPoints();
    if (this.plane) this.nameHexagons();
    else this.nameAreas(drawnArrows);
    this.root.dataset.ready = this.drawing.named;
  }

  /** The boxes of the key, the buttons and the line of sources, in pixels. */
  takenByControls() {
    return [this.key, this.buttons, this.credit]
      .filter((one) => !one.hidden && one.offsetWidth)
      .map((one) => [one.offsetLeft - 3, one.offsetTop - 3, one.offsetLeft + one.offsetWidth + 3, one.offsetTop + one.offsetHeight + 3]);
  }

  at(place) {
    return onScreen(project(place, this.plane), this.view, this.size);
  }

  drawArrows() {
    const larger = this.drawing.large ? 1.3 : 1;
    const [found, over] = [[], this.takenByControls()];
    for (const one of this.drawing.arrows) {
      const [from, to] = [this.at(one.from), this.at(one.to)];
      const whole = arrows.curve(from, to);
      const cut = one.way === "in" ? intoArea(whole, this.ownRadius(one.to)) : whole;
      const seen = arrows.within(cut, this.size, EDGES, over);
      const drawn = seen && arrows.arrow(seen.points, one.width);
      if (!drawn) continue;
      const group = mark("g", { class: `arrow ${one.way}`, "data-words": one.words });
      group.append(
        mark("path", { class: "casing", d: drawn.line, "stroke-width": one.width + 3 }),
        mark("path", { class: "shaft", d: drawn.line, "stroke-width": one.width, stroke: one.colour, "stroke-dasharray": one.way === "in" ? `${one.width + 5} 4` : null }),
        mark("path", { class: "head", d: drawn.head, fill: one.colour }),
      );
      this.marks.append(group);
      const text = seen.began || seen.goesOn ? `${one.name} ${one.number}` : one.number;
      found.push({ one, drawn, text, style: { size: Math.round(14 * larger), bold: true } });
    }
    for (const { one, drawn, text, style } of found) {
      const box = labels.boxOf([text], style);
      const middle = this.names.take(arrows.beyond(drawn, box), box);
      if (middle) this.write([text], middle, style, "number", { fill: one.colour, "data-arrow": `${one.way} ${one.code}` });
    }
    return found.map(({ one }) => one.code);
  }

  /** Pixels from the middle of an area of this picture to about its border. */
  ownRadius(place) {
    const point = project(place, this.plane);
    const own = this.drawing.outlines.flatMap((one) => one.areas).map((at) => this.areas[at]);
    const shape = own.find((one) => holds(one, point));
    if (!shape) return 20;
    const [left, top, right, bottom] = shape.box;
    return Math.min(Math.sqrt((right - left) * (bottom - top)) * this.view.scale * 0.3, 120);
  }

  drawSchools() {
    const group = mark("g", { class: "schools", role: "group", "aria-label": this.drawing.words.schools });
    const { schools } = this.drawing;
    if (!schools || this.plane) return;
    this.marks.append(group);
    const file = this.files.schools;
    const { width, height } = this.size;
    const own = this.drawing.outlines.flatMap((one) => one.areas);
    const larger = this.drawing.large ? 1.35 : 1;
    const seen = [];
    for (const row of file.schools) {
      const point = project([row[1], row[2]], this.plane);
      const [x, y] = onScreen(point, this.view, this.size);
      if (x < -8 || y < -8 || x > width + 8 || y > height + 8) continue;
      // Many schools of the register shipped are of no known authority: those that stand in the area count as well.
      const here = own.includes(row[6]) || own.some((at) => holds(this.areas[at], point));
      seen.push({ row, x, y, here });
    }
    const crowded = seen.length > MOST_IN_FULL;
    for (const one of seen) {
      if (one.here || !own.length) one.r = symbols.radius(one.row[4], crowded && !own.length ? 0.5 : larger);
      else one.r = crowded ? 2 : symbols.radius(one.row[4], 0.6 * larger);
    }
    // Those of the area lie on the others, and small ones on large ones.
    seen.sort((one, other) => one.here - other.here || other.r - one.r);
    for (const { row, x, y, here, r } of seen) {
      if (here) this.names.avoided.push([x - r, y - r, x + r, y + r]);
      const words = schoolWords(row, schools, file);
      const hollow = row[4] === null;
      const colour = schools.colours[row[3]];
      group.append(
        mark("path", {
          class: here || !own.length ? "school" : "school elsewhere",
          d: symbols.shape(row[3], r),
          transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
          fill: hollow ? "#ffffff" : colour,
          stroke: hollow ? colour : "#ffffff",
          "stroke-width": hollow ? 2.5 : 1.2,
          role: "img",
          tabindex: -1,
          "aria-label": words.join(". "),
          "data-own": here ? "" : null,
        }),
      );
    }
    rove(group);
  }

  drawOwnPoints() {
    const larger = this.drawing.large ? 1.3 : 1;
    for (const one of this.drawing.points) {
      const [x, y] = this.at(one.at);
      this.marks.append(
        mark("path", { class: "own-point", d: symbols.star(8 * larger), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, role: "img", "aria-label": one.words, "data-words": one.words }),
      );
      this.name([one.name], [x, y], { size: Math.round(13 * larger), bold: true }, "point-name", { gap: 9 });
    }
  }

  // Names

  nameAreas(withArrows) {
    const larger = this.drawing.large ? 1.32 : 1;
    const style = (size, more = {}) => ({ size: Math.round(size * larger), ...more });
    for (const one of this.drawing.outlines) {
      this.name([one.name], this.at(one.at), style(16, { bold: true }), "own-name", { fill: one.colour, dodge: true });
    }
    const own = new Set(this.drawing.outlines.flatMap((one) => one.areas));
    const seen = this.seenOf();
    const withArrow = new Set(withArrows.flatMap((code) => code.split(";")));
    const others = [...seen.keys()].filter((at) => !own.has(at) || this.isPart(at));
    others.sort((one, other) => withArrow.has(this.files.areas.codes[other]) - withArrow.has(this.files.areas.codes[one]) || seen.get(other).length - seen.get(one).length);
    for (const at of others) this.nameSeen(this.files.areas.names[at], at, seen.get(at), style(13.5, { bold: true }));
    this.nameBeyond(style(14, { italic: true }));
    for (const { name, at } of this.districtsOf()) {
      this.name([name], this.at(this.files.districts.labels[at]), style(12.5, { italic: true }), "district-name", { dodge: true });
    }
    this.nameTowns(style(13));
  }

  /** Whether an authority is one of several that are looked at together. */
  isPart(at) {
    return this.drawing.outlines.some((one) => one.areas.length > 1 && one.areas.includes(at));
  }

  /** What of the areas is in the picture: for each that is, the points of a grid that lie in it. */
  seenOf() {
    const { width, height } = this.size;
    const found = new Map();
    for (let x = GRID / 2; x < width; x += GRID) {
      for (let y = GRID / 2; y < height; y += GRID) {
        const point = inWorld([x, y], this.view, this.size);
        const at = this.areas.findIndex((shape) => holds(shape, point));
        if (at >= 0) found.set(at, [...(found.get(at) ?? []), [x, y]]);
      }
    }
    return found;
  }

  /** The name of an area at its own point, or as near as may be to the middle of what is seen of it. */
  nameSeen(name, at, points, style) {
    const lines = this.drawing.shades[at] < 0 ? [...onLines(name), this.drawing.words.missing] : onLines(name);
    const box = labels.boxOf(lines, style);
    const middle = points.reduce(([x, y], one) => [x + one[0] / points.length, y + one[1] / points.length], [0, 0]);
    const nearest = points.slice().sort((one, other) => distance(one, middle) - distance(other, middle)).slice(0, 12);
    const place = this.names.take([this.at(this.files.areas.labels[at]), ...nearest], box);
    if (place) this.write(lines, place, style, "area-name", { "data-name": name });
  }

  nameBeyond(style) {
    const { beyond } = this.files;
    beyond?.names.forEach((name, at) => {
      const box = labels.boxOf([name], style);
      const place = this.names.take(beyond.labels[at].map((one) => this.at(one)), box);
      if (place) this.write([name], place, style, "beyond-name");
    });
  }

  nameTowns(style) {
    const { width, height } = this.size;
    const most = Math.round((width * height) / 22000);
    const said = new Set(this.drawing.outlines.map((one) => one.name));
    let drawn = 0;
    for (const [name, ...place] of this.files.towns?.towns ?? []) {
      if (drawn >= most) break;
      const [x, y] = this.at(place);
      if (x < 0 || y < 0 || x > width || y > height || said.has(name)) continue;
      if (this.name([name], [x, y], style, "town", { gap: 5 })) {
        drawn += 1;
        this.marks.append(mark("circle", { class: "town-dot", cx: x.toFixed(1), cy: y.toFixed(1), r: 2.5 }));
      }
    }
  }

  /** A name at a point (or beside it, where it has a `gap`), unless something is there. */
  name(lines, at, style, kind, { gap, fill, dodge } = {}) {
    const box = labels.boxOf(lines, style);
    const middles = gap ? labels.beside(at, box, gap) : dodge ? labels.near(at, box) : [at];
    const place = this.names.take(middles, box);
    if (place) this.write(lines, place, style, kind, { fill });
    return Boolean(place);
  }

  nameHexagons() {
    const [left, , right] = this.areas[0].box;
    const room = (right - left) * this.view.scale * 0.94;
    this.files.areas.short.forEach((lines, at) => {
      const size = Math.min(room / (0.56 * Math.max(...lines.map((line) => line.length), 5)), room / 3.4, this.drawing.large ? 20 : 15);
      if (size < (this.drawing.large ? 12 : 9)) return;
      const dark = this.drawing.shades[at] === this.drawing.colours.length - 1;
      this.write(lines, this.at(this.files.areas.labels[at]), { size, bold: true }, dark ? "hexagon-name dark" : "hexagon-name");
    });
  }

  write(lines, [x, y], style, kind, more = {}) {
    const text = mark("text", { class: kind, ...more, style: `font: ${labels.font(style)}` });
    const first = y - ((lines.length - 1) * style.size * 1.15) / 2 + style.size * 0.34;
    lines.forEach((line, at) => {
      text.append(mark("tspan", { x: x.toFixed(1), y: (first + at * style.size * 1.15).toFixed(1) }, line));
    });
    this.marks.append(text);
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

  /** The keys of the marks of schools: left and right to the one before and after, Escape hides what is said. */
  pressed(event) {
    const schools = [...this.marks.querySelectorAll(".school[data-own]")];
    const all = schools.length ? schools : [...this.marks.querySelectorAll(".school")];
    const at = all.indexOf(event.target);
    if (event.key === "Escape") this.hideTip();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  }
}

/** One of many marks can be reached by the Tab key; from there the arrow keys lead on. */
function rove(group) {
  const first = group.querySelector(".school[data-own]") ?? group.querySelector(".school");
  first?.setAttribute("tabindex", 0);
}

function schoolWords([name, , , kind, places, pupils, , needs], { words }, { kinds }) {
  const number = (value, unit) => (value === null ? `${unit} not given` : `${value} ${unit}`);
  return [
    name,
    kinds[kind],
    `${number(places, "places")}, ${number(pupils, "pupils")}`,
    needs ? `${words.needs}: ${needs.split(";").map((code) => words.needNames[code] ?? code).join(", ")}` : words.noNeeds,
    words.source,
  ];
}

/** The part of a curve into an area that ends near its border, so that heads lie apart. */
function intoArea(points, radius) {
  const end = points[points.length - 1];
  const last = points.findIndex((point) => distance(point, end) < radius);
  return last > 1 ? points.slice(0, last + 1) : points;
}

function onLines(name) {
  const words = name.split(" ");
  if (name.length < 15 || words.length < 2) return [name];
  let best = [name];
  for (let at = 1; at < words.length; at += 1) {
    const pair = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    if (longest(pair) < longest(best)) best = pair;
  }
  return best;
}

function longest(lines) {
  return Math.max(...lines.map((line) => line.length));
}

function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}

function element(tag, attributes, text) {
  return withAttributes(document.createElement(tag), attributes, text);
}

function mark(tag, attributes, text) {
  return withAttributes(document.createElementNS(SVG, tag), attributes, text);
}

function withAttributes(made, attributes, text) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  if (text !== undefined) made.textContent = text;
  return made;
}

const STYLE = `
.map { position: relative; height: var(--height); width: 100%; overflow: hidden; background: #e8eef2; border: 1px solid #b1b4b6; box-sizing: border-box; color: #0b0c0c; font-family: "Source Sans", Helvetica, Arial, sans-serif; }
@media (max-width: 640px) { .map { height: min(var(--height), 50vh); } }
svg { display: block; width: 100%; height: 100%; touch-action: pan-x pan-y; cursor: grab; user-select: none; }
svg path { vector-effect: non-scaling-stroke; }
.area { stroke: #6f777b; stroke-width: 0.8; cursor: pointer; }
.area:hover { stroke: #0b0c0c; stroke-width: 2; }
.beyond { fill: #dadddf; stroke: #a9b0b4; stroke-width: 0.8; }
.district { fill: none; stroke: #0b0c0c; stroke-width: 1; stroke-dasharray: 3 3; pointer-events: none; }
.edge, .own, .marked { fill: none; stroke-linecap: round; stroke-linejoin: round; pointer-events: none; }
.edge { stroke: #ffffff; stroke-width: 6.5; }
.own { stroke-width: 3.5; }
.marked { stroke: #0b0c0c; stroke-width: 2.5; }
.casing, .shaft { fill: none; }
.casing { stroke: #ffffff; stroke-opacity: 0.85; }
.head { stroke: #ffffff; stroke-width: 1.2; }
.school { cursor: pointer; paint-order: stroke; }
.school.elsewhere { opacity: 0.55; }
.school:focus, .school:hover { opacity: 1; outline: none; stroke: #0b0c0c; stroke-width: 3; }
.school:focus { filter: drop-shadow(0 0 3px #ffdd00) drop-shadow(0 0 2px #ffdd00); }
.own-point { fill: #0b0c0c; stroke: #ffdd00; stroke-width: 2; paint-order: stroke; }
text { text-anchor: middle; fill: #0b0c0c; paint-order: stroke; stroke: #ffffff; stroke-width: 3.5px; stroke-linejoin: round; pointer-events: none; }
.beyond-name, .district-name { fill: #383f43; }
.town { fill: #1d2326; }
.town-dot { fill: #0b0c0c; stroke: #ffffff; stroke-width: 1; pointer-events: none; }
.number { stroke-width: 4.5px; }
.hexagon-name { stroke: none; }
.hexagon-name.dark { fill: #ffffff; }
.in-key { position: absolute; left: 8px; bottom: 8px; background: rgba(255,255,255,.94); border: 1px solid #b1b4b6; padding: 5px 10px 6px; max-width: 264px; font-size: 18px; line-height: 1.2; pointer-events: none; }
.in-key[hidden] { display: none; }
.in-key p { margin: 0 0 3px; font-weight: 700; }
.in-key ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1px 12px; }
.in-key li { display: flex; gap: 7px; align-items: center; }
.in-key img { flex: none; }
.buttons { position: absolute; right: 8px; top: 8px; display: flex; gap: 6px; }
.buttons button { min-width: 40px; min-height: 40px; padding: 0 9px; border: 2px solid #0b0c0c; background: #ffffff; color: #0b0c0c; font: 600 16px "Source Sans", Helvetica, Arial, sans-serif; cursor: pointer; }
.buttons button:hover { background: #f3f2f1; }
.buttons button:focus-visible { outline: 3px solid #ffdd00; box-shadow: 0 0 0 5px #0b0c0c; }
.credit { position: absolute; right: 6px; bottom: 3px; margin: 0; font-size: 12px; color: #383f43; background: rgba(255,255,255,.8); padding: 0 4px; }
.large .credit { font-size: 13px; }
.tip { position: absolute; z-index: 3; max-width: min(21rem, 90%); padding: 5px 9px; background: #ffffff; border: 2px solid #0b0c0c; font-size: 15px; line-height: 1.3; pointer-events: none; }
.large .tip { font-size: 19px; }
.tip[hidden] { display: none; }
.tip strong, .tip span { display: block; }
.failed { position: absolute; inset: 0; margin: 0; padding: 1rem; background: #ffffff; }
.failed[hidden] { display: none; }
@media print { .buttons, .tip { display: none; } }
`;
