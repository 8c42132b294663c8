// Messages as the page renders them: node render.mjs < [{"key","text","args"}…] > ["…"]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { IntlMessageFormat } = await import(require.resolve("intl-messageformat"));
const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(
  JSON.stringify(cases.map(({ text, args }) => new IntlMessageFormat(text, "zh-CN", undefined, { ignoreTag: true }).format(args))),
);
