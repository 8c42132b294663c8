// Keeps the page itself on the device: one build's files together, each checked against the hash that the build wrote down, so that a page and what it
// loads later are always of one build. A newer build is fetched beside it and is there from the next page that is opened; a page that is open stays with its
// own. The data stays with its own client (wasm/js/snapshot.ts); only the texts and the policy that a build's page names are kept here: it cannot start
// without them.

/** The hash (SRI) of each file by its address below the site's folder; "" is the page. Put in by the build. */
declare const FILES: Record<string, string>;
/** Names this build: changes when any of its files does. */
declare const BUILD: string;
/** What to say when there is neither network nor anything kept. */
declare const NOTHING_KEPT: string;

// The types of a worker clash with those of a page, so only what is used is named.
interface Waits extends Event {
  waitUntil(until: Promise<unknown>): void;
}
interface Asked extends Waits {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
const scope = self as unknown as {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waits) => void): void;
  addEventListener(type: "fetch", listener: (event: Asked) => void): void;
};

const base = scope.registration.scope;
// Two copies of the site may live on one host.
const prefix = `chuncheng-page ${base} `;
const own = prefix + BUILD;
const address = (file: string) => new URL(file, base).href;

scope.addEventListener("install", (event) => event.waitUntil(fill().then(() => scope.skipWaiting())));

scope.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      // Pages of the build before may still be open, and load a part of it later.
      const others = (await builds()).filter((name) => name !== own);
      await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
      await scope.clients.claim();
    })(),
  ),
);

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const file = fileOf(request);
  if (file !== undefined) event.respondWith(answer(event, file));
});

/** Which of a build's files is asked for; undefined: none, the browser does as if this worker were not there. */
function fileOf({ method, mode, url, cache }: Request): string | undefined {
  if (method !== "GET" || !url.startsWith(base)) return undefined;
  const { pathname, search } = new URL(url);
  const file = pathname.slice(new URL(base).pathname.length);
  // A page may be asked with a day (?as_of=); nothing is ever kept under such an address.
  if (mode === "navigate") return file === "" || file === "index.html" ? "" : undefined;
  // After a damaged file the page asks past everything that is kept.
  if (search !== "" || cache === "reload" || cache === "no-store") return undefined;
  return file in FILES || /^(assets|data)\//.test(file) ? file : undefined;
}

async function answer(event: Asked, file: string): Promise<Response> {
  const found = await kept(file);
  if (found !== undefined) return found;
  // Whatever was kept is gone, or never was: the network, and what is missing is fetched again.
  if (event.request.mode === "navigate") event.waitUntil(fill().catch(() => undefined));
  try {
    return await fetch(event.request);
  } catch (error) {
    if (event.request.mode !== "navigate") throw error;
    return new Response(NOTHING_KEPT, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

/** Of this build, else of the one before. */
async function kept(file: string): Promise<Response | undefined> {
  try {
    const mine = await (await caches.open(own)).match(address(file));
    if (mine !== undefined || file in FILES) return mine;
    for (const name of await builds()) {
      const theirs = await (await caches.open(name)).match(address(file));
      if (theirs !== undefined) return theirs;
    }
  } catch {
    // No storage now.
  }
  return undefined;
}

/** Names of the kept builds, oldest first. */
async function builds(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(prefix));
}

/** Fetches what this build lacks; all of it or nothing. */
async function fill(): Promise<void> {
  const before = await builds();
  const cache = await caches.open(own);
  try {
    await Promise.all(
      Object.entries(FILES).map(async ([file, integrity]) => {
        if ((await cache.match(address(file))) !== undefined) return;
        // A name with a hash is the same file in every build; the page itself is asked of the server.
        const same = file.includes("/") ? await firstOf(before, file) : undefined;
        const got = same ?? (await fetch(address(file), { integrity, cache: file.includes("/") ? "default" : "no-cache" }));
        if (!got.ok) throw new Error(`${got.status} ${file}`);
        // A page that came by a redirection may not be given as a page.
        await cache.put(address(file), got.redirected ? new Response(got.body, { headers: got.headers }) : got);
      }),
    );
  } catch (error) {
    if (!before.includes(own)) await caches.delete(own);
    throw error;
  }
}

async function firstOf(names: string[], file: string): Promise<Response | undefined> {
  for (const name of names) {
    const found = await (await caches.open(name)).match(address(file));
    if (found !== undefined) return found;
  }
  return undefined;
}

export {};
