// Journey 1 as a whole: builder, progress, groups, sums, timeline, checklist, what stays on the device, links.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { address, answer, axeSource, cards, check, factOf, go, open, same, site, texts } from "./harness.mjs";
import { preset } from "./playwright.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/profiles/${name}.json`, import.meta.url), "utf8"));
/** What the command line says of a fixture. */
const cli = (command, name) =>
  JSON.parse(
    execFileSync(`${root}/build/native/chuncheng`, [command, "--json", `tests/fixtures/profiles/${name}.json`], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }),
  );
const pack = readdirSync(`${root}/shared/packs/kunming/benefits`).map((name) =>
  JSON.parse(readFileSync(`${root}/shared/packs/kunming/benefits/${name}`, "utf8")),
);
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export const resultTests = () => {
  const enter = async (page, name, hash = "#/result") => {
    const profile = fixture(name);
    await preset(page, { subjects: profile.subjects });
    await page.goto(`${site}?as_of=${profile.as_of}${hash}`);
    await page.waitForSelector(hash === "#/result" ? "section.timeline" : ".dates");
  };
  const keys = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("chuncheng")));

  return {
    async "result: twenty elders, each with an own name"({ page, seen }) {
      await page.goto(address("#/check"));
      const more = page.locator(".stepper .steps button").nth(1);
      for (let n = 1; n < 20; n++) await more.click();
      same(await more.isDisabled(), true, "more than twenty");
      await page.click("form.who details summary");
      await page.fill("[data-name=e2]", "奶奶");
      await page.click("form.who .primary");
      await page.waitForFunction(() => location.hash.startsWith("#/check/"));
      await go(page, "#/check/e2/birth_date");
      await page.waitForFunction((name) => document.querySelector(".lead")?.textContent === name, "奶奶");
      await go(page, "#/result");
      await page.waitForSelector(".summary");
      const found = await cards(page);
      same(new Set(found.map(({ key }) => key)).size, found.length, "one card each");
      check(found.length > 300, `${found.length} cards`);
      const size = await page.evaluate(() => document.querySelectorAll("main *").length);
      check(size < found.length * 9, `${size} elements for ${found.length} cards`);
      same(seen.problems, [], "problems");
    },

    async "result: a family gets smaller and what was answered about the others stays"({ page }) {
      await preset(page, {
        subjects: [
          { id: "e1", kind: "elder", facts: { birth_date: "1940-01-01" } },
          { id: "e2", kind: "elder", facts: { birth_date: "1944-01-01" } },
          { id: "h", kind: "household", facts: { low_income: "dibao" } },
        ],
        skipped: ["e2/hukou_district"],
      });
      await page.goto(address("#/check"));
      await page.click(".steps button >> nth=0");
      await page.click("form.who .primary");
      await page.waitForFunction(() => location.hash.startsWith("#/check/"));
      const kept = JSON.parse(await page.evaluate(() => localStorage.getItem("chuncheng.answers")));
      same(kept.subjects.map(({ id }) => id).sort(), ["e1", "h"], "people");
      same(kept.subjects.find(({ id }) => id === "h").facts, { low_income: "dibao" }, "the household's answers");
      same(kept.skipped, [], "questions of who is gone");
    },

    async "result: the bar never goes back, and more questions are explained"({ page }) {
      await page.goto(address("#/check"));
      await page.click("form.who .primary");
      await page.waitForSelector(".progress");
      const values = {
        birth_date: "1936-03-09",
        hukou_district: "guandu",
        disability_grade: "g1",
        needs_long_care: true,
        low_income: "dibao",
      };
      let share = 0;
      let left = Number.POSITIVE_INFINITY;
      for (let n = 0; n < 14 && !page.url().includes("#/result"); n++) {
        const shown = await page.$eval(".progress", (one) => ({
          share: Number(one.querySelector("progress").value),
          left: Number(one.dataset.left),
          text: one.textContent,
        }));
        check(shown.share >= share, `question ${n}: back from ${share} to ${shown.share}`);
        check(shown.text.includes(`还有约 ${shown.left} 题`), shown.text);
        same(shown.text.includes("带出了"), shown.left > left, `${n}: ${left} then ${shown.left}: “${shown.text}”`);
        ({ share, left } = shown);
        await answer(page, values[factOf(page)]);
      }
      check(share > 0.2, `only ${share}`);
      await go(page, "#/check/h/low_income");
      await page.waitForSelector(".progress");
      await answer(page, "none");
      await page.waitForSelector(".progress, .summary");
      if (await page.locator("progress").count()) check((await page.$eval("progress", (one) => one.value)) >= share, "back after a change");
    },

    async "result: sums and choices are those of the command line"({ browser }) {
      for (const name of ["two-elders-one-child", "elder-ltci-remedy", "institution-full", "elder-disabled-poor"]) {
        const { context, page, seen } = await open(browser);
        await enter(page, name);
        const wanted = cli("advise", name);
        const combination = wanted.combine ?? wanted.combination ?? wanted;
        const flat = (totals) =>
          Object.entries({ money: totals?.money, leave_days: totals?.leave_days, tax_deduction: totals?.tax_deduction })
            .flatMap(([kind, sums]) => Object.entries(sums ?? {}).map(([per, { min, max }]) => [`${kind}/${per}`, min, max ?? null]))
            .filter(([, min, max]) => min > 0 || max !== 0)
            .sort();
        const found = async (which) =>
          (
            await page.$$eval(`[data-totals=${which}] dd`, (list) =>
              list.map(({ dataset }) => [dataset.sum, Number(dataset.min), dataset.max === undefined ? null : Number(dataset.max)]),
            )
          ).sort();
        check(flat(combination.totals).length + flat(combination.facility).length > 0, `${name}: nothing to compare`);
        same(await found("family"), flat(combination.totals), `${name}: family`);
        same(await found("facility"), flat(combination.facility), `${name}: facility`);
        same(
          await page.$$eval("[data-choice]", (list) =>
            list.map((one) => [one.dataset.choice, one.querySelector("[data-best]")?.dataset.best ?? null]),
          ),
          combination.choices.map(({ groups, best }) => [groups.join(" "), best?.join(" ") ?? null]),
          `${name}: choices`,
        );
        same(seen.problems, [], "problems");
        await context.close();
      }
    },

    async "result: the years ahead, in the picture and in words, are those of the command line"({ page, seen }) {
      await enter(page, "two-elders-one-child");
      if (await page.locator("[data-all-events]").count()) await page.click("[data-all-events]");
      if (await page.locator("[data-all-lanes]").count()) await page.click("[data-all-lanes]");
      const wanted = cli("timeline", "two-elders-one-child").events;
      check(wanted.length > 3, "nothing to compare");
      same(
        (await page.$$eval("[data-event]", (list) => list.map(({ dataset }) => dataset.event))).sort(),
        wanted.map(({ date, benefit, subject }) => `${date}/${benefit}/${subject}`).sort(),
        "events",
      );
      const changes = {};
      for (const { benefit, subject } of wanted) changes[`${benefit} ${subject}`] = (changes[`${benefit} ${subject}`] ?? 0) + 1;
      same(
        Object.fromEntries(
          (
            await page.$$eval("[data-lane]", (list) => list.map((one) => [one.dataset.lane, one.querySelectorAll(".change").length]))
          ).sort(),
        ),
        Object.fromEntries(Object.entries(changes).sort()),
        "changes in the picture",
      );
      same(seen.problems, [], "problems");
    },

    async "result: what comes with a birthday stands among the later ones, with its day"({ page }) {
      await enter(page, "elder-79-turning-80");
      const later = page.locator("[data-group=later] [data-benefit=old_age_allowance]");
      same(await later.count(), 1, "in the group");
      const { from } = cli("eval", "elder-79-turning-80").results.find(({ benefit }) => benefit === "old_age_allowance");
      const [year, month, day] = from.split("-").map(Number);
      check((await later.textContent()).includes(`${year}年${month}月${day}日`), "no day");
      for (const name of ["yes", "open", "later"]) {
        const shown = await page.locator(`[data-group=${name}] article`).count();
        check((await page.textContent(`#group-${name}`)).includes(`${shown} 项`), `${name}: ${shown}`);
      }
    },

    async "result: a refused one is only a line until it is opened"({ page }) {
      await enter(page, "two-elders-one-child");
      const refused = page.locator("[data-group=no] article");
      same(
        await refused.count(),
        cli("eval", "two-elders-one-child").results.filter(({ verdict, from }) => verdict === "no" && !from).length,
        "refused",
      );
      same(await page.locator("[data-group=no] article .criteria, [data-group=no] article p").count(), 0, "made before it is wanted");
      await page.click(".no-list > summary");
      await page.click("[data-group=no] article >> nth=0 >> summary");
      check((await page.locator("[data-group=no] article >> nth=0 >> h4").count()) > 0, "no reason given");
    },

    async "result: a cited way to meet a condition"({ page }) {
      await enter(page, "elder-ltci-remedy");
      const wanted = cli("advise", "elder-ltci-remedy");
      const steps = (wanted.steps?.steps ?? wanted.steps).map(({ benefit }) => benefit);
      check(steps.length > 0, "nothing to compare");
      await page.waitForSelector("[data-step]");
      same(await page.$$eval("[data-step]", (list) => list.map(({ dataset }) => dataset.step)), steps, "steps");
      await page.click("[data-step] summary >> nth=0");
      await page.waitForSelector("[data-step] .cites");
    },

    async "result: without the advice module the verdicts stand, and it can be asked for again"({ page }) {
      await page.route("**/assets/advice-*.wasm", (route) => route.abort());
      await preset(page, { subjects: fixture("elder-83-wuhua").subjects });
      await page.goto(address("#/result"));
      await page.waitForSelector("main .alert");
      check((await cards(page)).length > 10, "no verdicts");
      check((await page.textContent("main .alert")).includes(texts["web.boot.network"]), "the reason is not said");
      await page.unroute("**/assets/advice-*.wasm");
      await page.click("main .alert button");
      await page.waitForSelector("[data-totals=family]");
    },

    async "result: the checklist, by office, names nobody unless asked to"({ page, seen }) {
      const profile = fixture("two-elders-one-child");
      const names = { e1: "外公王大爷" };
      await preset(page, { subjects: profile.subjects, names });
      await page.goto(`${site}?as_of=${profile.as_of}#/result`);
      await page.click("[data-list]");
      await page.waitForSelector(".dates");
      const born = profile.subjects.flatMap(({ facts }) => Object.values(facts)).filter((value) => /^\d{4}-/.test(value));
      check(born.length > 0, "nothing that could be told");
      const tells = (text) => names.e1 === text || text.includes(names.e1) || born.some((day) => text.includes(`${day.slice(0, 4)}年`));
      const sheet = () => page.$$eval("main .office, main [data-told]", (list) => list.map((one) => one.textContent).join(" "));
      check(!tells(await sheet()), "it tells who they are");
      const documents = pack.flatMap(({ id, documents = [] }) => documents.map(({ zh }) => [id, zh]));
      for (const [id, what] of documents) {
        const entry = page.locator(`[data-entry-benefit=${id}]`);
        if (await entry.count()) check((await entry.textContent()).includes(what), `${id} does not say ${what}`);
      }
      check((await page.locator(".office .bring li").count()) > 0, "nothing to bring");
      check((await page.textContent(".dates")).includes("打印日期"), "no date");
      const offices = await page.$$eval("[data-office]", (list) => list.map(({ dataset }) => dataset.office));
      same(new Set(offices).size, offices.length, "an office twice");
      const all = await page.locator("[data-entry-benefit]").count();
      await page.uncheck("[data-maybe]");
      const certain = await page.locator("[data-entry-benefit]").count();
      check(certain > 0 && certain < all, `${certain} of ${all}`);
      await page.check("[data-named]");
      check(tells(await sheet()), "the answers are not added");
      await page.emulateMedia({ media: "print" });
      same(await page.locator("button:visible, input:visible").count(), 0, "controls on paper");
      same(seen.problems, [], "problems");
    },

    async "result: what the visitor does not want kept is not kept"({ page }) {
      await enter(page, "elder-83-wuhua");
      await page.evaluate(() => localStorage.setItem("chuncheng.estimate", "{}"));
      await page.uncheck("[data-keep]");
      same(await page.evaluate(() => localStorage.getItem("chuncheng.estimate")), null, "answers for an institution are kept");
      same(await page.evaluate(() => localStorage.getItem("chuncheng.answers")), null, "kept");
      check((await cards(page)).length > 0, "the answers are gone from the page too");
      await go(page, "#/check/e1/hukou_district");
      await page.waitForSelector("input[type=radio]");
      await answer(page, "guandu");
      same(await page.evaluate(() => localStorage.getItem("chuncheng.answers")), null, "kept after an answer");
      await go(page, "#/result");
      await page.waitForSelector("[data-keep]");
      await page.check("[data-keep]");
      check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes("guandu"), "not kept again");
      await page.uncheck("[data-keep]");
      await page.reload();
      await page.waitForSelector("h1");
      same(await page.locator("article").count(), 0, "there after a reload");
    },

    async "result: clearing removes everything the site stored"({ page }) {
      await enter(page, "elder-83-wuhua");
      await page.evaluate(async () => {
        localStorage.setItem("chuncheng.some-setting", "1");
        localStorage.setItem("other-site", "1");
        const cache = await caches.open("chuncheng");
        await cache.put("/chuncheng-kept/x", new Response("x"));
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng", { create: true });
        const stream = await (await folder.getFileHandle("policy.kept", { create: true })).createWritable();
        await stream.write("x");
        await stream.close();
      });
      await page.click("[data-clear]");
      await page.click("[data-clear-yes]");
      await page.waitForSelector("[data-cleared]");
      same(await keys(page), [], "in localStorage");
      same(await page.evaluate(() => localStorage.getItem("other-site")), "1", "what is not ours");
      same(await page.evaluate(() => caches.keys()), [], "caches");
      const files = await page.evaluate(async () => {
        const names = [];
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng", { create: true });
        for await (const name of folder.keys()) names.push(name);
        return names;
      });
      same(files, [], "files");
      same(await page.locator("article").count(), 0, "cards");
    },

    async "result: clearing forgets what only the memory has: the household, the scales, an institution"({ browser }) {
      for (const keeps of [true, false]) {
        const { context, page, seen } = await open(browser);
        await enter(page, "elder-83-wuhua");
        if (!keeps) await page.uncheck("[data-keep]");
        await go(page, "#/scale/ltc_37/eating");
        await page.check(".choices input >> nth=1");
        await go(page, "#/estimate");
        await page.selectOption("#organisation", "elder_home");
        await page.waitForSelector("#answer");
        await go(page, "#/result");
        await page.click("main.result [data-clear]");
        await page.click("main.result [data-clear-yes]");
        await page.waitForSelector("[data-cleared]");
        same(await keys(page), [], "in localStorage");
        await go(page, "#/estimate");
        await page.waitForSelector("#organisation");
        same(await page.inputValue("#organisation"), "", "the institution");
        await go(page, "#/scale/ltc_37/eating");
        await page.waitForSelector(".choices");
        same(await page.locator(".choices input:checked").count(), 0, "the scale");
        await go(page, "#/result");
        await page.waitForSelector("main.result h1");
        same(await page.locator("article").count(), 0, "the household");
        same(seen.problems, [], "problems");
        await context.close();
      }
    },

    async "share: the site goes without answers, the answers only after a warning"({ context, page, seen }) {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.addInitScript(() => {
        delete Navigator.prototype.share;
      });
      await enter(page, "two-elders-one-child");
      await page.click(".sharing [data-share]");
      await page.waitForSelector("[data-share-url]");
      const plain = await page.inputValue("[data-share-url]");
      same(new URL(plain).hash, "#/", "the site's link");
      same(await page.evaluate(() => navigator.clipboard.readText()), plain, "clipboard");
      await page.click("[data-share-answers]");
      check(await page.locator(".sharing [role=alert]").isVisible(), "no warning");
      await page.click(".sharing .stacking [data-share]");
      await page.waitForSelector(".stacking [data-share-url]");
      const link = new URL(await page.inputValue(".stacking [data-share-url]"));
      check(link.hash.startsWith("#/share/1."), link.hash);
      same([link.search, link.href.split("#")[0]], ["", new URL(plain).href.split("#")[0]], "outside of the fragment");
      const wanted = (await cards(page)).sort((a, b) => (a.key < b.key ? -1 : 1));
      // Somebody else, who has answers too.
      const own = JSON.stringify({ subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1950-01-01" } }], skipped: [] });
      await page.evaluate((text) => localStorage.setItem("chuncheng.answers", text), own);
      const before = seen.requests.length;
      const { as_of } = fixture("two-elders-one-child");
      await page.goto(`${site}?as_of=${as_of}${link.hash}`);
      await page.reload();
      await page.waitForSelector("[data-accept]");
      same(
        JSON.parse(await page.evaluate(() => localStorage.getItem("chuncheng.answers"))),
        JSON.parse(own),
        "replaced without being asked",
      );
      await page.click("[data-accept]");
      await page.waitForSelector(".summary");
      same(new URL(page.url()).hash, "#/result", "the address");
      same(
        (await cards(page)).sort((a, b) => (a.key < b.key ? -1 : 1)),
        wanted,
        "the same results",
      );
      const payload = link.hash.slice("#/share/".length);
      check(
        !seen.requests.slice(before).some((request) => (request.url().split("#")[0] + (request.postData() ?? "")).includes(payload)),
        "sent",
      );
      same(seen.problems, [], "problems");
    },

    async "share: refusing keeps the own answers"({ page }) {
      const own = { subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1950-01-01" } }], skipped: [] };
      await preset(page, own);
      await page.goto(
        address(
          `#/share/1.${encode({
            people: [
              ["e", { birth_date: "1936-03-09" }],
              ["h", {}],
            ],
          })}`,
        ),
      );
      await page.click("[data-refuse]");
      await page.waitForSelector(".summary");
      check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes("1950-01-01"), "lost");
      await page.goBack().catch(() => undefined);
      check(!page.url().includes("#/share/"), "the link stays in the history");
    },

    async "share: a broken link is told, and never does harm"({ page, seen }) {
      await page.goto(address("#/share/"));
      await page.waitForSelector("[data-bad]");
      const good = `1.${encode({
        people: [
          ["e", { birth_date: "1936-03-09", hukou_district: "guandu" }, ["disability_grade"]],
          ["h", {}],
        ],
      })}`;
      const deep = `${'{"people":'}${"[".repeat(20000)}${"]".repeat(20000)}}`;
      const fixed = [
        ["", "damaged"],
        ["1", "damaged"],
        ["1.", "damaged"],
        ["2.e30", "version"],
        ["99999.e30", "damaged"],
        ["1.!!!!", "damaged"],
        ["1.%ff", "damaged"],
        [`1.${"A".repeat(200000)}`, "oversize"],
        [`1.${encode("null")}`, "damaged"],
        [`1.${encode("[]")}`, "damaged"],
        [`1.${encode('{"people":{}}')}`, "damaged"],
        [`1.${encode('{"people":[]}')}`, "damaged"],
        [`1.${encode('{"people":[null,7,"e",["x",{}],["__proto__",{}],["constructor",{}],["h",{}]]}')}`, "damaged"],
        [`1.${encode(deep)}`, "damaged"],
        [`1.${Buffer.from([0xff, 0xfe, 0x00]).toString("base64url")}`, "damaged"],
        [good, null],
      ];
      const outcome = async (text) => {
        await go(page, "#/check");
        await page.waitForFunction(() => !document.querySelector("[data-bad], [data-received]"));
        await go(page, `#/share/${text}`);
        await page.waitForSelector("[data-bad], [data-received]");
        return page.evaluate(() => ({
          bad: document.querySelector("[data-bad]")?.dataset.bad ?? null,
          received: document.querySelector("[data-received]")?.dataset.received ?? null,
          dropped: document.querySelector("[data-dropped]")?.dataset.dropped ?? null,
        }));
      };
      for (const [text, bad] of fixed) same((await outcome(text)).bad, bad, text.slice(0, 60));
      const strange = `{"people":[["e",{"birth_date":"1936-03-09","__proto__":{"x":1},"constructor":1,"toString":true,"age":3,"shoe_size":4,
        "hukou_district":"atlantis","disability_grade":7,"needs_long_care":"yes","care_cost_month":1.5,"ltci_continuous_months":-1},
        ["__proto__","nothing",7,null,"birth_date","hukou_district","hukou_district"]],["h",{"birth_date":"1936-03-09"}],["h",{}]]}`;
      same(await outcome(`1.${encode(strange)}`), { bad: null, received: "2", dropped: "18" }, "what is not known");
      same(await page.evaluate(() => ({}).x ?? null), null, "every object was changed");
      for (const day of ["1936-02-30", "1936-13-01", "0000-00-00", "1799-01-01", "9999-01-01", "1936-3-9"])
        same((await outcome(`1.${encode({ people: [["e", { birth_date: day }]] })}`)).dropped, "1", day);
      const crowd = { people: Array.from({ length: 300 }, () => ["e", {}]) };
      same((await outcome(`1.${encode(crowd)}`)).dropped, "280", "more people than can be");
      // Any change of a good link: a page of ours, never a crash, never an answer that is taken unasked.
      let seed = 20261123;
      const random = (n) => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return Math.floor((seed / 2 ** 32) * n);
      };
      const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%=+ ";
      let understood = 0;
      for (let n = 0; n < 150; n++) {
        const text = good.split("");
        for (let m = random(3); m >= 0; m--) {
          const at = random(text.length);
          if (random(3) === 0) text.splice(at, 1 + random(8));
          else text.splice(at, random(2), signs[random(signs.length)]);
        }
        const { bad, received } = await outcome(text.join(""));
        check((bad === null) !== (received === null), `${n}: ${text.join("")}`);
        if (received !== null) understood++;
      }
      check(understood < 150, "every change was understood");
      same(await page.evaluate(() => localStorage.getItem("chuncheng.answers")), null, "an answer was taken");
      same(seen.problems, [], "problems");
    },

    async "share: one facility"({ context, page }) {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.addInitScript(() => {
        delete Navigator.prototype.share;
      });
      await page.goto(address("#/find"));
      await page.waitForSelector(".hit");
      const card = page.locator(".hit").nth(7);
      const [id, name] = [await card.getAttribute("data-id"), await card.locator("h2").textContent()];
      await card.locator("[data-share]").click();
      const link = await card.locator("[data-share-url]").inputValue();
      await page.goto("about:blank");
      await page.goto(link);
      await page.waitForSelector("[data-linked=found]");
      same(await page.locator(".hit").first().getAttribute("data-id"), id, "the facility");
      check((await page.textContent("[data-linked]")).includes(name), "its name");
      await go(page, "#/find/no-such-id/nowhere");
      await page.waitForSelector("[data-linked=gone]");
    },

    async "result: nothing wrong for assistive technology, nothing to scroll sideways"({ browser }) {
      for (const hash of ["#/result", "#/result/list", `#/share/1.${encode({ people: [["e", { birth_date: "1936-03-09" }]] })}`]) {
        const { context, page } = await open(browser);
        const profile = fixture("two-elders-one-child");
        await preset(page, { subjects: profile.subjects });
        await page.goto(`${site}?as_of=${profile.as_of}${hash}`);
        await page.waitForSelector(hash === "#/result" ? "section.timeline" : hash === "#/result/list" ? ".dates" : "[data-accept]");
        if (hash === "#/result") {
          await page.click("[data-share-answers]");
          await page.click("[data-clear]");
        }
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(() => window.axe.run(document));
        same(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 150)}`),
          [],
          hash,
        );
        for (const size of ["", "225%"]) {
          await page.evaluate((value) => {
            document.documentElement.style.fontSize = value;
          }, size);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          check(width <= 360, `${hash} at ${size || "100%"} is ${width} px wide`);
        }
        await context.close();
      }
    },
  };
};
