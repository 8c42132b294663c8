// The answer: what is certain for the family, what is open, what comes later and what does not apply now; then sums, choices and the years ahead.
import { isCoreError, type Result } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, openQuestions } from "../household";
import { Page } from "../page";
import { type Advised, useAdvised, YEARS } from "../result/advised";
import { Answers } from "../result/answers";
import { Checklist } from "../result/checklist";
import { Choices } from "../result/choices";
import { Group } from "../result/groups";
import { Keep } from "../result/keep";
import { useUnfoldedPrint } from "../result/printing";
import { grouped } from "../result/sort";
import { Stacking } from "../result/stacking";
import { StepList } from "../result/steps";
import { TimelineView } from "../result/timeline";
import { FamilyTotals } from "../result/totals";
import { path } from "../route";
import { ShareHousehold } from "../share/share-household";
import { dateText, errorText, t } from "../texts";

interface Props {
  engine: Engine;
  household: Household;
}

export function ResultPage({ engine, household, part }: Props & { part: string | undefined }) {
  useUnfoldedPrint();
  const result = engine.evaluate(household);
  const somebody = household.subjects.length > 0;
  if (part === "list" && somebody && !isCoreError(result)) return <Checklist engine={engine} household={household} result={result} />;
  return (
    <Page title={t("web.result.title")}>
      {isCoreError(result) ? (
        <p class="alert" role="alert">
          {errorText(result)}
        </p>
      ) : somebody ? (
        <Everything engine={engine} household={household} result={result} />
      ) : (
        <p>{t("web.result.nobody")}</p>
      )}
      {somebody && !isCoreError(result) && (
        <>
          <p class="actions screen">
            <a class="primary" href={path.list} data-list>
              {t("web.result.list")}
            </a>
            <a class="secondary" href={path.who}>
              {t("web.result.restart")}
            </a>
          </p>
          <ShareHousehold household={household} />
        </>
      )}
      <Keep household={household} />
    </Page>
  );
}

function Everything({ engine, household, result }: Props & { result: Result }) {
  const { retry, ...advised } = useAdvised(engine, household);
  const { combination, timeline, steps } = advised;
  const groups = grouped(result, engine.policy, timeline);
  const count = (name: keyof typeof groups) => String(groups[name].length);
  const left = openQuestions(household, result);
  const group = (name: keyof typeof groups) => (
    <Group key={name} name={name} list={groups[name]} policy={engine.policy} household={household} />
  );
  return (
    <>
      <p class="summary">
        {t("web.result.counts", { yes: count("yes"), open: count("open"), later: groups.later.length, no: count("no") })}
      </p>
      <p class="note">{t("web.result.as_of", { date: dateText(result.as_of), data: dateText(engine.manifest.data_date) })}</p>
      {result.results.some((one) => one.to_confirm) && <p class="note">{t("web.result.to_confirm.note")}</p>}
      {combination === undefined ? <Waiting advised={advised} retry={retry} /> : <FamilyTotals combination={combination} />}
      {left[0] !== undefined && (
        <p class="more screen">
          {t("web.result.more", { n: String(left.length) })} <a href={path.question(left[0])}>{t("web.result.more.link")}</a>
        </p>
      )}
      {group("yes")}
      {group("open")}
      {group("later")}
      {combination === undefined ? (
        <Stacking policy={engine.policy} stacking={result.stacking} />
      ) : (
        <Choices engine={engine} household={household} combination={combination} />
      )}
      {steps !== undefined && <StepList engine={engine} household={household} steps={steps} />}
      {timeline !== undefined && <TimelineView engine={engine} household={household} timeline={timeline} />}
      {group("no")}
      <Answers engine={engine} household={household} />
    </>
  );
}

/** In the place of the sums while they are reckoned; the verdicts below do not wait for them. */
function Waiting({ advised: { failed }, retry }: { advised: Advised; retry(): void }) {
  if (failed === undefined)
    return (
      <p role="status" class="loading totals">
        {t("web.result.totals.loading", { years: YEARS })}
      </p>
    );
  return (
    <div class="alert screen" role="alert">
      <p>{t("web.result.totals.failed")}</p>
      <p>{typeof failed === "string" ? t(`web.boot.${failed}`) : errorText(failed)}</p>
      <button type="button" class="secondary" onClick={retry}>
        {t("web.retry")}
      </button>
    </div>
  );
}
