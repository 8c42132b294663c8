// A host for the tests whose site changes while visitors are there: other files, damaged ones, or none at all because it is down.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

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

/**
 * `sites`: files by folder of the address ("" or "a/"). `alter`: what is given for a file, undefined for 404. `down`: nobody answers. Nothing may be kept by
 * the browser itself, so what a page has without this host it has from elsewhere. `asked`: the paths asked for.
 */
export async function openHost() {
  const host = { sites: {}, alter: undefined, down: false, asked: [] };
  host.reset = (sites) => Object.assign(host, { sites, alter: undefined, down: false, asked: [] });
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
    response
      .writeHead(200, {
        "Content-Type": MIME[extname(name)] ?? "application/octet-stream",
        "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY,
      })
      .end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host.port = server.address().port;
  host.address = `http://127.0.0.1:${host.port}/`;
  host.close = () => server.close();
  return host;
}
