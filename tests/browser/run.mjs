// Browser tests: node run.mjs <site url> <folder with the CLI's results for tests/fixtures/profiles> [part of a test's name]
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { estimateTests } from "./estimate.mjs";
import {
  ANSWERS,
  address,
  answer,
  answerAll,
  atHash,
  axeSource,
  cards,
  check,
  damage,
  ELDER,
  factOf,
  flip,
  go,
  open,
  PHONE,
  profilesFolder,
  READY,
  runTests,
  same,
  searched,
  searchFor,
  site,
  texts,
  toFind,
  total,
  unfold,
} from "./harness.mjs";
import { languageTests } from "./languages.mjs";
import { planTests } from "./plan.mjs";
import { preset } from "./playwright.mjs";
import { resultTests } from "./result.mjs";
import { scaleTests } from "./scales.mjs";

const [, , , expectedFolder, only] = process.argv;
if (expectedFolder === undefined) {
  console.error("usage: node run.mjs <site url> <folder of <profile>.json results> [part of a test's name]");
  process.exit(2);
}

const tests = {
  async "home shows what the site is and when the data is from"({ page, seen }) {
    await page.goto(address(""));
    await page.waitForSelector(".door");
    same(await page.locator(".door").count(), 4, "big buttons");
    check((await page.textContent("main")).includes("2026"), "no data date");
    check((await page.textContent("body")).includes(texts["web.home.privacy"]), "no privacy sentence");
    same(seen.problems, [], "problems");
  },

  async "the page can be read without scripts"({ browser }) {
    const { page, context } = await open(browser, { javaScriptEnabled: false });
    await page.goto(address(""));
    const text = await page.textContent("main");
    for (const key of ["web.title", "web.home.intro", "web.boot.noscript"]) check(text.includes(texts[key]), `lacks ${key}`);
    await context.close();
  },

  async "journey 1 from the home page to the result, by clicking"({ page, seen }) {
    await page.goto(address(""));
    await page.click(".door >> nth=0");
    await page.click("form.who .primary");
    await atHash(page, "#/check/");
    const asked = await answerAll(page, ANSWERS);
    check(asked >= 6, `only ${asked} questions`);
    const found = await cards(page);
    const one = (id) => found.find((card) => card.key === `${id}/e1`);
    same(one("old_age_allowance"), { key: "old_age_allowance/e1", verdict: "yes", min: 20000, max: 20000 }, "old age allowance");
    same(one("disabled_nursing_allowance")?.verdict, "yes", "nursing allowance");
    same(one("destitute_support")?.verdict, "no", "destitute support");
    same(one("ltci")?.verdict, "open", "long-term care insurance");
    const card = page.locator("[data-benefit=old_age_allowance]");
    check((await card.textContent()).includes("200"), "amount in yuan");
    await card.locator(":scope > details > summary").last().click();
    check(await card.locator(".cites").last().isVisible(), "clauses are shown");
    check(await page.locator(".no-list:not([open])").count(), "what does not apply is folded");
    same(seen.problems, [], "problems");
  },

  async "a question can be put aside, looked up from the result and answered later"({ page }) {
    await preset(page, ELDER);
    await page.goto(address("#/check/e1/birth_date"));
    await answer(page, undefined);
    check(factOf(page) !== "birth_date", "asked again at once");
    await page.click(`a[href="#/result"]`);
    await unfold(page, "old_age_allowance");
    const link = page.locator('[data-benefit=old_age_allowance] .needed a[href*="birth_date"]');
    await link.click();
    await page.waitForSelector("[data-part=year]");
    await answer(page, "1940-01-01");
    await atHash(page, "#/result");
    await unfold(page, "old_age_allowance");
    same(await page.locator('[data-benefit=old_age_allowance] .needed a[href*="birth_date"]').count(), 0, "still needed");
    await unfold(page, "disabled_living_allowance");
    await page.evaluate(() => {
      for (const one of document.querySelectorAll(".needed details")) one.open = true;
    });
    await page.click('[data-benefit=disabled_living_allowance] .needed a[href*="low_income"]');
    await page.waitForSelector("input[type=radio]");
    check(page.url().includes("#/check/h/low_income"), "a household fact is asked of the household");
  },

  async "who answers and goes elsewhere at once stays there, and the answer is kept"({ page }) {
    await preset(page, ELDER);
    await page.goto(address("#/check/e1/hukou_district"));
    await page.waitForSelector("[data-unknown]");
    const kept = (fact) => localStorage.getItem("chuncheng.answers").includes(fact);
    same(await page.evaluate(kept, "hukou_district"), false, "kept before");
    await page.evaluate(() => {
      document.querySelector("[data-unknown]").click();
      location.hash = "#/result";
    });
    await page.waitForFunction(kept, "hukou_district");
    await page.waitForSelector(".summary");
    same(await page.evaluate(() => location.hash), "#/result", "where");
  },

  async "wrong input is explained and not taken"({ page }) {
    await preset(page, ELDER);
    await page.goto(address("#/check/e1/birth_date"));
    for (const [year, month, day] of [
      ["1942", "2", "30"],
      ["42", "2", "3"],
      ["1942", "", "3"],
      ["1899", "12", "31"],
    ]) {
      await page.fill("[data-part=year]", year);
      await page.selectOption("[data-part=month]", month);
      await page.selectOption("[data-part=day]", day);
      await page.click("form .primary");
      check(await page.locator("main [role=alert]").isVisible(), `${year}-${month}-${day} was taken`);
    }
    await page.fill("[data-part=year]", "１９４４");
    await page.selectOption("[data-part=month]", "2");
    await page.selectOption("[data-part=day]", "29");
    await page.click("form .primary");
    await page.waitForFunction(() => !location.hash.includes("birth_date"));
    check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes("1944-02-29"), "full-width digits");
    await go(page, "#/check/e1/care_cost_month");
    for (const bad of ["", "abc", "12.345", "-1", "50000.01"]) {
      await page.fill(".number input", bad);
      await page.click("form .primary");
      check(await page.locator("main [role=alert]").isVisible(), `${bad} was taken`);
    }
    await answer(page, "0.29");
    check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes('"care_cost_month":29'), "fen");
    await go(page, "#/check/e1/hukou_district");
    await page.waitForSelector("input[type=radio]");
    await page.click("form .primary");
    check(await page.locator("main [role=alert]").isVisible(), "no choice was taken");
  },

  async "nobody chosen is explained"({ page }) {
    await page.goto(address("#/check"));
    await page.click(".steps button >> nth=0");
    await page.click("form.who .primary");
    check(await page.locator("main [role=alert]").isVisible(), "no message");
  },

  async "back goes one question back and keeps the answer"({ page }) {
    await page.goto(address("#/check"));
    await page.click("form.who .primary");
    await atHash(page, "#/check/");
    const first = factOf(page);
    await answer(page, first === "birth_date" ? "1940-01-01" : undefined);
    const second = factOf(page);
    check(second !== first && second !== "", "no second question");
    await answer(page, undefined);
    await page.goBack();
    await page.waitForFunction((fact) => location.hash.endsWith(`/${fact}`), second);
    await page.click("[data-back]");
    await page.waitForFunction((fact) => location.hash.endsWith(`/${fact}`), first);
    if (first === "birth_date") same(await page.inputValue("[data-part=year]"), "1940", "year kept");
    await page.click("[data-back]");
    await page.waitForSelector("form.who");
  },

  async "answers survive a reload and can be cleared"({ page }) {
    await preset(page, { subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1931-05-06", hukou_district: "wuhua" } }] });
    await page.goto(address("#/result"));
    await page.waitForSelector("[data-benefit=old_age_allowance][data-verdict=yes]");
    await page.reload();
    await page.waitForSelector("[data-benefit=old_age_allowance][data-verdict=yes]");
    await page.click("[data-clear]");
    check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))) !== null, "cleared without being asked");
    await page.click("[data-clear-yes]");
    await page.waitForSelector("[data-cleared]");
    same(await page.evaluate(() => localStorage.getItem("chuncheng.answers")), null, "storage");
    await go(page, "#/result");
    await page.waitForSelector("h1");
    same(await page.locator("article").count(), 0, "cards");
  },

  async "without storage the check still works"({ page, seen }) {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
    await page.goto(address("#/check"));
    await page.click("form.who .primary");
    await answerAll(page, { birth_date: "1936-03-09", hukou_district: "wuhua" });
    same((await cards(page)).find((card) => card.key === "old_age_allowance/e1")?.min, 12000, "allowance");
    same(seen.problems, [], "problems");
  },

  async "damaged stored answers are no obstacle"({ page, seen }) {
    await page.addInitScript(() =>
      localStorage.setItem("chuncheng.answers", '{"subjects":[{"id":7},null,{"id":"x","kind":"dragon","facts":{}}],"skipped":5'),
    );
    await page.goto(address("#/check"));
    await page.waitForSelector("form.who");
    same(seen.problems, [], "problems");
  },

  async "an error value of the core is shown in words"({ page }) {
    await preset(page, { subjects: [{ id: "e1", kind: "elder", facts: { shoe_size: 42 } }] });
    await page.goto(address("#/result"));
    await page.waitForSelector("main [role=alert]");
    check((await page.textContent("main [role=alert]")).includes("shoe_size"), "the fact is not named");
    check(await page.locator("[data-clear]").isVisible(), "no way out");
  },

  async "twenty households: the page agrees with the command line"({ page }) {
    const names = readdirSync(profilesFolder).filter((name) => name.endsWith(".json"));
    check(names.length >= 20, `only ${names.length} profiles`);
    await page.goto(`${site}404.html`);
    for (const name of names) {
      const profile = JSON.parse(readFileSync(join(profilesFolder, name), "utf8"));
      const expected = JSON.parse(readFileSync(join(expectedFolder, name), "utf8"));
      await page.evaluate((text) => localStorage.setItem("chuncheng.answers", text), JSON.stringify({ subjects: profile.subjects }));
      await page.goto(`${site}?as_of=${profile.as_of}&household=${name}#/result`);
      await page.waitForSelector(".summary");
      const wanted = expected.results.map((one) => ({
        key: `${one.benefit}/${one.subject}`,
        verdict: one.verdict,
        min: one.amount?.min ?? null,
        max: one.amount?.max ?? null,
      }));
      const order = (list) => list.sort((a, b) => (a.key < b.key ? -1 : 1));
      same(order(await cards(page)), order(wanted), name);
    }
  },

  async "journey 3: Chinese, pinyin, initials, filters, paging"({ page, seen }) {
    await toFind(page);
    const all = await total(page);
    check(all > 100, `only ${all} facilities`);
    const shown = await page.locator(".hit").count();
    await page.click("[data-more]");
    await page.waitForFunction((n) => document.querySelectorAll(".hit").length > n, shown);
    for (const q of ["敬老院", "jinglaoyuan", "jly"]) {
      await searchFor(page, q);
      check((await page.textContent(".hits")).includes("敬老院"), `${q} finds none`);
      check((await total(page)) < all, `${q} does not narrow`);
    }
    await searchFor(page, "敬老院");
    same(await page.textContent(".hit mark >> nth=0"), "敬老院", "highlight");
    await searchFor(page, "");
    await page.selectOption("[data-filter=district]", "guandu");
    await searched(page);
    const guandu = await total(page);
    check(guandu > 0 && guandu < all, `district: ${guandu}`);
    await page.click(".filters > details > summary");
    await page.selectOption("[data-filter=stage]", "planned");
    await searched(page);
    const planned = await total(page);
    check(planned > 0 && planned < guandu, `stage: ${planned}`);
    await page.fill("[data-filter=beds]", "100");
    await searched(page);
    check((await total(page)) <= planned, "beds");
    await page.click("[data-reset]");
    await searched(page);
    same(await total(page), all, "all again");
    same(seen.problems, [], "problems");
  },

  async "journey 3: suggestions by keyboard"({ page }) {
    await toFind(page);
    await page.focus("#find-q");
    await page.keyboard.type("jinglao", { delay: 30 });
    await page.waitForSelector("[role=option]");
    same(await page.getAttribute("#find-q", "aria-expanded"), "true", "expanded");
    let active = "";
    for (let n = 0; n < 8; n++) {
      await page.keyboard.press("ArrowDown");
      active = await page.getAttribute("#find-q", "aria-activedescendant");
      same(await page.getAttribute(`#${active}`, "aria-selected"), "true", "selected");
      if ((await page.textContent(`#${active} .hint`)) === texts["find.suggest.name"]) break;
    }
    const wanted = await page.textContent(`#${active} span >> nth=0`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#find-q").getAttribute("aria-expanded") === "false");
    same(await page.inputValue("#find-q"), wanted, "chosen");
    await searched(page);
    check((await page.textContent(".hit h2 >> nth=0")).includes(wanted), "found");
    await page.keyboard.type("x");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector("#find-q").getAttribute("aria-expanded") === "false");
  },

  async "journey 3: a suggested district becomes a filter"({ page }) {
    await toFind(page);
    await page.fill("#find-q", "官渡");
    await page.click("[role=option] >> nth=0");
    await page.waitForFunction(() => document.querySelector("[data-filter=district]").value === "guandu");
    same(await page.inputValue("#find-q"), "", "the words are used up");
  },

  async "journey 3: nothing found leads on"({ page }) {
    await toFind(page);
    await searchFor(page, "jinglaoyuam qxqx");
    same((await page.textContent(".total")).trim(), texts["find.none"], "message");
    await page.locator(".try button").first().click();
    await page.waitForFunction(() => document.querySelectorAll(".hit").length > 0);
  },

  async "journey 3: calling and the way there are links that tell nothing of this page"({ page }) {
    await toFind(page);
    await searchFor(page, "云南省第二人民医院");
    check((await page.getAttribute(".hit a[href^='tel:'] >> nth=0", "href")).length > 8, "no phone link");
    await page.click(".hit .maps summary >> nth=0");
    await page.waitForSelector(".hit .maps a");
    const links = await page
      .locator(".hit .maps a")
      .evaluateAll((list) => list.map((one) => [new URL(one.href).hostname, one.target, one.rel, one.referrerPolicy].join(" ")));
    same(
      links,
      ["uri.amap.com", "apis.map.qq.com", "api.map.baidu.com"].map((host) => `${host} _blank noopener noreferrer no-referrer`),
      "map links",
    );
  },

  async "journey 3: a word understood as a filter is shown, taken back and given again"({ page }) {
    await toFind(page);
    await searchFor(page, "官渡 养老");
    const understood = await total(page);
    await page.keyboard.press("Escape"); // the suggestions lie over the chips
    await page.click("[data-chip=district]");
    await page.waitForSelector("[data-chip=off]");
    await searched(page);
    const literal = await total(page);
    check(literal <= understood, `as text ${literal}, as a district ${understood}`);
    await page.click("[data-chip=off]");
    await page.waitForSelector("[data-chip=district]");
    await page.waitForFunction((n) => document.querySelector(".total").textContent.includes(n), String(understood));
  },

  async "journey 3: what no row has data for is said, and drops nothing"({ page }) {
    await toFind(page);
    await searchFor(page, "养老院");
    const all = await total(page);
    await searchFor(page, "养老院 3000以下");
    check((await page.textContent(".chips")).includes(texts["find.unknown.price"]), "price is not said to be unknown");
    same(await total(page), all, "rows");
  },

  async "journey 3: the counts beside a choice are what choosing it shows"({ page }) {
    await toFind(page);
    const option = await page.textContent("[data-filter=district] option[value=panlong]");
    await page.selectOption("[data-filter=district]", "panlong");
    await searched(page);
    same(Number(option.match(/（(\d+)）/)?.[1]), await total(page), "count");
  },

  async "journey 3: nothing in a district: with one condition less there is something"({ page }) {
    await toFind(page);
    await page.selectOption("[data-filter=district]", "dongchuan");
    await page.selectOption("[data-filter=type]", "wellness");
    await searchFor(page, "敬老院");
    same((await page.textContent(".total")).trim(), texts["find.none"], "message");
    await page.locator(".relaxed button").first().click();
    await page.waitForFunction(() => document.querySelectorAll(".hit").length > 0);
  },

  async "journey 3: nothing in a district: what lies across its border"({ page }) {
    await toFind(page);
    await searchFor(page, "富民 敬老院");
    same((await page.textContent(".total")).trim(), texts["find.none"], "message");
    const button = page.locator(".neighbours button").first();
    const wanted = Number(/（(\d+)）/.exec(await button.textContent())[1]);
    const district = await button.getAttribute("data-neighbour");
    await button.click();
    await page.waitForFunction(() => document.querySelectorAll(".hit").length > 0);
    same(await page.inputValue("[data-filter=district]"), district, "the district chosen");
    same(await page.inputValue("#find-q"), "敬老院", "the word for the old district is gone");
    check((await page.textContent(".total")).includes(String(wanted)), "as many as the button said");
  },

  async "journey 3: the picture of the districts chooses one, by pointer and by keyboard"({ page, seen }) {
    await toFind(page);
    await page.click("[data-map]");
    const shape = page.locator('.map [data-district="guandu"]');
    const wanted = Number(/（(\d+)）/.exec(await shape.getAttribute("aria-label"))[1]);
    check(wanted > 0, "guandu has some");
    // The middle of a bent shape's box may be its neighbour; its name stands inside.
    const [name, box] = await Promise.all([page.locator(".map text", { hasText: "官渡" }).boundingBox(), shape.boundingBox()]);
    await shape.click({ position: { x: name.x + name.width / 2 - box.x, y: name.y + name.height / 2 - box.y } });
    await page.waitForFunction((count) => document.querySelector(".total").textContent.includes(` ${count} `), wanted);
    same(await page.inputValue("[data-filter=district]"), "guandu", "chosen");
    same(await shape.getAttribute("aria-pressed"), "true", "pressed");
    await page.locator('.map [data-district="luquan"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("[data-filter=district]").value === "luquan");
    await page.keyboard.press(" ");
    await page.waitForFunction(() => document.querySelector("[data-filter=district]").value === "");
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    same(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      [],
      "axe",
    );
    same(seen.problems, [], "problems");
  },

  async "journey 3: up to four are compared side by side"({ page, seen }) {
    await toFind(page);
    for (let n = 0; n < 4; n++) await page.locator("[data-pick]").nth(n).check();
    same(await page.locator(".hit:not(:has(:checked)) [data-pick]").count(), 0, "a fifth can be picked");
    await page.click("[data-compare]");
    await page.waitForSelector(".wide table");
    same(await page.locator(".wide thead th").count(), 4, "columns");
    check((await page.locator(".wide tbody tr").count()) >= 3, "rows");
    check((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, "the page scrolls sideways");
    same(seen.problems, [], "problems");
  },

  async "journey 3: the same words among benefits, the plan and documents"({ page }) {
    await toFind(page);
    await searchFor(page, "高龄津贴");
    await page.click("[data-kind=benefit]");
    await page.waitForSelector("[data-id=old_age_allowance] mark");
    await searchFor(page, "gaolingjintie");
    await page.waitForSelector("[data-id=old_age_allowance] mark");
  },

  async "journey 3: a refused position is explained, a given one is used"({ browser }) {
    const refused = await open(browser);
    await toFind(refused.page);
    await refused.page.click("[data-near]");
    await refused.page.waitForFunction((text) => document.querySelector(".near").textContent.includes(text), texts["find.near.refused"]);
    await refused.context.close();
    const given = await open(browser, { geolocation: { latitude: 25.0406, longitude: 102.7123 }, permissions: ["geolocation"] });
    await toFind(given.page);
    await given.page.click("[data-near]");
    await given.page.waitForSelector("[data-near][aria-pressed=true]");
    await searched(given.page);
    const text = await given.page.textContent("main");
    check(text.includes(texts["find.near.nowhere"]) || /约 [\d.]+ (公里|米)/.test(text), "neither distances nor why not");
    const leak = given.seen.requests.find((request) => /25\.04|102\.71/.test(request.url() + (request.postData() ?? "")));
    check(leak === undefined, `position in ${leak?.url()}`);
    await given.context.close();
  },

  async "on paper everything is unfolded, and no button is printed"({ page }) {
    await preset(page, JSON.parse(readFileSync(join(profilesFolder, "elder-83-wuhua.json"), "utf8")));
    await page.goto(address("#/result"));
    await page.waitForSelector(".summary");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    // What is one line on the screen is one line on paper; the refused ones stay away.
    same(await page.locator("main details:not([open]):not(.line):not(.no-list):not(.answers)").count(), 0, "folded");
    same(await page.locator("button:visible").count(), 0, "buttons");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    check((await page.locator("main details:not([open])").count()) > 0, "folded again");
  },

  async "a route change moves the focus to the heading"({ page }) {
    await page.goto(address(""));
    await page.waitForSelector(".door");
    await page.click(".top nav a >> nth=0");
    await page.waitForSelector("form.who");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    same(await page.title(), `${texts["web.who.title"]} - ${texts["web.title"]}`, "window title");
  },

  async "keyboard only: from the first question to an answer"({ page }) {
    await page.goto(address("#/check"));
    await page.waitForSelector("form.who");
    const tabTo = async (selector) => {
      for (let n = 0; n < 60; n++) {
        if (await page.evaluate((one) => document.activeElement?.matches(one), selector)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`${selector} cannot be reached`);
    };
    await tabTo("form.who .primary");
    await page.keyboard.press("Enter");
    await atHash(page, "#/check/");
    await go(page, "#/check/e1/hukou_district");
    await page.waitForSelector("input[type=radio]");
    await tabTo("input[type=radio]");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !location.hash.includes("hukou_district"));
    check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes("hukou_district"), "answer not kept");
  },

  async "with the network cut, both journeys go on"({ context, page, seen }) {
    const advice = page.waitForResponse((response) => /advice-.*\.wasm$/.test(response.url()), { timeout: 20000 });
    await toFind(page);
    await (await advice).finished();
    await page.waitForTimeout(500);
    await context.setOffline(true);
    await go(page, "#/check");
    await page.click("form.who .primary");
    await answerAll(page, { birth_date: "1936-03-09", hukou_district: "wuhua" });
    same((await cards(page)).find((card) => card.key === "old_age_allowance/e1")?.min, 12000, "allowance");
    await go(page, "#/find");
    await page.waitForSelector("#find-q");
    await searchFor(page, "敬老院");
    check((await total(page)) > 0, "nothing found");
    same(seen.problems, [], "problems");
  },

  async "search is fetched while the visitor is idle"({ page }) {
    const arrived = page.waitForResponse((response) => /facilities\..*\.db$/.test(response.url()), { timeout: 20000 });
    await page.goto(address("#/check"));
    await arrived;
  },

  async "a browser without streaming compilation"({ page, seen }) {
    await page.addInitScript(() => {
      delete WebAssembly.compileStreaming;
      delete WebAssembly.instantiateStreaming;
    });
    await page.goto(address("#/check"));
    await page.click("form.who .primary");
    await atHash(page, "#/check/");
    same(seen.problems, [], "problems");
  },

  async "a plain http host without crypto.subtle, and a damaged file there"({ browser }) {
    for (const damaged of [false, true]) {
      const { context, page } = await open(browser);
      await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined }));
      if (damaged) await damage(page, "**/data/policy.*.json", flip);
      await page.goto(address("#/check"));
      await page.waitForSelector(damaged ? "#boot-failed" : "form.who", { state: "visible" });
      await context.close();
    }
  },

  async "damaged or missing files are reported plainly and can be tried again"({ browser }) {
    const cases = [
      ["**/data/policy.*.json", flip, "damaged"],
      ["**/data/texts.*.json", (body) => body.subarray(0, 100), "damaged"],
      ["**/assets/eligibility-*.wasm", (body) => body.subarray(0, 5000), "damaged"],
      ["**/data/policy.*.json", null, "network"],
      ["**/assets/eligibility-*.wasm", null, "network"],
    ];
    for (const [pattern, change, reason] of cases) {
      const { context, page } = await open(browser);
      if (change === null) await page.route(pattern, (route) => route.abort());
      else await damage(page, pattern, change);
      await page.goto(address("#/check"));
      await page.waitForSelector("#boot-failed", { state: "visible" });
      const text = await page.locator("#boot-failed p:visible").allTextContents();
      check(
        text.some((line) => line.includes(texts[`web.boot.${reason}`])),
        `${pattern}: ${text}`,
      );
      await page.unroute(pattern);
      await page.click("#boot-failed button");
      await page.waitForSelector("form.who");
      await context.close();
    }
  },

  async "the first question is there before the core, waits for it, and survives that it cannot be had"({ page, seen }) {
    let give;
    const held = new Promise((resolve) => {
      give = resolve;
    });
    await page.route("**/assets/eligibility-*.wasm", async (route) => {
      await held;
      await route.abort();
    });
    await page.goto(address("#/check"));
    await page.locator(".stepper .steps button").nth(3).click();
    await page.click("form.who .primary");
    check((await page.textContent("form.who [role=status]")).includes(texts["web.boot.wait"]), "nothing says that it waits");
    await page.locator(".stepper .steps button").nth(3).click();
    same(await page.locator("form.who [role=status]").count(), 0, "a form that was changed again still waits");
    await page.click("form.who .primary");
    await page.waitForSelector("form.who [role=status]");
    await page.click(`nav a[href="#/about"]`);
    await page.waitForSelector("h1 + [role=status]");
    await page.click(`nav a[href="#/check"]`);
    give();
    await page.waitForSelector("#boot-failed", { state: "visible" });
    check(!(await page.isVisible("form.who")), "a form that cannot go on is still there");
    await page.unroute("**/assets/eligibility-*.wasm");
    await page.click("#boot-failed button");
    await page.click("form.who .primary");
    await atHash(page, "#/check/");
    const kinds = await page.evaluate(() => JSON.parse(localStorage.getItem("chuncheng.answers")).subjects.map(({ kind }) => kind));
    same(kinds.sort(), ["child", "child", "elder", "household"], "people");
    same(
      seen.problems.filter((one) => !one.startsWith("Failed to load resource")),
      [],
      "problems",
    );
  },

  async "a second try asks for the manifest afresh and reports a bad one"({ page }) {
    await page.route("**/data/policy.*.json", (route) => route.abort());
    await page.goto(address("#/check"));
    await page.waitForSelector("#boot-failed", { state: "visible" });
    await page.unroute("**/data/policy.*.json");
    await damage(page, "**/data/manifest.json", () => "<!doctype html>");
    await page.click("#boot-failed button");
    await page.waitForSelector("#boot-failed [data-reason=damaged]", { state: "visible" });
    await page.unroute("**/data/manifest.json");
    await page.click("#boot-failed button");
    await page.waitForSelector("form.who");
  },

  async "a damaged facility database is reported plainly and can be tried again"({ browser }) {
    const { context, page } = await open(browser);
    await damage(page, "**/data/facilities.*.db", flip);
    await damage(context, "**/data/facilities.*.db", flip);
    await page.goto(address("#/find"));
    await page.waitForSelector(".alert button");
    check((await page.textContent(".alert")).includes(texts["web.boot.damaged"]), "message");
    await page.unroute("**/data/facilities.*.db");
    await context.unroute("**/data/facilities.*.db");
    await page.click(".alert button");
    await page.waitForSelector(".total");
    await context.close();
  },

  async "no message is missing on any page"({ page }) {
    await preset(page, JSON.parse(readFileSync(join(profilesFolder, "institution-full.json"), "utf8")));
    await page.goto(address("#/"));
    for (const hash of ["#/", "#/check", "#/result", "#/find", "#/about", "#/data", "#/check/i1/approved_beds"]) {
      await go(page, hash);
      await page.waitForSelector(READY[hash] ?? "h1");
      const text = await page.textContent("body");
      check(
        !/[\u27e6\u27e7]|undefined|NaN|\[object/.test(text),
        `${hash}: ${text.match(/.{0,30}([\u27e6]|undefined|NaN|\[object).{0,30}/)?.[0]}`,
      );
    }
  },

  async "the plan's coverage: each of its 40 entries, as the command line counts them"({ page, seen }) {
    await page.goto(address("#/coverage"));
    await page.waitForSelector("li[data-entry]");
    const wanted = JSON.parse(readFileSync(join(expectedFolder, "coverage.expected"), "utf8"));
    const rows = (selector) =>
      page.$$eval(selector, (list) => list.map(({ dataset }) => [dataset.entry ?? null, dataset.benefit, dataset.status]));
    const expected = (list) => list.map(({ entry, benefit, status }) => [entry ?? null, benefit, status]);
    same(await rows("li[data-entry]"), expected(wanted.plan), "entries of the plan");
    same((await rows("li[data-entry]")).length, 40, "entries");
    same(await rows("li[data-status]:not([data-entry])"), expected(wanted.others), "other benefits");
    same(seen.problems, [], "problems");
  },

  async "the open data: every file listed can be had and is what its hash says"({ page, seen }) {
    await page.goto(address("#/about"));
    await page.click('a[href="#/data"]');
    await page.waitForSelector(".files li");
    const files = await page.$$eval(".files li", (list) =>
      list.map((one) => ({ url: one.querySelector("a").href, sha256: one.querySelector("code")?.textContent })),
    );
    check(files.length >= 9, `${files.length} files`);
    for (const { url, sha256 } of files) {
      const response = await page.request.get(url);
      same(response.status(), 200, url);
      if (sha256 === undefined) check(url.endsWith("/checksums.txt"), url);
      else
        same(
          createHash("sha256")
            .update(await response.body())
            .digest("hex"),
          sha256,
          url,
        );
    }
    same(seen.problems, [], "problems");
  },

  ...planTests,
  ...languageTests,
  ...estimateTests(expectedFolder),
  ...scaleTests(),
  ...resultTests(),
};

await runTests(tests, only);
