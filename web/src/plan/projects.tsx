// The plan's projects: how many in which district and of which kind, as a picture, and each of them in a table.

import { useState } from "preact/hooks";
import type { CityPlan, District, PlanProject } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Zh } from "../language/zh";
import { Page } from "../page";
import { path } from "../route";
import { say, t } from "../texts";
import { Back } from "./back";
import { Bars } from "./bars";
import { Conflicts } from "./conflicts";
import { about } from "./figure";

export function Projects({ engine, plan }: { engine: Engine; plan: CityPlan }) {
  const [field, setField] = useState("");
  const [district, setDistrict] = useState("");
  const ofField = plan.projects.filter((one) => field === "" || one.field === field);
  const shown = ofField.filter((one) => district === "" || one.district === district);
  const districts = engine.policy.districts.filter(({ code }) => plan.projects.some((one) => one.district === code));
  const nameOf = (id: string) => say(plan.fields.find((one) => one.id === id)?.title) ?? "";
  return (
    <Page title={t("plan.projects")} lead={t("web.plan.title")}>
      <p>{t("plan.projects.text", { count: String(plan.projects.length) })}</p>
      <h2>{t("plan.projects.fields")}</h2>
      <Counts
        rows={plan.fields.map(({ id, title }) => {
          const list = plan.projects.filter((one) => one.field === id);
          return { name: say(title), list };
        })}
      />
      <p class="hint">{t("plan.projects.bars")}</p>
      <p class="hint">{t("plan.projects.sum", { total: moneyText(plan.projects) })}</p>
      <div class="filters">
        <Choice
          label={t("plan.projects.field")}
          value={field}
          onChange={setField}
          options={plan.fields.map(({ id, title }) => [id, say(title)])}
        />
        <Choice
          label={t("plan.projects.district")}
          value={district}
          onChange={setDistrict}
          options={districts.map(({ code, name }) => [code, say(name)])}
        />
      </div>
      <h2>{t("plan.projects.districts", { field: field === "" ? "none" : nameOf(field) })}</h2>
      <Counts
        rows={districts
          .map(({ code, name }) => ({ name: say(name), list: ofField.filter((one) => one.district === code) }))
          .filter(({ list }) => list.length > 0)}
      />
      <h2>{t("plan.projects.list")}</h2>
      <p role="status" class="total">
        {t("plan.projects.total", { count: String(shown.length) })}
      </p>
      <table class="narrow">
        <caption class="skip">{t("plan.projects.list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("plan.column.project")}</th>
            <th scope="col">{t("plan.column.where")}</th>
            <th scope="col">{t("plan.column.size")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={one.id} plan={plan} project={one} districts={districts} field={nameOf(one.field)} />
          ))}
        </tbody>
      </table>
      <Back>
        <a class="secondary" href={path.data}>
          {t("web.about.data.link")}
        </a>
      </Back>
    </Page>
  );
}

/** What the projects cost together. */
function moneyText(list: PlanProject[]): string {
  const sum = list.reduce((all, { investment_wan }) => all + investment_wan, 0);
  return sum < 10_000 ? t("plan.project.wan", { n: String(sum) }) : t("plan.project.yi", { n: String(sum / 10_000) });
}

function Counts({ rows }: { rows: { name: string; list: PlanProject[] }[] }) {
  const most = Math.max(1, ...rows.map(({ list }) => list.length));
  const bars = rows.map(({ name, list }) => ({
    label: t("plan.projects.count", { name, count: String(list.length), money: moneyText(list) }),
    share: list.length / most,
    look: "aim" as const,
  }));
  return <Bars bars={bars} />;
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  onChange(value: string): void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{t("plan.all")}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface RowProps {
  plan: CityPlan;
  project: PlanProject;
  districts: District[];
  field: string;
}

function Row({ plan, project, districts, field }: RowProps) {
  const { id, name, operator, district, period, investment_wan, beds, places, say: text, source } = project;
  const sizes = [
    period !== undefined && t("plan.project.period", { period }),
    beds !== undefined && t("plan.project.beds", { n: String(beds) }),
    places !== undefined && t("plan.project.places", { n: String(places) }),
    ...(["building_m2", "land_m2"] as const).map((area) => {
      const n = project[area];
      return n !== undefined && t(`plan.project.${area}`, { n: String(n), about: project.approx?.includes(area) ? "yes" : "no" });
    }),
    t("plan.project.money", { money: t("plan.project.wan", { n: String(investment_wan) }) }),
  ].filter((one) => one !== false);
  return (
    <tr data-entry={id} data-field={project.field} data-district={district}>
      <th scope="row">
        <Zh>{name}</Zh>
        {text !== undefined && <p>{say(text)}</p>}
        <Conflicts conflicts={about(plan.conflicts, id)} />
        <p class="hint">
          <Zh>{source}</Zh>
        </p>
      </th>
      <td>
        <p>{say(districts.find(({ code }) => code === district)?.name)}</p>
        <p>{field}</p>
        {operator !== undefined && (
          <p class="hint">
            <Zh>{operator}</Zh>
          </p>
        )}
      </td>
      <td>
        {sizes.map((size) => (
          <p key={size}>{size}</p>
        ))}
      </td>
    </tr>
  );
}
