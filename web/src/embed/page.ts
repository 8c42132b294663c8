// The page inside somebody else's: its colours, its height, and what the page around is told. Loaded only with ?embed=.
import { isCoreError } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { answeredCount, currentHousehold, openQuestions } from "../household";
import { parseRoute } from "../route";
import { t } from "../texts";
import { type FromFrame, type ToFrame, VERSION } from "./protocol";
import { themeOf } from "./theme";

type Said = FromFrame extends infer One ? (One extends unknown ? Omit<One, "chuncheng"> : never) : never;

const asked = new URLSearchParams(location.search);
const theme = themeOf(asked);
const root = document.documentElement;

/** Dark or of more contrast, as the reader wants it, goes before the colours of the page around. */
function colour() {
  const own = root.dataset.theme === undefined && root.dataset.contrast === undefined;
  for (const [name, value] of Object.entries(theme.properties)) {
    if (own) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  }
}
colour();
new MutationObserver(colour).observe(root, { attributeFilter: ["data-theme", "data-contrast"] });
// For this visit: what is kept is the reader's.
if (asked.has("elder") && window.settings !== undefined) window.settings.apply({ ...window.settings.kept, elder: true });

/** Origins that are told more than heights: this site's own, and those that whoever runs it has named. */
async function listed(): Promise<string[]> {
  try {
    const response = await fetch(new URL("embed-origins.json", document.baseURI).href, { cache: "no-cache" });
    const list: unknown = await response.json();
    const { format, origins } = list as { format?: unknown; origins?: unknown };
    if (format === "km-embed-origins/1" && Array.isArray(origins)) return [location.origin, ...origins];
  } catch {
    // Not there or not readable: then nobody else.
  }
  return [location.origin];
}

// Whom the details go to: an origin that said hello and is on the list.
let friend: string | undefined;
// What is told when there is somebody to tell it to.
let tell = () => {};

function say(message: Said, to: string | undefined) {
  if (to !== undefined && parent !== window) parent.postMessage({ chuncheng: VERSION, ...message }, to);
}

const list = listed();
addEventListener("message", async ({ source, origin, data }: MessageEvent<ToFrame | undefined>) => {
  if (source !== parent || data?.chuncheng !== VERSION || data.type !== "hello" || friend !== undefined) return;
  if (!(await list).includes(origin) || friend !== undefined) return;
  friend = origin;
  tell();
});
sayHeights();

/** The page could not be opened; what it says about it stands in the frame. */
export function sayError(reason: string) {
  tell = () => say({ type: "error", reason }, friend);
  tell();
}

export function embed(engine: Engine) {
  foot();
  openOutside();
  const step = () => {
    const household = currentHousehold();
    const result = engine.evaluate(household);
    if (isCoreError(result)) return sayError(result.error.code);
    const { page } = parseRoute(location.hash);
    const questions = page === "question" && { asked: answeredCount(household), left: openQuestions(household, result).length };
    say({ type: "step", page, ...questions }, friend);
    if (page !== "result") return;
    const count = (verdict: string) => result.results.filter((one) => one.verdict === verdict).length;
    say({ type: "result", yes: count("yes"), open: count("open"), no: count("no") }, friend);
  };
  tell = () => {
    say({ type: "ready", data_date: engine.manifest.data_date, refused: theme.refused }, friend);
    step();
  };
  tell();
  // After the page's own listener has changed the route and the answers are in.
  addEventListener("hashchange", () => setTimeout(step));
}

/** Everybody may know how high the page is, or the frame could not fit. */
function sayHeights() {
  let top = false;
  let said = 0;
  const measure = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === said && !top) return;
    said = height;
    say({ type: "resize", height, top }, "*");
    top = false;
  };
  addEventListener("hashchange", () => {
    top = true;
    requestAnimationFrame(measure);
  });
  if (typeof ResizeObserver === "function") new ResizeObserver(measure).observe(document.body);
  else setInterval(measure, 500);
  measure();
}

/** Maps and documents of others do not open inside a frame. */
function openOutside() {
  document.addEventListener("click", ({ target }) => {
    const link = (target as Element).closest("a");
    if (link === null || !/^https?:$/.test(link.protocol) || link.origin === location.origin) return;
    link.target = "_blank";
    link.rel = "noopener";
  });
}

/** In place of the site's own frame: whose page this is, that it decides nothing, and the way to the whole site. */
function foot() {
  const foot = document.createElement("footer");
  foot.className = "bottom";
  const link = document.createElement("a");
  link.href = new URL("./", document.baseURI).href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = t("web.title");
  foot.append(link, " ", t("web.home.disclaimer"));
  document.body.append(foot);
}
