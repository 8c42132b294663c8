"""How many visits one nginx carries: wrk on the loopback, with what a browser asks for on a first and on a repeat visit.

Passes when every answer was the one wanted, whatever the speed. The figures go to build/bench/load.json.
"""
import http.client
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "deploy"))
import web_servers  # noqa: E402

SITE = web_servers.ROOT / "build/site"
OUT = web_servers.ROOT / "build/bench/load.json"
SECONDS, THREADS, CONNECTIONS = 10, 1, 8

# Cycles through the requests of a visit and counts what came back.
SCRIPT = """
local requests = {}
%s
local at = 0
statuses = ""
local count = {}
request = function()
  at = at %% #requests + 1
  return requests[at]
end
response = function(status)
  count[status] = (count[status] or 0) + 1
  local out = {}
  for code, n in pairs(count) do out[#out + 1] = code .. "=" .. n end
  if (count[status] %% 100) == 1 then statuses = table.concat(out, " ") end
end
"""
CLOSING = """
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function done(summary, latency)
  io.write(string.format('RESULT {"requests":%d,"bytes":%d,"microseconds":%d,"errors":%d,"refused":%d,"p50":%d,"p99":%d,"statuses":"%s"}\\n',
    summary.requests, summary.bytes, summary.duration,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status,
    latency:percentile(50), latency:percentile(99), threads[1]:get("statuses")))
end
"""


def visits(host):
    """Paths and headers of each kind of visit."""
    files = json.loads((SITE / "files.json").read_text(encoding="utf-8"))
    begin = ["" if name == "index.html" else name for name in files["first"]]
    kept = ["", "data/manifest.json", *(name for name in ("service-worker.js",) if (SITE / name).exists())]
    connection = http.client.HTTPConnection(host, timeout=20)
    again = []
    for name in kept:
        connection.request("GET", f"/{name}", headers={"Accept-Encoding": "gzip, deflate, br"})
        response = connection.getresponse()
        response.read()
        again.append((name, {"If-None-Match": response.headers["ETag"]}))
    return {
        "first visit, up to the first question": ([(name, {}) for name in begin], "200"),
        "first visit with everything that is fetched while idle": ([(name, {}) for name in [*begin, *files["later"], "data/manifest.json"]], "200"),
        "first visit with the search": ([(name, {}) for part in ("first", "later", "search_js", "search_wasm", "database") for name in files[part]], "200"),
        "repeat visit, nothing new": (again, "304"),
    }


def lua(requests):
    lines = []
    for name, more in requests:
        headers = "".join(f'["{key}"]={json.dumps(value)},' for key, value in {"Accept-Encoding": "gzip, deflate, br", **more}.items())
        lines.append(f'requests[#requests + 1] = {{ path = "/{urllib.parse.quote(name)}", headers = {{{headers}}} }}')
    return "\n".join(lines)


def measure(address, requests, wanted):
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "visit.lua"
        # wrk.format makes the request's text; before init it has no host, so it is done there.
        script.write_text(
            SCRIPT % lua(requests) + "init = function()\n  for i, r in ipairs(requests) do requests[i] = wrk.format('GET', r.path, r.headers) end\nend\n" + CLOSING,
            encoding="utf-8",
        )
        out = subprocess.run(["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script, address], capture_output=True, text=True, check=True).stdout
    found = json.loads(next(line for line in out.splitlines() if line.startswith("RESULT ")).removeprefix("RESULT "))
    good = found["errors"] == found["refused"] == 0 and {part.split("=")[0] for part in found["statuses"].split()} == {wanted}
    per_visit = len(requests)
    seconds = found["microseconds"] / 1e6
    return good, {
        "requests_per_visit": per_visit, "visits_per_second": round(found["requests"] / per_visit / seconds), "bytes_per_visit": round(found["bytes"] / found["requests"] * per_visit),
        "p50_microseconds": found["p50"], "p99_microseconds": found["p99"], "statuses": found["statuses"],
    }


def main():
    passed = failed = 0
    figures = {}
    with web_servers.nginx(SITE) as address:
        for name, (requests, wanted) in visits(urllib.parse.urlsplit(address).netloc).items():
            good, figures[name] = measure(address, requests, wanted)
            passed += good
            failed += not good
            print(f"{'ok' if good else 'not ok'} {name}: {figures[name]}", flush=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
