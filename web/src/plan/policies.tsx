import type { CityPlan } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Page } from "../page";
import { path } from "../route";
import { t } from "../texts";
import { Back } from "./back";
import { Entry } from "./entry";

export function Policies({ engine, plan }: { engine: Engine; plan: CityPlan }) {
  return (
    <Page title={t("plan.policies")} lead={t("web.plan.title")}>
      <p>{t("plan.policies.text", { count: String(plan.policies.length) })}</p>
      <p class="actions screen">
        <a class="secondary" href={path.who}>
          {t("web.nav.check")}
        </a>
        <a class="secondary" href={path.coverage}>
          {t("web.about.coverage.link")}
        </a>
      </p>
      <ol class="entries">
        {plan.policies.map((entry) => (
          <Entry key={entry.id} engine={engine} plan={plan} entry={entry} heading="h2" />
        ))}
      </ol>
      <Back />
    </Page>
  );
}
