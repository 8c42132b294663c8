// A bare host of the wasm modules, for tests that look at bytes: no environment, no files, no clock.
import { readFileSync } from "node:fs";

const ENOSYS = 52;
const compiled = new Map();

/** The exports of a fresh instance of the module in that file. */
export function start(path) {
  if (!compiled.has(path)) compiled.set(path, new WebAssembly.Module(readFileSync(path)));
  const module = compiled.get(path);
  const imports = {};
  let core;
  const noEnvironment = (count, size) => {
    const view = new DataView(core.memory.buffer);
    view.setUint32(count, 0, true);
    view.setUint32(size, 0, true);
    return 0;
  };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") continue;
    imports[from] ??= {};
    imports[from][name] = name === "environ_sizes_get" ? noEnvironment : () => (name === "environ_get" ? 0 : ENOSYS);
  }
  core = new WebAssembly.Instance(module, imports).exports;
  core._initialize();
  return core;
}

/** Hands bytes to cc_load or cc_call: [its code, the text of the answer]; no memory for them: [1, undefined]. */
export function give(core, call, bytes) {
  const pointer = core.cc_alloc(bytes.length) >>> 0;
  if (pointer === 0) return [1, undefined];
  new Uint8Array(core.memory.buffer).set(bytes, pointer);
  const code = call(pointer, bytes.length);
  core.cc_free(pointer);
  return [code, Buffer.from(core.memory.buffer, core.cc_result() >>> 0, core.cc_result_size()).toString("utf8")];
}
