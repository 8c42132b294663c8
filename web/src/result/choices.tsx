// Benefits that exclude or reduce each other: the best lawful combination, and what another choice would lose.
import type { Choice, Combination } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { askedOf, type Household, subjectLabel } from "../household";
import { path } from "../route";
import { say, t } from "../texts";
import { sumLines, sumText } from "./amount-text";
import { Cites } from "./cite";
import { Fold } from "./fold";

interface Props {
  engine: Engine;
  household: Household;
  combination: Combination;
}

export function Choices({ engine, household, combination }: Props) {
  const { choices, deductions } = combination;
  if (choices.length + deductions.length === 0) return null;
  const { policy } = engine;
  const rule = (id: string) => policy.stacking.find((one) => one.id === id);
  const title = (id: string) => say(policy.benefits.find((one) => one.id === id)?.title) ?? id;
  return (
    <section class="choices-made" aria-labelledby="choices">
      <h2 id="choices">{t("web.result.choices")}</h2>
      {choices.map((choice) => (
        <OneChoice key={`${choice.subject} ${choice.groups}`} engine={engine} household={household} choice={choice} title={title} />
      ))}
      {deductions.length > 0 && (
        <Fold summary={t("web.result.deductions", { n: String(deductions.length) })}>
          {() =>
            deductions.map(({ rule: id, subject, from, before, after }) => (
              <div class="stacking" key={`${subject} ${id} ${from}`} data-deduction={id}>
                <p>
                  <strong>{title(from)}</strong> {subjectLabel(household, policy, subject)}
                </p>
                <p>{say(rule(id)?.say)}</p>
                <p>{t("web.result.deduction", { before: sumText("money", before), after: sumText("money", after) })}</p>
                <Cites cites={rule(id)?.cite} policy={policy} />
              </div>
            ))
          }
        </Fold>
      )}
    </section>
  );
}

function OneChoice({ engine, household, choice, title }: Omit<Props, "combination"> & { choice: Choice; title(id: string): string }) {
  const { policy } = engine;
  const { groups, subject, best, options, depends } = choice;
  const list = (ids: string[]) => t("web.result.choice.list", { count: ids.length, titles: ids.map(title).join(t("web.result.and")) });
  const isBest = (take: string[]) => best !== undefined && take.join() === best.join();
  const others = options.filter(({ take }) => !isBest(take));
  return (
    <div class="stacking" data-choice={groups.join(" ")} data-subject-choice={subject}>
      <h3>{subjectLabel(household, policy, subject)}</h3>
      {groups.map((id) => {
        const group = policy.stacking.find((one) => one.id === id);
        return (
          <div key={id}>
            <p>{say(group?.say)}</p>
            <Cites cites={group?.cite} policy={policy} />
          </div>
        );
      })}
      {best !== undefined && (
        <p data-best={best.join(" ")}>
          <strong>{t("web.result.choice.best", { take: list(best) })}</strong>
        </p>
      )}
      {best === undefined && <p>{t("web.result.choice.depends")}</p>}
      <ul>
        {others.map(({ take, loses }) => (
          <li key={take.join()}>
            {best === undefined
              ? t("web.result.choice.option", { take: list(take) })
              : t("web.result.choice.loses", {
                  take: list(take),
                  loses: sumLines(loses ?? {}, true)
                    .map(({ kind, label, range }) => `${label} ${sumText(kind, range)}`)
                    .join(t("web.result.and")),
                })}
          </li>
        ))}
      </ul>
      {depends !== undefined && depends.unpublished.length > 0 && (
        <p>{t("web.result.choice.unpublished", { titles: list(depends.unpublished) })}</p>
      )}
      {depends !== undefined && depends.ask.length > 0 && (
        <Fold class="needed" summary={t("web.result.choice.ask", { n: String(depends.ask.length) })}>
          {() => (
            <ul>
              {depends.ask.map((ask) => (
                <li key={`${ask.subject} ${ask.fact}`}>
                  <a href={path.question({ ...ask, subject: askedOf(household, policy, ask.subject, ask.fact) }, "result")}>
                    {say(policy.facts[ask.fact]?.ask)}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Fold>
      )}
    </div>
  );
}
