import { isCoreError } from "../../../wasm/js/types";
import type { Engine, Shell } from "../engine";
import { answeredCount, type Household, openQuestions } from "../household";
import { Page } from "../page";
import { path } from "../route";
import { ElderSwitch } from "../settings/elder-switch";
import { dateText, t } from "../texts";

interface Props {
  shell: Shell;
  engine: Engine | undefined;
  household: Household;
}

export function Home({ shell, engine, household }: Props) {
  return (
    <Page title={t("web.title")}>
      <p class="lead">{t("web.subtitle")}</p>
      <p>{t("web.home.intro")}</p>
      <ElderSwitch hint />
      <div class="doors">
        <a class="door" href={path.who}>
          <strong>{t("web.nav.check")}</strong>
          <span>{t("web.home.check.hint")}</span>
        </a>
        <a class="door" href={path.scale}>
          <strong>{t("web.home.scale")}</strong>
          <span>{t("web.home.scale.hint")}</span>
        </a>
        <a class="door" href={path.find}>
          <strong>{t("web.nav.find")}</strong>
          <span>{t("web.home.find.hint")}</span>
        </a>
        <a class="door extra" href={path.plan}>
          <strong>{t("web.plan.title")}</strong>
          <span>{t("web.home.plan.hint")}</span>
        </a>
      </div>
      <p class="actions">
        <a class="secondary" href={path.estimate}>
          {t("web.home.estimate")}
        </a>
      </p>
      {engine !== undefined && answeredCount(household) > 0 && <Resume engine={engine} household={household} />}
      <p class="note">{t("web.home.data_date", { date: dateText(shell.manifest.data_date) })}</p>
    </Page>
  );
}

function Resume({ engine, household }: { engine: Engine; household: Household }) {
  const result = engine.evaluate(household);
  const next = isCoreError(result) ? undefined : openQuestions(household, result)[0];
  return (
    <p class="actions">
      {next !== undefined && (
        <a class="secondary" href={path.question(next)}>
          {t("web.home.continue")}
        </a>
      )}
      <a class="secondary" href={path.result}>
        {t("web.home.result")}
      </a>
    </p>
  );
}
