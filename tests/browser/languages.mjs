// Three languages: the switch, what is downloaded for it, and pages that hold longer words than Chinese.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { address, answer, answerAll, check, ELDER, open, PHONE, same, site } from "./harness.mjs";
import { preset } from "./playwright.mjs";

const messages = (language) => JSON.parse(readFileSync(new URL(`../../i18n/${language}.json`, import.meta.url), "utf8"));
const english = messages("en");
const traditional = messages("zh-Hant");
const chinese = messages("zh-CN");
const pictures = fileURLToPath(new URL("../../build/screens/", import.meta.url));
const ROUTES = [
  "",
  "#/check",
  "#/check/e1/birth_date",
  "#/check/e1/hukou_district",
  "#/result",
  "#/find",
  "#/about",
  "#/settings",
  "#/plan",
  "#/data",
];

const choose = async (page, language) => {
  await page.click(`footer [data-language="${language}"]`);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
};
const ready = async (page) => {
  await page.waitForSelector("footer .languages");
  await page.waitForFunction(() => document.querySelector(".loading") === null);
};
async function toView(page, route) {
  await page.evaluate((hash) => {
    document.querySelector("h1").setAttribute("data-left", "");
    location.hash = hash || "#/";
  }, route);
  // The first view is that of the page as it was opened.
  if (route !== "") await page.waitForSelector("h1:not([data-left])");
  await ready(page);
}
const languageFiles = (seen) => seen.requests.map((request) => request.url()).filter((url) => /data\/\w+\.(en|zh-Hant)\./.test(url));

/** Shown Chinese that is not marked as such: text, and what is read aloud instead of it. */
const unmarked = (page) =>
  page.evaluate(() => {
    const han = /[\u3400-\u9fff]/;
    const found = [];
    const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data;
      const element = walker.currentNode.parentElement;
      if (han.test(text) && !element.closest("[lang]").lang.startsWith("zh")) found.push(text);
    }
    // An attribute has one language; the name of the place to go to has to stand in it.
    for (const one of document.querySelectorAll("#app [aria-label]:not(.maps summary), #app [placeholder]")) {
      const text = one.getAttribute("aria-label") ?? one.getAttribute("placeholder");
      if (han.test(text) && !one.closest("[lang]").lang.startsWith("zh")) found.push(text);
    }
    if (han.test(document.title)) found.push(document.title);
    return found;
  });

/** What sticks out of the page, or of the box that would have to scroll. */
const overflowing = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [];
    if (document.documentElement.scrollWidth > width) out.push(`the page: ${document.documentElement.scrollWidth} > ${width}`);
    for (const one of document.querySelectorAll("#app *")) {
      if (one.closest(".wide, svg, [hidden], table, .skip") !== null) continue;
      const box = one.getBoundingClientRect();
      if (box.width > 0 && (box.right > width + 1 || box.left < -1))
        out.push(`${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`);
    }
    return out;
  });

// Longer by about 40 %, each letter another one: what stays plain English was not translated.
const ACCENTS = { a: "á", e: "é", i: "í", o: "ó", u: "ú", n: "ñ", c: "ç", y: "ý", A: "Å", E: "É", O: "Ø", S: "Š" };
function pseudo(message) {
  let depth = 0;
  let literal = "";
  for (const sign of message) {
    if (sign === "{") depth++;
    literal += depth === 0 ? (ACCENTS[sign] ?? sign) : sign;
    if (sign === "}") depth--;
  }
  return `[${literal}${" ŵörð".repeat(Math.max(1, Math.round((message.length * 0.4) / 5)))}]`;
}

export const languageTests = {
  async "languages: Chinese downloads nothing for the others"({ page, seen }) {
    await page.goto(address("#/result"));
    await ready(page);
    same(languageFiles(seen), [], "files");
    same(await page.getAttribute("html", "lang"), "zh-CN", "lang");
    same(
      await page.$$eval("footer [data-language]", (list) => list.map((one) => [one.lang, one.textContent])),
      [
        ["zh-CN", chinese["web.language.zh-CN"]],
        ["zh-Hant", chinese["web.language.zh-Hant"]],
        ["en", "English"],
      ],
      "each by its own name and in its own language",
    );
  },

  async "languages: the switch keeps the place, the answers and the focus, and is remembered"({ page, seen }) {
    await preset(page, { subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1936-03-09" } }] });
    await page.goto(address("#/check/e1/birth_date"));
    await page.fill("[data-part=year]", "1940");
    await choose(page, "en");
    same(await page.evaluate(() => location.hash), "#/check/e1/birth_date", "place");
    same(await page.inputValue("[data-part=year]"), "1940", "what was typed");
    same(await page.evaluate(() => document.activeElement?.dataset.language), "en", "focus");
    check((await page.textContent("main")).includes(english["web.question.year"]), "not English");
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === "en");
    same(await page.inputValue("[data-part=year]"), "1936", "the answer");
    await choose(page, "zh-Hant");
    check((await page.textContent("main")).includes(traditional["web.question.result"]), "not Traditional");
    await choose(page, "zh-CN");
    check((await page.textContent("main")).includes(chinese["web.question.result"]), "not back");
    await page.reload();
    await ready(page);
    same(await page.getAttribute("html", "lang"), "zh-CN", "Chinese is remembered too");
    same(seen.problems, [], "problems");
  },

  async "languages: the browser's first language decides where nothing was chosen"({ browser }) {
    for (const [locale, lang] of [
      ["en-GB", "en"],
      ["zh-HK", "zh-Hant"],
      ["zh-TW", "zh-Hant"],
      ["zh-SG", "zh-CN"],
      ["de-DE", "zh-CN"],
    ]) {
      const { context, page } = await open(browser, { locale });
      await page.goto(address(""));
      await ready(page);
      same(await page.getAttribute("html", "lang"), lang, locale);
      await choose(page, "zh-CN");
      await page.reload();
      await ready(page);
      same(await page.getAttribute("html", "lang"), "zh-CN", `${locale}, chosen`);
      await context.close();
    }
  },

  async "languages: one that cannot be had is said, the page stays as it is, and a second try works"({ page, context }) {
    await page.goto(address("#/check"));
    await ready(page);
    await context.route(/data\/pack\.en\./, (route) => route.abort());
    await page.click('footer [data-language="en"]');
    await page.waitForSelector("[data-missed]");
    check((await page.textContent("[data-missed]")).includes("English"), "does not say which");
    same(await page.getAttribute("html", "lang"), "zh-CN", "lang");
    check((await page.textContent("h1")).includes(chinese["web.who.title"]), "half English");
    await page.reload();
    await page.waitForSelector("[data-missed]");
    check((await page.textContent("h1")).includes(chinese["web.who.title"]), "does not start in Chinese");
    await context.unroute(/data\/pack\.en\./);
    await choose(page, "en");
    same(await page.locator("[data-missed]").count(), 0, "still said");
    same(await page.textContent("h1"), english["web.who.title"], "title");
  },

  async "languages: journey 1 in English, from the start to the result, without unmarked Chinese"({ browser }) {
    const { context, page, seen } = await open(browser, { locale: "en-US" });
    await page.goto(address(""));
    await page.waitForFunction(() => document.documentElement.lang === "en");
    same(await unmarked(page), [], "home");
    await page.click(".door >> nth=0");
    await page.waitForSelector("form.who");
    same(await unmarked(page), [], "who");
    await page.click("form.who .primary");
    await page.waitForFunction(() => location.hash.startsWith("#/check/"));
    for (let asked = 0; asked < 4; asked++) {
      same(await unmarked(page), [], await page.evaluate(() => location.hash));
      const fact = await page.evaluate(() => location.hash.split("/")[3]);
      await answer(page, { birth_date: "1936-03-09", hukou_district: "guandu" }[fact]);
    }
    await answerAll(page, { birth_date: "1936-03-09", hukou_district: "guandu" });
    await ready(page);
    check((await page.locator("[data-benefit=old_age_allowance]").count()) > 0, "no result");
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    same(await unmarked(page), [], "result");
    check((await page.textContent("main")).includes("yuan"), "no English amount");
    same(seen.problems, [], "problems");
    await context.close();
  },

  async "languages: other pages in English, without unmarked Chinese"({ browser }) {
    const { context, page } = await open(browser, { locale: "en-US" });
    await preset(page, ELDER);
    const found = [];
    await page.goto(address(""));
    await page.waitForFunction(() => document.documentElement.lang === "en");
    for (const route of ROUTES) {
      await toView(page, route);
      for (const one of await unmarked(page)) found.push(`${route}: ${one}`);
    }
    same(found, [], "unmarked");
    await context.close();
  },

  async "languages: whoever chose English and gets no texts reads an English line below the Chinese ones"({ page }) {
    await page.goto(address("#/check"));
    await ready(page);
    await choose(page, "en");
    await page.route("**/data/texts.*.json", (route) => route.abort());
    await page.reload();
    await page.waitForSelector("#boot-failed", { state: "visible" });
    check((await page.textContent("#boot-failed [lang=en]")).startsWith("This page could not be opened"), "no English line");
    check(await page.locator("#boot-failed [lang=en]").isVisible(), "it is not seen");
    await page.unroute("**/data/texts.*.json");
    await page.click("#boot-failed button");
    await page.waitForFunction(() => document.documentElement.lang === "en");
  },

  async "languages: where in the plan something stands, and numbers of documents, are in English too"({ browser }) {
    const { context, page } = await open(browser, { locale: "en-US" });
    await page.goto(address(""));
    await page.waitForFunction(() => document.documentElement.lang === "en");
    const places = new Set();
    for (const part of ["life", "homes", "policies", "support"]) {
      await toView(page, `#/plan/${part}`);
      for (const one of await page.$$eval("[data-entry] > .hint:not(.cites):last-of-type", (list) => list.map((hint) => hint.textContent)))
        places.add(one);
    }
    await toView(page, "#/coverage");
    for (const one of await page.$$eval("li[data-entry] .hint", (list) => list.map((hint) => hint.textContent))) places.add(one);
    const all = [...places].join("\n");
    for (const place of [
      "Part 1, section (1)",
      "Part 2",
      "Part 3, section (11), item 26",
      "Annex 5, item 3",
      "Part 2; Part 3, section (1), item 1; Annex 5, item 3",
    ])
      check(all.includes(place), `${place} is not among ${all}`);
    same(
      [...places].filter((one) => /[\u3400-\u9fff]/.test(one)),
      [],
      "Chinese",
    );
    for (const [route, ...numbers] of [
      ["#/plan", "Kunming Government Office [2022] No. 74, 昆政办〔2022〕74号"],
      ["#/about", "Kunming Government Office [2022] No. 74 (", "based on Kunming Civil Affairs Bureau, joint [2024] No. 12"],
    ]) {
      await toView(page, route);
      const text = await page.textContent("main");
      for (const number of numbers) check(text.includes(number), `${route} does not say ${number}`);
    }
    await context.close();
  },

  async "languages: words that are 40 % longer fit at 320 and 360 px"({ browser }) {
    mkdirSync(pictures, { recursive: true });
    const over = [];
    const { context, page } = await open(browser, { locale: "en-US" });
    // The bytes differ from the manifest's hash, so the page that names them is changed with them.
    const { createHash } = await import("node:crypto");
    const made = new Map();
    const manifest = await (await context.request.get(`${site}data/manifest.json`)).json();
    for (const key of ["texts.en", "later.en", "pack.en"]) {
      const entry = manifest.files[key];
      const texts = await (await context.request.get(`${site}data/${entry.name}`)).json();
      const body = JSON.stringify(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, pseudo(text)])));
      made.set(entry.name, body);
      Object.assign(entry, { sha256: createHash("sha256").update(body).digest("hex"), bytes: Buffer.byteLength(body) });
    }
    await context.route(/data\/(texts|later|pack)\.en\./, (route) =>
      route.fulfill({ contentType: "application/json", body: made.get(route.request().url().split("/").pop()) }),
    );
    await page.addInitScript((text) => {
      new MutationObserver(() => {
        const meta = document.querySelector("meta[name=manifest]");
        if (meta !== null) meta.content = text;
      }).observe(document, { childList: true, subtree: true });
    }, JSON.stringify(manifest));
    await preset(page, ELDER);
    await page.goto(address(""));
    await page.waitForFunction(() => document.documentElement.lang === "en");
    for (const route of ROUTES) {
      await toView(page, route);
      check((await page.textContent("footer")).includes("ŵörð"), "the longer words are not used");
      for (const width of [320, 360]) {
        await page.setViewportSize({ ...PHONE, width });
        await page.screenshot({ path: `${pictures}pseudo-${width}-${route.replace(/\W+/g, "-") || "home"}.png`, fullPage: true });
        for (const one of await overflowing(page)) over.push(`${route} at ${width}: ${one}`);
      }
    }
    await context.close();
    same(over, [], "sticks out");
  },
};
