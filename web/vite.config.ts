// Builds the static site into build/site. Small plugins: texts into the HTML, the districts' picture, the data beside it and the list of what a visit
// downloads.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig, minify, type Plugin, transformWithOxc } from "vite";
import { schematic } from "./districts.mjs";
import { offline } from "./offline.mjs";
import { listShipped, noteShipped } from "./shipped.mjs";

const here = import.meta.dirname;
// Where wasm/ and snapshot/ are and site/ goes; another place only while developing.
const build = resolve(process.env.CHUNCHENG_BUILD ?? join(here, "../build"));
const texts: Record<string, string> = JSON.parse(readFileSync(join(here, "../i18n/zh-CN.json"), "utf8"));
const snapshot = join(build, "snapshot");
const manifestText = readFileSync(join(snapshot, "manifest.json"), "utf8");
const publicKey: string = JSON.parse(readFileSync(join(build, "keys/snapshot.pub"), "utf8")).key;
const manifest: { files: Record<string, { name: string }> } = JSON.parse(manifestText);

const version = readFileSync(join(here, "../CMakeLists.txt"), "utf8").match(/project\(chuncheng VERSION ([\d.]+)/)?.[1];
if (version === undefined) throw new Error("CMakeLists.txt names no version");

// Other people's pages name this one, so its name never changes.
const EMBED = "embed.js";
const embedTitles = { check: texts["web.nav.check"], facilities: texts["web.find.title"], ltci: texts["embed.ltci"] };

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `%web.key%` in a page becomes the message, so that a page can be read before any script runs. */
function pageTexts(): Plugin {
  return {
    name: "page-texts",
    transformIndexHtml: {
      order: "pre",
      handler: (html) =>
        html.replace(/%(web\.[\w.]+)%/g, (_, key: string) => {
          const text = texts[key];
          if (text === undefined) throw new Error(`no message ${key}`);
          return escapeHtml(text);
        }),
    },
  };
}

function dataName(name: string): string {
  const file = manifest.files[name];
  if (file === undefined) throw new Error(`the snapshot has no ${name}`);
  return `data/${file.name}`;
}

/** Copies the snapshot, asks the browser for the first files at once, and writes files.json for the size budgets. */
function data(): Plugin {
  const first = () => [dataName("policy"), dataName("texts.zh-CN")];
  return {
    name: "data",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle, path, chunk }) => {
        if (bundle === undefined || !path.endsWith("index.html")) return [];
        // What the page's script imports is asked for together with it, not a round trip later.
        const scripts = (chunk?.imports ?? []).map((name) => ({
          tag: "link",
          attrs: { rel: "modulepreload", href: `./${name}`, crossorigin: "" },
          injectTo: "head" as const,
        }));
        const wasm = Object.keys(bundle).filter((name) => /eligibility-.*\.wasm$/.test(name));
        // The texts draw the first page; the core and its policy are needed after it.
        const [policy = "", words = ""] = first();
        const preloads = [words, ...wasm, policy].map((name) => ({
          tag: "link",
          attrs: {
            rel: "preload",
            as: "fetch",
            href: `./${name}`,
            crossorigin: "anonymous",
            fetchpriority: name === words ? "high" : "low",
          },
          injectTo: "head" as const,
        }));
        // The manifest in the page itself saves a round trip on every visit.
        return [
          { tag: "meta", attrs: { name: "manifest", content: manifestText.trim() }, injectTo: "head" as const },
          ...scripts,
          ...preloads,
        ];
      },
    },
    writeBundle(options, bundle) {
      const site = options.dir ?? join(build, "site");
      mkdirSync(join(site, "data"), { recursive: true });
      for (const name of ["manifest.json", ...Object.values(manifest.files).map((file) => file.name)])
        cpSync(join(snapshot, name), join(site, "data", name));
      cpSync(join(build, "open"), join(site, "open"), { recursive: true });

      const loaded = new Set(Object.keys(bundle).filter((name) => /early-.*\.js$/.test(name)));
      const follow = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== "chunk" || loaded.has(name)) return;
        loaded.add(name);
        chunk.imports.forEach(follow);
      };
      for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === "chunk" && chunk.isEntry && name !== EMBED) follow(name);
      const all = readdirSync(join(site, "assets")).map((name) => `assets/${name}`);
      const ending = (end: string) => all.filter((name) => name.endsWith(end));
      // Chunks are named after the module that is imported later.
      const search = new Set<string>();
      const followSearch = (name: string) => {
        const chunk = bundle[name];
        if (loaded.has(name) || search.has(name)) return;
        search.add(name);
        if (chunk?.type === "chunk") chunk.imports.forEach(followSearch);
      };
      for (const name of all) if (/\/(find-page|search-worker)-/.test(name) && name.endsWith(".js")) followSearch(name);
      const files = {
        first: [
          "index.html",
          ...ending(".svg"),
          ...ending(".css").filter((name) => !name.includes("/later-")),
          ...[...loaded].sort(),
          ...ending(".wasm").filter((name) => name.includes("/eligibility-")),
          ...first(),
        ],
        search_js: [...search].sort(),
        search_wasm: ending(".wasm").filter((name) => name.includes("/search-")),
        database: [dataName("facilities")],
        later: [
          ...ending(".js").filter((name) => !loaded.has(name) && !search.has(name)),
          ...ending(".css").filter((name) => name.includes("/later-")),
          dataName("later.zh-CN"),
        ],
      };
      writeFileSync(join(site, "files.json"), `${JSON.stringify(files, null, 2)}\n`);
    },
  };
}

/** settings/early.ts as a plain script in the head of each page: a module would run after the page was drawn once. */
function early(): Plugin {
  return {
    name: "early",
    async buildStart() {
      const source = join(here, "src/settings/early.ts");
      const { code } = await transformWithOxc(readFileSync(source, "utf8"), source, { sourcemap: false });
      this.emitFile({ type: "asset", name: "early.js", source: (await minify("early.js", code)).code });
    },
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => [
        {
          tag: "script",
          attrs: { src: `./${Object.keys(bundle ?? {}).find((name) => /early-.*\.js$/.test(name))}` },
          injectTo: "head-prepend",
        },
      ],
    },
  };
}

/** The pages about embedding, as they are, and who may frame the site and is told more than heights. */
function embedding(): Plugin {
  return {
    name: "embedding",
    writeBundle(options) {
      const site = options.dir ?? join(build, "site");
      const list: { format?: string; origins?: string[] } = JSON.parse(readFileSync(join(here, "embed-origins.json"), "utf8"));
      const bad = list.origins?.find((one) => !/^https?:\/\/[\w.-]+(:\d+)?$/.test(one));
      if (list.format !== "km-embed-origins/1" || !Array.isArray(list.origins) || bad !== undefined)
        throw new Error(`embed-origins.json: ${bad ?? "format or origins"} (an origin is https://host or https://host:port)`);
      for (const name of ["embed.html", "examples", "embed-origins.json", "share.png"])
        cpSync(join(here, name), join(site, name), { recursive: true });
    },
  };
}

/** `import map from "virtual:district-map"`: the schematic picture of the districts. */
function districtMap(): Plugin {
  const id = "virtual:district-map";
  return {
    name: "district-map",
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load: (asked) => (asked === `\0${id}` ? `export default ${JSON.stringify(schematic())};` : undefined),
  };
}

/** An address that does not exist may lie deeper than the page that says so: what that page names stands at the root. */
function missingPage(): Plugin {
  return {
    name: "missing-page",
    writeBundle(options) {
      const file = join(options.dir ?? join(build, "site"), "404.html");
      writeFileSync(file, readFileSync(file, "utf8").replaceAll('="./', '="/'));
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  plugins: [
    pageTexts(),
    districtMap(),
    early(),
    data(),
    embedding(),
    missingPage(),
    offline(join(build, "site"), texts),
    listShipped(join(build, "shipped.json")),
  ],
  worker: { format: "es", plugins: () => [noteShipped()] },
  define: { VERSION: JSON.stringify(version), SNAPSHOT_KEY: JSON.stringify(publicKey), EMBED_TITLES: JSON.stringify(embedTitles) },
  resolve: { alias: { "@wasm": join(build, "wasm") } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: join(build, "site"),
    emptyOutDir: true,
    target: "es2020",
    assetsInlineLimit: 0,
    // One small style sheet for all pages, and no loader of Vite's own.
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: { index: join(here, "index.html"), missing: join(here, "404.html"), embed: join(here, "src/embed/loader.ts") },
      output: {
        entryFileNames: ({ name }) => (name === "embed" ? EMBED : "assets/[name]-[hash].js"),
        // What every page's script shares is one file: each further one is a further wait on the way to the first question.
        codeSplitting: {
          groups: [{ name: "common", test: /load-error|[\\/]preact[\\/]|formatjs|intl-messageformat|src[\\/](texts|shared-state)/ }],
        },
      },
    },
  },
});
