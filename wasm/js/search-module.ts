// search.wasm with its database, and the districts added to it: the same in a Worker and, where there is none, beside the page.
import { fetchModule } from "./fetch-module";
import { LoadError, type LoadReason } from "./load-error";
import type { CoreModule } from "./module";
import { type FileEntry, fetchFile, type Source } from "./snapshot";
import { keep } from "./store";
import { type CoreError, isCoreError } from "./types";

export interface PartOrder {
  entry: FileEntry | undefined;
  facilities: number;
}
/** `part`: the facilities of a district are to be there too; the answer is null or why not. */
export type ToSearch =
  | { open: { wasm: string; source: Source; database: FileEntry | undefined } }
  | { id: number; query: unknown }
  | { id: number; part: PartOrder };
export type FromSearch = { ready: true } | { failed: LoadReason } | { id: number; answer: unknown };

const NOT_LOADED: CoreError = { error: { code: "not.loaded" } };
let engine: { module: CoreModule; source: Source; database: Uint8Array } | undefined;

// A phone has room for so many facilities; with more, those of the districts looked at before go.
const MOST_FACILITIES = 150_000;
const loaded = new Map<string, number>();

/** The answer to one message. Never rejects. */
export async function answer(message: ToSearch): Promise<FromSearch> {
  if ("part" in message) return { id: message.id, answer: await addPart(message.part).then(() => null, reasonOf) };
  if ("id" in message) return { id: message.id, answer: engine?.module.call(message.query) ?? NOT_LOADED };
  return open(message.open).then(
    () => ({ ready: true }),
    (error) => ({ failed: reasonOf(error) }),
  );
}

const reasonOf = (error: unknown): LoadReason => (error instanceof LoadError ? error.reason : "engine");

async function open({ wasm, source, database }: { wasm: string; source: Source; database: FileEntry | undefined }) {
  const [module, bytes] = await Promise.all([fetchModule(wasm, source.cache), fetchFile(source, database)]);
  if (isCoreError(module.load(bytes))) throw new LoadError("damaged", wasm);
  engine = { module, source, database: bytes };
}

async function addPart({ entry, facilities }: PartOrder) {
  if (engine === undefined || entry === undefined) throw new LoadError("damaged", "search");
  if (loaded.has(entry.name)) return;
  const { module, source, database } = engine;
  // On the device first: names carry the hash of what they name.
  const bytes = await fetchFile({ ...source, kept: true }, entry);
  const all = [...loaded.values()].reduce((sum, one) => sum + one, facilities);
  if (loaded.size > 0 && all > MOST_FACILITIES) {
    module.load(database);
    loaded.clear();
  }
  if (isCoreError(module.load(bytes))) throw new LoadError("damaged", entry.name);
  loaded.set(entry.name, facilities);
  // For the next visit, and for one without a network; where there is no room it is fetched again.
  await keep(entry.name, bytes).catch(() => undefined);
}
