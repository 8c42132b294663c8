// The modules against what the native engine said of the same: node hosts.mjs <folder of the modules> <cases.jsonl> …
// A line is {seed, module, data | file, call, requests, answers}: `data` a text or `file` a path to load, `call` the key around each request ("" = none),
// and the answers byte for byte.
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { give, start } from "../parity/host.mjs";

const [, , modules, ...files] = process.argv;
let same = 0;
let different = 0;
let cases = 0;
for (const file of files) {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { seed, module, data, file: path, call, requests, answers } = JSON.parse(line);
    cases++;
    const core = start(join(modules, `${module}.wasm`));
    const [refused, why] = give(core, core.cc_load, data === undefined ? readFileSync(path) : Buffer.from(data));
    if (refused !== 0) {
      different++;
      console.log(`not ok seed ${seed}: ${module}.wasm refuses the data: ${why}`);
      continue;
    }
    requests.forEach((request, i) => {
      const [, said] = give(core, core.cc_call, Buffer.from(JSON.stringify(call === "" ? request : { [call]: request })));
      if (said === answers[i]) same++;
      else {
        different++;
        console.log(
          `not ok seed ${seed}: ${module}.wasm on ${JSON.stringify(request)}\n  native ${answers[i].slice(0, 600)}\n  wasm   ${said.slice(0, 600)}`,
        );
      }
    });
  }
}
console.log(`${same} answers of ${cases} packs and databases byte-identical in wasm`);
console.log(`${same} passed, ${different + (same === 0 ? 1 : 0)} failed`);
process.exit(different === 0 && same > 0 ? 0 : 1);
