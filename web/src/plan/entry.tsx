import type { CityPlan, PlanText } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { path } from "../route";
import { t } from "../texts";
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
  const { id, title, say, goal, family, since, district, place, by, benefits = [] } = entry;
  const where = policy.districts.find(({ code }) => code === district)?.name.zh;
  const given = benefits.flatMap((id) => policy.benefits.filter((one) => one.id === id));
  return (
    <li data-entry={id}>
      <Heading>{title.zh}</Heading>
      {(since !== undefined || where !== undefined) && (
        <p class="badges">
          {since !== undefined && <span class="badge">{t("plan.since", { year: String(since) })}</span>}
          {where !== undefined && <span class="badge">{where}</span>}
        </p>
      )}
      <p>{say.zh}</p>
      {goal !== undefined && <p>{t("plan.goal", { text: goal.zh })}</p>}
      {family !== undefined && (
        <p class="more">
          <strong>{t("plan.family")}</strong> {family.zh}
        </p>
      )}
      {given.length > 0 && (
        <>
          <p class="hint">{t("plan.benefits")}</p>
          <ul class="names">
            {given.map((one) => (
              <li key={one.id}>
                <a href={path.benefit(one.id)}>{one.title.zh}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Conflicts conflicts={about(plan.conflicts, id)} />
      {by !== undefined && <p class="hint">{t("plan.by", { text: by.zh })}</p>}
      <Basis engine={engine} plan={plan} places={[place]} />
    </li>
  );
}
