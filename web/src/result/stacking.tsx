import type { Policy, Result } from "../../../wasm/js/types";
import { t } from "../texts";
import { Cites } from "./cite";

/** Benefits that exclude each other, said before the cards that promise both. */
export function Stacking({ policy, stacking }: { policy: Policy; stacking: Result["stacking"] }) {
  return (
    <>
      {stacking.map(({ group: id }) => {
        const group = policy.stacking.find((one) => one.id === id);
        return group === undefined ? null : (
          <div class="stacking" key={id}>
            <h3>{t("web.result.stacking")}</h3>
            <p>{group.say.zh}</p>
            <Cites cites={group.cite} policy={policy} />
          </div>
        );
      })}
    </>
  );
}
