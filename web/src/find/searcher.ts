// Where the search runs: in a Worker, or beside the page where a browser (some WeChat webviews) has none or does not start it.
import { LoadError } from "../../../wasm/js/load-error";
import type { FromSearch, ToSearch } from "../../../wasm/js/search-module";
import "../trusted";

type Open = Extract<ToSearch, { open: unknown }>;
export type Ask = (what: { query: unknown } | Pick<Extract<ToSearch, { part: unknown }>, "part">) => Promise<unknown>;

/** Opens the search; LoadError when it cannot be had. */
export async function openSearcher(order: Open): Promise<Ask> {
  return (await inWorker(order)) ?? besidePage(order);
}

/** Undefined when there is no Worker to be had: it says nothing before it breaks. */
function inWorker(order: Open): Promise<Ask | undefined> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = new Worker(new URL("../../../wasm/js/search-worker.ts", import.meta.url), { type: "module" });
    } catch {
      return resolve(undefined);
    }
    const waiting = new Map<number, (answer: unknown) => void>();
    let count = 0;
    worker.onerror = () => {
      worker.terminate();
      resolve(undefined);
    };
    worker.onmessage = ({ data }: MessageEvent<FromSearch>) => {
      if ("failed" in data) {
        worker.terminate();
        reject(new LoadError(data.failed, "search"));
      } else if ("id" in data) {
        waiting.get(data.id)?.(data.answer);
        waiting.delete(data.id);
      } else {
        resolve(
          (what) =>
            new Promise((answered) => {
              waiting.set(++count, answered);
              worker.postMessage({ id: count, ...what } satisfies ToSearch);
            }),
        );
      }
    };
    worker.postMessage(order);
  });
}

async function besidePage(order: Open): Promise<Ask> {
  const { answer } = await import("../../../wasm/js/search-module").catch(() => {
    throw new LoadError("network", "search-module");
  });
  const opened = await answer(order);
  if ("failed" in opened) throw new LoadError(opened.failed, "search");
  return async (what) => {
    const said = await answer({ id: 0, ...what });
    return "id" in said ? said.answer : undefined;
  };
}
