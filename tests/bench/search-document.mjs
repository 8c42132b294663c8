// docs/search-benchmarks.md and docs/search-scale.svg from the raw figures in build/bench:  node tests/bench/search-document.mjs

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const file = (path) => new URL(`../../${path}`, import.meta.url);
const read = (name) => JSON.parse(readFileSync(file(`build/bench/${name}.json`), "utf8"));
const SIZES = [2500, 10000, 100000, 1000000];
const RANGES = [2500, 100000, 1000000];
const SHARDS = { "district of 100000": "100,000", "district of 1000000": "1,000,000" };
const ROUND_TRIP = 0.15; // seconds
const LINE = 1.6e6 / 8; // bytes a second

const search = read("search");
const { places, machine } = read("search-scale");
const ranges = Object.fromEntries(RANGES.map((rows) => [rows, read(`ranges-${rows}`)]));
const native = Object.fromEntries(SIZES.map((rows) => [rows, read(`native-${rows}`)]));

const count = (number) => Math.round(number).toLocaleString("en-US");
const digits = (number) => (number >= 100 ? count(number) : number >= 10 ? number.toFixed(1) : number.toFixed(number < 0.1 ? 3 : 2));
const kilo = (bytes) => (bytes === undefined ? "–" : count(bytes / 1000));
const percent = (part, whole) => (whole === 0 ? "–" : part === whole ? "100" : ((100 * part) / whole).toFixed(1));
const rows = (table) =>
  [table[0], table[0].map((_, at) => (at === 0 ? "---" : "--:")), ...table.slice(1)].map((row) => `| ${row.join(" | ")} |`).join("\n");
const total = (tally, key) => Object.values(tally).reduce((all, one) => all + one[key], 0);
const quiet = ({ load }) =>
  `load average when done ${load.toFixed(1)}${load < 1.5 ? "" : ", so the machine was **not quiet**: times are too long"}`;

// ---- other engines ----

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
  [
    "**all**",
    ...names.map((name) =>
      ["found", "first"].map((key) => percent(total(search.node[name].tally, key), total(search.node[name].tally, "asked"))).join(" / "),
    ),
  ],
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

// ---- more rows ----

const scale = rows([
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
  ...SIZES.map((size) => {
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
      ["found", "first"].map((key) => percent(total(one.tally, key), total(one.tally, "asked"))).join(" / "),
      count(here.opened),
      digits(here.p50),
      digits(here.p95),
      count(here.memory),
    ];
  }),
]);

// ---- shards and ranges ----

const seconds = (bytes, requests) => requests * ROUND_TRIP + bytes / LINE;
const shards = rows([
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
  ...Object.entries(SHARDS).map(([name, all]) => {
    const one = places[name];
    return [
      all,
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
      ["found", "first"].map((key) => percent(total(one.tally, key), total(one.tally, "asked"))).join(" / "),
    ];
  }),
]);
const KINDS = ["han", "terms", "pinyin", "initials", "han in a district", "nearest"];
const both = ({ median, p90 }, show) => `${show(median)} / ${show(p90)}`;
const ranged = RANGES.map((size) => {
  const { bytes, kinds } = ranges[size];
  return `${count(size)} rows, ${(bytes / 1e6).toFixed(0)} MB with the index:\n\n${rows([
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
    ...KINDS.map((kind) => {
      const { first, next, counted } = kinds[kind];
      const of = (one) => [both(one.requests, count), both(one.bytes, kilo), both(one.seconds, (s) => s.toFixed(1))];
      return [kind, ...of(first), ...of(next), both(counted.seconds, (s) => s.toFixed(1))];
    }),
  ])}`;
}).join("\n\n");
const reach = rows([
  ["found / first, %", ...search.kinds.map(({ kind }) => kind)],
  ...RANGES.map((size) => [
    `${count(size)} rows`,
    ...search.kinds.map(({ kind }) => {
      const { asked, found, first } = ranges[size].recall[kind] ?? { asked: 0 };
      return `${percent(found, asked)} / ${percent(first, asked)}`;
    }),
  ]),
]);

// ---- the plot ----

const LEFT = 75;
const WIDE = 300;
const HIGH = 260;
const X = (size) => LEFT + (WIDE * Math.log10(size / SIZES[0])) / Math.log10(SIZES.at(-1) / SIZES[0]);
function panel(left, title, lines) {
  const values = Object.values(lines).flatMap(({ at }) => at);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const y = (value) => 40 + HIGH * (1 - (Math.log10(value) - low) / (high - low));
  const text = (x, at, said, more = "") => `<text x="${x.toFixed(0)}" y="${at.toFixed(0)}"${more}>${said}</text>`;
  const parts = [text(LEFT, 24, title, ' font-weight="bold"')];
  for (let power = low; power <= high; ++power) {
    const at = y(10 ** power);
    parts.push(
      `<path d="M${LEFT} ${at.toFixed(1)}h${WIDE}" stroke="#ccc"/>`,
      text(LEFT - 6, at + 5, power < 0 ? (10 ** power).toFixed(-power) : count(10 ** power), ' text-anchor="end"'),
    );
  }
  for (const size of SIZES) {
    parts.push(
      `<path d="M${X(size).toFixed(1)} 40v${HIGH}" stroke="#ccc"/>`,
      text(X(size), 60 + HIGH, count(size), ' text-anchor="middle"'),
    );
  }
  for (const [name, { at, colour, dash, above }] of Object.entries(lines)) {
    const points = at.map((value, i) => [X(SIZES[i]).toFixed(1), y(value).toFixed(1)]);
    parts.push(
      `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`,
    );
    for (const [x, top] of points) parts.push(`<circle cx="${x}" cy="${top}" r="3.5" fill="${colour}"/>`);
    const side = above ? { by: -12, up: -12, anchor: "end" } : { by: 12, up: 16, anchor: "start" };
    parts.push(text(X(SIZES[2]) + side.by, y(at[2]) + side.up, name, ` text-anchor="${side.anchor}" fill="${colour}"`));
  }
  return `<g transform="translate(${left} 0)">${parts.join("\n")}</g>`;
}
const over = (key) => SIZES.map((size) => places[size][key]);
const plot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 345" font-family="sans-serif" font-size="14">
<title>Opening, time a query and memory against the number of facilities, both axes logarithmic</title>
<rect width="840" height="345" fill="#fff"/>
${panel(0, "milliseconds", {
  opened: { at: over("opened"), colour: "#7a3e00", above: true },
  "95 of 100 queries": { at: over("p95"), colour: "#00508a", dash: "7 4", above: true },
  "half of the queries": { at: over("p50"), colour: "#1b5e20", dash: "2 3" },
})}
${panel(420, "MiB", { memory: { at: over("memory"), colour: "#4a148c", above: true } })}
${["facilities", "facilities"].map((said, i) => `<text x="${LEFT + WIDE / 2 + 420 * i}" y="338" text-anchor="middle">${said}</text>`).join("\n")}
</svg>
`;

// ---- the text ----

const slow = Object.entries(search.slow).map(([name, each]) => (each ? `${name} ${each} of each kind` : name));
const version = execFileSync("/usr/bin/git", ["describe", "--always"], { encoding: "utf8" }).trim();
const text = `# Search: measured / 查找的实测

Made by \`python3 tests/run.py bench-search\` at ${version}; raw figures in \`build/bench/\`. Do not edit by hand: the text stands in \`tests/bench/search-document.mjs\`.
Machine: ${machine.cpu?.trim()}, ${machine.cores} cores; node ${machine.node}, Chromium ${search.chromium.version}; ${Object.entries(
  search.versions,
)
  .map(([name, one]) => `${name} ${one}`)
  .join(", ")}. Times are of the clock on the wall.

All facilities are made up (\`shared/snapshot/synthetic.h\`), spread evenly over the districts. How queries are made from their names, and which answers are right, is said in
\`tests/search/queries.h\`; kinds marked * hold a mistake. "Found": a right answer is among the first ten; "first": the first answer is right.

## Beside other engines

${count(search.rows)} facilities, ${count(search.asked)} queries, the same for all, in one run; ${quiet(search.machine)}. Every engine is set as its own documentation says for Chinese (where it gives two ways, both;
\`tests/bench/search-engines.mjs\`) and gets name, address and the words of type and district as fields. A query is timed ${search.runs} times and the median taken, and once of what is slow: ${slow.join(", ")}.
Opened the second time, so that code is compiled. Memory: growth of JavaScript's heap after a collection, and all memory of a wasm module (ours holds the database there, too).

Found / first, percent:

${recall}

node:

${speed(search.node)}

Headless Chromium, each engine on a page of its own:

${speed(search.chromium.results)}

## More facilities

In wasm as shipped, all rows in one engine; natively the same code compiled for the machine. ${quiet(machine)[0].toUpperCase()}${quiet(machine).slice(1)}. Memory: as above, and natively the growth of the process.

![Opening, time a query and memory against the number of facilities](search-scale.svg)

${scale}

## A database a district, or ranges of one file

From 100,000 facilities on, a phone should not fetch everything. Two ways, both over a line of 1.6 Mbit/s with 150 ms a round trip.

**A database a district**: the shipped format, the rows of one district (Wuhua), fetched once, brotli -11. The second search asks nothing of the network.
It finds all that the engine finds, within that district; each further district is one more such download, and a search of the whole city needs them all.

${shards}

**Ranges of one file** (\`tests/bench/ranges.cpp\`): FTS5 over characters, syllables and initials with an R*Tree, read page by page as SQLite asks, 16 KiB at least a request, doubled up to 1 MiB when reading goes
straight on. Pages of 4 KiB; cold, and nothing of ours in the way: no ranking, no facets, names only, the first ten rows in the order they lie in. "Nearest" are the nearest ten in a district.
Searches the whole city, unless a district is said. Seconds are reckoned from requests and bytes, so they do not depend on the machine.

${ranged}

What it can answer:

${reach}
`;
writeFileSync(file("docs/search-benchmarks.md"), text);
writeFileSync(file("docs/search-scale.svg"), plot);
