// A module from the network, compiled while it comes where the browser can do that.
import { LoadError } from "./load-error";
import { CoreModule } from "./module";

export async function fetchModule(url: string, cache: RequestCache = "default"): Promise<CoreModule> {
  if (typeof WebAssembly !== "object") throw new LoadError("unsupported", url);
  return CoreModule.start(await compile(url, cache), url);
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
