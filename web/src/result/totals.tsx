// What the family gets in all: what is certain and what it can come to, unlike things side by side.
import type { Combination, Totals } from "../../../wasm/js/types";
import { t } from "../texts";
import { sumLines, sumText } from "./amount-text";

export function FamilyTotals({ combination }: { combination: Combination }) {
  return (
    <>
      <Sum title={t("web.result.totals")} totals={combination.totals} name="family" />
      {combination.facility !== undefined && <Sum title={t("web.result.totals.facility")} totals={combination.facility} name="facility" />}
    </>
  );
}

function Sum({ title, totals, name }: { title: string; totals: Totals; name: string }) {
  const lines = sumLines(totals);
  return (
    <section class="totals" data-totals={name} aria-labelledby={`totals-${name}`}>
      <h2 id={`totals-${name}`}>{title}</h2>
      {lines.length === 0 ? (
        <p>{t("web.result.totals.none")}</p>
      ) : (
        <dl>
          {lines.map(({ kind, per, label, range }) => (
            <div key={`${kind} ${per}`} class={per === "annual" ? "annual" : undefined}>
              <dt>
                {kind !== "money" && `${t(`web.result.totals.${kind}`)} `}
                {label}
              </dt>
              <dd data-sum={`${kind}/${per}`} data-min={range.min} data-max={range.max}>
                <strong>{sumText(kind, range)}</strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {(totals.unpublished > 0 || totals.in_kind > 0) && (
        <p class="note">
          {totals.unpublished > 0 && t("web.result.totals.unpublished", { n: String(totals.unpublished) })}
          {totals.in_kind > 0 && t("web.result.totals.in_kind", { n: String(totals.in_kind) })}
        </p>
      )}
    </section>
  );
}
