// The downloadable data (docs/interfaces.md, section 4): a manifest, and files that must be what the manifest says.
import { LoadError } from "./load-error";
import { keep, stored, storedNames } from "./store";

export interface FileEntry {
  name: string;
  sha256: string;
  bytes: number;
}
export interface Manifest {
  format: "km-snapshot/1";
  data_date: string;
  counter: number;
  files: Record<string, FileEntry>;
}
/** Where files come from. `base` ends with a slash; `kept`: they are on the device, so that is where to look first. */
export interface Source {
  base: string;
  cache: RequestCache;
  kept: boolean;
}
type Bytes = Uint8Array<ArrayBuffer>;

/** Key of a district's facilities, when they are a file of their own, which is fetched only when somebody looks there. */
export const partKey = (district: string) => `facilities.${district}`;
/** Is it fetched only by those who want it: a district's facilities, a language other than Chinese? */
export const isPart = (key: string) => key.startsWith("facilities.") || /\.(en|zh-Hant)$/.test(key);

export function readManifest(text: string, file: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === "km-snapshot/1" && typeof manifest.files === "object") return manifest;
  } catch {
    // Not JSON: the same as not ours.
  }
  throw new LoadError("damaged", file);
}

/** The file, checked by size and hash: from the network, or as kept on the device when the network does not give it. */
export async function fetchFile(source: Source, entry: FileEntry | undefined, progress?: (bytes: number) => void): Promise<Bytes> {
  if (entry === undefined) throw new LoadError("damaged", source.base);
  if (source.kept) {
    const bytes = await keptFile(entry);
    if (bytes !== undefined) return bytes;
  }
  try {
    return await downloadFile(source, entry, progress).catch((error: LoadError) => {
      // The damaged copy may be the browser's own, which it would give again for ever.
      if (error.reason !== "damaged" || source.cache !== "default") throw error;
      return downloadFile({ ...source, cache: "reload" }, entry, progress);
    });
  } catch (error) {
    const bytes = await keptFile(entry);
    if (bytes !== undefined) return bytes;
    throw error;
  }
}

async function downloadFile({ base, cache }: Source, entry: FileEntry, progress?: (bytes: number) => void): Promise<Bytes> {
  const url = base + entry.name;
  // crypto.subtle is missing on plain http; there the browser itself checks the hash while it downloads.
  const bytes = await download(url, canHash() ? { cache } : { cache, integrity: `sha256-${base64(entry.sha256)}` }, progress);
  if (bytes.length !== entry.bytes) throw new LoadError("damaged", url);
  if (canHash() && (await sha256(bytes)) !== entry.sha256) throw new LoadError("damaged", url);
  return bytes;
}

/** The bytes on the device, when they are there and whole. Without crypto.subtle nobody could tell. */
export async function keptFile(entry: FileEntry): Promise<Bytes | undefined> {
  if (!canHash()) return undefined;
  return stored(entry.name, async (bytes) => (await sha256(bytes)) === entry.sha256);
}

// A record names a kept snapshot. Its name carries the counter, so that the newest is found without reading, and the hash of the text it holds.
const RECORD = /^\d{10}-[0-9a-f]{16}$/;
const recordName = (counter: number, hash: string) => `${String(counter).padStart(10, "0")}-${hash.slice(0, 16)}`;

export interface Kept {
  record: string;
  text: string;
  manifest: Manifest;
}

/** Snapshots on the device whose record is whole, newest first. Their signature was checked before they were kept, or the page brought them. */
export async function keptSnapshots(): Promise<Kept[]> {
  if (!canHash()) return [];
  const out: Kept[] = [];
  for (const record of (await storedNames()).filter((name) => RECORD.test(name)).sort()) {
    const bytes = await stored(record, async (held) => record.endsWith((await sha256(held)).slice(0, 16)));
    if (bytes === undefined) continue;
    const text = new TextDecoder().decode(bytes);
    try {
      out.unshift({ record, text, manifest: readManifest(text, record) });
    } catch {
      // Of another format, written by another version of this page.
    }
  }
  return out;
}

/** Writes the record of a snapshot whose files are kept: the last step, after which it counts. True when it outlasts this visit. */
export async function keepRecord(text: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(text) as Bytes;
  return keep(recordName(readManifest(text, "record").counter, await sha256(bytes)), bytes);
}

/** May a client that has `before` go on to `after`? As Follows in shared/snapshot/manifest.h. */
export const follows = (before: Manifest, after: Manifest) => after.counter > before.counter && after.data_date >= before.data_date;

export const canHash = () => globalThis.crypto?.subtle !== undefined;

export async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A connection that stays silent this long is given up.
const SILENT_MS = 20_000;

export async function download(url: string, init: RequestInit, progress?: (bytes: number) => void): Promise<Bytes> {
  const stop = typeof AbortController === "function" ? new AbortController() : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop?.abort(), SILENT_MS);
  };
  try {
    listen();
    const response = await fetch(url, { ...init, ...(stop && { signal: stop.signal }) });
    if (!response.ok) throw new Error(String(response.status));
    const reader = progress && response.body?.getReader();
    if (!reader) return new Uint8Array(await response.arrayBuffer());
    const parts: Bytes[] = [];
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      listen();
      parts.push(part.value);
      progress(part.value.length);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch {
    // Offline, cut off, silent, or refused by the integrity check.
    throw new LoadError("network", url);
  } finally {
    clearTimeout(timer);
  }
}

function base64(hash: string): string {
  const bytes = hash.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}
