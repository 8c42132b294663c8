// Journey 3: words and filters in, facilities out.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { LoadError, type LoadReason } from "../../../wasm/js/load-error";
import { type CoreError, type District, type Hit, type Hits, isCoreError, type Suggestion, type TextHit } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Page } from "../page";
import { errorText, t, useLanguage } from "../texts";
import { Chips } from "./chips";
import { Compare, MOST_COMPARED } from "./compare";
import { ElderHint } from "./elder-hint";
import { Filters } from "./filters";
import { HitCard } from "./hit-card";
import { Near } from "./near";
import { Fetching, nameOf, Parts } from "./parts";
import type { Search } from "./search";
import { SearchBox } from "./search-box";
import { TextCard } from "./text-card";
import { KINDS, keepWish, lastWish, NO_WISH, queryOf, type Wish } from "./wish";

export { openSearch } from "./search";

const PAGE = 20;
const TYPING_MS = 150;

type Found = Hits<Hit | TextHit>;

// The address may name a district to begin with (docs/interfaces.md, section 11).
function firstWish(districts: District[]): Wish {
  const asked = new URLSearchParams(location.search).get("district");
  return { ...NO_WISH, district: districts.find(({ code }) => code === asked)?.code ?? "" };
}

interface Props {
  engine: Engine;
  search: Search;
  /** The one that a link names: it is looked for by its name, and told from its namesakes by its id. */
  facility: { id: string; name: string } | undefined;
}

export function FindPage({ engine, search, facility }: Props) {
  const [wish, setWish] = useState(() =>
    facility === undefined ? (lastWish() ?? firstWish(engine.policy.districts)) : { ...NO_WISH, q: facility.name },
  );
  const [found, setFound] = useState<Found | CoreError>();
  const [answered, setAnswered] = useState<Wish>();
  const [fetching, setFetching] = useState<{ district: string; failed?: LoadReason }>();
  const [picked, setPicked] = useState<{ id: string; name: string }[]>([]);
  const [again, setAgain] = useState(0);
  const turn = useRef(0);

  useEffect(() => {
    keepWish(wish);
    const mine = ++turn.current;
    const timer = setTimeout(
      async () => {
        let district = "";
        const fetched = (code: string) => {
          district = code;
          if (mine === turn.current) setFetching({ district });
        };
        try {
          const hits = await search.find({ ...queryOf(wish), offset: 0, limit: PAGE }, fetched);
          if (mine !== turn.current) return;
          setFound(hits);
          setFetching(undefined);
        } catch (error) {
          if (mine !== turn.current) return;
          setFetching({ district, failed: error instanceof LoadError ? error.reason : "engine" });
        }
        setAnswered(wish);
      },
      found === undefined ? 0 : TYPING_MS,
    );
    return () => clearTimeout(timer);
  }, [wish, again]);

  const more = async () => {
    if (found === undefined || isCoreError(found)) return;
    const mine = turn.current;
    const next = await search.find({ ...queryOf(wish), offset: found.hits.length, limit: PAGE }).catch(() => found);
    if (next === found || mine !== turn.current) return;
    setFound(isCoreError(next) ? next : { ...next, hits: [...found.hits, ...next.hits] });
  };
  const change = (part: Partial<Wish>) =>
    setWish((old) => {
      const wish = { ...old, ...part };
      return { ...wish, literal: wish.literal.filter((text) => wish.q.includes(text)) };
    });
  const choose = ({ kind, text, id }: Suggestion) => {
    // A need is no column to choose from: its word is understood where it stands.
    if (id !== undefined && (kind === "district" || kind === "type")) change({ [kind]: id, q: "" });
    else change({ q: text });
  };
  const absent = found !== undefined && !isCoreError(found) ? (found.absent ?? []) : [];
  const linked = facility !== undefined && wish.q === facility.name && found !== undefined && !isCoreError(found);
  const there = linked && found.hits.find(({ id }) => id === facility.id);
  if (linked && there) found.hits = [there, ...found.hits.filter((one) => one !== there)];
  return (
    <Page title={t("web.find.title")}>
      {linked && (
        <p role="status" class="note" data-linked={there ? "found" : "gone"}>
          {t(there ? "share.facility.found" : "share.facility.gone", { name: facility.name })}
        </p>
      )}
      <SearchBox value={wish.q} suggest={search.suggest} onInput={(q) => change({ q })} onChoose={choose} />
      <ElderHint q={wish.q} />
      {wish.kind === "facility" && (
        <>
          <Filters
            wish={wish}
            districts={engine.policy.districts}
            facets={found !== undefined && !isCoreError(found) ? found.facets : undefined}
            absent={absent}
            onChange={change}
            onReset={() => setWish(NO_WISH)}
          />
          <Near wish={wish} onChange={change} />
        </>
      )}
      {fetching !== undefined && <Fetching {...fetching} districts={engine.policy.districts} retry={() => setAgain(again + 1)} />}
      {fetching === undefined && wish.kind === "facility" && (
        <Parts absent={absent} districts={engine.policy.districts} onChoose={(district) => change({ district })} />
      )}
      {found !== undefined &&
        (isCoreError(found) ? (
          <p class="alert" role="alert">
            {errorText(found)}
          </p>
        ) : (
          <>
            <Chips found={found} districts={engine.policy.districts} literal={wish.literal} onLiteral={(literal) => change({ literal })} />
            <Kinds found={found} wish={wish} onChange={change} />
            <Results
              found={found}
              busy={answered !== wish}
              wish={wish}
              engine={engine}
              search={search}
              picked={picked}
              onPick={setPicked}
              more={more}
              onChange={change}
            />
          </>
        ))}
      <p class="note">{t("find.notice")}</p>
    </Page>
  );
}

/** The same words among benefits, entries of the plan and documents. */
function Kinds({ found, wish, onChange }: { found: Found; wish: Wish; onChange(part: Partial<Wish>): void }) {
  if (wish.q.trim() === "") return null;
  return (
    <fieldset class="kinds">
      <legend class="skip">{t("find.kinds")}</legend>
      {KINDS.map((kind) => (
        <button
          type="button"
          key={kind}
          class="secondary"
          aria-pressed={kind === wish.kind}
          onClick={() => onChange({ kind })}
          data-kind={kind}
        >
          {t("find.counted", { text: t(`find.kind.${kind}`), count: String(found.facets.kind[kind] ?? 0) })}
        </button>
      ))}
    </fieldset>
  );
}

interface ResultsProps {
  found: Found;
  /** Another question has been asked meanwhile. */
  busy: boolean;
  wish: Wish;
  engine: Engine;
  search: Search;
  picked: { id: string; name: string }[];
  onPick(picked: { id: string; name: string }[]): void;
  more(): void;
  onChange(part: Partial<Wish>): void;
}

function Results({ found, busy, wish, engine, search, picked, onPick, more, onChange }: ResultsProps) {
  const nowhere =
    wish.near !== undefined && found.hits.length > 0 && found.hits.every((hit) => hit.kind !== "facility" || hit.distance_m === undefined);
  const pick = ({ id, name }: Hit) => {
    const on = picked.some((one) => one.id === id);
    if (!on && picked.length >= MOST_COMPARED) return { picked: on };
    return { picked: on, onPick: (now: boolean) => onPick(now ? [...picked, { id, name }] : picked.filter((one) => one.id !== id)) };
  };
  // The cards stay as they are while somebody types.
  const language = useLanguage();
  const cards = useMemo(
    () => (
      <ol class="hits">
        {found.hits.map((hit) => (
          <li key={hit.id}>
            {hit.kind === "facility" ? (
              <HitCard hit={hit} districts={engine.policy.districts} search={search} {...pick(hit)} />
            ) : (
              <TextCard hit={hit} />
            )}
          </li>
        ))}
      </ol>
    ),
    [found, picked, language],
  );
  return (
    <>
      <p role="status" class="total" aria-busy={busy}>
        {found.total === 0 ? t("find.none") : t("find.total", { total: String(found.total) })}
      </p>
      {nowhere && <p class="note">{t("find.near.nowhere")}</p>}
      {found.total === 0 && <Instead found={found} wish={wish} districts={engine.policy.districts} onChange={onChange} />}
      {wish.kind === "facility" && <MapView found={found} wish={wish} districts={engine.policy.districts} onChange={onChange} />}
      {wish.kind === "facility" && (
        <Compare picked={picked} districts={engine.policy.districts} search={search} onClear={() => onPick([])} />
      )}
      {cards}
      {found.hits.length < found.total && (
        <button type="button" class="primary" onClick={more} data-more>
          {t("find.more")}
        </button>
      )}
    </>
  );
}

const DROPPED = { district: { district: "" }, type: { type: "" }, stage: { stage: "" }, beds_min: { beds: "" }, near: { near: undefined } };

/** The picture is fetched when somebody wants to see it. */
function MapView({ found, wish, districts, onChange }: InsteadProps) {
  const [shown, setShown] = useState<typeof import("./district-map") | "no" | "loading" | "failed">("no");
  const open = () => {
    setShown("loading");
    import("./district-map").then(setShown, () => setShown("failed"));
  };
  const loaded = typeof shown === "object";
  return (
    <>
      <button type="button" class="secondary extra" aria-expanded={loaded} onClick={loaded ? () => setShown("no") : open} data-map>
        {t(loaded ? "find.map.hide" : "find.map.show")}
      </button>
      {shown === "loading" && <p role="status">{t("web.find.loading")}</p>}
      {shown === "failed" && <p role="alert">{t("web.boot.network")}</p>}
      {loaded && (
        <shown.DistrictMap
          districts={districts}
          chosen={wish.district}
          counts={found.facets.district}
          hits={found.hits.filter((hit): hit is Hit => hit.kind === "facility")}
          onChoose={(district) => onChange({ district })}
        />
      )}
    </>
  );
}

interface InsteadProps {
  found: Found;
  wish: Wish;
  districts: District[];
  onChange(part: Partial<Wish>): void;
}

/** Nothing found: the nearest names, what there is across the district's border, and what there would be with one condition less. */
function Instead({ found, wish, districts, onChange }: InsteadProps) {
  const { suggest = [], relaxed = [], neighbours = [] } = found;
  const across = (district: string) => {
    // The word for the district goes where the new one comes.
    const q = Array.from(wish.q);
    for (const { kind, range } of found.understood) if (kind === "district") q.fill(" ", range[0], range[1]);
    onChange({ district, q: q.join("").trim() });
  };
  const drop = ({ drop: what, text = "" }: NonNullable<Found["relaxed"]>[number]) =>
    onChange(what === "word" ? { q: wish.q.replace(text, " ").trim() } : what === "kind" ? { kind: "facility" } : DROPPED[what]);
  return (
    <>
      {suggest.length > 0 && (
        <p class="try">
          {t("find.try")}{" "}
          {suggest.map((text) => (
            <button type="button" class="secondary" key={text} onClick={() => onChange({ ...NO_WISH, q: text })}>
              {text}
            </button>
          ))}
        </p>
      )}
      {neighbours.length > 0 && (
        <p class="try neighbours">
          {t("find.neighbours")}{" "}
          {neighbours.map(({ district, total }) => (
            <button type="button" class="secondary" key={district} onClick={() => across(district)} data-neighbour={district}>
              {t("find.counted", { text: nameOf(districts, district), count: String(total) })}
            </button>
          ))}
        </p>
      )}
      {relaxed.length > 0 && (
        <p class="try relaxed">
          {relaxed.map((one) => (
            <button type="button" class="secondary" key={`${one.drop} ${one.text}`} onClick={() => drop(one)}>
              {t("find.relaxed", {
                what: one.drop === "word" ? `“${one.text ?? ""}”` : t(`find.relaxed.${one.drop}`),
                total: String(one.total),
              })}
            </button>
          ))}
        </p>
      )}
    </>
  );
}
