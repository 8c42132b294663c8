// Fetches the search while the visitor is busy elsewhere, so that it is there (and works offline) when wanted.
import type { Engine } from "../engine";
import { whenIdle } from "../idle";

const LATER_MS = 3000;

export const loadFindPage = () => import("./find-page");

export function prepareSearchWhenIdle(engine: Engine) {
  // A failure here is of no interest: entering the page tries again and reports.
  whenIdle(LATER_MS, () =>
    loadFindPage()
      .then(({ openSearch }) => openSearch(engine))
      .catch(() => undefined),
  );
}
