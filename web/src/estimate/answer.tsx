// The core's answer: sums first, as a picture and as a table, then each benefit with its clauses.
import type { EstimateLine, EstimateRequest, Estimation } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Fold } from "../result/fold";
import { dateText, t } from "../texts";
import { sumText } from "./amounts";
import { Filled } from "./filled";
import { LineCard } from "./line-card";
import { SaveTable } from "./save-table";
import { Sums } from "./sums";

interface Props {
  engine: Engine;
  request: EstimateRequest;
  answer: Estimation;
}

export function Answer({ engine, request, answer }: Props) {
  const { totals, years, lines } = answer;
  const last = years[years.length - 1];
  const money = totals.facility?.money;
  const beds = request.subjects.find(({ kind }) => kind === "institution")?.facts.approved_beds;
  const people = request.subjects.reduce((sum, { kind, count }) => sum + (kind === "elder" && typeof count === "number" ? count : 0), 0);
  const given = lines.filter(({ result }) => result.verdict !== "no" || result.from !== undefined);
  const counted = given.filter((line) => line.once !== undefined || line.years?.some(({ min }) => min !== undefined));
  const silent = given.filter((line) => !counted.includes(line) && line.result.amount?.kind === "unpublished");
  const others = given.filter((line) => !counted.includes(line) && !silent.includes(line));
  const refused = lines.filter((line) => !given.includes(line));
  return (
    <>
      <p class="note">
        {t("estimate.head", { from: dateText(answer.as_of), to: dateText(last?.to ?? answer.as_of), years: years.length })}
      </p>
      {typeof beds === "number" && people > beds && <p class="wrong">{t("estimate.crowded", { people, beds })}</p>}
      <p class="summary" role="status">
        {money === undefined
          ? t("estimate.nothing")
          : t("estimate.sum", { years: years.length, all: sumText(money.all), once: sumText(money.once) })}
      </p>
      {(totals.unpublished > 0 || totals.in_kind > 0) && (
        <p>{t("estimate.besides", { unpublished: totals.unpublished, in_kind: totals.in_kind })}</p>
      )}
      <Sums answer={answer} />
      <p class="actions screen">
        <button type="button" class="secondary" onClick={() => print()}>
          {t("print.print")}
        </button>
        <SaveTable policy={engine.policy} answer={answer} />
      </p>
      <Filled request={request} policy={engine.policy} />
      {given.some(({ result }) => result.to_confirm) && <p class="note">{t("web.result.to_confirm.note")}</p>}
      {(["once", "operation", "staff", "relief"] as const).map((kind) => (
        <Section
          key={kind}
          name={kind}
          lines={(kind === "relief" ? [...counted, ...others] : counted).filter((line) => line.kind === kind)}
          engine={engine}
          answer={answer}
        />
      ))}
      <Section name="unpublished" lines={silent} engine={engine} answer={answer} />
      <Section name="service" lines={others.filter(({ kind }) => kind !== "relief")} engine={engine} answer={answer} />
      {refused.length > 0 && (
        <Fold class="no-list" made summary={t("web.result.no_list", { n: String(refused.length) })}>
          {() => <>{cards(refused, engine, answer)}</>}
        </Fold>
      )}
    </>
  );
}

interface SectionProps {
  name: "once" | "operation" | "staff" | "relief" | "service" | "unpublished";
  lines: EstimateLine[];
  engine: Engine;
  answer: Estimation;
}

function Section({ name, lines, engine, answer }: SectionProps) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby={`kind-${name}`}>
      <h3 id={`kind-${name}`} class="kind">
        {t(`estimate.kind.${name}`)}
      </h3>
      {name === "once" && <p class="hint">{t("estimate.once.when")}</p>}
      {cards(lines, engine, answer)}
    </section>
  );
}

function cards(lines: EstimateLine[], engine: Engine, answer: Estimation) {
  return lines.map((line) => (
    <LineCard key={`${line.result.benefit} ${line.result.subject}`} line={line} policy={engine.policy} years={answer.years} />
  ));
}
