// What the visitor is looking for, as the form holds it, and the query it means.
import type { HitKind, Query, Sort } from "../../../wasm/js/types";

export const KINDS: HitKind[] = ["facility", "benefit", "plan", "indicator", "source"];

export interface Wish {
  q: string;
  kind: HitKind;
  /** Words of `q` that are to be searched as they stand, not understood as a filter. */
  literal: string[];
  district: string;
  type: string;
  stage: string;
  beds: string;
  sort: Sort;
  near?: { lat: number; lon: number } | undefined;
}

export const NO_WISH: Wish = { q: "", kind: "facility", literal: [], district: "", type: "", stage: "", beds: "", sort: "relevance" };

// Leaving the page and coming back must not lose what was looked for.
let last: Wish | undefined;

export const lastWish = () => last;

export function keepWish(wish: Wish) {
  last = wish;
}

/** What the page is to look for when it is entered next. */
export function presetWish(part: Partial<Wish>) {
  last = { ...NO_WISH, ...part };
}

export function queryOf(wish: Wish): Query {
  const beds = Number(wish.beds.normalize("NFKC"));
  const q = wish.q.trim();
  // A text has neither place nor beds: only the words are looked for.
  if (wish.kind !== "facility") return { q, kind: [wish.kind], literal: wish.literal };
  return {
    ...(q !== "" && { q, literal: wish.literal }),
    ...(wish.district !== "" && { district: [wish.district] }),
    ...(wish.type !== "" && { type: [wish.type] }),
    ...(wish.stage !== "" && { stage: [wish.stage] }),
    ...(Number.isInteger(beds) && beds > 0 && { beds_min: beds }),
    ...(wish.near !== undefined && { near: wish.near }),
    sort: wish.sort,
  };
}
