// The marks of schools and of a reader's own places. The size is the number of places; a shape says the kind as well.

/** The radius in pixels of a mark of so many places; of a school of which none are given, that of a hollow mark. */
export function radius(places, larger) {
  return larger * (places === null || places === undefined ? 4.5 : Math.min(2.5 + 0.5 * Math.sqrt(places), 14));
}

const SHAPES = [
  (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  (r) => polygon([0, 90, 180, 270], 1.2 * r),
  (r) => polygon([45, 135, 225, 315], 1.2 * r),
  (r) => polygon([0, 120, 240], 1.35 * r),
  (r) => polygon([180, 300, 60], 1.35 * r),
  (r) => polygon([0, 72, 144, 216, 288], 1.15 * r),
];

/** The path of the mark of a kind (its place among the kinds) around nought. */
export function shape(kind, r) {
  return SHAPES[kind % SHAPES.length](r);
}

/** The path of a star around nought: a reader's own place. */
export function star(r) {
  const points = Array.from({ length: 10 }, (_, at) => point(36 * at, at % 2 ? 0.5 * r : 1.3 * r));
  return `M${points.join("L")}Z`;
}

function polygon(angles, r) {
  return `M${angles.map((angle) => point(angle, r)).join("L")}Z`;
}

function point(angle, r) {
  const turned = (angle * Math.PI) / 180;
  return `${(r * Math.sin(turned)).toFixed(2)} ${(-r * Math.cos(turned)).toFixed(2)}`;
}
