// A bare host of one wasm module: node module.mjs <module.wasm> <data file> [<more> …] < requests (a JSON document a line) > answers (a line each)
import { readFileSync } from "node:fs";
import { give, start } from "./host.mjs";

const [, , modulePath, ...dataPaths] = process.argv;
const core = start(modulePath);
for (const path of dataPaths) {
  const [code, said] = give(core, core.cc_load, readFileSync(path));
  if (code === 0) continue;
  console.error(said);
  process.exit(1);
}
const answers = [];
for (const line of readFileSync(0, "utf8").split("\n")) if (line !== "") answers.push(give(core, core.cc_call, Buffer.from(line))[1]);
process.stdout.write(`${answers.join("\n")}\n`);
