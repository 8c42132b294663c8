// All benefits for one household: the typed batch call in wasm against other engines on the same conditions of the same policy. The answers of all are
// compared before anything is timed.   node tests/bench/rules.mjs
// Each engine is compared and timed in a process of its own, in turns with ours: what one does with the compiler's notes about shared code is no burden to another.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { dayOf, held, keep, openModule, policy as policyBytes, race, random, SMALL, show, spread, table, versions } from "./common.mjs";
import { PolicyRules } from "./policy-rules.mjs";
import { engines } from "./rules-engines.mjs";

const AS_OF = dayOf("2026-11-23");
const HOUSEHOLDS = 1000;

const policy = JSON.parse(policyBytes().toString());
const core = await openModule();
const layout = core.call({ layout: true });
const facts = layout.facts.map(({ fact }) => fact);
const benefits = layout.benefits.length;
const policyRules = new PolicyRules(policy, layout.benefits, AS_OF);

// Every answer known: birth dates of an age at which something is due; everything else anywhere in its range.
const NEAR = { birth_date: ["1931-01-01", "1971-12-31"], child_birth_date: ["2020-06-01", "2026-11-01"] };
const next = random(20261123);
const households = Array.from({ length: HOUSEHOLDS }, () =>
  Object.fromEntries(
    layout.facts.map(({ fact, range: [lo, hi] }) => {
      if (fact in NEAR) [lo, hi] = NEAR[fact].map(dayOf);
      return [fact, lo + next(hi - lo + 1)];
    }),
  ),
);

const [, , task, name] = process.argv;
if (task === "--memory") {
  const before = held();
  let kept;
  if (name === "chuncheng") kept = await openModule();
  else {
    kept = await engines[name].open({ policyRules, facts });
    const inputs = households.slice(0, 10).map((one) => kept.input(policyRules.complete(one)));
    for (const input of inputs) {
      kept.begin?.(input);
      for (const met of kept.each) met(input);
    }
  }
  console.log(JSON.stringify({ heap: held() - before, wasm: kept.exports?.memory.buffer.byteLength ?? 0 }));
  process.exit(0);
}

// ---- ours ----

const bytes = (count) => core.exports.cc_alloc(count) >>> 0;
const values = bytes(HOUSEHOLDS * facts.length * 8);
const verdicts = bytes(HOUSEHOLDS * benefits);
const amounts = bytes(HOUSEHOLDS * benefits * 16);
const cells = new BigInt64Array(core.exports.memory.buffer, values, HOUSEHOLDS * facts.length);
for (const [row, household] of households.entries())
  for (const [f, fact] of facts.entries()) cells[row * facts.length + f] = BigInt(household[fact]);
const batch = (first, rows, money) => {
  const code = core.exports.cc_batch(
    AS_OF,
    values + first * facts.length * 8,
    0,
    facts.length,
    rows,
    verdicts + first * benefits,
    money ? amounts + first * benefits * 16 : 0,
    benefits,
  );
  if (code !== 0) throw new Error(JSON.stringify(core.result()));
};
batch(0, HOUSEHOLDS, true);
const isMet = (row, b) => new Uint8Array(core.exports.memory.buffer)[verdicts + row * benefits + b] === 2;
const amount = (row, b) => Array.from(new BigInt64Array(core.exports.memory.buffer, amounts + (row * benefits + b) * 16, 2), Number);

const OURS = "wasm batch, verdicts";
const OURS_MONEY = "wasm batch, verdicts and amounts";
const OURS_SINGLE = "wasm batch, one household a call";

/** The answers of one engine compared with ours, then the times of both. */
async function beside(name) {
  const { open, few = HOUSEHOLDS } = engines[name];
  const { begin, each, all, pay, input } = await open({ policyRules, facts });
  const mine = households.slice(0, few).map((household) => input(policyRules.complete(household)));
  let compared = 0;
  mine.forEach((household, row) => {
    begin?.(household);
    const together = all?.(household);
    layout.benefits.forEach((id, b) => {
      const want = isMet(row, b);
      for (const got of [each[b](household), ...(together ? [together[b]] : [])])
        if (got !== want) throw new Error(`${name} differs: ${id}, household ${row}: ${got}, not ${want}`);
      ++compared;
      if (!want || !pay?.[b]) return;
      const [least, most] = amount(row, b);
      if (least > most) return;
      const got = pay[b]();
      if (Math.abs(got - least) > 1e-6 || least !== most) throw new Error(`${name} differs: ${id}, household ${row}: ${got}, not ${least}`);
    });
  });

  let sink = 0;
  const contenders = {
    [OURS]: { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, false) },
    [OURS_MONEY]: { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, true) },
    [OURS_SINGLE]: {
      households: HOUSEHOLDS,
      run: () => {
        for (let row = 0; row < HOUSEHOLDS; ++row) batch(row, 1, false);
      },
    },
  };
  const against = {}; // a way of its → ours
  const add = (way, ours, run) => {
    const contender = way ? `${name}: ${way}` : name;
    contenders[contender] = { households: few, run };
    against[contender] = ours;
  };
  add(all ? "one a benefit" : "", OURS, () => {
    for (const household of mine) {
      begin?.(household);
      for (const met of each) sink += met(household) ? 1 : 0;
    }
  });
  if (all)
    add("all in one", OURS, () => {
      for (const household of mine) sink += all(household).length;
    });
  if (pay)
    add("with amounts", OURS_MONEY, () => {
      for (const household of mine) {
        begin(household);
        each.forEach((met, b) => {
          if (met() && pay[b]) sink += pay[b]();
        });
      }
    });
  const times = race(contenders, SMALL ? { runs: 3, least: 20 } : {});
  // Of each round its own ratio: what slows the machine down for a while slows both.
  const ratios = Object.entries(against).map(([contender, ours]) => ({
    name,
    contender,
    ours,
    ...spread(times[contender].all.map((time, round) => time / times[ours].all[round])),
  }));
  return { compared, few, given: policyRules.given.size, times, ratios, sink };
}

if (task === "--beside") {
  console.log(JSON.stringify(await beside(name)));
  process.exit(0);
}

const child = (...more) =>
  JSON.parse(execFileSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), ...more], { encoding: "utf8" }));
const found = Object.fromEntries(Object.keys(engines).map((one) => [one, child("--beside", one)]));
const memory = Object.fromEntries(["chuncheng", ...Object.keys(engines)].map((one) => [one, child("--memory", one)]));
let yes = 0;
for (let row = 0; row < HOUSEHOLDS; ++row) for (let b = 0; b < benefits; ++b) yes += isMet(row, b);
console.log(
  `${benefits} benefits, ${HOUSEHOLDS} households, ${yes} yes (${((100 * yes) / (benefits * HOUSEHOLDS)).toFixed(1)} %); the answers agree`,
);
const times = {};
for (const ours of [OURS, OURS_MONEY, OURS_SINGLE]) times[ours] = spread(Object.values(found).flatMap((one) => one.times[ours].all));
for (const one of Object.values(found)) for (const { contender } of one.ratios) times[contender] = one.times[contender];
const ratios = Object.values(found).flatMap((one) => one.ratios);
table([
  ["all benefits of one household", "median", "quartiles", "", "least", "most", "per second"],
  ...Object.entries(times).map(([contender, { median, q1, q3, least, most }]) => [
    contender,
    ...[median, q1, q3, least, most].map(show),
    Math.round(1e9 / median).toLocaleString("en"),
  ]),
]);
table([
  ["times as long as ours", "median", "quartiles", ""],
  ...ratios.map((one) => [one.contender, ...[one.median, one.q1, one.q3].map((n) => n.toFixed(1))]),
]);
table([
  ["MiB", "heap", "wasm"],
  ...Object.entries(memory).map(([one, { heap, wasm }]) => [one, ...[heap, wasm].map((n) => (n / 2 ** 20).toFixed(1))]),
]);
const pick = (key) => Object.fromEntries(Object.entries(found).map(([one, figures]) => [one, figures[key]]));
keep("rules", {
  versions: versions(Object.values(engines).map((one) => one.package)),
  benefits,
  facts: facts.length,
  households: HOUSEHOLDS,
  yes,
  given: pick("given"),
  compared: pick("compared"),
  few: pick("few"),
  nanosecondsPerHousehold: times,
  ratios,
  memory,
});
