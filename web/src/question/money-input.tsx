import type { MoneyFact } from "../../../wasm/js/types";
import { yuan } from "../money";
import { t } from "../texts";
import type { InputProps } from "./input-props";
import { NumberForm } from "./number-form";

/** Asked in yuan, kept in fen; read digit by digit, so that no binary fraction is involved. */
export function MoneyInput({ fact, title, help, value, submit, save }: InputProps<MoneyFact>) {
  const [low, high] = fact.range;
  const read = (text: string) => {
    const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
    if (parts === null) return undefined;
    const fen = Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
    return fen >= low && fen <= high ? fen : undefined;
  };
  const range = { low: yuan(low), high: yuan(high) };
  return (
    <NumberForm
      title={title}
      help={help}
      initial={typeof value === "number" ? yuan(value).replace(/,/g, "") : ""}
      unit={t("web.question.yuan")}
      range={t("web.question.between", { ...range, unit: t("web.question.yuan") })}
      bad={t("web.question.money.bad", range)}
      submit={submit}
      inputMode="decimal"
      read={read}
      save={save}
    />
  );
}
