// The search in wasm as shipped over more and more rows, over the rows of one district alone, and other engines over as many; bytes a phone would
// fetch of each:   node tests/bench/search-scale.mjs NAME=FOLDER …      FOLDER from search_data; every measurement in a process of its own
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { held, keep, table } from "./common.mjs";
import { engines } from "./search-engines.mjs";
import { measure } from "./search-measure.mjs";

const OTHERS_EACH = 2; // queries a kind; one of what is slow
const PATIENCE = 90e3; // ms for one engine over one number of rows; what takes longer is left out from there on

const [, , first, ...more] = process.argv;
const read = (folder, name) => readFileSync(join(folder, name));
if (first === "--one") {
  const [folder, name, each] = more;
  const own = name === "chuncheng";
  const data = { wasm: readFileSync(new URL("../../build/wasm/search.wasm", import.meta.url)), db: own && read(folder, "facilities.db") };
  data.ids = read(folder, "ids.txt").toString().trim().split("\n");
  if (!own) data.rows = JSON.parse(read(folder, "rows.json"));
  const engine = each ? { ...engines[name], each: Number(each), runs: 1 } : engines[name];
  const figures = await measure(engine, data, JSON.parse(read(folder, "queries.json")), held);
  console.log(JSON.stringify(figures));
  process.exit(0);
}

const self = fileURLToPath(import.meta.url);
const one = (folder, name, ...rest) =>
  JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", "--max-old-space-size=6000", self, "--one", folder, name, ...rest.map(String)], {
      encoding: "utf8",
      timeout: name === "chuncheng" ? undefined : PATIENCE,
      stdio: ["ignore", "pipe", "pipe"],
    })
      .trim()
      .split("\n")
      .at(-1),
  );

// As `brotli -q 11` and `gzip -9`. Not of what no phone would fetch whole: it takes minutes.
const COMPRESSED = 30e6;
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

const places = {};
const others = Object.fromEntries(Object.keys(engines).flatMap((name) => (name === "chuncheng" ? [] : [[name, {}]])));
const slow = {};
for (const [name, folder] of [first, ...more].map((argument) => argument.split("="))) {
  const db = read(folder, "facilities.db");
  const rows = read(folder, "ids.txt").toString().trim().split("\n").length;
  const compressed = db.length > COMPRESSED ? {} : { gzip: gzipSync(db, { level: 9 }).length, brotli: brotli(db) };
  places[name] = { rows, raw: db.length, ...compressed, ...one(folder, "chuncheng") };
  if (name.includes("district") || !existsSync(join(folder, "rows.json"))) continue;
  for (const other of Object.keys(others)) {
    if (slow[other] !== undefined) continue;
    try {
      others[other][rows] = one(folder, other, engines[other].runs === 1 ? 1 : OTHERS_EACH);
    } catch (error) {
      slow[other] = {
        rows,
        why:
          error.code === "ETIMEDOUT"
            ? `more than ${PATIENCE / 1000} s`
            : String(error.stderr ?? error)
                .trim()
                .split("\n")[0],
      };
    }
  }
}
const sum = ({ tally }, key) => Object.values(tally).reduce((all, kind) => all + kind[key], 0);
table([
  ["", "rows", "MB raw", "gzip", "brotli", "opened ms", "p50", "p95", "slowest", "MiB", "found", "first", "asked"],
  ...Object.entries(places).map(([name, place]) => [
    name,
    place.rows,
    ...[place.raw, place.gzip, place.brotli].map((bytes) => (bytes === undefined ? "–" : (bytes / 1e6).toFixed(2))),
    place.opened.toFixed(0),
    ...[place.p50, place.p95, place.most].map((ms) => ms.toFixed(2)),
    place.memory.toFixed(0),
    ...["found", "first", "asked"].map((key) => sum(place, key)),
  ]),
]);
table([
  ["", "rows", "opened ms", "p50", "p95", "slowest", "MiB"],
  ...Object.entries(others).flatMap(([name, sizes]) =>
    Object.entries(sizes).map(([rows, figures]) => [
      name,
      rows,
      figures.opened.toFixed(0),
      ...[figures.p50, figures.p95, figures.most].map((ms) => ms.toFixed(2)),
      figures.memory.toFixed(0),
    ]),
  ),
]);
for (const [name, { rows, why }] of Object.entries(slow)) console.log(`${name}, ${rows} rows: left out, ${why}`);
keep("search-scale", { othersEach: OTHERS_EACH, places, others, slow });
process.exit(Object.values(places).every((place) => sum(place, "found") >= 0.98 * sum(place, "asked")) ? 0 : 1);
