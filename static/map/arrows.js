// Who travels: curved arrows, as wide as their pupils are many, with a number at each head.

const STEPS = 48;
const BEND = 0.16;
const LEAST_LENGTH = 34;

/** The curve of an arrow between two points in pixels: it bends to the left of its way, so that there and back lie
 * apart. A list of points. */
export function curve(from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const bend = [(from[0] + to[0]) / 2 + dy * BEND, (from[1] + to[1]) / 2 - dx * BEND];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    return [0, 1].map((axis) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * bend[axis] + t ** 2 * to[axis]);
  });
}

/** The part of a curve that lies in a picture of `size`, with room at its edges, and under none of the boxes `over` it:
 * what is left of it, and whether its beginning and its end lie outside. Nothing where no part of it does. */
export function within(points, size, [top, right, bottom, left], over) {
  const seen = ([x, y]) => x >= left && y >= top && x <= size.width - right && y <= size.height - bottom;
  const inside = (point) => seen(point) && !over.some((box) => covers(box, point));
  const first = points.findIndex(inside);
  if (first < 0) return undefined;
  let last = first;
  while (last + 1 < points.length && inside(points[last + 1])) last += 1;
  return { points: points.slice(first, last + 1), began: first > 0, goesOn: last + 1 < points.length };
}

/** An arrow along points: its line, which ends in the head, its head, and the way it points at its end. Nothing where it
 * would be too short to be seen. */
export function arrow(points, width) {
  const length = 9 + 1.3 * width;
  const tip = points[points.length - 1];
  let foot = points.length - 1;
  while (foot > 0 && distance(points[foot], tip) < length) foot -= 1;
  if (distance(points[0], tip) < Math.min(LEAST_LENGTH, 2 * length)) return undefined;
  const way = unit([tip[0] - points[foot][0], tip[1] - points[foot][1]]);
  const base = [tip[0] - way[0] * length, tip[1] - way[1] * length];
  const half = 5 + 0.75 * width;
  const [left, right] = [1, -1].map((side) => [base[0] + side * way[1] * half, base[1] - side * way[0] * half]);
  const line = [...points.slice(0, foot + 1), [tip[0] - way[0] * length * 0.8, tip[1] - way[1] * length * 0.8]];
  return { line: `M${line.map(written).join("L")}`, head: `M${[left, tip, right].map(written).join("L")}Z`, tip, way };
}

/** Middles at which the number of an arrow may stand: beyond its head, then beside it. */
export function beyond({ tip, way }, [width, height]) {
  const reach = Math.abs(way[0]) * (width / 2) + Math.abs(way[1]) * (height / 2) + 4;
  const across = Math.abs(way[1]) * (width / 2) + Math.abs(way[0]) * (height / 2) + 12;
  const [x, y] = [tip[0] - way[0] * 8, tip[1] - way[1] * 8];
  return [
    [tip[0] + way[0] * reach, tip[1] + way[1] * reach],
    [x + way[1] * across, y - way[0] * across],
    [x - way[1] * across, y + way[0] * across],
    [tip[0] - way[0] * (reach + 26) + way[1] * across, tip[1] - way[1] * (reach + 26) - way[0] * across],
    [tip[0] - way[0] * (reach + 26) - way[1] * across, tip[1] - way[1] * (reach + 26) + way[0] * across],
    [tip[0] + way[0] * (reach + 18), tip[1] + way[1] * (reach + 18)],
    ...[1, 2, 3, 4].flatMap((step) => [
      [x + way[1] * across - way[0] * 22 * step, y - way[0] * across - way[1] * 22 * step],
      [x - way[1] * across - way[0] * 22 * step, y + way[0] * across - way[1] * 22 * step],
    ]),
  ];
}

function covers([left, top, right, bottom], [x, y]) {
  return x > left - 8 && x < right + 8 && y > top - 8 && y < bottom + 8;
}

function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}

function unit([x, y]) {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

function written([x, y]) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
