// What a visitor sees of a release: node release.mjs <site> <version> <folder of tests/fixtures/compat>
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { address, check, runTests, same, texts } from "./harness.mjs";

const [, , , version, compat, only] = process.argv;

const tests = {
  async "the page says its version, and shows the licences of what is in it"({ page, seen }) {
    await page.goto(address("#/about"));
    await page.waitForSelector("[data-version]");
    same(await page.getAttribute("[data-version]", "data-version"), version, "version");
    check((await page.textContent("[data-version]")).includes(version), "shown");
    same(seen.problems, [], "problems");
    await page.click('a[href="./licences.txt"]');
    await page.waitForFunction(() => document.body.textContent.includes("Boost Software License"));
    check((await page.textContent("body")).includes("春城自助"), "characters");
  },

  async "share links of every earlier version are read, those of a later one refused with a sentence"({ page, seen }) {
    for (const folder of readdirSync(compat)) {
      const link = readFileSync(join(compat, folder, "share.txt"), "utf8").trim();
      await page.goto(address(`#/share/${link}`));
      await page.waitForSelector("[data-received]");
      same(await page.getAttribute("[data-received]", "data-received"), "4", `${folder}: answers`);
      same(await page.locator("[data-dropped]").count(), 0, `${folder}: dropped`);
      await page.goto("about:blank");
      await page.goto(address(`#/share/${link.replace(/^\d+/, "999")}`));
      await page.waitForSelector("[data-bad=version]");
      check((await page.textContent("[data-bad]")).includes(texts["share.bad.version"]), "sentence");
      await page.goto("about:blank");
    }
    same(seen.problems, [], "problems");
  },
};

await runTests(tests, only);
