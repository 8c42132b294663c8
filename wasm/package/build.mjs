// Makes the npm package in build/package: node wasm/package/build.mjs [<folder with wasm/, in place of build/>]
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const build = resolve(process.argv[2] ?? join(root, "build"));
const out = join(build, "package");
const modules = join(root, "web/node_modules");
const { rolldown } = await import(createRequire(join(root, "web/package.json")).resolve("rolldown"));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
async function bundle(entry, formats, external) {
  const made = await rolldown({ input: join(here, `${entry}.ts`), external, platform: "neutral", transform: { target: "es2020" } });
  for (const [format, end] of formats) await made.write({ file: join(out, `${entry}${end}`), format });
  await made.close();
}
await bundle("core", [
  ["esm", ".js"],
  ["cjs", ".cjs"],
]);
await bundle("index", [["esm", ".js"]], ["./core"]);
const index = join(out, "index.js");
writeFileSync(index, readFileSync(index, "utf8").replaceAll('"./core"', '"./core.js"'));

execFileSync(process.execPath, [join(modules, "typescript/bin/tsc"), "-p", here, "--outDir", join(out, "types")], { stdio: "inherit" });
// Node's own resolution wants the endings.
for (const name of readdirSync(join(out, "types"), { recursive: true })) {
  if (!name.endsWith(".d.ts")) continue;
  const file = join(out, "types", name);
  writeFileSync(file, readFileSync(file, "utf8").replace(/(from|import\()(\s*)"(\.[^"]*)"/g, '$1$2"$3.js"'));
}
for (const name of ["eligibility", "advice", "search"]) copyFileSync(join(build, `wasm/${name}.wasm`), join(out, `${name}.wasm`));
for (const name of ["package.json", "README.md", "example"]) cpSync(join(here, name), join(out, name), { recursive: true });
copyFileSync(join(root, "LICENSE"), join(out, "LICENSE"));
copyFileSync(join(root, "docs/third-party-notices.md"), join(out, "third-party-notices.md"));
