// Walks through the journeys as a visitor does and keeps the pictures of docs/user-guide: node guide.mjs <site url> <folder for the pictures>
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ANSWERS, answer, atHash, check, factOf, go, open, PHONE, searchFor } from "./harness.mjs";
import { launch } from "./playwright.mjs";

const [, , site, folder] = process.argv;
if (folder === undefined) {
  console.error("usage: node guide.mjs <site url> <folder for the pictures>");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await launch();
const { page, seen } = await open(browser, { viewport: PHONE, deviceScaleFactor: 1 });
let taken = 0;
async function picture(name, selector) {
  if (selector !== undefined) {
    await page.waitForSelector(selector);
    await page.evaluate((what) => document.querySelector(what).scrollIntoView({ block: "start" }), selector);
  }
  await page.waitForFunction(() => document.querySelector(".loading") === null);
  // A heading that has the focus only because a script moved it there would wear a frame that no visitor sees.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const bytes = await page.screenshot({ path: join(folder, `${name}.png`) });
  check(bytes.length > 5000, `${name}: an empty picture`);
  taken++;
}

await page.goto(`${site}?as_of=2026-11-23&lang=zh-CN#/`);
await picture("home", ".doors");
await page.evaluate(() => scrollTo(0, 0));
await picture("home");
await page.click('.door[href="#/check"]');
await picture("who", "h1");
await page.click("form.who .primary");
await atHash(page, "#/check/");
for (let turn = 0; turn < 60 && !page.url().includes("#/result"); turn++) {
  if (factOf(page) === "birth_date") await picture("question", "h1");
  await answer(page, ANSWERS[factOf(page)]);
}
await page.waitForSelector(".totals:not(.loading)");
await picture("result", "h1");
await picture("result-card", "[data-benefit=old_age_allowance]");
await picture("timeline", "main.result svg");
await go(page, "#/result/list");
await picture("checklist", "[data-print]");
await go(page, "#/scale/ltc_37/eating");
await picture("scale", "main h1");
await go(page, "#/find");
await page.waitForSelector(".total");
await searchFor(page, "guandu yly");
await picture("find", "h1");
await page.click("[data-map]");
await picture("map", ".map");
await go(page, "#/estimate");
await page.waitForSelector("#organisation");
await page.selectOption("#organisation", { index: 1 });
await picture("estimate", "h1");
await go(page, "#/plan/homes");
await picture("plan", "main [data-entry]");
await go(page, "#/settings");
await page.click('input[name=elder][value="true"]');
await picture("elder", "h1");
check(seen.problems.length === 0, `problems: ${seen.problems}`);
await browser.close();
console.log(`${taken} pictures in ${folder}`);
console.log("1 passed, 0 failed");
