// Recall and speed of the search, in wasm as shipped, beside other engines on the same rows and queries:
//   node --expose-gc tests/bench/search.mjs FOLDER_OF_2500_ROWS [FOLDER_OF_MORE_ROWS …]
// The folders come from build/native/tests/search_data; how the queries are made stands in tests/search/queries.h. An engine has found a query when one of
// its first ten answers is right by the rules that stand there too. Every engine gets name, address and the words of type and district as fields, in
// the setting its own documentation gives for Chinese; none but ours gets filters or readings, because they take none.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { create, insertMultiple, search as oramaSearch } from "@orama/orama";
import { createTokenizer } from "@orama/tokenizers/mandarin";
import sqlite3InitModule from "@sqlite.org/sqlite-wasm";
import { Charset, Document } from "flexsearch";
import Fuse from "fuse.js";
import MiniSearch from "minisearch";
import { keep, openModule, table } from "./common.mjs";

const SHOWN = 10;
const FIELDS = ["name", "address", "words"];

const engines = {
  async chuncheng({ db }) {
    const core = await openModule("search", db);
    return (text) => core.call({ q: text, limit: SHOWN }).hits.map(({ id }) => id);
  },
  // Its readme: give `tokenize` what Intl.Segmenter finds; prefix and fuzzy search as in its examples.
  async MiniSearch({ rows }) {
    const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
    const tokenize = (text) => Array.from(segmenter.segment(text), ({ segment }) => segment).filter((word) => word.trim() !== "");
    const index = new MiniSearch({ fields: FIELDS, tokenize });
    index.addAll(rows);
    const options = { prefix: true, fuzzy: 0.2, boost: { name: 2 }, combineWith: "AND" };
    return (text) =>
      index
        .search(text, options)
        .slice(0, SHOWN)
        .map(({ id }) => id);
  },
  // Its readme: Charset.CJK for Chinese, "full" for parts of words.
  async FlexSearch({ rows }) {
    const index = new Document({ encoder: Charset.CJK, tokenize: "full", document: { id: "id", index: FIELDS } });
    for (const row of rows) index.add(row);
    return (text) => [...new Set(index.search(text, { limit: SHOWN }).flatMap(({ result }) => result))].slice(0, SHOWN);
  },
  // Its documentation: ignoreLocation, so that a match may stand anywhere.
  async "Fuse.js"({ rows }) {
    const index = new Fuse(rows, { keys: FIELDS, ignoreLocation: true, threshold: 0.4 });
    return (text) => index.search(text, { limit: SHOWN }).map(({ item }) => item.id);
  },
  // Its documentation: the Mandarin tokenizer.
  async Orama({ rows }) {
    const index = create({
      schema: { id: "string", name: "string", address: "string", words: "string" },
      components: { tokenizer: await createTokenizer() },
    });
    await insertMultiple(index, rows);
    return (text) =>
      oramaSearch(index, { term: text, limit: SHOWN, tolerance: 1, properties: FIELDS, boost: { name: 2 } }).hits.map(
        ({ document }) => document.id,
      );
  },
  // Its documentation: the trigram tokenizer; it needs three characters, and LIKE uses the same index for what is shorter (by a scan).
  async "SQLite FTS5 trigram"({ rows }) {
    const quiet = () => {};
    const { oo1 } = await sqlite3InitModule({ print: quiet, printErr: quiet });
    const database = new oo1.DB(":memory:");
    database.exec("CREATE VIRTUAL TABLE t USING fts5(name, address, words, id UNINDEXED, tokenize='trigram')");
    const insert = database.prepare("INSERT INTO t VALUES(?,?,?,?)");
    database.exec("BEGIN");
    for (const { id, name, address, words } of rows) insert.bind([name, address, words, id]).stepReset();
    database.exec("COMMIT");
    const ask = (sql, bind) => database.exec({ sql, bind, rowMode: 0, returnValue: "resultRows" });
    return (text) => {
      const terms = text.split(/\s+/).filter(Boolean);
      if (terms.every((term) => Array.from(term).length >= 3)) {
        const query = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(" AND ");
        return ask(`SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 2, 1, 1) LIMIT ${SHOWN}`, [query]);
      }
      const where = terms.map(() => "(name LIKE ? OR address LIKE ? OR words LIKE ?)").join(" AND ");
      return ask(
        `SELECT id FROM t WHERE ${where} LIMIT ${SHOWN}`,
        terms.flatMap((term) => Array(3).fill(`%${term}%`)),
      );
    };
  },
};

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const share = (list, at) => list[Math.min(list.length - 1, Math.floor(at * list.length))];
const percent = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(part === whole ? 0 : 1)}`);

async function measure(open, data, { kinds, queries }, runs) {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const begin = performance.now();
  const ask = await open(data);
  ask(queries[0].text);
  const opened = performance.now() - begin;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const memory = (after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20;
  const tally = Object.fromEntries(kinds.map(({ kind }) => [kind, { asked: 0, found: 0, first: 0 }]));
  const number = new Map(data.rows.map(({ id }, at) => [id, at]));
  const times = [];
  for (const { kind, text, right } of queries) {
    const mine = [];
    let ids = [];
    for (let run = 0; run < runs; ++run) {
      const start = performance.now();
      ids = ask(text);
      mine.push(performance.now() - start);
    }
    times.push(median(mine));
    const good = ids.map((id) => ((Number.parseInt(right[number.get(id) >> 2], 16) >> (number.get(id) & 3)) & 1) === 1);
    tally[kind].asked += 1;
    tally[kind].found += good.includes(true);
    tally[kind].first += good[0] === true;
  }
  times.sort((a, b) => a - b);
  return { tally, opened, memory, p50: share(times, 0.5), p95: share(times, 0.95), most: times.at(-1) };
}

const read = (folder, name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const [small, ...larger] = process.argv.slice(2);
const asked = read(small, "queries.json");
const data = { rows: read(small, "rows.json"), db: readFileSync(join(small, "facilities.db")) };
const results = {};
for (const [name, open] of Object.entries(engines)) results[name] = await measure(open, data, asked, name === "Fuse.js" ? 1 : 5);
const names = Object.keys(results);
console.log(`${data.rows.length} rows, ${asked.queries.length} queries: found among the first ten / first answer right, percent`);
table([
  ["", ...names],
  ...asked.kinds.map(({ kind }) => [
    kind,
    ...names.map((name) => {
      const { asked: all, found, first } = results[name].tally[kind];
      return `${percent(found, all)} / ${percent(first, all)}`;
    }),
  ]),
]);
const line = (title, value) => [title, ...names.map((name) => value(results[name]))];
table([
  ["", ...names],
  line("ms, half of the queries", ({ p50 }) => p50.toFixed(3)),
  line("ms, 95 of 100", ({ p95 }) => p95.toFixed(3)),
  line("ms, slowest", ({ most }) => most.toFixed(2)),
  line("ms, opened and first answer", ({ opened }) => opened.toFixed(0)),
  line("MB", ({ memory }) => memory.toFixed(1)),
]);
const sizes = {};
for (const folder of larger) {
  const db = readFileSync(join(folder, "facilities.db"));
  const there = read(folder, "queries.json");
  const { tally, ...figures } = await measure(engines.chuncheng, { db, rows: read(folder, "rows.json") }, there, 3);
  const rows = folder.match(/\d+$/)?.[0] ?? folder;
  sizes[rows] = { tally, ...figures };
  const sum = (key) => Object.values(tally).reduce((all, one) => all + one[key], 0);
  console.log(
    `${rows} rows: p50 ${figures.p50.toFixed(2)} ms, p95 ${figures.p95.toFixed(2)} ms, slowest ${figures.most.toFixed(1)} ms, opened ${figures.opened.toFixed(0)} ms, ` +
      `${figures.memory.toFixed(0)} MB; found ${percent(sum("found"), sum("asked"))} %, first ${percent(sum("first"), sum("asked"))} %`,
  );
}
keep("search", { rows: data.rows.length, results, sizes });
const agreed = asked.kinds.every(({ kind, error }) => {
  const { asked: all, found, first } = results.chuncheng.tally[kind];
  return all >= 50 && found >= all * (error ? 0.98 : 1) && first >= all * 0.95;
});
process.exit(agreed ? 0 : 1);
