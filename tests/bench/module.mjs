// A wasm module behind the C ABI (docs/interfaces.md section 7), as any host opens it: under node and in a browser.

/** `wasm` and `data` are bytes. Throws the module's own error value when it does not take the data. */
export async function openBytes(wasm, data) {
  const module = await WebAssembly.compile(wasm);
  let memory;
  const imports = {};
  const noEnvironment = (...counts) => {
    for (const at of counts) new DataView(memory.buffer).setUint32(at, 0, true);
    return 0;
  };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = name === "environ_sizes_get" ? noEnvironment : () => 0;
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  memory = exports.memory;
  exports._initialize();
  const text = new TextDecoder();
  const result = () => JSON.parse(text.decode(new Uint8Array(memory.buffer, exports.cc_result() >>> 0, exports.cc_result_size())));
  const send = (bytes, run) => {
    const at = exports.cc_alloc(bytes.length) >>> 0;
    new Uint8Array(memory.buffer).set(bytes, at);
    const code = run(at, bytes.length);
    exports.cc_free(at);
    return code;
  };
  const core = {
    exports,
    result,
    load: (bytes) => send(bytes, exports.cc_load),
    call(request) {
      send(new TextEncoder().encode(JSON.stringify(request)), exports.cc_call);
      return result();
    },
  };
  if (core.load(data) !== 0) throw new Error(JSON.stringify(result()));
  return core;
}
