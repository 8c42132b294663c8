// Messages as the page renders them: node render.mjs < [{"text","language","args"}…] > ["…"]
// With `arguments`, what each needs: [{name: [kind, …options]}…]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { IntlMessageFormat } = await import(require.resolve("intl-messageformat"));
const cases = JSON.parse(readFileSync(0, "utf8"));
const KINDS = { 1: "text", 2: "number", 5: "select", 6: "plural" };

function collect(parts, out) {
  for (const { type, value, options } of parts) {
    if (KINDS[type] === undefined) continue;
    const known = out[value] ?? [];
    // Shown as it is and chosen by: the choice decides which values are tried.
    if (options !== undefined || known.length === 0) out[value] = [KINDS[type], ...Object.keys(options ?? {})];
    for (const option of Object.values(options ?? {})) collect(option.value, out);
  }
  return out;
}

const format = ({ text, language }) => new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
const answer = process.argv[2] === "arguments" ? (one) => collect(format(one).getAst(), {}) : (one) => String(format(one).format(one.args));
process.stdout.write(JSON.stringify(cases.map(answer)));
