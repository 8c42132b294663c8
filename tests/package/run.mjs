// The npm package, as somebody else gets it: packed, installed from the tarball without a network, and used.
//   node run.mjs <build folder> <folder with the CLI's results for tests/fixtures/profiles>
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { launch } from "../browser/playwright.mjs";

const [, , build, expected] = process.argv;
const root = fileURLToPath(new URL("../..", import.meta.url));
const profiles = join(root, "tests/fixtures/profiles");
const folder = mkdtempSync(join(tmpdir(), "chuncheng-package-"));
const policy = join(build, "open/policy.json");
const manifest = JSON.parse(readFileSync(join(build, "snapshot/manifest.json"), "utf8"));
const data = (key) => readFileSync(join(build, "snapshot", manifest.files[key].name));

function check(truth, message) {
  if (!truth) throw new Error(message);
}
function same(found, wanted, message) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  check(a === b, `${message}: found ${a?.slice(0, 400)}, wanted ${b?.slice(0, 400)}`);
}
const npm = (...words) => execFileSync("npm", words, { cwd: folder, encoding: "utf8" });

const installed = join(folder, "node_modules/chuncheng-engine");
const wasmOf = (name) => readFileSync(join(installed, `${name}.wasm`));
const wantedOf = (name) => JSON.parse(readFileSync(join(expected, name), "utf8"));

/** The core as a mini program has it: CommonJS, and nothing of the web but WXWebAssembly, which knows files of the program's package only. */
function miniProgram() {
  const context = vm.createContext({ module: { exports: {} } });
  context.exports = context.module.exports;
  vm.runInContext("delete globalThis.WebAssembly", context);
  context.WXWebAssembly = {
    async instantiate(path, imports) {
      if (typeof path !== "string" || !/^\/[\w/]+\.wasm(\.br)?$/.test(path)) throw new TypeError("a path in the package");
      const packed = readFileSync(join(installed, path.replace(/^\/engine\//, "").replace(/\.br$/, "")));
      const bytes = path.endsWith(".br") ? brotliDecompressSync(brotliCompressSync(packed, { params: {} })) : packed;
      const { instance } = await WebAssembly.instantiate(bytes, imports);
      return { instance };
    },
  };
  vm.runInContext(readFileSync(join(installed, "core.cjs"), "utf8"), context);
  for (const name of ["fetch", "document", "WebAssembly", "TextEncoder", "TextDecoder", "URL", "process", "require"])
    check(!(name in context), `${name} is there`);
  const start = (path) =>
    context.module.exports.CoreModule.start(
      (imports) => context.WXWebAssembly.instantiate(path, imports),
      path,
      context.module.exports.utf8,
    );
  return { core: context.module.exports, start };
}

const tests = {
  "it holds what it should, and no code of the site"() {
    const [packed] = JSON.parse(npm("pack", "--json", join(build, "package")));
    console.log(`  npm pack: ${packed.size} bytes, ${packed.unpackedSize} unpacked, ${packed.entryCount} files`);
    const names = packed.files.map(({ path }) => path).filter((path) => !path.startsWith("types/"));
    same(
      names.sort(),
      [
        "LICENSE",
        "README.md",
        "advice.wasm",
        "core.cjs",
        "core.js",
        "eligibility.wasm",
        "example/household.mjs",
        "example/index.html",
        "example/page.js",
        "index.js",
        "package.json",
        "search.wasm",
        "third-party-notices.md",
      ],
      "files",
    );
    check(packed.size < 1_000_000, `${packed.size} bytes`);
    npm("init", "-y");
    npm("install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${packed.filename}`);
    for (const name of ["index.js", "core.js", "core.cjs"]) {
      const code = readFileSync(join(installed, name), "utf8");
      for (const word of ["document.", "window.", "fetch(", "localStorage", "preact"]) check(!code.includes(word), `${name} has ${word}`);
      check(code.length < 12_000, `${name}: ${code.length} characters`);
    }
    check(!readFileSync(join(installed, "core.cjs"), "utf8").includes("import.meta"), "core.cjs has import.meta");
    const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    same(dependencies, undefined, "dependencies");
  },

  "the example for Node.js gives what the command line gives"() {
    let tried = 0;
    for (const name of readdirSync(profiles)) {
      const out = execFileSync(process.execPath, [join(installed, "example/household.mjs"), policy, join(profiles, name)], {
        cwd: folder,
        encoding: "utf8",
      });
      same(JSON.parse(out), wantedOf(name), name);
      tried++;
    }
    check(tried > 3, `${tried} profiles`);
    const alone = JSON.parse(
      execFileSync(process.execPath, [join(installed, "example/household.mjs"), policy], { cwd: folder, encoding: "utf8" }),
    );
    same(alone.format, "km-result/1", "format");
  },

  async "the example for browsers runs in Chromium"() {
    const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://x");
      const file = pathname === "/policy.json" ? policy : join(installed, pathname);
      try {
        response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" });
        response.end(readFileSync(file));
      } catch {
        response.end();
      }
    }).listen(0, "127.0.0.1");
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/example/index.html?policy=/policy.json`);
      await page.waitForFunction(() => document.getElementById("counts").textContent !== "");
      const { results } = JSON.parse(
        execFileSync(process.execPath, [join(installed, "example/household.mjs"), policy], { cwd: folder, encoding: "utf8" }),
      );
      const of = (verdict) => results.filter((one) => one.verdict === verdict).length;
      same(await page.textContent("#counts"), `yes ${of("yes")}, open ${of("open")}, no ${of("no")}`, "counts");
      same(await page.locator("#yes li").count(), of("yes"), "lines");
    } finally {
      await browser.close();
      server.close();
    }
  },

  async "the modules import what the core gives, and no more"() {
    const { CoreModule } = await import(pathToFileURL(join(installed, "index.js")));
    for (const name of ["eligibility", "advice", "search"]) {
      const module = new WebAssembly.Module(wasmOf(name));
      let given;
      await CoreModule.start((imports) => {
        given = imports;
        return new WebAssembly.Instance(module, imports);
      });
      for (const { module: from, name: what, kind } of WebAssembly.Module.imports(module))
        check(kind === "function" && typeof given[from]?.[what] === "function", `${name}: ${from}.${what} is not given`);
    }
  },

  async "every way to start gives the same, and what is no module is an error value's error"() {
    const { CoreModule, LoadError } = await import(pathToFileURL(join(installed, "index.js")));
    const bytes = wasmOf("eligibility");
    const ways = [
      bytes,
      new Uint8Array(bytes).buffer,
      new WebAssembly.Module(bytes),
      (imports) => WebAssembly.instantiate(bytes, imports),
      async (imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports),
    ];
    for (const way of ways) {
      const engine = await CoreModule.start(way);
      same(engine.call({ rule: { "+": [1, 2] }, data: {} }), engine.call({ rule: { "+": [1, 2] }, data: {} }), "rule");
      same(engine.load(readFileSync(policy)), null, "load");
      same(engine.call({ eval: { format: "km-profile/1", as_of: "2026-11-23", subjects: [] } }).format, "km-result/1", "call");
      same(engine.call("nonsense").error !== undefined, true, "nonsense");
      same(engine.load(Uint8Array.of(1, 2, 3)).error !== undefined, true, "no policy");
    }
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    for (const bad of [new Uint8Array(8), bytes.subarray(0, 1000), empty, () => undefined, () => Promise.reject(new Error("no"))]) {
      const error = await CoreModule.start(bad, "bad.wasm").then(
        () => undefined,
        (one) => one,
      );
      check(error instanceof LoadError && error.file === "bad.wasm", `${bad}: ${error}`);
    }
  },

  async "a mini program starts all three modules through WXWebAssembly"() {
    const { start } = miniProgram();
    const eligibility = await start("/engine/eligibility.wasm.br");
    same(eligibility.load(readFileSync(policy)), null, "policy");
    for (const name of readdirSync(profiles))
      same(eligibility.call({ eval: JSON.parse(readFileSync(join(profiles, name), "utf8")) }), wantedOf(name), name);
    const advice = await start("/engine/advice.wasm");
    for (const key of ["policy", "supplement"]) same(advice.load(data(key)), null, key);
    same(advice.call({ score: { scale: "ltc_37", answers: {}, flags: {} } }).format, "km-score/1", "score");
    const search = await start("/engine/search.wasm");
    same(search.load(data("facilities")), null, "facilities");
    const found = search.call({ q: "官渡 yly", limit: 5 });
    check(found.total > 0 && found.hits[0].name.length > 0, JSON.stringify(found).slice(0, 200));
    const { CoreModule } = await import(pathToFileURL(join(installed, "index.js")));
    const own = await CoreModule.start(wasmOf("search"));
    own.load(data("facilities"));
    same(found, own.call({ q: "官渡 yly", limit: 5 }), "search");
  },

  async "UTF-8 in plain JavaScript is what TextEncoder does"() {
    const { utf8 } = await import(pathToFileURL(join(installed, "core.js")));
    let all = "";
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 37)
      if (code < 0xd800 || code > 0xdfff) all += String.fromCodePoint(code);
    for (const text of ["", "a", "昆明", "𠮷野家", all, "\ud800", "a\udc00b"]) {
      const bytes = new TextEncoder().encode(text);
      same(Array.from(utf8.encode(text)), Array.from(bytes), "encode");
      check(utf8.decode(bytes) === new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), "decode");
    }
  },

  "the types are found by a strict TypeScript project"() {
    writeFileSync(
      join(folder, "use.ts"),
      `import { CoreModule, isCoreError, wasm, type Result } from "chuncheng-engine";
import { utf8, type Utf8 } from "chuncheng-engine/core";
const codec: Utf8 = utf8;
export async function use(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const engine = await CoreModule.start(bytes, "x", codec);
  const result = engine.call<Result>({ eval: {} });
  return isCoreError(result) ? [result.error.code, wasm.search.href] : result.results.map((one) => one.benefit);
}
// @ts-expect-error there is no such module
wasm.nothing;
`,
    );
    const config = {
      compilerOptions: { strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022", "dom"], types: [] },
      files: ["use.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    execFileSync(process.execPath, [join(root, "web/node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
  },
};

let passed = 0;
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}\n  ${String(error.stack ?? error).replace(/\n/g, "\n  ")}\n  ${error.stdout ?? ""}`);
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
