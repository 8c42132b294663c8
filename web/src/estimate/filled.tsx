// On paper: what the answer rests on. On the screen the form itself says so.
import type { EstimateRequest, EstimateSubject, Fact, FactValue, Policy } from "../../../wasm/js/types";
import { yuan } from "../money";
import { say, t } from "../texts";
import { ASKED_OF_MANY } from "./groups";
import { isEntitled } from "./request";

export function Filled({ request, policy }: { request: EstimateRequest; policy: Policy }) {
  return (
    <section class="filled">
      <h3 class="kind">{t("estimate.filled")}</h3>
      {request.subjects.map((one) => (
        <div key={one.id}>
          <h4>{one.id}</h4>
          <ul>
            {one.kind !== "institution" && (
              <li>
                {t("estimate.count")} <strong>{typeof one.count === "number" ? one.count : t("estimate.unknown")}</strong>
              </li>
            )}
            {isEntitled(one, request.as_of) && (
              <li>
                {t("estimate.entitled")} <strong>{t("estimate.entitled.yes")}</strong>
              </li>
            )}
            {answersOf(one, request, policy).map(([name, fact, value]) => (
              <li key={name}>
                {ASKED_OF_MANY[name] === undefined ? say(fact.ask) : t(ASKED_OF_MANY[name])} <strong>{valueText(fact, value)}</strong>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function answersOf(one: EstimateSubject, { as_of }: EstimateRequest, policy: Policy): [string, Fact, FactValue][] {
  const told = isEntitled(one, as_of) ? ["elder_yunnan_hukou", "birth_date"] : [];
  return Object.entries(one.facts).flatMap(([name, value]) => {
    const fact = policy.facts[name];
    return fact === undefined || told.includes(name) ? [] : [[name, fact, value]];
  });
}

function valueText(fact: Fact, value: FactValue): string {
  if (fact.type === "bool") return t(value === true ? "web.yes" : "web.no");
  if (fact.type === "money") return t("estimate.yuan", { range: yuan(Number(value)) });
  if (fact.type === "count") return `${value} ${fact.unit}`;
  return ("values" in fact && say(fact.labels?.zh[fact.values.indexOf(String(value))])) || String(value);
}
