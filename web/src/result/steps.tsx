// What somebody can do so that a benefit is no longer refused: only remedies that a document names.
import type { Steps } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, subjectLabel } from "../household";
import { say, t } from "../texts";
import { amountText } from "./amount-text";
import { Cites } from "./cite";
import { Fold } from "./fold";

interface Props {
  engine: Engine;
  household: Household;
  steps: Steps;
}

export function StepList({ engine, household, steps: { steps } }: Props) {
  if (steps.length === 0) return null;
  const { policy } = engine;
  return (
    <section class="ways" aria-labelledby="ways">
      <h2 id="ways">{t("web.result.steps")}</h2>
      {steps.map(({ benefit: id, subject, do: todo, verdict, amount }) => {
        const benefit = policy.benefits.find((one) => one.id === id);
        if (benefit === undefined) return null;
        return (
          <div class="stacking" key={`${subject} ${id} ${todo.map(({ criterion, remedy }) => criterion + remedy)}`} data-step={id}>
            <h3>{say(benefit.title)}</h3>
            <p class="hint">{subjectLabel(household, policy, subject)}</p>
            <ol>
              {todo.map(({ criterion, remedy }) => {
                const way = benefit.criteria.find((one) => one.id === criterion)?.remedy?.[remedy];
                return (
                  <li key={`${criterion} ${remedy}`}>
                    {say(way?.say)}
                    <Fold summary={t("web.result.basis")}>{() => <Cites cites={way?.cite} policy={policy} />}</Fold>
                  </li>
                );
              })}
            </ol>
            <p>{t("web.result.steps.after", { verdict, amount: amountText(amount, benefit) })}</p>
          </div>
        );
      })}
    </section>
  );
}
