// Entering #/plan: fetches the page's code and the plan.
import { LoadError } from "../../../wasm/js/load-error";
import type { Engine } from "../engine";
import { Opening } from "../opening";
import { t } from "../texts";

async function open(engine: Engine, cache: RequestCache) {
  const page = await import("../plan/plan-page").catch(() => {
    throw new LoadError("network", "plan-page");
  });
  return { page, plan: await page.openPlan(engine, cache) };
}

export function PlanPage({ engine, part }: { engine: Engine; part: string | undefined }) {
  return (
    <Opening
      engine={engine}
      title={t("web.plan.title")}
      loading={t("web.data.loading")}
      failed={t("web.data.failed")}
      open={(cache) => open(engine, cache)}
    >
      {({ page: { PlanParts }, plan }) => <PlanParts engine={engine} plan={plan} part={part} />}
    </Opening>
  );
}
