// Elder mode, display settings and accessibility: node everyone.mjs <site url> [part of a test's name]
// docs/accessibility.md says which rule each test stands for.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { audit } from "./audit.mjs";
import { address, answer, atHash, axeSource, check, go, open, PHONE, profile, runTests, same, site, texts, toFind } from "./harness.mjs";
import { preset } from "./playwright.mjs";

const FAMILY = profile("two-elders-one-child");
// Every view, and what is there once it is complete.
const VIEWS = {
  "#/": ".doors",
  "#/check": "form.who",
  "#/check/e1/birth_date": "[data-part=year]",
  "#/check/e1/hukou_district": "input[type=radio]",
  "#/check/e1/hospitalised": "[data-value=true]",
  "#/check/e1/care_cost_month": ".number input",
  "#/result": ".summary",
  "#/result/list": "[data-print]",
  "#/scale": "[data-scale]",
  "#/scale/ltc_37": ".help",
  "#/scale/ltc_37/eating": ".choices",
  "#/scale/ltc_37/result": "h2",
  "#/scale/ltc_37_screen/eating": ".choices",
  "#/scale/gbt_42195": ".help",
  "#/estimate": "form select",
  "#/find": ".total",
  "#/about": ".sources",
  "#/coverage": ".entries li",
  "#/data": ".files li",
  "#/settings": "[data-reset-settings]",
  "#/plan": ".parts",
  "#/plan/homes": "[data-entry]",
  "#/plan/projects": "[data-entry]",
  "#/plan/policies": "[data-entry]",
  "#/plan/support": "[data-entry]",
  "#/plan/conflicts": "[data-entry]",
};
const MODES = {
  standard: { axe: [360, 1280], settings: {}, limits: { text: 18, small: 16, target: 44, tall: 48, contrast: 4.5 } },
  长辈版: { axe: [360], settings: { elder: true }, limits: { text: 22, small: 22, target: 60, tall: 60, contrast: 4.5, elder: true } },
  "high contrast": { settings: { contrast: true }, limits: { text: 18, small: 16, target: 44, tall: 48, contrast: 7 } },
  dark: { settings: { theme: "dark" }, limits: { text: 18, small: 16, target: 44, tall: 48, contrast: 4.5 } },
  "dark, high contrast, 长辈版": {
    settings: { theme: "dark", contrast: true, elder: true },
    limits: { text: 22, small: 22, target: 60, tall: 60, contrast: 7, elder: true },
  },
};

const keep = (page, settings) =>
  page.addInitScript((text) => {
    if (sessionStorage.getItem("settings") === null) localStorage.setItem("chuncheng.settings", text);
    sessionStorage.setItem("settings", "1");
  }, JSON.stringify(settings));
const kept = (page) => page.evaluate(() => localStorage.getItem("chuncheng.settings"));
const root = (page, name) => page.evaluate((one) => document.documentElement.dataset[one] ?? null, name);
const baseSize = (page) => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));

/** Each view in one page, unfolded. */
async function everyView(page, visit, language = "zh-CN") {
  await preset(page, FAMILY);
  await page.goto(address("#/").replace("?", `?lang=${language}&`));
  for (const [hash, ready] of Object.entries(VIEWS)) {
    await go(page, hash);
    await page.waitForSelector(`main ${ready}`);
    // The page before may have had the same.
    await page.waitForFunction((to) => location.hash === to && document.querySelector(".loading") === null, hash);
    if (hash === "#/estimate") {
      // The rest of the form and the answer come once it is known what kind of institution it is.
      await page.selectOption("#organisation", { index: 1 });
      await page.waitForSelector("form .primary");
    }
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    await visit(hash);
  }
}

async function noViolations(page, where) {
  const text = await page.textContent("body");
  const hole = text.match(/.{0,30}([\u27e6\u27e7]|undefined|NaN|\[object).{0,30}/)?.[0];
  check(hole === undefined, `${where}: something is missing in “${hole}”`);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  // Beyond WCAG axe has advice; what it calls serious counts.
  const bad = violations.filter(({ tags, impact }) => tags.some((tag) => tag.startsWith("wcag2")) || /serious|critical/.test(impact));
  same(
    bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3)}`),
    [],
    where,
  );
  check(passes.length >= 8, `${where}: only ${passes.length} rules found something to look at`);
}

/** What is on the screen, into build/screens; gives the picture's size. */
async function picture(page, set, hash) {
  const folder = fileURLToPath(new URL(`../../build/screens/${set}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  const name = hash === "#/" ? "home" : hash.slice(2).replaceAll("/", "-");
  return (await page.screenshot({ path: `${folder}${name}.png` })).length;
}

/** Presses Tab until the focus has left the page, and looks at each stop. */
async function tabThrough(page, where, start) {
  const stops = [];
  await page.evaluate((selector) => document.querySelector(selector)?.focus(), start);
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (one === null || one === document.body) return null;
      const list = Array.from(document.querySelectorAll("*"));
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const shape = one.closest("svg") !== null && Number.parseFloat(style.strokeWidth) >= 3;
      return {
        name: one.outerHTML.slice(0, 100),
        at: list.indexOf(one),
        ring: shape || (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    if (stop === null) break;
    // Where the browser has nothing of its own to go to, the page begins again.
    if (stops.length > 0 && (stop.at === stops[0].at || stop.name.includes('class="skip"'))) break;
    stops.push(stop);
  }
  check(stops.length < 400, `${where}: the focus does not get out`);
  for (const [index, stop] of stops.entries()) {
    check(stop.ring, `${where}: no ring around ${stop.name}`);
    check(stop.inside, `${where}: out of sight: ${stop.name}`);
    check(index === 0 || stop.at > stops[index - 1].at, `${where}: out of order: ${stop.name} after ${stops[index - 1]?.name}`);
  }
  return stops;
}

async function tabTo(page, selector) {
  for (let n = 0; n < 400; n++) {
    if (await page.evaluate((one) => document.activeElement?.matches(one), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}

/** Chromium has no voice and no sound device here: a stand-in for the browser's speech, which writes down what it is told to say. */
const stubSpeech = (page, voices) =>
  page.addInitScript((list) => {
    const said = [];
    const speech = {
      getVoices: () => list,
      speak: (one) => said.push(one),
      cancel: () => said.push({ text: "(stop)" }),
      addEventListener() {},
      removeEventListener() {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = class {
      constructor(text) {
        this.text = text;
      }
    };
    window.said = said;
  }, voices);

const tests = {};

for (const [mode, { settings, limits, axe }] of Object.entries(MODES)) {
  tests[`${mode}: no violation, sizes, gaps, targets and contrast on every view`] = async ({ page, seen }) => {
    await keep(page, settings);
    const problems = new Map();
    await everyView(page, async (hash) => {
      const found = await page.evaluate(audit, limits);
      // The other modes differ in colours, which the audit reckons with.
      for (const width of axe ?? []) {
        await page.setViewportSize({ width, height: 800 });
        await noViolations(page, `axe at ${width}`).catch((error) => found.push(error.message));
      }
      await page.setViewportSize(PHONE);
      for (const one of found) problems.set(one, [...(problems.get(one) ?? []), hash]);
    });
    check(problems.size === 0, Array.from(problems, ([one, where]) => `${one}  on ${where.join(" ")}`).join("\n"));
    same(seen.problems, [], "problems");
  };
}

for (const language of ["en", "zh-Hant"])
  tests[`${language}: no violation on every view, and pictures of it, in standard and 长辈版`] = async ({ page, seen }) => {
    const problems = [];
    await everyView(
      page,
      async (hash) => {
        for (const mode of ["", "-elder"]) {
          await noViolations(page, `${hash}${mode}`).catch((error) => problems.push(error.message));
          await picture(page, `${language}${mode}`, hash);
          await page.click("header [data-elder-switch]");
        }
      },
      language,
    );
    same(problems, [], "axe");
    same(seen.problems, [], "problems");
  };

Object.assign(tests, {
  async "pictures of every view on a phone, a tablet and a desk, for people to look at"({ page }) {
    let kept = 0;
    await everyView(page, async (hash) => {
      await page.evaluate(() => {
        for (const one of document.querySelectorAll("details")) one.open = false;
      });
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: width === 360 ? 780 : 800 });
        kept += (await picture(page, `zh-${width}`, hash)) > 5000;
      }
    });
    same(kept, 3 * Object.keys(VIEWS).length, "pictures with something in them");
  },

  async "text of 30 px, 1.6 times the text, zoom of 200 % and 1,920 px: nothing to scroll sideways"({ page }) {
    await page.setViewportSize({ width: 320, height: 640 });
    const problems = [];
    await everyView(page, async (hash) => {
      for (const [width, size] of [
        [320, "187.5%"],
        [320, ""],
        [360, "calc(112.5% * 1.6)"],
        [360, "225%"], // more than 1.6 times that of 长辈版
        [640, ""],
        [1920, ""],
      ]) {
        await page.setViewportSize({ width, height: 640 });
        const wide = await page.evaluate((value) => {
          document.documentElement.style.fontSize = value;
          return document.documentElement.scrollWidth;
        }, size);
        if (wide > width) problems.push(`${hash} at ${width} px and ${size || "18 px"} is ${wide} px wide`);
      }
    });
    same(problems, [], "too wide");
  },

  async "the page before any script has run: readable, in the chosen look, and says that it is opening"({ page }) {
    await keep(page, { elder: true, theme: "dark" });
    // Noted when the body begins: nothing can have been drawn before.
    await page.addInitScript(() => {
      new MutationObserver((_, watch) => {
        if (document.body === null) return;
        watch.disconnect();
        window.atFirst = { ...document.documentElement.dataset, text: document.documentElement.style.getPropertyValue("--text") };
      }).observe(document, { childList: true, subtree: true });
    });
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route("**/assets/index-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address(""), { waitUntil: "commit" });
    await page.waitForSelector("#boot-wait");
    const text = await page.textContent("main");
    for (const key of ["web.home.intro", "web.boot.wait"]) check(text.includes(texts[key]), `lacks ${key}`);
    const { elder, theme, text: size } = await page.evaluate(() => window.atFirst);
    same([elder, theme, size], ["", "dark", "137.5%"], "set before the body");
    await page.waitForFunction(() => Number.parseFloat(getComputedStyle(document.body).fontSize) === 22);
    release();
    await page.waitForSelector(".doors");
  },

  async "without scripts: what one can do, and the open data"({ browser }) {
    const { page, context } = await open(browser, { javaScriptEnabled: false });
    await page.goto(address(""));
    const text = await page.textContent("noscript");
    for (const key of ["web.boot.noscript", "web.boot.noscript.ask", "web.boot.noscript.help"])
      check(text.includes(texts[key]), `lacks ${key}`);
    const link = await page.getAttribute("noscript a", "href");
    const response = await page.request.get(new URL(link, site).href);
    same(response.status(), 200, "open data");
    check((await response.text()).split("\n").length > 100, "the open data is empty");
    await context.close();
  },

  async "长辈版: found on the first page and on every other, switched on, kept, and switched back by 标准版"({ page, seen }) {
    await page.goto(address(""));
    const big = page.locator("main [data-elder-switch]");
    check((await big.textContent()).startsWith("长辈版"), "no 长辈版 on the first page");
    const { width, height } = await big.boundingBox();
    check(width > 300 && height >= 60, `the entry is ${width} × ${height}`);
    same(await page.textContent("header [data-elder-switch]"), "长辈版", "in the header");
    await big.click();
    same(await root(page, "elder"), "", "on");
    same(await baseSize(page), 22, "text");
    same(await page.textContent("header [data-elder-switch]"), "标准版", "the way back");
    await page.reload();
    await page.waitForSelector(".doors");
    same(await baseSize(page), 22, "text after a reload");
    for (const hash of ["#/check", "#/result", "#/find", "#/about", "#/plan", "#/settings"]) {
      await go(page, hash);
      await page.waitForSelector(`main ${hash === "#/result" ? "h1" : VIEWS[hash]}`);
      same(await page.textContent("header [data-elder-switch]"), "标准版", hash);
    }
    check(await page.locator('input[name=elder][value="true"]').isChecked(), "the settings do not show it");
    await page.click("header [data-elder-switch]");
    check(await page.locator('input[name=elder][value=""]').isChecked(), "the settings do not follow");
    same(await root(page, "elder"), null, "off");
    same(await kept(page), null, "nothing is kept of it");
    same(seen.problems, [], "problems");
  },

  async "长辈版: the search leads to it"({ page }) {
    await toFind(page);
    await page.fill("#find-q", "养老院");
    same(await page.locator("[data-elder-hint]").count(), 0, "led away without being asked");
    for (const word of ["长辈版", "大字"]) {
      await page.fill("#find-q", word);
      await page.waitForSelector("[data-elder-hint] a");
    }
    await page.click("[data-elder-hint] a");
    await page.waitForSelector(VIEWS["#/settings"]);
  },

  async "settings: each is applied at once, kept, and taken back"({ page }) {
    await page.goto(address("#/settings"));
    await page.waitForSelector(VIEWS["#/settings"]);
    const sizes = [await baseSize(page)];
    while (await page.locator("[data-larger]").isEnabled()) {
      await page.click("[data-larger]");
      sizes.push(await baseSize(page));
      check((await page.textContent(".steps output")).includes(String(sizes.at(-1))), "the size is not said");
    }
    check(sizes[0] === 18 && sizes.length >= 6 && sizes.at(-1) >= 30, `sizes ${sizes}`);
    check(
      sizes.every((size, index) => index === 0 || size > sizes[index - 1]),
      `steps ${sizes}`,
    );
    await page.click("[data-smaller]");
    same(await baseSize(page), sizes.at(-2), "one step back");
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.check("input[name=theme][value=dark]");
    same(await root(page, "theme"), "dark", "dark");
    check((await paper()) !== before, "dark looks as before");
    await page.check('input[name=contrast][value="true"]');
    same([await root(page, "contrast"), await paper()], ["", "rgb(0, 0, 0)"], "contrast");
    await page.check('input[name=motion][value="false"]');
    same(await root(page, "still"), "", "still");
    await page.reload();
    await page.waitForSelector(VIEWS["#/settings"]);
    same([await root(page, "theme"), await root(page, "contrast"), await root(page, "still")], ["dark", "", ""], "after a reload");
    same(await baseSize(page), sizes.at(-2), "size after a reload");
    check(await page.locator("input[name=theme][value=dark]").isChecked(), "the page does not show what is set");
    await page.click("[data-reset-settings]");
    same(await kept(page), null, "all taken back");
    same([await root(page, "theme"), await root(page, "contrast"), await root(page, "text")], [null, null, null], "attributes");
    same([await baseSize(page), await paper()], [18, before], "as at first");
  },

  async "settings: a large mouse pointer, in 长辈版 by itself, elsewhere when wanted, with the usual one to fall back on"({ page, seen }) {
    await page.goto(address("#/settings"));
    await page.waitForSelector(VIEWS["#/settings"]);
    const cursors = () =>
      page.evaluate(() => ["main", "main button", "header a[href]"].map((one) => getComputedStyle(document.querySelector(one)).cursor));
    const usual = await cursors();
    check(!usual.some((one) => one.includes("url(")), `at first: ${usual}`);
    const large = async (where) => {
      const found = await cursors();
      for (const [index, fallback] of ["auto", "pointer", "pointer"].entries())
        check(new RegExp(`^url\\(.*\\) \\d+ \\d+, ${fallback}$`).test(found[index]), `${where}: ${found[index]}`);
      // A picture that the policy refuses, or that is damaged, leaves the usual pointer.
      for (const url of new Set(found.map((one) => /url\("(.*)"\)/.exec(one)[1].replaceAll('\\"', '"')))) {
        const size = await page.evaluate(async (src) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return [image.naturalWidth, image.naturalHeight];
        }, url);
        same(size, [48, 48], where);
      }
    };
    await page.check('input[name=pointer][value="true"]');
    await large("wanted");
    await page.reload();
    await page.waitForSelector(VIEWS["#/settings"]);
    await large("after a reload");
    await page.check('input[name=pointer][value=""]');
    same(await cursors(), usual, "taken back");
    await page.click("header [data-elder-switch]");
    await large("长辈版");
    await go(page, "#/find");
    await page.waitForSelector(".total");
    const beam = await page.evaluate(() => getComputedStyle(document.querySelector("#find-q")).cursor);
    check(beam.startsWith("url(") && beam.endsWith(", text"), `in a field: ${beam}`);
    await go(page, "#/settings");
    await page.check('input[name=pointer][value="false"]');
    same(await cursors(), usual, "not wanted in 长辈版");
    same(seen.problems, [], "problems");
  },

  async "settings: the device's own wishes count until the visitor says otherwise"({ page }) {
    await page.emulateMedia({ colorScheme: "dark", contrast: "more", reducedMotion: "reduce" });
    await page.goto(address("#/settings"));
    await page.waitForSelector(VIEWS["#/settings"]);
    const all = async () => [await root(page, "theme"), await root(page, "contrast"), await root(page, "still")];
    same(await all(), ["dark", "", ""], "the device's");
    await page.check("input[name=theme][value=light]");
    await page.check('input[name=contrast][value="false"]');
    same(await all(), [null, null, ""], "the visitor's");
    await page.click("[data-reset-settings]");
    same(await all(), ["dark", "", ""], "the device's again");
    await page.emulateMedia({ colorScheme: "light", contrast: "no-preference", reducedMotion: "no-preference" });
    await page.waitForFunction(() => !("theme" in document.documentElement.dataset));
    same(await all(), [null, null, null], "the device changed its mind");
  },

  async "settings: damaged or no storage is no obstacle"({ browser }) {
    for (const text of ["{", "null", '{"text":"large","theme":7}', "[]"]) {
      const { context, page, seen } = await open(browser);
      await page.addInitScript((value) => localStorage.setItem("chuncheng.settings", value), text);
      await page.goto(address(""));
      await page.waitForSelector(".doors");
      same(await baseSize(page), 18, text);
      same(seen.problems, [], text);
      await context.close();
    }
    const { context, page, seen } = await open(browser);
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
    await page.goto(address(""));
    await page.click("header [data-elder-switch]");
    same(await baseSize(page), 22, "for this visit");
    same(seen.problems, [], "problems");
    await context.close();
  },

  async "keyboard only: from the first page through journey 1 and its result"({ page }) {
    await page.goto(address(""));
    await page.waitForSelector(".doors");
    const stops = await tabThrough(page, "the first page");
    check(stops.length >= 9, `only ${stops.length} stops`);
    check(stops[0].name.includes("skip"), "the way past the header does not come first");
    await tabTo(page, ".door");
    await page.keyboard.press("Enter");
    await page.waitForSelector("form.who");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    await tabThrough(page, "who", "h1");
    await tabTo(page, ".steps button:not([disabled])");
    await tabTo(page, "form.who .primary");
    await page.keyboard.press("Enter");
    await atHash(page, "#/check/");
    for (let n = 0; n < 4; n++) {
      await page.waitForFunction(() => document.activeElement?.tagName === "H1");
      const before = page.url();
      await tabThrough(page, before, "h1");
      await page.evaluate(() => document.querySelector("h1").focus());
      await tabTo(page, "main button[data-value], main [data-unknown]");
      await page.keyboard.press("Enter");
      await page.waitForFunction((old) => location.href !== old, before);
    }
    await tabTo(page, 'main a[href="#/result"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector(".summary");
    await tabThrough(page, "result", "h1");
    await page.evaluate(() => document.querySelector("h1").focus());
    await tabTo(page, "[data-clear]");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".keep .stacking") !== null);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches("[data-clear]"));
  },

  async "keyboard only: finding a facility, there and back"({ page }) {
    await toFind(page);
    await page.waitForSelector(".hit");
    const stops = await tabThrough(page, "find", "h1");
    check(stops.length > 20, `only ${stops.length} stops`);
    await page.evaluate(() => document.querySelector("h1").focus());
    await tabTo(page, "#find-q");
    await page.keyboard.type("guandu", { delay: 30 });
    await page.waitForSelector("[role=option]");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    check(await page.evaluate(() => document.activeElement.id !== "find-q"), "Tab does not leave the search field");
    await page.keyboard.press("Shift+Tab");
    same(await page.evaluate(() => document.activeElement.id), "find-q", "back");
    await tabTo(page, ".hit summary");
    await page.keyboard.press("Enter");
    check(await page.evaluate(() => document.activeElement.parentElement.open), "not unfolded");
  },

  async "reduced motion: nothing moves, by the device's wish or by the visitor's"({ browser }) {
    const moving = (page) =>
      page.evaluate(() => {
        const parts = Array.from(document.querySelectorAll("*")).flatMap((one) => [
          getComputedStyle(one),
          getComputedStyle(one, "::after"),
        ]);
        return parts.filter((style) => style.animationName !== "none" || !/^0s(, 0s)*$/.test(style.transitionDuration)).length;
      });
    for (const [options, settings, still] of [
      [{ reducedMotion: "reduce" }, {}, true],
      [{ reducedMotion: "no-preference" }, { motion: false }, true],
      [{ reducedMotion: "no-preference" }, {}, false],
    ]) {
      const { context, page } = await open(browser, options);
      await keep(page, settings);
      await page.route("**/data/later.*.json", () => undefined);
      await page.goto(address("#/about"));
      await page.waitForSelector(".loading");
      const height = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector(".loading"), "::after").height));
      check(height > 100, "nothing stands in for the page");
      same((await moving(page)) === 0, still, `while loading, ${JSON.stringify(settings)}`);
      same(await page.evaluate(() => document.getAnimations().length === 0), still, "animations");
      await go(page, "#/check");
      await page.waitForSelector("form.who");
      same((await moving(page)) === 0, still, `who, ${JSON.stringify(settings)}`);
      await context.close();
    }
  },

  async "no windows that pop up, and a day passes without anything being lost"({ context, page }) {
    const popped = [];
    page.on("dialog", (dialog) => {
      popped.push(dialog.message());
      void dialog.dismiss();
    });
    context.on("page", (other) => popped.push(other.url()));
    await page.addInitScript(() => {
      window.popped = [];
      for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.popped.push(name);
    });
    await page.clock.install();
    await preset(page, FAMILY);
    await page.goto(address("#/check/e1/care_cost_month"));
    await page.waitForSelector(VIEWS["#/check/e1/care_cost_month"]);
    await page.fill(".number input", "1234");
    await page.clock.fastForward("24:00:00");
    same(await page.inputValue(".number input"), "1234", "what was typed a day ago");
    check(page.url().endsWith("#/check/e1/care_cost_month"), "another page came by itself");
    await page.clock.resume();
    await answer(page, "1234");
    await go(page, "#/find");
    await page.waitForSelector(".hit");
    await go(page, "#/result");
    await page.waitForSelector(".summary");
    await page.click("[data-clear]");
    await page.click("[data-clear-yes] + button");
    same(await page.locator("[data-clear-yes]").count(), 0, "still asks");
    check((await page.evaluate(() => localStorage.getItem("chuncheng.answers"))).includes("e1"), "deleted without a yes");
    await page.click("[data-clear]");
    await page.click("[data-clear-yes]");
    await page.waitForSelector("[data-cleared]");
    same(await page.evaluate(() => localStorage.getItem("chuncheng.answers")), null, "answers");
    same(await page.evaluate(() => window.popped), [], "asked for windows");
    same(popped, [], "windows");
  },

  async "colours of the system: buttons, the place and what is pressed can still be told"({ page }) {
    await page.emulateMedia({ forcedColors: "active" });
    await preset(page, FAMILY);
    await page.goto(address("#/check/e1/hospitalised"));
    await page.waitForSelector("[data-value=true]");
    const style = (selector, property) =>
      page.evaluate(([one, name]) => getComputedStyle(document.querySelector(one))[name], [selector, property]);
    for (const selector of ["[data-unknown]", "[data-value=true]", ".secondary"]) {
      check(Number.parseFloat(await style(selector, "borderTopWidth")) >= 1, `${selector} has no edge`);
      check(
        (await style(selector, "borderTopColor")) !== (await style(selector, "backgroundColor")),
        `the edge of ${selector} is not seen`,
      );
    }
    const current = await style(".top nav [aria-current]", "borderBottomColor");
    check(current !== (await style(".top nav a:not([aria-current])", "borderBottomColor")), "the place is not marked");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    check((await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)) !== "none", "no ring");
  },

  async "read aloud: not offered where there is no speech, no voice, or only one that needs a server"({ browser }) {
    const none = await open(browser);
    await none.page.addInitScript(() => {
      delete window.speechSynthesis;
      delete Window.prototype.speechSynthesis;
    });
    const silent = await open(browser);
    const remote = await open(browser);
    await stubSpeech(remote.page, [
      { lang: "zh-CN", localService: false, name: "far" },
      { lang: "en-US", localService: true, name: "English" },
    ]);
    for (const { page, context, seen } of [none, silent, remote]) {
      await page.goto(address("#/settings"));
      await page.waitForSelector(VIEWS["#/settings"]);
      await page.waitForTimeout(300);
      same(await page.locator("[data-read]").count(), 0, "the button");
      check((await page.textContent("main")).includes(texts["settings.speak.none"]), "why is not said");
      same(seen.problems, [], "problems");
      await context.close();
    }
  },

  async "read aloud: heading, help and choices of a question, the result, a policy; stop; off in the settings"({ page, seen }) {
    await stubSpeech(page, [{ lang: "zh-CN", localService: true, name: "near" }]);
    await preset(page, FAMILY);
    await page.goto(address("#/check/e1/hukou_district"));
    await page.waitForSelector("[data-read=start]");
    const said = () => page.evaluate(() => window.said.splice(0).map(({ text }) => text));
    const stopped = async () => {
      await page.waitForFunction(() => window.said.at(-1)?.text === "(stop)");
      await said();
    };
    const read = async () => {
      await said();
      await page.click("[data-read=start]");
      const list = await said();
      same(list.shift(), "(stop)", "silence before it begins");
      return list;
    };
    let list = await read();
    same(await page.textContent("[data-read]"), texts["settings.read.stop"], "the button");
    const heading = await page.textContent("h1");
    check(list.includes(heading), `the heading is not read: ${list}`);
    const help = await page.locator("#question-help").allTextContents();
    for (const part of help) check(list.includes(part.trim()), "the help is not read");
    for (const label of await page.locator(".choice").allTextContents()) check(list.includes(label.trim()), `${label} is not read`);
    check(list.includes(texts["web.unknown"]), "“do not know” is not read");
    await page.click("[data-read=stop]");
    await stopped();
    for (const hash of ["#/result", "#/plan/policies"]) {
      await go(page, hash);
      await page.waitForSelector(`main ${VIEWS[hash]}`);
      list = await read();
      check(list.length > 10 && list.includes((await page.textContent("h1")).trim()), `${hash}: ${list.slice(0, 5)}`);
      const first = await page.locator("main article h3, main article h2, [data-entry] h2").first().textContent();
      check(
        list.some((one) => one.includes(first.trim())),
        `${hash}: “${first}” is not read`,
      );
    }
    check(
      list.every((text) => text.length < 600),
      "too long for one breath",
    );
    await go(page, "#/settings");
    await page.waitForSelector(VIEWS["#/settings"]);
    await stopped();
    await page.check('input[name=speak][value="false"]');
    same(await page.locator("[data-read]").count(), 0, "still there");
    await page.check('input[name=speak][value=""]');
    await page.waitForSelector("[data-read=start]");
    same(seen.problems, [], "problems");
  },

  async "a page that cannot be loaded says so, what to do, and the way home"({ page }) {
    await page.route("**/data/later.*.json", (route) => route.abort());
    await page.goto(address("#/about"));
    await page.waitForSelector(".alert");
    const text = await page.textContent(".alert");
    for (const key of ["web.data.failed", "web.boot.network", "web.retry", "web.404.home"])
      check(text.includes(texts[key]), `lacks ${key}: ${text}`);
    await noViolations(page, "a page that failed");
    await page.unroute("**/data/later.*.json");
    await page.click(".alert button");
    await page.waitForSelector(VIEWS["#/about"]);
  },

  async "an address that does not exist: in the site's look, plain words, the way home"({ browser }) {
    for (const [path, settings] of [
      ["no-such-page", {}],
      ["a/b/no-such-page", { elder: true, theme: "dark" }],
    ]) {
      const { context, page } = await open(browser, { viewport: PHONE });
      await keep(page, settings);
      const response = await page.goto(new URL(path, site).href);
      same(response.status(), 404, "status");
      const text = await page.textContent("main");
      for (const key of ["web.404.title", "web.404.text"]) check(text.includes(texts[key]), `lacks ${key}`);
      same(await page.locator("[style]:not(html), style").count(), 0, "styles in the page");
      const limits = MODES[settings.elder ? "长辈版" : "standard"].limits;
      same(await page.evaluate(audit, limits), [], path);
      await noViolations(page, path);
      await page.click("main .primary");
      await page.waitForSelector(".doors");
      await context.close();
    }
  },
});

await runTests(tests, process.argv[3]);
