// How long from a touch or a key until the page shows what it did, on a slow phone (CPU 4 times slower): node latency.mjs <site url> [rounds]
// Event Timing gives for each interaction the time to the next paint, in steps of 8 ms.
import { launch } from "./playwright.mjs";

const [, , site, rounds = "3"] = process.argv;
if (site === undefined) {
  console.error("usage: node latency.mjs <site url> [rounds]");
  process.exit(2);
}
const CPU = 4;

function watch() {
  window.interactions = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration, processingStart, processingEnd, startTime } of list.getEntries()) {
      if (!interactionId) continue;
      const before = window.interactions.get(interactionId);
      if (before === undefined || before.duration < duration)
        window.interactions.set(interactionId, { duration, waited: processingStart - startTime, work: processingEnd - processingStart });
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

const found = new Map();
let settle = 0;
/** Does something and files the interactions that came of it under its kind; below the threshold of 16 ms nothing is reported, and 8 is filed. */
async function timed(page, kind, act) {
  await page.evaluate(() => window.interactions.clear());
  await act();
  await page.waitForTimeout(settle);
  const seen = await page.evaluate(() => [...window.interactions.values()]);
  const list = found.get(kind) ?? [];
  found.set(kind, list);
  list.push(...(seen.length === 0 ? [{ duration: 8, waited: 0, work: 0 }] : seen));
}

const browser = await launch();
for (let round = 0; round < Number(rounds); round++) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: "zh-CN", hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(watch);
  page.setDefaultTimeout(60000);
  settle = 600;
  await page.goto(`${site}?as_of=2026-11-23#/`);
  await page.waitForSelector(".door");
  // What is fetched and prepared in the background has ended, as for somebody who reads the page.
  await page.waitForTimeout(12000);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  const click = (kind, selector, after) =>
    timed(page, kind, async () => {
      await page.locator(selector).first().click();
      await page.waitForSelector(after);
    });

  await click("open a page", '.door[href="#/check"]', "form.who");
  await click("step", ".steps button[aria-label$='+'], .steps button >> nth=3", "form.who");
  await click("to the first question", "form.who button[type=submit]", ".unknown");
  for (let asked = 0; asked < 60 && page.url().includes("#/check/"); asked++) {
    const before = page.url();
    const moved = () => page.waitForFunction((old) => location.href !== old, before);
    if (await page.locator(".answer[data-value]").count()) {
      await timed(page, "answer", async () => {
        await page.locator(`.answer[data-value="${asked % 3 !== 0}"]`).click();
        await moved();
      });
    } else if (asked % 4 !== 3 && (await page.locator("input[type=radio]").count())) {
      await timed(page, "choose", () =>
        page
          .locator("input[type=radio]")
          .nth(asked % 2)
          .check(),
      );
      await timed(page, "answer", async () => {
        await page.click("form .primary");
        await moved();
      });
    } else {
      await timed(page, "answer", async () => {
        await page.click("[data-unknown]");
        await moved();
      });
    }
    await page.waitForSelector("h1");
    if (asked === 6) {
      await timed(page, "back", async () => {
        await page.click("[data-back]");
        await page.waitForTimeout(200);
      });
      await page.waitForSelector(".unknown");
    }
    if (asked === 12)
      await click("open the result", 'a[href="#/result"]', ".summary").then(() =>
        page.goBack().then(() => page.waitForSelector(".unknown")),
      );
  }
  if (!page.url().includes("#/result")) await page.click('a[href="#/result"]');
  await page.waitForSelector(".summary");
  await page.waitForTimeout(2000);
  for (let at = 0; at < 6; at++) {
    const summary = page.locator("main details:not([open]) > summary:visible").nth(at);
    if ((await summary.count()) === 0) break;
    await timed(page, "unfold", () => summary.click());
  }

  await click("open a page", 'nav a[href="#/find"]', ".total");
  for (const text of ["yanglao", "guandu", "yly"]) {
    for (const sign of text) await timed(page, "type", () => page.locator("#find-q").press(sign));
    await page.fill("#find-q", "");
    await page.waitForTimeout(settle);
  }
  await timed(page, "filter", () => page.selectOption("[data-filter=district]", "wuhua"));
  await click("open a page", 'nav a[href="#/about"]', "[data-counter]");
  await click("open a page", 'main a[href="#/plan"]', ".parts");
  for (const part of ["homes", "projects", "policies"]) {
    await click("open a plan page", `main a[href="#/plan/${part}"]`, "main.plan [data-entry]");
    await page.goBack();
    await page.waitForSelector(".parts");
  }
  await context.close();
}
await browser.close();

const percentile = (list, part) => list[Math.min(list.length - 1, Math.ceil(part * list.length) - 1)];
const report = (name, entries) => {
  const durations = entries.map(({ duration }) => duration).sort((a, b) => a - b);
  const work = entries.map((one) => one.work).sort((a, b) => a - b);
  console.log(
    `${name.padEnd(24)}${String(durations.length).padStart(5)}${[percentile(durations, 0.5), percentile(durations, 0.95), durations.at(-1), Math.round(percentile(work, 0.95))].map((value) => String(value).padStart(8)).join("")}`,
  );
};
console.log(
  `${"ms to the next paint".padEnd(24)}${["count", "p50", "p95", "most", "script p95"].map((word, at) => word.padStart(at === 0 ? 5 : 8)).join("")}`,
);
for (const [kind, entries] of found) report(kind, entries);
report("all", [...found.values()].flat());
