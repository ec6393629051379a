// Names on the map: none lies on another one, and all keep their size at every zoom.

const pen = document.createElement("canvas").getContext("2d");
const FAMILY = '"Source Sans", "Source Sans Pro", Helvetica, Arial, sans-serif';

/** How a name is written: size in pixels and weight. */
export function font({ size, bold, italic }) {
  return `${italic ? "italic " : ""}${bold ? 700 : 400} ${size}px ${FAMILY}`;
}

/** The box that some lines of text need: width and height in pixels. */
export function boxOf(lines, style) {
  pen.font = font(style);
  return [Math.max(...lines.map((line) => pen.measureText(line).width)) + 4, lines.length * style.size * 1.15 + 2];
}

/** Where names go. `taken` are boxes (left, top, right, bottom, in pixels) that are not free, `avoided` those that a name
 * covers only where it has no other place. */
export class Places {
  constructor(size, taken = []) {
    this.size = size;
    this.taken = [...taken];
    this.avoided = [];
  }

  /** The first of some middles around which a box is free and within the picture, then no longer free; or nothing.
   * `over`: it may as well cover what is avoided. */
  take(middles, [width, height], over = false) {
    const boxes = middles
      .map(([x, y]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2])
      .filter((box) => box[0] >= 2 && box[1] >= 2 && box[2] <= this.size.width - 2 && box[3] <= this.size.height - 2)
      .filter((box) => !this.taken.some((other) => meets(other, box)));
    const found = over ? boxes[0] : boxes.find((box) => !this.avoided.some((other) => meets(other, box))) ?? boxes[0];
    if (!found) return undefined;
    this.taken.push(found);
    return [(found[0] + found[2]) / 2, (found[1] + found[3]) / 2];
  }
}

function meets(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/** Points on and around a middle at which a name may stand, the best first. */
export function near([x, y], [width, height]) {
  const [across, down] = [width / 3, height * 0.9];
  return [
    [x, y],
    [x, y - down],
    [x, y + down],
    [x - across, y],
    [x + across, y],
    [x - across, y - down],
    [x + across, y - down],
    [x - across, y + down],
    [x + across, y + down],
    [x, y - 2 * down],
    [x, y + 2 * down],
  ];
}

/** Points beside a dot at which its name may stand: right, left, above, below. */
export function beside([x, y], [width, height], gap) {
  const [across, down] = [width / 2 + gap, height / 2 + gap];
  return [
    [x + across, y],
    [x - across, y],
    [x, y - down],
    [x, y + down],
    [x + across, y - down],
    [x + across, y + down],
    [x - across, y - down],
    [x - across, y + down],
  ];
}
