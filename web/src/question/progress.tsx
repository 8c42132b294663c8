// How far: never further back than it was, and why there is more to ask when there is.
import { isCoreError } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { answeredCount, type Household, openQuestions } from "../household";
import { t } from "../texts";

// Of this run of questions; other people are another run.
let run = { people: "", share: 0, asked: 0, left: 0, more: 0 };

function advance(people: string, asked: number, left: number) {
  if (run.people !== people) run = { people, share: 0, asked, left, more: 0 };
  // Drawn again without an answer in between: what was said stays.
  else if (asked !== run.asked || left !== run.left) run = { ...run, asked, left, more: Math.max(0, left - run.left) };
  run.share = Math.max(run.share, asked / (asked + left || 1));
  return run;
}

export function Progress({ engine, household }: { engine: Engine; household: Household }) {
  const result = engine.evaluate(household);
  if (isCoreError(result)) return null;
  const asked = answeredCount(household);
  const left = openQuestions(household, result).length;
  const { share, more } = advance(household.subjects.map(({ id }) => id).join(), asked, left);
  return (
    <div class="progress" data-left={left}>
      <progress value={share} max={1} aria-label={t("web.question.progress.label")} />
      <p>{t("web.question.progress", { asked: String(asked), left: String(left), more })}</p>
    </div>
  );
}
