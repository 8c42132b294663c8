import type { PlanConflict } from "../../../wasm/js/types";
import { say, t } from "../texts";

/** Where the plan contradicts itself or leaves something open, said beside what it is about. */
export function Conflicts({ conflicts }: { conflicts: PlanConflict[] }) {
  return (
    <>
      {conflicts.map(({ id, kind, say: text }) => (
        <p class="conflict" key={id} data-conflict={id}>
          <strong>{t(`plan.conflict.${kind}`)}</strong> {say(text)}
        </p>
      ))}
    </>
  );
}
