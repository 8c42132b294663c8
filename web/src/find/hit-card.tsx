import { useState } from "preact/hooks";
import { type District, type Hit, isCoreError, type Links } from "../../../wasm/js/types";
import { Zh } from "../language/zh";
import { path } from "../route";
import { pageLink } from "../share/link";
import { ShareLink } from "../share/share-link";
import { dateText, say, t } from "../texts";
import { Marked } from "./marked";
import type { Search } from "./search";
import { Why } from "./why";

interface Props {
  hit: Hit;
  districts: District[];
  search: Search;
  picked: boolean;
  /** Absent when no more can be compared. */
  onPick?: ((on: boolean) => void) | undefined;
}

export function HitCard({ hit, districts, search, picked, onPick }: Props) {
  const district = say(districts.find(({ code }) => code === hit.district)?.name) ?? t("find.district.unknown");
  const stage = hit.stage === "planned" && hit.confidence === "plan" ? "plan2022" : hit.stage;
  return (
    <article class="card hit" data-id={hit.id} data-match={hit.match}>
      <header>
        <h2>
          <Marked text={hit.name} spans={hit.highlight} />
        </h2>
        <p class="badges">
          <span class={`badge ${hit.stage === "open" ? "yes" : hit.stage === "planned" ? "open" : "no"}`}>{t(`web.stage.${stage}`)}</span>
          {(hit.confidence === "single" || hit.confidence === "single-weak") && (
            <span class="badge confirm">{t("web.result.to_confirm")}</span>
          )}
        </p>
      </header>
      <ul class="facts">
        <li>{t(`web.type.${hit.type}`)}</li>
        <li>{district}</li>
        {hit.beds !== undefined && <li>{t("find.beds.value", { n: String(hit.beds) })}</li>}
        {hit.places !== undefined && <li>{t("find.places.value", { n: String(hit.places) })}</li>}
        {hit.distance_m !== undefined && <li>{distance(hit.distance_m)}</li>}
      </ul>
      <p>{hit.address === undefined ? t("find.address.unknown") : <Marked text={hit.address} spans={hit.marks?.address} />}</p>
      {hit.operator !== undefined && (
        <p>
          {t("find.operator")}
          <Marked text={hit.operator} spans={hit.marks?.operator} />
        </p>
      )}
      {hit.period !== undefined && <p>{t("find.period", { period: hit.period })}</p>}
      {hit.note !== undefined && (
        <p>
          <Marked text={hit.note} spans={hit.marks?.note} />
        </p>
      )}
      <Why hit={hit} />
      {hit.phone !== undefined && (
        <p class="actions">
          <a class="secondary" href={`tel:${hit.phone.replace(/[^\d+]/g, "")}`}>
            {t("find.call", { phone: hit.phone })}
          </a>
        </p>
      )}
      {/* A plan is not a place one can travel to. */}
      {hit.stage !== "planned" && <Maps hit={hit} search={search} />}
      <ShareLink url={() => pageLink(path.facility(hit.id, hit.name))} title={hit.name} label={t("share.facility")} />
      <Source hit={hit} />
      {(picked || onPick !== undefined) && (
        <label class="pick screen extra">
          <input type="checkbox" checked={picked} onChange={(event) => onPick?.(event.currentTarget.checked)} data-pick />
          <span>{t("find.compare.pick")}</span>
        </label>
      )}
    </article>
  );
}

function distance(metres: number): string {
  return metres < 1000
    ? t("find.distance.m", { n: String(Math.round(metres / 10) * 10) })
    : t("find.distance.km", { n: (metres / 1000).toFixed(1) });
}

/** Hand-over to map applications: followed only when the visitor asks, a link tells that site the place and no more. */
function Maps({ hit, search }: { hit: Hit; search: Search }) {
  const [maps, setMaps] = useState<Links["maps"]>();
  const load = async () => {
    if (maps !== undefined) return;
    const links = await search.links(hit.id);
    if (!isCoreError(links)) setMaps(links.maps);
  };
  return (
    <details class="maps screen" onToggle={load}>
      <summary aria-label={t("find.navigate.label", { name: hit.name })}>{t("find.navigate")}</summary>
      <p class="actions">
        {maps?.map(({ map, url }) => (
          <a class="secondary" key={map} href={url} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">
            {t(`find.map.${map}`)}
          </a>
        ))}
      </p>
    </details>
  );
}

function Source({ hit }: { hit: Hit }) {
  return (
    <details class="source">
      <summary>
        {t("find.source")} {hit.confidence !== undefined && <span class="hint">{t(`web.confidence.${hit.confidence}`)}</span>}
      </summary>
      {hit.source !== undefined && (
        <p>
          <Zh>{hit.source}</Zh>
        </p>
      )}
      {hit.source_date !== undefined && <p>{t("find.source.date", { date: dateText(hit.source_date) })}</p>}
    </details>
  );
}
