// Entering #/estimate: fetches the page's code and the module that answers it.
import { LoadError } from "../../../wasm/js/load-error";
import { openAdvice } from "../advice";
import type { Engine } from "../engine";
import { Opening } from "../opening";
import { t } from "../texts";

async function open(engine: Engine, cache: RequestCache) {
  const page = import("../estimate/estimate-page").catch(() => {
    throw new LoadError("network", "estimate-page");
  });
  const [{ Estimate }, advice] = await Promise.all([page, openAdvice(engine, cache)]);
  return { Estimate, advice };
}

export function EstimatePage({ engine }: { engine: Engine }) {
  return (
    <Opening
      engine={engine}
      title={t("web.estimate.title")}
      loading={t("web.data.loading")}
      failed={t("web.data.failed")}
      open={(cache) => open(engine, cache)}
    >
      {({ Estimate, advice }) => <Estimate engine={engine} advice={advice} />}
    </Opening>
  );
}
