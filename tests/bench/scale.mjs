// More benefits and more households in wasm as shipped, and json-logic-engine over as many benefits:
//   node --expose-gc tests/bench/scale.mjs
import { LogicEngine } from "json-logic-engine";
import { cpu, dayOf, keep, openModule, policy as policyBytes, random, SMALL, show, spread, table } from "./common.mjs";
import { PolicyRules } from "./policy-rules.mjs";
import { jsonInput, jsonLogic } from "./rules-engines.mjs";

const AS_OF = dayOf("2026-11-23");
const BLOCK = 1000;
const COPIES = SMALL ? [1, 10] : [1, 10, 100];
const MOST = SMALL ? 660e3 : 66e6; // benefits × households of one line
const LESS = 10; // with gaps: a row costs some twenty times as much
const REPEATS = 10; // of what is less than that many blocks

const policy = JSON.parse(policyBytes().toString());
/** Every benefit `copies` times, under other names. */
const copied = (copies) => ({
  ...policy,
  benefits: Array.from({ length: copies }, (_, n) =>
    policy.benefits.map((one) => (n === 0 ? one : { ...one, id: `${one.id}_copy${n}` })),
  ).flat(),
});
const NEAR = { birth_date: ["1931-01-01", "1971-12-31"], child_birth_date: ["2020-06-01", "2026-11-01"] };

/** Nanoseconds a household, of `blocks` times `run`, which does `rows` of them; after `most` ms no more than three. */
function time(blocks, rows, run, between = () => {}, most = Number.POSITIVE_INFINITY) {
  const all = [];
  const start = cpu();
  for (let block = 0; block < blocks && (block < 3 || cpu() - start < most); ++block) {
    between();
    const begin = cpu();
    run();
    all.push(((cpu() - begin) * 1e6) / rows);
  }
  return spread(all);
}

const lines = [];
const packs = [];
const others = [];
let sink = 0;
for (const copies of COPIES) {
  const data = Buffer.from(JSON.stringify(copied(copies)));
  let begin = cpu();
  const core = await openModule("advice", data);
  const layout = core.call({ layout: true });
  const read = cpu() - begin;
  const benefits = layout.benefits.length;
  const facts = layout.facts.length;
  packs.push({ benefits, facts, read_ms: read, memory: core.exports.memory.buffer.byteLength / 2 ** 20 });

  const next = random(20261123);
  const bytes = (count) => core.exports.cc_alloc(count) >>> 0;
  const values = bytes(BLOCK * facts * 8);
  const known = bytes(BLOCK * facts);
  const verdicts = bytes(BLOCK * benefits);
  const amounts = bytes(BLOCK * benefits * 16);
  const fill = (missing) => {
    const cells = new BigInt64Array(core.exports.memory.buffer, values, BLOCK * facts);
    const marks = new Uint8Array(core.exports.memory.buffer, known, BLOCK * facts);
    for (let row = 0; row < BLOCK; ++row) {
      for (const [f, { fact, range }] of layout.facts.entries()) {
        const [lo, hi] = fact in NEAR ? NEAR[fact].map(dayOf) : range;
        cells[row * facts + f] = BigInt(lo + next(hi - lo + 1));
        marks[row * facts + f] = next(100) >= missing ? 1 : 0;
      }
    }
  };
  const lineOf = (name, households, missing, money) => {
    const rows = Math.min(BLOCK, households);
    // Making a block takes longer than the engine takes for it; a hundred different ones are enough.
    let made = 0;
    const nanoseconds = time(
      Math.max(households / rows, REPEATS),
      rows,
      () => {
        if (core.exports.cc_batch(AS_OF, values, missing === 0 ? 0 : known, facts, rows, verdicts, money ? amounts : 0, benefits) !== 0)
          throw new Error(JSON.stringify(core.result()));
      },
      () => {
        if (made++ < 100) fill(missing);
      },
    );
    lines.push({ name, benefits, households, missing, nanoseconds });
  };
  for (const missing of [0, 40]) {
    for (let households = 100; households <= 1e6; households *= 10) {
      if (benefits * households > (missing === 0 ? MOST : MOST / LESS)) break;
      lineOf("batch, verdicts and amounts", households, missing, true);
    }
  }
  lineOf("batch, verdicts", 10 * BLOCK, 0, false);

  const policyRules = new PolicyRules(copied(copies), layout.benefits, AS_OF);
  const rules = policyRules.of().map(({ conditions }) => jsonLogic(policyRules, conditions));
  const input = jsonInput(policyRules);
  const households = Array.from({ length: BLOCK }, () =>
    input(
      policyRules.complete(
        Object.fromEntries(
          layout.facts.map(({ fact, range }) => {
            const [lo, hi] = fact in NEAR ? NEAR[fact].map(dayOf) : range;
            return [fact, lo + next(hi - lo + 1)];
          }),
        ),
      ),
    ),
  );
  // Both ways of rules.mjs: which is the faster changes with the number of rules.
  const engine = new LogicEngine();
  const ways = {
    "all in one": () => {
      const all = engine.build(rules);
      return (household) => all(household).length;
    },
    "one a benefit": () => {
      const each = rules.map((rule) => engine.build(rule));
      return (household) => {
        let met = 0;
        for (const one of each) met += one(household) ? 1 : 0;
        return met;
      };
    },
  };
  for (const [way, build] of Object.entries(ways)) {
    begin = cpu();
    const evaluate = build();
    const built = cpu() - begin;
    const run = () => {
      for (const household of households) sink += evaluate(household);
    };
    time(20, BLOCK, run, undefined, 1500);
    const nanoseconds = time(40, BLOCK, run, undefined, 3000);
    others.push({ name: `json-logic-engine: ${way}`, benefits, built_ms: built, nanoseconds });
  }
}
table([
  ["benefits", "wasm, a household", "households", "missing", "median", "quartiles", ""],
  ...lines.map(({ name, benefits, households, missing, nanoseconds: { median, q1, q3 } }) => [
    benefits,
    name,
    households,
    `${missing} %`,
    ...[median, q1, q3].map(show),
  ]),
  ...others.map(({ name, benefits, nanoseconds: { median, q1, q3 } }) => [benefits, name, BLOCK, "0 %", ...[median, q1, q3].map(show)]),
]);
table([["benefits", "read, ms", "MiB"], ...packs.map((one) => [one.benefits, one.read_ms.toFixed(0), one.memory.toFixed(1)])]);
keep("scale", { packs, lines, others, sink });
