import { useState } from "preact/hooks";
import type { ChoiceFact, District } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { Heading, Help, Wrong } from "./heading";
import type { InputProps } from "./input-props";

export function ChoiceInput({ fact, districts, title, help, value, submit, save }: InputProps<ChoiceFact> & { districts: District[] }) {
  const [chosen, setChosen] = useState(value);
  const [wrong, setWrong] = useState(false);
  const label = (one: string, index: number) => say(fact.labels?.zh[index]) ?? say(districts.find(({ code }) => code === one)?.name) ?? one;
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (chosen === undefined) setWrong(true);
    else save(chosen);
  };
  return (
    <form onSubmit={onSubmit}>
      <fieldset aria-describedby={help === undefined ? undefined : "question-help"}>
        <legend>
          <Heading title={title} />
        </legend>
        <Help text={help} />
        <Wrong text={wrong && chosen === undefined ? t("web.question.choose") : undefined} />
        <div class={fact.values.length > 8 ? "choices many" : "choices"}>
          {fact.values.map((one, index) => (
            <label class="choice" key={one}>
              <input type="radio" name="choice" value={one} checked={chosen === one} onChange={() => setChosen(one)} />
              <span>{label(one, index)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit" class="primary">
        {submit}
      </button>
    </form>
  );
}
