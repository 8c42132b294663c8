// The page's side of the search Worker: ask, and wait for the answer with the same number.
import searchUrl from "@wasm/search.wasm?url";
import { LoadError } from "../../../wasm/js/load-error";
import type { FromWorker, ToWorker } from "../../../wasm/js/search-worker";
import {
  type Comparison,
  type CoreError,
  type Hit,
  type Hits,
  isCoreError,
  type Links,
  type Query,
  type Suggest,
  type Suggestion,
  type TextHit,
} from "../../../wasm/js/types";
import type { Engine } from "../engine";

export interface Search {
  find(query: Query): Promise<Hits<Hit | TextHit> | CoreError>;
  suggest(text: string): Promise<Suggestion[]>;
  compare(ids: string[]): Promise<Comparison | CoreError>;
  links(id: string): Promise<Links | CoreError>;
}

let opened: Promise<Search> | undefined;

/** One Worker for the whole visit; after a failure the next call starts afresh. */
export function openSearch(engine: Engine, cache: RequestCache = "default"): Promise<Search> {
  if (opened === undefined) {
    opened = start(engine, cache);
    opened.catch(() => {
      opened = undefined;
    });
  }
  return opened;
}

function start(engine: Engine, cache: RequestCache): Promise<Search> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("../../../wasm/js/search-worker.ts", import.meta.url), { type: "module" });
    const send = (message: ToWorker) => worker.postMessage(message);
    const waiting = new Map<number, (answer: unknown) => void>();
    let count = 0;
    const ask = (query: unknown) =>
      new Promise<unknown>((answered) => {
        waiting.set(++count, answered);
        send({ id: count, query });
      });
    const fail = (error: LoadError) => {
      worker.terminate();
      reject(error);
    };
    worker.onerror = () => fail(new LoadError("network", "search-worker"));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ("failed" in data) fail(new LoadError(data.failed, "search"));
      else if ("id" in data) {
        waiting.get(data.id)?.(data.answer);
        waiting.delete(data.id);
      } else
        resolve({
          find: async (query) => (await ask(query)) as Hits<Hit | TextHit> | CoreError,
          suggest: async (text) => {
            const answer = (await ask({ suggest: text })) as Suggest | CoreError;
            return isCoreError(answer) ? [] : answer.suggest;
          },
          compare: async (ids) => (await ask({ compare: ids })) as Comparison | CoreError,
          links: async (id) => (await ask({ links: id })) as Links | CoreError,
        });
    };
    const wasm = new URL(searchUrl, document.baseURI).href;
    send({ open: { wasm, source: { ...engine.source, cache }, database: engine.manifest.files.facilities } });
  });
}
