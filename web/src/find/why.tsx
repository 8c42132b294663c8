import type { Hit, TextHit } from "../../../wasm/js/types";
import { t } from "../texts";

/** Why this is among what was found, where the marked characters alone do not show it, and what its data does not say. */
export function Why({ hit }: { hit: Hit | TextHit }) {
  const unsure = hit.kind === "facility" ? (hit.unsure ?? []) : [];
  return (
    <>
      {hit.match !== "all" && !(hit.match === "han" && hit.field === "name") && (
        <p class="hint why">
          {t(`find.match.${hit.match}`)}
          {hit.field !== undefined && hit.field !== "name" && t("find.match.in", { field: t(`find.field.${hit.field}`) })}
        </p>
      )}
      {unsure.map((kind) => (
        <p class="hint" key={kind}>
          {t(`find.unsure.${kind}`)}
        </p>
      ))}
    </>
  );
}
