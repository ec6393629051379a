// What lies on the ground: arrows of who travels, schools, and a reader's own places.

import * as arrows from "./arrows.js";
import { distance, mark } from "./elements.js";
import * as labels from "./labels.js";
import { put, write } from "./names.js";
import { holds } from "./shapes.js";
import * as symbols from "./symbols.js";
import { onScreen, project } from "./view.js";

const MOST_IN_FULL = 150; // schools in the picture, above which those of other areas are small dots
const EDGES = [26, 16, 26, 16]; // pixels at the edges in which no arrow ends

export function drawArrows(map) {
  const larger = map.drawing.large ? 1.3 : 1;
  const [found, over] = [[], map.takenByControls()];
  for (const one of map.drawing.arrows) {
    const [from, to] = [map.at(one.from), map.at(one.to)];
    const whole = arrows.curve(from, to);
    const cut = one.way === "in" ? intoArea(whole, ownRadius(map, one.to)) : whole;
    const seen = arrows.within(cut, map.size, EDGES, over);
    const drawn = seen && arrows.arrow(seen.points, one.width);
    if (!drawn) continue;
    const group = mark("g", { class: `arrow ${one.way}`, "data-words": one.words });
    group.append(
      mark("path", { class: "casing", d: drawn.line, "stroke-width": one.width + 3 }),
      mark("path", { class: "shaft", d: drawn.line, "stroke-width": one.width, stroke: one.colour, "stroke-dasharray": one.way === "in" ? `${one.width + 5} 4` : null }),
      mark("path", { class: "head", d: drawn.head, fill: one.colour }),
    );
    map.marks.append(group);
    found.push({ one, drawn, text: `${nameOf(map, one)} ${one.number}`, style: { size: Math.round(14 * larger), bold: true } });
  }
  const named = [];
  for (const { one, drawn, text, style } of found) {
    const box = labels.boxOf([text], style);
    const middle = map.names.take(arrows.beyond(drawn, box), box);
    if (middle && one.way === "out") named.push(one.code);
    if (middle) write(map, [text], middle, style, "number", { fill: one.colour, "data-arrow": `${one.way} ${one.code}` });
  }
  return named;
}

/** The other authority of an arrow as the map names it. */
function nameOf(map, { code, name }) {
  return map.files.areas.names[map.files.areas.codes.indexOf(code)] ?? name;
}

/** Pixels from the middle of an area of this picture, at a place, to about its border. */
function ownRadius(map, place) {
  const point = project(place, map.plane);
  const own = map.drawing.outlines.map((one) => one.areas.map((at) => map.areas[at]));
  const shapes = own.find((all) => all.some((shape) => holds(shape, point))) ?? own[0] ?? [];
  const ends = [0, 1, 2, 3].map((end) => (end < 2 ? Math.min : Math.max)(...shapes.map((shape) => shape.box[end])));
  const across = Math.sqrt((ends[2] - ends[0]) * (ends[3] - ends[1])) * map.view.scale;
  return Math.min(0.3 * across, 0.36 * map.size.height);
}

export function drawSchools(map) {
  const group = mark("g", { class: "schools", role: "group", "aria-label": map.drawing.words.schools });
  const { schools } = map.drawing;
  if (!schools || map.plane) return;
  map.marks.append(group);
  const file = map.files.schools;
  const { width, height } = map.size;
  const own = map.drawing.outlines.flatMap((one) => one.areas);
  const larger = map.drawing.large ? 1.35 : 1;
  const seen = [];
  for (const row of file.schools) {
    const point = project([row[1], row[2]], map.plane);
    const [x, y] = onScreen(point, map.view, map.size);
    if (x < -8 || y < -8 || x > width + 8 || y > height + 8) continue;
    // Many schools of the register shipped are of no known authority: those that stand in the area count as well.
    const here = own.includes(row[6]) || own.some((at) => holds(map.areas[at], point));
    seen.push({ row, x, y, here });
  }
  const crowded = seen.length > MOST_IN_FULL;
  for (const one of seen) {
    if (!own.length) one.r = symbols.radius(one.row[4], crowded ? 0.5 : larger);
    else if (one.here) one.r = symbols.radius(one.row[4], crowded ? 0.65 : larger);
    else one.r = crowded ? 2 : symbols.radius(one.row[4], 0.6 * larger);
  }
  // Those of the area lie on the others, and small ones on large ones.
  seen.sort((one, other) => one.here - other.here || other.r - one.r);
  for (const { row, x, y, here, r } of seen) {
    if (here) map.names.avoided.push([x - r, y - r, x + r, y + r]);
    const words = schoolWords(row, schools, file);
    const hollow = row[4] === null;
    const colour = schools.colours[row[3]];
    group.append(
      mark("path", {
        class: here || !own.length ? "school" : "school elsewhere",
        d: symbols.shape(row[3], r),
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        fill: hollow ? "var(--paper)" : colour,
        stroke: hollow ? colour : "var(--paper)",
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

export function drawOwnPoints(map) {
  const larger = map.drawing.large ? 1.3 : 1;
  for (const one of map.drawing.points) {
    const [x, y] = map.at(one.at);
    map.marks.append(
      mark("path", { class: "own-point", d: symbols.star(8 * larger), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, role: "img", "aria-label": one.words, "data-words": one.words }),
    );
    put(map, [one.name], [x, y], { size: Math.round(13 * larger), bold: true }, "point-name", { gap: 9 });
  }
}

/** One of many marks can be reached by the Tab key; from there the arrow keys lead on. */
function rove(group) {
  const first = group.querySelector(".school[data-own]") ?? group.querySelector(".school");
  first?.setAttribute("tabindex", 0);
}

/** What a school says of itself, a line each; `words.few`: a few pupils are not counted out. */
function schoolWords([name, , , kind, places, pupils, , needs], { words }, { kinds }) {
  const room = places === null ? "Places not given" : `${places} ${places === 1 ? "place" : "places"}`;
  return [
    name,
    kinds[kind],
    `${room}, ${pupilsInWords(pupils, words.few)}`,
    needs ? `${words.needs}: ${needs.split(";").map((code) => words.needNames[code] ?? code).join(", ")}` : words.noNeeds,
    words.source,
  ];
}

function pupilsInWords(pupils, few) {
  if (pupils === null) return "pupils not given";
  if (few && pupils > 0 && pupils < 5) return "fewer than 5 pupils";
  return `${pupils} ${pupils === 1 ? "pupil" : "pupils"}`;
}

/** The part of a curve into an area that ends near its border, so that heads lie apart. */
function intoArea(points, radius) {
  const end = points[points.length - 1];
  const last = points.findIndex((point) => distance(point, end) < radius);
  return last > 1 ? points.slice(0, last + 1) : points;
}
