"""Runs every test, after doing the set-up that is missing:  python3 tests/run.py [suite …] [--list]

The last line is `N passed, N failed`; the exit code is 0 only when nothing failed and every suite that was asked for ran tests.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path[1:1] = [str(ROOT / "tests/bench"), str(ROOT / "tests/deploy"), str(ROOT / "tests/security")]
import benchmarks  # noqa: E402
import serve  # noqa: E402
import sites as security_sites  # noqa: E402
import web_servers  # noqa: E402

CLOSING = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)
SLOW = re.compile(r" \(\d+\.\d s\)$")  # a test that says how long it took


def run(command, **options):
    """Output of a command, shown when it fails."""
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT, check=False, **options)
    if done.returncode != 0:
        print(done.stdout[-12000:])
    return done.returncode, done.stdout


def googletest(command):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        code, _ = run([*command, f"--gtest_output=json:{report}"])
        if not report.exists():
            return 0, 1
        total = json.loads(report.read_text(encoding="utf-8"))
        failed = total["failures"] + total["errors"]
        return total["tests"] - failed, failed if code == 0 else max(failed, 1)


def closing_line(command, **options):
    code, out = run(command, **options)
    found = CLOSING.findall(out)
    if code == 0:
        lines = out.strip().splitlines()[:-1]
        print("\n".join(f"  {line}" for line in dict.fromkeys([line for line in lines if SLOW.search(line)] + lines[-3:])))
    if not found:
        return 0, 1
    passed, failed = map(int, found[-1])
    return passed, failed if code == 0 else max(failed, 1)


def unittests(script, **options):
    code, out = run([sys.executable, script, "-v"], **options)
    total = re.search(r"^Ran (\d+) tests?", out, re.M)
    bad = sum(map(int, re.findall(r"(?:failures|errors)=(\d+)", out)))
    count = int(total.group(1)) if total else 0
    return count - bad, bad if code == 0 else max(bad, 1)


def checks(pairs):
    """Each named command is one test: it passes when it exits with 0."""
    passed = failed = 0
    for name, command in pairs:
        code, _ = run(command)
        print(f"  {'ok' if code == 0 else 'not ok'} {name}")
        passed += code == 0
        failed += code != 0
    return passed, failed


def sources(*endings):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    return [f for f in listed.splitlines() if f.endswith(endings) and (ROOT / f).exists()]


def build_tests(preset="native"):
    """Everything, also what the site itself does not need."""
    serve.build_snapshot()
    serve.unless_done(f"{preset}-tests", [*serve.CORE, "tests"], [], lambda: serve.build_preset(preset, emscripten=preset == "wasm"))


def suite_unit():
    build_tests()
    return googletest([ROOT / "build/native/tests/unit_tests"])


def suite_asan():
    serve.build_snapshot()
    serve.build_preset("asan", "unit_tests")
    return googletest([ROOT / "build/asan/tests/unit_tests"])


def suite_wasm_unit():
    build_tests("wasm")
    return googletest([serve.toolchain.node(), ROOT / "build/wasm/tests/unit_tests.cjs"])


def suite_property():
    build_tests()
    return tuple(map(sum, zip(*(closing_line([ROOT / "build/native/tests" / name]) for name in ("timeline_bruteforce", "missing_answers")))))


def suite_differential():
    """Random packs and places: the engine and the modules against slow evaluators that are obviously right."""
    build_tests()
    serve.build_wasm()
    folder = serve.BUILD / "differential"
    folder.mkdir(exist_ok=True)
    tests = serve.BUILD / "native/tests"
    return tuple(map(sum, zip(
        closing_line([tests / "differential_packs", folder, "200"]),
        closing_line([tests / "differential_search", folder, "8"]),
        closing_line([serve.toolchain.node(), "tests/differential/hosts.mjs", "build/wasm", folder / "packs.jsonl", folder / "search.jsonl"]),
    )))


def suite_conformance():
    build_tests()
    return closing_line([sys.executable, "tests/conformance/run.py"])


def suite_cli():
    serve.build_snapshot()
    return unittests("tests/cli/run.py")


def suite_schemas():
    build_tests()
    return closing_line(["/usr/bin/python3", "tests/schemas/run.py"])  # Debian's own, which has Debian's python3-jsonschema


def suite_server():
    return unittests("tests/server/test_server.py")


def suite_parity():
    build_tests()
    serve.build_web()
    return closing_line([sys.executable, "tests/parity/run.py"])


@contextlib.contextmanager
def site():
    """The built site on a free port of the loopback."""
    serve.build_web()
    web = serve.server.Server(serve.BUILD / "site", "127.0.0.1", 0)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_address[1]}/"
    web.shutdown()


def write_expected(folder):
    """What the command line says of the households of the fixtures, a file each."""
    for profile in sorted((ROOT / "tests/fixtures/profiles").glob("*.json")):
        result = subprocess.run([ROOT / "build/native/chuncheng", "eval", "--json", profile], capture_output=True, text=True, cwd=ROOT, check=True)
        (pathlib.Path(folder) / profile.name).write_text(result.stdout, encoding="utf-8")


def suite_engines():
    """Firefox ESR and WebKitGTK; Chromium has the suite `browser`."""
    with site() as address, tempfile.TemporaryDirectory() as folder:
        write_expected(folder)
        return closing_line([serve.toolchain.node(), "tests/browser/engines.mjs", address, folder])


def suite_browser():
    with site() as address, tempfile.TemporaryDirectory() as folder:
        write_expected(folder)
        for estimate in sorted((ROOT / "tests/fixtures/estimates").glob("*.json")):
            for option in ("--json", "--csv"):
                result = subprocess.run([ROOT / "build/native/chuncheng", "estimate", option, estimate], capture_output=True, cwd=ROOT, check=True)
                (pathlib.Path(folder) / f"{estimate.stem}.estimate{option[1:]}").write_bytes(result.stdout)
        coverage = subprocess.run([ROOT / "build/native/chuncheng", "coverage", "--format", "json"], capture_output=True, text=True, cwd=ROOT, check=True)
        (pathlib.Path(folder) / "coverage.expected").write_text(coverage.stdout, encoding="utf-8")
        return closing_line([serve.toolchain.node(), "tests/browser/run.mjs", address, folder])


@contextlib.contextmanager
def embeddable_site(built=None):
    """The built site, as one that lists an origin and lets a second frame it; yields its address and a port for each: listed, framer, stranger."""
    with tempfile.TemporaryDirectory(dir=serve.BUILD) as folder, contextlib.ExitStack() as held:
        copy = pathlib.Path(folder) / "site"
        shutil.copytree(built or serve.BUILD / "site", copy, copy_function=os.link)
        ports = {}
        for name in ("listed", "framer", "stranger"):
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports[name] = probe.getsockname()[1]
        origins = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        for file in copy.glob("embed-origins.json*"):
            file.unlink()
        (copy / "embed-origins.json").write_text(json.dumps({"format": "km-embed-origins/1", "origins": [origins["listed"]]}), encoding="utf-8")
        own = serve.server.embed_origins(copy)
        web = serve.server.Server(copy, "127.0.0.1", 0, " ".join(["'self'", *own, origins["framer"]]))
        threading.Thread(target=web.serve_forever, daemon=True).start()
        held.close()
        yield f"http://127.0.0.1:{web.server_address[1]}/", [f"{port}={name}" for name, port in ports.items()]
        web.shutdown()
        web.server_close()


def suite_embed():
    serve.build_web()
    with embeddable_site() as (address, ports):
        return closing_line([serve.toolchain.node(), "tests/browser/embed.mjs", address, *ports])


def suite_npm():
    """The npm package, packed and used from its tarball; the language level of what the site and the package are built into."""
    serve.build_web()
    node = serve.toolchain.node()
    serve.run("npm 包 / npm package", [node, "wasm/package/build.mjs"])
    with tempfile.TemporaryDirectory() as folder:
        write_expected(folder)
        return tuple(map(sum, zip(
            closing_line([node, "tests/package/run.mjs", serve.BUILD, folder]),
            closing_line([node, "tests/browser/level.mjs", serve.BUILD / "site", serve.BUILD / "package"]),
        )))


def suite_everyone():
    """Elder mode, display settings, accessibility."""
    with site() as address:
        return closing_line([serve.toolchain.node(), "tests/browser/everyone.mjs", address])


def snapshots_of_other_days(folder):
    """Snapshots after the site's own: v2, v3, v4, and what must be refused: forged (another key), unsigned, back (a higher counter, older data);
    parts and parts2 have each district's facilities in a file of their own."""
    chuncheng, key = ROOT / "build/native/chuncheng", ROOT / "build/keys/snapshot.key"
    subprocess.run([chuncheng, "keygen", folder / "other"], check=True, stdout=subprocess.DEVNULL)
    for name, counter, date, signed in (
        ("v2", 2, "2027-01-02", key), ("v3", 3, "2027-01-03", key), ("v4", 4, "2027-01-04", key),
        ("forged", 9, "2027-01-09", folder / "other.key"), ("unsigned", 9, "2027-01-09", None), ("back", 9, "2027-01-01", key),
        ("parts", 5, "2027-01-05", key), ("parts2", 6, "2027-01-06", key),
    ):
        pack, texts = folder / "pack", folder / "texts"
        for source, copy in ((ROOT / "shared/packs/kunming", pack), (ROOT / "i18n", texts)):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(source, copy)
        # Every file of the snapshot differs from the others'.
        for file, change in (
            (pack / "pack.json", lambda v: v.update(counter=counter, data_date=date)),
            (pack / "sources.json", lambda v: next(iter(v["sources"].values())).update(issuer=name)),
            (pack / "scales/ltc_37_screen.json", lambda v: v["title"].update(zh=name)),
            (pack / "plan.json", lambda v: v["remark"].update(zh=name)),
            (texts / "zh-CN.json", lambda v: v.update({"web.404.title": name})),
        ):
            value = json.loads(file.read_text(encoding="utf-8"))
            change(value)
            file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        with (pack / "facilities/found.csv").open("a", encoding="utf-8") as csv:
            csv.write(f"KM-TEST,{name}敬老院,elder_home,wuhua{',' * 5}open{',' * 9}s,,single\n")
            csv.write(f"KM-TEST2,{name}托育园,childcare,anning{',' * 5}open{',' * 3}24.93,102.49{',' * 5}s,,single\n")
        command = [chuncheng, "build", pack, "--texts", texts, "--out", folder / "snapshots" / name, *(["--whole", "20"] if name.startswith("parts") else [])]
        done = subprocess.run([*command, *(["--key", signed] if signed else [])], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise serve.Failure(done.stderr)
    return folder / "snapshots"


def suite_faults():
    serve.build_web()
    with tempfile.TemporaryDirectory() as folder:
        snapshots = snapshots_of_other_days(pathlib.Path(folder))
        return closing_line([serve.toolchain.node(), "tests/browser/faults.mjs", serve.BUILD / "site", snapshots])


def suite_deploy():
    """Real nginx and Caddy with the configuration that the build writes."""
    serve.build_web()
    done = unittests("tests/deploy/run.py")
    with tempfile.TemporaryDirectory() as folder:
        write_expected(folder)
        with web_servers.nginx(serve.BUILD / "site") as address:
            journey = closing_line([serve.toolchain.node(), "tests/browser/run.mjs", address, folder, "journey 1 from the home page"])
    return done[0] + journey[0], done[1] + journey[1]


def suite_security():
    """Hostile data, links, sites and storage against the site in Chromium."""
    serve.build_web()
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "requests"
        with security_sites.serving(serve.BUILD / "site", log) as address, security_sites.serving(security_sites.hostile_site(folder)) as hostile:
            return closing_line([serve.toolchain.node(), "tests/browser/security.mjs", address, hostile, log])


def suite_offline():
    serve.build_web()
    return closing_line([serve.toolchain.node(), "tests/browser/offline.mjs", serve.BUILD / "site"])


def suite_release():
    serve.build_web()
    done = unittests("tests/release/run.py")
    with site() as address:
        shown = closing_line([serve.toolchain.node(), "tests/browser/release.mjs", address, serve.bill.version(), ROOT / "tests/fixtures/compat"])
    return done[0] + shown[0], done[1] + shown[1]


def suite_web():
    build_tests()
    serve.build_web()
    bin_folder = ROOT / "web/node_modules"
    node = serve.toolchain.node()
    return checks([
        ("types", [node, bin_folder / "typescript/bin/tsc", "--noEmit", "-p", "web"]),
        ("biome", [node, bin_folder / "@biomejs/biome/bin/biome", "check", "--config-path=.ci", "web/src", "web/vite.config.ts", "web/districts.mjs", "web/offline.mjs", "web/traditional.mjs", "wasm/js", "wasm/package", "web/examples", "tests/browser", "tests/package", "tests/parity", "tests/bench", "tests/differential", "tests/fuzz"]),
        ("texts", [sys.executable, "tests/parity/texts.py"]),
        ("districts", [node, "tests/parity/districts.mjs"]),
    ])


LEAST_COVERAGE = 90  # per cent of the lines of shared/


def suite_coverage():
    """The unit tests and the command line's tests, built to count which lines of shared/ they reach: the suites `unit` and `cli`, and the lines."""
    serve.build_snapshot()
    serve.build_preset("coverage", "unit_tests", "chuncheng")
    folder = serve.BUILD / "coverage"
    for counts in folder.rglob("*.gcda"):
        counts.unlink()
    results = [googletest([folder / "tests/unit_tests"]), unittests("tests/cli/run.py", env={**os.environ, "CHUNCHENG": str(folder / "chuncheng")})]
    report = folder / "lines.json"
    run(["gcovr", "--root", ".", "--filter", "shared/", "--json-summary", report, "--html", folder / "lines.html", "--gcov-ignore-parse-errors", folder])
    lines = json.loads(report.read_text(encoding="utf-8"))
    for file in sorted(lines["files"], key=lambda one: one["line_percent"])[:8]:
        print(f"  {file['line_percent']:5.1f} %  {file['filename']}")
    print(f"  {lines['line_percent']} % of the {lines['line_total']} lines of shared/ (goal {LEAST_COVERAGE} %); build/coverage/lines.html")
    enough = lines["line_percent"] >= LEAST_COVERAGE
    return tuple(map(sum, zip(*results, (int(enough), int(not enough)))))


def suite_guide():
    """Only when named: the pictures of docs/user-guide, taken while a visitor's steps are walked."""
    with site() as address:
        return closing_line([serve.toolchain.node(), "tests/browser/guide.mjs", address, "docs/user-guide"])


def suite_mutation():
    """Only when named: an hour. Survivors go to docs/mutation.md."""
    build_tests()
    passed, failed = closing_line(["/usr/bin/python3", "tests/mutation/run.py", "--most", "1000"])  # Debian's own, which has Debian's python3-clang-14
    shutil.copy(serve.BUILD / "mutation/mutation.md", ROOT / "docs/mutation.md")
    return passed, failed


FUZZ_SECONDS = os.environ.get("CHUNCHENG_FUZZ_SECONDS", "5")
FUZZ_TARGETS = ("rule", "profile", "pack", "csv", "manifest", "query", "database")


def suite_fuzz():
    """Five seconds a target; CHUNCHENG_FUZZ_SECONDS=3600 for an hour each."""
    serve.build_snapshot()
    serve.build_wasm()
    serve.unless_done("fuzz", [*serve.CORE, "tests"], [], lambda: serve.build_preset("fuzz", *(f"fuzz_{name}" for name in FUZZ_TARGETS)))
    rounds = str(40 * int(FUZZ_SECONDS))
    return tuple(map(sum, zip(
        closing_line([sys.executable, "tests/fuzz/run.py", "--seconds", FUZZ_SECONDS]),
        closing_line([serve.toolchain.node(), "tests/fuzz/abi.mjs", "build/wasm", "build/snapshot", rounds]),
    )))


def suite_lint():
    build_tests()
    cpp = sources(".cpp", ".h")
    host = subprocess.run(["npm", "config", "get", "registry"], capture_output=True, text=True, check=False).stdout
    mirrors = [re.sub(r"https?://([^/\s]+).*", r"\1", host.strip())] if host.startswith("http") else []
    mirrors += [re.sub(r"https?://([^/\s]+).*", r"\1", serve.toolchain.mirror()[0])]
    pattern = "|".join(re.escape(m) for m in mirrors if m)
    foreign = [f for f in sources("") if (ROOT / f).is_file() and re.search(pattern, (ROOT / f).read_text(encoding="utf-8", errors="replace"))]
    for name in foreign:
        print(f"  names a package host: {name}")
    return tuple(map(sum, zip(
        checks([
            ("clang-format", ["clang-format", "--dry-run", "-Werror", *cpp]),
            ("clang-tidy", [sys.executable, "tests/lint/tidy.py"]),
            ("python", [sys.executable, "-m", "py_compile", *sources(".py")]),
        ]),
        (int(not foreign), int(bool(foreign))),
    )))


def suite_bench():
    """Beside other engines, more of everything, payload and memory; docs/benchmarks.md made of it: only when named. Half an hour; tests/bench/benchmarks.py says how to run parts."""
    return benchmarks.run(build_tests)


def suite_load():
    """wrk against nginx on the loopback: only when named. A minute."""
    serve.build_web()
    return closing_line([sys.executable, "tests/load/run.py"])


def suite_reproducible():
    """Two builds give the same bytes: only when named. Half an hour."""
    serve.build_web()
    return closing_line([sys.executable, "tests/reproducible/run.py"])


SUITES = {
    "unit": suite_unit, "property": suite_property, "differential": suite_differential, "conformance": suite_conformance, "cli": suite_cli, "schemas": suite_schemas, "server": suite_server, "wasm-unit": suite_wasm_unit,
    "parity": suite_parity, "browser": suite_browser, "everyone": suite_everyone, "embed": suite_embed, "npm": suite_npm, "engines": suite_engines, "faults": suite_faults, "offline": suite_offline, "deploy": suite_deploy, "security": suite_security, "release": suite_release, "web": suite_web, "asan": suite_asan, "coverage": suite_coverage, "fuzz": suite_fuzz, "lint": suite_lint,
}
if not (ROOT.parent / "shared/conformance").is_dir():
    del SUITES["conformance"]  # the public suite is not beside this repository
NAMED_ONLY = {"bench": suite_bench, "load": suite_load, "reproducible": suite_reproducible, "mutation": suite_mutation, "guide": suite_guide}


def run_suite(name):
    begin = time.monotonic()
    print(f"=== {name}", flush=True)
    try:
        good, bad = (SUITES | NAMED_ONLY)[name]()
    except serve.Failure as failure:
        print(failure)
        good, bad = 0, 1
    if good + bad == 0:
        print("  no test ran")
        bad = 1
    print(f"  {name}: {good} passed, {bad} failed, {time.monotonic() - begin:.1f} s", flush=True)
    return good, bad


# These wait for a browser's timers more than they reckon; the others keep the processor busy.
WAITING = ("browser", "everyone", "embed", "engines", "faults", "offline", "security", "deploy", "release", "npm", "server", "cli")


def run_suites(names):
    """What has to be built first, one thing after the other; then two rows of suites side by side, each suite in a process of its own. The row that has
    ended helps the other."""
    for build in (serve.build_web, build_tests):
        try:
            build()
        except serve.Failure:
            break  # the suites that need it say so
    total = [0, 0]
    lock = threading.Lock()

    rows = {waiting: [name for name in names if (name in WAITING) == waiting] for waiting in (True, False)}

    def row(waiting):
        while True:
            with lock:
                own = rows[waiting] or rows[not waiting]
                if not own:
                    return
                name = own.pop(0)
            # A browser's timers do not wait for a compiler.
            before = [] if name in WAITING else ["nice", "-n", "10"]
            done = subprocess.run([*before, sys.executable, __file__, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT, check=False)
            found = CLOSING.findall(done.stdout)
            good, bad = map(int, found[-1]) if found else (0, 1)
            with lock:
                print("\n".join(done.stdout.strip().splitlines()[: -1 if found else None]), flush=True)
                total[0] += good
                total[1] += bad if done.returncode == 0 else max(bad, 1)

    threads = [threading.Thread(target=row, args=(waiting,)) for waiting in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(total)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", nargs="*", help="only these suites; benchmarks, load, reproducible and mutation run only when named")
    parser.add_argument("--list", action="store_true", help="names of the suites")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join([*SUITES, *NAMED_ONLY]))
        return 0
    unknown = [name for name in arguments.suite if name not in SUITES and name not in NAMED_ONLY]
    if unknown:
        parser.error(f"no suite named {', '.join(unknown)}; there are {', '.join(SUITES)}")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    names = arguments.suite or [*SUITES]
    if len(names) == 1:
        passed, failed = run_suite(names[0])
    else:
        passed, failed = run_suites(names)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
