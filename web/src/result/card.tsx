// One benefit for one person. The data attributes carry the core's own numbers, so that a test can hold the page against the CLI.
import type { Assessment, Benefit, Policy } from "../../../wasm/js/types";
import { askedOf, type Household } from "../household";
import { path } from "../route";
import { dateText, say, t } from "../texts";
import { amountText } from "./amount-text";
import { Cites } from "./cite";
import { Criteria, sayOf } from "./criteria";
import { Fold } from "./fold";
import { How } from "./how";
import type { Found } from "./sort";

interface Props {
  found: Found;
  policy: Policy;
  household: Household;
  /** Whom it is for, when there are several. */
  whom: string | undefined;
  /** One line, the rest when it is unfolded. */
  line?: boolean;
}
type Inside = { assessment: Assessment; benefit: Benefit; policy: Policy };

export function Card({ found, policy, household, whom, line = false }: Props) {
  const { assessment, benefit, later } = found;
  const { verdict, amount, subject } = assessment;
  const inside = { assessment, benefit, policy };
  const told = amount !== undefined && amount.min === undefined;
  const body = () => (
    <>
      {benefit.summary !== undefined && <p>{say(benefit.summary)}</p>}
      {amount !== undefined && (
        <p class={told ? "amount told" : "amount"}>
          {verdict === "open" && <span class="if">{t("web.result.if")}</span>}
          <strong>{amountText(amount, benefit)}</strong> <span class="to">{t(`web.to.${benefit.pays.to}`)}</span>
        </p>
      )}
      {amount?.kind === "unpublished" && benefit.amount.say !== undefined && <p>{say(benefit.amount.say)}</p>}
      {assessment.from !== undefined && <p class="when">{t("web.result.from", { date: dateText(assessment.from) })}</p>}
      {assessment.from === undefined && later !== undefined && (
        <p class="when">{t("web.result.later", { date: dateText(later.date), verdict: later.verdict })}</p>
      )}
      {assessment.until !== undefined && <p class="when">{t("web.result.until", { date: dateText(assessment.until) })}</p>}
      <Failed {...inside} />
      <Remedies {...inside} />
      <Needed assessment={assessment} policy={policy} household={household} />
      {verdict !== "no" && <How benefit={benefit} policy={policy} />}
      <Why {...inside} />
    </>
  );
  const confirm = assessment.to_confirm && <span class="badge confirm">{t("web.result.to_confirm")}</span>;
  return (
    <article
      class={`card ${verdict}${line ? " folded" : ""}`}
      data-benefit={benefit.id}
      data-subject={subject}
      data-verdict={verdict}
      data-min={amount?.min}
      data-max={amount?.max}
    >
      {line ? (
        <Fold
          class="line"
          onScreen
          summary={
            <>
              {say(benefit.title)}
              {whom !== undefined && <span class="hint">{whom}</span>}
              {later !== undefined && <span class="hint">{t("web.result.later.short", { date: dateText(later.date) })}</span>}
              {verdict !== "no" && amount !== undefined && !told && <span class="hint">{amountText(amount, benefit)}</span>}
              {verdict === "open" && <span class="hint">{t("web.result.lacks", { n: assessment.ask.length })}</span>}
              {verdict !== "no" && confirm}
            </>
          }
        >
          {body}
        </Fold>
      ) : (
        <>
          <header>
            <h3>{say(benefit.title)}</h3>
            <p class="badges">
              {whom !== undefined && <span class="badge">{whom}</span>}
              <span class={`badge ${verdict}`}>{t(`verdict.${verdict}`)}</span>
              {confirm}
            </p>
          </header>
          {body()}
        </>
      )}
    </article>
  );
}

function Failed({ assessment, benefit }: Inside) {
  if (assessment.verdict !== "no" || assessment.failed.length === 0) return null;
  return (
    <div>
      <h4>{t("web.result.failed")}</h4>
      <ul>
        {assessment.failed.map((id) => (
          <li key={id}>{sayOf(benefit, id)}</li>
        ))}
      </ul>
    </div>
  );
}

function Remedies({ assessment, benefit, policy }: Inside) {
  const remedies = (assessment.remedy ?? []).flatMap((id) => benefit.criteria.find((one) => one.id === id)?.remedy ?? []);
  if (remedies.length === 0) return null;
  return (
    <div>
      <h4>{t("web.result.remedy")}</h4>
      {remedies.map((remedy) => (
        <div key={remedy.say.zh}>
          <p>{say(remedy.say)}</p>
          <Cites cites={remedy.cite} policy={policy} />
        </div>
      ))}
    </div>
  );
}

function Needed({ assessment, policy, household }: Omit<Inside, "benefit"> & { household: Household }) {
  if (assessment.ask.length === 0) return null;
  const links = (facts: string[]) => (
    <ul>
      {facts.map((fact) => (
        <li key={fact}>
          <a href={path.question({ subject: askedOf(household, policy, assessment.subject, fact), fact }, "result")}>
            {say(policy.facts[fact]?.ask)}
          </a>
        </li>
      ))}
    </ul>
  );
  // A long list of questions on every card would bury what is certain.
  return (
    <div class="needed">
      <h4>{t("web.result.needed")}</h4>
      {links(assessment.ask.slice(0, 1))}
      {assessment.ask.length > 1 && (
        <Fold summary={t("web.result.needed.more", { n: String(assessment.ask.length - 1) })}>{() => links(assessment.ask.slice(1))}</Fold>
      )}
    </div>
  );
}

function Why({ assessment, benefit, policy }: Inside) {
  return (
    <Fold summary={t("web.result.why")}>
      {() => (
        <>
          {benefit.why !== undefined && <p>{say(benefit.why)}</p>}
          <Criteria criteria={assessment.criteria} benefit={benefit} policy={policy} />
          {(assessment.amount?.cite ?? []).length > 0 && (
            <>
              <h4>{t("web.result.amount.cite")}</h4>
              <Cites cites={assessment.amount?.cite} policy={policy} />
            </>
          )}
        </>
      )}
    </Fold>
  );
}
