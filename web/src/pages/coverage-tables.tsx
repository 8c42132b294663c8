// Which benefit stands for each entry of the city's plan, and how far its rules are published. The core judges, the page joins the words.

import { type ComponentChildren, Fragment } from "preact";
import { type Coverage, type CoverageRow, isCoreError, type PlanEntry, type Policy, type SourceStatus } from "../../../wasm/js/types";
import type { Advice } from "../advice";
import type { Engine } from "../engine";
import { Place } from "../language/place";
import { Page, useArrival } from "../page";
import { errorText, say, t } from "../texts";

const STATUSES = ["calculable", "eligibility", "listed"] as const;

export function CoverageTables({ engine, advice, benefit }: { engine: Engine; advice: Advice; benefit: string | undefined }) {
  useArrival("benefit", benefit);
  const coverage = advice.coverage();
  return (
    <Page title={t("web.coverage.title")}>
      {isCoreError(coverage) ? (
        <p role="alert">{errorText(coverage)}</p>
      ) : (
        <Tables coverage={coverage} policy={engine.policy} entries={advice.supplement.plan_benefits ?? []} />
      )}
    </Page>
  );
}

interface TablesProps {
  coverage: Coverage;
  policy: Policy;
  entries: PlanEntry[];
}

function Tables({ coverage, policy, entries }: TablesProps) {
  return (
    <>
      <p>{t("coverage.intro")}</p>
      <dl>
        {STATUSES.map((status) => (
          <Fragment key={status}>
            <dt>{t(`coverage.status.${status}`)}</dt>
            <dd>{t(`coverage.status.help.${status}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <h2>{t("coverage.plan")}</h2>
      <p>{counts(coverage.plan)}</p>
      <ul class="entries">
        {coverage.plan.map((row) => {
          const entry = entries.find((one) => one.id === row.entry);
          return (
            <Row key={row.entry} row={row} policy={policy} name={say(entry?.title)} note={say(entry?.say)}>
              {entry !== undefined && (
                <span class="hint">
                  <Place place={entry.place}>{(place) => t("coverage.place", { place })}</Place>
                </span>
              )}
            </Row>
          );
        })}
      </ul>
      <h2>{t("coverage.others")}</h2>
      <p>{counts(coverage.others)}</p>
      <ul class="entries">
        {coverage.others.map((row) => (
          <Row key={row.benefit} row={row} policy={policy} />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  row: CoverageRow;
  policy: Policy;
  name?: string | undefined;
  note?: string | undefined;
  children?: ComponentChildren;
}

function Row({ row, policy, name, note, children }: RowProps) {
  const benefit = policy.benefits.find((one) => one.id === row.benefit);
  if (benefit === undefined) return null;
  const { amount, title, summary } = benefit;
  return (
    <li data-entry={row.entry} data-benefit={row.benefit} data-status={row.status}>
      <strong>{name ?? say(title)}</strong> {children}
      {name !== undefined && <p>{t("coverage.benefit", { title: say(title) })}</p>}
      <p class="badges">
        <span class="badge">{t(`coverage.status.${row.status}`)}</span>
        <span class="badge">{t(amountKey(row))}</span>
      </p>
      <p>
        {say(amount.say) ?? say(amount.in_kind) ?? say(summary)}
        {note}
      </p>
      <p class="badges">
        <Basis text="coverage.conditions" status={row.confidence.conditions} />
        <Basis text="coverage.figures" status={row.confidence.amount} />
      </p>
    </li>
  );
}

function Basis({ text, status }: { text: "coverage.conditions" | "coverage.figures"; status: SourceStatus }) {
  const doubtful = status === "single" || status === "recalled";
  return <span class={doubtful ? "badge confirm" : "badge"}>{t(text, { status: t(`source.status.${status}`) })}</span>;
}

function amountKey({ status, amount }: CoverageRow) {
  if (status === "calculable" || amount === "money" || amount === "leave_days" || amount === "tax_deduction")
    return "coverage.amount.table";
  return status === "listed" && amount !== "unpublished" ? "coverage.amount.public" : (`coverage.amount.${amount}` as const);
}

function counts(rows: CoverageRow[]): string {
  const [calculable, eligibility, listed] = STATUSES.map((status) => String(rows.filter((row) => row.status === status).length));
  return t("coverage.counts", {
    total: String(rows.length),
    calculable: calculable ?? "",
    eligibility: eligibility ?? "",
    listed: listed ?? "",
  });
}
