import type { CityPlan } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { ZhIn } from "../language/zh";
import { Page } from "../page";
import { path } from "../route";
import { dateText, language, say, t } from "../texts";

export function Overview({ engine, plan }: { engine: Engine; plan: CityPlan }) {
  const source = engine.policy.sources[plan.source];
  // An office knows it by the Chinese number, which English readers are shown as well.
  const number = language() === "en" ? say(source?.doc_no) : source?.doc_no;
  const count = (list: unknown[]) => String(list.length);
  return (
    <Page title={t("web.plan.title")}>
      {source !== undefined && (
        <p>
          <ZhIn zh={source.doc_no ?? ""}>
            {(doc_no) =>
              t("plan.intro", {
                title: say(source.title),
                doc_no: number === source.doc_no ? doc_no : `${number}, ${doc_no}`,
                date: source.date === null ? "" : dateText(source.date),
              })
            }
          </ZhIn>
        </p>
      )}
      <p class="help">{t("plan.notice")}</p>
      {plan.remark !== undefined && <p class="note">{say(plan.remark)}</p>}
      <h2>{t("plan.targets", { count: count(plan.indicators) })}</h2>
      <ul class="parts">
        {plan.themes.map(({ id, title }) => (
          <li key={id}>
            <a href={path.planPart(id)}>
              {t("plan.counted", { title: say(title), count: count(plan.indicators.filter(({ theme }) => theme === id)) })}
            </a>
          </li>
        ))}
      </ul>
      <h2>{t("plan.others")}</h2>
      <ul class="parts">
        <li>
          <a href={path.planPart("policies")}>{t("plan.policies.link", { count: count(plan.policies) })}</a>
        </li>
        <li>
          <a href={path.planPart("projects")}>{t("plan.projects.link", { count: count(plan.projects) })}</a>
        </li>
        <li>
          <a href={path.planPart("support")}>
            {t("plan.support.link", { elements: count(plan.elements), pilots: count(plan.pilots), platforms: count(plan.platforms) })}
          </a>
        </li>
        <li>
          <a href={path.planPart("conflicts")}>{t("plan.conflicts.link", { count: count(plan.conflicts) })}</a>
        </li>
        <li>
          <a href={path.coverage}>{t("web.about.coverage.link")}</a>
        </li>
        <li>
          <a href={path.find}>{t("plan.find.link")}</a>
        </li>
        <li>
          <a href={path.data}>{t("web.about.data.link")}</a>
        </li>
      </ul>
    </Page>
  );
}
