// Makes the Traditional Chinese files from the Simplified ones: node web/traditional.mjs [folder to write to instead of the project's]
// Taiwan's standard characters; words stay those of Kunming's offices, so that what is read here is what is found at the counter.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Converter } from "opencc-js/cn2t";

const project = fileURLToPath(new URL("..", import.meta.url));
const target = process.argv[2] ?? project;
const read = (name) => JSON.parse(readFileSync(join(project, name), "utf8"));

const convert = Converter({ from: "cn", to: "tw" });
// Where characters alone mislead.
const EXCEPTIONS = [
  ["臺", "台"],
  ["託育", "托育"],
  ["在託", "在托"],
  ["不得準", "不得准"],
  ["采用", "採用"],
  ["“", "「"],
  ["”", "」"],
  ["‘", "『"],
  ["’", "』"],
];
const traditional = (text) => EXCEPTIONS.reduce((out, [wrong, right]) => out.replaceAll(wrong, right), convert(text));

function write(name, texts) {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(texts, null, 2)}\n`);
}

// What has an English translation is what a citizen is shown; the builder checks that nothing is missing there.
const chinese = read("i18n/zh-CN.json");
// A language's own name is the same in every language.
const isName = (key) => /^web\.language\.(zh-CN|zh-Hant|en)$/.test(key);
const messages = Object.keys(read("i18n/en.json")).map((key) => [key, isName(key) ? chinese[key] : traditional(chinese[key])]);
write("i18n/zh-Hant.json", Object.fromEntries(messages));
const pack = "shared/packs/kunming/texts";
const texts = Object.keys(read(`${pack}/en.json`)).map((text) => [text, traditional(text)]);
write(`${pack}/zh-Hant.json`, Object.fromEntries(texts));
