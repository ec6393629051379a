// What is fetched once: outlines, towns and schools, as static files of the app.

import { project } from "./view.js";

const held = new Map();

/** The content of a JSON file of the app, fetched once; a failed fetch may be tried again. */
export function fetched(address) {
  if (address.startsWith("held:")) return given(address);
  if (!held.has(address)) {
    const found = fetch(new URL(address, document.baseURI))
      .then((answer) => {
        if (!answer.ok) throw new Error(`${address} was not found (${answer.status})`);
        return answer.json();
      })
      .catch((error) => {
        held.delete(address);
        throw error;
      });
    held.set(address, found);
  }
  return held.get(address);
}

/** What the page itself gives in place of a file, when it has come. */
async function given(name) {
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    const content = globalThis.sendExplorerHeld?.get(name);
    if (content) return content;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${name} did not come`);
}

const PATIENCE = 60000; // milliseconds
const drawn = new WeakMap();

/** The shapes of a file in the world: `rings` of points, the path `d` that draws them and the `box` around them. */
export function outlinesOf(file, plane) {
  if (!drawn.has(file)) drawn.set(file, file.shapes.map((shape) => outline(shape.map((ring) => decoded(ring, file.scale, plane)))));
  return drawn.get(file);
}

/** The points of a ring, written as its first point and then the steps to the next ones, in whole parts of `scale`. */
function decoded(ring, scale, plane) {
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < ring.length; at += 2) {
    x += ring[at];
    y += ring[at + 1];
    points.push(project([x / scale, y / scale], plane));
  }
  return points;
}

/** A shape from rings of points of the world. */
export function outline(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { rings, box, d: rings.map((ring) => `M${ring.map(written).join("L")}Z`).join("") };
}

function written([x, y]) {
  return `${x.toFixed(4)} ${y.toFixed(4)}`;
}

/** The path around several shapes together. Neighbours share the points of their borders, so that every border within
 * stands twice in their rings, and what stands once is around them. */
export function around(shapes) {
  const edges = new Map();
  for (const ring of shapes.flatMap((shape) => shape.rings)) {
    ring.forEach((point, at) => {
      const ends = [written(point), written(ring[(at + 1) % ring.length])];
      const key = ends.slice().sort().join(" ");
      if (edges.has(key)) edges.delete(key);
      else edges.set(key, `M${ends[0]}L${ends[1]}`);
    });
  }
  return [...edges.values()].join("");
}

/** Whether a point of the world lies in a shape. */
export function holds(shape, [x, y]) {
  const [left, top, right, bottom] = shape.box;
  if (x < left || x > right || y < top || y > bottom) return false;
  let inside = false;
  for (const ring of shape.rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [[x1, y1], [x2, y2]] = [ring[at], ring[before]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}
