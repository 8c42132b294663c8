// Code, style and texts of the pages that come after the first questions: fetched while the visitor is busy there, or when such a page is entered.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { LoadError } from "../../wasm/js/load-error";
import type { Engine } from "./engine";
import { whenIdle } from "./idle";
import { laterStyles } from "./later-styles";
import { Opening } from "./opening";
import { t } from "./texts";

export type LaterCode = typeof import("./pages/later-code");

let ready: LaterCode | undefined;
let arrive: (code: LaterCode) => void;
/** Resolves once the code and the texts are there, whoever asked for them. */
export const laterArrived = new Promise<LaterCode>((resolve) => {
  arrive = resolve;
});

export async function loadLater(engine: Engine, cache: RequestCache = "default"): Promise<LaterCode> {
  const code = import("./pages/later-code").catch(() => {
    throw new LoadError("network", "later-code");
  });
  const [pages] = await Promise.all([code, laterStyles(), engine.laterTexts(cache)]);
  ready = pages;
  arrive(pages);
  return pages;
}

interface Props {
  engine: Engine;
  title: string;
  children(pages: LaterCode): ComponentChildren;
}

export function Later({ engine, title, children }: Props) {
  // What was fetched on entering stays under Opening: under another parent the page would be made anew and forget where it was.
  const [known] = useState(ready);
  if (known !== undefined) return <>{children(known)}</>;
  return (
    <Opening
      engine={engine}
      title={title}
      loading={t("web.data.loading")}
      failed={t("web.data.failed")}
      open={(cache) => loadLater(engine, cache)}
    >
      {children}
    </Opening>
  );
}

const LATER_MS = 1000;

/** When a question is on the screen, the result's code comes while the visitor reads it. */
export function prepareLaterWhenIdle(engine: Engine) {
  const load = () => loadLater(engine).then(({ openAdvice }) => openAdvice(engine, "default"));
  // A failure here is of no interest: entering the page tries again and reports.
  whenIdle(LATER_MS, () => load().catch(() => undefined));
}
