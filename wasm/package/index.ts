export * from "./core";

/** Where the modules lie in this package: to be read in Node.js, to be fetched in a browser. */
export const wasm = {
  /** Verdicts and amounts of a household. Load a policy. */
  eligibility: new URL("./eligibility.wasm", import.meta.url),
  /** All of `eligibility`, and timelines, combinations, scales and more. Load a policy, then its supplement. */
  advice: new URL("./advice.wasm", import.meta.url),
  /** Search of facilities and policies. Load a facilities database. */
  search: new URL("./search.wasm", import.meta.url),
};
