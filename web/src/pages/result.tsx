// The answer: for each person what is certain, what is open, and what does not apply now.
import { type Assessment, isCoreError, type Result, type Subject } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, openQuestions, subjectLabel } from "../household";
import { Page } from "../page";
import { Answers } from "../result/answers";
import { Card } from "../result/card";
import { Clear } from "../result/clear";
import { useUnfoldedPrint } from "../result/print";
import { Stacking } from "../result/stacking";
import { path } from "../route";
import { dateText, errorText, t } from "../texts";

const RECEIVERS = ["person", "taxpayer", "employee", "facility", "public"];
const KINDS = ["money", "tax_deduction", "leave_days", "unpublished", "fee_relief", "service", "training", "legal_aid"];

interface Props {
  engine: Engine;
  household: Household;
}

export function ResultPage({ engine, household }: Props) {
  useUnfoldedPrint();
  const result = engine.evaluate(household);
  return (
    <Page title={t("web.result.title")}>
      {isCoreError(result) ? (
        <p class="alert" role="alert">
          {errorText(result)}
        </p>
      ) : household.subjects.length === 0 ? (
        <p>{t("web.result.nobody")}</p>
      ) : (
        <Found engine={engine} household={household} result={result} />
      )}
      <Actions household={household} />
    </Page>
  );
}

function Found({ engine, household, result }: Props & { result: Result }) {
  const count = (verdict: string) => String(result.results.filter((one) => one.verdict === verdict).length);
  const left = openQuestions(household, result);
  return (
    <>
      <p class="summary">{t("web.result.counts", { yes: count("yes"), open: count("open"), no: count("no") })}</p>
      <p class="note">{t("web.result.as_of", { date: dateText(result.as_of), data: dateText(engine.manifest.data_date) })}</p>
      {result.results.some((one) => one.to_confirm) && <p class="note">{t("web.result.to_confirm.note")}</p>}
      {left[0] !== undefined && (
        <p class="more screen">
          {t("web.result.more", { n: String(left.length) })} <a href={path.question(left[0])}>{t("web.result.more.link")}</a>
        </p>
      )}
      {household.subjects.map((subject) => (
        <Person key={subject.id} engine={engine} household={household} subject={subject} result={result} />
      ))}
      <Answers engine={engine} household={household} />
    </>
  );
}

function Person({ engine, household, subject, result }: Props & { subject: Subject; result: Result }) {
  // What the person receives comes first, then what others have of it; of that, known money first.
  const rank = ({ benefit, amount }: Assessment) =>
    RECEIVERS.indexOf(engine.policy.benefits.find((one) => one.id === benefit)?.pays.to ?? "person") * KINDS.length +
    KINDS.indexOf(amount?.kind ?? "money");
  const own = result.results.filter((one) => one.subject === subject.id).sort((a, b) => rank(a) - rank(b));
  if (own.length === 0) return null;
  const cards = (list: Assessment[]) =>
    list.map((one) => <Card key={one.benefit} assessment={one} policy={engine.policy} household={household} />);
  const no = own.filter((one) => one.verdict === "no");
  return (
    <section class="person" aria-labelledby={`person-${subject.id}`}>
      <h2 id={`person-${subject.id}`}>{subjectLabel(household, engine.policy, subject.id)}</h2>
      <Stacking policy={engine.policy} stacking={result.stacking.filter((one) => one.subject === subject.id)} />
      {cards(own.filter((one) => one.verdict === "yes"))}
      {cards(own.filter((one) => one.verdict === "open"))}
      {no.length > 0 && (
        <details class="no-list">
          <summary>{t("web.result.no_list", { n: String(no.length) })}</summary>
          {cards(no)}
        </details>
      )}
    </section>
  );
}

function Actions({ household }: { household: Household }) {
  return (
    <p class="actions screen">
      <button type="button" class="secondary" onClick={() => print()}>
        {t("web.result.print")}
      </button>
      <a class="secondary" href={path.who}>
        {t("web.result.restart")}
      </a>
      {household.subjects.length > 0 && <Clear />}
    </p>
  );
}
