import type { CityPlan, PlanText } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { path } from "../route";
import { say, t } from "../texts";
import { Basis } from "./basis";
import { Conflicts } from "./conflicts";
import { about } from "./figure";

interface Props {
  engine: Engine;
  plan: CityPlan;
  entry: PlanText;
  heading: "h2" | "h3";
}

/** A policy, a support, a pilot or a platform. */
export function Entry({ engine, plan, entry, heading: Heading }: Props) {
  const { policy } = engine;
  const { id, title, say: text, goal, family, since, district, place, by, benefits = [] } = entry;
  const where = say(policy.districts.find(({ code }) => code === district)?.name);
  const given = benefits.flatMap((id) => policy.benefits.filter((one) => one.id === id));
  return (
    <li data-entry={id}>
      <Heading>{say(title)}</Heading>
      {(since !== undefined || where !== undefined) && (
        <p class="badges">
          {since !== undefined && <span class="badge">{t("plan.since", { year: String(since) })}</span>}
          {where !== undefined && <span class="badge">{where}</span>}
        </p>
      )}
      <p>{say(text)}</p>
      {goal !== undefined && <p>{t("plan.goal", { text: say(goal) })}</p>}
      {family !== undefined && (
        <p class="more">
          <strong>{t("plan.family")}</strong> {say(family)}
        </p>
      )}
      {given.length > 0 && (
        <>
          <p class="hint">{t("plan.benefits")}</p>
          <ul class="names">
            {given.map((one) => (
              <li key={one.id}>
                <a href={path.benefit(one.id)}>{say(one.title)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Conflicts conflicts={about(plan.conflicts, id)} />
      {by !== undefined && <p class="hint">{t("plan.by", { text: say(by) })}</p>}
      <Basis engine={engine} plan={plan} places={[place]} />
    </li>
  );
}
