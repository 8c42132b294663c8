// The search as shipped and the other engines, each in the setting that its own documentation gives for Chinese; where it gives two, both. Under node and in
// a browser. Every engine gets name, address and the words of type and district as fields. `open` indexes the data;
// `ask` then turns a text into ids, the best first, and `wasm` is the memory of a module.
import { create, insertMultiple, search as oramaSearch } from "@orama/orama";
import { createTokenizer } from "@orama/tokenizers/mandarin";
import sqlite3InitModule from "@sqlite.org/sqlite-wasm";
import { Charset, Document } from "flexsearch";
import Fuse from "fuse.js";
import MiniSearch from "minisearch";
import initSqlJs from "sql.js";
import { bigrams, miniSearchOptions } from "./minisearch-chinese.mjs";
import { openBytes } from "./module.mjs";

export const SHOWN = 10;
const FIELDS = ["name", "address", "words"];

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const segments = (text) => Array.from(segmenter.segment(text)).flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));

// Its readme: `tokenize`, and prefix and fuzzy search as in its examples. Its issue 201: what Intl.Segmenter finds, or two characters at a time.
const miniSearch =
  (tokenize) =>
  async ({ rows }) => {
    const index = new MiniSearch({ fields: FIELDS, tokenize });
    index.addAll(rows);
    const ask = (text) =>
      index
        .search(text, miniSearchOptions)
        .slice(0, SHOWN)
        .map(({ id }) => id);
    return { ask };
  };

const fuse =
  (options) =>
  async ({ rows }) => {
    const index = new Fuse(rows, { keys: FIELDS, ...options });
    return { ask: (text) => index.search(text, { limit: SHOWN }).map(({ item }) => item.id) };
  };

/** What `start` gives, and the memory of the module that it starts. */
async function withMemory(start) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  let memory;
  const watched =
    (original) =>
    async (...given) => {
      const made = await original.apply(WebAssembly, given);
      memory = Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  WebAssembly.instantiate = watched(instantiate);
  if (instantiateStreaming) WebAssembly.instantiateStreaming = watched(instantiateStreaming);
  const started = await start();
  Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  return [started, memory];
}

let sqlJs; // one module a page

/** What is slow: `each`: asked only so many queries of each kind; `runs`: timed only so often. */
export const engines = {
  chuncheng: {
    async open({ wasm, db }) {
      const core = await openBytes(wasm, db);
      return { ask: (text) => core.call({ q: text, limit: SHOWN }).hits.map(({ id }) => id), wasm: core.exports.memory };
    },
  },
  "MiniSearch, words": { open: miniSearch(segments) },
  "MiniSearch, bigrams": { open: miniSearch(bigrams) },
  // Its readme: Charset.CJK for Chinese, "full" for parts of words.
  FlexSearch: {
    async open({ rows }) {
      const index = new Document({ encoder: Charset.CJK, tokenize: "full", document: { id: "id", index: FIELDS } });
      for (const row of rows) index.add(row);
      return { ask: (text) => [...new Set(index.search(text, { limit: SHOWN }).flatMap(({ result }) => result))].slice(0, SHOWN) };
    },
  },
  // Its documentation: ignoreLocation, so that a match may stand anywhere; or since 7.5 words by Intl.Segmenter.
  "Fuse.js": { open: fuse({ ignoreLocation: true, threshold: 0.4 }), each: 10, runs: 1 },
  "Fuse.js, words": { open: fuse({ useTokenSearch: true, tokenize: segments, ignoreLocation: true }), each: 10, runs: 1 },
  // Its page on Chinese: the Mandarin tokenizer, and threshold 0 (all words must be there).
  Orama: {
    runs: 1,
    async open({ rows }) {
      const index = create({
        schema: { id: "string", name: "string", address: "string", words: "string" },
        components: { tokenizer: await createTokenizer() },
      });
      await insertMultiple(index, rows);
      const options = { limit: SHOWN, threshold: 0, properties: FIELDS, boost: { name: 2 } };
      return { ask: (text) => oramaSearch(index, { term: text, ...options }).hits.map(({ document }) => document.id) };
    },
  },
  // Its documentation: the trigram tokenizer; it needs three characters, and LIKE uses the same index for what is shorter (by a scan).
  "sqlite-wasm FTS5 trigram": {
    async open({ rows }) {
      const quiet = () => {};
      const { oo1, wasm } = await sqlite3InitModule({ print: quiet, printErr: quiet });
      const database = new oo1.DB(":memory:");
      database.exec("CREATE VIRTUAL TABLE t USING fts5(name, address, words, id UNINDEXED, tokenize='trigram')");
      const insert = database.prepare("INSERT INTO t VALUES(?,?,?,?)");
      database.exec("BEGIN");
      for (const { id, name, address, words } of rows) insert.bind([name, address, words, id]).stepReset();
      database.exec("COMMIT");
      insert.finalize();
      const select = (sql, bind) => database.exec({ sql, bind, rowMode: 0, returnValue: "resultRows" });
      const ask = (text) => {
        const terms = text.split(/\s+/).filter(Boolean);
        if (terms.every((term) => Array.from(term).length >= 3)) {
          const query = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(" AND ");
          return select(`SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 2, 1, 1) LIMIT ${SHOWN}`, [query]);
        }
        const where = terms.map(() => "(name LIKE ? OR address LIKE ? OR words LIKE ?)").join(" AND ");
        return select(
          `SELECT id FROM t WHERE ${where} LIMIT ${SHOWN}`,
          terms.flatMap((term) => Array(3).fill(`%${term}%`)),
        );
      };
      return { ask, wasm: wasm.memory };
    },
  },
  // The package is built without FTS5 and has no trigrams: FTS4 over single characters, a term as a phrase, rows that have all in their names first.
  "sql.js FTS4 characters": {
    async open({ rows }) {
      const place = typeof document === "undefined" ? {} : { locateFile: (name) => `/tests/bench/node_modules/sql.js/dist/${name}` };
      sqlJs ??= withMemory(() => initSqlJs(place));
      const [sql, wasm] = await sqlJs;
      const database = new sql.Database();
      database.run("CREATE VIRTUAL TABLE t USING fts4(name, address, words, id, notindexed=id, tokenize=unicode61)");
      const characters = (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).join(" ");
      database.run("BEGIN");
      const insert = database.prepare("INSERT INTO t VALUES(?,?,?,?)");
      for (const { id, name, address, words } of rows) insert.run([characters(name), characters(address), characters(words), id]);
      insert.free();
      database.run("COMMIT");
      const selects = ["name", "t"].map((where) => database.prepare(`SELECT id FROM t WHERE ${where} MATCH ? LIMIT ${SHOWN}`));
      const ask = (text) => {
        const phrases = text.split(/\s+/).flatMap((term) => (characters(term) ? [`"${characters(term)}"`] : []));
        if (phrases.length === 0) return [];
        const found = new Set();
        for (const select of selects) {
          select.bind([phrases.join(" ")]);
          while (select.step()) found.add(select.get()[0]);
          if (found.size >= SHOWN) break;
        }
        return [...found].slice(0, SHOWN);
      };
      return { ask, wasm };
    },
  },
};
