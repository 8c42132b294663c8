// What the parts of the document share: raw figures, numbers in words, tables.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./common.mjs";

/** Processors that other programs may use meanwhile before the figures count as disturbed. */
export const DISTURBED = 0.15;

/** Null for what has no note of when and where it was made: a benchmark that was started by hand. */
export const raw = (name) => {
  const file = join(ROOT, `build/bench/${name}.json`);
  const figures = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return figures.run ? figures : null;
};

export const count = (number) => Math.round(number).toLocaleString("en-US");
/** Three digits that count. */
export const digits = (number) =>
  number >= 100 ? count(number) : number >= 10 ? number.toFixed(1) : number.toFixed(number !== 0 && number < 0.1 ? 3 : 2);
export const kilo = (bytes) => (bytes === undefined ? "–" : count(bytes / 1000));
export const mebi = (bytes) => (bytes / 2 ** 20).toFixed(1);
export const percent = (part, whole) => (whole === 0 ? "–" : part === whole ? "100" : ((100 * part) / whole).toFixed(1));
/** Median and quartiles. */
export const spreadText = ({ median, q1, q3 }, show = digits) => `${show(median)} (${show(q1)}–${show(q3)})`;
export const rows = (table) =>
  [table[0], table[0].map((_, at) => (at === 0 ? "---" : "--:")), ...table.slice(1)].map((row) => `| ${row.join(" | ")} |`).join("\n");
export const nameList = (versions) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");

/** What a reader has to know about the figures above, or nothing. */
export function warnings(...all) {
  const runs = all.filter(Boolean).map((figures) => figures.run);
  const others = Math.max(...runs.map((one) => one.others));
  const said = [
    ...(runs.some(({ small }) => small) ? ["**A smoke run: sizes are tiny and the figures say nothing.**"] : []),
    ...(runs.every(({ ok }) => ok) ? [] : ["**This run did not pass: see its output in build/bench.**"]),
    ...(others > DISTURBED ? [`**The machine was not quiet** (others used ${others.toFixed(2)} processors): times are too long.`] : []),
  ];
  return said.length === 0 ? "" : `${said.join(" ")}\n\n`;
}

export const notMeasured = (part) =>
  `Not measured yet, or its last run did not come to an end: \`CHUNCHENG_BENCH=${part} python3 tests/run.py bench\`.\n`;
