// The policy in publicodes' language.

const SIGN = { "===": "=", "!==": "!=" };
export const nameOf = (fact) => `f ${fact.replaceAll("_", " ")}`;

/** Rules to construct an Engine with; `asks`: for each benefit the rule of its conditions and that of its amount, or null. */
export function publicodesRules(policyRules, facts) {
  const rules = policyRules.of();
  const out = {};
  for (const name of [...facts, ...[...policyRules.given.values()].map((one) => one.name)]) out[nameOf(name)] = { question: "?" };
  // A minimum or maximum, and an expression within one, must be a rule of its own.
  let parts = 0;
  const named = (expression) => {
    if (typeof expression !== "object") return expression;
    out[`part ${++parts}`] = expression;
    return `part ${parts}`;
  };
  const code = (tree) => {
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
        return args.length === 3
          ? { "toutes ces conditions": [{ [sign]: args.slice(0, 2) }, { [sign]: args.slice(1) }] }
          : { [sign]: args };
      }
    }
  };
  // Yes-or-no answers are the numbers 1 and 0 there, compared where the policy reads a truth.
  const plain = (tree) => ("const" in tree ? { const: tree.const } : tree.args ? { ...tree, args: tree.args.map(plain) } : tree);
  const truth = (tree) => {
    if ("fact" in tree && policyRules.isBool(tree.fact)) return { op: "===", args: [tree, { const: 1 }] };
    if ("const" in tree) return { const: tree.const, bool: true };
    if (["and", "or", "!"].includes(tree.op)) return { ...tree, args: tree.args.map(truth) };
    if (tree.op === "if")
      return { ...tree, args: tree.args.map((one, i) => (i % 2 === 0 && i + 1 < tree.args.length ? truth(one) : plain(one))) };
    return plain(tree);
  };
  const money = (tree) => (tree.op === "if" ? truth(tree) : tree.args ? { ...tree, args: tree.args.map(money) } : tree);
  rules.forEach(({ conditions, rows }, b) => {
    out[`met ${b}`] = code(truth(conditions));
    if (rows.length > 0)
      out[`pay ${b}`] = {
        variations: [...rows.map(({ when, pay }) => ({ si: code(truth(when)), alors: code(money(pay)) })), { sinon: 0 }],
      };
  });
  return { rules: out, asks: rules.map((_, b) => [`met ${b}`, `pay ${b}` in out ? `pay ${b}` : null]) };
}

export const situationOf = (answers) => Object.fromEntries(Object.entries(answers).map(([name, value]) => [nameOf(name), value]));
