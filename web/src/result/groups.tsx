// The verdicts of the whole family, group by group.
import type { Policy } from "../../../wasm/js/types";
import { type Household, subjectLabel } from "../household";
import { t } from "../texts";
import { Card } from "./card";
import { Fold } from "./fold";
import type { Found, GroupName } from "./sort";

interface Props {
  name: GroupName;
  list: Found[];
  policy: Policy;
  household: Household;
}

// More than this and whole cards would be an endless page.
const WHOLE: Record<GroupName, number> = { yes: 8, open: 4, later: 2, no: 0 };
// Of lines, these are in sight.
const FIRST = 12;

export function Group({ name, list, policy, household }: Props) {
  if (list.length === 0) return null;
  const several = household.subjects.filter(({ kind }) => kind !== "household").length > 1;
  const cards = (part: Found[]) =>
    part.map((found) => (
      <Card
        key={`${found.benefit.id} ${found.assessment.subject}`}
        found={found}
        policy={policy}
        household={household}
        whom={several ? subjectLabel(household, policy, found.assessment.subject) : undefined}
        line={list.length > WHOLE[name]}
      />
    ));
  return (
    <section class="group" data-group={name} aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>{t(`web.result.group.${name}`, { n: String(list.length) })}</h2>
      <p class="note">{t(`web.result.group.${name}.hint`)}</p>
      {name === "no" ? (
        <Fold class="no-list" onScreen made summary={t("web.result.no_list", { n: String(list.length) })}>
          {() => cards(list)}
        </Fold>
      ) : (
        <>
          {cards(list.slice(0, FIRST))}
          {list.length > FIRST && (
            <Fold class="rest" made summary={t("web.result.group.rest", { n: String(list.length - FIRST) })}>
              {() => cards(list.slice(FIRST))}
            </Fold>
          )}
        </>
      )}
    </section>
  );
}
