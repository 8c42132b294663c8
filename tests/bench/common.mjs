// What the benchmarks share: the module and the policy as shipped, rows of answers, the dialect as plain JavaScript, timing and output.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBytes } from "./module.mjs";

export const ROOT = new URL("../..", import.meta.url).pathname;
/** A smoke run: everything happens, with sizes that say nothing. */
export const SMALL = process.env.CHUNCHENG_BENCH_SMALL === "1";

export const policy = () => {
  const folder = join(ROOT, "build/snapshot");
  const name = readdirSync(folder).find((file) => file.startsWith("policy."));
  return readFileSync(join(folder, name));
};

/** A module as shipped, with its data loaded. */
export const openModule = (name = "advice", data = policy()) => openBytes(readFileSync(join(ROOT, `build/wasm/${name}.wasm`)), data);

// ---- numbers that repeat ----

export function random(seed) {
  let state = seed >>> 0;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

// ---- days ----

const DAY = 86400000;
const civil = (day) => {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
};
const monthDays = (year, month) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
export const dayOf = (text) => Date.parse(text) / DAY;
const ageOn = (birth, on) => {
  const [by, bm, bd] = civil(birth);
  const [oy, om, od] = civil(on);
  return oy - by - (om < bm || (om === bm && od < bd) ? 1 : 0);
};
const addMonths = (day, n) => {
  const [y, m, d] = civil(day);
  const total = y * 12 + m + n;
  const year = Math.floor(total / 12);
  const month = total - year * 12;
  return Date.UTC(year, month, Math.min(d, monthDays(year, month))) / DAY;
};
const monthsBetween = (from, to) => {
  const [fy, fm] = civil(from);
  const [ty, tm] = civil(to);
  const n = (ty - fy) * 12 + tm - fm;
  return addMonths(from, n) > to ? n - 1 : n;
};

// ---- the dialect, typed: every literal an integer ----

/** An expression as {op,args} | {const} | {fact}: dates and enum values become integers, params the figures of the day (null = not published). */
export class Dialect {
  constructor(policy, asOf) {
    this.policy = policy;
    this.asOf = asOf;
    this.derived = new Map();
  }

  tree(node, partner) {
    if (typeof node === "boolean") return { const: node ? 1 : 0, bool: true };
    if (typeof node === "number") return { const: node };
    if (typeof node === "string") {
      if (/^\d{4}-\d\d-\d\d$/.test(node)) return { const: dayOf(node) };
      return { const: this.policy.facts[partner].values.indexOf(node) };
    }
    const [op] = Object.keys(node);
    const body = Array.isArray(node[op]) ? node[op] : [node[op]];
    if (op === "var") return body[0] === "as_of" ? { const: this.asOf } : { fact: body[0] };
    if (op === "param") return { const: this.param(body) };
    if (op === "portion") return { op, args: [this.tree(body[0]), this.tree(body[1])], rounding: body[2] };
    const names = body.map((one) => (one && typeof one === "object" && "var" in one ? [one.var].flat()[0] : null));
    const enums = names.find((name) => name !== null && this.policy.facts[name]?.values);
    if (op === "in") return { op, args: [this.tree(body[0])], list: body[1].map((one) => this.tree(one, names[0]).const) };
    return { op, args: body.map((one) => this.tree(one, enums)) };
  }

  param([name, ...keys]) {
    const period = this.policy.params[name].values.find(
      (one) => dayOf(one.from) <= this.asOf && (one.to === null || this.asOf <= dayOf(one.to)),
    );
    let cell = period?.cells;
    for (const key of keys) cell = cell?.[key];
    return typeof cell === "number" ? cell : null;
  }

  rowCondition(row, groups) {
    return {
      op: "and",
      args: Object.entries(row.if).map(([name, value]) => {
        const fact = this.policy.facts[name];
        const list = typeof value === "string" && value.startsWith("@") ? groups[name][value.slice(1)] : value;
        if (Array.isArray(list) && ["count", "money", "date"].includes(fact.type)) {
          const [lo, hi] = list.map((one) => this.tree(one));
          return {
            op: "and",
            args: [
              { op: ">=", args: [{ fact: name }, lo] },
              { op: "<=", args: [{ fact: name }, hi] },
            ],
          };
        }
        if (Array.isArray(list)) return { op: "in", args: [{ fact: name }], list: list.map((one) => this.tree(one, name).const) };
        return { op: "===", args: [{ fact: name }, this.tree(list, name)] };
      }),
    };
  }

  /** The value of a tree; comparisons with a figure that is not published are null (open). */
  value(tree, facts) {
    if ("const" in tree) return tree.const;
    if ("fact" in tree) {
      const fact = this.policy.facts[tree.fact];
      if (!fact.derive) return facts[tree.fact];
      if (!this.derived.has(tree.fact)) this.derived.set(tree.fact, this.tree(fact.derive));
      return this.value(this.derived.get(tree.fact), facts);
    }
    const at = (i) => this.value(tree.args[i], facts);
    if (tree.op === "and" || tree.op === "or") {
      const all = tree.args.map((one) => this.value(one, facts));
      const decisive = tree.op === "and" ? 0 : 1;
      return all.includes(decisive) ? decisive : all.includes(null) ? null : 1 - decisive;
    }
    if (tree.op === "if") {
      for (let i = 0; i + 1 < tree.args.length; i += 2) if (at(i)) return at(i + 1);
      return at(tree.args.length - 1);
    }
    const args = tree.args.map((one) => this.value(one, facts));
    if (args.includes(null)) return null;
    const chain = (test) => (args.every((one, i) => i === 0 || test(args[i - 1], one)) ? 1 : 0);
    switch (tree.op) {
      case "!":
        return 1 - args[0];
      case "===":
        return chain((a, b) => a === b);
      case "!==":
        return chain((a, b) => a !== b);
      case "<":
        return chain((a, b) => a < b);
      case "<=":
        return chain((a, b) => a <= b);
      case ">":
        return chain((a, b) => a > b);
      case ">=":
        return chain((a, b) => a >= b);
      case "in":
        return tree.list.includes(args[0]) ? 1 : 0;
      case "+":
        return args.reduce((a, b) => a + b);
      case "-":
        return args.length === 1 ? -args[0] : args[0] - args[1];
      case "*":
        return args.reduce((a, b) => a * b);
      case "min":
        return Math.min(...args);
      case "max":
        return Math.max(...args);
      case "age_on":
        return ageOn(...args);
      case "months_between":
        return monthsBetween(...args);
      case "add_months":
        return addMonths(...args);
      case "month_end": {
        const [y, m] = civil(args[0]);
        return Date.UTC(y, m + 1, 0) / DAY;
      }
      case "year_end":
        return Date.UTC(civil(args[0])[0], 11, 31) / DAY;
      case "portion": {
        const product = args[0] * args[1];
        return tree.rounding === "down"
          ? Math.floor(product / 1000)
          : tree.rounding === "up"
            ? Math.ceil(product / 1000)
            : Math.floor((product + 500) / 1000);
      }
    }
    throw new Error(`operator ${tree.op}`);
  }
}

// ---- timing ----

/** The process's own computing time in ms: other work on the machine does not count, garbage collection of a contender does. */
export const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

/** Nanoseconds of computing time per household of each contender: `runs` rounds, every contender once a round, each at least `least` ms long. */
export function race(contenders, { runs = 9, least = 150 } = {}) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const repeat = {};
  for (const [name, { run, households }] of Object.entries(contenders)) {
    run();
    const begin = cpu();
    let count = 0;
    while (cpu() - begin < least) {
      run();
      ++count;
    }
    repeat[name] = { count: Math.max(1, count), households };
  }
  for (let round = 0; round < runs; ++round) {
    for (const [name, { run }] of Object.entries(contenders)) {
      const begin = cpu();
      for (let i = 0; i < repeat[name].count; ++i) run();
      times[name].push(((cpu() - begin) * 1e6) / (repeat[name].count * repeat[name].households));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, { ...spread(all), all }]));
}

export function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), q1: at(0.25), q3: at(0.75), least: sorted[0], p90: at(0.9), most: sorted.at(-1), runs: sorted.length };
}

export const show = (ns) => (ns < 1e3 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`);

export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  for (const row of rows)
    console.log(`  ${row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join("  ")}`);
}

/** Bytes of JavaScript's heap after a collection (node --expose-gc). */
export function held() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

export const versions = (packages) =>
  Object.fromEntries(
    packages.map((name) => [name, JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version]),
  );

/** Raw figures to build/bench/<name>.json; benchmarks.py adds the machine, the commit, the day and how busy the machine was. */
export function keep(name, figures) {
  const folder = join(ROOT, "build/bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 1)}\n`);
}
