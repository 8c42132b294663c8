// Entering #/coverage: fetches the page's code and the advice module.
import { LoadError } from "../../../wasm/js/load-error";
import { openAdvice } from "../advice";
import type { Engine } from "../engine";
import { Opening } from "../opening";
import { t } from "../texts";

async function open(engine: Engine, cache: RequestCache) {
  const page = await import("./coverage-tables").catch(() => {
    throw new LoadError("network", "coverage-tables");
  });
  return { page, advice: await openAdvice(engine, cache) };
}

export function CoveragePage({ engine, benefit }: { engine: Engine; benefit: string | undefined }) {
  return (
    <Opening
      engine={engine}
      title={t("web.coverage.title")}
      loading={t("web.advice.loading")}
      failed={t("web.advice.failed")}
      open={(cache) => open(engine, cache)}
    >
      {({ page: { CoverageTables }, advice }) => <CoverageTables engine={engine} advice={advice} benefit={benefit} />}
    </Opening>
  );
}
