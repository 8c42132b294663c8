// Journey 3: words and filters in, facilities out.
import { useEffect, useRef, useState } from "preact/hooks";
import { type CoreError, type Hits, isCoreError, type Suggestion } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Page } from "../page";
import { errorText, t } from "../texts";
import { Filters } from "./filters";
import { HitCard } from "./hit-card";
import { Near } from "./near";
import type { Search } from "./search";
import { SearchBox } from "./search-box";
import { NO_WISH, queryOf, type Wish } from "./wish";

export { openSearch } from "./search";

const PAGE = 20;
const TYPING_MS = 150;

// Leaving the page and coming back must not lose what was looked for.
let lastWish = NO_WISH;

export function FindPage({ engine, search }: { engine: Engine; search: Search }) {
  const [wish, setWish] = useState(lastWish);
  const [found, setFound] = useState<Hits | CoreError>();
  const turn = useRef(0);

  useEffect(() => {
    lastWish = wish;
    const mine = ++turn.current;
    const timer = setTimeout(
      async () => {
        const hits = await search.find({ ...queryOf(wish), offset: 0, limit: PAGE });
        if (mine === turn.current) setFound(hits);
      },
      found === undefined ? 0 : TYPING_MS,
    );
    return () => clearTimeout(timer);
  }, [wish]);

  const more = async () => {
    if (found === undefined || isCoreError(found)) return;
    const mine = turn.current;
    const next = await search.find({ ...queryOf(wish), offset: found.hits.length, limit: PAGE });
    if (mine !== turn.current) return;
    setFound(isCoreError(next) ? next : { ...next, hits: [...found.hits, ...next.hits] });
  };
  const change = (part: Partial<Wish>) => setWish((old) => ({ ...old, ...part }));
  const choose = ({ kind, text, id }: Suggestion) => {
    if (id !== undefined && kind !== "name") change({ [kind]: id, q: "" });
    else change({ q: text });
  };
  return (
    <Page title={t("web.find.title")}>
      <SearchBox value={wish.q} suggest={search.suggest} onInput={(q) => change({ q })} onChoose={choose} />
      <Filters wish={wish} districts={engine.policy.districts} onChange={change} onReset={() => setWish(NO_WISH)} />
      <Near wish={wish} onChange={change} />
      {found !== undefined &&
        (isCoreError(found) ? (
          <p class="alert" role="alert">
            {errorText(found)}
          </p>
        ) : (
          <Found found={found} wish={wish} engine={engine} more={more} onTry={(q) => setWish({ ...NO_WISH, q })} />
        ))}
      <p class="note">{t("web.find.notice")}</p>
    </Page>
  );
}

interface FoundProps {
  found: Hits;
  wish: Wish;
  engine: Engine;
  more(): void;
  onTry(q: string): void;
}

function Found({ found, wish, engine, more, onTry }: FoundProps) {
  const nowhere = wish.near !== undefined && found.hits.length > 0 && found.hits.every((hit) => hit.distance_m === undefined);
  return (
    <>
      <p role="status" class="total">
        {found.total === 0 ? t("web.find.none") : t("web.find.total", { total: String(found.total) })}
      </p>
      {nowhere && <p class="note">{t("web.find.near.nowhere")}</p>}
      {found.total === 0 && (found.suggest ?? []).length > 0 && (
        <p class="try">
          {t("web.find.try")}{" "}
          {(found.suggest ?? []).map((text) => (
            <button type="button" class="secondary" key={text} onClick={() => onTry(text)}>
              {text}
            </button>
          ))}
        </p>
      )}
      <ol class="hits">
        {found.hits.map((hit) => (
          <li key={hit.id}>
            <HitCard hit={hit} districts={engine.policy.districts} />
          </li>
        ))}
      </ol>
      {found.hits.length < found.total && (
        <button type="button" class="primary" onClick={more} data-more>
          {t("web.find.more")}
        </button>
      )}
    </>
  );
}
