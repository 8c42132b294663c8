// Where the visitor is: in the fragment, which no server ever sees. It names a question, never an answer.
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { page: "home" | "who" | "about" | "data" | "estimate" | "settings" }
  | { page: "coverage" | "plan" | "result" | "share"; part: string | undefined }
  | { page: "find"; facility: { id: string; name: string } | undefined }
  | { page: "scale"; scale: string | undefined; step: string | undefined; after: "next" | "result" }
  | { page: "question"; subject: string; fact: string; after: "next" | "result" };

export const path = {
  home: "#/",
  who: "#/check",
  result: "#/result",
  /** What to bring and where to go, to print. */
  list: "#/result/list",
  find: "#/find",
  facility: (id: string, name: string) => `#/find/${encodeURIComponent(id)}/${encodeURIComponent(name)}`,
  about: "#/about",
  coverage: "#/coverage",
  /** A benefit in the list of what the plan gives. */
  benefit: (id: string) => `#/coverage/${encodeURIComponent(id)}`,
  plan: "#/plan",
  /** A theme, a section or an entry of the plan. */
  planPart: (part: string) => `#/plan/${encodeURIComponent(part)}`,
  data: "#/data",
  settings: "#/settings",
  scale: "#/scale",
  /** The start of a scale, one of its questions, or its "result". */
  scaleStep: (scale: string, step = "", after: "next" | "result" = "next") =>
    `#/scale/${encodeURIComponent(scale)}${step && `/${encodeURIComponent(step)}`}${after === "result" ? "/result" : ""}`,
  estimate: "#/estimate",
  question: (ask: { subject: string; fact: string }, after: "next" | "result" = "next") =>
    `#/check/${encodeURIComponent(ask.subject)}/${encodeURIComponent(ask.fact)}${after === "result" ? "/result" : ""}`,
};

export function parseRoute(hash: string): Route {
  const [page, subject, fact, last] = hash.replace(/^#\/?/, "").split("/").map(decode);
  const after = last === "result" ? last : "next";
  if (page === "check" && subject && fact) return { page: "question", subject, fact, after };
  if (page === "scale") return { page, scale: subject, step: fact, after };
  if (page === "check") return { page: "who" };
  if (page === "coverage" || page === "plan" || page === "result" || page === "share") return { page, part: subject || undefined };
  if (page === "find") return { page, facility: subject ? { id: subject, name: fact ?? "" } : undefined };
  return { page: page === "about" || page === "data" || page === "estimate" || page === "settings" ? page : "home" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export function go(hash: string) {
  location.hash = hash;
}

// How many of our own pages lie behind this one, kept in the history entry itself so that it survives back, forward and reload.
let depth = 0;

function remember() {
  const kept: unknown = history.state?.depth;
  depth = typeof kept === "number" ? kept : depth + 1;
  if (kept === undefined) history.replaceState({ depth }, "");
}

/** One step back inside the site; when the visitor came in from outside, the first step of the check. */
export function back() {
  if (depth > 0) history.back();
  else go(path.who);
}

const read = (): [string, Route] => [location.hash, parseRoute(location.hash)];

export function useRoute(): Route {
  const [[hash, route], setRoute] = useState(() => read());
  useEffect(() => {
    if (history.state?.depth === undefined) history.replaceState({ depth: 0 }, "");
    else depth = history.state.depth;
    const changed = () => {
      remember();
      setRoute(read());
    };
    addEventListener("hashchange", changed);
    // Between the first drawing and now nobody listened.
    if (location.hash !== hash) changed();
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
