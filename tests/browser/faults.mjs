// Damaged, forged, late and impossible updates: node faults.mjs <built site> <folder with the snapshots v2, v3, v4, forged, unsigned, back>
// Without the service worker, which would give the page of another test (offline.mjs has one). In each case the visitor goes on with the last good snapshot and reads a plain sentence; and the next good update still goes through.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openWorld, readSite } from "./host.mjs";
import { launch } from "./playwright.mjs";
import { check, runTable, same, texts } from "./testing.mjs";

const [, , folder, snapshots, only] = process.argv;
if (folder === undefined || snapshots === undefined) {
  console.error("usage: node faults.mjs <built site> <folder of snapshots> [part of a test's name]");
  process.exit(2);
}
const site = readSite(folder);
const own = new Map([...site].flatMap(([name, body]) => (name.startsWith("data/") ? [[name.slice(5), body]] : [])));
const versions = Object.fromEntries(readdirSync(snapshots).map((name) => [name, readSite(join(snapshots, name))]));
const manifestOf = (version) => JSON.parse(versions[version].get("manifest.json").toString());
const fileOf = (version, key) => manifestOf(version).files[key].name;
const KEYS = ["policy", "supplement", "plan", "facilities", "texts.zh-CN", "later.zh-CN"];
const holdsTexts = (name) => name.startsWith("texts.") || name.startsWith("later.");
const WAIT = 30_000;
const ALONE = { serviceWorkers: "block" };
const HASHED = /[.-][\w-]{8,}\.\w+$/;

/** The site's own page, or the one that a build with that snapshot has. */
function pageOf(version) {
  const page = site.get("index.html");
  if (version === undefined) return page;
  const text = versions[version].get("manifest.json").toString().replaceAll('"', "&quot;");
  return Buffer.from(page.toString().replace(/(<meta name="manifest" content=)("[^"]*"|'[^']*')/, `$1"${text}"`));
}

const browser = await launch();

/** A host for one test, and what visitors do there. */
async function begin() {
  const { host, newContext, close } = await openWorld(browser);
  /**
   * The host has the snapshot `data` from now on, and the page of the build with the snapshot `page`; `alter` changes a file of data/. `own`: it still has
   * the files that its page names. `cached`: the browser may keep what it got. `cut`: as in host.mjs.
   */
  function serve(data, { page, alter = (_, body) => body, own: hasOwn = true, cached = false, cut } = {}) {
    const fileOfData = (name) => data.get(name) ?? (hasOwn && name !== "manifest.json" ? own.get(name) : undefined);
    host.reset(
      { "": site },
      {
        cut,
        alter: (name, body) => {
          if (name.startsWith("data/")) return alter(name.slice(5), fileOfData(name.slice(5)));
          return name === "index.html" ? pageOf(page) : body;
        },
        mayKeep: (name) => HASHED.test(name) && (!name.startsWith("data/") || cached),
      },
    );
  }
  async function open(context, hash = "#/about") {
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT);
    await page.goto(`${host.address}${hash}`);
    await page.waitForSelector(hash === "#/about" ? "[data-counter]" : "h1");
    return page;
  }
  /** A visitor whose page carries v1 and who has installed v2: the last good snapshot of what follows. */
  async function visitor(options = {}) {
    const context = await newContext(ALONE);
    if (options.script !== undefined) await context.addInitScript(options.script, options.argument);
    serve(versions.v2);
    const page = await open(context);
    same(await counter(page), 1, "the page's own data");
    same(await update(page), "installed", "v2");
    same(await reload(page), 2, "v2 in use");
    return { context, page };
  }
  async function nextGoodWorks(page) {
    serve(versions.v3);
    same(await update(page), "installed", "the next good update");
    same(await reload(page), 3, "v3 in use");
  }
  /** A visitor at #/find of a site whose data is cut by district; `asked`: keys of the districts' files that were downloaded. */
  async function city(options = {}) {
    const context = await newContext({ ...ALONE, ...options });
    const asked = [];
    context.on("request", (request) => {
      const name = /data\/(facilities\.[a-z]+)\.[0-9a-f]{16}\.db$/.exec(request.url());
      if (name !== null) asked.push(name[1]);
    });
    serve(versions.parts, { page: "parts" });
    const page = await open(context, "#/find");
    await page.fill("#find-q", options.permissions ? "" : "敬老院");
    await page.waitForSelector(".by-district");
    return { context, page, asked };
  }
  return { serve, newContext, open, visitor, nextGoodWorks, city, address: host.address, close };
}

const counter = async (page) => Number(await page.getAttribute("[data-counter]", "data-counter"));
async function reload(page) {
  await page.reload();
  await page.waitForSelector("[data-counter]");
  return counter(page);
}
/** Presses the button and reads how it ended; the sentence must be the one for it. */
async function update(page) {
  await page.click("main button.secondary");
  await page.waitForSelector("main [data-outcome]");
  const outcome = await page.getAttribute("[data-outcome]", "data-outcome");
  const [before, after = ""] = texts[`web.update.${outcome}`].split("{date}");
  const text = await page.textContent("[data-outcome]");
  check(text.startsWith(before) && text.endsWith(after), `${outcome} says: ${text}`);
  return outcome;
}
/** Nothing of a failed update shows after a new start. What it had fetched is removed, so that the next case fetches it again. */
async function stillGood(page, message) {
  same(await reload(page), 2, `${message}: last good snapshot`);
  check((await page.locator(".alert:visible").count()) === 0, `${message}: an alert`);
  await page.evaluate(
    async (names) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng");
      for (const name of names) await folder.removeEntry(name).catch(() => undefined);
    },
    KEYS.map((key) => fileOf("v3", key)),
  );
}

/** The files of a new snapshot that are not those of the one in use: only they are downloaded. */
const changed = KEYS.filter((key) => fileOf("v2", key) !== fileOf("v3", key));
const flipped = (body, at, bit = 1) => {
  const bytes = Buffer.from(body);
  bytes[at] ^= bit;
  return bytes;
};
const OFFSETS = [0, 1, 0.1, 0.25, 0.5, 0.75, 0.9, -2, -1];
const offset = (part, size) => (part < 0 ? size + part : part < 1 ? Math.floor(part * size) : part);

// By what is damaged, a list of { name, alter | data, outcomes: what may be said of it }.
function damages() {
  const lists = {};
  let list;
  const add = (name, outcomes, alter, data = versions.v3) => list.push({ name, outcomes, alter, data });
  for (const key of changed) {
    list = lists[key] = [];
    const file = fileOf("v3", key);
    const only = (change) => (name, body) => (name === file ? change(body) : body);
    for (const part of OFFSETS) {
      add(
        `${key} with a bit flipped at ${part}`,
        ["damaged"],
        only((body) => flipped(body, offset(part, body.length))),
      );
      add(
        `${key} cut off at ${part}`,
        ["damaged"],
        only((body) => body.subarray(0, offset(part, body.length))),
      );
    }
    add(
      `${key} longer by a byte`,
      ["damaged"],
      only((body) => Buffer.concat([body, Buffer.from("\n")])),
    );
    add(
      `${key} missing`,
      ["network"],
      only(() => undefined),
    );
    add(
      `${key} of the snapshot before`,
      ["damaged"],
      only(() => versions.v2.get(fileOf("v2", key))),
    );
    const other = fileOf("v3", changed.find((one) => one !== key) ?? "supplement");
    add(
      `${key} swapped with another file`,
      ["damaged"],
      only(() => versions.v3.get(other)),
    );
    add(
      `${key} as a login page`,
      ["damaged"],
      only(() => Buffer.from("<!doctype html><title>Wi-Fi</title>")),
    );
  }
  list = lists.manifest = [];
  const manifest = versions.v3.get("manifest.json");
  const text = manifest.toString();
  const only = (change) => (name, body) => (name === "manifest.json" ? change(body) : body);
  for (const field of ['"counter":', '"data_date":"', '"bytes":', '"name":"', '"sha256":"', '"format":"', '"signature":"', '"files":{"']) {
    const at = text.indexOf(field) + field.length;
    add(
      `manifest with a bit flipped after ${field}`,
      ["forged", "damaged"],
      only((body) => flipped(body, at)),
    );
    add(
      `manifest with a bit flipped in ${field}`,
      ["forged", "damaged"],
      only((body) => flipped(body, at - 3, 2)),
    );
  }
  for (const part of OFFSETS) {
    add(
      `manifest with a bit flipped at ${part}`,
      ["forged", "damaged"],
      only((body) => flipped(body, offset(part, body.length))),
    );
    add(
      `manifest cut off at ${part}`,
      ["forged", "damaged"],
      only((body) => body.subarray(0, offset(part, body.length))),
    );
  }
  add(
    "manifest missing",
    ["network"],
    only(() => undefined),
  );
  add(
    "manifest as a login page",
    ["damaged"],
    only(() => Buffer.from("<!doctype html><title>Wi-Fi</title>")),
  );
  add(
    "manifest with a higher counter, signature kept",
    ["forged"],
    only(() => Buffer.from(text.replace('"counter":3', '"counter":9'))),
  );
  add("manifest signed with another key", ["forged"], undefined, versions.forged);
  add("manifest without a signature", ["forged"], undefined, versions.unsigned);
  add("the manifest of the page, older than what is in use", ["older"], undefined, own);
  add("a higher counter with data of an earlier day", ["older"], undefined, versions.back);
  add("the manifest in use", ["current"], undefined, versions.v2);
  return lists;
}

const tests = {};
for (const [what, list] of Object.entries(damages()))
  tests[`every damaged download leaves the last good snapshot in use: ${what}, ${list.length} kinds`] = async ({
    serve,
    visitor,
    nextGoodWorks,
  }) => {
    const { page } = await visitor();
    for (const { name, outcomes, alter, data } of list) {
      serve(data, { alter });
      const outcome = await update(page);
      check(outcomes.includes(outcome), `${name}: ${outcome}`);
      await stillGood(page, name);
    }
    await nextGoodWorks(page);
  };

Object.assign(tests, {
  async "the network drops at 20 points"({ serve, visitor, nextGoodWorks }) {
    const { context, page } = await visitor();
    const all = ["manifest.json", ...changed.map((key) => fileOf("v3", key))].reduce((sum, name) => sum + versions.v3.get(name).length, 0);
    for (let part = 0; part < 20; part++) {
      const point = Math.floor((all * part) / 20);
      serve(versions.v3, { cut: point });
      same(await update(page), "network", `after ${point} of ${all} bytes`);
      // The page that shows the data in use has texts of its own to fetch.
      serve(versions.v3);
      await stillGood(page, `after ${point} bytes`);
    }
    await nextGoodWorks(page);
    await context.close();
  },

  async "switched off in the middle of an update, at 20 points"({ serve, open, visitor, nextGoodWorks }) {
    const { context, page: first } = await visitor();
    let page = first;
    let last = 2;
    let stopped = 0;
    for (let point = 0; point < 20; point++) {
      serve(versions.v3);
      await page.click("main button.secondary");
      await page.waitForTimeout(point * 4);
      await page.close({ runBeforeUnload: false });
      page = await open(context);
      const now = await counter(page);
      check(now === 2 || now === 3, `counter ${now} after ${point * 4} ms`);
      check(now >= last, `went back from ${last} to ${now}`);
      last = now;
      if (now === 3) break; // it was quick enough: the new one is whole
      stopped++;
      check((await page.locator(".alert:visible").count()) === 0, "an alert");
    }
    console.log(`  stopped ${stopped} times before the new one was whole`);
    check(stopped > 0, "never stopped in the middle");
    if (last === 2) await nextGoodWorks(page);
    await context.close();
  },

  async "switched off before each of its writes is finished"({ serve, visitor, nextGoodWorks }) {
    const { context, page } = await visitor();
    const writes = KEYS.length + 1; // the files, then the record
    for (const method of ["write", "close"]) {
      for (let write = 0; write < writes; write++) {
        serve(versions.v3);
        const hung = page.evaluate(
          ([name, last]) =>
            new Promise((reached) => {
              const whole = FileSystemWritableFileStream.prototype[name];
              let count = 0;
              FileSystemWritableFileStream.prototype[name] = function (...given) {
                if (count++ < last) return whole.apply(this, given);
                reached();
                return new Promise(() => undefined);
              };
            }),
          [method, write],
        );
        await page.click("main button.secondary");
        await hung;
        await stillGood(page, `${method} ${write}`);
      }
    }
    await nextGoodWorks(page);
    await context.close();
  },

  async "a clock that is wrong, both ways, changes nothing"({ serve, visitor, nextGoodWorks }) {
    for (const years of [-25, 70]) {
      const shift = (ms) => {
        const now = Date.now;
        Date.now = () => now() + ms;
      };
      const { context, page } = await visitor({ script: shift, argument: years * 365.25 * 86400000 });
      serve(versions.back);
      same(await update(page), "older", `older data, ${years} years off`);
      await stillGood(page, `${years} years off`);
      await nextGoodWorks(page);
      await context.close();
    }
  },

  async "no room: a plain sentence, and the last good snapshot stays"({ serve, visitor, nextGoodWorks, address }) {
    const { context, page } = await visitor();
    const session = await context.newCDPSession(page);
    const origin = address.slice(0, -1);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
    serve(versions.v3);
    same(await update(page), "quota", "outcome");
    await stillGood(page, "no room");
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await nextGoodWorks(page);
    await context.close();
  },

  async "each store alone, and none"({ serve, open, visitor, nextGoodWorks, newContext }) {
    const without = (stores) => {
      if (stores.includes("files")) StorageManager.prototype.getDirectory = () => Promise.reject(new Error("off"));
      if (stores.includes("database"))
        IDBFactory.prototype.open = () => {
          throw new Error("off");
        };
      if (stores.includes("responses")) CacheStorage.prototype.open = () => Promise.reject(new Error("off"));
    };
    for (const off of [
      ["database", "responses"],
      ["files", "responses"],
      ["files", "database"],
    ]) {
      const { context, page } = await visitor({ script: without, argument: off });
      await nextGoodWorks(page);
      await context.close();
    }
    const context = await newContext(ALONE);
    await context.addInitScript(without, ["files", "database", "responses"]);
    serve(versions.v2);
    const page = await open(context);
    same(await update(page), "unkept", "no store");
    same(await reload(page), 1, "the page's own data");
    await context.close();
  },

  async "two tabs update at once, with locks and without"({ serve, open, visitor }) {
    for (const script of [undefined, () => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined })]) {
      const { context, page } = await visitor({ script });
      const other = await open(context);
      serve(versions.v3);
      const outcomes = await Promise.all([update(page), update(other)]);
      same(outcomes.join(), "installed,installed", "both tabs");
      same(await reload(page), 3, "first tab");
      same(await reload(other), 3, "second tab");
      // One that still has the old data open meets a newer one that the other has installed.
      serve(versions.v4);
      same(await update(page), "installed", "v4 in the first tab");
      serve(versions.v3);
      check(["current", "older"].includes(await update(other)), "v3 after v4");
      same(await reload(other), 4, "never back");
      await context.close();
    }
  },

  async "what was evicted is fetched again, and nothing else is lost"({ serve, visitor, address }) {
    const { context, page } = await visitor();
    serve(versions.v2);
    await page.evaluate(
      async (name) => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng");
        await folder.removeEntry(name);
      },
      fileOf("v2", "policy"),
    );
    same(await reload(page), 2, "one file evicted");
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", {
      origin: address.slice(0, -1),
      storageTypes: "file_systems,indexeddb,cache_storage",
    });
    same(await reload(page), 1, "all evicted: the page's own data");
    same(await update(page), "installed", "again");
    same(await reload(page), 2, "as before");
    await context.close();
  },

  async "a kept file that is damaged on the device is not used"({ serve, visitor, address }) {
    const { context, page } = await visitor();
    serve(versions.v2);
    for (const key of ["policy", "facilities"]) {
      await page.evaluate(
        async (name) => {
          const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng");
          const file = await folder.getFileHandle(name);
          const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
          bytes[bytes.length >> 1] ^= 1;
          const stream = await file.createWritable();
          await stream.write(bytes);
          await stream.close();
        },
        fileOf("v2", key),
      );
      same(await reload(page), 2, `${key} damaged`);
    }
    await page.goto(`${address}#/find`);
    await page.waitForSelector(".total");
    await context.close();
  },

  async "with no data to be had from the server, the kept snapshot serves both journeys"({ serve, visitor, address }) {
    const { context, page } = await visitor();
    serve(new Map(), { own: false, alter: (name) => (holdsTexts(name) ? versions.v2.get(name) : undefined) });
    same(await reload(page), 2, "in use");
    same(await update(page), "network", "update");
    await page.goto(`${address}#/find`);
    await page.waitForSelector(".total");
    await context.close();
  },

  async "a damaged copy in the browser's own cache is not given for ever"({ serve, visitor }) {
    const { context, page } = await visitor();
    serve(versions.v3, { cached: true, alter: (name, body) => (name === "manifest.json" ? body : flipped(body, body.length >> 1)) });
    same(await update(page), "damaged", "damaged");
    serve(versions.v3, { cached: true });
    await page.reload();
    same(await update(page), "installed", "asked for afresh");
    same(await reload(page), 3, "in use");
    await context.close();
  },

  async "a newer page whose data is damaged or missing goes on with the last good snapshot, and says so"({ serve, visitor, address }) {
    for (const change of [(body) => body && flipped(body, body.length >> 1), () => undefined]) {
      const { context, page } = await visitor();
      serve(versions.v4, { page: "v4", alter: (name, body) => (holdsTexts(name) ? body : change(body)) });
      same(await reload(page), 2, "in use");
      check((await page.textContent("main")).includes(texts["web.update.instead"].split("{date}")[0]), "said on the about page");
      await page.goto(`${address}#/`);
      await page.waitForSelector(".door");
      check((await page.textContent("main")).includes(texts["web.update.instead"].split("{date}")[0]), "said on the home page");
      serve(versions.v4, { page: "v4" });
      await page.goto(`${address}#/about`);
      same(await reload(page), 4, "whole again");
      await context.close();
    }
  },

  async "a page that is older than what was installed does not take the visitor back"({ serve, visitor, nextGoodWorks }) {
    const { context, page } = await visitor();
    await nextGoodWorks(page);
    serve(versions.v2, { page: "v2" });
    same(await reload(page), 3, "v3 stays");
    serve(versions.v4, { page: "v4" });
    same(await reload(page), 4, "the page's newer data");
    await context.close();
  },

  async "looks for newer data by itself, keeps the data in use, and removes what is older than the one before"({
    serve,
    visitor,
    nextGoodWorks,
  }) {
    const { context, page } = await visitor();
    await nextGoodWorks(page);
    serve(versions.v4);
    await page.waitForSelector('[data-outcome="installed"]', { timeout: 20000 });
    check((await page.locator("main button.primary").count()) === 1, "a button to use it now");
    await page.click("main button.primary");
    await page.waitForFunction(() => document.querySelector("[data-counter]")?.dataset.counter === "4");
    check((await page.textContent("[data-counter]")).includes("刚刚更新"), "updated just now");
    await page.waitForSelector('[data-outcome="current"]', { timeout: 20000 });
    const records = await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("chuncheng");
      const names = [];
      for await (const name of folder.keys()) names.push(name);
      return names.filter((name) => /^\d{10}-/.test(name)).map((name) => Number(name.slice(0, 10)));
    });
    same(records.sort().join(), "3,4", "kept snapshots");
    await context.close();
  },

  async "a district's facilities are fetched when somebody looks there, once, and are there without a network"({ serve, city, address }) {
    const { context, page, asked } = await city();
    check((await page.textContent(".by-district")).includes(texts["find.parts"]), "asks which district");
    same(asked.join(), "", "nothing fetched before");
    await page.click('.by-district [data-part="wuhua"]');
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts敬老院"));
    await page.selectOption("[data-filter=district]", "");
    await page.fill("#find-q", "五华 敬老院");
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts敬老院"));
    same(asked.join(), "facilities.wuhua", "fetched");
    await page.goto(`${address}#/about`);
    await page.waitForSelector('[data-outcome="current"]', { timeout: 20000 });
    serve(new Map(), { page: "parts", own: false });
    // The database of the city is the page's own, which this server has lost: the device has it, and the district too.
    await page.goto(`${address}#/about`);
    await page.reload();
    await page.goto(`${address}#/find`);
    await page.fill("#find-q", "五华 敬老院");
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts敬老院"));
    await page.fill("#find-q", "安宁 托育");
    await page.waitForSelector(".alert");
    check((await page.textContent(".alert")).includes("安宁市"), "says which district is missing");
    serve(versions.parts, { page: "parts" });
    await page.click(".alert button");
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts托育园"));
    await context.close();
  },

  async "a district that arrives damaged or cut off is not used, and a second try gets it"({ serve, city }) {
    for (const change of [
      (body) => flipped(body, body.length >> 1),
      (body) => body.subarray(0, body.length - 1),
      () => undefined,
      () => own.values().next().value,
    ]) {
      const { context, page } = await city();
      serve(versions.parts, { page: "parts", alter: (name, body) => (name.startsWith("facilities.wuhua.") ? change(body) : body) });
      await page.click('.by-district [data-part="wuhua"]');
      await page.waitForSelector(".alert");
      check((await page.textContent(".alert")).includes("五华区"), "says which");
      serve(versions.parts, { page: "parts" });
      await page.click(".alert button");
      await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts敬老院"));
      check((await page.locator(".alert:visible").count()) === 0, "no alert any more");
      await context.close();
    }
  },

  async "where the visitor is, the district is fetched by itself"({ city }) {
    const { context, page, asked } = await city({ permissions: ["geolocation"], geolocation: { latitude: 24.931, longitude: 102.491 } });
    await page.click(".near button");
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts托育园"));
    check(asked.includes("facilities.anning"), "anning fetched");
    check(asked.length < 5, `not the whole city: ${asked.join()}`);
    await context.close();
  },

  async "an update fetches the districts that are on the device, not the others"({ serve, city, address }) {
    const { context, page, asked } = await city();
    await page.click('.by-district [data-part="wuhua"]');
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts敬老院"));
    asked.length = 0;
    serve(versions.parts2, { page: "parts" });
    await page.goto(`${address}#/about`);
    await page.waitForSelector("[data-counter]");
    same(await update(page), "installed", "parts2");
    same(asked.filter((key) => key !== "facilities").join(), "facilities.wuhua", "districts fetched");
    same(await reload(page), 6, "in use");
    serve(new Map(), { page: "parts", own: false });
    await page.goto(`${address}#/find`);
    await page.fill("#find-q", "五华 敬老院");
    await page.waitForFunction(() => document.querySelector(".hits")?.textContent.includes("parts2敬老院"));
    await context.close();
  },
});

await runTable(tests, only, begin, () => browser.close());
