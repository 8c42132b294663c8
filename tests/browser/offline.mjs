// The site without a network, and from one build of it to the next: node offline.mjs <built site> [part of a test's name]
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeWorker } from "../../web/offline.mjs";
import { openWorld, readSite } from "./host.mjs";
import { launch, preset, require } from "./playwright.mjs";
import { check, ELDER, runTable, same, texts } from "./testing.mjs";

const [, , siteArgument, only] = process.argv;
if (siteArgument === undefined) {
  console.error("usage: node offline.mjs <built site> [part of a test's name]");
  process.exit(2);
}
const site = resolve(siteArgument);
const temporary = mkdtempSync(join(tmpdir(), "chuncheng-"));
const WAIT = 60_000;

/** The same site as another build would be: every script and style has another name, and the page says which build it is. */
async function otherBuild(number) {
  const folder = join(temporary, `build-${number}`);
  cpSync(site, folder, { recursive: true, filter: (name) => !/\.(br|gz)$/.test(name) });
  const names = readdirSync(join(folder, "assets")).filter((name) => /\.(js|css)$/.test(name));
  const renamed = names.map((name) => [name, name.replace(/-[\w-]{8}(\.\w+)$/, `-build00${number}$1`)]);
  for (const [name, to] of renamed) renameSync(join(folder, "assets", name), join(folder, "assets", to));
  for (const name of ["index.html", "404.html", "files.json", ...renamed.map(([, to]) => `assets/${to}`)]) {
    let text = readFileSync(join(folder, name), "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    writeFileSync(join(folder, name), name === "index.html" ? text.replace("<html", `<html data-build="${number}"`) : text);
  }
  await writeWorker(folder, texts);
  return readSite(folder);
}
const builds = { 1: readSite(site), 2: await otherBuild(2), 3: await otherBuild(3) };
const buildOf = (page) => page.evaluate(() => Number(document.documentElement.dataset.build ?? 1));

const browser = await launch();

/** A host for one test, and visitors to it. */
async function begin() {
  const { host, newContext, close } = await openWorld(browser);
  async function open(context, hash = "#/", folder = "") {
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT);
    await page.goto(host.address + folder + hash);
    await shown(page, hash);
    return page;
  }
  /** Who has been there once, and has everything. */
  async function visitor(build = 1, folder = "") {
    const context = await newContext();
    host.reset({ [folder]: builds[build] });
    const page = await open(context, "#/", folder);
    await settled(page);
    return { context, page };
  }
  return { host, newContext, open, visitor, close };
}
const READY = {
  "": ".door",
  check: "form.who",
  question: ".unknown",
  result: ".summary",
  find: ".total",
  about: "[data-counter]",
  coverage: ".entries li",
  data: ".files li",
  plan: ".parts",
  projects: "tr[data-entry]",
};
const PAGES = ["", "check", "question", "result", "find", "about", "coverage", "data", "plan", "projects"];
const hashOf = (name) => ({ question: "#/check/e1/age", projects: "#/plan/projects" })[name] ?? `#/${name}`;
const nameOf = (hash) => PAGES.find((name) => hashOf(name) === hash) ?? "question";
const shown = (page, hash) => page.waitForSelector(READY[nameOf(hash)]);

/** Names and addresses of what the service workers keep. */
const keptFiles = (page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("chuncheng-page "));
    return Promise.all(names.map(async (name) => ({ name, urls: (await (await caches.open(name)).keys()).map(({ url }) => url).sort() })));
  });

/** Until this holds in the page; it may be a promise there. */
async function until(page, holds, argument) {
  for (const end = Date.now() + WAIT; Date.now() < end; await page.waitForTimeout(100)) if (await page.evaluate(holds, argument)) return;
  throw new Error(`never: ${holds}`);
}

/** Until the worker gives the page, and all of the newest build is kept. */
async function settled(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", undefined, { timeout: WAIT });
}
/** Until the data's own client has kept what it uses. */
async function dataKept(page) {
  await page.goto(`${page.url().split("#")[0]}#/about`);
  await page.waitForSelector('[data-outcome="current"]', { timeout: WAIT });
}

const TWO_BUILDS = async () => (await caches.keys()).filter((name) => name.startsWith("chuncheng-page ")).length === 2;

const tests = {
  async "after one visit every page opens without a network"({ host, visitor }) {
    const { context, page } = await visitor();
    await dataKept(page);
    await page.close();
    host.down = true;
    for (const name of PAGES) {
      const next = await context.newPage();
      next.setDefaultTimeout(WAIT);
      const problems = [];
      next.on("pageerror", (error) => problems.push(String(error)));
      await preset(next, ELDER);
      await next.goto(host.address + (name === "question" ? "#/result" : hashOf(name)));
      if (name === "question") await next.click(".more a");
      if (name === "data") {
        // It lists what the host has to download: that is said, and nothing else is wrong.
        await next.waitForSelector(".alert button");
        check((await next.textContent(".alert")).includes(texts["web.boot.network"]), "data: why");
        await next.close();
        continue;
      }
      await next.waitForSelector(READY[name]);
      check((await next.locator(".alert:visible").count()) === 0, `${name}: an alert`);
      same(problems, [], `${name}: problems`);
      await next.close();
    }
    await context.close();
  },

  async "the first start of the day without a network: a question is answered"({ host, open }) {
    const folder = join(temporary, "profile");
    const start = () =>
      require("playwright-core").chromium.launchPersistentContext(folder, {
        executablePath: "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-dev-shm-usage"],
        viewport: { width: 360, height: 780 },
      });
    host.reset({ "": builds[1] });
    const before = await start();
    const page = await open(before);
    await settled(page);
    await before.close();
    host.down = true;
    const after = await start();
    const next = await open(after, "#/check");
    await next.click("form.who button[type=submit]");
    await next.waitForSelector(".unknown");
    await next.click(".unknown");
    await next.waitForFunction(() => document.querySelector("progress")?.value > 0);
    await after.close();
  },

  async "a newer build: the open page stays as it is, the line comes with the next page, and the visitor decides"({ host, open, visitor }) {
    const { context, page } = await visitor();
    same(await page.locator(".new-version").count(), 0, "no line on the first visit");
    host.reset({ "": builds[2] });
    await page.reload();
    await shown(page, "#/");
    same(await buildOf(page), 1, "the page comes from the device");
    await until(page, TWO_BUILDS);
    await page.waitForSelector("body > [role=status]", { state: "attached" });
    same(await page.locator(".new-version").count(), 0, "nothing moves on the page that is being read");
    // A part that was not loaded yet is still that of the page's own build, though the host has only the new one.
    await page.click('.door[href="#/plan"]');
    await page.waitForSelector(".parts");
    const asked = host.asked.filter((path) => builds[1].has(path) && !builds[2].has(path));
    same(asked, [], "asked the host for the old build");
    same((await page.textContent(".new-version")).trim(), texts["offline.new.use"], "the line");
    check((await page.locator(".new-version button").boundingBox()).height >= 44, "a target to hit");
    same(await buildOf(page), 1, "still the same page");
    await page.click(".new-version button");
    await page.waitForFunction(() => document.documentElement.dataset.build === "2");
    await page.waitForSelector(".parts");
    same(await page.locator(".new-version").count(), 0, "no line any more");

    host.reset({ "": builds[3] });
    const other = await open(context, "#/");
    same(await buildOf(other), 2, "the second build from the device");
    await until(other, async () => (await (await caches.match("./")).text()).includes('data-build="2"'));
    same((await keptFiles(other)).length, 2, "the oldest build is removed");
    const third = await open(context, "#/");
    same(await buildOf(third), 3, "a page opened now is of the newest build");
    await context.close();
  },

  async "a newer build that arrives damaged or not in full is not used; the next good one is"({ host, visitor }) {
    const { context, page } = await visitor();
    const chunk = [...builds[2].keys()].find((name) => /assets\/find-page-.*\.js$/.test(name));
    for (const bad of [
      (name, body) => (name === chunk ? undefined : body),
      (name, body) => (name === chunk ? Buffer.from(`${body} `) : body),
      (name, body) => (name === "index.html" ? Buffer.from("<html>请先登录这个无线网络</html>") : body),
      (name, body) => (name === "service-worker.js" ? body : Buffer.from("<html>请先登录这个无线网络</html>")),
    ]) {
      host.reset({ "": builds[2] });
      host.alter = bad;
      await page.reload();
      await shown(page, "#/");
      same(await buildOf(page), 1, "the last good build");
      const failed = await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => undefined);
        const coming = registration.installing;
        if (coming === null) return "none";
        await new Promise((done) => coming.addEventListener("statechange", done, { once: true }));
        return coming.state;
      });
      check(failed === "redundant" || failed === "none", `the damaged build is ${failed}`);
      same((await keptFiles(page)).length, 1, "nothing of it stays");
    }
    host.reset({ "": builds[2] });
    await page.reload();
    await until(page, TWO_BUILDS);
    await until(page, async () => {
      const { installing, waiting, active } = await navigator.serviceWorker.ready;
      return installing === null && waiting === null && active.state === "activated";
    });
    await page.reload();
    await shown(page, "#/");
    same(await buildOf(page), 2, "the next good build");
    await context.close();
  },

  async "what was kept is gone: the network brings it again; without one it is said plainly"({ host, visitor }) {
    const { context, page } = await visitor();
    const whole = await keptFiles(page);
    const lose = () => page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
    await lose();
    await page.reload();
    await shown(page, "#/");
    await until(
      page,
      async (count) => {
        for (const name of await caches.keys())
          if (name.startsWith("chuncheng-page ") && (await (await caches.open(name)).keys()).length === count) return true;
        return false;
      },
      whole[0].urls.length,
    );
    await lose();
    host.down = true;
    await page.reload();
    for (const part of ["title", "text", "again"])
      check((await page.textContent("body")).includes(texts[`offline.none.${part}`]), `says ${part}`);
    host.down = false;
    await page.click("a");
    await shown(page, "#/");
    await context.close();
  },

  async "everything on the device is wiped: the next visit is a first visit"({ host, visitor }) {
    const { context, page } = await visitor();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Storage.clearDataForOrigin", { origin: new URL(host.address).origin, storageTypes: "all" });
    await page.reload();
    await shown(page, "#/");
    await settled(page);
    same((await keptFiles(page)).length, 1, "kept again");
    await context.close();
  },

  async "two copies of the site in folders of one host: each keeps its own"({ host, newContext, open }) {
    const context = await newContext();
    host.reset({ "a/": builds[1], "b/c/": builds[2] });
    const one = await open(context, "#/", "a/");
    const two = await open(context, "#/", "b/c/");
    await settled(one);
    await settled(two);
    const kept = await keptFiles(one);
    same(kept.length, 2, "builds");
    for (const folder of ["a/", "b/c/"])
      check(
        kept.some(({ urls }) => urls.length > 20 && urls.every((url) => url.startsWith(host.address + folder))),
        `${folder}: ${JSON.stringify(kept)}`,
      );
    const outside = await one.evaluate(async () => (await fetch("/elsewhere.json")).status);
    same(outside, 404, "what is not the site's goes to the host");
    host.down = true;
    for (const [page, build, folder] of [
      [one, 1, "a/"],
      [two, 2, "b/c/"],
    ]) {
      await page.goto(`${host.address}${folder}index.html#/check`);
      await shown(page, "#/check");
      same(await buildOf(page), build, folder);
    }
    await context.close();
  },

  async "a worker that cannot be had changes nothing else"() {
    const cases = {
      missing: { alter: (name, body) => (name === "service-worker.js" ? undefined : body) },
      broken: { alter: (name, body) => (name === "service-worker.js" ? Buffer.from("throw new Error('broken');") : body) },
      "an older browser": { script: () => Reflect.deleteProperty(Navigator.prototype, "serviceWorker") },
      "private mode": {
        script: () => {
          navigator.serviceWorker.register = () => Promise.reject(new DOMException("no storage", "SecurityError"));
          Reflect.deleteProperty(window, "caches");
        },
      },
      "saving data": { script: () => Object.defineProperty(navigator, "connection", { value: { saveData: true } }) },
    };
    // Side by side, for each has to wait until a worker would have come.
    await Promise.all(
      Object.entries(cases).map(async ([name, { alter, script }]) => {
        const { host, newContext, close } = await begin();
        const context = await newContext();
        if (script !== undefined) await context.addInitScript(script);
        const page = await context.newPage();
        const problems = [];
        page.on("pageerror", (error) => problems.push(String(error)));
        host.reset({ "": builds[1] }, { alter });
        await page.goto(`${host.address}#/check`);
        await page.waitForSelector("form.who");
        await page.waitForTimeout(9000);
        await page.click("form.who button[type=submit]");
        await page.waitForSelector(".unknown");
        same(problems, [], `${name}: problems`);
        same(
          await page.evaluate(async () => (await navigator.serviceWorker?.getRegistrations?.())?.length ?? 0),
          0,
          `${name}: registrations`,
        );
        await close();
      }),
    );
  },

  async "over http without TLS there is no worker, and no error"({ host }) {
    const browser = await launch(["--host-resolver-rules=MAP plain.example 127.0.0.1"]);
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    host.reset({ "": builds[1] });
    await page.goto(`http://plain.example:${host.port}/#/check`);
    await page.waitForSelector("form.who");
    same(await page.evaluate(() => "serviceWorker" in navigator), false, "a worker");
    await page.waitForTimeout(7000);
    same(problems, [], "problems");
    await browser.close();
  },

  async "no room on the device: nothing is kept in part, and the site works"({ host, newContext }) {
    const context = await newContext();
    host.reset({ "": builds[1] });
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT);
    const devtools = await context.newCDPSession(page);
    await page.addInitScript(() => {
      const { register } = ServiceWorkerContainer.prototype;
      ServiceWorkerContainer.prototype.register = async function (...options) {
        const registration = await register.apply(this, options);
        const worker = registration.installing;
        worker.addEventListener("statechange", () => {
          window.ended = worker.state;
        });
        return registration;
      };
    });
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(host.address).origin, quotaSize: 300_000 });
    await page.goto(`${host.address}#/check`);
    await page.waitForSelector("form.who");
    const state = await page.waitForFunction(() => window.ended, undefined, { timeout: WAIT });
    same(await state.jsonValue(), "redundant", "the worker");
    same(await keptFiles(page), [], "kept");
    await page.reload();
    await page.click("form.who button[type=submit]");
    await page.waitForSelector(".unknown");
    await context.close();
  },

  async "only the build's own files are kept, and nothing that was asked with a query"({ host, visitor }) {
    const { context, page } = await visitor();
    await page.goto(`${host.address}?as_of=2026-11-23&who=me#/check`);
    await page.click("form.who button[type=submit]");
    await page.waitForSelector(".unknown");
    await page.evaluate(() => fetch("./files.json?secret=1").then((answer) => answer.text()));
    const [{ urls }] = await keptFiles(page);
    for (const url of urls) check(url === host.address || builds[1].has(url.slice(host.address.length)), `keeps ${url}`);
    check(!urls.some((url) => url.includes("?") || url.includes("facilities")), `keeps ${urls}`);
    for (const kind of ["first", "later", "search_js", "search_wasm"])
      for (const name of JSON.parse(builds[1].get("files.json").toString())[kind])
        check(urls.includes(host.address + (name === "index.html" ? "" : name)), `${name} is not kept`);
    check(!host.asked.some((path) => path.includes("who=me")), "the page with a query came from the device");
    host.down = true;
    await page.goto(`${host.address}?as_of=2026-11-24#/check`);
    await page.waitForSelector("form.who");
    await context.close();
  },

  async "the web manifest and its icons"({ host, newContext, open }) {
    const context = await newContext();
    host.reset({ "": builds[1] });
    const page = await open(context);
    const href = await page.getAttribute("link[rel=manifest]", "href");
    const manifest = await (await page.request.get(new URL(href, host.address).href)).json();
    same([manifest.display, manifest.start_url, manifest.scope, manifest.lang], ["standalone", "./", "./", "zh-CN"], "manifest");
    same([manifest.short_name, manifest.name], [texts["web.title"], texts["web.subtitle"]], "names");
    const touch = await page.getAttribute("link[rel=apple-touch-icon]", "href");
    const icons = [...manifest.icons, { src: touch, sizes: "180x180", purpose: "maskable" }];
    for (const { src, sizes, purpose } of icons) {
      const [width, corner] = await page.evaluate(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = image.width;
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return [image.width, context.getImageData(0, 0, 1, 1).data[3]];
      }, new URL(src, host.address).href);
      same(`${width}x${width}`, sizes, src);
      same(corner === 255, purpose === "maskable", `${src}: painted up to the corner`);
    }
    const devtools = await context.newCDPSession(page);
    const { errors } = await devtools.send("Page.getAppManifest");
    same(errors, [], "the browser's opinion");
    await context.close();
  },
};

await runTable(tests, only, begin, async () => {
  await browser.close();
  rmSync(temporary, { recursive: true, force: true });
});
