// A page whose code, texts or data are fetched when it is entered: says what is going on, and lets the visitor try again.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LoadError } from "../../wasm/js/load-error";
import type { Engine } from "./engine";
import { laterStyles } from "./later-styles";
import { Page } from "./page";
import { path } from "./route";
import { t } from "./texts";

interface Props<T> {
  engine: Engine;
  title: string;
  loading: string;
  failed: string;
  open(cache: RequestCache): Promise<T>;
  children(ready: T): ComponentChildren;
}
type State<T> = { ready: T; held: boolean } | { failed: LoadError["reason"] } | "loading";

export function Opening<T>({ engine, title, loading, failed, open, children }: Props<T>) {
  const [state, setState] = useState<State<T>>("loading");
  const start = (cache: RequestCache) => {
    setState("loading");
    Promise.all([open(cache), laterStyles(), engine.laterTexts(cache)]).then(
      ([ready]) => setState({ ready, held: document.activeElement?.tagName === "H1" }),
      (error) => setState({ failed: error instanceof LoadError ? error.reason : "engine" }),
    );
  };
  useEffect(() => start("default"), []);
  // The heading that had the focus is gone with the words of waiting; the page's own takes over, unless something in the page already did.
  useEffect(() => {
    if (typeof state === "object" && "ready" in state && state.held && document.activeElement === document.body)
      document.querySelector("h1")?.focus({ preventScroll: true });
  }, [state]);
  if (state !== "loading" && "ready" in state) return <>{children(state.ready)}</>;
  return (
    <Page title={title}>
      {state === "loading" ? (
        <p role="status" class="loading">
          {loading}
        </p>
      ) : (
        <div class="alert" role="alert">
          <h2>{failed}</h2>
          <p>{t(`web.boot.${state.failed}`)}</p>
          <button type="button" class="primary" onClick={() => start("reload")}>
            {t("web.retry")}
          </button>
          <p>
            <a href={path.home}>{t("web.404.home")}</a>
          </p>
        </div>
      )}
    </Page>
  );
}
