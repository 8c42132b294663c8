// The engines of search-engines.mjs in headless Chromium, each on a page of its own: module files as they are, without a bundler.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { launch } from "../browser/playwright.mjs";

const ROOT = new URL("../..", import.meta.url).pathname;
const TYPES = {
  ".mjs": "text/javascript",
  ".js": "text/javascript",
  ".html": "text/html",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const PACKAGES = {
  "@orama/orama": "@orama/orama/dist/browser/index.js",
  "@orama/orama/internals": "@orama/orama/dist/browser/internals.js",
  "@orama/tokenizers/mandarin": "@orama/tokenizers/dist/esm/mandarin.js",
  "@sqlite.org/sqlite-wasm": "@sqlite.org/sqlite-wasm/dist/index.mjs",
  flexsearch: "flexsearch/dist/flexsearch.bundle.module.min.mjs",
  "fuse.js": "fuse.js/dist/fuse.mjs",
  minisearch: "minisearch/dist/es/index.js",
  "sql.js": "sql.js/dist/sql-wasm-browser.js",
};

// Not a module as it is; it assigns to `module` itself.
const COMMON_JS = "/tests/bench/node_modules/sql.js/dist/sql-wasm-browser.js";
const asModule = (source) => `let module = { exports: {} };\nlet exports = module.exports;\n${source}\nexport default module.exports;\n`;

const page = (folder) => `<!doctype html><title>bench</title><script type="importmap">${JSON.stringify({
  imports: Object.fromEntries(Object.entries(PACKAGES).map(([name, path]) => [name, `/tests/bench/node_modules/${path}`])),
})}</script><script type="module">
import { engines } from "/tests/bench/search-engines.mjs";
import { measure } from "/tests/bench/search-measure.mjs";
const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const json = async (url) => (await fetch(url)).json();
const data = { wasm: await bytes("/build/wasm/search.wasm"), db: await bytes("${folder}/facilities.db"), rows: await json("${folder}/rows.json") };
data.ids = data.rows.map(({ id }) => id);
const asked = await json("${folder}/queries.json");
const held = () => (gc(), performance.memory.usedJSHeapSize);
window.run = (name) => measure(engines[name], data, asked, held);
</script>`;

/** Figures of each engine. `folder` is that of search_data, below the project's. The pages are isolated, which makes their clock fine. */
export async function inChromium(folder, names) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(request.url.split("?")[0]));
    const isolated = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
    try {
      const file = path === "/" ? page(`/${folder}`) : readFileSync(join(ROOT, path));
      const body = path === COMMON_JS ? asModule(file) : file;
      response
        .writeHead(200, { "Content-Type": TYPES[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream", ...isolated })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await launch(["--enable-precise-memory-info", "--js-flags=--expose-gc"]);
  const results = {};
  for (const name of names) {
    const tab = await browser.newPage();
    tab.on("pageerror", (error) => console.error(`${name}: ${error}`));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction("window.run", undefined, { timeout: 60000 });
    results[name] = await tab.evaluate((engine) => window.run(engine), name);
    await tab.close();
  }
  const version = browser.version();
  await browser.close();
  server.close();
  return { version, results };
}
