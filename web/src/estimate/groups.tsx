// People in groups that are alike: those who live in the institution by ability, and its workers by what they have.
import type { EstimateRequest, EstimateSubject, Policy } from "../../../wasm/js/types";
import { type TextKey, t } from "../texts";
import { Choice, FactField, NumberField, wholeNumber } from "./fields";
import { addGroup, groupsOf, institutionOf, isEntitled, removeGroup, setCount, setEntitled, setFact } from "./request";

const MOST_PEOPLE = 100000;

interface Props {
  request: EstimateRequest;
  policy: Policy;
  facts: string[] | undefined;
}

export function Elders({ request, policy, facts }: Props) {
  if (facts === undefined) return null;
  // Origin and age are one question for a whole group.
  const own = facts.filter((name) => policy.facts[name]?.type !== "date" && !/hukou/.test(name));
  return (
    <Groups request={request} kind="elder" title="estimate.elders" help="estimate.elders.help" add="estimate.elders.add" start={{}}>
      {(group, id) => (
        <>
          <Choice
            id={`${id}-entitled`}
            label={t("estimate.entitled")}
            options={[
              { value: "yes", label: t("estimate.entitled.yes") },
              { value: "", label: t("estimate.entitled.unknown") },
            ]}
            value={isEntitled(group, request.as_of) ? "yes" : ""}
            onChange={(value) => setEntitled(request, group.id, value === "yes")}
          />
          <Facts request={request} policy={policy} group={group} id={id} facts={own} />
        </>
      )}
    </Groups>
  );
}

export function Workers({ request, policy, facts }: Props) {
  if (facts === undefined) return null;
  const { facility_private, organisation } = institutionOf(request).facts;
  const start: EstimateSubject["facts"] = {};
  if (facility_private !== undefined) start.works_private = facility_private;
  if (organisation === "elder_home") start.worker_job = "elder_care";
  if (organisation === "childcare") start.worker_job = "childcare";
  return (
    <Groups request={request} kind="worker" title="estimate.workers" help="estimate.workers.help" add="estimate.workers.add" start={start}>
      {(group, id) => <Facts request={request} policy={policy} group={group} id={id} facts={facts} />}
    </Groups>
  );
}

// The pack asks these of the worker or of the elder; here it is somebody else who answers, for several.
export const ASKED_OF_MANY: Record<string, TextKey> = {
  ability_level: "estimate.ask.ability_level",
  worker_job: "estimate.ask.worker_job",
  worker_new: "estimate.ask.worker_new",
  works_private: "estimate.ask.works_private",
  care_certificate: "estimate.ask.care_certificate",
  contract_one_year: "estimate.ask.contract_one_year",
  joins_training: "estimate.ask.joins_training",
};

function Facts({ request, policy, group, id, facts }: Omit<Props, "facts"> & { group: EstimateSubject; id: string; facts: string[] }) {
  return (
    <>
      {facts.map((name) => {
        const fact = policy.facts[name];
        const asked = ASKED_OF_MANY[name];
        return (
          fact && (
            <FactField
              key={name}
              id={`${id}-${name}`}
              fact={fact}
              label={asked === undefined ? undefined : t(asked)}
              value={group.facts[name]}
              save={(value) => setFact(request, group.id, name, value)}
            />
          )
        );
      })}
    </>
  );
}

interface GroupsProps {
  request: EstimateRequest;
  kind: "elder" | "worker";
  title: TextKey;
  help: TextKey;
  add: TextKey;
  start: EstimateSubject["facts"];
  children(group: EstimateSubject, id: string): preact.ComponentChildren;
}

function Groups({ request, kind, title, help, add, start, children }: GroupsProps) {
  const groups = groupsOf(request, kind);
  const remove = (id: string) => {
    removeGroup(request, id);
    // The button is gone; the one that adds is the nearest that stays.
    document.getElementById(`add-${kind}`)?.focus();
  };
  return (
    <section aria-labelledby={`${kind}s`}>
      <h2 id={`${kind}s`}>{t(title)}</h2>
      <p>{t(help)}</p>
      {groups.map((group, index) => {
        const id = `${kind}-${index}`;
        return (
          <fieldset class="group" key={group.id} data-group={group.id}>
            <legend>{group.id}</legend>
            <NumberField
              id={`${id}-count`}
              label={t("estimate.count")}
              unit={t("estimate.people")}
              bad={t("web.question.count.bad", { low: "0", high: String(MOST_PEOPLE) })}
              value={typeof group.count === "number" ? String(group.count) : ""}
              read={(text) => wholeNumber(text, 0, MOST_PEOPLE)}
              save={(count) => setCount(request, group.id, count)}
            />
            {children(group, id)}
            <button type="button" class="secondary" onClick={() => remove(group.id)}>
              {t("estimate.remove", { group: group.id })}
            </button>
          </fieldset>
        );
      })}
      <button type="button" class="secondary" id={`add-${kind}`} onClick={() => addGroup(request, kind, start)}>
        {t(add)}
      </button>
    </section>
  );
}
