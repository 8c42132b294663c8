// One question of the form: a label, what can be answered, and "do not know".
import { useState } from "preact/hooks";
import type { Fact, FactValue } from "../../../wasm/js/types";
import { yuan } from "../money";
import { say, t } from "../texts";

interface ChoiceProps {
  id: string;
  label: string;
  help?: string | undefined;
  options: { value: string; label: string }[];
  /** "" = the first option, or unknown. */
  value: string;
  onChange(value: string): void;
}

export function Choice({ id, label, help, options, value, onChange }: ChoiceProps) {
  return (
    <div class="field">
      <Label id={id} label={label} help={help} />
      <select
        id={id}
        value={value}
        aria-describedby={help === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Label({ id, label, help }: Pick<ChoiceProps, "id" | "label" | "help">) {
  return (
    <>
      <label for={id}>{label}</label>
      {help !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {help}
        </p>
      )}
    </>
  );
}

interface NumberProps {
  id: string;
  label: string;
  help?: string | undefined;
  unit: string;
  bad: string;
  value: string;
  inputMode?: "numeric" | "decimal";
  /** The value of what was typed, or undefined when it does not do. */
  read(text: string): number | undefined;
  save(value: number | undefined): void;
}

/** A number as text: old phones and IMEs type full-width digits. Left empty it is unknown, and so is what cannot be read. */
export function NumberField({ id, label, help, unit, bad, value, inputMode = "numeric", read, save }: NumberProps) {
  const [text, setText] = useState(value);
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
  const wrong = plain !== "" && read(plain) === undefined;
  const change = (typed: string) => {
    setText(typed);
    save(read(typed.normalize("NFKC").replace(/[\s,]/g, "")));
  };
  const described = [help === undefined ? "" : `${id}-hint`, wrong ? `${id}-wrong` : ""].join(" ").trim();
  return (
    <div class="field">
      <Label id={id} label={label} help={help} />
      <p class="number">
        <input
          id={id}
          type="text"
          inputMode={inputMode}
          autocomplete="off"
          placeholder={t("estimate.unknown")}
          aria-invalid={wrong}
          aria-describedby={described === "" ? undefined : described}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <span>{unit}</span>
      </p>
      {wrong && (
        <p class="wrong" role="alert" id={`${id}-wrong`}>
          {bad}
        </p>
      )}
    </div>
  );
}

interface FactProps {
  id: string;
  fact: Fact;
  /** Instead of the pack's question and its help. */
  label?: string | undefined;
  value: FactValue | undefined;
  save(value: FactValue | undefined): void;
}

/** The question of a fact of the pack. */
export function FactField({ id, fact, label: own, value, save }: FactProps) {
  const label = own ?? say(fact.ask) ?? "";
  const help = own === undefined ? say(fact.help) : undefined;
  const unknown = { value: "", label: t("estimate.unknown") };
  switch (fact.type) {
    case "bool":
      return (
        <Choice
          id={id}
          label={label}
          help={help}
          options={[unknown, { value: "true", label: t("web.yes") }, { value: "false", label: t("web.no") }]}
          value={value === undefined ? "" : String(value)}
          onChange={(chosen) => save(chosen === "" ? undefined : chosen === "true")}
        />
      );
    case "count": {
      const [low, high] = fact.range;
      return (
        <NumberField
          id={id}
          label={label}
          help={help}
          unit={say(fact.unit)}
          bad={t("web.question.count.bad", { low: String(low), high: String(high) })}
          value={value === undefined ? "" : String(value)}
          read={(text) => wholeNumber(text, low, high)}
          save={save}
        />
      );
    }
    case "money": {
      const [low, high] = fact.range;
      return (
        <NumberField
          id={id}
          label={label}
          help={help}
          unit={t("web.question.yuan")}
          bad={t("web.question.money.bad", { low: yuan(low), high: yuan(high) })}
          value={typeof value === "number" ? yuan(value).replace(/,/g, "") : ""}
          inputMode="decimal"
          read={(text) => money(text, low, high)}
          save={save}
        />
      );
    }
    case "date":
      return null;
    default:
      return (
        <Choice
          id={id}
          label={label}
          help={help}
          options={[unknown, ...fact.values.map((one, index) => ({ value: one, label: say(fact.labels?.zh[index]) ?? one }))]}
          value={value === undefined ? "" : String(value)}
          onChange={(chosen) => save(chosen === "" ? undefined : chosen)}
        />
      );
  }
}

export function wholeNumber(text: string, low: number, high: number): number | undefined {
  const number = Number(text);
  return /^\d{1,9}$/.test(text) && number >= low && number <= high ? number : undefined;
}

/** Yuan to fen, digit by digit, so that no binary fraction is involved. */
function money(text: string, low: number, high: number): number | undefined {
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const fen = Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
  return fen >= low && fen <= high ? fen : undefined;
}
