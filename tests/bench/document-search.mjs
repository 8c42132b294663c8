// The search beside other engines, over more rows, by district and by ranges of one file.
import { count, digits, kilo, nameList, notMeasured, percent, raw, rows, warnings } from "./document-format.mjs";
import { chart } from "./plot.mjs";

const ROUND_TRIP = 0.15; // seconds
const LINE = 1.6e6 / 8; // bytes a second

const total = (tally, key) => Object.values(tally).reduce((all, one) => all + one[key], 0);
const foundFirst = (tally) => ["found", "first"].map((key) => percent(total(tally, key), total(tally, "asked"))).join(" / ");

function engines() {
  const search = raw("search");
  if (search === null) return notMeasured("search");
  const names = Object.keys(search.node);
  const recall = rows([
    ["", ...names],
    ...search.kinds.map(({ kind, error }) => [
      error ? `${kind} *` : kind,
      ...names.map((name) => {
        const { asked, found, first } = search.node[name].tally[kind];
        return `${percent(found, asked)} / ${percent(first, asked)}`;
      }),
    ]),
    ["**all**", ...names.map((name) => foundFirst(search.node[name].tally))],
  ]);
  const speed = (results) =>
    rows([
      ["", ...names],
      ...[
        ["ms, half of the queries", ({ p50 }) => digits(p50)],
        ["ms, 95 of 100", ({ p95 }) => digits(p95)],
        ["ms, slowest", ({ most }) => digits(most)],
        ["ms, opened and first answer", ({ opened }) => count(opened)],
        ["MiB", ({ memory }) => memory.toFixed(1)],
        ["queries", ({ queries }) => count(queries)],
      ].map(([title, value]) => [title, ...names.map((name) => value(results[name]))]),
    ]);
  const slow = Object.entries(search.slow).map(([name, each]) => (each ? `${name} (${each} of each kind)` : name));
  return `${count(search.rows)} facilities, ${count(search.asked)} queries, the same for all; Chromium ${search.chromium.version}; ${nameList(search.versions)}.
All facilities are made up (\`shared/snapshot/synthetic.h\`), spread evenly over the districts. How queries are made from their names, and which answers are right, is said in
\`tests/search/queries.h\`; kinds marked * hold a mistake. "Found": a right answer is among the first ten; "first": the first answer is right.

Every engine is set as its own documentation says for Chinese (where it gives two ways, both; \`tests/bench/search-engines.mjs\`) and gets name, address and the words of type and district as fields.
sql.js: its package is built with FTS4 only, without FTS5 and trigrams, so single characters are indexed and a term is a phrase. None of the others reads pinyin; that is no fault of theirs, and the table says what a visitor gets.
A query is timed ${search.runs} times and the median taken, and once of what is slow: ${slow.join(", ")}. Times are of the clock on the wall.
Opened the second time, so that code is compiled. Memory: growth of JavaScript's heap after a collection, and all memory of a wasm module (ours holds the database there, too).

${warnings(search)}Found / first, percent:

${recall}

node, each engine in a process of its own:

${speed(search.node)}

Headless Chromium, each engine on a page of its own:

${speed(search.chromium.results)}
`;
}

function scaling(pictures) {
  const scale = raw("search-scale");
  if (scale === null) return notMeasured("search-scale");
  const { places, others, slow, othersEach } = scale;
  const sizes = Object.keys(places).filter((name) => !name.startsWith("district"));
  const native = Object.fromEntries(sizes.flatMap((size) => (raw(`native-${size}`) ? [[size, raw(`native-${size}`)]] : [])));
  const line = (name, of, key) => ({ name, points: Object.entries(of).map(([size, one]) => [Number(size), Math.max(one[key], 0.001)]) });
  const own = Object.fromEntries(sizes.map((size) => [size, places[size]]));
  const lines = (key) => [
    line("ours, wasm", own, key),
    ...Object.entries(others)
      .filter(([, of]) => Object.keys(of).length > 1)
      .map(([name, of]) => line(name, of, key)),
  ];
  pictures["benchmarks-search.svg"] = chart("Time a query, opening and memory against the number of facilities, all axes logarithmic", [
    { title: "95 of 100 queries take at most", x: "facilities", y: "ms", series: lines("p95") },
    { title: "Opened and first answer", x: "facilities", y: "ms", series: lines("opened") },
    {
      title: "Memory",
      x: "facilities",
      y: "MiB",
      series: lines("memory").map(({ name, points }) => ({ name, points: points.map(([size, n]) => [size, Math.max(n, 0.1)]) })),
    },
  ]);
  const table = rows([
    [
      "rows",
      "database, MB",
      "opened, ms",
      "p50, ms",
      "p95, ms",
      "slowest, ms",
      "memory, MiB",
      "found / first, %",
      "native: opened, ms",
      "p50",
      "p95",
      "memory",
    ],
    ...sizes.map((size) => {
      const one = places[size];
      const here = native[size];
      return [
        count(size),
        (one.raw / 1e6).toFixed(1),
        count(one.opened),
        digits(one.p50),
        digits(one.p95),
        digits(one.most),
        count(one.memory),
        foundFirst(one.tally),
        ...(here ? [count(here.opened), digits(here.p50), digits(here.p95), count(here.memory)] : ["", "", "", ""]),
      ];
    }),
  ]);
  const otherSizes = [...new Set(Object.values(others).flatMap((of) => Object.keys(of)))].sort((a, b) => a - b);
  const beside = rows([
    ["p95, ms / opened, ms / MiB", ...otherSizes.map((size) => `${count(size)} rows`)],
    ...Object.entries({ "ours, wasm": own, ...others }).map(([name, of]) => [
      name,
      ...otherSizes.map((size) =>
        of[size] ? `${digits(of[size].p95)} / ${count(of[size].opened)} / ${count(Math.max(0, of[size].memory))}` : "–",
      ),
    ]),
  ]);
  const left = Object.entries(slow).map(([name, { rows: size, why }]) => `${name} from ${count(size)} rows on (${why})`);
  return `${warnings(scale, ...Object.values(native))}In wasm as shipped, all rows in one engine; natively the same code compiled for the machine; the other engines under node with ${othersEach} queries of each kind (Fuse.js and Orama: one), each timed once, every measurement in a process
of its own. Memory: as above, and natively the growth of the process.${left.length > 0 ? ` Left out: ${left.join(", ")}.` : ""}

![Time a query, opening and memory against the number of facilities](benchmarks-search.svg)

${table}

Beside other engines:

${beside}
`;
}

const seconds = (bytes, requests) => requests * ROUND_TRIP + bytes / LINE;
function districts() {
  const scale = raw("search-scale");
  if (scale === null) return notMeasured("search-scale");
  const parts = Object.entries(scale.places).filter(([name]) => name.startsWith("district of "));
  return rows([
    [
      "all rows",
      "rows of a district",
      "raw, KB",
      "gzip -9",
      "brotli -11",
      "first search: requests",
      "seconds",
      "second, ms",
      "opened, ms",
      "p50, ms",
      "p95, ms",
      "found / first, %",
    ],
    ...parts.map(([name, one]) => [
      count(Number(name.slice("district of ".length))),
      count(one.rows),
      kilo(one.raw),
      kilo(one.gzip),
      kilo(one.brotli),
      1,
      (seconds(one.brotli, 1) + one.opened / 1000).toFixed(1),
      digits(one.p50),
      count(one.opened),
      digits(one.p50),
      digits(one.p95),
      foundFirst(one.tally),
    ]),
  ]);
}

const KINDS = ["han", "terms", "pinyin", "initials", "han in a district", "nearest"];
const both = ({ median, p90 }, show) => `${show(median)} / ${show(p90)}`;
function ranges(all) {
  const tables = all.map(({ rows: size, bytes, kinds }) => {
    const table = rows([
      [
        "median / p90",
        "first search: requests",
        "KB",
        "seconds",
        "second search: requests",
        "KB",
        "seconds",
        "first with the number of hits: seconds",
      ],
      ...KINDS.filter((kind) => kinds[kind]).map((kind) => {
        const { first, next, counted } = kinds[kind];
        const of = (one) => [both(one.requests, count), both(one.bytes, kilo), both(one.seconds, (s) => s.toFixed(1))];
        return [kind, ...of(first), ...of(next), both(counted.seconds, (s) => s.toFixed(1))];
      }),
    ]);
    return `${count(size)} rows, ${(bytes / 1e6).toFixed(0)} MB with the index:\n\n${table}`;
  });
  const names = [...new Set(all.flatMap(({ recall }) => Object.keys(recall)))];
  const reach = rows([
    ["found / first, %", ...all.map(({ rows: size }) => `${count(size)} rows`)],
    ...names.map((kind) => [
      kind,
      ...all.map(({ recall }) => {
        const { asked, found, first } = recall[kind] ?? { asked: 0 };
        return `${percent(found, asked)} / ${percent(first, asked)}`;
      }),
    ]),
  ]);
  return `${tables.join("\n\n")}\n\nWhat it can answer:\n\n${reach}\n`;
}

function files(names) {
  const all = names.map(raw);
  return `From 20,000 facilities on, the builder cuts the data by district, so that a phone need not fetch everything (docs/decisions/018-search.md). Two ways, both over a line of 1.6 Mbit/s with 150 ms a round trip.

**A database a district**: the shipped format, the rows of one district (Wuhua), fetched once, brotli -11. The second search asks nothing of the network.
It finds all that the engine finds, within that district; each further district is one more such download, and a search of the whole city needs them all.

${districts()}

**Ranges of one file** (\`tests/bench/ranges.cpp\`): FTS5 over characters, syllables and initials with an R*Tree, read page by page as SQLite asks, 16 KiB at least a request, doubled up to 1 MiB when reading goes
straight on. Pages of 4 KiB; cold, and nothing of ours in the way: no ranking, no facets, names only, the first ten rows in the order they lie in. "Nearest" are the nearest ten in a district.
Searches the whole city, unless a district is said. Seconds are reckoned from requests and bytes, so they do not depend on the machine.

${all.length === 0 ? notMeasured("ranges") : ranges(all)}`;
}

export const searchParts = (pictures, rangeNames) => ({
  "Search beside other engines": { names: ["search"], text: engines },
  "Search over more facilities": { names: ["search-scale"], text: () => scaling(pictures) },
  "A database a district, or ranges of one file": { names: rangeNames, text: () => files(rangeNames) },
});
