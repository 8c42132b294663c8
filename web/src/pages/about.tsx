import type { Engine } from "../engine";
import { Page } from "../page";
import { DocumentName } from "../result/document-name";
import { path } from "../route";
import { dateText, say, t } from "../texts";
import { checkForUpdate, useUpdate } from "../update/check";
import { installedAt } from "../update/note";

export function About({ engine }: { engine: Engine }) {
  const { policy } = engine;
  return (
    <Page title={t("web.about.title")}>
      <h2>{t("web.about.what")}</h2>
      <p>{t("web.about.what.text")}</p>
      <p>{t("web.home.disclaimer")}</p>
      <h2>{t("web.about.confirm")}</h2>
      <p>{t("web.about.confirm.text")}</p>
      <h2>{t("web.about.privacy")}</h2>
      <p>{t("web.about.privacy.text")}</p>
      <h2>{t("web.about.data")}</h2>
      <Data engine={engine} />
      <p>
        <a href={path.data}>{t("web.about.data.link")}</a>
      </p>
      <h2>{t("web.about.coverage")}</h2>
      <p>
        <a href={path.plan}>{t("web.about.plan.link")}</a>
      </p>
      <p>
        <a href={path.coverage}>{t("web.about.coverage.link")}</a>
      </p>
      <h2>{t("web.about.embed")}</h2>
      <p>
        <a href="./embed.html">{t("web.about.embed.link")}</a>
      </p>
      <h2>{t("web.about.software")}</h2>
      <p data-version={VERSION}>{t("web.about.software.text", { version: VERSION })}</p>
      <p>
        <a href="./licences.txt">{t("web.about.software.licences")}</a>
      </p>
      <h2>{t("web.about.sources")}</h2>
      <ul class="sources">
        {Object.entries(policy.sources).map(([id, { title, doc_no, issuer, date, status }]) => (
          <li key={id}>
            <cite>
              <DocumentName title={title} doc_no={doc_no} />
            </cite>
            <span class="hint">
              {date === null
                ? t("web.about.sources.undated", { issuer: say(issuer) })
                : t("web.about.sources.row", { issuer: say(issuer), date: dateText(date) })}
            </span>
            {(status === "single" || status === "recalled") && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
          </li>
        ))}
      </ul>
    </Page>
  );
}

// Which data is in use, how new it is, and whether there is newer.
function Data({ engine }: { engine: Engine }) {
  const state = useUpdate();
  const { manifest, instead } = engine;
  const done = typeof state === "object" && "outcome" in state ? state : undefined;
  const said =
    state === "idle"
      ? undefined
      : state === "checking"
        ? t("web.update.checking")
        : done === undefined
          ? t("web.update.loading", { percent: (state as { percent: number }).percent })
          : t(`web.update.${done.outcome}`, { date: dateText(done.date) });
  return (
    <>
      <p data-counter={manifest.counter}>
        {t("web.about.data.text", { date: dateText(manifest.data_date), since: since(installedAt(manifest.counter)) })}
      </p>
      {instead !== undefined && <p class="note">{t("web.update.instead", { date: dateText(manifest.data_date) })}</p>}
      <p role="status" class="note" data-outcome={done?.outcome} hidden={said === undefined}>
        {said}
      </p>
      {done?.outcome === "installed" ? (
        <button type="button" class="primary" onClick={() => location.reload()}>
          {t("web.update.use")}
        </button>
      ) : (
        <button type="button" class="secondary" disabled={state !== "idle" && done === undefined} onClick={() => checkForUpdate(engine)}>
          {t("web.update.check")}
        </button>
      )}
    </>
  );
}

// A clock that was put back says nothing.
function since(at: number | undefined): string {
  const minutes = at === undefined ? -1 : (Date.now() - at) / 60_000;
  if (minutes < 0) return "unknown";
  return minutes < 10 ? "now" : minutes < 24 * 60 ? "today" : "earlier";
}
