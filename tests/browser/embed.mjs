// The site inside other people's pages, and inside WeChat: node embed.mjs <site url> <port>=listed <port>=framer <port>=stranger [part of a test's name]
// The origins of the ports differ in what the site lets them do: be told more than heights, frame it, neither.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import {
  AS_OF,
  address,
  answer,
  axeSource,
  check,
  ELDER,
  go,
  open,
  PHONE,
  profile,
  runTests,
  same,
  site,
  texts,
  toFind,
} from "./harness.mjs";
import { preset } from "./playwright.mjs";

const [, , , ...more] = process.argv;
const ports = Object.fromEntries(more.filter((one) => one.includes("=")).map((one) => one.split("=").reverse()));
const only = more.find((one) => !one.includes("="));
const agents = JSON.parse(readFileSync(new URL("../fixtures/user-agents.json", import.meta.url), "utf8"));

// Pages of the sites around: written by the tests, served from origins of their own, each at a path of its own.
const around = [];
for (const port of Object.values(ports)) {
  createServer(({ url }, response) => {
    const page = around[Number(url.slice(1))];
    if (page === undefined) return response.writeHead(204).end(); // an icon
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...page.headers });
    response.end(page.html);
  }).listen(Number(port), "127.0.0.1");
}
const origin = (name) => `http://127.0.0.1:${ports[name]}`;
/** The address of a new page of `name`. */
const pageAround = (name, html, headers = {}) => `${origin(name)}/${around.push({ html, headers }) - 1}`;

/** Opens a page of `name` with `body`; what the element tells it is kept in window.told. */
async function embedIn(page, name, body, { head = "", headers = {} } = {}) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>around</title>${head}</head><body>${body}</body></html>`;
  await page.addInitScript(() => {
    window.told = [];
    // A frame in a shadow tree is not in window.frames.
    window.inner = () =>
      Array.from(document.querySelectorAll("chuncheng-check, chuncheng-facilities, chuncheng-ltci"), (one) =>
        one.shadowRoot?.querySelector("iframe"),
      ).filter(Boolean);
    for (const type of ["ready", "resize", "step", "result", "error"])
      addEventListener(
        type,
        ({ target, detail }) => target.localName?.startsWith("chuncheng-") && window.told.push({ type, ...detail }),
        true,
      );
  });
  await page.goto(pageAround(name, html, headers));
}
const SCRIPT = `<script type="module" src="${site}embed.js"></script>`;
const element = (more = "", tag = "check") =>
  `<chuncheng-${tag} as-of="${AS_OF}" ${more}><a href="/instead">instead</a></chuncheng-${tag}>`;
const told = (page, type) => page.evaluate((wanted) => window.told.filter((one) => wanted === undefined || one.type === wanted), type);
const hears = (page, type) => page.waitForFunction((wanted) => window.told.some((one) => one.type === wanted), type);
async function inside(page, wait = "h1") {
  await page.waitForFunction(() => window.inner().length > 0);
  let frame;
  for (let turn = 0; frame === undefined && turn < 200; turn++) {
    frame = page.frames().find((one) => one.url().startsWith(site));
    if (frame === undefined) await page.waitForTimeout(50);
  }
  check(frame !== undefined, "no frame of the site");
  await frame.waitForSelector(wait);
  return frame;
}
const READY = "form.who, .door, .total, [data-unknown], .summary";
const width = (target) => target.evaluate(() => document.documentElement.scrollWidth);

/** The element's own height, the frame's page's height, and whether something scrolls within. */
async function heights(page, frame) {
  const outer = await page.evaluate(() => window.inner()[0].getBoundingClientRect().height);
  const inner = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  return { outer, inner };
}
async function fits(page, frame, where) {
  for (let turn = 0; turn < 60; turn++) {
    const { outer, inner } = await heights(page, frame);
    if (outer === Math.max(200, inner)) return;
    await page.waitForTimeout(50);
  }
  const { outer, inner } = await heights(page, frame);
  check(false, `${where}: the frame is ${outer} px high, its page ${inner}`);
}

const ALLOWED = {
  ready: ["data_date", "refused"],
  resize: ["height"],
  step: ["page", "asked", "left"],
  result: ["yes", "open", "no"],
  error: ["reason"],
};

await runTests(
  {
    async "embedding: the frame is as high as its page, on every page, and nothing scrolls in it"({ page, seen }) {
      await embedIn(page, "listed", SCRIPT + element());
      const frame = await inside(page, READY);
      await fits(page, frame, "who");
      check(
        await frame.evaluate(() => getComputedStyle(document.querySelector(".top")).display === "none"),
        "the site's own header is there",
      );
      same(await frame.locator(".bottom:visible").count(), 1, "footers");
      check((await frame.textContent("body > .bottom")).includes(texts["web.home.disclaimer"]), "no disclaimer");
      await frame.click("form.who .primary");
      await frame.waitForSelector("[data-unknown]");
      await fits(page, frame, "question");
      await frame.click("[data-unknown]");
      await go(frame, "#/result");
      await frame.waitForSelector(".summary");
      await fits(page, frame, "result");
      await frame.evaluate(() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
      });
      await fits(page, frame, "unfolded result");
      await go(frame, "#/check");
      await frame.waitForSelector("form.who");
      await fits(page, frame, "who again, lower than before");
      same(seen.problems, [], "problems");
    },

    async "embedding: all three elements, and one taken away and put back"({ page, seen }) {
      await embedIn(page, "listed", SCRIPT + element() + element('district="guandu"', "facilities") + element("", "ltci"));
      await page.waitForFunction(() => window.told.filter(({ type }) => type === "ready").length === 3);
      const find = page.frames().find((one) => one.url().includes("embed=facilities"));
      await find.waitForSelector(".total");
      same(await find.$eval("select", (one) => one.value), "guandu", "district");
      await page.evaluate(() => {
        const one = document.querySelector("chuncheng-check");
        one.remove();
        document.body.append(one);
      });
      await page.waitForFunction(() => window.told.filter(({ type }) => type === "ready").length === 4);
      same(await page.evaluate(() => window.inner().length), 3, "frames");
      same(seen.problems, [], "problems");
    },

    async "embedding: the styles and scripts of the page around do not reach in, and ours do not reach out"({ page, seen }) {
      const head = `<style>* { color: rgb(255, 0, 0) !important; font-size: 40px !important; } iframe { display: none !important; }</style>
        <script>Array.prototype.flatMap = () => { throw new Error("around"); }; window.before = new Set(Object.getOwnPropertyNames(window));</script>`;
      await embedIn(page, "listed", `<h1>around</h1>${SCRIPT}${element()}`, { head });
      await page.waitForSelector("h1");
      const frame = await inside(page, READY);
      const style = await frame.evaluate(() => {
        const { color, fontSize } = getComputedStyle(document.querySelector("form.who"));
        return [color, fontSize];
      });
      same(style, ["rgb(28, 36, 32)", "18px"], "style inside");
      const [own, names, kept] = await page.evaluate(() => [
        getComputedStyle(document.querySelector("h1")).fontFamily,
        Object.getOwnPropertyNames(window).filter((name) => !window.before.has(name) && !["before", "0"].includes(name)),
        [localStorage.length, document.cookie, document.querySelectorAll("link, style").length],
      ]);
      check(!own.includes("PingFang"), `the page around has our font: ${own}`);
      same(names, [], "names left in the page around");
      same(kept, [0, "", 1], "storage, cookies and styles of the page around");
      same(seen.problems, [], "problems");
    },

    async "embedding: works under a strict policy of the page around"({ page, seen }) {
      const policy = `default-src 'none'; script-src ${site}embed.js; frame-src ${new URL(site).origin}`;
      await embedIn(page, "listed", SCRIPT + element(), { headers: { "Content-Security-Policy": policy } });
      // The page's own favicon is none of ours.
      const frame = await inside(page, READY);
      await fits(page, frame, "who");
      same(
        seen.problems.filter((one) => !one.includes("favicon")),
        [],
        "problems",
      );
    },

    async "embedding: the events of a whole check, and nothing in them but counts"({ page, seen }) {
      await page.addInitScript(() => {
        window.messages = [];
        addEventListener("message", ({ data }) => window.messages.push(JSON.stringify(data)));
      });
      await embedIn(page, "listed", SCRIPT + element());
      const frame = await inside(page, READY);
      await frame.click("form.who .primary");
      await frame.waitForSelector("[data-unknown]");
      const elder = profile("two-elders-one-child").subjects.find(({ kind }) => kind === "elder").facts;
      for (let turn = 0; turn < 8; turn++) {
        const fact = decodeURIComponent(new URL(frame.url()).hash.split("/")[3] ?? "");
        if (fact === "") break;
        await answerIn(frame, elder[fact]);
      }
      await go(frame, "#/result");
      await frame.waitForSelector(".summary");
      await hears(page, "result");
      const [counts] = (await told(page, "result")).slice(-1);
      const verdict = (state) => frame.locator(`article[data-verdict=${state}]`).count();
      same([counts.yes, counts.open, counts.no], [await verdict("yes"), await verdict("open"), await verdict("no")], "counts");
      const steps = await told(page, "step");
      same([...new Set(steps.map((one) => one.page))], ["who", "question", "result"], "pages");
      const asked = steps.filter((one) => one.page === "question").map((one) => one.asked);
      same(
        asked,
        asked.map((_, n) => n),
        "answered so far",
      );
      for (const { type, ...detail } of await told(page))
        check(
          Object.keys(detail).every((key) => ALLOWED[type].includes(key)),
          `${type}: ${JSON.stringify(detail)}`,
        );
      const messages = await page.evaluate(() => window.messages);
      check(messages.length > 5, `${messages.length} messages`);
      // Neither an answer, nor a fact, nor a benefit.
      const words = [...Object.keys(elder), ...Object.values(elder).filter((value) => typeof value === "string")];
      for (const message of messages) for (const word of words) check(!message.includes(`"${word}"`), `“${word}” in ${message}`);
      same(seen.problems, [], "problems");
    },

    async "embedding: an origin that is not listed gets heights and nothing else, however it asks"({ page }) {
      await page.addInitScript(() => {
        window.messages = [];
        addEventListener("message", ({ data }) => window.messages.push(data));
      });
      await embedIn(page, "framer", SCRIPT + element());
      const frame = await inside(page, READY);
      await fits(page, frame, "who");
      await page.evaluate(() => {
        const inner = window.inner()[0].contentWindow;
        for (const data of [
          { chuncheng: 1, type: "hello" },
          { chuncheng: 1, type: "hello", origin: location.origin },
          { chuncheng: 2, type: "hello" },
        ])
          for (let turn = 0; turn < 50; turn++) inner.postMessage(data, "*");
      });
      await frame.click("form.who .primary");
      await frame.waitForSelector("[data-unknown]");
      await go(frame, "#/result");
      await frame.waitForSelector(".summary");
      await fits(page, frame, "result");
      const messages = await page.evaluate(() => window.messages);
      for (const message of messages) same(Object.keys(message).sort(), ["chuncheng", "height", "top", "type"], "keys");
      same([...new Set((await told(page)).map(({ type }) => type))], ["resize"], "events");
    },

    async "embedding: garbage from the page around changes nothing"({ page, seen }) {
      await embedIn(page, "listed", SCRIPT + element());
      const frame = await inside(page, READY);
      await hears(page, "ready");
      await page.evaluate(() => {
        const inner = window.inner()[0].contentWindow;
        const deep = {};
        let at = deep;
        for (let n = 0; n < 1000; n++) at = at.a = {};
        const garbage = [
          null,
          undefined,
          0,
          "",
          "hello",
          '{"chuncheng":1}',
          [],
          [1],
          {},
          { chuncheng: 1 },
          { chuncheng: "1", type: "hello" },
          { chuncheng: 1, type: ["hello"] },
          { chuncheng: 1, type: "answers" },
          { chuncheng: 1, type: "hello", __proto__: { polluted: 1 } },
          { type: "__proto__" },
          deep,
          "x".repeat(1e6),
          new ArrayBuffer(1e6),
          new Date(),
          /x/,
          new Map([[1, 2]]),
        ];
        for (const data of garbage) inner.postMessage(data, "*");
      });
      await frame.click("form.who .primary");
      await frame.waitForSelector("[data-unknown]");
      await page.waitForFunction(() => window.told.some(({ page }) => page === "question"));
      same((await told(page, "ready")).length, 1, "ready");
      same(seen.problems, [], "problems");
    },

    async "embedding: only the frame itself is listened to"({ page }) {
      await embedIn(page, "listed", `${SCRIPT}${element()}<iframe id="other" src="about:blank"></iframe>`);
      const frame = await inside(page, READY);
      await fits(page, frame, "who");
      const before = (await told(page)).length;
      await page.evaluate(() => {
        const fake = [
          { chuncheng: 1, type: "resize", height: 9999, top: true },
          { chuncheng: 1, type: "result", yes: 99, open: 0, no: 0 },
        ];
        for (const data of fake) {
          window.postMessage(data, "*");
          document.getElementById("other").contentWindow.eval(`parent.postMessage(${JSON.stringify(data)}, "*")`);
        }
        return new Promise((resolve) => setTimeout(resolve, 200));
      });
      same((await told(page)).length, before, "events");
      await fits(page, frame, "who");
      // And heights that are none, from the frame itself.
      await frame.evaluate(() => {
        for (const height of [Number.NaN, "1e9", null, Number.POSITIVE_INFINITY, {}])
          parent.postMessage({ chuncheng: 1, type: "resize", height, top: false }, "*");
        parent.postMessage({ chuncheng: 1, type: "resize", height: 1e12, top: false }, "*");
      });
      await page.waitForFunction(() => document.querySelector("chuncheng-check").getBoundingClientRect().height >= 100_000);
      same((await heights(page, frame)).outer, 100_000, "greatest height");
    },

    async "embedding: where the site may not be framed, what is between the tags is shown"({ page }) {
      await page.clock.install();
      await embedIn(page, "stranger", SCRIPT + element());
      await page.waitForFunction(() => window.inner().length > 0);
      await page.clock.fastForward(31_000);
      await hears(page, "error");
      same(await told(page), [{ type: "error", reason: "network" }], "events");
      check(await page.locator("chuncheng-check a[href='/instead']").isVisible(), "nothing is shown instead");
      same(await page.evaluate(() => window.inner().length), 0, "frames");
    },

    async "embedding: without scripts what is between the tags is shown"({ browser }) {
      const { context, page } = await open(browser, { javaScriptEnabled: false });
      await page.goto(pageAround("listed", SCRIPT + element()));
      check(await page.locator("a[href='/instead']").isVisible(), "nothing is shown");
      await context.close();
    },

    async "embedding: colours are taken, and refused when they could not be read"({ page, seen }) {
      await embedIn(page, "listed", SCRIPT + element('accent="#14407a" paper="#fff" ink="101828"'));
      let frame = await inside(page, READY);
      const colours = (of) =>
        of.evaluate(() => {
          const primary = getComputedStyle(document.querySelector(".primary"));
          const body = getComputedStyle(document.body);
          return [primary.backgroundColor, body.backgroundColor, body.color];
        });
      same(await colours(frame), ["rgb(20, 64, 122)", "rgb(255, 255, 255)", "rgb(16, 24, 40)"], "colours");
      await hears(page, "ready");
      same((await told(page, "ready"))[0].refused, [], "refused");
      await axe(frame, "with colours");
      const own = ["rgb(20, 83, 45)", "rgb(246, 247, 243)", "rgb(28, 36, 32)"];
      for (const [attributes, refused] of [
        ['accent="#ffd400" paper="#222222" ink="#bbbbbb"', ["paper", "ink", "accent"]],
        ['accent="red" paper="#ffffff;}" ink="url(x)"', []],
      ]) {
        await embedIn(page, "listed", SCRIPT + element(attributes));
        frame = await inside(page, READY);
        same(await colours(frame), own, attributes);
        await hears(page, "ready");
        same((await told(page, "ready"))[0].refused, refused, attributes);
      }
      // The page itself is as careful as embed.js.
      await page.goto(`${site}?embed=check&accent=${encodeURIComponent("red;background:url(//x)")}&paper=fff#/check`);
      await page.waitForSelector(READY);
      same(await colours(page), [own[0], "rgb(255, 255, 255)", own[2]], "by address");
      same(seen.problems, [], "problems");
    },

    async "embedding: another colour later makes a new frame and no step of the back button"({ page }) {
      await embedIn(page, "listed", SCRIPT + element());
      await inside(page, READY);
      const steps = await page.evaluate(() => history.length);
      await page.evaluate(() => document.querySelector("chuncheng-check").setAttribute("accent", "#14407a"));
      await page.waitForFunction(() => window.told.filter(({ type }) => type === "ready").length === 2);
      same(await page.evaluate(() => history.length), steps, "steps");
    },

    async "embedding: the back button goes one question back, and the page around stays"({ page }) {
      await embedIn(page, "listed", SCRIPT + element());
      const address = page.url();
      const frame = await inside(page, READY);
      await frame.click("form.who .primary");
      await frame.waitForSelector("[data-unknown]");
      const first = frame.url();
      await frame.click("[data-unknown]");
      await frame.waitForFunction((before) => location.href !== before, first);
      await page.evaluate(() => history.back());
      await frame.waitForFunction((before) => location.href === before, first);
      await page.evaluate(() => history.back());
      await frame.waitForSelector("form.who");
      same(page.url(), address, "page around");
    },

    async "embedding: links to other sites open outside of the frame"({ page, context }) {
      await context.route("https://example.com/**", (route) => route.fulfill({ body: "outside" }));
      await embedIn(page, "listed", SCRIPT + element());
      const frame = await inside(page, READY);
      await hears(page, "ready");
      await frame.evaluate(() => {
        const link = document.createElement("a");
        link.href = "https://example.com/map";
        link.textContent = "map";
        link.id = "map";
        document.querySelector("main").prepend(link);
      });
      const [opened] = await Promise.all([context.waitForEvent("page"), frame.click("#map")]);
      check(opened.url().startsWith("https://example.com/"), opened.url());
      check(frame.url().startsWith(site), frame.url());
      same(await opened.evaluate(() => window.opener), null, "opener");
    },

    async "embedding: a plain frame works by itself, and with the few lines of its page"({ page, seen }) {
      await page.goto(`${site}embed.html`);
      const frame = await page.waitForSelector("#chuncheng").then((one) => one.contentFrame());
      await frame.waitForSelector(".total");
      await page.waitForFunction(() => document.getElementById("chuncheng").style.height !== "");
      const inner = () => frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
      for (let turn = 0; turn < 60; turn++) {
        if ((await page.$eval("#chuncheng", (one) => one.offsetHeight)) === (await inner())) break;
        await page.waitForTimeout(50);
      }
      same(await page.$eval("#chuncheng", (one) => one.offsetHeight), await inner(), "height");
      same(seen.problems, [], "problems");
    },

    async "embedding: the page about it and the examples have everything they show, and no accessibility violation"({ browser }) {
      for (const name of ["embed.html", "examples/government.html", "examples/wechat.html"])
        for (const viewport of [{ width: 320, height: 640 }, PHONE, { width: 1280, height: 800 }]) {
          const { context, page, seen } = await open(browser, { viewport });
          await page.goto(site + name);
          const frames = await page.evaluate(
            () => document.querySelectorAll("chuncheng-check, chuncheng-facilities, chuncheng-ltci, iframe").length,
          );
          for (let turn = 0; turn < 200 && page.frames().length < frames + 1; turn++) await page.waitForTimeout(50);
          same(page.frames().length, frames + 1, `${name}: frames`);
          for (const frame of page.frames().slice(1)) await frame.waitForSelector(READY);
          check((await width(page)) <= viewport.width, `${name} at ${viewport.width} is ${await width(page)} wide`);
          if (viewport === PHONE) await axe(page, name);
          const links = await page.$$eval("a[href], link[href], script[src], meta[itemprop=image]", (list) =>
            list.map((one) => new URL(one.href || one.src || one.content, location.href).href),
          );
          for (const link of new Set(links)) if (link.startsWith(site)) same((await page.request.get(link)).status(), 200, link);
          same(seen.problems, [], `${name}: problems`);
          await context.close();
        }
    },

    async "embedding: a snippet is copied, and selected where there is no clipboard"({ browser }) {
      const { context, page } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
      await page.goto(`${site}embed.html`);
      await page.click("[data-copy=two-lines]");
      await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      check(copied.startsWith('<script type="module"'), copied);
      await page.addInitScript(() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
      });
      await page.reload();
      await page.click("[data-copy=two-lines]");
      const status = page.locator("[data-copy=two-lines] + [role=status]");
      same(await status.textContent(), await page.getAttribute("[data-copy=two-lines]", "data-select"), "status");
      check((await page.evaluate(() => String(getSelection()))).startsWith("<script"), "nothing is selected");
      await context.close();
    },

    async "embedding: embed.js is small, stands alone and may be loaded by every site"({ page }) {
      const response = await page.request.get(`${site}embed.js`);
      const text = await response.text();
      check(text.length < 4096, `${text.length} bytes`);
      check(!/\bimport\s*[("'{]/.test(text), "it imports something");
      same(response.headers()["access-control-allow-origin"], "*", "access-control-allow-origin");
      same((await page.request.get(site)).headers()["access-control-allow-origin"], undefined, "of the page");
    },

    async "WeChat: its browsers are told apart, and no other is taken for it"({ browser }) {
      for (const { name, agent, wechat } of agents) {
        const { context, page, seen } = await open(browser, { userAgent: agent });
        await page.addInitScript(() => {
          window.asked = [];
          window.WeixinJSBridge = { invoke: (what) => window.asked.push(what), on: (what) => window.asked.push(what) };
        });
        await page.goto(address("#/data"));
        await page.waitForSelector(".files li");
        const text = await page.textContent("main");
        same(text.includes(texts["data.wechat"]), wechat === "phone", `${name}: guide`);
        same(text.includes(texts["data.wechat.mini"]), wechat === "mini-program", `${name}: guide of a mini program`);
        const link = page.locator("a[download] >> nth=0");
        if (wechat === "phone" || wechat === "mini-program") {
          await link.click();
          check((await page.textContent(".wechat-guide[role=alert]")).includes("#/data"), `${name}: no address`);
          await axe(page, name);
          await page.click(".wechat-guide button");
          same(await page.locator(".wechat-guide").count(), 0, `${name}: guides`);
        } else {
          const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
          await download.cancel();
        }
        // The size of text is the reader's.
        same(await page.evaluate(() => window.asked), [], `${name}: asked of WeChat`);
        same(seen.problems, [], `${name}: problems`);
        await context.close();
      }
    },

    async "WeChat: the share card's title, text and picture are in the page, before any script"({ browser }) {
      const { context, page } = await open(browser, { javaScriptEnabled: false });
      await page.goto(site);
      for (const name of ["og:title", "og:description", "og:image"])
        check((await page.getAttribute(`meta[property="${name}"]`, "content")) !== "", name);
      for (const name of ["name", "description", "image"])
        check((await page.getAttribute(`meta[itemprop=${name}]`, "content")) !== "", name);
      const picture = await page.request.get(new URL(await page.getAttribute("meta[itemprop=image]", "content"), site).href);
      same([picture.status(), picture.headers()["content-type"]], [200, "image/png"], "picture");
      await context.close();
    },

    async "WeChat: without Workers, or with one that does not start, the search works beside the page"({ browser }) {
      const ways = {
        "no Worker": () => {
          delete window.Worker;
        },
        "a Worker that may not be made": () => {
          window.Worker = class {
            constructor() {
              throw new DOMException("no", "SecurityError");
            }
          };
        },
        "a Worker whose script does not run": undefined,
      };
      for (const [name, way] of Object.entries(ways)) {
        const { context, page } = await open(browser);
        if (way === undefined)
          await page.route(/search-worker/, (route) => route.fulfill({ contentType: "text/javascript", body: "syntax error here" }));
        else await page.addInitScript(way);
        await toFind(page);
        await page.fill("#find-q", "guandu yly");
        await page.waitForSelector(".hits mark, .hits li");
        check(Number((await page.textContent(".total")).match(/\d+/)?.[0]) > 0, `${name}: nothing found`);
        await context.close();
      }
    },

    async "WeChat: without storage, service worker, OPFS, locks and idle time both journeys work"({ browser }) {
      const { context, page, seen } = await open(browser, { userAgent: agents[0].agent });
      await page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException("no", "SecurityError");
            },
          });
        for (const name of ["serviceWorker", "storage", "locks"]) delete Navigator.prototype[name];
        delete window.requestIdleCallback;
        delete window.ResizeObserver;
      });
      await page.goto(address(""));
      await page.click(".door >> nth=0");
      await page.click("form.who .primary");
      await page.waitForSelector("[data-unknown]");
      await answer(page, undefined);
      await go(page, "#/result");
      await page.waitForSelector(".summary");
      await go(page, "#/find");
      await page.waitForSelector(".total");
      same(seen.problems, [], "problems");
      await context.close();
    },

    async "WeChat: its largest text, 1.6 times ours, at 360 px: nothing is cut off or scrolls sideways"({ browser }) {
      // Android scales every size (as a larger root does with sizes in rem); iPhones set text-size-adjust on the body.
      const ways = {
        android: () => {
          document.documentElement.style.fontSize = "180%";
        },
        iphone: () => {
          document.body.style.webkitTextSizeAdjust = "160%";
        },
      };
      for (const [name, way] of Object.entries(ways)) {
        const { context, page } = await open(browser, {
          viewport: PHONE,
          isMobile: true,
          hasTouch: true,
          userAgent: agents[name === "android" ? 0 : 2].agent,
        });
        await preset(page, ELDER);
        await page.goto(address(""));
        await page.waitForSelector(".door");
        const before = await page.evaluate(() => document.querySelector("main p").getBoundingClientRect().height);
        await page.evaluate(way);
        check(
          (await page.evaluate(() => document.querySelector("main p").getBoundingClientRect().height)) > before,
          `${name}: the text does not grow`,
        );
        for (const hash of ["#/", "#/check", "#/check/e1/birth_date", "#/check/e1/hukou_district", "#/result", "#/find"]) {
          await go(page, hash);
          await page.waitForSelector(hash === "#/find" ? ".total" : READY);
          await page.waitForTimeout(100);
          same(await width(page), 360, `${name} ${hash}: width`);
          const out = await page.$$eval("main *", (list) =>
            list
              .filter((one) => {
                const { left, right, width } = one.getBoundingClientRect();
                return width > 1 && (left < -1 || right > 361) && one.closest(".skip, .scroll, svg, table") === null;
              })
              .map((one) => one.outerHTML.slice(0, 80)),
          );
          same(out, [], `${name} ${hash}: cut off`);
        }
        await context.close();
      }
    },
  },
  only,
);

/** As `answer` of harness.mjs, in a frame. */
async function answerIn(frame, value) {
  await answer(Object.assign(Object.create(frame), { url: () => frame.url() }), value);
}

async function axe(target, where) {
  await target.evaluate(axeSource);
  const { violations } = await target.evaluate(() => window.axe.run(document, { iframes: false }));
  same(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3)}`),
    [],
    where,
  );
}
