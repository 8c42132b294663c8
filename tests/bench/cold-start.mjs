// The page as shipped until its first question can be answered (tests/browser/cold_start.mjs), from the project's own server.   node tests/bench/cold-start.mjs
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { keep, ROOT, SMALL, table } from "./common.mjs";

const RUNS = SMALL ? 1 : 3;
const server = spawn("python3", ["serve.py", "--port", "0"], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
try {
  let said = "";
  let address;
  while (address === undefined) {
    const [chunk] = await Promise.race([
      once(server.stdout, "data"),
      once(server, "exit").then(() => Promise.reject(new Error(`serve.py:\n${said}`))),
    ]);
    said += chunk;
    address = said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
  }
  const lines = execFileSync(process.execPath, ["tests/browser/cold_start.mjs", address, String(RUNS)], { cwd: ROOT, encoding: "utf8" });
  const starts = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  table([
    ["first question, ms", "median", "first paint", "runs"],
    ...starts.map((one) => [one.start, one.median_ms, one.first_paint, one.runs.join(" ")]),
  ]);
  keep("cold-start", { runs: RUNS, starts });
} finally {
  server.kill();
}
