// Where they are: the districts as a schematic picture with the count of each, and the places of the list that say where they lie. The same choice as
// the list of districts above it, and districts without an outline stand below.
import map from "virtual:district-map";
import type { District, Hit } from "../../../wasm/js/types";
import { CHINESE, say, t } from "../texts";

interface Props {
  districts: District[];
  chosen: string;
  counts: Record<string, number>;
  hits: Hit[];
  onChoose(district: string): void;
}

export function DistrictMap({ districts, chosen, counts, hits, onChoose }: Props) {
  const shapeOf = (district: District) => map.shapes.find(({ name }) => name === district.name.zh);
  const drawn = districts.filter((district) => shapeOf(district) !== undefined);
  const others = districts.filter((district) => shapeOf(district) === undefined && counts[district.code] !== undefined);
  const label = ({ code, name }: District) => t("find.counted", { text: say(name), count: String(counts[code] ?? 0) });
  const toggle = (code: string) => onChoose(code === chosen ? "" : code);
  return (
    <figure class="map">
      <svg viewBox={`0 0 ${map.width} ${map.height}`}>
        <title>{t("find.map")}</title>
        {drawn.map((district) => (
          // biome-ignore lint/a11y/useSemanticElements: a shape of a picture cannot be a <button>
          <path
            key={district.code}
            d={shapeOf(district)?.path}
            role="button"
            tabindex={0}
            aria-label={label(district)}
            aria-pressed={district.code === chosen}
            class={(counts[district.code] ?? 0) > 0 ? "some" : undefined}
            data-district={district.code}
            onClick={() => toggle(district.code)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              toggle(district.code);
            }}
          />
        ))}
        <g>
          {hits.map(({ id, lat, lon }) =>
            lat === undefined || lon === undefined ? null : (
              <circle key={id} r="4" cx={(lon - map.west) * map.perLongitude} cy={(map.north - lat) * map.perLatitude} />
            ),
          )}
          {drawn.map((district) => {
            const [x, y] = shapeOf(district)?.at ?? [0, 0];
            return (
              // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a text of a picture takes no focus; its shape says the same
              <text key={district.code} x={x} y={y} aria-hidden="true">
                <tspan x={x} lang={CHINESE}>
                  {district.short[0] ?? say(district.name)}
                </tspan>
                <tspan x={x} dy="1.15em" class="count">
                  {counts[district.code] ?? 0}
                </tspan>
              </text>
            );
          })}
        </g>
      </svg>
      <figcaption class="hint">{t("find.map.note")}</figcaption>
      {others.length > 0 && (
        <ul class="others">
          {others.map((district) => (
            <li key={district.code}>
              <button type="button" class="secondary" aria-pressed={district.code === chosen} onClick={() => toggle(district.code)}>
                {label(district)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
