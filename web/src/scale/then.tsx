// What the grade is good for: the benefits that look at it, and where to find care.
import { isCoreError } from "../../../wasm/js/types";
import { presetWish } from "../find/wish";
import type { Household } from "../household";
import { Card } from "../result/card";
import { path } from "../route";
import { say, t } from "../texts";
import type { OneScaleProps } from "./one-scale";
import { PURPOSE } from "./purpose";
import { benefitsReading } from "./words";

export function Then(props: OneScaleProps) {
  const purpose = PURPOSE[props.scale.id];
  const full = props.advice.supplement.scales.find(({ id }) => id === purpose?.full);
  return (
    <>
      {full !== undefined && (
        <p class="actions">
          <a class="primary" href={path.scaleStep(full.id)}>
            {t("scale.full", { title: say(full.title) })}
          </a>
        </p>
      )}
      <Benefits {...props} fact={(full ?? props.scale).fills?.fact} />
      {purpose !== undefined && (
        <section aria-labelledby="scale-find">
          <h2 id="scale-find">{t("scale.find")}</h2>
          <p class="actions">
            {purpose.facilities.map((type) => (
              <a class="secondary" key={type} href={path.find} onClick={() => presetWish({ type })} data-find={type}>
                {t(`web.type.${type}`)}
              </a>
            ))}
          </p>
        </section>
      )}
    </>
  );
}

function Benefits({ engine, household, scale, score, elder, fact }: OneScaleProps & { fact: string | undefined }) {
  if (fact === undefined) return null;
  // Nobody was named yet: an elder of whom only this grade is known.
  const known = score.settles?.value;
  const someone: Household = {
    subjects: [
      { id: "e1", kind: "elder", facts: scale.fills?.fact === fact && known !== undefined ? { [fact]: known } : {} },
      { id: "h", kind: "household", facts: {} },
    ],
    skipped: [],
  };
  const shown = elder !== undefined ? household : someone;
  const result = engine.evaluate(shown);
  if (isCoreError(result)) return null;
  const wanted = benefitsReading(engine.policy, fact);
  return (
    <section aria-labelledby="scale-benefits">
      <h2 id="scale-benefits">{t("scale.benefits")}</h2>
      <p class="note">{t(elder !== undefined ? "scale.benefits.household" : "scale.benefits.alone")}</p>
      {result.results
        .filter(({ subject }) => subject === (elder?.id ?? "e1"))
        .flatMap((assessment) => {
          const benefit = wanted.find(({ id }) => id === assessment.benefit);
          if (benefit === undefined) return [];
          return [<Card key={benefit.id} found={{ assessment, benefit }} policy={engine.policy} household={shown} whom={undefined} />];
        })}
    </section>
  );
}
