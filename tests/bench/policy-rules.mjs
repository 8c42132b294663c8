// The rules of the policy of one day as plain trees (Dialect), for engines that are not ours. Dates are not theirs to reckon with: what needs the
// calendar (ages) or a rounding is worked out beforehand and handed over as one more answer, and so is what a language has no operator for.
import { Dialect, dayOf } from "./common.mjs";

const GIVEN = ["age_on", "months_between", "add_months", "month_end", "year_end", "portion"];
const COMPARISONS = ["===", "!==", "<", "<=", ">", ">=", "in"];

const published = (tree) => ("const" in tree ? tree.const !== null : (tree.args ?? []).every(published));

export class PolicyRules {
  constructor(policy, ids, asOf) {
    this.policy = policy;
    this.dialect = new Dialect(policy, asOf);
    this.given = new Map(); // text of a tree → its name and the tree
    const byId = Object.fromEntries(policy.benefits.map((one) => [one.id, one]));
    this.rules = ids.map((id) => {
      const { in_force: period, criteria, amount } = byId[id];
      const inForce = dayOf(period.from) <= asOf && (period.to === null || asOf <= dayOf(period.to));
      const conditions = {
        op: "and",
        args: [{ const: inForce ? 1 : 0, bool: true }, ...criteria.map((one) => this.dialect.tree(one.when))],
      };
      const rows = (amount.rows ?? []).map((row) => ({
        when: this.#plain(this.dialect.rowCondition(row, amount.groups)),
        pay: this.dialect.tree(row.pay),
      }));
      return { id, conditions: this.#plain(conditions), rows };
    });
  }

  isBool(name) {
    return this.policy.facts[name]?.type === "bool";
  }

  // A comparison with a figure that is not published is never met.
  #plain(tree) {
    if (COMPARISONS.includes(tree.op) && !published(tree)) return { const: 0, bool: true };
    return tree.args ? { ...tree, args: tree.args.map((one) => this.#plain(one)) } : tree;
  }

  /** The tree in a language that has none of the operators `lacking`. */
  handOver(tree, lacking = []) {
    if ("const" in tree) return tree;
    if ("fact" in tree ? this.policy.facts[tree.fact]?.derive : GIVEN.includes(tree.op) || lacking.includes(tree.op)) {
      const key = JSON.stringify(tree);
      if (!this.given.has(key)) this.given.set(key, { name: "fact" in tree ? tree.fact : `given${this.given.size}`, tree });
      return { fact: this.given.get(key).name };
    }
    return tree.args ? { ...tree, args: tree.args.map((one) => this.handOver(one, lacking)) } : tree;
  }

  /** Conditions, and rows whose amount is published, with everything handed over that must be. */
  of(lacking = []) {
    return this.rules.map(({ id, conditions, rows }) => ({
      id,
      conditions: this.handOver(conditions, lacking),
      rows: rows
        .filter(({ pay }) => published(pay))
        .map(({ when, pay }) => ({ when: this.handOver(when, lacking), pay: this.handOver(pay, lacking) })),
    }));
  }

  /** Answers, and what is handed over worked out of them: nothing of what rests on an answer that is not there. Call it after all `of`. */
  complete(answers) {
    const out = { ...answers };
    for (const { name, tree } of this.given.values()) {
      if (this.#reads(tree).some((fact) => answers[fact] === undefined)) continue;
      out[name] = this.dialect.value(tree, answers);
    }
    return out;
  }

  #reads(tree) {
    if ("const" in tree) return [];
    if (!("fact" in tree)) return tree.args.flatMap((one) => this.#reads(one));
    const { derive } = this.policy.facts[tree.fact];
    return derive ? this.#reads(this.dialect.tree(derive)) : [tree.fact];
  }
}
