import type { Fact, FactValue, Policy } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, subjectLabel } from "../household";
import { yuan } from "../money";
import { path } from "../route";
import { dateText, say, t } from "../texts";
import { Fold } from "./fold";

/** What was answered, each with a way to change it. */
export function Answers({ engine, household }: { engine: Engine; household: Household }) {
  const { policy } = engine;
  return (
    <Fold class="answers screen" onScreen summary={t("web.result.answers")}>
      {() =>
        household.subjects.map(({ id, facts }) => {
          const skipped = household.skipped.filter((key) => key.startsWith(`${id}/`)).map((key) => key.slice(id.length + 1));
          const rows: [string, FactValue | undefined][] = [
            ...Object.entries(facts),
            ...skipped.map((fact): [string, undefined] => [fact, undefined]),
          ];
          return rows.length === 0 ? null : (
            <section key={id}>
              <h3>{subjectLabel(household, policy, id)}</h3>
              <ul>
                {rows.map(([fact, value]) => (
                  <li key={fact}>
                    {say(policy.facts[fact]?.ask)} <strong>{valueText(policy, policy.facts[fact], value)}</strong>{" "}
                    <a href={path.question({ subject: id, fact }, "result")}>{t("web.result.answers.change")}</a>
                  </li>
                ))}
              </ul>
            </section>
          );
        })
      }
    </Fold>
  );
}

export function valueText(policy: Policy, fact: Fact | undefined, value: FactValue | undefined): string {
  if (value === undefined || fact === undefined) return t("web.result.answers.skipped");
  switch (fact.type) {
    case "bool":
      return t(value === true ? "web.yes" : "web.no");
    case "date":
      return dateText(String(value));
    case "money":
      return `${yuan(Number(value))} ${t("web.question.yuan")}`;
    case "count":
      return `${value} ${say(fact.unit)}`;
    default: {
      const index = fact.values.indexOf(String(value));
      return say(fact.labels?.zh[index]) ?? say(policy.districts.find(({ code }) => code === value)?.name) ?? String(value);
    }
  }
}
