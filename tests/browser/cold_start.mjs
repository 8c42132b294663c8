// How long until the first question can be answered, on slow 4G and a slow phone, and whether anything moved meanwhile: node cold_start.mjs <site url> [runs]
import { launch } from "./playwright.mjs";

const [, , site, runs = "5"] = process.argv;
if (site === undefined) {
  console.error("usage: node cold_start.mjs <site url> [runs]");
  process.exit(2);
}
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const CPU = 4;

// "Who is in the household" is the first question. Shown: the frame that holds it is painted; free: the next frame after it begins, so nothing else keeps
// the page from taking an answer.
function watch() {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value;
  }).observe({ type: "layout-shift", buffered: true });
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    window.shown = performance.now();
  };
  const look = () => {
    if (document.querySelector("form.who button[type=submit]") === null) return void requestAnimationFrame(look);
    painted.port2.postMessage(undefined);
    requestAnimationFrame(() => {
      window.firstQuestion = performance.now();
    });
  };
  look();
}

async function measure(page, devtools, visit) {
  await visit();
  // Playwright's own ways of waiting put a large script into the page while it starts, which a slow processor feels.
  const asked = async () => (await devtools.send("Runtime.evaluate", { expression: "window.firstQuestion" })).result.value;
  for (const end = Date.now() + 30000; (await asked()) === undefined; ) {
    if (Date.now() > end) throw new Error("no first question within 30 s");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // What comes a moment later may still move something.
  await page.waitForTimeout(1500);
  return page.evaluate(() => ({
    ms: window.firstQuestion,
    shown: window.shown,
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    moved: window.moved,
  }));
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const browser = await launch();
// Cold: nothing on the device. Warm: the page as a second visit finds it, from the service worker. Without: where there is no worker, from the browser's cache.
const starts = { cold: [], warm: [], "warm without worker": [] };
for (let run = 0; run < Number(runs); run++) {
  for (const workers of ["allow", "block"]) {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 }, serviceWorkers: workers });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", NETWORK);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
    await page.addInitScript(watch);
    const cold = await measure(page, devtools, () => page.goto(`${site}#/check`, { waitUntil: "commit" }));
    // Let what follows in the background end before the second visit.
    if (workers === "allow") {
      starts.cold.push(cold);
      await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", undefined, { timeout: 60000 });
    }
    await page.waitForTimeout(8000);
    await page.goto("about:blank");
    starts[workers === "allow" ? "warm" : "warm without worker"].push(
      await measure(page, devtools, () => page.goto(`${site}#/check`, { waitUntil: "commit" })),
    );
    await context.close();
  }
}
await browser.close();
for (const [name, list] of Object.entries(starts)) {
  const rounded = (key) => list.map((one) => Math.round(one[key]));
  const line = {
    start: name,
    median_ms: median(rounded("ms")),
    runs: rounded("ms"),
    shown: median(rounded("shown")),
    first_paint: median(rounded("paint")),
  };
  console.log(JSON.stringify({ ...line, layout_shift: Math.max(...list.map(({ moved }) => moved)) }));
}
