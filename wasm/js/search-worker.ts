// A Worker that holds search.wasm and its database, so that typing never waits for a search.
import { LoadError, type LoadReason } from "./load-error";
import { CoreModule } from "./module";
import { type FileEntry, fetchFile, type Source } from "./snapshot";
import { type CoreError, isCoreError } from "./types";

export type ToWorker = { open: { wasm: string; source: Source; database: FileEntry | undefined } } | { id: number; query: unknown };
export type FromWorker = { ready: true } | { failed: LoadReason } | { id: number; answer: unknown };

// The types of a Worker clash with those of a page, so only what is used is named.
const scope = self as unknown as { postMessage(message: FromWorker): void; onmessage: (event: MessageEvent<ToWorker>) => void };
const NOT_LOADED: CoreError = { error: { code: "not.loaded" } };
let engine: CoreModule | undefined;

scope.onmessage = async ({ data }) => {
  if ("id" in data) {
    scope.postMessage({ id: data.id, answer: engine?.call(data.query) ?? NOT_LOADED });
    return;
  }
  try {
    const { wasm, source, database } = data.open;
    const [module, bytes] = await Promise.all([CoreModule.open(wasm, source.cache), fetchFile(source, database)]);
    const refused = module.load(bytes);
    if (isCoreError(refused)) throw new LoadError("damaged", wasm);
    engine = module;
    scope.postMessage({ ready: true });
  } catch (error) {
    scope.postMessage({ failed: error instanceof LoadError ? error.reason : "engine" });
  }
};
