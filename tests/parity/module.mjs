// A bare host of one wasm module: node module.mjs <module.wasm> <data file> [<more> …] < requests (a JSON document a line) > answers (a line each)
import { readFileSync } from "node:fs";

const [, , modulePath, ...dataPaths] = process.argv;
const compiled = new WebAssembly.Module(readFileSync(modulePath));
const imports = {};
for (const { module, name, kind } of WebAssembly.Module.imports(compiled)) {
  if (kind !== "function") continue;
  imports[module] ??= {};
  imports[module][name] = name === "environ_sizes_get" ? noEnvironment : () => (name === "environ_get" ? 0 : 52);
}
const instance = new WebAssembly.Instance(compiled, imports);
const core = instance.exports;
function noEnvironment(count, size) {
  const view = new DataView(core.memory.buffer);
  view.setUint32(count, 0, true);
  view.setUint32(size, 0, true);
  return 0;
}

function give(bytes, use) {
  const pointer = core.cc_alloc(bytes.length) >>> 0;
  new Uint8Array(core.memory.buffer).set(bytes, pointer);
  const code = use(pointer, bytes.length);
  core.cc_free(pointer);
  return [code, Buffer.from(core.memory.buffer, core.cc_result() >>> 0, core.cc_result_size()).toString("utf8")];
}

core._initialize();
for (const path of dataPaths) {
  const [code, said] = give(readFileSync(path), core.cc_load);
  if (code === 0) continue;
  console.error(said);
  process.exit(1);
}
const answers = [];
for (const line of readFileSync(0, "utf8").split("\n")) if (line !== "") answers.push(give(Buffer.from(line), core.cc_call)[1]);
process.stdout.write(`${answers.join("\n")}\n`);
