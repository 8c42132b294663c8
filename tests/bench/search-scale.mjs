// The search in wasm as shipped over more and more rows, and over the rows of one district alone; bytes a phone would fetch of each:
//   node --expose-gc tests/bench/search-scale.mjs NAME=FOLDER …      FOLDER from search_data
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { keep, table } from "./common.mjs";
import { engines } from "./search-engines.mjs";
import { measure } from "./search-measure.mjs";

const held = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};
const wasm = readFileSync(new URL("../../build/wasm/search.wasm", import.meta.url));
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
for (const [name, folder] of process.argv.slice(2).map((argument) => argument.split("="))) {
  const db = readFileSync(join(folder, "facilities.db"));
  const data = { wasm, db, ids: readFileSync(join(folder, "ids.txt"), "utf8").trim().split("\n") };
  const asked = JSON.parse(readFileSync(join(folder, "queries.json"), "utf8"));
  const figures = await measure(engines.chuncheng, data, asked, held);
  const compressed = db.length > COMPRESSED ? {} : { gzip: gzipSync(db, { level: 9 }).length, brotli: brotli(db) };
  places[name] = { rows: data.ids.length, raw: db.length, ...compressed, ...figures };
}
const sum = ({ tally }, key) => Object.values(tally).reduce((all, one) => all + one[key], 0);
table([
  ["", "rows", "MB raw", "gzip", "brotli", "opened ms", "p50", "p95", "slowest", "MiB", "found", "first", "asked"],
  ...Object.entries(places).map(([name, one]) => [
    name,
    one.rows,
    ...[one.raw, one.gzip, one.brotli].map((bytes) => (bytes === undefined ? "–" : (bytes / 1e6).toFixed(2))),
    one.opened.toFixed(0),
    ...[one.p50, one.p95, one.most].map((ms) => ms.toFixed(2)),
    one.memory.toFixed(0),
    ...["found", "first", "asked"].map((key) => sum(one, key)),
  ]),
]);
keep("search-scale", { places });
process.exit(Object.values(places).every((one) => sum(one, "found") >= 0.98 * sum(one, "asked")) ? 0 : 1);
