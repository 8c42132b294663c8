// The five journeys in the engines beside Chromium: Firefox ESR over WebDriver BiDi (puppeteer-core), WebKitGTK over its own driver (selenium).
// node engines.mjs <site url> <folder with the CLI's results for tests/fixtures/profiles> [part of a test's name]
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { require } from "./playwright.mjs";
import { ANSWERS, AS_OF, check, runQueues, same } from "./testing.mjs";

const [, , site, expectedFolder, only] = process.argv;
if (expectedFolder === undefined) {
  console.error("usage: node engines.mjs <site url> <folder of <profile>.json results> [part of a test's name]");
  process.exit(2);
}
const WAIT_MS = 20_000;
const pictures = fileURLToPath(new URL("../../build/screens/engines/", import.meta.url));
const cli = fileURLToPath(new URL("../../build/native/chuncheng", import.meta.url));
const profilesFolder = fileURLToPath(new URL("../fixtures/profiles", import.meta.url));
mkdirSync(pictures, { recursive: true });

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What a test does with a page, the same in both engines; elements are used as a person uses them, by the engine's own events. */
class Tab {
  address(hash) {
    return `${site}?as_of=${AS_OF}&lang=zh-CN${hash}`;
  }
  /** Waits until `test`, run in the page, gives something truthy, and returns it. */
  async until(test, ...args) {
    const end = Date.now() + WAIT_MS;
    let last;
    while (Date.now() < end) {
      try {
        const value = await this.evaluate(test, ...args);
        if (value) return value;
      } catch (error) {
        // Between two documents there is nothing to run in.
        last = error;
      }
      await pause(50);
    }
    const at = await this.evaluate(() => location.hash).catch(() => "?");
    throw new Error(`waited in vain at ${at} for ${test} ${args.join(" ")}${last === undefined ? "" : `; ${last}`}`);
  }
  see(selector) {
    return this.until((what) => document.querySelector(what) !== null, selector);
  }
  text(selector) {
    return this.evaluate((what) => document.querySelector(what)?.textContent ?? "", selector);
  }
  async to(hash) {
    await this.evaluate((next) => {
      location.hash = next;
    }, hash);
  }
}

class FirefoxTab extends Tab {
  static async start() {
    const puppeteer = require("puppeteer-core");
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true });
    return {
      name: `Firefox ${(await browser.version()).replace(/^\D*/, "")}`,
      open: () => FirefoxTab.open(browser),
      stop: () => browser.close(),
    };
  }
  static async open(browser) {
    const tab = new FirefoxTab();
    tab.context = await browser.createBrowserContext();
    tab.page = await tab.context.newPage();
    tab.problems = [];
    tab.page.on("pageerror", (error) => tab.problems.push(String(error)));
    tab.page.on("console", (message) => message.type() === "error" && tab.problems.push(message.text()));
    await tab.page.setViewport({ width: 360, height: 780 });
    return tab;
  }
  goto(url) {
    return this.page.goto(url);
  }
  evaluate(run, ...args) {
    return this.page.evaluate(run, ...args);
  }
  async click(selector) {
    await this.see(selector);
    await (await this.page.$(selector)).click();
  }
  async type(selector, text) {
    await this.see(selector);
    const input = await this.page.$(selector);
    await input.evaluate((one) => one.select());
    if (text === "") await this.page.keyboard.press("Backspace");
    else await input.type(text);
  }
  back() {
    return this.page.evaluate(() => history.back());
  }
  async picture(name) {
    await this.page.screenshot({ path: join(pictures, `firefox-${name}.png`) });
  }
  close() {
    return this.context.close();
  }
}

class WebKitTab extends Tab {
  static async start() {
    const { WebDriver, Capabilities } = require("selenium-webdriver");
    const { HttpClient, Executor } = require("selenium-webdriver/http");
    const folder = mkdtempSync(join(tmpdir(), "webkit-"));
    const [port, number] = [await freePort(), 90 + (process.pid % 400)];
    // A profile of its own: nothing of this machine's user, nothing left behind.
    const env = {
      ...process.env,
      DISPLAY: `:${number}`,
      HOME: folder,
      XDG_CACHE_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    };
    env.XDG_RUNTIME_DIR = folder;
    env.WEBKIT_DISABLE_COMPOSITING_MODE = "1";
    // Its sandbox needs rights a test's container does not have.
    env.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = "1";
    const screen = spawn("Xvfb", [`:${number}`, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], { stdio: "ignore" });
    const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore", detached: true });
    const stop = () => {
      try {
        // The browsers it started are of its group.
        process.kill(-driver.pid);
      } catch {
        // It has ended by itself.
      }
      screen.kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    };
    const open = async () => {
      for (let turn = 0; ; turn++) {
        const client = new HttpClient(`http://127.0.0.1:${port}`);
        const wanted = new Capabilities();
        wanted.set("webkitgtk:browserOptions", { binary: miniBrowser(), args: ["--automation"] });
        const session = WebDriver.createSession(new Executor(client), wanted);
        try {
          await session.getSession();
        } catch (error) {
          if (turn === 20) throw error;
          await pause(250);
          continue;
        }
        await session.manage().setTimeouts({ script: WAIT_MS, pageLoad: WAIT_MS });
        await session.manage().window().setRect({ x: 0, y: 0, width: 400, height: 860 });
        const tab = new WebKitTab();
        tab.session = session;
        tab.problems = [];
        return tab;
      }
    };
    const first = await open().catch((error) => {
      stop();
      throw error;
    });
    const version = (await first.session.getCapabilities()).get("browserVersion");
    await first.close();
    return { name: `WebKitGTK ${version}`, open, stop };
  }
  goto(url) {
    return this.session.get(url);
  }
  evaluate(run, ...args) {
    // Promises too: the script answers when its value is there.
    return this.session
      .executeAsyncScript(
        `const all = Array.from(arguments); const done = all.pop();
         Promise.resolve().then(() => (${run})(...all)).then((value) => done([value]), (error) => done([null, String(error)]));`,
        ...args,
      )
      .then(([value, error]) => {
        if (error !== undefined) throw new Error(error);
        return value ?? undefined;
      });
  }
  async click(selector) {
    const { By } = require("selenium-webdriver");
    await this.see(selector);
    const found = await this.session.findElement(By.css(selector));
    await this.session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", found);
    await found.click();
  }
  async type(selector, text) {
    const { By, Key } = require("selenium-webdriver");
    await this.see(selector);
    const input = await this.session.findElement(By.css(selector));
    await this.session.executeScript("arguments[0].focus(); arguments[0].select()", input);
    await input.sendKeys(text === "" ? Key.BACK_SPACE : text);
  }
  back() {
    return this.session.executeScript("history.back()");
  }
  async picture(name) {
    writeFileSync(join(pictures, `webkit-${name}.png`), Buffer.from(await this.session.takeScreenshot(), "base64"));
  }
  async close() {
    await this.session.quit();
  }
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function miniBrowser() {
  const listed = execFileSync("dpkg", ["-L", "webkit2gtk-driver"], { encoding: "utf8" });
  const beside = listed.split("\n").find((line) => line.endsWith("/MiniBrowser"));
  if (beside !== undefined) return beside;
  const all = execFileSync("sh", ["-c", "ls /usr/lib/*/webkit2gtk-4.*/MiniBrowser"], { encoding: "utf8" }).trim().split("\n");
  check(all[0] !== undefined && all[0] !== "", "no MiniBrowser");
  return all[0];
}

// ---- the journeys ----

const subjectsOf = (profile) => JSON.parse(readFileSync(join(profilesFolder, profile), "utf8"));

async function answer(tab, value) {
  await tab.evaluate(() => document.querySelector("h1").setAttribute("data-answered", ""));
  const kind = await tab.until(() => {
    if (document.querySelector("[data-part=year]")) return "date";
    if (document.querySelector(".answer")) return "bool";
    if (document.querySelector("main input[type=radio]")) return "choice";
    return document.querySelector("form .number input") ? "number" : "";
  });
  if (value === undefined) await tab.click("[data-unknown]");
  else if (kind === "bool") await tab.click(`.answer[data-value="${value}"]`);
  else if (kind === "date") {
    const [year, month, day] = value.split("-");
    await tab.type("[data-part=year]", year);
    await pick(tab, "[data-part=month]", String(Number(month)));
    await pick(tab, "[data-part=day]", String(Number(day)));
    await tab.click("form .primary");
  } else if (kind === "choice") {
    await tab.click(`input[type=radio][value="${value}"]`);
    await tab.click("form .primary");
  } else {
    await tab.type("form .number input", String(value));
    await tab.click("form .primary");
  }
  await tab.see("h1:not([data-answered])");
}

// A native list opens outside of the page, where no driver reaches; the events are those the engine sends after a choice.
async function pick(tab, selector, value) {
  await tab.see(selector);
  await tab.evaluate(
    (what, chosen) => {
      const list = document.querySelector(what);
      list.value = chosen;
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    },
    selector,
    value,
  );
}

const verdicts = () =>
  Array.from(document.querySelectorAll("article[data-benefit]"), ({ dataset }) => [
    `${dataset.benefit}/${dataset.subject}`,
    dataset.verdict,
    dataset.min === undefined ? null : Number(dataset.min),
    dataset.max === undefined ? null : Number(dataset.max),
  ]);
const byName = (list) => list.sort(([a], [b]) => (a < b ? -1 : 1));

const tests = {
  async "journey 1 by clicking: from the first page to amounts"(tab) {
    await tab.goto(tab.address(""));
    await tab.click('.door[href="#/check"]');
    await tab.click("form.who .primary");
    await tab.until(() => location.hash.startsWith("#/check/"));
    for (let turn = 0; turn < 60; turn++) {
      const hash = await tab.evaluate(() => location.hash);
      if (hash.startsWith("#/result")) break;
      await answer(tab, ANSWERS[decodeURIComponent(hash.split("/")[3] ?? "")]);
    }
    await tab.see("[data-benefit=old_age_allowance][data-verdict=yes]");
    same(
      await tab.evaluate(() => document.querySelector("[data-benefit=old_age_allowance]").dataset.min),
      "20000",
      "old age allowance in fen",
    );
    await tab.picture("result");
    await tab.back();
    await tab.until(() => location.hash.startsWith("#/check/"));
  },

  async "households of the fixtures: the page agrees with the command line"(tab) {
    for (const name of ["two-elders-one-child.json", "institution-full.json", "child-born-2023.json", "elder-ltci-g5.json"]) {
      const profile = subjectsOf(name);
      const expected = JSON.parse(readFileSync(join(expectedFolder, name), "utf8"));
      await tab.goto(`${site}?as_of=${profile.as_of}&lang=zh-CN`);
      await tab.see(".door");
      await tab.evaluate((text) => localStorage.setItem("chuncheng.answers", text), JSON.stringify({ subjects: profile.subjects }));
      await tab.goto(`${site}404.html`);
      await tab.goto(`${site}?as_of=${profile.as_of}&lang=zh-CN#/result`);
      await tab.see(".summary");
      // What is folded is drawn when it is unfolded.
      await tab.until((count) => {
        for (const one of document.querySelectorAll("main details:not([open])")) one.open = true;
        return document.querySelectorAll("article[data-benefit]").length >= count;
      }, expected.results.length);
      const wanted = expected.results.map((one) => [
        `${one.benefit}/${one.subject}`,
        one.verdict,
        one.amount?.min ?? null,
        one.amount?.max ?? null,
      ]);
      same(byName(await tab.evaluate(verdicts)), byName(wanted), name);
    }
  },

  async "journey 2: seventeen answers give the grade that the command line gives"(tab) {
    const given = {};
    await tab.goto(tab.address("#/scale/ltc_37"));
    await tab.click("[data-start]");
    for (let turn = 0; turn < 60; turn++) {
      await tab.see(".choices, .summary");
      const step = decodeURIComponent((await tab.evaluate(() => location.hash)).split("/")[3] ?? "");
      if (step === "result") break;
      await tab.evaluate(() => document.querySelector("h1").setAttribute("data-answered", ""));
      // The last of the options is the most unable; a circumstance that settles the grade alone is answered with no.
      const [value, selector] = await tab.evaluate(() => {
        const values = Array.from(document.querySelectorAll(".choices input"), (one) => one.value);
        const chosen = values.includes("false") ? "false" : values.at(-1);
        return [chosen, `.choices input[value="${chosen}"]`];
      });
      given[step] = value === "false" ? false : Number(value);
      await tab.click(selector);
      await tab.click("form .primary");
      await tab.see("h1:not([data-answered])");
    }
    await tab.see(".summary[data-grades]");
    const answers = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "number"));
    const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "boolean"));
    check(Object.keys(answers).length >= 10, `only ${Object.keys(answers).length} items were asked`);
    const input = JSON.stringify({ scale: "ltc_37", answers, flags });
    const wanted = JSON.parse(execFileSync(cli, ["score", "--json"], { input, encoding: "utf8" }));
    same(await tab.evaluate(() => document.querySelector(".summary").dataset.grades.split(" ")), wanted.grades, "grade");
    await tab.picture("scale");
  },

  async "journey 4: an institution's estimate agrees with the command line"(tab) {
    const request = readFileSync(new URL("../fixtures/estimates/elder-home.json", import.meta.url), "utf8");
    await tab.goto(tab.address(""));
    await tab.see(".door");
    await tab.evaluate((text) => localStorage.setItem("chuncheng.estimate", text), request);
    await tab.goto(`${site}404.html`);
    await tab.goto(tab.address("#/estimate"));
    await tab.see("main [data-sums]");
    const wanted = JSON.parse(execFileSync(cli, ["estimate", "--json"], { input: request, encoding: "utf8" }));
    const lines = await tab.until((count) => {
      for (const one of document.querySelectorAll("main details:not([open])")) one.open = true;
      const all = Array.from(document.querySelectorAll("article[data-benefit]"), ({ dataset }) => [
        `${dataset.benefit}/${dataset.subject}`,
        dataset.verdict,
        dataset.once ?? null,
      ]);
      return all.length >= count && all;
    }, wanted.lines.length);
    const once = ({ min, max }) => `${min}-${max ?? ""}`;
    const told = wanted.lines.map((line) => [
      `${line.result.benefit}/${line.result.subject}`,
      line.result.verdict,
      line.once === undefined ? null : once(line.once),
    ]);
    same(byName(lines), byName(told), "lines");
    await tab.picture("estimate");
  },

  async "journey 3: Chinese, pinyin and initials, a filter, comparing"(tab) {
    await tab.goto(tab.address("#/find"));
    await tab.see(".total");
    const totalOf = () => tab.evaluate(() => Number(document.querySelector(".total")?.textContent.match(/\d+/)?.[0] ?? 0));
    const all = await totalOf();
    check(all > 100, `only ${all} facilities`);
    for (const q of ["敬老院", "jinglaoyuan", "jly"]) {
      // WebDriver types what a keyboard has; Chinese comes by an input method, which ends in this event.
      if (/^[a-z]+$/.test(q)) await tab.type("#find-q", q);
      else
        await tab.evaluate((text) => {
          const box = document.querySelector("#find-q");
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }, q);
      await tab.until(
        (name, before) => {
          const total = Number(document.querySelector(".total")?.textContent.match(/\d+/)?.[0] ?? 0);
          return total > 0 && total < before && document.querySelector(".hits")?.textContent.includes(name);
        },
        "敬老院",
        all,
      );
    }
    await pick(tab, "[data-filter=district]", "guandu");
    await tab.until(
      () =>
        Array.from(document.querySelectorAll(".hit")).every((one) => one.textContent.includes("官渡")) &&
        document.querySelector(".hit") !== null,
    );
    await tab.click("[data-map]");
    await tab.see(".map svg path");
    await tab.picture("find");
  },

  async "journey 5: pictures of the plan's goals with their tables, projects, data"(tab) {
    await tab.goto(tab.address("#/plan"));
    await tab.see('main a[href^="#/plan/"]');
    await tab.click('main a[href^="#/plan/"]');
    await tab.see("main table");
    await tab.picture("plan");
    await tab.to("#/plan/projects");
    await tab.see("main table");
    await tab.to("#/data");
    await tab.see(".files li");
    check((await tab.evaluate(() => document.querySelectorAll(".files a").length)) >= 3, "no files to download");
  },

  async "coming back keeps the answers, an unknown page leads home"(tab) {
    await tab.goto(tab.address("#/check"));
    await tab.click("form.who .primary");
    await tab.until(() => location.hash.startsWith("#/check/"));
    await answer(tab, undefined);
    await tab.goto(`${site}404.html`);
    await tab.goto(tab.address("#/result"));
    await tab.see(".summary");
    await tab.goto(tab.address("#/no-such-page"));
    await tab.see(".door");
  },
};

// Side by side; each engine goes through one test at a time, for WebKit's driver has one session.
const browsers = await Promise.all([FirefoxTab.start(), WebKitTab.start()]);
const queues = browsers.map((browser) => {
  const through = (test) => async () => {
    const tab = await browser.open();
    try {
      await test(tab);
      same(tab.problems, [], "problems in the page");
    } catch (error) {
      await tab.picture("failed").catch(() => undefined);
      throw error;
    } finally {
      await tab.close().catch(() => undefined);
    }
  };
  const all = Object.entries(tests).map(([name, test]) => [`${browser.name}: ${name}`, through(test)]);
  return all.filter(([name]) => only === undefined || name.includes(only));
});
await runQueues(
  queues,
  () => ({}),
  () => Promise.all(browsers.map((browser) => browser.stop())),
);
