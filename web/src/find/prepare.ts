// Fetches the search while the visitor is busy elsewhere, so that it is there (and works offline) when wanted.
import type { Engine } from "../engine";

const LATER_MS = 3000;

export const loadFindPage = () => import("./find-page");

export function prepareSearchWhenIdle(engine: Engine) {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  const prepare = () => {
    // A failure here is of no interest: entering the page tries again and reports.
    loadFindPage()
      .then(({ openSearch }) => openSearch(engine))
      .catch(() => undefined);
  };
  setTimeout(() => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(prepare);
    else prepare();
  }, LATER_MS);
}
