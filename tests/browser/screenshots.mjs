// Pictures of the main pages on a phone and on a desk: node screenshots.mjs <site url> <folder>
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, preset } from "./playwright.mjs";

const [, , site, folder] = process.argv;
if (site === undefined || folder === undefined) {
  console.error("usage: node screenshots.mjs <site url> <folder>");
  process.exit(2);
}
const PROFILE = {
  subjects: [
    {
      id: "e1",
      kind: "elder",
      facts: {
        birth_date: "1936-03-09",
        hukou_district: "guandu",
        lives_in_kunming: true,
        destitute: "none",
        disability_grade: "g1",
        hospitalised: false,
      },
    },
    { id: "c1", kind: "child", facts: { child_birth_date: "2025-04-12", child_hukou_yunnan: true } },
    { id: "h", kind: "household", facts: { low_income: "none", pays_income_tax: true } },
  ],
};
const PAGES = {
  home: "#/",
  who: "#/check",
  date: "#/check/e1/birth_date",
  districts: "#/check/e1/hukou_district",
  choice: "#/check/e1/ltci_grade",
  yesno: "#/check/e1/needs_long_care",
  money: "#/check/e1/care_cost_month",
  result: "#/result",
  find: "#/find",
  about: "#/about",
  plan: "#/plan",
  targets: "#/plan/homes",
  projects: "#/plan/projects",
  policies: "#/plan/policies",
};
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const [width, height] of [
  [360, 780],
  [1280, 800],
]) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN" });
  const page = await context.newPage();
  await preset(page, PROFILE);
  for (const [name, hash] of Object.entries(PAGES)) {
    await page.goto(`${site}?as_of=2026-11-23&page=${name}${hash}`);
    await page.waitForSelector(name === "find" ? ".total" : ".bottom");
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
    if (name === "result" || name === "find") await page.screenshot({ path: join(folder, `${name}-${width}-all.png`), fullPage: true });
    if (name === "find") {
      await page.focus("#find-q");
      await page.keyboard.type("jinglao", { delay: 40 });
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(folder, `suggest-${width}.png`) });
    }
  }
  await context.close();
}
await browser.close();
