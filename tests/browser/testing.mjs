// What every browser test has, whatever the site: comparing, a page in a fresh profile, and running a table of tests.
import { readFileSync } from "node:fs";
import { launch } from "./playwright.mjs";

export const texts = JSON.parse(readFileSync(new URL("../../i18n/zh-CN.json", import.meta.url), "utf8"));
export const AS_OF = "2026-11-23";
export const PHONE = { width: 360, height: 780 };
export const ELDER = { subjects: [{ id: "e1", kind: "elder", facts: {} }] };
/** What those who walk through journey 1 answer; nothing to any other question. */
export const ANSWERS = {
  birth_date: "1936-03-09",
  hukou_district: "guandu",
  disability_grade: "g1",
  needs_long_care: true,
  destitute: "none",
  low_income: "dibao",
};

export function check(truth, message) {
  if (!truth) throw new Error(message);
}
export function same(found, wanted, message) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  check(a === b, `${message}: found ${a}, wanted ${b}`);
}

/** A page in a fresh browser profile; what goes wrong in it is collected. A service worker would come between the page and the tests: offline.mjs has one. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, locale: "zh-CN", serviceWorkers: "block", ...options });
  const page = await context.newPage();
  const seen = { problems: [], requests: [] };
  page.on("console", (message) => message.type() === "error" && seen.problems.push(message.text()));
  page.on("pageerror", (error) => seen.problems.push(String(error)));
  context.on("request", (request) => seen.requests.push(request));
  page.setDefaultTimeout(20000);
  return { context, page, seen };
}

// Whoever takes longer says how long: what makes a suite slow is seen in every log.
const LONG_S = 5;
// While the page of one test waits for a file, a timer or an animation, that of another reckons.
const LANES = 2;

/** Runs the tests of each queue one after the other, queues side by side, each test with what `begin` makes for it; prints them and ends the process. */
export async function runQueues(queues, begin, end) {
  let passed = 0;
  let failed = 0;
  async function run(name, test) {
    const start = performance.now();
    let given = {};
    let problem;
    try {
      given = await begin();
      await test(given);
      passed++;
    } catch (error) {
      failed++;
      problem = String(error.stack ?? error);
    }
    await given.close?.();
    const seconds = (performance.now() - start) / 1000;
    const long = seconds < LONG_S ? "" : ` (${seconds.toFixed(1)} s)`;
    if (problem === undefined) return console.log(`ok ${name}${long}`);
    console.log(`not ok ${name}${long}\n  ${problem.replace(/\n/g, "\n  ")}`);
    if (given.seen?.problems.length > 0) console.log(`  in the page: ${given.seen.problems.join("\n  ")}`);
  }
  async function lane(queue) {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(...next);
  }
  await Promise.all(queues.map(lane));
  await end();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

/** Runs a table of tests, or those whose name has a part in it. */
export async function runTable(tests, only, begin, end) {
  const queue = Object.entries(tests).filter(([name]) => only === undefined || name.includes(only));
  await runQueues(new Array(LANES).fill(queue), begin, end);
}

/** Each test in a page of its own. */
export async function runTests(tests, only) {
  const browser = await launch();
  const begin = async () => {
    const opened = await open(browser);
    return { browser, ...opened, close: () => opened.context.close() };
  };
  await runTable(tests, only, begin, () => browser.close());
}
