import type { Assessment, Benefit, Policy } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { Cites } from "./cite";

export function sayOf(benefit: Benefit, id: string): string {
  return say(benefit.criteria.find((one) => one.id === id)?.say) ?? t("web.result.in_force");
}

/** Every condition with how it stands, and the clause it comes from. */
export function Criteria({ criteria, benefit, policy }: Pick<Assessment, "criteria"> & { benefit: Benefit; policy: Policy }) {
  return (
    <ul class="criteria">
      {criteria.map(({ id, state }) => (
        <li key={id} class={state}>
          <p>
            <span class={`badge ${state}`}>{t(`web.result.state.${state}`)}</span> {sayOf(benefit, id)}
          </p>
          <Cites cites={id === "in_force" ? benefit.in_force.cite : benefit.criteria.find((one) => one.id === id)?.cite} policy={policy} />
        </li>
      ))}
    </ul>
  );
}
