// Loads what journey 1 needs, then puts the app in place of the static text; says plainly when that fails.
import { render } from "preact";
import { LoadError, type LoadReason } from "../../wasm/js/load-error";
import { afterPaint } from "./after-paint";
import { App } from "./app";
import { type Engine, openEngine, type Shell } from "./engine";
import { prepareSearchWhenIdle } from "./find/prepare";
import { answeredCount, currentHousehold } from "./household";
import { prepareLaterWhenIdle } from "./later";
import { stayWhenIdle } from "./offline/stay";
import { parseRoute } from "./route";
import "./style.css";
import { checkWhenIdle } from "./update/check";

// Inside somebody else's page: without the site's own frame, from the first moment.
const embedded = /[?&]embed=/.test(location.search) ? import("./embed/page") : undefined;
if (embedded !== undefined) document.documentElement.classList.add("embed");

if (/MicroMessenger/i.test(navigator.userAgent)) import("./wechat").then(({ guideDownloads }) => guideDownloads());

let drawn = false;
function draw(shell: Shell, engine?: Engine) {
  const app = document.getElementById("app");
  if (app === null) return;
  if (!drawn) app.textContent = "";
  drawn = true;
  render(<App shell={shell} engine={engine} />, app);
}

// `careful`: before the core is used, it has to take the policy.
async function start(cache: RequestCache, careful = false) {
  try {
    const [engine, frame] = await Promise.all([
      openEngine(cache, careful, (shell) => {
        // What needs the core is not drawn without it, so that nothing on the page moves when it comes; nor is a part of somebody else's page before that
        // page's colours are there.
        if (embedded === undefined && withoutCore()) draw(shell);
      }),
      embedded,
    ]);
    draw(engine, engine);
    // The first moments of a page belong to its reader, not to the core.
    afterPaint(() => setTimeout(goOn, frame === undefined ? 300 : 0));
    const goOn = () => {
      if (engine.load() !== null) return void start(cache, true);
      frame?.embed(engine);
      prepareLaterWhenIdle(engine);
      prepareSearchWhenIdle(engine);
      checkWhenIdle(engine);
      stayWhenIdle(engine);
    };
  } catch (error) {
    const reason = error instanceof LoadError ? error.reason : "engine";
    failed(reason);
    embedded?.then(({ sayError }) => sayError(reason));
  }
}

function withoutCore(): boolean {
  const { page } = parseRoute(location.hash);
  return page === "who" || (page === "home" && answeredCount(currentHousehold()) === 0);
}

// The texts may be what is missing, so these sentences stand in index.html.
function failed(reason: LoadReason) {
  const app = document.getElementById("app");
  // A page that waits for the core would wait for ever; it comes back with what was typed there.
  if (app !== null && drawn) app.hidden = true;
  const box = document.getElementById("boot-failed");
  if (box === null) return;
  wait(false);
  for (const line of box.querySelectorAll<HTMLElement>("[data-reason]")) line.hidden = line.dataset.reason !== reason;
  box.hidden = false;
  const retry = box.querySelector("button");
  if (retry === null) return;
  retry.onclick = () => {
    box.hidden = true;
    if (app !== null) app.hidden = false;
    wait(true);
    // A damaged copy may sit in the browser's cache.
    void start("reload");
  };
}

// Gone once a page was drawn.
function wait(shown: boolean) {
  const line = document.getElementById("boot-wait");
  if (line !== null) line.hidden = !shown;
}

void start("default");
