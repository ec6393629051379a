// Which names a map has, and where: the area, who lies around it, countries, districts and towns; or hexagons.

import { distance, mark } from "./elements.js";
import { districtsOf } from "./ground.js";
import * as labels from "./labels.js";
import { holds } from "./shapes.js";
import { inWorld } from "./view.js";

const MANY = 30; // authorities in the picture, above which the largest towns are named first
const LARGE = 250000; // people of such a town
const GRID = 34; // pixels between the points at which the picture is searched for what is seen of an area

/** All names but those at arrows. `named`: the codes of authorities that have theirs at one. */
export function nameAreas(map, named) {
  const larger = map.drawing.large ? 1.32 : 1;
  const style = (size, more = {}) => ({ size: Math.round(size * larger), ...more });
  // Of several authorities together their own names say more; of two areas side by side each is named.
  for (const one of map.drawing.outlines.filter(({ areas }, _, all) => all.length > 1 || areas.length === 1)) {
    put(map, [one.name], map.at(one.at), style(16, { bold: true }), "own-name", { fill: one.colour, dodge: true, over: true });
  }
  const own = new Set(map.drawing.outlines.flatMap((one) => one.areas));
  const seen = seenOf(map);
  const said = new Set(map.drawing.outlines.map((one) => one.name));
  if (seen.size > MANY) nameTowns(map, style(14), said, LARGE);
  const there = new Set(named.flatMap((code) => code.split(";")));
  const others = [...seen.keys()].filter((at) => (!own.has(at) || isPart(map, at)) && !there.has(map.files.areas.codes[at]) && !said.has(map.files.areas.names[at]));
  others.sort((one, other) => seen.get(other).length - seen.get(one).length);
  for (const at of others) {
    if (nameSeen(map, map.files.areas.names[at], at, seen.get(at), style(13.5, { bold: true }))) said.add(map.files.areas.names[at]);
  }
  nameBeyond(map, style(14, { italic: true }));
  for (const { name, at } of districtsOf(map)) {
    put(map, [name], map.at(map.files.districts.labels[at]), style(12.5, { italic: true }), "district-name", { dodge: true });
  }
  nameTowns(map, style(13), said);
}

/** Whether an authority is one of several that are looked at together. */
function isPart(map, at) {
  return map.drawing.outlines.some((one) => one.areas.length > 1 && one.areas.includes(at));
}

/** What of the areas is in the picture: for each that is, the points of a grid that lie in it. */
function seenOf(map) {
  const { width, height } = map.size;
  const found = new Map();
  for (let x = GRID / 2; x < width; x += GRID) {
    for (let y = GRID / 2; y < height; y += GRID) {
      const point = inWorld([x, y], map.view, map.size);
      const at = map.areas.findIndex((shape) => holds(shape, point));
      if (at >= 0) found.set(at, [...(found.get(at) ?? []), [x, y]]);
    }
  }
  return found;
}

/** The name of an area at its own point, or as near as may be to the middle of what is seen of it. */
function nameSeen(map, name, at, points, style) {
  const lines = map.drawing.shades[at] < 0 ? [...onLines(name), map.drawing.words.missing] : onLines(name);
  const box = labels.boxOf(lines, style);
  const middle = points.reduce(([x, y], one) => [x + one[0] / points.length, y + one[1] / points.length], [0, 0]);
  const nearest = points.slice().sort((one, other) => distance(one, middle) - distance(other, middle)).slice(0, 12);
  const place = map.names.take([map.at(map.files.areas.labels[at]), ...nearest], box);
  if (place) write(map, lines, place, style, "area-name", { "data-name": name });
  return Boolean(place);
}

function nameBeyond(map, style) {
  const { beyond } = map.files;
  beyond?.names.forEach((name, at) => {
    const box = labels.boxOf([name], style);
    const place = map.names.take(beyond.labels[at].map((one) => map.at(one)), box);
    if (place) write(map, [name], place, style, "beyond-name");
  });
}

/** The towns in the picture, the largest first, of at least so many people; none whose name was `said`. */
function nameTowns(map, style, said, least = 0) {
  const { width, height } = map.size;
  const most = Math.round((width * height) / 22000);
  let drawn = 0;
  for (const [name, longitude, latitude, people] of map.files.towns?.towns ?? []) {
    if (drawn >= most || people < least) break;
    const [x, y] = map.at([longitude, latitude]);
    if (x < 0 || y < 0 || x > width || y > height || said.has(name)) continue;
    if (put(map, [name], [x, y], style, "town", { gap: 5 })) {
      drawn += 1;
      said.add(name);
      map.marks.append(mark("circle", { class: "town-dot", cx: x.toFixed(1), cy: y.toFixed(1), r: 2.5 }));
    }
  }
}

/** A name at a point (or beside it, where it has a `gap`), unless something is there. */
export function put(map, lines, at, style, kind, { gap, fill, dodge, over } = {}) {
  const box = labels.boxOf(lines, style);
  const middles = gap ? labels.beside(at, box, gap) : dodge ? labels.near(at, box) : [at];
  const place = map.names.take(middles, box, over);
  if (place) write(map, lines, place, style, kind, { fill });
  return Boolean(place);
}

export function nameHexagons(map) {
  const [left, , right] = map.areas[0].box;
  const room = (right - left) * map.view.scale * 0.94;
  map.files.areas.short.forEach((lines, at) => {
    const size = Math.min(room / (0.56 * Math.max(...lines.map((line) => line.length), 5)), room / 3.4, map.drawing.large ? 20 : 15);
    if (size < (map.drawing.large ? 12 : 9)) return;
    const dark = map.drawing.shades[at] === map.drawing.colours.length - 1;
    write(map, lines, map.at(map.files.areas.labels[at]), { size, bold: true }, dark ? "hexagon-name dark" : "hexagon-name");
  });
}

export function write(map, lines, [x, y], style, kind, { fill, ...more } = {}) {
  const text = mark("text", { class: kind, ...more, style: `font: ${labels.font(style)}${fill ? `; fill: ${fill}` : ""}` });
  const first = y - ((lines.length - 1) * style.size * 1.15) / 2 + style.size * 0.34;
  lines.forEach((line, at) => {
    text.append(mark("tspan", { x: x.toFixed(1), y: (first + at * style.size * 1.15).toFixed(1) }, line));
  });
  map.marks.append(text);
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
