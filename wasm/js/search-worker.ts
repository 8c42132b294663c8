// A Worker that holds the search, so that typing never waits for it.
import { answer, type FromSearch, type ToSearch } from "./search-module";

// The types of a Worker clash with those of a page, so only what is used is named.
const scope = self as unknown as { postMessage(message: FromSearch): void; onmessage: (event: MessageEvent<ToSearch>) => void };
scope.onmessage = async ({ data }) => scope.postMessage(await answer(data));
