import { useRef, useState } from "preact/hooks";
import type { DateFact } from "../../../wasm/js/types";
import { dateText, t } from "../texts";
import { Heading, Help, Wrong } from "./heading";
import type { InputProps } from "./input-props";

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

/** The year is typed, month and day are picked: no calendar to page through back to 1942. */
export function DateInput({ fact, title, help, value, submit, save }: InputProps<DateFact>) {
  const [startYear = "", startMonth = "", startDay = ""] = typeof value === "string" ? value.split("-") : [];
  const [year, setYear] = useState(startYear);
  const [month, setMonth] = useState(String(Number(startMonth) || ""));
  const [day, setDay] = useState(String(Number(startDay) || ""));
  const [wrong, setWrong] = useState<string>();
  const first = useRef<HTMLInputElement>(null);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const date = civilDate(year.normalize("NFKC").trim(), month, day);
    const [low, high] = fact.range;
    if (date !== undefined && date >= low && date <= high) {
      save(date);
      return;
    }
    setWrong(date === undefined ? t("web.question.date.bad") : t("web.question.date.range", { low: dateText(low), high: dateText(high) }));
    first.current?.focus();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <fieldset aria-describedby={help === undefined ? undefined : "question-help"}>
        <legend>
          <Heading title={title} />
        </legend>
        <Help text={help} />
        <Wrong text={wrong} />
        <div class="date">
          <label>
            <span>{t("web.question.year")}</span>
            <input
              ref={first}
              type="text"
              inputMode="numeric"
              maxLength={4}
              autocomplete="off"
              aria-describedby="question-year"
              aria-invalid={wrong !== undefined}
              value={year}
              onInput={(event) => setYear(event.currentTarget.value)}
              data-part="year"
            />
          </label>
          <Part name="month" label={t("web.question.month")} numbers={MONTHS} value={month} onChange={setMonth} />
          <Part name="day" label={t("web.question.day")} numbers={DAYS} value={day} onChange={setDay} />
        </div>
        <p class="hint" id="question-year">
          {t("web.question.year.hint")}
        </p>
      </fieldset>
      <button type="submit" class="primary">
        {submit}
      </button>
    </form>
  );
}

interface PartProps {
  name: string;
  label: string;
  numbers: number[];
  value: string;
  onChange(value: string): void;
}

function Part({ name, label, numbers, value, onChange }: PartProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)} data-part={name}>
        <option value="">{t("web.question.pick")}</option>
        {numbers.map((number) => (
          <option key={number} value={String(number)}>
            {number}
          </option>
        ))}
      </select>
    </label>
  );
}

/** YYYY-MM-DD when the day exists in the calendar. */
function civilDate(year: string, month: string, day: string): string | undefined {
  if (!/^\d{4}$/.test(year) || month === "" || day === "") return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
