// Payload, cold start and memory of the page beside the same task with publicodes and MiniSearch.
import { count, kilo, mebi, nameList, notMeasured, raw, rows, spreadText, warnings } from "./document-format.mjs";

function beside() {
  const figures = raw("page");
  if (figures === null) return notMeasured("page");
  const { results, ratios, line, verdicts } = figures;
  const names = Object.keys(results);
  const bytes = (key) => [
    `KB, brotli / gzip (files)`,
    ...names.map((name) => `${kilo(results[name][key].brotli)} / ${kilo(results[name][key].gzip)} (${results[name][key].files})`),
  ];
  const ms = (key) => names.map((name) => spreadText(results[name][key], count));
  const ratio = (key) => names.map((name) => (ratios[name] ? spreadText(ratios[name][key]) : "1"));
  const answers = results[names[0]].answers;
  return `One family (\`${figures.family}\`: two elders and a child, many answers missing) and one search ("${figures.text}" among the ${figures.facilities} facilities of the pack), three ways:

- **${names[0]}**: the page as shipped, opened at the family's result; then its search.
- **${names[1]}**: a bare page (\`tests/bench/page\`) with the same policy as publicodes rules and the same facilities in MiniSearch, two characters at a time; the search's code and data are fetched with the first search.
- **${names[2]}**: a page as bare with \`eligibility.wasm\` and \`search.wasm\`.

The bare pages are built with Vite ${figures.vite}, whose bundler also builds ours (${nameList(figures.versions)}). Before anything is timed, the ${answers} answers (${Object.entries(
    verdicts,
  )
    .map(([name, n]) => `${n} ${name}`)
    .join(
      ", ",
    )}), the published amounts (${names.map((name) => results[name].amounts).join(", ")} of them compared) and the first facility of all pages are compared with the command line's.

**What the publicodes + MiniSearch page leaves out**: what the conditions are and why one is met or not, the clauses and sources behind each line, ranges of amounts while answers are missing, what was never published kept apart from zero,
the next question, ten years ahead, what would change it, what cannot be had together, totals, the list of papers; pinyin, initials, same-sounding characters, slips, districts and types as filters, distances; checking the
signature of the data; working without a network; other languages, elder mode, and every sentence of the page beyond the name of a benefit. Ages and other values that rest on the calendar are worked out
for it beforehand. So its bytes are not those of the same product: they are the least that this task costs with these two libraries. The bare page with our modules shows what of the difference is engine and data, and what is page.

${warnings(figures)}Chromium ${figures.chromium}, main thread ${figures.cpu} × slower, a line of ${(line.bytesPerSecond * 8) / 1e6} Mbit/s and ${line.latency} ms a round trip (\`tests/bench/line.mjs\`), nothing on the device; ${figures.runs} rounds in which the pages take turns.
Our search runs in a worker, which the slowing down does not reach; the line does. Bytes: the files that were asked for until then, without what a service worker fetches to keep.

${rows([
  ["", ...names],
  [`**until the family's answers are shown**: ${bytes("untilHousehold")[0]}`, ...bytes("untilHousehold").slice(1)],
  ["ms, median (quartiles)", ...ms("household")],
  ["× ours", ...ratio("household")],
  [`**and the search's answer**: ${bytes("untilSearch")[0]}`, ...bytes("untilSearch").slice(1)],
  ["ms from the search on", ...ms("searched")],
  ["× ours", ...ratio("searched")],
  ["ms from the beginning", ...ms("whole")],
  ["× ours", ...ratio("whole")],
  [
    "KB, brotli, when all is quiet again, a service worker's copies included",
    ...names.map((name) => kilo(results[name].afterwards.brotli)),
  ],
  [
    "MiB: JavaScript's heap / the page's process (proportional set)",
    ...names.map((name) => `${mebi(results[name].memory.heap)} / ${mebi(results[name].memory.process)}`),
  ],
])}

The page as shipped draws a whole result (cards, totals and timeline) and fetches a second module for that. While the visitor reads, it fetches the search; here the search follows at once.
`;
}

function coldStart() {
  const figures = raw("cold-start");
  if (figures === null) return notMeasured("page");
  return `The page as shipped until its first question can be answered: slow 4G (1.6 Mbit/s, 150 ms), processor 4 × slower, headless Chromium (\`tests/browser/cold_start.mjs\`), ${figures.runs} runs. Goals: cold 2,000 ms, warm 400 ms.

${warnings(figures)}${rows([
  ["", "median, ms", "first paint, ms", "all runs, ms", "layout shift"],
  ...figures.starts.map((one) => [
    one.start,
    count(one.median_ms),
    count(one.first_paint),
    one.runs.map(count).join(" · "),
    one.layout_shift.toFixed(3),
  ]),
])}
`;
}

export const pageParts = () => ({
  "Payload, cold start and memory of the page": { names: ["page"], text: beside },
  "The first question": { names: ["cold-start"], text: coldStart },
});
