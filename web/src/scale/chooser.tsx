import type { Scale } from "../../../wasm/js/types";
import { Page } from "../page";
import { path } from "../route";
import { say, t } from "../texts";
import { countOf, givenFor } from "./answers";
import { PURPOSE } from "./purpose";
import type { ScaleProps } from "./scale-page";
import { benefitsReading } from "./words";

/** Which scale is for what: a grade of the one is worth nothing to the office that wants the other. */
export function Chooser({ engine, advice, household }: ScaleProps) {
  const { scales } = advice.supplement;
  const order = Object.keys(PURPOSE);
  const sorted = [...scales].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return (
    <Page title={t("scale.title")}>
      <p>{t("scale.intro")}</p>
      <p class="help">{t("scale.two")}</p>
      {sorted.map((scale) => (
        <Choice key={scale.id} scale={scale} policy={engine.policy} begun={countOf(givenFor(household, scale)) > 0} />
      ))}
    </Page>
  );
}

function Choice({ scale, policy, begun }: { scale: Scale; policy: ScaleProps["engine"]["policy"]; begun: boolean }) {
  const purpose = PURPOSE[scale.id];
  const benefits = scale.fills === undefined ? [] : benefitsReading(policy, scale.fills.fact);
  return (
    <section class="card" aria-labelledby={`scale-${scale.id}`} data-scale={scale.id}>
      <h2 id={`scale-${scale.id}`}>{say(scale.title)}</h2>
      {purpose !== undefined && (
        <p>
          <strong>{t(purpose.say)}</strong>
        </p>
      )}
      <p>{say(scale.summary)}</p>
      {benefits.length > 0 && (
        <p class="hint">{t("scale.used", { list: benefits.map(({ title }) => say(title)).join(t("scale.list")) })}</p>
      )}
      <p class="hint">{t("scale.disclaimer", { office: say(scale.decided_by) })}</p>
      <a class="primary" href={path.scaleStep(scale.id)}>
        {t(begun ? "scale.continue" : "scale.choose")}
      </a>
    </section>
  );
}
