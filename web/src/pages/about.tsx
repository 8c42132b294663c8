import type { Engine } from "../engine";
import { Page } from "../page";
import { path } from "../route";
import { dateText, t } from "../texts";

export function About({ engine }: { engine: Engine }) {
  const { policy, manifest, dataBase } = engine;
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
      <p>{t("web.about.data.text", { date: dateText(manifest.data_date) })}</p>
      <ul class="files">
        {Object.values(manifest.files).map(({ name }) => (
          <li key={name}>
            <a href={dataBase + name} download>
              {name}
            </a>
          </li>
        ))}
      </ul>
      <h2>{t("web.about.coverage")}</h2>
      <p>
        <a href={path.coverage}>{t("web.about.coverage.link")}</a>
      </p>
      <h2>{t("web.about.sources")}</h2>
      <ul class="sources">
        {Object.entries(policy.sources).map(([id, { title, doc_no, issuer, date, status }]) => (
          <li key={id}>
            <cite>{doc_no === undefined ? t("web.source.plain", { title }) : t("web.source.doc_no", { title, doc_no })}</cite>
            <span class="hint">
              {date === null ? t("web.about.sources.undated", { issuer }) : t("web.about.sources.row", { issuer, date: dateText(date) })}
            </span>
            {(status === "single" || status === "recalled") && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
          </li>
        ))}
      </ul>
    </Page>
  );
}
