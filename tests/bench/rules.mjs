// All benefits for one household: the typed batch call in wasm against json-logic-engine's build() and publicodes, on the same conditions of the same
// policy. The answers of all are compared before anything is timed.   node tests/bench/rules.mjs
import { LogicEngine } from "json-logic-engine";
import Engine from "publicodes";
import { Dialect, dayOf, keep, openModule, policy as policyBytes, race, random, show, table } from "./common.mjs";

const AS_OF = dayOf("2026-11-23");
const HOUSEHOLDS = 1000;
const FEW = 20; // publicodes: so many of them

const core = await openModule();
const policy = JSON.parse(policyBytes().toString());
const layout = core.call({ layout: true });
const dialect = new Dialect(policy, AS_OF);

// ---- households, every answer known ----

// Birth dates of an age at which something is due; everything else anywhere in its range.
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

// ---- ours ----

const bytes = (count) => core.exports.cc_alloc(count) >>> 0;
const facts = layout.facts.length;
const benefits = layout.benefits.length;
const values = bytes(HOUSEHOLDS * facts * 8);
const verdicts = bytes(HOUSEHOLDS * benefits);
const amounts = bytes(HOUSEHOLDS * benefits * 16);
const cells = new BigInt64Array(core.exports.memory.buffer, values, HOUSEHOLDS * facts);
for (const [row, household] of households.entries())
  for (const [f, { fact }] of layout.facts.entries()) cells[row * facts + f] = BigInt(household[fact]);
const batch = (first, rows, money) => {
  const code = core.exports.cc_batch(
    AS_OF,
    values + first * facts * 8,
    0,
    facts,
    rows,
    verdicts + first * benefits,
    money ? amounts + first * benefits * 16 : 0,
    benefits,
  );
  if (code !== 0) throw new Error(JSON.stringify(core.result()));
};
batch(0, HOUSEHOLDS, true);
const verdict = (row, b) => new Uint8Array(core.exports.memory.buffer)[verdicts + row * benefits + b];
const amount = (row, b) => Array.from(new BigInt64Array(core.exports.memory.buffer, amounts + (row * benefits + b) * 16, 2), Number);

// ---- the rules of the policy for the others ----

const byId = Object.fromEntries(policy.benefits.map((one) => [one.id, one]));
const rules = layout.benefits.map((id) => {
  const benefit = byId[id];
  const inForce = dayOf(benefit.in_force.from) <= AS_OF && (benefit.in_force.to === null || AS_OF <= dayOf(benefit.in_force.to));
  return {
    id,
    conditions: { op: "and", args: [{ const: inForce ? 1 : 0, bool: true }, ...benefit.criteria.map((one) => dialect.tree(one.when))] },
    rows: (benefit.amount.rows ?? []).map((row) => ({
      when: dialect.rowCondition(row, benefit.amount.groups),
      pay: dialect.tree(row.pay),
    })),
  };
});

// Dates are not theirs to reckon with: whatever needs the calendar (ages) or a rounding is worked out beforehand and handed over as one more answer.
const GIVEN = new Set(["age_on", "months_between", "add_months", "month_end", "year_end", "portion"]);
const given = new Map(); // text of the tree → its name and tree
function handOver(tree) {
  if ("const" in tree) return tree;
  if ("fact" in tree ? policy.facts[tree.fact].derive : GIVEN.has(tree.op)) {
    const key = JSON.stringify(tree);
    if (!given.has(key)) given.set(key, { name: "fact" in tree ? tree.fact : `given${given.size}`, tree });
    return { fact: given.get(key).name };
  }
  return tree.args ? { ...tree, args: tree.args.map(handOver) } : tree;
}
for (const rule of rules) {
  rule.conditions = handOver(rule.conditions);
  rule.rows = rule.rows.map(({ when, pay }) => ({ when: handOver(when), pay: handOver(pay) }));
}
const complete = households.map((household) => ({
  ...household,
  ...Object.fromEntries([...given.values()].map(({ name, tree }) => [name, dialect.value(tree, household)])),
}));

// ---- json-logic-engine ----

// A yes-or-no answer is true/false there, everything else a number; a comparison with a figure that is not published is never met.
const isBool = (name) => policy.facts[name]?.type === "bool";
const forLogic = complete.map((household) =>
  Object.fromEntries(Object.entries(household).map(([name, value]) => [name, isBool(name) ? value === 1 : value])),
);
function logic(tree, bool = false) {
  if ("const" in tree) return tree.bool || bool ? tree.const === 1 : tree.const;
  if ("fact" in tree) return { var: tree.fact };
  if (tree.op === "in") return { in: [logic(tree.args[0]), tree.list] };
  const compared = ["===", "!=="].includes(tree.op) && tree.args.some((one) => isBool(one.fact));
  return { [tree.op]: tree.args.map((one) => logic(one, compared)) };
}
const logicRules = rules.map((rule) => logic(rule.conditions));
const engine = new LogicEngine();
const each = logicRules.map((rule) => engine.build(rule));
const all = engine.build(logicRules);

// ---- publicodes ----

const publicodes = {};
const nameOf = (fact) => `f ${fact.replaceAll("_", " ")}`;
for (const { name } of [...layout.facts.map(({ fact }) => ({ name: fact })), ...given.values()])
  publicodes[nameOf(name)] = { question: "?" };
// A minimum or maximum, and an expression within one, must be a rule of its own.
let parts = 0;
function named(expression) {
  if (typeof expression !== "object") return expression;
  publicodes[`part ${++parts}`] = expression;
  return `part ${parts}`;
}
const SIGN = { "===": "=", "!==": "!=" };
function code(tree) {
  if ("const" in tree) return tree.bool ? (tree.const === 1 ? "oui" : "non") : tree.const;
  if ("fact" in tree) return nameOf(tree.fact);
  const args = tree.args.map(code);
  switch (tree.op) {
    case "and":
      return { "toutes ces conditions": args };
    case "or":
      return { "une de ces conditions": args };
    case "!":
      return { "=": [args[0], "non"] };
    case "in":
      return { "une de ces conditions": tree.list.map((one) => ({ "=": [args[0], one] })) };
    case "min":
      return named({ "le minimum de": args.map(named) });
    case "max":
      return named({ "le maximum de": args.map(named) });
    case "+":
      return { somme: args };
    case "*":
      return args.reduce((a, b) => ({ "*": [a, b] }));
    case "if": {
      const variations = [];
      for (let i = 0; i + 1 < args.length; i += 2) variations.push({ si: args[i], alors: args[i + 1] });
      return { variations: [...variations, { sinon: args.at(-1) }] };
    }
    default: {
      const sign = SIGN[tree.op] ?? tree.op;
      return args.length === 3 ? { "toutes ces conditions": [{ [sign]: args.slice(0, 2) }, { [sign]: args.slice(1) }] } : { [sign]: args };
    }
  }
}
const published = (tree) => ("const" in tree ? tree.const !== null : (tree.args ?? []).every(published));
// Yes-or-no answers are compared with 1 and 0 there: both kinds of engine get plain numbers where the policy compares with true and false.
const plain = (tree) => ("const" in tree ? { const: tree.const } : tree.args ? { ...tree, args: tree.args.map(plain) } : tree);
const truth = (tree) =>
  "fact" in tree && isBool(tree.fact)
    ? { op: "===", args: [tree, { const: 1 }] }
    : "const" in tree
      ? { const: tree.const, bool: true }
      : ["and", "or", "!"].includes(tree.op)
        ? { ...tree, args: tree.args.map(truth) }
        : tree.op === "if"
          ? { ...tree, args: tree.args.map((one, i) => (i % 2 === 0 && i + 1 < tree.args.length ? truth(one) : plain(one))) }
          : plain(tree);
const money = (tree) => (tree.op === "if" ? truth(tree) : tree.args ? { ...tree, args: tree.args.map(money) } : tree);
rules.forEach((rule, b) => {
  publicodes[`met ${b}`] = code(truth(rule.conditions));
  const rows = rule.rows.filter(({ pay }) => published(pay));
  if (rows.length > 0)
    publicodes[`pay ${b}`] = {
      variations: [...rows.map(({ when, pay }) => ({ si: code(truth(when)), alors: code(money(pay)) })), { sinon: 0 }],
    };
});
const quiet = { log() {}, warn() {}, error() {} };
const publicodesEngine = new Engine(publicodes, { logger: quiet });
const situations = complete
  .slice(0, FEW)
  .map((household) => Object.fromEntries(Object.entries(household).map(([name, value]) => [nameOf(name), value])));
const asks = rules.map((_, b) => [`met ${b}`, `pay ${b}` in publicodes ? `pay ${b}` : null]);

// ---- the same answers? ----

let yes = 0;
complete.forEach((_, row) => {
  const together = all(forLogic[row]);
  rules.forEach((rule, b) => {
    const want = verdict(row, b) === 2;
    yes += want;
    if (each[b](forLogic[row]) !== want || together[b] !== want) throw new Error(`json-logic-engine differs: ${rule.id}, household ${row}`);
  });
});
situations.forEach((situation, row) => {
  publicodesEngine.setSituation(situation);
  asks.forEach(([met, pay], b) => {
    const want = verdict(row, b) === 2;
    if ((publicodesEngine.evaluate(met).nodeValue === true) !== want)
      throw new Error(`publicodes differs: ${rules[b].id}, household ${row}`);
    if (!want || pay === null) return;
    const [least, most] = amount(row, b);
    if (least > most) return;
    const got = Number(publicodesEngine.evaluate(pay).nodeValue);
    if (Math.abs(got - least) > 1e-6 || least !== most)
      throw new Error(`publicodes differs: ${rules[b].id}, household ${row}: ${got}, not ${least}`);
  });
});
console.log(
  `${benefits} benefits, ${HOUSEHOLDS} households, ${yes} yes (${((100 * yes) / (benefits * HOUSEHOLDS)).toFixed(1)} %); the answers agree`,
);

// ---- timing ----

let sink = 0;
const times = race({
  "wasm batch, verdicts": { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, false) },
  "wasm batch, verdicts and amounts": { households: HOUSEHOLDS, run: () => batch(0, HOUSEHOLDS, true) },
  "wasm batch, one household a call": {
    households: HOUSEHOLDS,
    run: () => {
      for (let row = 0; row < HOUSEHOLDS; ++row) batch(row, 1, false);
    },
  },
  "json-logic-engine, one function": {
    households: HOUSEHOLDS,
    run: () => {
      for (const household of forLogic) sink += all(household).length;
    },
  },
  "json-logic-engine, one a benefit": {
    households: HOUSEHOLDS,
    run: () => {
      for (const household of forLogic) for (const met of each) sink += met(household) ? 1 : 0;
    },
  },
  publicodes: {
    households: FEW,
    run: () => {
      for (const situation of situations) {
        publicodesEngine.setSituation(situation);
        for (const [met, pay] of asks)
          if (publicodesEngine.evaluate(met).nodeValue === true && pay !== null) sink += Number(publicodesEngine.evaluate(pay).nodeValue);
      }
    },
  },
});
const ours = times["wasm batch, verdicts"].median;
const withAmounts = times["wasm batch, verdicts and amounts"].median;
const logicBest = Math.min(times["json-logic-engine, one function"].median, times["json-logic-engine, one a benefit"].median);
table([
  ["all benefits of one household", "median", "least", "most", "per second"],
  ...Object.entries(times).map(([name, { median, least, most }]) => [
    name,
    show(median),
    show(least),
    show(most),
    Math.round(1e9 / median).toLocaleString("en"),
  ]),
]);
const ratios = {
  jsonLogicEngine: logicBest / ours,
  jsonLogicEngineAgainstAmountsToo: logicBest / withAmounts,
  publicodes: times.publicodes.median / withAmounts,
};
console.log(
  `  json-logic-engine (its faster way) / wasm: ${ratios.jsonLogicEngine.toFixed(1)} × conditions alone; ${ratios.jsonLogicEngineAgainstAmountsToo.toFixed(1)} × when only wasm also works out amounts   (goal ≥ 3)`,
);
console.log(`  publicodes / wasm, conditions and amounts: ${Math.round(ratios.publicodes).toLocaleString("en")} ×   (goal > 1000)`);
keep("rules", { benefits, households: HOUSEHOLDS, publicodesHouseholds: FEW, nanosecondsPerHousehold: times, ratios, sink });
