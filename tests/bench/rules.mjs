// All benefits for one household: the typed batch call in wasm against other engines on the same conditions of the same policy. The answers of all are
// compared before anything is timed.   node --expose-gc tests/bench/rules.mjs   (--memory NAME: what one of them takes, in a process of its own)
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

if (process.argv[2] === "--memory") {
  const name = process.argv[3];
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

// ---- the same answers? ----

const opened = {};
const handedOver = {};
for (const [name, { open }] of Object.entries(engines)) {
  const before = policyRules.given.size;
  opened[name] = await open({ policyRules, facts });
  handedOver[name] = policyRules.given.size - before;
}
const complete = households.map((household) => policyRules.complete(household));
let yes = 0;
for (let row = 0; row < HOUSEHOLDS; ++row) for (let b = 0; b < benefits; ++b) yes += isMet(row, b);
const inputs = {};
const compared = {};
for (const [name, { few = HOUSEHOLDS }] of Object.entries(engines)) {
  const { begin, each, all, pay, input } = opened[name];
  inputs[name] = complete.slice(0, few).map(input);
  compared[name] = 0;
  inputs[name].forEach((household, row) => {
    begin?.(household);
    const together = all?.(household);
    layout.benefits.forEach((id, b) => {
      const want = isMet(row, b);
      for (const got of [each[b](household), ...(together ? [together[b]] : [])])
        if (got !== want) throw new Error(`${name} differs: ${id}, household ${row}: ${got}, not ${want}`);
      ++compared[name];
      if (!want || !pay?.[b]) return;
      const [least, most] = amount(row, b);
      if (least > most) return;
      const got = pay[b]();
      if (Math.abs(got - least) > 1e-6 || least !== most) throw new Error(`${name} differs: ${id}, household ${row}: ${got}, not ${least}`);
    });
  });
}
console.log(
  `${benefits} benefits, ${HOUSEHOLDS} households, ${yes} yes (${((100 * yes) / (benefits * HOUSEHOLDS)).toFixed(1)} %); the answers agree`,
);

// ---- timing ----

let sink = 0;
const OURS = "wasm batch, verdicts";
const OURS_MONEY = "wasm batch, verdicts and amounts";
const contenders = {
  [OURS]: { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, false) },
  [OURS_MONEY]: { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, true) },
  "wasm batch, one household a call": {
    households: HOUSEHOLDS,
    run: () => {
      for (let row = 0; row < HOUSEHOLDS; ++row) batch(row, 1, false);
    },
  },
};
const against = []; // [its name, contender, ours]
for (const name of Object.keys(engines)) {
  const { begin, each, all, pay } = opened[name];
  const mine = inputs[name];
  const add = (way, ours, run) => {
    const contender = way ? `${name}: ${way}` : name;
    contenders[contender] = { households: mine.length, run };
    against.push({ name, contender, ours });
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
}
const times = race(contenders, SMALL ? { runs: 3, least: 20 } : {});
table([
  ["all benefits of one household", "median", "quartiles", "", "least", "most", "per second"],
  ...Object.entries(times).map(([name, { median, q1, q3, least, most }]) => [
    name,
    ...[median, q1, q3, least, most].map(show),
    Math.round(1e9 / median).toLocaleString("en"),
  ]),
]);
// Of each round its own ratio: what slows the machine down for a while slows both.
const ratios = against.map(({ name, contender, ours }) => ({
  name,
  contender,
  ours,
  ...spread(times[contender].all.map((time, round) => time / times[ours].all[round])),
}));
table([
  ["times as long as ours", "median", "quartiles", ""],
  ...ratios.map((one) => [one.contender, ...[one.median, one.q1, one.q3].map((n) => n.toFixed(1))]),
]);
const memory = {};
for (const name of ["chuncheng", ...Object.keys(engines)])
  memory[name] = JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), "--memory", name], { encoding: "utf8" }),
  );
table([
  ["MiB", "heap", "wasm"],
  ...Object.entries(memory).map(([name, one]) => [name, ...[one.heap, one.wasm].map((n) => (n / 2 ** 20).toFixed(1))]),
]);
keep("rules", {
  versions: versions(Object.values(engines).map((one) => one.package)),
  benefits,
  facts: facts.length,
  households: HOUSEHOLDS,
  yes,
  given: policyRules.given.size,
  handedOver,
  compared,
  few: Object.fromEntries(Object.entries(engines).map(([name, { few }]) => [name, few ?? HOUSEHOLDS])),
  nanosecondsPerHousehold: times,
  ratios,
  memory,
  sink,
});
