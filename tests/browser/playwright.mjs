// The browser for the scripts in this folder: Debian's Chromium, driven by the packages installed for the web folder.
import { createRequire } from "node:module";

export const require = createRequire(new URL("../../web/package.json", import.meta.url));

// What Playwright switches off; a second list replaces its own.
const PLAYWRIGHTS = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];
// The address bar's list is two pages of the browser's own, made anew for each page of a test: half of all the work.
const POPUPS = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

export function launch(more = []) {
  const { chromium } = require("playwright-core");
  const off = [...PLAYWRIGHTS, ...POPUPS].join();
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", `--disable-features=${off}`, ...more],
  });
}

/** Writes answers where the page keeps them, before the page's own script runs. */
export function preset(page, profile) {
  return page.addInitScript((text) => {
    if (sessionStorage.getItem("preset") === null) {
      localStorage.setItem("chuncheng.answers", text);
      sessionStorage.setItem("preset", "1");
    }
  }, JSON.stringify(profile));
}
