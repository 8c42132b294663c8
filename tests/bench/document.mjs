// docs/benchmarks.md and its pictures from the raw figures in build/bench:  node tests/bench/document.mjs
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./common.mjs";
import { count, DISTURBED, raw, rows } from "./document-format.mjs";
import { glance } from "./document-glance.mjs";
import { pageParts } from "./document-page.mjs";
import { rulesParts } from "./document-rules.mjs";
import { searchParts } from "./document-search.mjs";

const folder = join(ROOT, "build/bench");
const made = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -5))
  : [];
const runs = Object.fromEntries(made.flatMap((name) => (raw(name) ? [[name, raw(name).run]] : [])));
if (Object.keys(runs).length === 0) {
  console.error("nothing in build/bench: python3 tests/run.py bench");
  process.exit(1);
}
const rangeNames = Object.keys(runs)
  .filter((name) => name.startsWith("ranges-"))
  .sort((a, b) => Number(a.slice(7)) - Number(b.slice(7)));

const pictures = {};
const parts = { ...rulesParts(pictures), ...searchParts(pictures, rangeNames), ...pageParts() };

// One part that cannot be told does not take the others along.
const failed = [];
const texts = Object.fromEntries(
  Object.entries(parts).map(([title, { text: tell }]) => {
    try {
      return [title, tell()];
    } catch (error) {
      failed.push(title);
      console.error(error);
      return [title, `Its raw figures could not be told: ${error.message}\n`];
    }
  }),
);

const list = Object.values(runs);
const machines = [
  ...new Set(
    list.map(
      ({ machine: one }) => `${one.cpu}, ${one.cores} cores, ${one.memory_gib} GiB; ${one.system}; node ${one.node}, gcc ${one.gcc}`,
    ),
  ),
];
const commits = [...new Set(list.map(({ machine: one }) => one.commit))];
const busy = Object.entries(runs).filter(([, one]) => one.others > DISTURBED);
const state = [
  ...(list.some(({ small }) => small) ? ["**Made, in part at least, by a smoke run: those figures say nothing.**"] : []),
  busy.length === 0
    ? "The machine was quiet: other programs used at most a seventh of a processor in every part."
    : `**The machine was not quiet** while these were measured, so their times are too long: ${busy.map(([name]) => name).join(", ")}.`,
  ...(commits.length > 1 ? ["Not all parts are of the same commit."] : []),
];
const order = [
  ...new Set(Object.values(parts).flatMap(({ names }) => names)),
  ...Object.keys(runs).sort((a, b) => a.localeCompare(b, "en", { numeric: true })),
];
const log = rows([
  ["part", "when", "commit", "seconds", "load average before → after", "processors used by others", ""],
  ...[...new Set(order)]
    .filter((name) => runs[name])
    .map((name) => {
      const one = runs[name];
      return [
        name,
        one.date,
        one.machine.commit,
        count(one.seconds),
        `${one.load_before.toFixed(1)} → ${one.load_after.toFixed(1)}`,
        one.others.toFixed(2),
        [one.ok ? "" : "did not pass", one.small ? "smoke run" : ""].filter(Boolean).join(", "),
      ];
    }),
]);
const link = (title) =>
  `[${title}](#${title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-")})`;
const text = `# Benchmarks / 实测

\`python3 tests/run.py bench\` makes this document and its pictures at ${commits.join(", ")}; raw figures in \`build/bench/\`. Do not edit by hand: the text stands in \`tests/bench/document*.mjs\`.
\`CHUNCHENG_BENCH=rules,search\` measures parts, \`CHUNCHENG_BENCH=document\` only writes the document anew.

Machine: ${machines.join(" / ")}. ${state.join(" ")}
"Processors used by others" is all that the machine was busy with less what the benchmark itself used (a load average also counts the benchmark).

${glance()}
${Object.keys(parts)
  .map((title) => `- ${link(title)}`)
  .join("\n")}

${Object.entries(texts)
  .map(([title, said]) => `## ${title}\n\n${said}`)
  .join("\n")}
## When and how undisturbed

${log}
`;
writeFileSync(join(ROOT, "docs/benchmarks.md"), text);
for (const [name, picture] of Object.entries(pictures)) writeFileSync(join(ROOT, "docs", name), picture);
console.log(`docs/benchmarks.md, ${Object.keys(pictures).join(", ")}: ${Object.keys(runs).length} raw files`);
process.exit(failed.length === 0 ? 0 : 1);
