// Where in the plan something stands, such as 三（一）1: the plan counts in Chinese numerals and in attachments. In English the parts have names.
import { language, t } from "../texts";
import { ZhIn } from "./zh";

const DIGITS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d";
const TEN = "\u5341";
const NUMERAL = `[${DIGITS}${TEN}]+`;
const PART = new RegExp(`^(${NUMERAL})(?:\uff08(${NUMERAL})\uff09)?(\\d*)$`);
const ANNEX = /^\u9644\u4ef6(\d+)(?:\u7b2c([\d\u3001]+)\u9879|\u9879\u76ee(\d+))?$/;
const BETWEEN = "\uff1b";

/** 1 to 99. */
function count(numeral: string): string {
  const digit = (sign: string) => DIGITS.indexOf(sign) + 1;
  const [tens = "", ones] = numeral.split(TEN);
  return String(ones === undefined ? digit(tens) : (tens === "" ? 1 : digit(tens)) * 10 + (ones === "" ? 0 : digit(ones)));
}

function english(place: string): string | undefined {
  const part = PART.exec(place);
  if (part !== null) {
    const [, first = "", section, item] = part;
    return t("plan.place.part", { part: count(first), section: section === undefined ? "none" : count(section), item: item || "none" });
  }
  const annex = ANNEX.exec(place);
  if (annex === null) return undefined;
  const [, number = "", items, project] = annex;
  return t("plan.place.annex", { annex: number, item: (items ?? project)?.replace("\u3001", ", ") ?? "none" });
}

/** In the language of the page; undefined where there is only the Chinese. */
export function placeText(place: string): string | undefined {
  if (language() !== "en") return undefined;
  const said = place.split(BETWEEN).map(english);
  return said.some((one) => one === undefined) ? undefined : said.join("; ");
}

/** `children`: the message around it. */
export function Place({ place, children }: { place: string; children(place: string): string }) {
  const said = placeText(place);
  return said === undefined ? <ZhIn zh={place}>{children}</ZhIn> : children(said);
}
