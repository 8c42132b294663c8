// One question a page: the fact's own words, an input that fits its type, and always "do not know".
import { useEffect, useState } from "preact/hooks";
import type { Ask, Fact, FactValue } from "../../../wasm/js/types";
import { afterPaint } from "../after-paint";
import type { Engine } from "../engine";
import { answer, type Household, isSkipped, rate, subjectLabel } from "../household";
import { useTitle } from "../page";
import { BoolInput } from "../question/bool-input";
import { ChoiceInput } from "../question/choice-input";
import { CountInput } from "../question/count-input";
import { DateInput } from "../question/date-input";
import type { InputProps } from "../question/input-props";
import { MoneyInput } from "../question/money-input";
import { goToNext } from "../question/next";
import { Progress } from "../question/progress";
import { back, go, path } from "../route";
import { SCALE_OF } from "../scale/of-fact";
import { say, t } from "../texts";

interface Props extends Ask {
  engine: Engine;
  household: Household;
  after: "next" | "result";
}

export function Question({ engine, household, subject, fact: name, after }: Props) {
  const fact = engine.policy.facts[name];
  const member = household.subjects.find((one) => one.id === subject);
  const fits = fact?.ask !== undefined && member !== undefined && member.kind === fact.subject;
  // An old link to someone who is no longer there.
  useEffect(() => {
    if (!fits) go(path.who);
  }, [fits]);
  useTitle(say(fact?.ask) ?? "");
  const [given, setGiven] = useState<{ value: FactValue | undefined }>();
  if (!fits || fact === undefined) return null;

  const ask: Ask = { subject, fact: name };
  // What was answered is seen at once; what follows from it takes a slow phone a moment, in which a second touch counts for nothing. Who has gone
  // elsewhere by then stays there.
  const save = (value: FactValue | undefined) => {
    if (given !== undefined) return;
    const here = location.hash;
    setGiven({ value });
    afterPaint(() => {
      answer(ask, value);
      if (location.hash === here) {
        if (after === "result") go(path.result);
        else goToNext(engine);
      }
      setGiven(undefined);
    });
  };
  return (
    <>
      <Progress engine={engine} household={household} />
      <p class="lead">{subjectLabel(household, engine.policy, subject)}</p>
      <Input
        engine={engine}
        fact={fact}
        title={say(fact.ask) ?? ""}
        help={say(fact.help)}
        value={given === undefined ? member?.facts[name] : given.value}
        submit={t(after === "result" ? "web.question.save" : "web.question.next")}
        save={save}
      />
      <button
        type="button"
        class="unknown"
        aria-pressed={given === undefined ? isSkipped(household, ask) : given.value === undefined}
        onClick={() => save(undefined)}
        data-unknown
      >
        {t("web.unknown")}
      </button>
      <p class="actions">
        <button type="button" class="secondary" onClick={back} data-back>
          {t("web.question.back")}
        </button>
        <a class="secondary" href={path.result}>
          {t("web.question.result")}
        </a>
        {SCALE_OF[name] !== undefined && (
          <a class="secondary" href={path.scaleStep(SCALE_OF[name])} onClick={() => rate(subject)}>
            {t("web.question.scale")}
          </a>
        )}
      </p>
    </>
  );
}

function Input({ fact, engine, ...props }: Omit<InputProps<Fact>, "fact"> & { fact: Fact; engine: Engine }) {
  switch (fact.type) {
    case "bool":
      return <BoolInput fact={fact} {...props} />;
    case "count":
      return <CountInput fact={fact} {...props} />;
    case "money":
      return <MoneyInput fact={fact} {...props} />;
    case "date":
      return <DateInput fact={fact} {...props} />;
    default:
      return <ChoiceInput fact={fact} districts={engine.policy.districts} {...props} />;
  }
}
