// Sums by year. The picture's words are text beside the bars; the table below says the same in numbers alone.
import type { EstimateSums, Estimation, SumRange } from "../../../wasm/js/types";
import { yuan } from "../money";
import { Fold } from "../result/fold";
import { dateText, t } from "../texts";
import { sumText } from "./amounts";

interface Row {
  key: string;
  label: string;
  range: SumRange;
}

export function Sums({ answer }: { answer: Estimation }) {
  const { totals } = answer;
  return (
    <>
      {(["facility", "staff"] as const).map((to) =>
        (["money", "tax_deduction"] as const).map((kind) => {
          const sums = totals[to]?.[kind];
          return sums && <Sum key={`${to}.${kind}`} answer={answer} sums={sums} name={`${to}.${kind}`} />;
        }),
      )}
    </>
  );
}

interface SumProps {
  answer: Estimation;
  sums: EstimateSums;
  name: `${"facility" | "staff"}.${"money" | "tax_deduction"}`;
}

function Sum({ answer, sums, name }: SumProps) {
  const rows: Row[] = answer.years.map(({ year, from, to }, index) => ({
    key: String(year),
    label: t("estimate.year.dated", { n: String(year), from: dateText(from), to: dateText(to) }),
    range: sums.years[index] ?? { min: 0 },
  }));
  // Nothing of a deduction comes once.
  if (name.endsWith("money")) rows.unshift({ key: "once", label: t("estimate.once"), range: sums.once });
  const most = Math.max(1, ...rows.map(({ range }) => range.max ?? range.min));
  return (
    <section aria-labelledby={`sums-${name}`} data-sums={name}>
      <h3 id={`sums-${name}`} class="kind">
        {t(`estimate.${name}`)}
      </h3>
      <figure class="bars">
        {rows.map(({ key, label, range }) => (
          <p key={key}>
            {label} <strong>{sumText(range)}</strong>
            <svg aria-hidden="true" width="100%" height="0.9em">
              <rect class="track" width="100%" height="100%" />
              <rect class="other" width={share(range.max ?? range.min, most)} height="100%" />
              <rect class="aim" width={share(range.min, most)} height="100%" />
            </svg>
          </p>
        ))}
        <figcaption class="hint">{t("estimate.bars")}</figcaption>
      </figure>
      <Fold made summary={t("estimate.table")}>
        {() => (
          <>
            <table class="narrow">
              <thead>
                <tr>
                  <th scope="col">{t("estimate.csv.when")}</th>
                  <th scope="col">{t("estimate.csv.min")}</th>
                  <th scope="col">{t("estimate.csv.max")}</th>
                </tr>
              </thead>
              <tbody>
                {[
                  ...rows,
                  { key: "all", label: t("estimate.all", { years: String(rows.length === 0 ? 0 : answer.years.length) }), range: sums.all },
                ].map(({ key, label, range }) => (
                  <tr key={key} data-when={key} data-min={range.min} data-max={range.max}>
                    <th scope="row">{label}</th>
                    <td>{yuan(range.min)}</td>
                    <td>{range.max === undefined ? t("estimate.open_end") : yuan(range.max)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </Fold>
    </section>
  );
}

const share = (value: number, most: number) => `${((value / most) * 100).toFixed(2)}%`;
