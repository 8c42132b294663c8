// Payload, cold start and memory of one family's answers and one search: the page as shipped, a bare page with publicodes and MiniSearch, and one as bare
// with the modules of this project (tests/bench/page, same bundler). The answers of all are compared before anything is timed.   node tests/bench/page.mjs
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { launch, preset, require } from "../browser/playwright.mjs";
import { dayOf, keep, policy as policyBytes, ROOT, SMALL, spread, table, versions } from "./common.mjs";
import { slowLine } from "./line.mjs";
import { PolicyRules } from "./policy-rules.mjs";
import { publicodesRules, situationOf } from "./publicodes-rules.mjs";

const RUNS = SMALL ? 1 : 5;
const LINE = { latency: 150, bytesPerSecond: 1.6e6 / 8 };
const CPU = 4;
const FAMILY = "tests/fixtures/profiles/two-elders-one-child.json";
const WANTED = { id: "KM-F042", text: "百善轩养老机构" };

// ---- the bare pages ----

const profile = JSON.parse(readFileSync(join(ROOT, FAMILY), "utf8"));
const policy = JSON.parse(policyBytes().toString());
const ids = policy.benefits.map(({ id }) => id);
const policyRules = new PolicyRules(policy, ids, dayOf(profile.as_of));
const facts = Object.keys(policy.facts).filter((name) => !policy.facts[name].derive);
const { rules, asks } = publicodesRules(policyRules, facts);
const number = (name, value) => {
  const { type, values } = policy.facts[name];
  return values ? values.indexOf(value) : type === "date" ? dayOf(value) : Number(value);
};
const householdFacts = profile.subjects.find(({ kind }) => kind === "household").facts;
const people = profile.subjects.map(({ id, kind, facts: own }) => {
  const answers = Object.fromEntries(Object.entries({ ...householdFacts, ...own }).map(([name, value]) => [name, number(name, value)]));
  return { id, kind, situation: situationOf(policyRules.complete(answers)) };
});
const FIELDS = ["name", "address", "words"];
const districts = Object.fromEntries(policy.districts.map(({ code, name }) => [code, name.zh]));
const types = JSON.parse(readFileSync(join(ROOT, "shared/packs/kunming/search.json"), "utf8")).types;
const rows = JSON.parse(readFileSync(join(ROOT, "build/open/facilities.json"), "utf8")).facilities.map(
  ({ id, name, address, district, type }) => ({
    id,
    name,
    ...(address ? { address } : {}),
    district: districts[district] ?? "",
    words: [types[type].name.zh, ...types[type].words, districts[district] ?? ""].join(" "),
  }),
);

const built = join(ROOT, "build/bench/peer");
const publicFolder = join(ROOT, "build/bench/peer-public");
for (const folder of [built, publicFolder]) rmSync(folder, { recursive: true, force: true });
mkdirSync(publicFolder, { recursive: true });
const benefits = policy.benefits.map(({ id, subject, title }, b) => ({
  benefit: id,
  subject,
  title: title.zh,
  met: asks[b][0],
  pay: asks[b][1],
}));
writeFileSync(join(publicFolder, "policy.json"), JSON.stringify({ rules, benefits }));
writeFileSync(join(publicFolder, "policy.own.json"), policyBytes());
for (const name of ["eligibility.wasm", "search.wasm"]) copyFileSync(join(ROOT, "build/wasm", name), join(publicFolder, name));
const database = readdirSync(join(ROOT, "build/snapshot")).find((name) => name.startsWith("facilities."));
copyFileSync(join(ROOT, "build/snapshot", database), join(publicFolder, "facilities.db"));
writeFileSync(join(publicFolder, "facilities.json"), JSON.stringify({ fields: FIELDS, rows }));
const { build } = await import(pathToFileURL(require.resolve("vite")).href);
await build({
  configFile: false,
  root: join(ROOT, "tests/bench/page"),
  base: "./",
  publicDir: publicFolder,
  logLevel: "warn",
  build: {
    outDir: built,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: { input: ["other", "own"].map((name) => join(ROOT, `tests/bench/page/${name}.html`)) },
  },
});
for (const name of readdirSync(built, { recursive: true })) {
  if (![".html", ".js", ".json", ".wasm", ".db"].includes(extname(name))) continue;
  const body = readFileSync(join(built, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  writeFileSync(join(built, `${name}.br`), brotliCompressSync(body, { params }));
  writeFileSync(join(built, `${name}.gz`), gzipSync(body, { level: 9 }));
}

// ---- the three pages ----

const onBarePage = (page) =>
  page.addInitScript((text) => {
    if (location.protocol === "http:") localStorage.setItem("bench.household", text);
  }, JSON.stringify({ people, profile }));
const bareSearch = `#${encodeURIComponent(WANTED.text)}`;
const found = `article[data-id="${WANTED.id}"]`;

const pages = {
  chuncheng: {
    folder: join(ROOT, "build/site"),
    enter: (page) => preset(page, { subjects: profile.subjects }),
    path: `?as_of=${profile.as_of}#/result`,
    search: `#/find/${WANTED.id}/${encodeURIComponent(WANTED.text)}`,
  },
  "publicodes + MiniSearch": { folder: built, enter: onBarePage, path: "other.html", search: bareSearch },
  "our modules, as bare": { folder: built, enter: onBarePage, path: "own.html", search: bareSearch },
};

// The moment after the frame that shows what is waited for.
function watch() {
  window.when = (selector) =>
    new Promise((tell) => {
      const look = () => {
        if (document.querySelector(selector) === null) requestAnimationFrame(look);
        else requestAnimationFrame(() => tell(performance.now()));
      };
      look();
    });
  window.answered = window.when("article[data-benefit]");
}

const sum = (files) => {
  const out = { files: files.length, raw: 0, brotli: 0, gzip: 0 };
  for (const file of files) for (const kind of ["raw", "brotli", "gzip"]) out[kind] += file[kind];
  return out;
};

// `workers`: without a service worker, which fetches much again so that the page works without a network, the list is what the page itself asks for.
async function visit(browser, { enter, path, search }, line, { slow, workers = "allow" }) {
  line.sent.length = 0;
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: "zh-CN", serviceWorkers: workers });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  const devtools = await context.newCDPSession(page);
  if (slow) await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await enter(page);
  await page.addInitScript(watch);
  await page.goto(line.address + path, { waitUntil: "commit" });
  const household = await page.evaluate(() => window.answered);
  const untilHousehold = [...line.sent];
  const shown = slow ? [] : await cards(page);
  const searched = await page.evaluate(
    async ([hash, selector]) => {
      const begin = performance.now();
      location.hash = hash;
      return [begin, await window.when(selector)];
    },
    [search, found],
  );
  const untilSearch = [...line.sent];
  const first = await page.$eval("article[data-id]", ({ dataset }) => dataset.id);
  if (slow) await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.waitForTimeout(slow ? 500 : 6000);
  await devtools.send("HeapProfiler.collectGarbage");
  const heap = (await devtools.send("Runtime.getHeapUsage")).usedSize;
  const memory = { heap, process: await biggestRenderer(browser) };
  const everything = [...line.sent];
  await context.close();
  return {
    shown,
    household,
    searched: searched[1] - searched[0],
    whole: searched[1],
    first,
    memory,
    untilHousehold,
    untilSearch,
    everything,
  };
}

/** Bytes that the page's process has for itself alone or its share of. */
async function biggestRenderer(browser) {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+) kB/m)?.[1] ?? 0) * 1024);
  return Math.max(...sizes);
}

const cards = (page) => page.$$eval("article[data-benefit]", (list) => list.map(({ dataset }) => ({ ...dataset })));

// ---- the same answers? ----

const expected = JSON.parse(
  execFileSync(join(ROOT, "build/native/chuncheng"), ["eval", "--json", FAMILY], { cwd: ROOT, encoding: "utf8" }),
);
const browser = await launch();
const results = {};
const lines = {};
for (const [name, one] of Object.entries(pages)) {
  lines[name] = await slowLine(one.folder, { latency: 0, bytesPerSecond: 1e9 });
  const seen = await visit(browser, one, lines[name], { slow: false });
  if (seen.first !== WANTED.id) throw new Error(`${name}: the first facility is ${seen.first}, not ${WANTED.id}`);
  const shown = Object.fromEntries(seen.shown.map((card) => [`${card.benefit}/${card.subject}`, card]));
  let amounts = 0;
  for (const { benefit, subject, verdict, amount } of expected.results) {
    const card = shown[`${benefit}/${subject}`];
    if (card?.verdict !== verdict) throw new Error(`${name}: ${benefit} of ${subject} is ${card?.verdict}, not ${verdict}`);
    if (verdict !== "yes" || amount?.min === undefined || amount.min !== amount.max || !("min" in card)) continue;
    if (Number(card.min) !== amount.min) throw new Error(`${name}: ${benefit} of ${subject} pays ${card.min}, not ${amount.min}`);
    ++amounts;
  }
  results[name] = { answers: expected.results.length, amounts, afterwards: sum(seen.everything), memory: seen.memory };
  lines[name].close();
  lines[name] = await slowLine(one.folder, LINE);
  const asked = await visit(browser, one, lines[name], { slow: true, workers: "block" });
  for (const key of ["untilHousehold", "untilSearch"]) results[name][key] = { ...sum(asked[key]), list: asked[key] };
}
const verdicts = {};
for (const { verdict } of expected.results) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
console.log(`${expected.results.length} answers (${JSON.stringify(verdicts)}) and the facility are the same on all pages`);

// ---- cold starts ----

const runs = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
for (let run = 0; run < RUNS; ++run) {
  for (const [name, one] of Object.entries(pages)) {
    runs[name].push(await visit(browser, one, lines[name], { slow: true }));
  }
}
for (const [name, list] of Object.entries(runs)) {
  lines[name].close();
  for (const key of ["household", "searched", "whole"])
    results[name][key] = { ...spread(list.map((seen) => seen[key])), all: list.map((seen) => seen[key]) };
}
await browser.close();
// Of each round its own ratio.
const [ours, ...bare] = Object.keys(pages);
const ratio = (name, key) => spread(results[name][key].all.map((ms, run) => ms / results[ours][key].all[run]));
const ratios = Object.fromEntries(
  bare.map((name) => [name, Object.fromEntries(["household", "searched", "whole"].map((key) => [key, ratio(name, key)]))]),
);
table([
  ["", ...Object.keys(pages)],
  ...["household", "searched", "whole"].map((key) => [`${key}, ms`, ...Object.values(results).map((one) => one[key].median.toFixed(0))]),
  ...["untilHousehold", "untilSearch", "afterwards"].map((key) => [
    `${key}: brotli, gzip`,
    ...Object.values(results).map((one) => `${one[key].brotli} ${one[key].gzip}`),
  ]),
  [
    "heap, process, MiB",
    ...Object.values(results).map(({ memory }) => `${(memory.heap / 2 ** 20).toFixed(1)} ${(memory.process / 2 ** 20).toFixed(1)}`),
  ],
]);
keep("page", {
  versions: versions(["publicodes", "minisearch"]),
  vite: require("vite/package.json").version,
  chromium: browser.version(),
  family: FAMILY,
  text: WANTED.text,
  facilities: rows.length,
  verdicts,
  runs: RUNS,
  cpu: CPU,
  line: LINE,
  results,
  ratios,
});
