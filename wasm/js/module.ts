// One stand-alone wasm module behind the C ABI of docs/interfaces.md, section 7: JSON in, JSON or an error value out. Knows no network, no page and no
// file: a host that has only its own way of starting wasm hands that over.
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

/** What the modules import: the same for all of them. */
export type CoreImports = Record<string, Record<string, (...args: number[]) => number | undefined>>;
/** A module's bytes, the compiled module, or a function that starts one with these imports, whichever way its host does that. */
export type CoreSource =
  | BufferSource
  | WebAssembly.Module
  | ((imports: CoreImports) => Started | PromiseLike<Started | { instance: Started }> | { instance: Started });
interface Started {
  exports: object;
}
/** UTF-8, for hosts without TextEncoder. */
export interface Utf8 {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

const OK = 0;
const ENOSYS = 52;
const INTERNAL: CoreError = { error: { code: "internal" } };
const ownUtf8: Utf8 = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
};

export class CoreModule {
  private constructor(
    private readonly exports: Exports,
    private readonly utf8: Utf8,
  ) {}

  /** Starts a module. LoadError: "engine" when it does not start, "damaged" when it is not one of ours; `name` is for that error. */
  static async start(source: CoreSource, name = "module", utf8 = ownUtf8): Promise<CoreModule> {
    let memory: WebAssembly.Memory | undefined;
    try {
      const exports = (await started(
        source,
        imports(() => memory),
      )) as Exports;
      memory = exports.memory;
      exports._initialize();
      if (exports.cc_abi_version() !== 1) throw new LoadError("damaged", name);
      return new CoreModule(exports, utf8);
    } catch (error) {
      throw error instanceof LoadError ? error : new LoadError("engine", name);
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
    const bytes = this.utf8.encode(JSON.stringify(request));
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
    return JSON.parse(this.utf8.decode(view));
  }
}

async function started(source: CoreSource, given: CoreImports): Promise<object> {
  const made: unknown = await (typeof source === "function" ? source(given) : WebAssembly.instantiate(source as BufferSource, given));
  // Bytes give a pair, a compiled module the instance alone.
  return ((made as { instance?: Started }).instance ?? (made as Started)).exports;
}

// The modules need no system. A list, because not every host can say what a module imports; a test compares it with the modules.
function imports(memory: () => WebAssembly.Memory | undefined): CoreImports {
  return {
    env: { emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      environ_get: () => OK,
      environ_sizes_get: (count = 0, size = 0) => {
        const buffer = memory()?.buffer;
        if (buffer === undefined) return ENOSYS;
        const view = new DataView(buffer);
        view.setUint32(count, 0, true);
        view.setUint32(size, 0, true);
        return OK;
      },
      fd_close: () => ENOSYS,
    },
  };
}
