// Journey 2: the scales on the page against the command line, which has its own build of the engine.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { address, check, go, open, same, texts } from "./harness.mjs";
import { preset } from "./playwright.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pack = (name) => JSON.parse(readFileSync(`${root}shared/packs/kunming/${name}.json`, "utf8"));
const NAMES = ["ltc_37", "ltc_37_screen", "gbt_42195"];
const scales = Object.fromEntries(NAMES.map((name) => [name, pack(`scales/${name}`)]));
const ltci = pack("benefits/ltci");

/** What the command line makes of these answers. */
function score(scale, given) {
  const input = JSON.stringify({
    scale,
    answers: Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "number")),
    flags: Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "boolean")),
  });
  return JSON.parse(execFileSync(`${root}build/native/chuncheng`, ["score", "--json"], { input, encoding: "utf8", cwd: root }));
}

const itemsOf = (scale) => scales[scale].dimensions.flatMap(({ items }) => items);
const flagsOf = (scale) => scales[scale].adjustments ?? [];
/** Answers to everything: the option at `at(n)` of each item, `flag(n)` for each circumstance; undefined = not sure. */
function complete(scale, at, flag = () => false) {
  const answers = {};
  itemsOf(scale).forEach(({ id, options }, n) => {
    const index = at(n);
    answers[id] = index === undefined ? undefined : options[Math.min(index, options.length - 1)].score;
  });
  flagsOf(scale).forEach((one, n) => {
    answers[one.flag] = flag(n);
  });
  return answers;
}

export const scaleTests = () => {
  const stepOf = (page) => decodeURIComponent(new URL(page.url()).hash.split("/")[3] ?? "");
  const start = async (page, scale) => {
    await page.goto(address(`#/scale/${scale}`));
    await page.click("[data-start]");
    await page.waitForSelector(".choices");
  };
  const answerStep = async (page, value) => {
    // The next page has a heading of its own; the address changes before it is drawn.
    await page.evaluate(() => document.querySelector("h1").setAttribute("data-answered", ""));
    if (value === undefined) await page.click("[data-unknown]");
    else {
      await page.check(`.choices input[value="${value}"]`);
      await page.click("form .primary");
    }
    await page.waitForSelector("h1:not([data-answered])");
  };
  const walk = async (page, given, each = () => undefined) => {
    const seen = [];
    for (; stepOf(page) !== "result"; ) {
      const step = stepOf(page);
      seen.push(step);
      check(seen.length < 60, `no end: ${seen}`);
      await answerStep(page, given[step]);
      await each(seen);
    }
    await page.waitForSelector(".summary");
    return seen;
  };
  /** The result page says exactly what the command line says. */
  const agrees = async (page, scale, given, message) => {
    const wanted = score(scale, given);
    same((await page.getAttribute(".summary", "data-grades")).split(" "), wanted.grades, `${message}: grades`);
    const rows = await page.$$eval("tr[data-row]", (list) =>
      list.map(({ dataset }) => ({ id: dataset.row, min: Number(dataset.min), max: Number(dataset.max) })),
    );
    same(
      rows,
      [...wanted.dimensions, ...(wanted.total === undefined ? [] : [{ id: "total", ...wanted.total }])].map(({ id, min, max }) => ({
        id,
        min,
        max,
      })),
      `${message}: points`,
    );
    const known = wanted.grades.length === 1;
    if (!known) {
      const changing = [...wanted.open_items, ...wanted.open_flags].filter(({ changes }) => changes).map((one) => one.item ?? one.flag);
      const listed = await page.$$eval("[data-wanted]", (list) => list.map(({ dataset }) => dataset.wanted));
      same(listed.sort(), changing.sort(), `${message}: what it hangs on`);
    } else {
      const deciding = Object.keys(given).filter((name) => {
        if (given[name] === undefined) return false;
        const { [name]: _, ...others } = given;
        return score(scale, others).grades.length > 1;
      });
      const listed = await page.$$eval("[data-deciding]", (list) => list.map(({ dataset }) => dataset.deciding));
      same(listed.sort(), deciding.sort(), `${message}: what decided`);
    }
    same((await page.locator(".summary .badge").count()) > 0, wanted.to_confirm, `${message}: to be confirmed`);
    same(await page.locator("[data-fill]").count(), known && wanted.settles !== undefined ? 1 : 0, `${message}: the offer to fill it in`);
    const text = await page.textContent("main");
    for (const id of wanted.grades.length < 3 ? wanted.grades : [])
      check(text.includes(scales[scale].grades.find((one) => one.id === id).say.zh), `${message}: ${id} is not said`);
    check(text.includes(texts["scale.disclaimer"].replace("{office}", scales[scale].decided_by.zh)), `${message}: who decides`);
    for (const { id, band = [] } of wanted.dimensions) {
      const row = await page.textContent(`tr[data-row=${id}]`);
      const bands = scales[scale].dimensions.find((one) => one.id === id).bands ?? [];
      for (const one of bands) same(row.includes(one.say.zh), band.includes(one.id), `${message}: ${id} ${one.id}`);
    }
    return wanted;
  };
  const ELDER = { subjects: [{ id: "e1", kind: "elder", facts: {} }] };
  /** As if these answers had been given before, for that elder; after `preset`. */
  const withScales = (page, scales, elder = "e1") =>
    page.addInitScript(
      ([given, id]) => {
        if (sessionStorage.getItem(`scales ${id}`) !== null) return;
        const kept = JSON.parse(localStorage.getItem("chuncheng.answers") ?? '{"subjects":[],"skipped":[]}');
        localStorage.setItem("chuncheng.answers", JSON.stringify({ ...kept, scales: { ...kept.scales, [id]: given } }));
        sessionStorage.setItem(`scales ${id}`, "1");
      },
      [scales, elder],
    );
  const keptScales = (page, elder = "e1") =>
    page.evaluate((id) => JSON.parse(localStorage.getItem("chuncheng.answers") ?? "{}").scales?.[id] ?? {}, elder);
  const stored = (scale, given) => {
    const { answers, flags } = { answers: {}, flags: {} };
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "number") answers[name] = value;
      if (typeof value === "boolean") flags[name] = value;
    }
    return { [scale]: { answers, flags, unsure: Object.keys(given).filter((name) => given[name] === undefined) } };
  };

  return {
    async "journey 2: from the home page to the choice of a scale, and none is taken for the other"({ page, seen }) {
      await page.goto(address(""));
      await page.click('.door[href="#/scale"]');
      await page.waitForSelector("[data-scale]");
      await page.waitForFunction(() => document.activeElement?.tagName === "H1");
      same(await page.$$eval("[data-scale]", (list) => list.map(({ dataset }) => dataset.scale)), NAMES, "scales");
      for (const name of NAMES) {
        const text = await page.textContent(`[data-scale=${name}]`);
        for (const part of [scales[name].title.zh, scales[name].summary.zh, texts[`scale.for.${name}`], scales[name].decided_by.zh])
          check(text.includes(part), `${name}: “${part}” is missing`);
        same(text.includes(ltci.title.zh), name === "ltc_37", `${name} leads to the insurance`);
      }
      check((await page.textContent("main")).includes(texts["scale.two"]), "the difference is not told");
      same(seen.problems, [], "problems");
    },

    async "journey 2: a question that a scale answers leads to it"({ page }) {
      await preset(page, ELDER);
      for (const name of NAMES) {
        const { fills } = scales[name];
        if (fills === undefined) continue;
        await page.goto(address(`#/check/e1/${fills.fact}`));
        await page.click(`a[href="#/scale/${name}"]`);
        await page.waitForSelector("[data-start]");
      }
      await page.goto(address("#/check/e1/birth_date"));
      await page.waitForSelector("[data-part=year]");
      same(await page.locator('main a[href^="#/scale"]').count(), 0, "links from another question");
    },

    async "journey 2: complete runs of each scale agree with the command line"({ browser }) {
      const sets = {
        ltc_37: [
          ["able", complete("ltc_37", () => 0)],
          ["unable", complete("ltc_37", () => 9)],
          ["between", complete("ltc_37", (n) => (n * 7) % 3)],
          ["eats with help", complete("ltc_37", (n) => (n === 0 ? 1 : 0))],
          ["unable to move, confused", complete("ltc_37", (n) => (n < 10 || (n > 10 && n < 14) ? 9 : n === 10 ? 2 : 0))],
          ["unable to move, clear in mind", complete("ltc_37", (n) => (n < 10 ? 2 : 1))],
          ["some not sure", complete("ltc_37", (n) => (n % 4 === 1 ? undefined : n % 3))],
        ],
        ltc_37_screen: [
          ["unable", complete("ltc_37_screen", () => 1)],
          ["mixed", complete("ltc_37_screen", (n) => n % 2)],
        ],
        gbt_42195: [
          ["able", complete("gbt_42195", () => 0)],
          [
            "able, diagnosed",
            complete(
              "gbt_42195",
              () => 0,
              (n) => n === 1,
            ),
          ],
          [
            "between, both",
            complete(
              "gbt_42195",
              (n) => (n * 5) % 4,
              (n) => n > 0,
            ),
          ],
          ["reminded of everything", complete("gbt_42195", () => 1)],
          [
            "coma",
            complete(
              "gbt_42195",
              () => 1,
              (n) => n === 0,
            ),
          ],
          [
            "some not sure",
            complete(
              "gbt_42195",
              (n) => (n % 5 === 2 ? undefined : 1),
              () => undefined,
            ),
          ],
        ],
      };
      const reached = new Set();
      for (const [name, cases] of Object.entries(sets)) {
        for (const [index, [label, given]] of cases.entries()) {
          const { context, page, seen } = await open(browser);
          await preset(page, ELDER);
          // One is walked through question by question; what the others answered was kept.
          if (index === cases.length - 1) {
            await start(page, name);
            const steps = await walk(page, given);
            same([...steps].sort(), Object.keys(given).sort(), `${name}, ${label}: every question once`);
          } else {
            await withScales(page, stored(name, given));
            await page.goto(address(`#/scale/${name}/result`));
            await page.waitForSelector(".summary");
          }
          const wanted = await agrees(page, name, given, `${name}, ${label}`);
          for (const grade of wanted.grades) if (wanted.grades.length === 1) reached.add(`${name} ${grade}`);
          same(seen.problems, [], "problems");
          await context.close();
        }
      }
      for (const name of ["ltc_37", "gbt_42195"])
        for (const { id } of scales[name].grades) check(reached.has(`${name} ${id}`), `${name} ${id} is never reached`);
    },

    async "journey 2: the estimate below each question follows the answers"({ page }) {
      const given = complete("ltc_37", (n) => (n % 5 === 3 ? undefined : (n * 2) % 3));
      await start(page, "ltc_37");
      const so = {};
      await walk(page, given, async (seen) => {
        const last = seen[seen.length - 1];
        so[last] = given[last];
        if (stepOf(page) === "result") return;
        const wanted = score("ltc_37", so);
        await page.waitForFunction(
          (grades) => document.querySelector(".now [role=status]")?.dataset.grades === grades,
          wanted.grades.join(" "),
        );
        same(
          await page.$$eval("[data-dimension]", (list) =>
            list.map(({ dataset }) => [dataset.dimension, Number(dataset.min), Number(dataset.max)]),
          ),
          wanted.dimensions.map(({ id, min, max }) => [id, min, max]),
          `after ${last}`,
        );
      });
      // A choice counts before the button is pressed.
      await go(page, "#/scale/ltc_37/eating");
      await page.waitForSelector(".choices");
      await page.check('.choices input[value="0"]');
      const wanted = score("ltc_37", { ...given, eating: 0 });
      same(Number(await page.getAttribute("[data-dimension=adl]", "data-min")), wanted.dimensions[0].min, "at once");
    },

    async "journey 2: what is no longer asked can be passed over or answered"({ page }) {
      await preset(page, ELDER);
      await start(page, "gbt_42195");
      same(stepOf(page), "coma", "what settles all comes first");
      same(await page.locator("[data-idle]").count(), 0, "nothing is idle yet");
      await answerStep(page, true);
      await page.waitForSelector("[data-idle]");
      check((await page.textContent("[data-idle]")).includes(texts["scale.idle.all"]), "why");
      await answerStep(page, 4);
      same(stepOf(page), "grooming", "going on is possible");
      await page.click("[data-idle] a");
      await page.waitForSelector(".summary");
      await agrees(page, "gbt_42195", { coma: true, eating: 4 }, "coma");
      // Some answers are without effect while others still count.
      const part = { ...complete("ltc_37", (n) => (n < 10 ? 2 : 0)), time: 0, people: 0, place: 0 };
      for (const name of ["memory", "vision", "hearing", "communication"]) delete part[name];
      const open_items = score("ltc_37", part).open_items;
      check(
        open_items.some(({ changes }) => changes),
        "the case is no case",
      );
      await withScales(page, stored("ltc_37", part));
      await page.goto(address("#/scale/ltc_37/result"));
      await page.reload();
      await page.waitForSelector(".summary");
      await agrees(page, "ltc_37", part, "part");
      for (const { item, changes } of open_items) {
        await go(page, `#/scale/ltc_37/${item}`);
        await page.waitForSelector(".choices");
        same(await page.locator("[data-idle]").count(), changes ? 0 : 1, item);
      }
    },

    async "journey 2: back and forward keep the answers, and one can be changed from the result"({ page }) {
      await start(page, "ltc_37");
      await answerStep(page, 5);
      await answerStep(page, undefined);
      await answerStep(page, 0);
      same(stepOf(page), "bowel", "fourth");
      await page.goBack();
      await page.waitForFunction(() => location.hash.endsWith("/face_mouth"));
      check(await page.isChecked('.choices input[value="0"]'), "kept");
      await page.click("[data-back]");
      await page.waitForFunction(() => location.hash.endsWith("/dressing"));
      same(await page.getAttribute("[data-unknown]", "aria-pressed"), "true", "not sure is kept");
      await page.goForward();
      await page.goForward();
      await page.waitForFunction(() => location.hash.endsWith("/bowel"));
      await page.click('a[href="#/scale/ltc_37/result"]');
      await page.click(".answers summary");
      await page.click('.answers a[href="#/scale/ltc_37/eating/result"]');
      await page.waitForSelector(".choices");
      check(await page.isChecked('.choices input[value="5"]'), "the answer to change");
      await answerStep(page, 10);
      await page.waitForSelector(".summary");
      await agrees(page, "ltc_37", { eating: 10, dressing: undefined, face_mouth: 0 }, "changed");
      await page.goto(address("#/scale/ltc_37/bowel"));
      await page.click("form .primary");
      check(await page.locator("main [role=alert]").isVisible(), "no choice was taken");
    },

    async "journey 2: a whole run with the keyboard only"({ page, seen }) {
      await page.goto(address("#/scale/ltc_37"));
      await page.waitForSelector("[data-start]");
      const tabTo = async (selector) => {
        for (let n = 0; n < 30; n++) {
          if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
          await page.keyboard.press("Tab");
        }
        throw new Error(`${selector} is not reached`);
      };
      await tabTo("[data-start]");
      await page.keyboard.press("Enter");
      const given = {};
      for (let n = 0; stepOf(page) !== "result"; n++) {
        check(n < 30, "no end");
        await page.waitForFunction(() => document.activeElement?.tagName === "H1" && document.querySelector(".choices") !== null);
        const step = stepOf(page);
        if (n % 6 === 5) {
          await tabTo("[data-unknown]");
          await page.keyboard.press("Enter");
          given[step] = undefined;
        } else {
          await tabTo(".choices input");
          await page.keyboard.press("Space");
          if (n % 2 === 1) await page.keyboard.press("ArrowDown");
          given[step] = Number(await page.inputValue(".choices input:checked"));
          await page.keyboard.press("Enter");
        }
        await page.waitForFunction((old) => !location.hash.endsWith(`/${old}`), step);
      }
      await page.waitForSelector(".summary");
      same(Object.keys(given).length, 17, "questions");
      // Saying who is in the household afterwards keeps the answers.
      await go(page, "#/check");
      await page.click("form.who .primary");
      await page.waitForSelector("[data-unknown]");
      await go(page, "#/scale/ltc_37/result");
      await page.waitForSelector(".summary");
      await agrees(page, "ltc_37", given, "by keyboard");
      same(seen.problems, [], "problems");
    },

    async "journey 2: answers survive a reload, each scale has its own, and they can be cleared"({ page, seen }) {
      await start(page, "ltc_37");
      await answerStep(page, 5);
      await answerStep(page, undefined);
      await page.reload();
      await page.waitForSelector(".choices");
      await page.goto(address("#/scale/ltc_37/eating"));
      await page.waitForSelector(".choices");
      check(await page.isChecked('.choices input[value="5"]'), "kept");
      await go(page, "#/scale/gbt_42195/eating");
      await page.waitForFunction(() => document.querySelectorAll(".choices input").length === 5);
      same(await page.locator(".choices input:checked").count(), 0, "an answer of the other scale");
      await answerStep(page, 4);
      await go(page, "#/scale/ltc_37");
      await page.click("[data-clear]");
      await page.click("[data-clear-yes]");
      await page.waitForSelector("[data-clear]", { state: "detached" });
      same(Object.keys(await keptScales(page)), ["gbt_42195"], "the other one stays");
      same(seen.problems, [], "problems");
    },

    async "journey 2: each elder has answers of their own, and whoever takes an elder's place has none"({ page, seen }) {
      await preset(page, {
        subjects: [
          { id: "e1", kind: "elder", facts: {} },
          { id: "e2", kind: "elder", facts: {} },
        ],
        names: { e1: "奶奶", e2: "外公" },
      });
      await page.goto(address("#/scale/ltc_37"));
      await page.waitForSelector("input[name=elder][value=e1]:checked");
      await page.click("[data-start]");
      await page.waitForSelector(".choices");
      check((await page.textContent(".lead")).includes("奶奶"), "whom it is about is not said");
      await answerStep(page, 5);
      // The question about the other elder leads to that elder's own scale.
      await go(page, "#/check/e2/ltci_grade");
      await page.click('a[href="#/scale/ltc_37"]');
      await page.waitForSelector("input[name=elder][value=e2]:checked");
      same(await page.locator("[data-clear]").count(), 0, "something was answered already");
      await go(page, "#/scale/ltc_37/eating");
      await page.waitForSelector(".choices");
      check((await page.textContent(".lead")).includes("外公"), "whom it is about now is not said");
      same(await page.locator(".choices input:checked").count(), 0, "the first elder's answer");
      await answerStep(page, 10);
      await page.reload();
      await go(page, "#/scale/ltc_37/result");
      await page.waitForSelector("input[name=elder][value=e2]:checked");
      await agrees(page, "ltc_37", { eating: 10 }, "the second elder");
      await page.check("input[name=elder][value=e1]");
      await agrees(page, "ltc_37", { eating: 5 }, "the first elder");
      await go(page, "#/check");
      await page.click(".steps button >> nth=0");
      await page.click("form.who .primary");
      await page.waitForSelector("[data-unknown]");
      same([await keptScales(page), await keptScales(page, "e2")], [stored("ltc_37", { eating: 5 }), {}], "of those who stay");
      await go(page, "#/check");
      await page.click(".steps button >> nth=1");
      await page.click("form.who .primary");
      await page.waitForSelector("[data-unknown]");
      await go(page, "#/scale/ltc_37/eating");
      await page.waitForSelector(".choices");
      await page.check(".choices input >> nth=0");
      await go(page, "#/scale/ltc_37");
      await page.check("input[name=elder][value=e2]");
      await page.waitForSelector("[data-clear]", { state: "detached" });
      same(seen.problems, [], "problems");
    },

    async "journey 2: works without storage, and damaged answers are no obstacle"({ browser }) {
      for (const script of [
        'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });',
        'localStorage.setItem("chuncheng.answers", \'{"scales":{"e1":{"ltc_37":{"answers":{"eating":7,"nothing":1,"walking":15,"time":"x"},"flags":[],"unsure":5},"x":null},"e2":7}}\');',
        'localStorage.setItem("chuncheng.answers", \'{"scales":[5]}\');',
        'localStorage.setItem("chuncheng.answers", "{");',
      ]) {
        const { context, page, seen } = await open(browser);
        await page.addInitScript(script);
        await page.goto(address("#/scale/ltc_37/eating"));
        await page.waitForSelector(".choices");
        await answerStep(page, 5);
        await go(page, "#/scale/ltc_37/result");
        await page.waitForSelector(".summary");
        const kept = script.includes("walking") ? { eating: 5, walking: 15 } : { eating: 5 };
        same((await page.getAttribute(".summary", "data-grades")).split(" "), score("ltc_37", kept).grades, script);
        same(seen.problems, [], script);
        await context.close();
      }
    },

    async "journey 2: the grade is filled in for the elder chosen, only when asked, and changes the verdict"({ page, seen }) {
      const facts = { ltci_insured: true, insured_before_2021: true, contribution_years: 32, disabled_months: 8 };
      await preset(page, {
        subjects: [
          { id: "e1", kind: "elder", facts },
          { id: "e2", kind: "elder", facts },
        ],
      });
      const given = complete("ltc_37", () => 9);
      for (const elder of ["e1", "e2"]) await withScales(page, stored("ltc_37", given), elder);
      await page.goto(address("#/scale/ltc_37/result"));
      const wanted = await (async () => {
        await page.waitForSelector(".summary");
        return agrees(page, "ltc_37", given, "unable");
      })();
      const verdictOf = async (subject) => {
        await page.check(`input[name=elder][value=${subject}]`);
        await page.waitForSelector(`[data-benefit=ltci][data-subject=${subject}]`);
        const cards = await page.$$eval("[data-benefit=ltci]", (list) => list.map(({ dataset }) => dataset.verdict));
        same(cards.length, 1, "only the elder chosen");
        return cards[0];
      };
      same([await verdictOf("e1"), await verdictOf("e2")], ["open", "open"], "before");
      const kept = () =>
        page.evaluate(() =>
          JSON.parse(localStorage.getItem("chuncheng.answers"))
            .subjects.filter(({ kind }) => kind === "elder")
            .map(({ facts }) => facts.ltci_grade ?? null),
        );
      same(await kept(), [null, null], "nothing is filled in by itself");
      await page.click("[data-fill]");
      await page.waitForSelector("[data-benefit=ltci][data-subject=e2][data-verdict=yes]");
      check(await page.evaluate(() => document.activeElement?.matches("[data-filled]")), "the focus is lost");
      same(await kept(), [null, wanted.settles.value], "filled in");
      same(await page.locator("[data-fill]").count(), 0, "offered again");
      await page.click("[data-benefit=ltci] summary >> nth=-1");
      await page.waitForSelector("[data-benefit=ltci] .criteria");
      const card = await page.textContent("[data-benefit=ltci]");
      for (const { say } of ltci.criteria) check(card.includes(say.zh), `“${say.zh}” is missing`);
      check(card.includes(texts["amount.unpublished"]), "the amount is not known");
      same(await verdictOf("e1"), "open", "the other elder");
      same(await verdictOf("e2"), "yes", "the elder chosen");
      await page.click('main a[href="#/result"]');
      await page.waitForSelector("[data-benefit=ltci][data-subject=e2][data-verdict=yes]");
      same(seen.problems, [], "problems");
    },

    async "journey 2: the ability grade is filled into its own question only"({ page }) {
      await preset(page, ELDER);
      const given = complete("gbt_42195", () => 2);
      await withScales(page, stored("gbt_42195", given));
      await page.goto(address("#/scale/gbt_42195/result"));
      await page.waitForSelector(".summary");
      const { settles } = await agrees(page, "gbt_42195", given, "between");
      await page.click("[data-fill]");
      await page.waitForFunction((value) => document.querySelector("[data-filled]")?.dataset.filled === value, settles.value);
      same(
        await page.evaluate(() => JSON.parse(localStorage.getItem("chuncheng.answers")).subjects[0].facts),
        { ability_level: settles.value },
        "facts",
      );
      same(await page.locator("[data-benefit=ltci]").count(), 0, "the insurance does not look at it");
      check((await page.locator("[data-benefit=elder_care_voucher]").count()) > 0, "what looks at it");
    },

    async "journey 2: the quick look gives no grade and leads on to the scale"({ page }) {
      const given = complete("ltc_37_screen", () => 1);
      await withScales(page, stored("ltc_37_screen", given));
      await page.goto(address("#/scale/ltc_37_screen/result"));
      await page.waitForSelector(".summary");
      await agrees(page, "ltc_37_screen", given, "unable");
      same(await page.getAttribute("[data-benefit=ltci]", "data-verdict"), "open", "the insurance");
      await page.click('main a[href="#/scale/ltc_37"]');
      await page.waitForSelector("[data-start]");
    },

    async "journey 2: the search opens with the fitting kind of place"({ page }) {
      await page.goto(address("#/scale/ltc_37/result"));
      await page.click("[data-find=medical_care]");
      await page.waitForSelector(".hit");
      same(await page.inputValue(".filters select >> nth=1"), "medical_care", "kind");
      same(await page.$$eval(".hit", (list) => list.length > 0), true, "places");
    },

    async "journey 2: a failure to load is said and can be tried again"({ page }) {
      await page.route(/advice-.*\.wasm/, (route) => route.abort());
      await page.goto(address("#/scale"));
      await page.waitForSelector(".alert button");
      await page.unroute(/advice-.*\.wasm/);
      await page.click(".alert button");
      await page.waitForSelector("[data-scale]");
    },
  };
};
