// What the site is built into, against the oldest browsers it promises (docs/browsers.md): node level.mjs <site> [<folder of more scripts> …]
// Syntax is that of ECMAScript 2020; what came to browsers after Chromium 86 or iOS 14 is used only where the list below says what happens without it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { require } from "./playwright.mjs";

const { parse } = require("acorn");
const { full } = require("acorn-walk");

// Calls of a method by that name, on whatever it is.
const METHODS = [
  "at",
  "findLast",
  "findLastIndex",
  "toSorted",
  "toReversed",
  "toSpliced",
  "with",
  "hasOwn",
  "groupBy",
  "withResolvers",
  "isWellFormed",
  "replaceChildren",
  "randomUUID",
  "showModal",
  "showPopover",
  "checkVisibility",
  "union",
  "intersection",
];
// Names of what is global.
const GLOBALS = [
  "structuredClone",
  "WeakRef",
  "FinalizationRegistry",
  "reportError",
  "scheduler",
  "navigation",
  "CSSLayerBlockRule",
  "OffscreenCanvas",
  "CompressionStream",
  "DecompressionStream",
  "BroadcastChannel",
  "requestIdleCallback",
  "trustedTypes",
  "EyeDropper",
  "ClipboardItem",
];
const STYLES = {
  ":has(": /:has\(/,
  "nested rules": /&[^;{}]*\{/,
  "@layer": /@layer/,
  "@container": /@container/,
  "color-mix()": /color-mix\(/,
  "dvh, svh, lvh": /\d[dsl]vh\b/,
  "aspect-ratio": /aspect-ratio\s*:/,
  inset: /[{;]\s*inset\s*:/,
  "text-wrap": /text-wrap/,
  "oklch()": /okl(ch|ab)\(/,
  "@property": /@property/,
  ":is(": /:(is|where)\(/,
};

// What there is all the same, and what a browser without it does.
const FALLBACKS = {
  requestIdleCallback: "asked for first; setTimeout in its place",
  trustedTypes: "asked for first; there is nothing to allow without it",
  ":has(": "the chosen answer has its mark in the radio button; the coloured edge is missing",
  "aspect-ratio": "a picture takes the height of its own viewBox",
};

const scripts = [];
const styles = [];
function collect(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) collect(path);
    else if (/\.c?js$/.test(entry.name)) scripts.push(path);
    else if (entry.name.endsWith(".css")) styles.push(path);
  }
}
const [, , ...folders] = process.argv;
folders.forEach(collect);

/** What in a script is too new: [what, where]. */
function tooNew(code) {
  let tree;
  for (const sourceType of ["module", "script"]) {
    try {
      tree = parse(code, { ecmaVersion: 2020, sourceType });
      break;
    } catch (error) {
      if (sourceType === "script") return [[`syntax: ${error.message}`, code.slice(Math.max(0, error.pos - 40), error.pos + 40)]];
    }
  }
  const found = [];
  const near = ({ start }) => code.slice(Math.max(0, start - 30), start + 60);
  full(tree, (node) => {
    if (node.type === "Literal" && node.regex !== undefined && (/\(\?<[=!]/.test(node.regex.pattern) || /[dv]/.test(node.regex.flags)))
      found.push(["a regular expression that looks behind", near(node)]);
    if (
      node.type === "CallExpression" &&
      node.callee.type === "MemberExpression" &&
      !node.callee.computed &&
      METHODS.includes(node.callee.property.name)
    )
      found.push([`${node.callee.property.name}()`, near(node)]);
    if (node.type === "Identifier" && GLOBALS.includes(node.name)) found.push([node.name, near(node)]);
    if (node.type === "MemberExpression" && !node.computed && GLOBALS.includes(node.property.name))
      found.push([node.property.name, near(node)]);
  });
  return found;
}
const newStyle = (text) =>
  Object.entries(STYLES)
    .filter(([, form]) => form.test(text))
    .map(([name]) => [name, text.slice(Math.max(0, text.search(STYLES[name]) - 30)).slice(0, 90)]);

let passed = 0;
let failed = 0;
function test(name, problems) {
  const bad = problems.filter(([what]) => FALLBACKS[what.replace("()", "")] === undefined && FALLBACKS[what] === undefined);
  if (bad.length === 0) passed++;
  else failed++;
  if (bad.length > 0) console.log(`not ok ${name}`);
  for (const [what, where] of bad) console.log(`  ${what}: ${where.replace(/\s+/g, " ")}`);
}

// The test itself: each of these has to be seen.
for (const code of [
  "class A { x = 1 }",
  "a ??= 1",
  "await 1;",
  "/(?<=a)b/",
  "[1].at(-1)",
  "structuredClone(x)",
  "1_000",
  "a.findLast(f)",
  "import('x', { with: {} })",
  "class A { static { } }",
])
  test(`“${code}” is found too new`, tooNew(code).length > 0 ? [] : [["nothing", code]]);
for (const code of [
  "a?.b ?? c",
  "import('x')",
  "10n ** 2n",
  "const { a, ...b } = c",
  "async function* f() { for await (const a of b) yield a }",
])
  test(`“${code}” is not`, tooNew(code));
for (const code of ["a:has(b) {}", "a { &:hover { } }", "a { height: 10dvh }"])
  test(`“${code}” is found too new`, newStyle(code).length > 0 ? [] : [["nothing", code]]);

for (const path of scripts) test(path, tooNew(readFileSync(path, "utf8")));
for (const path of styles) test(path, newStyle(readFileSync(path, "utf8")));
if (scripts.length < 10 || styles.length < 2) {
  failed++;
  console.log(`not ok ${scripts.length} scripts and ${styles.length} style sheets`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
