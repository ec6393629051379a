// Where the map looks: a point of the world in the middle, and how many pixels one unit of it is.
//
// The world of a map is a Mercator projection in degrees (x is the longitude; y grows southwards, as on a screen). The
// world of hexagons is their plane. Pure functions: `tests/view/test_map.py` asks them about every area.

/** A place (longitude and latitude in degrees, or across and up on the plane of hexagons) in the world. */
export function project([across, up], plane) {
  if (plane) return [across, -up];
  return [across, (-180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (up * Math.PI) / 360))];
}

/** The view that holds all between some ends (west, south, east, north) in what `pads` (top, right, bottom, left, in
 * pixels) leave of a picture of `width` by `height`, with some room around them. */
export function fitted(ends, width, height, plane, pads = [0, 0, 0, 0]) {
  const [left, bottom] = project([ends[0], ends[1]], plane);
  const [right, top] = project([ends[2], ends[3]], plane);
  const wide = Math.max(width - pads[1] - pads[3], 40);
  const high = Math.max(height - pads[0] - pads[2], 40);
  const scale = Math.min((ROOM * wide) / Math.max(right - left, LEAST), (ROOM * high) / Math.max(bottom - top, LEAST));
  return {
    scale,
    x: (left + right) / 2 + (pads[1] - pads[3]) / 2 / scale,
    y: (top + bottom) / 2 + (pads[2] - pads[0]) / 2 / scale,
  };
}

const ROOM = 0.88;
const LEAST = 0.005;

/** Where a point of the world is in a picture, in pixels from its top left. */
export function onScreen([x, y], view, size) {
  return [(x - view.x) * view.scale + size.width / 2, (y - view.y) * view.scale + size.height / 2];
}

/** Which point of the world is at some pixels of a picture. */
export function inWorld([x, y], view, size) {
  return [(x - size.width / 2) / view.scale + view.x, (y - size.height / 2) / view.scale + view.y];
}

/** The view after a zoom by a factor that leaves the point at some pixels where it is; between two scales. */
export function zoomed(view, factor, at, size, [least, most]) {
  const scale = Math.min(Math.max(view.scale * factor, least), most);
  const [x, y] = inWorld(at, view, size);
  return { scale, x: x - (at[0] - size.width / 2) / scale, y: y - (at[1] - size.height / 2) / scale };
}

/** The view after everything was moved by some pixels. */
export function moved(view, across, down) {
  return { ...view, x: view.x - across / view.scale, y: view.y - down / view.scale };
}
