import type { CountFact } from "../../../wasm/js/types";
import { say, t } from "../texts";
import type { InputProps } from "./input-props";
import { NumberForm } from "./number-form";

export function CountInput({ fact, title, help, value, submit, save }: InputProps<CountFact>) {
  const [low, high] = fact.range;
  const read = (text: string) => {
    const number = Number(text);
    return /^\d{1,9}$/.test(text) && number >= low && number <= high ? number : undefined;
  };
  return (
    <NumberForm
      title={title}
      help={help}
      initial={value === undefined ? "" : String(value)}
      unit={say(fact.unit)}
      range={t("web.question.between", { low: String(low), high: String(high), unit: say(fact.unit) })}
      bad={t("web.question.count.bad", { low: String(low), high: String(high) })}
      submit={submit}
      inputMode="numeric"
      read={read}
      save={save}
    />
  );
}
