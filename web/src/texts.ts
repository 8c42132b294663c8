// Every sentence on the page: an ICU message of the snapshot's texts file. Its keys are checked against i18n/ by the compiler.
import { IntlMessageFormat } from "intl-messageformat";
import type chinese from "../../i18n/zh-CN.json";
import type { CoreError, Text } from "../../wasm/js/types";

export type TextKey = keyof typeof chinese;
type Args = Record<string, string | number>;

const messages: Record<string, string> = {};
const compiled = new Map<string, IntlMessageFormat>();

export function addTexts(texts: Record<string, string>) {
  Object.assign(messages, texts);
}

export function t(key: TextKey, args?: Args): string {
  return render(key, args) ?? `\u27e6${key}\u27e7`;
}

/** A text of the pack in the language of the page. */
export function say(text: Text | string): string;
export function say(text: Text | string | undefined): string | undefined;
export function say(text: Text | string | undefined): string | undefined {
  return typeof text === "object" ? text.zh : text;
}

export function errorText({ error }: CoreError): string {
  return render(`error.${error.code}`, error.args) ?? t("error.internal");
}

function render(key: string, args: Args | undefined): string | undefined {
  const message = messages[key];
  // Most messages are plain text; parsing them would only cost time.
  if (message === undefined || !/[{']/.test(message)) return message;
  let format = compiled.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(message, "zh-CN", undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format(args ?? {}));
}

export function dateText(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  // Strings, so that no one groups the digits of a year.
  return t("web.date", { year, month: String(Number(month)), day: String(Number(day)) });
}
