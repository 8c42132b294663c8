// What the tests of a site that stays as it is share: going about in it. The scripts that import it are started with the site's address as their first
// argument.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { require } from "./playwright.mjs";
import { AS_OF } from "./testing.mjs";

export * from "./testing.mjs";

const siteArgument = process.argv[2] ?? "";
if (siteArgument === "") {
  console.error("the first argument is the site's address");
  process.exit(2);
}
export const site = new URL(siteArgument.endsWith("/") || siteArgument.endsWith(".html") ? siteArgument : `${siteArgument}/`).href;
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const profilesFolder = fileURLToPath(new URL("../fixtures/profiles", import.meta.url));
export const profile = (name) => JSON.parse(readFileSync(`${profilesFolder}/${name}.json`, "utf8"));
export const address = (hash) => `${site}?as_of=${AS_OF}${hash}`;
export const factOf = (page) => decodeURIComponent(new URL(page.url()).hash.split("/")[3] ?? "");
export async function go(page, hash) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}
export async function atHash(page, prefix) {
  await page.waitForFunction((start) => location.hash.startsWith(start), prefix);
}

/** Types or clicks the answer to the question shown; undefined = "do not know". */
export async function answer(page, value) {
  // The next page has a heading of its own; the address changes before it is drawn.
  await page.evaluate(() => document.querySelector("h1").setAttribute("data-answered", ""));
  if (value === undefined) await page.click("[data-unknown]");
  else if (typeof value === "boolean") await page.click(`.answer[data-value="${value}"]`);
  else if (await page.locator("[data-part=year]").count()) {
    const [year, month, day] = value.split("-");
    await page.fill("[data-part=year]", year);
    await page.selectOption("[data-part=month]", String(Number(month)));
    await page.selectOption("[data-part=day]", String(Number(day)));
    await page.click("form .primary");
  } else if (await page.locator("input[type=radio]").count()) {
    await page.check(`input[type=radio][value="${value}"]`);
    await page.click("form .primary");
  } else {
    await page.fill("form .number input", String(value));
    await page.click("form .primary");
  }
  await page.waitForSelector("h1:not([data-answered])");
}

export async function answerAll(page, answers) {
  let asked = 0;
  for (; asked < 60; asked++) {
    await page.waitForSelector("[data-unknown], .summary");
    if (page.url().includes("#/result")) break;
    await answer(page, answers[factOf(page)]);
  }
  await page.waitForSelector(".summary");
  return asked;
}

export async function cards(page) {
  return page.$$eval("article[data-benefit]", (list) =>
    list.map(({ dataset }) => ({
      key: `${dataset.benefit}/${dataset.subject}`,
      verdict: dataset.verdict,
      min: dataset.min === undefined ? null : Number(dataset.min),
      max: dataset.max === undefined ? null : Number(dataset.max),
    })),
  );
}

/** Opens the card of a benefit when it is only a line. */
export async function unfold(page, benefit) {
  await page.waitForSelector(".summary");
  const line = page.locator(`[data-benefit=${benefit}] > details.line:not([open]) > summary`).first();
  if (await line.count()) await line.click();
}

export const READY = {
  "#/result": "main.result .actions",
  "#/about": ".sources",
  "#/find": ".total",
  "#/coverage": ".entries li",
  "#/data": ".files li",
};
export const shown = (page, hash) => page.waitForSelector(READY[hash] ?? ".bottom");

export async function toFind(page) {
  await page.goto(address("#/find"));
  await page.waitForSelector(".total");
}
export const total = async (page) => Number((await page.textContent(".total")).match(/\d+/)?.[0] ?? 0);
/** Once what is shown answers what was asked last. */
export const searched = (page) => page.waitForSelector(".total[aria-busy=false]");
export async function searchFor(page, q) {
  await page.fill("#find-q", q);
  await searched(page);
}
export async function damage(page, pattern, change) {
  await page.route(pattern, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.body()) });
  });
}
export const flip = (body) => {
  const bytes = Buffer.from(body);
  bytes[Math.floor(bytes.length / 2)] ^= 1;
  return bytes;
};
