// What the answers come to: the grade, the points behind it, what it hangs on, and what to do with it.
import { Page } from "../page";
import { Cites } from "../result/cite";
import { path } from "../route";
import { say, t } from "../texts";
import { Decided } from "./decided";
import { Fill } from "./fill";
import { Given } from "./given";
import type { OneScaleProps } from "./one-scale";
import { Scores } from "./scores";
import { Clear } from "./start";
import { Then } from "./then";
import { Whose } from "./whose";
import { gradesText } from "./words";

export function ScaleResult(props: OneScaleProps) {
  const { engine, scale, score } = props;
  const known = score.grades.length === 1;
  const cites = [...(scale.cite ?? []), ...(scale.combine?.cite ?? []), ...(scale.adjustments ?? []).flatMap(({ cite }) => cite)];
  return (
    <Page title={t("scale.result.title")} lead={say(scale.title)}>
      <Whose {...props} />
      <p class="summary" role="status" data-grades={score.grades.join(" ")}>
        {t(known ? "scale.grade.one" : "scale.grade.open", { grades: gradesText(scale, score.grades) })}{" "}
        {score.to_confirm && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
      </p>
      <p class="help">{t("scale.disclaimer", { office: say(scale.decided_by) })}</p>
      {score.to_confirm && <p class="note">{t("scale.confirm.note")}</p>}
      <Decided {...props} />
      <Scores scale={scale} score={score} />
      <Given {...props} />
      <details>
        <summary>{t("scale.basis")}</summary>
        <Cites cites={cites} policy={engine.policy} />
      </details>
      <Fill {...props} />
      <Then {...props} />
      <p class="actions screen">
        <a class="secondary" href={path.scale}>
          {t("scale.others")}
        </a>
        <Clear scale={scale.id} />
      </p>
    </Page>
  );
}
