// A newer snapshot: fetched, checked, kept beside the one in use, and used from the next start. Loaded when the page is idle; nothing before this
// uses what came from the network later than the page itself.
import { verifyAsync } from "@noble/ed25519";
import { LoadError } from "../../../wasm/js/load-error";
import {
  canHash,
  download,
  type FileEntry,
  fetchFile,
  follows,
  isPart,
  keepRecord,
  keptFile,
  keptSnapshots,
  type Manifest,
  readManifest,
  type Source,
} from "../../../wasm/js/snapshot";
import { forget, keep, QuotaError, storedNames } from "../../../wasm/js/store";

/** How a check ended. All but "installed" leave everything as it was. */
export type Outcome = "current" | "installed" | "older" | "forged" | "damaged" | "network" | "quota" | "unkept" | "unsupported";

export interface Using {
  manifest: Manifest;
  /** Of the manifest in use, to the byte. */
  text: string;
  base: string;
}
export interface Answer {
  outcome: Outcome;
  /** What was installed. */
  manifest?: Manifest;
}

const SIGNED_END = /"signature":"([0-9a-f]{128})"\}$/;

/** Was exactly this text signed with the secret key that belongs to `key` (64 hex)? */
export async function verifyManifest(text: string, key: string): Promise<boolean> {
  const hex = SIGNED_END.exec(text)?.[1];
  if (hex === undefined) return false;
  const message = new TextEncoder().encode(text.replace(SIGNED_END, '"signature":null}'));
  // Not the laxer rules of ZIP 215: what libsodium accepts is accepted here.
  return verifyAsync(fromHex(hex), message, fromHex(key), { zip215: false }).catch(() => false);
}

/** The server's manifest, when its signature is good. Errors: network, damaged (also: forged). */
export async function fetchManifest(base: string, key: string): Promise<{ text: string; manifest: Manifest }> {
  const url = `${base}manifest.json`;
  const text = await fetchText(url);
  if (!(await verifyManifest(text, key))) throw new LoadError("damaged", url);
  return { text, manifest: readManifest(text, url) };
}

/**
 * Looks for a newer snapshot and installs it. `opens`: can the core use this policy? `progress`: bytes so far, of how many.
 * One tab at a time where the browser can arrange it; where it cannot, two do the same work and nothing else happens.
 */
export async function update(
  using: Using,
  key: string,
  opens: (policy: Uint8Array) => Promise<boolean>,
  progress: (bytes: number, all: number) => void,
): Promise<Answer> {
  if (!canHash()) return { outcome: "unsupported" };
  return alone(async () => {
    try {
      return await install(using, key, opens, progress);
    } catch (error) {
      if (error instanceof QuotaError) return { outcome: "quota" };
      return { outcome: error instanceof LoadError && error.reason === "network" ? "network" : "damaged" };
    }
  });
}

async function install(
  using: Using,
  key: string,
  opens: (policy: Uint8Array) => Promise<boolean>,
  progress: (bytes: number, all: number) => void,
): Promise<Answer> {
  const url = `${using.base}manifest.json`;
  const text = await fetchText(url);
  if (text === using.text) return { outcome: "current" };
  if (!(await verifyManifest(text, key))) {
    readManifest(text, url);
    return { outcome: "forged" };
  }
  if ((JSON.parse(text) as { format?: string }).format !== using.manifest.format) return { outcome: "unsupported" };
  const manifest = readManifest(text, url);
  // The same one may be kept already, or be kept with files that are gone: then what is missing is fetched.
  const others = (await keptSnapshots()).filter((one) => one.text !== text);
  const newest = others.reduce((best, one) => (one.manifest.counter > best.counter ? one.manifest : best), using.manifest);
  if (!follows(newest, manifest)) return { outcome: "older" };

  const entries: FileEntry[] = [];
  for (const [key, entry] of Object.entries(manifest.files)) {
    // Of the districts, those that are on the device now.
    const before = using.manifest.files[key];
    if (!isPart(key) || (before !== undefined && (await keptFile(before)) !== undefined)) entries.push(entry);
  }
  const all = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const advance = (bytes: number) => {
    done += bytes;
    progress(done, all);
  };
  const source: Source = { base: using.base, cache: "default", kept: true };
  let lasts = true;
  let policy: Uint8Array | undefined;
  for (const entry of entries) {
    const before = done;
    const bytes = await fetchFile(source, entry, advance);
    done = before;
    advance(entry.bytes);
    if (entry === manifest.files.policy) policy = bytes;
    if ((await keptFile(entry)) === undefined) lasts = (await keepSomehow(using, manifest, entry.name, bytes)) && lasts;
  }
  if (policy === undefined || !(await opens(policy))) return { outcome: "damaged" };
  if (!lasts || !(await keepRecord(text))) return { outcome: "unkept" };
  return { outcome: "installed", manifest };
}

// A full device may hold snapshots that nobody needs any more.
async function keepSomehow(using: Using, coming: Manifest, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    return await keep(name, bytes);
  } catch {
    await removeOld(using, 0, new Set(Object.values(coming.files).map((file) => file.name)));
    return keep(name, bytes);
  }
}

/** Keeps the snapshot in use as the last good one, and removes what is older than it and the one before. Failures are of no interest: it is in use. */
export async function keepUsed(using: Using): Promise<void> {
  if (!canHash()) return;
  await alone(async () => {
    const source: Source = { base: using.base, cache: "default", kept: false };
    for (const [key, entry] of Object.entries(using.manifest.files)) {
      if (isPart(key)) continue;
      if ((await keptFile(entry)) === undefined) await keep(entry.name, await fetchFile(source, entry));
    }
    if (!(await keptSnapshots()).some(({ text }) => text === using.text)) await keepRecord(using.text);
    await removeOld(using, 1, new Set());
  }).catch(() => undefined);
}

// Records first: a snapshot without its record is none, so a stop in between leaves only files that the next call removes.
async function removeOld(using: Using, spare: number, needed: Set<string>): Promise<void> {
  const kept = await keptSnapshots();
  const older = kept.filter(({ text, manifest }) => text !== using.text && manifest.counter <= using.manifest.counter);
  const gone = new Set(older.slice(spare).map(({ record }) => record));
  for (const record of gone) await forget(record);
  const manifests = [using.manifest, ...kept.filter(({ record }) => !gone.has(record)).map(({ manifest }) => manifest)];
  for (const { record } of kept) if (!gone.has(record)) needed.add(record);
  for (const { files } of manifests) for (const { name } of Object.values(files)) needed.add(name);
  for (const name of await storedNames()) if (!needed.has(name)) await forget(name);
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks === undefined ? work() : (locks.request("chuncheng.snapshot", work) as Promise<T>);
}

async function fetchText(url: string): Promise<string> {
  return new TextDecoder().decode(await download(url, { cache: "no-store" }));
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
}
