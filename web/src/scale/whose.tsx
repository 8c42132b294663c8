import { rate, subjectLabel } from "../household";
import { t } from "../texts";
import type { OneScaleProps } from "./one-scale";

/** Of several elders each has answers of their own: which one it is about. */
export function Whose({ engine, household, elder }: Pick<OneScaleProps, "engine" | "household" | "elder">) {
  const elders = household.subjects.filter(({ kind }) => kind === "elder");
  if (elders.length < 2) return null;
  return (
    <fieldset class="choices whose">
      <legend>{t("scale.whose")}</legend>
      {elders.map(({ id }) => (
        <label class="choice" key={id}>
          <input type="radio" name="elder" value={id} checked={id === elder?.id} onChange={() => rate(id)} />
          <span>{subjectLabel(household, engine.policy, id)}</span>
        </label>
      ))}
    </fieldset>
  );
}
