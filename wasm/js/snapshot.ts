// The downloadable data (docs/interfaces.md, section 4): a manifest, and files that must be what the manifest says.
import { LoadError } from "./load-error";

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

/** `base` ends with a slash. */
export async function fetchManifest(base: string, cache: RequestCache = "default"): Promise<Manifest> {
  const url = `${base}manifest.json`;
  return readManifest(new TextDecoder().decode(await download(url, { cache })), url);
}

export function readManifest(text: string, file: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === "km-snapshot/1" && typeof manifest.files === "object") return manifest;
  } catch {
    // Not JSON: the same as not ours.
  }
  throw new LoadError("damaged", file);
}

export async function fetchFile(
  base: string,
  entry: FileEntry | undefined,
  cache: RequestCache = "default",
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry === undefined) throw new LoadError("damaged", base);
  const url = base + entry.name;
  // crypto.subtle is missing on plain http; there the browser itself checks the hash while it downloads.
  const subtle = globalThis.crypto?.subtle;
  const bytes = await download(url, subtle ? { cache } : { cache, integrity: `sha256-${base64(entry.sha256)}` });
  if (bytes.length !== entry.bytes) throw new LoadError("damaged", url);
  if (subtle && hex(await subtle.digest("SHA-256", bytes)) !== entry.sha256) throw new LoadError("damaged", url);
  return bytes;
}

async function download(url: string, init: RequestInit): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, init);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {
    // Offline, cut off, or refused by the integrity check.
  }
  throw new LoadError("network", url);
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(sha256: string): string {
  const bytes = sha256.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}
