// Recall and speed of the search, in wasm as shipped, beside other engines on the same rows and queries, under node (each engine in a process of its own)
// and in headless Chromium (each on a page of its own):   node --expose-gc tests/bench/search.mjs FOLDER
// FOLDER is one of build/native/tests/search_data, below the project's; how the queries are made and which answers are right: tests/search/queries.h.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { held, keep, ROOT, SMALL, table, versions } from "./common.mjs";
import { inChromium } from "./search-browser.mjs";
import { engines } from "./search-engines.mjs";
import { measure, RUNS } from "./search-measure.mjs";

const [, , folder, one] = process.argv;
const read = (name) => JSON.parse(readFileSync(join(ROOT, folder, name), "utf8"));
const rows = read("rows.json");
const asked = read("queries.json");
const data = {
  rows,
  ids: rows.map(({ id }) => id),
  db: readFileSync(join(ROOT, folder, "facilities.db")),
  wasm: readFileSync(join(ROOT, "build/wasm/search.wasm")),
};
if (one !== undefined) {
  console.log(JSON.stringify(await measure(engines[one], data, asked, held)));
  process.exit(0);
}

const names = Object.keys(engines);
const child = (name) => execFileSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), folder, name], { encoding: "utf8" });
const node = Object.fromEntries(names.map((name) => [name, JSON.parse(child(name).trim().split("\n").at(-1))]));
const chromium = await inChromium(folder, names);

const percent = (part, whole) => ((100 * part) / whole).toFixed(part === whole ? 0 : 1);
console.log(`${rows.length} rows, ${asked.queries.length} queries: found among the first ten / first answer right, percent`);
table([
  ["", ...names],
  ...asked.kinds.map(({ kind }) => [
    kind,
    ...names.map((name) => {
      const { asked: all, found, first } = node[name].tally[kind];
      return `${percent(found, all)} / ${percent(first, all)}`;
    }),
  ]),
]);
const line = (title, results, value) => [title, ...names.map((name) => value(results[name]))];
for (const [where, results] of [
  ["node", node],
  ["Chromium", chromium.results],
]) {
  table([
    [where, ...names],
    line("ms, half of the queries", results, ({ p50 }) => p50.toFixed(3)),
    line("ms, 95 of 100", results, ({ p95 }) => p95.toFixed(3)),
    line("ms, slowest", results, ({ most }) => most.toFixed(2)),
    line("ms, opened and first answer", results, ({ opened }) => opened.toFixed(0)),
    line("MiB", results, ({ memory }) => memory.toFixed(1)),
  ]);
}
const packages = ["minisearch", "flexsearch", "fuse.js", "@orama/orama", "@orama/tokenizers", "@sqlite.org/sqlite-wasm", "sql.js"];
keep("search", {
  rows: rows.length,
  asked: asked.queries.length,
  runs: RUNS,
  kinds: asked.kinds,
  versions: versions(packages),
  slow: Object.fromEntries(names.flatMap((name) => (engines[name].runs ? [[name, engines[name].each ?? null]] : []))),
  node,
  chromium,
});
// The same answers in both, and as many right ones as the project promises.
const other = names.filter((name) => JSON.stringify(node[name].tally) !== JSON.stringify(chromium.results[name].tally));
if (other.length > 0) console.log(`node and Chromium answer differently: ${other.join(", ")}`);
const promised = asked.kinds.every(({ kind, error }) => {
  const { asked: all, found, first } = node.chuncheng.tally[kind];
  return all >= (SMALL ? 1 : 50) && found >= all * (error ? 0.98 : 1) && first >= all * 0.95;
});
process.exit(promised && !other.includes("chuncheng") ? 0 : 1);
