// A link with somebody's answers was opened: nothing is taken before the visitor says so.
import { isCoreError } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { answeredCount, type Household, setHousehold } from "../household";
import { Page } from "../page";
import { path } from "../route";
import { scaleCount } from "../scale/answers";
import { t } from "../texts";
import { decodeHousehold } from "./link";

// The address with the answers does not stay in the history.
const leave = (to: string) => location.replace(to);

export function Received({ engine, household, text }: { engine: Engine; household: Household; text: string }) {
  const decoded = decodeHousehold(text, engine.policy);
  const own = answeredCount(household) + scaleCount(household);
  if ("bad" in decoded || isCoreError(engine.evaluate(decoded.household))) {
    return (
      <Page title={t("share.received.title")}>
        <p role="alert" class="alert" data-bad={"bad" in decoded ? decoded.bad : "core"}>
          {t(`share.bad.${"bad" in decoded ? decoded.bad : "damaged"}`)}
        </p>
        <button type="button" class="primary" onClick={() => leave(path.home)}>
          {t("web.404.home")}
        </button>
      </Page>
    );
  }
  const { household: theirs, dropped } = decoded;
  const people = (kind: string) => theirs.subjects.filter((one) => one.kind === kind).length;
  return (
    <Page title={t("share.received.title")}>
      <p data-received={answeredCount(theirs)}>
        {t("share.received", {
          elders: people("elder"),
          children: people("child"),
          others: people("institution") + people("worker"),
          answers: answeredCount(theirs),
        })}
      </p>
      {dropped > 0 && (
        <p class="note" data-dropped={dropped}>
          {t("share.dropped", { n: dropped })}
        </p>
      )}
      {own > 0 && <p class="wrong">{t("share.replaces", { n: own })}</p>}
      <button
        type="button"
        class="primary"
        data-accept
        onClick={() => {
          setHousehold(theirs);
          leave(path.result);
        }}
      >
        {t(own > 0 ? "share.accept.replace" : "share.accept")}
      </button>
      <button type="button" class="unknown" data-refuse onClick={() => leave(own > 0 ? path.result : path.home)}>
        {t(own > 0 ? "share.refuse.keep" : "share.refuse")}
      </button>
    </Page>
  );
}
