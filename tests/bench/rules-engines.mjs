// Other engines over the rules of the policy, each in the setting its own documentation gives for many evaluations of the same rules: parsed or
// compiled once where it can be. Loaded only when opened, so that what an engine takes of memory can be told.
import { publicodesRules, situationOf } from "./publicodes-rules.mjs";

// JSON: yes-or-no answers are true and false there, everything else is a number.
export const jsonInput = (policyRules) => (answers) =>
  Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, policyRules.isBool(name) ? value === 1 : value]));
const comparesBool = (policyRules, { op, args }) => ["===", "!=="].includes(op) && args.some((one) => policyRules.isBool(one.fact));

export function jsonLogic(policyRules, tree, bool = false) {
  if ("const" in tree) return tree.bool || bool ? tree.const === 1 : tree.const;
  if ("fact" in tree) return { var: tree.fact };
  if (tree.op === "in") return { in: [jsonLogic(policyRules, tree.args[0]), tree.list] };
  const compared = comparesBool(policyRules, tree);
  return { [tree.op]: tree.args.map((one) => jsonLogic(policyRules, one, compared)) };
}

// CertLogic has no `or` and no `!==`: written with `!` and `and`, as its own `desugar` does; `and` has two operands at least, `===` exactly two.
const CERT_LACKS = ["-", "*", "min", "max"];
function certLogic(policyRules, tree, bool = false) {
  if ("const" in tree) return tree.bool || bool ? tree.const === 1 : tree.const;
  if ("fact" in tree) return { var: tree.fact };
  const inner = (one) => certLogic(policyRules, one, comparesBool(policyRules, tree));
  const and = (args) => (args.length === 1 ? args[0] : { and: args });
  if (tree.op === "in") return { in: [inner(tree.args[0]), tree.list] };
  const args = tree.args.map(inner);
  if (tree.op === "and") return and(args);
  if (tree.op === "or") return { "!": [and(args.map((one) => ({ "!": [one] })))] };
  if (tree.op === "!==") return { "!": [{ "===": args }] };
  if (tree.op === "+") return args.reduce((a, b) => ({ "+": [a, b] }));
  if (tree.op === "if" && args.length > 3) return { if: [args[0], args[1], certLogic(policyRules, { ...tree, args: tree.args.slice(2) })] };
  return { [tree.op]: args };
}

// CEL: `number` writes a literal of the type that answers have.
function cel(policyRules, number) {
  const write = (tree, bool = false) => {
    if ("const" in tree) return tree.bool || bool ? String(tree.const === 1) : number(tree.const);
    if ("fact" in tree) return tree.fact;
    const compared = comparesBool(policyRules, tree);
    const args = tree.args.map((one) => write(one, compared));
    const both = (sign) => args.slice(1).map((one, i) => `${args[i]} ${sign} ${one}`);
    switch (tree.op) {
      case "and":
        return `(${args.join(" && ")})`;
      case "or":
        return `(${args.join(" || ")})`;
      case "!":
        return `!(${args[0]})`;
      case "in":
        return `(${args[0]} in [${tree.list.map(number).join(", ")}])`;
      case "===":
        return `(${both("==").join(" && ")})`;
      case "!==":
        return `(${both("!=").join(" && ")})`;
      case "<":
      case "<=":
      case ">":
      case ">=":
        return `(${both(tree.op).join(" && ")})`;
      case "+":
      case "*":
        return `(${args.join(` ${tree.op} `)})`;
      case "-":
        return args.length === 1 ? `(-${args[0]})` : `(${args.join(" - ")})`;
      // No such functions in the language: of two with a condition.
      case "min":
        return args.reduce((a, b) => `(${a} < ${b} ? ${a} : ${b})`);
      case "max":
        return args.reduce((a, b) => `(${a} > ${b} ? ${a} : ${b})`);
      case "if": {
        const rest = (from) => (from === args.length - 1 ? args[from] : `(${args[from]} ? ${args[from + 1]} : ${rest(from + 2)})`);
        return rest(0);
      }
    }
    throw new Error(`operator ${tree.op}`);
  };
  return write;
}

async function openCel({ policyRules, facts }, type, number, value) {
  const { Environment } = await import("@marcbachmann/cel-js");
  const rules = policyRules.of();
  const environment = new Environment({ limits: { maxAstNodes: 1e6, maxDepth: 1e4, maxListElements: 1e6 } });
  const names = [...new Set([...facts, ...[...policyRules.given.values()].map((one) => one.name)])];
  for (const name of names) environment.registerVariable(name, policyRules.isBool(name) ? "bool" : type);
  const write = cel(policyRules, number);
  return {
    each: rules.map(({ conditions }) => environment.parse(write(conditions))),
    input: (answers) =>
      Object.fromEntries(Object.entries(answers).map(([name, one]) => [name, policyRules.isBool(name) ? one === 1 : value(one)])),
  };
}

const simple = (name, open) => ({ package: name, open });

/**
 * `open({policyRules, facts})` gives `each`, a function a benefit from the household to whether its conditions are met; `all`, one function to all of
 * these where the engine takes them together; `input`, a household as the engine wants it, made before the clock runs; and where there is a state,
 * `begin(household)`. `pay` are the amounts. `few`: so many households, of what is slow.
 */
export const engines = {
  "json-logic-js": simple("json-logic-js", async ({ policyRules }) => {
    const { default: logic } = await import("json-logic-js");
    const rules = policyRules.of().map(({ conditions }) => jsonLogic(policyRules, conditions));
    return {
      each: rules.map((rule) => (data) => logic.apply(rule, data)),
      all: (data) => logic.apply(rules, data),
      input: jsonInput(policyRules),
    };
  }),
  "json-logic-engine": simple("json-logic-engine", async ({ policyRules }) => {
    const { LogicEngine } = await import("json-logic-engine");
    const engine = new LogicEngine();
    const rules = policyRules.of().map(({ conditions }) => jsonLogic(policyRules, conditions));
    return { each: rules.map((rule) => engine.build(rule)), all: engine.build(rules), input: jsonInput(policyRules) };
  }),
  "certlogic-js": simple("certlogic-js", async ({ policyRules }) => {
    const { default: certlogic } = await import("certlogic-js");
    const rules = policyRules.of(CERT_LACKS).map(({ conditions }) => certLogic(policyRules, conditions));
    const { evaluate } = certlogic;
    return {
      each: rules.map((rule) => (data) => evaluate(rule, data)),
      all: (data) => evaluate(rules, data),
      input: jsonInput(policyRules),
    };
  }),
  "cel-js, int": simple("@marcbachmann/cel-js", (policy) => openCel(policy, "int", String, BigInt)),
  "cel-js, double": simple("@marcbachmann/cel-js", (policy) => openCel(policy, "double", (one) => one.toFixed(1), Number)),
  publicodes: {
    package: "publicodes",
    few: 20,
    async open({ policyRules, facts }) {
      const { default: Engine } = await import("publicodes");
      const { rules, asks } = publicodesRules(policyRules, facts);
      const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } });
      return {
        begin: (situation) => engine.setSituation(situation),
        each: asks.map(
          ([met]) =>
            () =>
              engine.evaluate(met).nodeValue === true,
        ),
        pay: asks.map(([, pay]) => pay && (() => Number(engine.evaluate(pay).nodeValue))),
        input: situationOf,
      };
    },
  },
};
