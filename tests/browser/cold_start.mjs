// How long until the first question can be answered, on slow 4G and a slow phone: node cold_start.mjs <site url>
import { launch } from "./playwright.mjs";

const [, , site] = process.argv;
if (site === undefined) {
  console.error("usage: node cold_start.mjs <site url>");
  process.exit(2);
}
const RUNS = 3;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const CPU = 4;

// "Who is in the household" is the first question; the app is put on the page only when the core has loaded its policy.
function watch() {
  const look = () => {
    if (document.querySelector("form.who button[type=submit]") === null) requestAnimationFrame(look);
    else
      requestAnimationFrame(() => {
        window.firstQuestion = performance.now();
      });
  };
  look();
}

async function measure(page, visit) {
  await visit();
  await page.waitForFunction(() => window.firstQuestion !== undefined);
  return page.evaluate(() => window.firstQuestion);
}

const median = (list) => Math.round([...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]);
const browser = await launch();
const cold = [];
const warm = [];
for (let run = 0; run < RUNS; run++) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await page.addInitScript(watch);
  cold.push(await measure(page, () => page.goto(`${site}#/check`)));
  // Let what follows in the background end before the second visit.
  await page.waitForTimeout(8000);
  warm.push(await measure(page, () => page.reload()));
  await context.close();
}
await browser.close();
const rounded = (list) => list.map(Math.round);
console.log(
  JSON.stringify({ unit: "ms", cold: { median: median(cold), runs: rounded(cold) }, warm: { median: median(warm), runs: rounded(warm) } }),
);
