// A built site over a slow line: each answer begins a round trip after its request, and the bytes of all share the line. The line is here and not in
// the browser, whose own emulation does not reach workers.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TICK = 5; // ms
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** `sent`: the files asked for, in order, with bytes raw, brotli and gzip; `forget()` empties it. Files have .br and .gz beside them. */
export async function slowLine(folder, { latency, bytesPerSecond }) {
  const sent = [];
  const waiting = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x/").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    const packed = existsSync(`${file}.br`);
    const body = readFileSync(packed ? `${file}.br` : file);
    const size = (ending) => (packed ? readFileSync(file + ending).length : body.length);
    sent.push({ file: file.slice(folder.length), raw: size(""), brotli: size(".br"), gzip: size(".gz") });
    const headers = {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": body.length,
      "Cache-Control": "no-cache",
      ...(packed ? { "Content-Encoding": "br" } : {}),
    };
    setTimeout(() => {
      response.writeHead(200, headers).flushHeaders();
      waiting.push({ response, body, at: 0 });
    }, latency);
  });
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    let budget = waiting.length === 0 ? 0 : (Math.min(now - last, 100) * bytesPerSecond) / 1000;
    last = now;
    while (budget >= 1 && waiting.length > 0) {
      const share = Math.max(1, Math.floor(budget / waiting.length));
      for (const one of [...waiting]) {
        const end = Math.min(one.at + share, one.body.length);
        one.response.write(one.body.subarray(one.at, end));
        budget -= end - one.at;
        one.at = end;
        if (end < one.body.length) continue;
        one.response.end();
        waiting.splice(waiting.indexOf(one), 1);
      }
    }
  }, TICK);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, sent, close };
}
