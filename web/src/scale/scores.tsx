import type { Scale, Score } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { bandText, fullOf, pointsText } from "./words";

/** The points of each dimension as a picture and as a table. */
export function Scores({ scale, score }: { scale: Scale; score: Score }) {
  const nameOf = (wanted: string) => say(scale.dimensions.find(({ id }) => id === wanted)?.say) ?? "";
  const banded = score.dimensions.some(({ band }) => band !== undefined);
  const rows = [
    ...score.dimensions.map((one) => ({ ...one, name: nameOf(one.id), full: fullOf(scale, one.id), band: bandText(scale, one) })),
    ...(score.total === undefined ? [] : [{ ...score.total, id: "total", name: t("scale.total"), full: fullOf(scale), band: "" }]),
  ];
  return (
    <section aria-labelledby="scale-scores">
      <h2 id="scale-scores">{t("scale.scores")}</h2>
      <figure class="points">
        {rows.map((row) => (
          <p key={row.id}>
            {t("scale.dimension", { name: row.name, points: pointsText(row, row.full) })}
            <svg aria-hidden="true" width="100%" height="0.9em">
              <rect class="track" width="100%" height="100%" />
              <rect class="open" width={`${(row.max / row.full) * 100}%`} height="100%" />
              <rect class="sure" width={`${(row.min / row.full) * 100}%`} height="100%" />
            </svg>
          </p>
        ))}
        {rows.some(({ min, max }) => min !== max) && <figcaption class="hint">{t("scale.picture")}</figcaption>}
      </figure>
      <table class="narrow">
        <thead>
          <tr>
            <th scope="col">{t("scale.column.dimension")}</th>
            <th scope="col">{t("scale.column.points")}</th>
            {banded && <th scope="col">{t("scale.column.band")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-row={row.id} data-min={row.min} data-max={row.max}>
              <th scope="row">{row.name}</th>
              <td>{pointsText(row, row.full)}</td>
              {banded && <td>{row.band}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
