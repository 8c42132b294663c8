import type { ComponentChildren } from "preact";
import type { District, Hit } from "../../../wasm/js/types";
import { dateText, t } from "../texts";

export function HitCard({ hit, districts }: { hit: Hit; districts: District[] }) {
  const district = districts.find(({ code }) => code === hit.district)?.name.zh ?? t("web.find.district.unknown");
  const stage = hit.stage === "planned" && hit.confidence === "plan" ? "plan2022" : hit.stage;
  return (
    <article class="card hit" data-id={hit.id}>
      <header>
        <h2>
          <Highlighted text={hit.name} ranges={hit.highlight ?? []} />
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
        {hit.beds !== undefined && <li>{t("web.find.beds.value", { n: String(hit.beds) })}</li>}
        {hit.places !== undefined && <li>{t("web.find.places.value", { n: String(hit.places) })}</li>}
        {hit.distance_m !== undefined && <li>{distance(hit.distance_m)}</li>}
      </ul>
      <p>{hit.address ?? t("web.find.address.unknown")}</p>
      {hit.operator !== undefined && <p>{t("web.find.operator", { name: hit.operator })}</p>}
      {hit.period !== undefined && <p>{t("web.find.period", { period: hit.period })}</p>}
      {hit.note !== undefined && <p>{hit.note}</p>}
      <Links hit={hit} />
      <Source hit={hit} />
    </article>
  );
}

// Ranges count code points, not UTF-16 units.
function Highlighted({ text, ranges }: { text: string; ranges: [number, number][] }) {
  const signs = Array.from(text);
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push(signs.slice(at, start).join(""), <mark>{signs.slice(start, end).join("")}</mark>);
    at = end;
  }
  parts.push(signs.slice(at).join(""));
  return <>{parts}</>;
}

function distance(metres: number): string {
  return metres < 1000
    ? t("web.find.distance.m", { n: String(Math.round(metres / 10) * 10) })
    : t("web.find.distance.km", { n: (metres / 1000).toFixed(1) });
}

function Links({ hit }: { hit: Hit }) {
  // A plan is not a place one can travel to.
  const exists = hit.stage !== "planned";
  if (hit.phone === undefined && !exists) return null;
  return (
    <p class="actions">
      {hit.phone !== undefined && (
        <a class="secondary" href={`tel:${hit.phone.replace(/[^\d+]/g, "")}`}>
          {t("web.find.call", { phone: hit.phone })}
        </a>
      )}
      {exists && (
        <a
          class="secondary"
          href={mapUrl(hit)}
          target="_blank"
          rel="noopener noreferrer"
          referrerpolicy="no-referrer"
          aria-label={t("web.find.navigate.label", { name: hit.name })}
        >
          {t("web.find.navigate")}
        </a>
      )}
    </p>
  );
}

// A hand-over to a map application: followed only when the visitor asks, it tells that site the facility's name and no more.
function mapUrl({ name, lat, lon }: Hit): string {
  const map = "https://uri.amap.com/";
  if (lat !== undefined && lon !== undefined)
    return `${map}marker?${new URLSearchParams({ position: `${lon},${lat}`, name, coordinate: "wgs84" })}`;
  return `${map}search?${new URLSearchParams({ keyword: name, city: t("web.find.city") })}`;
}

function Source({ hit }: { hit: Hit }) {
  return (
    <details class="source">
      <summary>
        {t("web.find.source")} {hit.confidence !== undefined && <span class="hint">{t(`web.confidence.${hit.confidence}`)}</span>}
      </summary>
      {hit.source !== undefined && <p>{hit.source}</p>}
      {hit.source_date !== undefined && <p>{t("web.find.source.date", { date: dateText(hit.source_date) })}</p>}
    </details>
  );
}
