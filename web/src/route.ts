// Where the visitor is: in the fragment, which no server ever sees. It names a question, never an answer.
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { page: "home" | "who" | "result" | "find" | "about" | "data" | "settings" }
  | { page: "coverage" | "plan"; part: string | undefined }
  | { page: "question"; subject: string; fact: string; after: "next" | "result" };

export const path = {
  home: "#/",
  who: "#/check",
  result: "#/result",
  find: "#/find",
  about: "#/about",
  coverage: "#/coverage",
  /** A benefit in the list of what the plan gives. */
  benefit: (id: string) => `#/coverage/${encodeURIComponent(id)}`,
  plan: "#/plan",
  /** A theme, a section or an entry of the plan. */
  planPart: (part: string) => `#/plan/${encodeURIComponent(part)}`,
  data: "#/data",
  settings: "#/settings",
  question: (ask: { subject: string; fact: string }, after: "next" | "result" = "next") =>
    `#/check/${encodeURIComponent(ask.subject)}/${encodeURIComponent(ask.fact)}${after === "result" ? "/result" : ""}`,
};

export function parseRoute(hash: string): Route {
  const [page, subject, fact, after] = hash.replace(/^#\/?/, "").split("/").map(decode);
  if (page === "check" && subject && fact) return { page: "question", subject, fact, after: after === "result" ? "result" : "next" };
  if (page === "check") return { page: "who" };
  if (page === "coverage" || page === "plan") return { page, part: subject || undefined };
  return { page: page === "result" || page === "find" || page === "about" || page === "data" || page === "settings" ? page : "home" };
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

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    if (history.state?.depth === undefined) history.replaceState({ depth: 0 }, "");
    else depth = history.state.depth;
    const changed = () => {
      remember();
      setRoute(parseRoute(location.hash));
    };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
