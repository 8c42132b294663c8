// Everything the plan does not settle, with the way to what it is about.
import type { CityPlan } from "../../../wasm/js/types";
import { Page } from "../page";
import { path } from "../route";
import { say, t } from "../texts";
import { Back } from "./back";

export function ConflictList({ plan }: { plan: CityPlan }) {
  const titles = new Map<string, string>([
    ...[...plan.indicators, ...plan.policies, ...plan.elements, ...plan.pilots, ...plan.platforms].map(
      ({ id, title }): [string, string] => [id, say(title)],
    ),
    ...plan.projects.map(({ id, name }): [string, string] => [id, name]),
  ]);
  return (
    <Page title={t("plan.conflicts", { count: String(plan.conflicts.length) })} lead={t("web.plan.title")}>
      <p>{t("plan.conflicts.text")}</p>
      <ul class="entries">
        {plan.conflicts.map(({ id, kind, about, say: text }) => (
          <li key={id} data-entry={id}>
            <strong>{t(`plan.conflict.${kind}`)}</strong> {say(text)}
            <ul class="names">
              {about.map((entry) => (
                <li key={entry}>
                  <a href={path.planPart(entry)}>{titles.get(entry)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Back />
    </Page>
  );
}
