// What the visitor is looking for, as the form holds it, and the query it means.
import type { Query, Sort } from "../../../wasm/js/types";

export interface Wish {
  q: string;
  district: string;
  type: string;
  stage: string;
  beds: string;
  sort: Sort;
  near?: { lat: number; lon: number } | undefined;
}

export const NO_WISH: Wish = { q: "", district: "", type: "", stage: "", beds: "", sort: "relevance" };

export function queryOf(wish: Wish): Query {
  const beds = Number(wish.beds.normalize("NFKC"));
  return {
    ...(wish.q.trim() !== "" && { q: wish.q.trim() }),
    ...(wish.district !== "" && { district: [wish.district] }),
    ...(wish.type !== "" && { type: [wish.type] }),
    ...(wish.stage !== "" && { stage: [wish.stage] }),
    ...(Number.isInteger(beds) && beds > 0 && { beds_min: beds }),
    ...(wish.near !== undefined && { near: wish.near }),
    sort: wish.sort,
  };
}
