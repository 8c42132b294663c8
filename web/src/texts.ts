// Every sentence on the page: an ICU message of the snapshot's texts files, in the language of the visitor. Its keys are checked against i18n/ by the
// compiler.
import { IntlMessageFormat } from "intl-messageformat";
import type chinese from "../../i18n/zh-CN.json";
import type { CoreError, Text } from "../../wasm/js/types";
import { sharedState } from "./shared-state";

export type TextKey = keyof typeof chinese;
type Args = Record<string, string | number>;

export const LANGUAGES = ["zh-CN", "zh-Hant", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
/** What the pack is written in, and what stands in for a text that another language lacks. */
export const CHINESE: Language = "zh-CN";

// Messages by their key, texts of the pack by the Chinese one: neither looks like the other.
const texts: Record<Language, Record<string, string>> = { "zh-CN": {}, "zh-Hant": {}, en: {} };
const compiled = new Map<string, IntlMessageFormat>();
const state = sharedState<Language>(CHINESE);

export const language = state.get;
export const useLanguage = state.use;

export function addTexts(of: Language, more: Record<string, string>) {
  Object.assign(texts[of], more);
}

/** Its texts must be there. Whoever shows something is drawn again. */
export function setLanguage(next: Language) {
  compiled.clear();
  document.documentElement.lang = next;
  state.set(next);
}

export function t(key: TextKey, args?: Args): string {
  return render(key, args) ?? `\u27e6${key}\u27e7`;
}

/** A text of the pack in the language of the page. */
export function say(text: Text | string): string;
export function say(text: Text | string | undefined): string | undefined;
export function say(text: Text | string | undefined): string | undefined {
  const chinese = typeof text === "object" ? text.zh : text;
  return chinese === undefined ? undefined : (texts[language()][chinese] ?? chinese);
}

export function errorText({ error }: CoreError): string {
  return render(`error.${error.code}`, error.args) ?? t("error.internal");
}

function render(key: string, args: Args | undefined): string | undefined {
  const now = language();
  const message = texts[now][key] ?? texts[CHINESE][key];
  // Most messages are plain text; parsing them would only cost time.
  if (message === undefined || !/[{']/.test(message)) return message;
  let format = compiled.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(message, now, undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format(args ?? {}));
}

export function dateText(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  // Strings, so that no one groups the digits of a year.
  return t("web.date", { year, month: String(Number(month)), day: String(Number(day)) });
}
