// What the page asks of the search.
import searchUrl from "@wasm/search.wasm?url";
import { LoadError, type LoadReason } from "../../../wasm/js/load-error";
import { partKey } from "../../../wasm/js/snapshot";
import {
  type AbsentPart,
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
import { openSearcher } from "./searcher";

type Found = Hits<Hit | TextHit>;

export interface Search {
  /** Fetches the districts that the query names or that lie near its point, when they are not there; LoadError when that fails. */
  find(query: Query, fetching?: (district: string) => void): Promise<Found | CoreError>;
  suggest(text: string): Promise<Suggestion[]>;
  compare(ids: string[]): Promise<Comparison | CoreError>;
  links(id: string): Promise<Links | CoreError>;
}

// A district is asked for by name, or is where the visitor is. Otherwise the visitor chooses: fetching all of a large city is for nobody.
const NEARBY_M = 3000;

function toFetch(query: Query, { absent = [], understood }: Found, fetched: Set<string>): AbsentPart | undefined {
  const named = query.district !== undefined || understood.some(({ kind }) => kind === "district");
  return absent
    .filter(({ district }) => !fetched.has(district))
    .find(({ distance_m }) => named || (query.near !== undefined && distance_m !== undefined && distance_m <= NEARBY_M));
}

let opened: Promise<Search> | undefined;

/** One search for the whole visit; after a failure the next call starts afresh. */
export function openSearch(engine: Engine, cache: RequestCache = "default"): Promise<Search> {
  if (opened === undefined) {
    opened = start(engine, cache);
    opened.catch(() => {
      opened = undefined;
    });
  }
  return opened;
}

async function start(engine: Engine, cache: RequestCache): Promise<Search> {
  const wasm = new URL(searchUrl, document.baseURI).href;
  const ask = await openSearcher({ open: { wasm, source: { ...engine.source, cache }, database: engine.manifest.files.facilities } });
  return {
    find: async (query, fetching) => {
      const fetched = new Set<string>();
      let found = (await ask({ query })) as Found | CoreError;
      while (!isCoreError(found)) {
        const part = toFetch(query, found, fetched);
        if (part === undefined) break;
        fetched.add(part.district);
        fetching?.(part.district);
        const entry = engine.manifest.files[partKey(part.district)];
        const refused = (await ask({ part: { entry, facilities: part.facilities } })) as LoadReason | null;
        if (refused !== null) throw new LoadError(refused, part.district);
        found = (await ask({ query })) as Found | CoreError;
      }
      return found;
    },
    suggest: async (text) => {
      const answer = (await ask({ query: { suggest: text } })) as Suggest | CoreError;
      return isCoreError(answer) ? [] : answer.suggest;
    },
    compare: async (ids) => (await ask({ query: { compare: ids } })) as Comparison | CoreError,
    links: async (id) => (await ask({ query: { links: id } })) as Links | CoreError,
  };
}
