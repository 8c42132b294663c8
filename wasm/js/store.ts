// Named bytes on the device. What comes back may be damaged or gone: whoever reads checks it. Nothing here is ever written over by something else,
// because names carry the hash of what they name.

export interface Store {
  names(): Promise<string[]>;
  get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The device has no room: the bytes were not kept. */
export class QuotaError extends Error {}

const NAME = "chuncheng";

// Files of the origin. Where a browser cannot write them from a page, `put` throws and the next store is asked.
function originFiles(): Store {
  const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(NAME, { create: true });
  return {
    async names() {
      const out: string[] = [];
      const listed = (await folder()) as unknown as { keys(): AsyncIterable<string> };
      for await (const name of listed.keys()) out.push(name);
      return out;
    },
    async get(name) {
      const file = await (await (await folder()).getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    },
    async put(name, bytes) {
      // The bytes go to a file beside it, which takes the name's place when it is closed.
      const stream = await (await (await folder()).getFileHandle(name, { create: true })).createWritable();
      await stream.write(bytes);
      await stream.close();
    },
    async remove(name) {
      await (await folder()).removeEntry(name);
    },
  };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database(): Store {
  const opened = (() => {
    let once: Promise<IDBDatabase> | undefined;
    return () => {
      if (once === undefined) {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(NAME);
        once = answered(request);
      }
      return once;
    };
  })();
  const table = async (mode: IDBTransactionMode) => (await opened()).transaction(NAME, mode).objectStore(NAME);
  // Written only when the whole transaction is.
  const written = async (change: (into: IDBObjectStore) => void) => {
    const into = await table("readwrite");
    const { transaction } = into;
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      change(into);
    });
  };
  return {
    names: async () => (await answered((await table("readonly")).getAllKeys())) as string[],
    get: async (name) => answered((await table("readonly")).get(name)),
    put: (name, bytes) => written((into) => into.put(bytes, name)),
    remove: (name) => written((into) => into.delete(name)),
  };
}

function responses(): Store {
  const cache = () => caches.open(NAME);
  const address = (name: string) => new URL(`/${NAME}-kept/${name}`, location.origin).href;
  return {
    names: async () => (await (await cache()).keys()).map(({ url }) => url.slice(url.lastIndexOf("/") + 1)),
    async get(name) {
      const found = await (await cache()).match(address(name));
      return found && new Uint8Array(await found.arrayBuffer());
    },
    put: async (name, bytes) => (await cache()).put(address(name), new Response(bytes)),
    async remove(name) {
      await (await cache()).delete(address(name));
    },
  };
}

const lasting: Store[] = [originFiles(), database(), responses()];
const memory = new Map<string, Uint8Array<ArrayBuffer>>();

/** Of all stores: one that worked when something was written may not be the first that works now. */
export async function storedNames(): Promise<string[]> {
  const lists = await Promise.all(lasting.map((store) => store.names().catch(() => [])));
  return [...new Set([...lists.flat(), ...memory.keys()])];
}

/** The bytes of that name that `good` accepts, from whichever store has them. */
export async function stored(
  name: string,
  good: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const held = memory.get(name);
  if (held !== undefined) return held;
  for (const store of lasting) {
    const bytes = await store.get(name).catch(() => undefined);
    if (bytes !== undefined && (await good(bytes))) return bytes;
  }
  return undefined;
}

/** Keeps the bytes: true when they outlast this visit. Throws QuotaError when there is no room for them. */
export async function keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  let full = false;
  for (const store of lasting) {
    try {
      await store.put(name, bytes);
      return true;
    } catch (error) {
      full ||= (error as DOMException | null)?.name === "QuotaExceededError";
    }
  }
  if (full) throw new QuotaError(name);
  memory.set(name, bytes);
  return false;
}

export async function forget(name: string): Promise<void> {
  memory.delete(name);
  await Promise.all(lasting.map((store) => store.remove(name).catch(() => undefined)));
}
