// A sheet to take along: where to go, what to bring. It names nobody unless the visitor wants it to.
import { useState } from "preact/hooks";
import type { Benefit, Result } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, subjectLabel } from "../household";
import { Page } from "../page";
import { path } from "../route";
import { dateText, say, t } from "../texts";
import { calendarDay } from "../today";
import { valueText } from "./answers";
import { grouped } from "./sort";

interface Props {
  engine: Engine;
  household: Household;
  result: Result;
}
interface Item {
  benefit: Benefit;
  subjects: string[];
  certain: boolean;
  toConfirm: boolean;
}

export function Checklist({ engine, household, result }: Props) {
  const [maybe, setMaybe] = useState(true);
  const [named, setNamed] = useState(false);
  const offices = byOffice(itemsOf(engine, result, maybe));
  return (
    <Page title={t("print.title")}>
      <p class="screen">{t("print.hint")}</p>
      <div class="screen print-choices">
        <label class="choice">
          <input type="checkbox" checked={maybe} onChange={(event) => setMaybe(event.currentTarget.checked)} data-maybe />
          <span>{t("print.maybe")}</span>
        </label>
        <label class="choice">
          <input type="checkbox" checked={named} onChange={(event) => setNamed(event.currentTarget.checked)} data-named />
          <span>{t("print.named")}</span>
        </label>
        <p class="actions">
          <button type="button" class="primary" onClick={() => print()} data-print>
            {t("print.print")}
          </button>
          <a class="secondary" href={path.result}>
            {t("print.back")}
          </a>
        </p>
      </div>
      <p class="dates">
        {t("print.dates", {
          printed: dateText(calendarDay(new Date())),
          as_of: dateText(result.as_of),
          data: dateText(engine.manifest.data_date),
        })}
      </p>
      {offices.length === 0 && <p>{t("print.nothing")}</p>}
      {offices.length > 0 && <p>{t("print.documents.unknown")}</p>}
      {offices.map(([office, items]) => (
        <section key={office} class="office" data-office={office}>
          <h2>{office === "" ? t("print.office.unknown") : office}</h2>
          {items.map((item) => (
            <Entry key={item.benefit.id} item={item} engine={engine} household={household} named={named} />
          ))}
        </section>
      ))}
      {named && <Told engine={engine} household={household} />}
      <p class="note">{t("web.home.disclaimer")}</p>
    </Page>
  );
}

/** What can be applied for, one entry a benefit, whoever it is for. */
function itemsOf(engine: Engine, result: Result, maybe: boolean): Item[] {
  const { yes, open } = grouped(result, engine.policy, undefined);
  const items = new Map<string, Item>();
  for (const { benefit, assessment } of maybe ? [...yes, ...open] : yes) {
    // A public facility is nothing to apply for.
    if (benefit.pays.to === "public") continue;
    const item = items.get(benefit.id) ?? { benefit, subjects: [], certain: false, toConfirm: false };
    item.subjects.push(assessment.subject);
    item.certain ||= assessment.verdict === "yes";
    item.toConfirm ||= assessment.to_confirm === true;
    items.set(benefit.id, item);
  }
  return [...items.values()];
}

// One way for each office; what has no published office comes last.
function byOffice(items: Item[]): [string, Item[]][] {
  const offices = new Map<string, Item[]>();
  for (const item of items) {
    const office = say(item.benefit.apply?.office) ?? "";
    offices.set(office, [...(offices.get(office) ?? []), item]);
  }
  return [...offices].sort(([a], [b]) => Number(a === "") - Number(b === ""));
}

function Entry({ item, engine, household, named }: { item: Item; named: boolean } & Omit<Props, "result">) {
  const { benefit, subjects, certain, toConfirm } = item;
  const { apply, documents = [] } = benefit;
  const whom = subjects.map((id) => subjectLabel(household, engine.policy, id, !named)).join(t("web.result.and"));
  return (
    <article class="entry" data-entry-benefit={benefit.id}>
      <h3>{say(benefit.title)}</h3>
      <p class="badges">
        <span class="badge">{whom}</span>
        <span class={`badge ${certain ? "yes" : "open"}`}>{t(certain ? "verdict.yes" : "verdict.open")}</span>
        {toConfirm && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
      </p>
      {apply?.channel !== undefined && <p>{t("print.channel", { text: say(apply.channel) })}</p>}
      {apply?.takes !== undefined && <p>{t("print.takes", { text: say(apply.takes) })}</p>}
      {apply?.phone !== undefined && (
        <p>
          {t("print.phone")} <a href={`tel:${apply.phone.replace(/[^\d+]/g, "")}`}>{apply.phone}</a>
        </p>
      )}
      {documents.length > 0 && (
        <>
          <p>{t("web.result.documents")}</p>
          <ul class="bring">
            {documents.map((one) => (
              <li key={one.zh}>{say(one)}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function Told({ engine, household }: Omit<Props, "result">) {
  const { policy } = engine;
  return (
    <section class="told" data-told>
      <h2>{t("web.result.answers")}</h2>
      {household.subjects
        .filter(({ facts }) => Object.keys(facts).length > 0)
        .map(({ id, facts }) => (
          <section key={id}>
            <h3>{subjectLabel(household, policy, id)}</h3>
            <ul>
              {Object.entries(facts).map(([fact, value]) => (
                <li key={fact}>
                  {say(policy.facts[fact]?.ask)} <strong>{valueText(policy, policy.facts[fact], value)}</strong>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </section>
  );
}
