import { ClearButton } from "../clear-button";
import { Page } from "../page";
import { path } from "../route";
import { say, t } from "../texts";
import { clearScale, countOf, givenTo } from "./answers";
import type { OneScaleProps } from "./one-scale";
import { PURPOSE } from "./purpose";
import { stepsOf } from "./steps";
import { Whose } from "./whose";

/** What the scale is and who decides, before the first question. */
export function Start(props: OneScaleProps) {
  const { scale, given } = props;
  const steps = stepsOf(scale);
  const purpose = PURPOSE[scale.id];
  const next = steps.find(({ id }) => givenTo(given, id) === undefined && !given.unsure.includes(id));
  const begun = countOf(given) > 0;
  return (
    <Page title={say(scale.title)}>
      {purpose !== undefined && <p class="lead">{t(purpose.say)}</p>}
      <p>{say(scale.summary)}</p>
      <p>{t("scale.two")}</p>
      <p class="help">{t("scale.disclaimer", { office: say(scale.decided_by) })}</p>
      <p>{t("scale.how", { n: String(steps.length) })}</p>
      <Whose {...props} />
      {next !== undefined && (
        <a class="primary" href={path.scaleStep(scale.id, next.id)} data-start>
          {begun ? t("scale.continue") : t("scale.start")}
        </a>
      )}
      <p class="actions">
        {begun && (
          <a class={next === undefined ? "primary" : "secondary"} href={path.scaleStep(scale.id, "result")}>
            {t("scale.result.link")}
          </a>
        )}
        <a class="secondary" href={path.scale}>
          {t("scale.others")}
        </a>
        {begun && <Clear scale={scale.id} />}
      </p>
    </Page>
  );
}

export function Clear({ scale }: { scale: string }) {
  return <ClearButton label={t("scale.clear")} sure={t("scale.clear.sure")} clear={() => clearScale(scale)} />;
}
