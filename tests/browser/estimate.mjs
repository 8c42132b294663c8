// Journey 4: what the page says of an institution, against the command line's answer to the same input.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { address, axeSource, check, open, same, texts } from "./harness.mjs";

const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/estimates/${name}.json`, import.meta.url), "utf8"));
const sorted = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : Array.isArray(value)
      ? value.map(sorted)
      : value;

export const estimateTests = (expectedFolder) => {
  const expected = (name) => JSON.parse(readFileSync(join(expectedFolder, `${name}.estimate-json`), "utf8"));
  const table = (name) => readFileSync(join(expectedFolder, `${name}.estimate-csv`), "utf8");
  const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("chuncheng.estimate")));
  const enter = async (page) => {
    await page.goto(address("#/estimate"));
    await page.waitForSelector("#organisation");
  };
  // As if the visitor came back to what was filled in before.
  const preset = (page, name) =>
    page.addInitScript((text) => localStorage.setItem("chuncheng.estimate", text), JSON.stringify(fixture(name)));

  /** Fills the form as a visitor would, from a request that the form can give. */
  const fill = async (page, request) => {
    const put = async (id, value) => {
      const field = page.locator(`[id="${id}"]`);
      if ((await field.evaluate(({ tagName }) => tagName)) === "SELECT") await field.selectOption(String(value));
      else await field.fill(id.endsWith("income_year") ? (value / 100).toFixed(2) : String(value));
    };
    const { facts } = request.subjects.find(({ kind }) => kind === "institution");
    await page.selectOption("#organisation", facts.organisation);
    await page.waitForSelector("#add-worker");
    for (const [name, value] of Object.entries(facts)) if (name !== "organisation") await put(`fact-${name}`, value);
    for (const kind of ["elder", "worker"]) {
      for (const [index, group] of request.subjects.filter((one) => one.kind === kind).entries()) {
        await page.click(`#add-${kind}`);
        const id = `${kind}-${index}`;
        if (group.count !== undefined) await put(`${id}-count`, group.count);
        if (kind === "elder") await put(`${id}-entitled`, group.facts.elder_yunnan_hukou === true ? "yes" : "");
        for (const [name, value] of Object.entries(group.facts))
          if (name !== "elder_yunnan_hukou" && name !== "birth_date") await put(`${id}-${name}`, value);
      }
    }
    await page.selectOption("#start", request.as_of);
    const more = page.getByRole("button", { name: texts["estimate.years.more"] });
    for (let years = 3; years < request.years; years++) await more.click();
  };

  const key = ({ min, max }) => `${min}-${max ?? ""}`;
  const said = (answer) =>
    answer.lines
      .map(({ result, once, years }) => ({
        line: `${result.benefit}/${result.subject}/${result.verdict}`,
        once: once === undefined ? null : key(once),
        years: years?.map((one) => `${one.verdict} ${one.min === undefined ? "" : key(one)}`).join("|") ?? null,
      }))
      .sort((a, b) => (a.line < b.line ? -1 : 1));
  const shown = async (page) =>
    (
      await page.$$eval("article[data-benefit]", (list) =>
        list.map(({ dataset }) => ({
          line: `${dataset.benefit}/${dataset.subject}/${dataset.verdict}`,
          once: dataset.once ?? null,
          years: dataset.years ?? null,
        })),
      )
    ).sort((a, b) => (a.line < b.line ? -1 : 1));
  const sums = (page) =>
    page.$$eval("[data-sums]", (list) =>
      list.map((one) => [
        one.dataset.sums,
        Array.from(one.querySelectorAll("tr[data-when]"), ({ dataset }) => `${dataset.when} ${dataset.min}-${dataset.max ?? ""}`),
      ]),
    );
  const saidSums = ({ totals }) =>
    ["facility", "staff"].flatMap((to) =>
      ["money", "tax_deduction"].flatMap((kind) => {
        const sum = totals[to]?.[kind];
        if (sum === undefined) return [];
        const once = kind === "money" ? [`once ${key(sum.once)}`] : [];
        return [[`${to}.${kind}`, [...once, ...sum.years.map((one, index) => `${index + 1} ${key(one)}`), `all ${key(sum.all)}`]]];
      }),
    );

  return {
    async "estimate: the form filled in gives the command line's answer"({ page, seen }) {
      await page.goto(address(""));
      await page.waitForSelector(".door");
      check(!seen.requests.some((request) => request.url().includes("advice")), "the module came before it was wanted");
      await page.click('a[href="#/estimate"]');
      await page.waitForSelector("#organisation");
      await fill(page, fixture("form"));
      same(sorted(await kept(page)), sorted(fixture("form")), "what was filled in");
      same(await shown(page), said(expected("form")), "lines");
      same(await sums(page), saidSums(expected("form")), "sums");
      check(
        (await shown(page)).some(({ once }) => once === "40000000-40000000"),
        "80 leased beds bring 400,000 yuan",
      );
      const text = await page.textContent("main");
      check(!/[\u27e6\u27e7]|undefined|NaN|\[object/.test(text), text.match(/.{0,30}([\u27e6]|undefined|NaN|\[object).{0,30}/)?.[0]);
      for (const request of seen.requests) check(!/leased|elder_home|80/.test(new URL(request.url()).search), request.url());
      same(seen.problems, [], "problems");
    },

    async "estimate: what was filled in before is there again, and can be cleared"({ page, seen }) {
      await preset(page, "elder-home");
      await enter(page);
      same(await shown(page), said(expected("elder-home")), "lines");
      same(await sums(page), saidSums(expected("elder-home")), "sums");
      same(await page.locator(".filled").isVisible(), false, "on the screen the form says what was filled in");
      await page.emulateMedia({ media: "print" });
      same(await page.locator("form").isVisible(), false, "no form on paper");
      const paper = await page.textContent(".filled");
      for (const part of ["100 张", "自建", "1,000,000.50", "40", "重度失能", texts["estimate.entitled.yes"]])
        check(paper.includes(part), `“${part}” is not on paper: ${paper}`);
      await page.emulateMedia({ media: "screen" });
      await page.click("#answer ~ .actions [data-clear]");
      await page.click("#answer ~ .actions [data-clear-yes]");
      same(await page.inputValue("#organisation"), "", "nothing chosen");
      same(await kept(page), null, "nothing kept");
      same(await page.locator("article[data-benefit]").count(), 0, "no answer");
      same(seen.problems, [], "problems");
    },

    async "estimate: bars are as long as the sums say"({ page }) {
      await preset(page, "elder-home");
      await enter(page);
      const { once, years } = expected("elder-home").totals.facility.money;
      const most = Math.max(once.max, ...years.map(({ max, min }) => max ?? min));
      const wanted = [once, ...years].map(({ min, max }) => [max ?? min, min].map((value) => `${((value / most) * 100).toFixed(2)}%`));
      const found = await page.$$eval('[data-sums="facility.money"] svg', (list) =>
        list.map((one) => ["other", "aim"].map((look) => one.querySelector(`.${look}`).getAttribute("width"))),
      );
      same(found, wanted, "widths");
    },

    async "estimate: the table is the command line's to the byte, without formulas"({ page, seen }) {
      await preset(page, "elder-home");
      await enter(page);
      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name: texts["estimate.save"] }).click();
      const download = await waiting;
      check(download.suggestedFilename().endsWith(".csv"), download.suggestedFilename());
      const found = readFileSync(await download.path(), "utf8");
      same(found, table("elder-home"), "bytes");
      check(found.startsWith("\ufeff"), "the mark at the beginning");
      check(found.includes(`"'=能力不知道"`) && !found.includes('"=能力'), "a formula");
      same(seen.problems, [], "problems");
    },

    async "estimate: inside WeChat the table is text to copy"({ browser }) {
      const { context, page, seen } = await open(browser, { userAgent: "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50" });
      await preset(page, "elder-home");
      await enter(page);
      let downloads = 0;
      page.on("download", () => downloads++);
      await page.getByRole("button", { name: texts["estimate.save"] }).click();
      // A text box knows one kind of line end only.
      same(await page.inputValue("#csv"), table("elder-home").replace(/\r\n/g, "\n"), "text");
      await page.getByRole("button", { name: texts["estimate.copy"], exact: true }).click();
      await page.waitForFunction((text) => document.body.textContent.includes(text), texts["estimate.copied"]);
      same(downloads, 0, "downloads");
      same(seen.problems, [], "problems");
      await context.close();
    },

    async "estimate: without storage it works all the same"({ page, seen }) {
      await page.addInitScript(() => {
        Object.defineProperty(window, "localStorage", {
          get() {
            throw new DOMException("no", "SecurityError");
          },
        });
      });
      await enter(page);
      await page.selectOption("#organisation", "childcare");
      await page.fill("#fact-places_added", "６０");
      const card = page.locator("[data-benefit=childcare_place_investment]");
      same(await card.getAttribute("data-once"), "60000000-60000000", "60 places, typed in full width");
      await page.fill("#fact-places_added", "60.5");
      same(await page.getAttribute("#fact-places_added", "aria-invalid"), "true", "half a place");
      check((await card.getAttribute("data-once")) !== "60000000-60000000", "what cannot be read counts as unknown");
      same(seen.problems, [], "problems");
    },

    async "estimate: by keyboard alone"({ page }) {
      await enter(page);
      await page.focus("#organisation");
      await page.keyboard.press("ArrowDown");
      await page.waitForSelector("#add-elder");
      await page.focus("#add-elder");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#elder-0-count");
      await page.keyboard.press("Shift+Tab");
      check(await page.evaluate(() => document.activeElement?.closest("[data-group]") !== null), "the group's own button is next");
      await page.focus("#elder-0-count");
      await page.keyboard.type("12");
      await page.keyboard.press("Enter");
      same(await page.evaluate(() => document.activeElement?.id), "answer", "Enter leads to the answer");
      same((await kept(page)).subjects[1].count, 12, "count");
      await page.focus("[data-group] .secondary");
      await page.keyboard.press("Enter");
      same(await page.evaluate(() => document.activeElement?.id), "add-elder", "the focus stays near");
      same((await kept(page)).subjects.length, 1, "the group is gone");
    },

    async "estimate: nothing scrolls sideways, no accessibility violation"({ page }) {
      await preset(page, "elder-home");
      await enter(page);
      await page.$$eval("details", (list) => {
        for (const one of list) one.open = true;
      });
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 780 });
        for (const size of ["225%", ""]) {
          await page.evaluate((value) => {
            document.documentElement.style.fontSize = value;
          }, size);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          // At 225 % only the phone's own width is asked for.
          if (size === "" || width === 360) check(wide <= width, `${width} px at ${size || "100%"} is ${wide} px wide`);
        }
        const small = await page.$$eval("main select, main input, main button, main summary, main .actions a", (list) =>
          list.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 100)),
        );
        same(small, [], "small targets");
        await page.evaluate(axeSource);
        // The colours are those of every width: everyone.mjs has looked at them.
        const { violations } = await page.evaluate(() => window.axe.run(document, { rules: { "color-contrast": { enabled: false } } }));
        same(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3)}`),
          [],
          `at ${width}`,
        );
      }
    },
  };
};
