// Elements of a page and of a drawing.

const SVG = "http://www.w3.org/2000/svg";

/** An element of a page. */
export function element(tag, attributes, text) {
  return withAttributes(document.createElement(tag), attributes, text);
}

/** A mark of a drawing. */
export function mark(tag, attributes, text) {
  return withAttributes(document.createElementNS(SVG, tag), attributes, text);
}

function withAttributes(made, attributes, text) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  if (text !== undefined) made.textContent = text;
  return made;
}

/** How far two points are apart. */
export function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}
