// Under the result: hand on the site, or, when the visitor says so after a warning, the answers too.
import { useState } from "preact/hooks";
import { answeredCount, type Household } from "../household";
import { path } from "../route";
import { t } from "../texts";
import { encodeHousehold, LONG, MOST_CHARACTERS, pageLink } from "./link";
import { ShareLink } from "./share-link";

export function ShareHousehold({ household }: { household: Household }) {
  const [warned, setWarned] = useState(false);
  const link = warned ? pageLink(`#/share/${encodeHousehold(household)}`) : "";
  return (
    <section class="sharing screen" aria-labelledby="sharing">
      <h2 id="sharing">{t("share.title")}</h2>
      <ShareLink url={() => pageLink(path.home)} title={t("web.title")} label={t("share.site")} />
      {answeredCount(household) > 0 && !warned && (
        <button type="button" class="secondary" onClick={() => setWarned(true)} data-share-answers>
          {t("share.answers")}
        </button>
      )}
      {warned && (
        <div class="stacking">
          <p role="alert">{t("share.warning")}</p>
          {link.length > MOST_CHARACTERS ? (
            <p>{t("share.too_long")}</p>
          ) : (
            <>
              {link.length > LONG && <p>{t("share.long")}</p>}
              <ShareLink url={() => link} title={t("web.title")} label={t("share.answers.sure")} />
            </>
          )}
          <button type="button" class="secondary" onClick={() => setWarned(false)}>
            {t("share.answers.not")}
          </button>
        </div>
      )}
    </section>
  );
}
