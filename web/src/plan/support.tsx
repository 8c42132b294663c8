import type { CityPlan } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Page } from "../page";
import { t } from "../texts";
import { Back } from "./back";
import { Entry } from "./entry";

export function Support({ engine, plan }: { engine: Engine; plan: CityPlan }) {
  return (
    <Page title={t("plan.support")} lead={t("web.plan.title")}>
      {(["elements", "pilots", "platforms"] as const).map((list) => (
        <section key={list}>
          <h2>{t(`plan.${list}`, { count: String(plan[list].length) })}</h2>
          <ul class="entries">
            {plan[list].map((entry) => (
              <Entry key={entry.id} engine={engine} plan={plan} entry={entry} heading="h3" />
            ))}
          </ul>
        </section>
      ))}
      <Back />
    </Page>
  );
}
