// The browser for the scripts in this folder: Debian's Chromium, driven by the packages installed for the web folder.
import { createRequire } from "node:module";

export const require = createRequire(new URL("../../web/package.json", import.meta.url));

export function launch(more = []) {
  const { chromium } = require("playwright-core");
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", ...more] });
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
