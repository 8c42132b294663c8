// One stand-alone wasm module behind the C ABI of docs/interfaces.md, section 7: JSON in, JSON or an error value out.
import { LoadError } from "./load-error";
import type { CoreError } from "./types";

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  cc_abi_version(): number;
  cc_alloc(size: number): number;
  cc_free(pointer: number): void;
  cc_result(): number;
  cc_result_size(): number;
  cc_load(pointer: number, size: number): number;
  cc_call(pointer: number, size: number): number;
}

const ENOSYS = 52;
const INTERNAL: CoreError = { error: { code: "internal" } };

export class CoreModule {
  private constructor(private readonly exports: Exports) {}

  static async open(url: string, cache: RequestCache = "default"): Promise<CoreModule> {
    if (typeof WebAssembly !== "object") throw new LoadError("unsupported", url);
    const module = await compile(url, cache);
    let memory: WebAssembly.Memory | undefined;
    try {
      const instance = await WebAssembly.instantiate(
        module,
        imports(module, () => memory),
      );
      const exports = instance.exports as unknown as Exports;
      memory = exports.memory;
      exports._initialize();
      if (exports.cc_abi_version() !== 1) throw new LoadError("damaged", url);
      return new CoreModule(exports);
    } catch (error) {
      throw error instanceof LoadError ? error : new LoadError("engine", url);
    }
  }

  /** Hands over the data file; null when it was taken, else why not. */
  load(bytes: Uint8Array): CoreError | null {
    return this.withBytes<CoreError | null>(bytes, (pointer) =>
      this.exports.cc_load(pointer, bytes.length) === 0 ? null : (this.result() as CoreError),
    );
  }

  /** The answer to one request, or an error value: a trap never reaches the caller. */
  call<T>(request: unknown): T | CoreError {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    return this.withBytes<T | CoreError>(bytes, (pointer) => {
      this.exports.cc_call(pointer, bytes.length);
      return this.result() as T | CoreError;
    });
  }

  private withBytes<R>(bytes: Uint8Array, use: (pointer: number) => R): R | CoreError {
    try {
      const pointer = this.exports.cc_alloc(bytes.length) >>> 0;
      if (pointer === 0) return INTERNAL;
      new Uint8Array(this.exports.memory.buffer).set(bytes, pointer);
      const answer = use(pointer);
      this.exports.cc_free(pointer);
      return answer;
    } catch {
      return INTERNAL;
    }
  }

  private result(): unknown {
    // Memory may have grown during the call, so the view is made afresh.
    const view = new Uint8Array(this.exports.memory.buffer, this.exports.cc_result() >>> 0, this.exports.cc_result_size());
    return JSON.parse(new TextDecoder().decode(view));
  }
}

async function compile(url: string, cache: RequestCache): Promise<WebAssembly.Module> {
  const response = await fetch(url, { cache }).catch(() => {
    throw new LoadError("network", url);
  });
  if (!response.ok) throw new LoadError("network", url);
  const streams =
    typeof WebAssembly.compileStreaming === "function" && (response.headers.get("Content-Type") ?? "").startsWith("application/wasm");
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw new LoadError(error instanceof WebAssembly.CompileError ? "damaged" : "network", url);
  }
}

// The modules need no system: whatever they import and we do not know answers "not there".
function imports(module: WebAssembly.Module, memory: () => WebAssembly.Memory | undefined): WebAssembly.Imports {
  const known: Record<string, (...args: number[]) => number | undefined> = {
    emscripten_notify_memory_growth: () => undefined,
    environ_get: () => 0,
    environ_sizes_get: (count = 0, size = 0) => {
      const buffer = memory()?.buffer;
      if (buffer === undefined) return ENOSYS;
      const view = new DataView(buffer);
      view.setUint32(count, 0, true);
      view.setUint32(size, 0, true);
      return 0;
    },
  };
  const object: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") continue;
    const group = object[from] ?? {};
    group[name] = known[name] ?? (() => ENOSYS);
    object[from] = group;
  }
  return object;
}
