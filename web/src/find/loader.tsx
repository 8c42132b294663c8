// Entering #/find: fetches the page's code, the search module and the database; says what is going on.
import { useEffect, useState } from "preact/hooks";
import { LoadError } from "../../../wasm/js/load-error";
import type { Engine } from "../engine";
import { Page } from "../page";
import { t } from "../texts";
import { loadFindPage } from "./prepare";

type State = { ready: Awaited<ReturnType<typeof open>> } | { failed: LoadError["reason"] } | "loading";

async function open(engine: Engine, cache: RequestCache) {
  const page = await loadFindPage().catch(() => {
    throw new LoadError("network", "find-page");
  });
  return { page, search: await page.openSearch(engine, cache) };
}

export function FindLoader({ engine }: { engine: Engine }) {
  const [state, setState] = useState<State>("loading");
  const start = (cache: RequestCache) => {
    setState("loading");
    open(engine, cache).then(
      (ready) => setState({ ready }),
      (error) => setState({ failed: error instanceof LoadError ? error.reason : "engine" }),
    );
  };
  useEffect(() => start("default"), []);
  if (state !== "loading" && "ready" in state) {
    const { FindPage } = state.ready.page;
    return <FindPage engine={engine} search={state.ready.search} />;
  }
  return (
    <Page title={t("web.find.title")}>
      {state === "loading" ? (
        <p role="status" class="loading">
          {t("web.find.loading")}
        </p>
      ) : (
        <div class="alert" role="alert">
          <h2>{t("web.find.failed")}</h2>
          <p>{t(`web.boot.${state.failed}`)}</p>
          <button type="button" class="primary" onClick={() => start("reload")}>
            {t("web.retry")}
          </button>
        </div>
      )}
    </Page>
  );
}
