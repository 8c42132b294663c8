// Entering #/scale: fetches the page's code and the advice module.
import { useState } from "preact/hooks";
import { LoadError } from "../../../wasm/js/load-error";
import { type Advice, openAdvice } from "../advice";
import type { Engine } from "../engine";
import type { Household } from "../household";
import { Opening } from "../opening";
import type { Part } from "../scale/scale-page";
import { t } from "../texts";

type Ready = { page: typeof import("../scale/scale-page"); advice: Advice };
// Every question is a page of its own; only the first one waits.
let ready: Ready | undefined;

async function open(engine: Engine, cache: RequestCache): Promise<Ready> {
  const page = await import("../scale/scale-page").catch(() => {
    throw new LoadError("network", "scale-page");
  });
  ready = { page, advice: await openAdvice(engine, cache) };
  return ready;
}

export function ScalePage({ engine, household, ...part }: { engine: Engine; household: Household } & Part) {
  const show = ({ page: { ScaleParts }, advice }: Ready) => <ScaleParts engine={engine} advice={advice} household={household} {...part} />;
  // Decided once: what is drawn again must not be put in place anew.
  const [here] = useState(ready);
  if (here !== undefined) return show(here);
  return (
    <Opening
      engine={engine}
      title={t("scale.title")}
      loading={t("web.advice.loading")}
      failed={t("web.advice.failed")}
      open={(cache) => open(engine, cache)}
    >
      {show}
    </Opening>
  );
}
