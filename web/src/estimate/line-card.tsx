// One benefit for the institution or for one group. The data attributes carry the core's own numbers, so that a test can hold the page against the CLI.
import type { EstimateLine, EstimateYear, Policy } from "../../../wasm/js/types";
import { amountText } from "../result/amount-text";
import { Cites } from "../result/cite";
import { Criteria, sayOf } from "../result/criteria";
import { Fold } from "../result/fold";
import { dateText, say, t } from "../texts";
import { hasSum, peopleText, sumText } from "./amounts";

interface Props {
  line: EstimateLine;
  policy: Policy;
  years: { year: number; from: string; to: string }[];
}

export function LineCard({ line, policy, years }: Props) {
  const { result, count, once } = line;
  const benefit = policy.benefits.find((one) => one.id === result.benefit);
  if (benefit === undefined) return null;
  const { verdict, amount } = result;
  const cites = [...(amount?.cite ?? []), ...(line.years ?? []).flatMap(({ cite }) => cite ?? [])];
  return (
    <article
      class={`card ${verdict}`}
      data-benefit={benefit.id}
      data-subject={result.subject}
      data-verdict={verdict}
      data-once={once && sumKey(once)}
      data-years={line.years?.map((one) => `${one.verdict} ${hasSum(one) ? sumKey(one) : ""}`).join("|")}
    >
      <header>
        <h4>{say(benefit.title)}</h4>
        <p class="badges">
          <span class={`badge ${verdict}`}>{t(`verdict.${verdict}`)}</span>
          {result.to_confirm && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
        </p>
      </header>
      {count !== undefined && <p>{t("estimate.group.of", { group: result.subject, people: peopleText(count) })}</p>}
      {once !== undefined && (
        <p class="amount">
          {t("estimate.once")} <strong>{sumText(once)}</strong>
        </p>
      )}
      {line.years !== undefined && <Years list={line.years} years={years} />}
      {amount !== undefined && (count !== undefined || !hasNumbers(line)) && (
        <p class={count === undefined ? undefined : "hint"}>
          {count !== undefined && amount.min !== undefined
            ? t("estimate.each", { amount: amountText(amount, benefit) })
            : amountText(amount, benefit)}
        </p>
      )}
      {amount?.kind === "unpublished" && benefit.amount.say !== undefined && <p>{say(benefit.amount.say)}</p>}
      {result.from !== undefined && <p class="when">{t("web.result.from", { date: dateText(result.from) })}</p>}
      {result.until !== undefined && <p class="when">{t("web.result.until", { date: dateText(result.until) })}</p>}
      {verdict === "no" && <List title="web.result.failed" items={result.failed.map((id) => sayOf(benefit, id))} />}
      {verdict !== "no" && result.ask.length > 0 && (
        <List title="web.result.needed" items={result.ask.map((fact) => say(policy.facts[fact]?.ask) ?? fact)} />
      )}
      <Fold made summary={t("web.result.why")}>
        {() => (
          <>
            <Criteria criteria={result.criteria} benefit={benefit} policy={policy} />
            {cites.length > 0 && (
              <>
                <p class="hint">{t("web.result.amount.cite")}</p>
                <Cites cites={cites} policy={policy} />
              </>
            )}
          </>
        )}
      </Fold>
    </article>
  );
}

const sumKey = ({ min, max }: { min: number; max?: number }) => `${min}-${max ?? ""}`;
const hasNumbers = ({ once, years }: EstimateLine) => once !== undefined || years?.some(hasSum) === true;

// Years that are alike are told once.
function Years({ list, years }: { list: EstimateYear[]; years: Props["years"] }) {
  const text = (one: EstimateYear) => (hasSum(one) ? sumText(one) : "") + (one.verdict === "part" ? t("estimate.part.note") : "");
  const sums = list.filter(hasSum);
  if (sums.length === 0) return null;
  if (list.every((one) => text(one) === text(list[0] ?? one))) {
    return (
      <p class="amount">
        {t("estimate.each_year")} <strong>{text(list[0] ?? { verdict: "no" })}</strong>
      </p>
    );
  }
  return (
    <ul>
      {list.map((one, index) => (
        <li key={years[index]?.year}>
          {t("estimate.year", { n: String(index + 1) })} <strong>{hasSum(one) ? text(one) : t("verdict.no")}</strong>
        </li>
      ))}
    </ul>
  );
}

function List({ title, items }: { title: "web.result.failed" | "web.result.needed"; items: string[] }) {
  return (
    <div>
      <p class="hint">{t(title)}</p>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
