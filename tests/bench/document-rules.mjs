// The rules beside other engines; more benefits and households; what a page asks of one household.
import { show } from "./common.mjs";
import { count, digits, mebi, nameList, notMeasured, raw, rows, spreadText, warnings } from "./document-format.mjs";
import { chart, ranks } from "./plot.mjs";

const SETTINGS = {
  "json-logic-js": "interprets; it has no compiling. One call a benefit, and one for a list of all",
  "json-logic-engine": "`build()` once, as its documentation advises: one function a benefit, and one for a list of all",
  "certlogic-js": "interprets; it has no compiling. No `or` and no `!==`: written with `!` and `and`, as its own `desugar` does",
  "cel-js, int":
    "`Environment` with typed variables, `parse()` once; whole numbers are CEL's `int` (JavaScript's BigInt); no `min` and `max` in the language, so written with conditions",
  "cel-js, double":
    "the same with CEL's `double` (JavaScript's numbers), which is not what whole yuan and days are there, but often faster",
  publicodes: "one `Engine`, its rules parsed once, `setSituation` a household, `evaluate` by name of rule",
};

function peers(pictures) {
  const figures = raw("rules");
  if (figures === null) return notMeasured("rules");
  const { nanosecondsPerHousehold: times, ratios, memory, given, few, households } = figures;
  const ratioOf = Object.fromEntries(ratios.map((one) => [one.contender, one]));
  pictures["benchmarks-rules.svg"] = ranks(
    "How many times as long as ours other engines take for all benefits of one household, median and quartiles",
    "times as long as ours (median; the bar from quartile to quartile)",
    [...ratios].sort((a, b) => a.median - b.median).map((one) => ({ ...one, name: one.contender })),
    (n) => `${digits(n)} ×`,
  );
  const usual = given["json-logic-engine"];
  const extra = given["certlogic-js"] - usual;
  return `${figures.benefits} benefits of the policy pack, ${figures.facts} facts, ${count(households)} made-up households with every answer known (${count(figures.yes)} benefits met);
${nameList(figures.versions)}. The same conditions are translated into each language (\`tests/bench/rules-engines.mjs\`).
**Before anything is timed, every answer of every engine is compared with ours**: ${Object.entries(figures.compared)
    .map(([name, n]) => `${name} ${count(n)}`)
    .join(", ")} answers, all equal, and publicodes' amounts too. A difference ends the run.

How each is set:

${Object.entries(SETTINGS)
  .map(([name, said]) => `- ${name}: ${said}.`)
  .join("\n")}

What the others are spared, ours is not: ${usual} values that rest on the calendar (ages, months, month ends) or on a stated rounding are worked out beforehand and handed to them as answers, since
none of the languages has all of that; certlogic-js gets ${extra} more, because it has no \`-\`, \`*\`, \`min\` and \`max\`. Figures that are not published are open in ours; to the others such a comparison is given as "no".
Households are turned into what each engine wants before the clock runs. Of the others only publicodes tells "not known yet" from "no"; none gives ranges of amounts; only publicodes is asked for amounts, too.

${warnings(figures)}Computing time of the process for all benefits of one household, median and quartiles of ${times[ratios[0].contender].runs} rounds; each engine in a process of its own with ours, in turns (publicodes: ${few.publicodes} households a round).
"× ours": the ratio within each round, median (quartiles), to the wasm batch with verdicts only, or, for "with amounts", to the one that reckons amounts, too.

${rows([
  ["", "median", "quartiles", "households a second", "× ours"],
  ...Object.entries(times).map(([name, one]) => [
    name,
    show(one.median),
    `${show(one.q1)} – ${show(one.q3)}`,
    count(1e9 / one.median),
    ratioOf[name] ? spreadText(ratioOf[name]) : "",
  ]),
])}

![Times as long as ours](benchmarks-rules.svg)

Memory of each with all rules read, in a process of its own: growth of JavaScript's heap after a collection, and the memory of the wasm module (16 MiB are its first size, whether used or not).

${rows([
  ["MiB", ...Object.keys(memory)],
  ["heap", ...Object.values(memory).map(({ heap }) => mebi(Math.max(0, heap)))],
  ["wasm", ...Object.values(memory).map(({ wasm }) => (wasm === 0 ? "–" : mebi(wasm)))],
])}
`;
}

function scaling(pictures) {
  const native = raw("engine");
  const wasm = raw("scale");
  if (native === null || wasm === null) return notMeasured("scale");
  const BATCH = "batch, verdicts and amounts";
  const of = (lines, missing) => lines.filter((one) => one.name === BATCH && one.missing === missing);
  const ns = (one) => one.nanoseconds.median;
  // Its faster way, of each number of benefits.
  const logic = wasm.packs.map((pack) => wasm.others.filter((one) => one.benefits === pack.benefits).sort((a, b) => ns(a) - ns(b))[0]);
  const atMost = (lines, missing, benefits) => of(lines, missing).filter((one) => one.benefits === benefits);
  const alone = wasm.lines.filter((one) => one.name === "batch, verdicts");
  const at1000 = (lines, missing) =>
    of(lines, missing)
      .filter((one) => one.households === 1000)
      .map((one) => [one.benefits, ns(one) / 1000]);
  pictures["benchmarks-scale.svg"] = chart("Time a household against the number of benefits and of households, all axes logarithmic", [
    {
      title: "More benefits",
      x: "benefits (each of the pack's 66, ×1, ×10, ×100)",
      y: "µs a household",
      series: [
        { name: "ours, wasm", points: at1000(wasm.lines, 0) },
        { name: "ours, native", points: at1000(native.lines, 0) },
        { name: "ours, wasm, 40 % not known", points: at1000(wasm.lines, 40) },
        { name: "ours, native, 40 % not known", points: at1000(native.lines, 40) },
        { name: "ours, wasm, verdicts only", points: alone.map((one) => [one.benefits, ns(one) / 1000]) },
        { name: "json-logic-engine, verdicts only", points: logic.map((one) => [one.benefits, ns(one) / 1000]) },
      ].filter(({ points }) => points.length > 0),
    },
    {
      title: "More households, 66 benefits",
      x: "households in one run",
      y: "µs a household",
      series: [
        { name: "ours, wasm", points: atMost(wasm.lines, 0, 66).map((one) => [one.households, ns(one) / 1000]) },
        { name: "ours, native", points: atMost(native.lines, 0, 66).map((one) => [one.households, ns(one) / 1000]) },
        { name: "ours, wasm, 40 % not known", points: atMost(wasm.lines, 40, 66).map((one) => [one.households, ns(one) / 1000]) },
        { name: "ours, native, 40 % not known", points: atMost(native.lines, 40, 66).map((one) => [one.households, ns(one) / 1000]) },
      ],
    },
  ]);
  const sizes = [...new Set([...native.lines, ...wasm.lines].map((one) => one.households))].sort((a, b) => a - b);
  const line = (where, lines, benefits, missing) => {
    const found = Object.fromEntries(of(lines, missing).flatMap((one) => (one.benefits === benefits ? [[one.households, one]] : [])));
    return [
      `${where}, ${count(benefits)}${missing ? `, ${missing} % not known` : ""}`,
      ...sizes.map((size) => (found[size] ? spreadText(found[size].nanoseconds, (n) => digits(n / 1000)) : "")),
    ];
  };
  const benefits = [...new Set(native.lines.map((one) => one.benefits))];
  const both = [0, 40].flatMap((missing) =>
    benefits.flatMap((n) =>
      [
        ["native", native.lines],
        ["wasm", wasm.lines],
      ].map(([where, lines]) => line(where, lines, n, missing)),
    ),
  );
  const assessment = native.lines.filter((one) => one.name !== BATCH);
  return `Every benefit of the pack 1, 10 and 100 times under other names; households made up, in blocks of 1,000 (one of 100), so that a million need no more memory than one block.
Only the engine is timed. Where a line would take minutes it ends earlier; "40 % not known" takes these answers out at random, so that bounds have to be found.

${warnings(native, wasm)}![Time a household against the number of benefits and households](benchmarks-scale.svg)

Microseconds a household, verdicts and amounts, median (quartiles) of blocks, against the number of households:

${rows([["benefits", ...sizes.map(count)], ...both.filter((cells) => cells.slice(1).some(Boolean))])}

The same with every criterion, open question and amount of each benefit, as the page needs it, native, 66 benefits: ${assessment
    .map(
      (one) =>
        `${show(one.nanoseconds.median)} (${show(one.nanoseconds.q1)}–${show(one.nanoseconds.q3)})${one.missing ? ` with ${one.missing} % not known` : " with all known"}`,
    )
    .join(", ")}.

${rows([
  [
    "benefits",
    "native: pack read and planned, ms",
    "memory, MiB",
    "wasm: read, ms",
    "memory, MiB",
    "json-logic-engine, its faster way: built, ms",
    "µs a household, verdicts only",
    "ours, wasm, verdicts only: µs",
  ],
  ...native.packs.map((pack) => {
    const inWasm = wasm.packs.find((one) => one.benefits === pack.benefits);
    const other = logic.find((one) => one.benefits === pack.benefits);
    const mine = alone.find((one) => one.benefits === pack.benefits);
    return [
      count(pack.benefits),
      count(pack.read_ms),
      digits(pack.memory),
      inWasm ? count(inWasm.read_ms) : "",
      inWasm ? digits(inWasm.memory) : "",
      other ? count(other.built_ms) : "",
      other ? spreadText(other.nanoseconds, (n) => digits(n / 1000)) : "",
      mine ? spreadText(mine.nanoseconds, (n) => digits(n / 1000)) : "",
    ];
  }),
])}
`;
}

function advice() {
  const calls = raw("advice");
  const questions = raw("questions");
  if (calls === null || questions === null) return notMeasured("advice");
  const SAID = {
    eval: "every verdict with its criteria, amounts and clauses",
    next: "next question",
    timeline: "ten years ahead",
    steps: "what would change it",
    combine: "best lawful combination",
    together: "the last four together",
  };
  const ORDERS = {
    ours: "this project's order",
    "fixed order": "fixed: person by person, order of the facts",
    publicodes: "publicodes' rule: missing in most goals",
  };
  return `${warnings(calls, questions)}One household of ${calls.profiles} generated ones in wasm, each call as the page makes it, JSON in and out; computing time:

${rows([
  ["", "median", "least", "90 of 100", "most"],
  ...Object.entries(calls.nanoseconds).map(([name, one]) => [SAID[name] ?? name, ...[one.median, one.least, one.p90, one.most].map(show)]),
])}

Questions until everything is settled, ${questions.households} generated households (docs/decisions/014-next-question.md); the other orders are tried in the same program:

${rows([
  ["order", "mean", "90 of 100", "effort", "changes of person", "settled after ten"],
  ...questions.lines.map((one) => [
    ORDERS[one.name] ?? one.name,
    one.mean.toFixed(1),
    one.p90,
    one.effort.toFixed(1),
    one.turns.toFixed(1),
    `${(100 * one.settled).toFixed(1)} %`,
  ]),
])}
`;
}

export const rulesParts = (pictures) => ({
  "Rules beside other engines": { names: ["rules"], text: () => peers(pictures) },
  "More benefits, more households": { names: ["engine", "scale"], text: () => scaling(pictures) },
  "One household, as the page asks": { names: ["advice", "questions"], text: advice },
});
