// Loads what journey 1 needs, then puts the app in place of the static text; says plainly when that fails.
import { render } from "preact";
import { LoadError, type LoadReason } from "../../wasm/js/load-error";
import { afterPaint } from "./after-paint";
import { App } from "./app";
import { openEngine } from "./engine";
import { prepareSearchWhenIdle } from "./find/prepare";
import { prepareLaterWhenIdle } from "./later";
import { stayWhenIdle } from "./offline/stay";
import "./style.css";
import { checkWhenIdle } from "./update/check";

// Inside somebody else's page: without the site's own frame, from the first moment.
const embedded = /[?&]embed=/.test(location.search) ? import("./embed/page") : undefined;
if (embedded !== undefined) document.documentElement.classList.add("embed");

if (/MicroMessenger/i.test(navigator.userAgent)) import("./wechat").then(({ guideDownloads }) => guideDownloads());

// `careful`: before anything is drawn, the core has to take the policy.
async function start(cache: RequestCache, careful = false) {
  try {
    // The colours of the page around are there before anything is drawn.
    const [engine, frame] = await Promise.all([openEngine(cache, careful), embedded]);
    const app = document.getElementById("app");
    if (app === null) return;
    render(null, app);
    app.textContent = "";
    render(<App engine={engine} />, app);
    afterPaint(() => {
      if (engine.load() !== null) return void start(cache, true);
      frame?.embed(engine);
      prepareLaterWhenIdle(engine);
      prepareSearchWhenIdle(engine);
      checkWhenIdle(engine);
      stayWhenIdle(engine);
    });
  } catch (error) {
    const reason = error instanceof LoadError ? error.reason : "engine";
    failed(reason);
    embedded?.then(({ sayError }) => sayError(reason));
  }
}

// The texts may be what is missing, so these sentences stand in index.html.
function failed(reason: LoadReason) {
  const box = document.getElementById("boot-failed");
  const wait = document.getElementById("boot-wait");
  if (box === null || wait === null) return;
  wait.hidden = true;
  for (const line of box.querySelectorAll<HTMLElement>("[data-reason]")) line.hidden = line.dataset.reason !== reason;
  box.hidden = false;
  const retry = box.querySelector("button");
  if (retry === null) return;
  retry.onclick = () => {
    box.hidden = true;
    wait.hidden = false;
    // A damaged copy may sit in the browser's cache.
    void start("reload");
  };
}

void start("default");
