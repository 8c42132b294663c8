// What makes the site stay on a device: the service worker with the list of this build's files, the web manifest and its icons.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { minifySync, transformWithOxc } from "vite";

const here = import.meta.dirname;
const GREEN = "#14532d";
const ICONS = [
  { name: "icon-192.png", size: 192, purpose: "any" },
  { name: "icon-512.png", size: 512, purpose: "any" },
  // The whole square is painted and the picture keeps clear of the edge, whatever shape a phone cuts out.
  { name: "icon-maskable.png", size: 512, purpose: "maskable" },
  { name: "apple-touch-icon.png", size: 180 },
];

function webManifest(texts) {
  return {
    name: texts["web.subtitle"],
    short_name: texts["web.title"],
    description: texts["web.home.intro"],
    lang: "zh-CN",
    id: "./",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: GREEN,
    theme_color: GREEN,
    icons: ICONS.filter(({ purpose }) => purpose !== undefined).map(({ name, size, purpose }) => ({
      src: name,
      type: "image/png",
      sizes: `${size}x${size}`,
      purpose,
    })),
  };
}

async function drawIcons(site) {
  await initWasm(readFileSync(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const rounded = readFileSync(join(here, "src/icon.svg"), "utf8");
  const square = rounded
    .replace(/viewBox="[^"]*"/, 'viewBox="-4 -4 40 40"')
    .replace(/<rect[^>]*\/>/, `<rect x="-4" y="-4" width="40" height="40" fill="${GREEN}"/>`);
  for (const { name, size, purpose } of ICONS) {
    const picture = new Resvg(purpose === "any" ? rounded : square, { fitTo: { mode: "width", value: size } });
    writeFileSync(join(site, name), picture.render().asPng());
  }
}

function nothingKept(texts) {
  const say = (key) => texts[`offline.none.${key}`];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say("title")}</title>`;
  const body = `<h1>${say("title")}</h1><p>${say("text")}</p><p><a href="./">${say("again")}</a></p>`;
  return `<!doctype html><html lang="zh-CN">${head}${body}</html>`;
}

const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);

/** The page, every asset, and of the data what the first pages need (files.json). */
function filesOf(site) {
  const listed = JSON.parse(readFileSync(join(site, "files.json"), "utf8"));
  const data = Object.values(listed)
    .flat()
    .filter((name) => /^data\/(policy|texts|later)\./.test(name));
  const assets = readdirSync(join(site, "assets"))
    .filter((name) => !/\.(br|gz)$/.test(name))
    .map((name) => `assets/${name}`);
  const integrity = (name) => `sha256-${sha256(readFileSync(join(site, name)), "base64")}`;
  return Object.fromEntries(["index.html", ...assets, ...data].sort().map((name) => [name === "index.html" ? "" : name, integrity(name)]));
}

/** The worker of the site as it lies in this folder. */
export async function writeWorker(site, texts) {
  const file = join(here, "src/service-worker.ts");
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { target: "es2020" });
  const files = JSON.stringify(filesOf(site));
  const values = {
    FILES: files,
    BUILD: JSON.stringify(sha256(files, "hex").slice(0, 16)),
    NOTHING_KEPT: JSON.stringify(nothingKept(texts)),
  };
  const head = Object.entries(values).map(([name, value]) => `const ${name}=${value};`);
  // A classic script: workers of modules are too new.
  const script = `(()=>{${head.join("")}${code.replace(/export \{\s*\};?/, "")}})();`;
  writeFileSync(join(site, "service-worker.js"), minifySync("service-worker.js", script).code);
}

/** For vite.config.ts. */
export function offline(site, texts) {
  const link = (rel, href) => ({ tag: "link", attrs: { rel, href }, injectTo: "head" });
  return {
    name: "offline",
    transformIndexHtml: {
      order: "post",
      handler: (_, { path }) =>
        path.endsWith("index.html") ? [link("manifest", "./manifest.webmanifest"), link("apple-touch-icon", "./apple-touch-icon.png")] : [],
    },
    async closeBundle() {
      writeFileSync(join(site, "manifest.webmanifest"), JSON.stringify(webManifest(texts)));
      await drawIcons(site);
      await writeWorker(site, texts);
    },
  };
}
