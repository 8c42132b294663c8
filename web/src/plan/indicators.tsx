// One theme: each indicator as a picture of what was and what should be; then the same as a table.
import type { CityPlan, Indicator, PlanConflict, PlanFigure } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { placeText } from "../language/place";
import { Page } from "../page";
import { Cites } from "../result/cite";
import { path } from "../route";
import { say, t } from "../texts";
import { Back } from "./back";
import { type Bar, Bars } from "./bars";
import { Basis } from "./basis";
import { Conflicts } from "./conflicts";
import { about, figureText, type Role, roleText } from "./figure";

interface Props {
  engine: Engine;
  plan: CityPlan;
  theme: CityPlan["themes"][number];
}

const ROLES: Role[] = ["baseline", "target", "later"];

export function Indicators({ engine, plan, theme }: Props) {
  const list = plan.indicators.filter((one) => one.theme === theme.id);
  const next = plan.themes[plan.themes.indexOf(theme) + 1];
  return (
    <Page title={say(theme.title)} lead={t("web.plan.title")}>
      <ul class="entries">
        {list.map((one) => (
          <Card key={one.id} engine={engine} plan={plan} indicator={one} />
        ))}
      </ul>
      <h2>{t("plan.table")}</h2>
      <Table list={list} title={say(theme.title)} />
      <Back>
        {next !== undefined && (
          <a class="secondary" href={path.planPart(next.id)}>
            {t("plan.next", { title: say(next.title) })}
          </a>
        )}
      </Back>
    </Page>
  );
}

function Card({ engine, plan, indicator }: { engine: Engine; plan: CityPlan; indicator: Indicator }) {
  const conflicts = about(plan.conflicts, indicator.id);
  const bars = barsOf(indicator, conflicts);
  const told = ROLES.flatMap((role) => {
    const figure = indicator[role];
    return figure === undefined ? [] : [{ role, text: t("plan.said", { who: roleText(role, figure), what: figureText(figure) }) }];
  });
  return (
    <li data-entry={indicator.id}>
      <h2>{say(indicator.title)}</h2>
      {bars.length > 0 ? (
        <Bars bars={bars} />
      ) : (
        told.map(({ role, text }) => (
          <p key={role} class="figure">
            {text}
          </p>
        ))
      )}
      {indicator.baseline === undefined && <p class="hint">{t("plan.none.baseline")}</p>}
      {indicator.target === undefined && <p class="hint">{t("plan.none.target")}</p>}
      <Conflicts conflicts={conflicts} />
      <Basis engine={engine} plan={plan} places={[indicator.baseline?.place, indicator.target?.place]} />
      <Cites cites={indicator.later?.cite} policy={engine.policy} />
    </li>
  );
}

// A length says something only against the whole, or against another figure counted the same way.
function barsOf(indicator: Indicator, conflicts: PlanConflict[]): Bar[] {
  const rows = [
    ...ROLES.flatMap((role) => {
      const figure = indicator[role];
      const look: Bar["look"] = role === "target" ? "aim" : "now";
      return figure === undefined ? [] : [{ who: roleText(role, figure), figure, look }];
    }),
    ...conflicts.flatMap(({ figures = [] }) =>
      figures.map((figure) => ({ who: placeText(figure.place ?? "") ?? figure.place ?? "", figure, look: "other" as const })),
    ),
  ];
  const basis = say(rows[0]?.figure.basis);
  const alike = rows.every(({ figure }) => say(figure.basis) === basis);
  const whole = rows[0]?.figure.unit === "%";
  if (!alike || (!whole && rows.length < 2)) return [];
  const most = whole ? 100 : Math.max(...rows.map(({ figure }) => Number(figure.value)));
  return rows.map(({ who, figure, look }) => ({
    label: t("plan.said", { who, what: figureText(figure) }),
    share: Number(figure.value) / most,
    look,
  }));
}

function Table({ list, title }: { list: Indicator[]; title: string }) {
  const cell = (figure: PlanFigure | undefined) => (figure === undefined ? t("plan.none") : figureText(figure));
  return (
    <table class="narrow">
      <caption class="skip">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("plan.column.indicator")}</th>
          <th scope="col">{t("plan.column.baseline")}</th>
          <th scope="col">{t("plan.column.target")}</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ id, title, baseline, target }) => (
          <tr key={id} data-row={id}>
            <th scope="row">{say(title)}</th>
            <td>{cell(baseline)}</td>
            <td>{cell(target)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
