// The ground: shaded areas, what lies beyond them, districts, and the outlines of what is looked at.

import { mark } from "./elements.js";
import { around, outline, outlinesOf } from "./shapes.js";
import { project } from "./view.js";

export function drawGround(map) {
  const { drawing, files } = map;
  map.ground.replaceChildren();
  if (files.beyond) {
    for (const shape of outlinesOf(files.beyond, map.plane)) map.ground.append(mark("path", { class: "beyond", d: shape.d }));
  }
  map.ground.append(hatched());
  map.areas.forEach((shape, at) => {
    const one = drawing.shades[at];
    const fill = one < 0 ? "url(#not-available)" : drawing.colours[one];
    map.ground.append(mark("path", { class: "area", d: shape.d, fill, "data-area": at }));
  });
  districtsOf(map).forEach(({ shape }) => map.ground.append(mark("path", { class: "district", d: shape.d })));
}

/** What areas without a figure are filled with, so that none looks like the lowest shade on a light page or a dark one. */
function hatched() {
  const pattern = mark("pattern", { id: "not-available", patternUnits: "userSpaceOnUse", width: 8, height: 8 });
  pattern.append(mark("rect", { class: "bare", width: 8, height: 8 }), mark("rect", { class: "hatch", y: 3.4, width: 8, height: 1.2 }));
  return pattern;
}

/** The lines keep their width however near the map is looked at. */
export function keepHatched(map) {
  map.ground.querySelector("pattern")?.setAttribute("patternTransform", `scale(${1 / map.view.scale}) rotate(45)`);
}

/** The districts of the counties that are looked at: shape and name. */
export function districtsOf(map) {
  const { districts } = map.files;
  if (!districts || map.plane) return [];
  const own = new Set(map.drawing.outlines.flatMap((one) => one.areas));
  const shapes = outlinesOf(districts, map.plane);
  return shapes.flatMap((shape, at) => (own.has(districts.counties[at]) ? [{ shape, at, name: districts.names[at] }] : []));
}

export function drawOver(map) {
  map.over.replaceChildren();
  for (const one of map.drawing.outlines) {
    const d = around(one.areas.map((at) => map.areas[at]));
    map.over.append(mark("path", { class: "edge", d }), mark("path", { class: "own", d, stroke: one.colour, "data-own": one.code }));
  }
  for (const one of map.drawing.marked) {
    const { d } = outline(one.rings.map((ring) => ring.map((point) => project(point, map.plane))));
    map.over.append(mark("path", { class: "edge", d }), mark("path", { class: "marked", d }));
  }
}
