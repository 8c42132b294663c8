// A host for the tests whose site changes while visitors are there: other files, damaged ones, or none at all because it is down.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { PHONE } from "./testing.mjs";

const MIME = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};
// As web/server.py sends it.
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Every file below the folder, by its path there; compressed forms are left out. */
export function readSite(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(names.map((name) => [name.slice(folder.length + 1), readFileSync(name)]));
}

const GONE = { sites: {}, alter: undefined, down: false, cut: undefined, mayKeep: () => false };

/**
 * `sites`: files by folder of the address ("" or "a/"). `alter`: what is given for a file, undefined for 404. `down`: nobody answers. `cut`: the connection
 * breaks after so many bytes of data/ in all. `mayKeep`: files that the browser itself may keep; none, so that what a page has without this host it has from
 * elsewhere. `asked`: the paths asked for.
 */
export async function openHost() {
  const host = { ...GONE, asked: [], sent: 0 };
  host.reset = (sites, more = {}) => Object.assign(host, { ...GONE, sites, asked: [], sent: 0, ...more });
  const server = createServer((request, response) => {
    if (host.down) return request.socket.destroy();
    const { pathname, search } = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(pathname).slice(1);
    host.asked.push(path + search);
    const folder = Object.keys(host.sites).find((one) => one !== "" && path.startsWith(one)) ?? "";
    const name = path.slice(folder.length) || "index.html";
    const file = host.sites[folder]?.get(name);
    const body = host.alter === undefined ? file : host.alter(name, file);
    if (body === undefined) return response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": MIME[extname(name)] ?? "application/octet-stream",
      "Content-Length": body.length,
      "Cache-Control": host.mayKeep(name) ? "public, max-age=31536000, immutable" : "no-store",
      "Content-Security-Policy": POLICY,
    });
    if (!name.startsWith("data/") || host.cut === undefined) return response.end(body);
    const rest = Math.max(0, host.cut - host.sent);
    host.sent += body.length;
    if (rest >= body.length) return response.end(body);
    response.write(body.subarray(0, rest), () => response.destroy());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host.port = server.address().port;
  host.address = `http://127.0.0.1:${host.port}/`;
  host.close = () => server.close();
  return host;
}

/** A host for one test, and browser profiles that end with it. */
export async function openWorld(browser) {
  const host = await openHost();
  const contexts = [];
  async function newContext(options) {
    contexts.push(await browser.newContext({ locale: "zh-CN", viewport: PHONE, ...options }));
    return contexts.at(-1);
  }
  async function close() {
    for (const context of contexts) await context.close();
    host.close();
  }
  return { host, newContext, close };
}
