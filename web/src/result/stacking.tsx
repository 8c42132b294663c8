import type { Policy, Result } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { Cites } from "./cite";

/** Benefits that exclude or reduce each other, said before the cards that promise both. */
export function Stacking({ policy, stacking }: { policy: Policy; stacking: Result["stacking"] }) {
  return (
    <>
      {stacking.map(({ group: id, kind }) => {
        const group = policy.stacking.find((one) => one.id === id);
        return group === undefined ? null : (
          <div class="stacking" key={id}>
            <h3>{t(kind === "at_most_one" ? "web.result.stacking" : "web.result.deduct")}</h3>
            <p>{say(group.say)}</p>
            <Cites cites={group.cite} policy={policy} />
          </div>
        );
      })}
    </>
  );
}
