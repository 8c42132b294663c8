"""The benchmarks of `python3 tests/run.py bench`: raw figures in build/bench/, docs/benchmarks.md made of them.

CHUNCHENG_BENCH=rules,search runs these parts only; the document then keeps the figures of the others. CHUNCHENG_BENCH=document only writes it.
CHUNCHENG_BENCH_SMALL=1 is a smoke run: all parts, with sizes that say nothing.
"""
import datetime
import functools
import json
import os
import pathlib
import platform
import re
import resource
import subprocess
import threading
import time

import serve

ROOT = serve.ROOT
HERE, OUT = ROOT / "tests/bench", serve.BUILD / "bench"
NATIVE = serve.BUILD / "native/tests"
PACK = "shared/packs/kunming"
DAY = "2026-11-23"
SMALL = os.environ.get("CHUNCHENG_BENCH_SMALL") == "1"
SEED = "20261124"
# Made-up facilities → queries a kind.
SEARCH_SIZES = {500: 2, 1000: 2} if SMALL else {1000: 20, 2500: 60, 10000: 20, 100000: 20, 1000000: 10}
BESIDE = 500 if SMALL else 2500  # rows, beside the other engines
RANGE_SIZES = (500,) if SMALL else (2500, 100000, 1000000)
SHARDED = (1000,) if SMALL else (100000, 1000000)
PATIENCE = 1800  # seconds for one command


def node(script, *arguments):
    return [serve.toolchain.node(), "--expose-gc", HERE / script, *arguments]


def search_data(count, district=None):
    folder = OUT / (("shard" if district else "search") + f"-{count}" + ("-small" if SMALL else ""))
    folder.mkdir(parents=True, exist_ok=True)

    def make():
        each = 20 if district else SEARCH_SIZES[count]
        named = [district] if district else []
        serve.run(f"查找的测试数据 / data for the search: {folder.name}", [NATIVE / "search_data", PACK, count, SEED, 2 if SMALL else each, folder, *named])

    outputs = [f"bench/{folder.name}/{name}" for name in ("facilities.db", "ids.txt", "queries.json")]
    serve.unless_done(f"bench-{folder.name}", [*serve.CORE, "tests/search", "tests/bench/search_data.cpp"], outputs, make)
    return folder


def part_rules():
    return {"rules": node("rules.mjs")}


def part_scale():
    most = "660000" if SMALL else "660000000"
    return {"engine": [NATIVE / "engine_bench", PACK, OUT / "engine.json", most], "scale": node("scale.mjs")}


def part_advice():
    count = "5" if SMALL else "60"
    done = subprocess.run(
        [serve.BUILD / "native/chuncheng", "generate", "profiles", "--count", count, "--seed", "3", "--as-of", DAY],
        stdout=subprocess.PIPE, cwd=ROOT, check=True)
    (OUT / "profiles.jsonl").write_bytes(done.stdout)
    return {
        "questions": [NATIVE / "question_bench", "10" if SMALL else "500", PACK, OUT / "questions.json"],
        "advice": node("advice.mjs", OUT / "profiles.jsonl"),
    }


def part_search():
    return {"search": node("search.mjs", search_data(BESIDE).relative_to(ROOT))}


def forget(pattern):
    """Raw figures of another run, perhaps of other sizes."""
    for old in OUT.glob(pattern):
        old.unlink()


def part_search_scale():
    forget("native-*.json")
    folders = {str(count): search_data(count) for count in SEARCH_SIZES} | {f"district of {count}": search_data(count, "wuhua") for count in SHARDED}
    return {
        "search-scale": node("search-scale.mjs", *(f"{name}={folder}" for name, folder in folders.items())),
        **{f"native-{count}": [NATIVE / "search_native", folders[str(count)], OUT / f"native-{count}.json"] for count in SEARCH_SIZES},
    }


def part_ranges():
    forget("ranges-*.json")
    return {f"ranges-{count}": [NATIVE / "ranges", search_data(count), OUT / f"ranges-{count}.json"] for count in RANGE_SIZES}


def part_page():
    serve.build_web()
    return {"page": node("page.mjs"), "cold-start": node("cold-start.mjs")}


PARTS = {
    "rules": part_rules, "scale": part_scale, "advice": part_advice, "search": part_search, "search-scale": part_search_scale, "ranges": part_ranges,
    "page": part_page,
}


# ---- the machine, and who else was on it ----

def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return ""


@functools.cache
def machine():
    cpu = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="utf-8"), re.M)
    changed = first_line(["git", "status", "--porcelain", "--", ".", ":!docs"])
    return {
        "cpu": cpu[1].strip() if cpu else platform.machine(), "cores": os.cpu_count(), "memory_gib": round(int(memory[1]) / 2**20) if memory else None,
        "system": f"Debian {pathlib.Path('/etc/debian_version').read_text(encoding='utf-8').strip()}, Linux {platform.release()}",
        "node": first_line([serve.toolchain.node(), "--version"]), "gcc": first_line(["g++", "-dumpfullversion"]),
        "commit": first_line(["git", "describe", "--always"]) + (" with changes" if changed else ""),
    }


class Others:
    """How many processors other programs used meanwhile, on the average: what the machine was busy with less what our commands used."""

    def __enter__(self):
        self.begin, self.busy, self.own, self.used = time.monotonic(), self.all_busy(), {}, 0
        self.ended = self.ended_children()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()
        # Neither tells everything: a process that ended between two looks, and one that nobody waited for.
        own = max(sum(self.own.values()), self.ended_children() - self.ended)
        ticks = self.all_busy() - self.busy - own
        self.used = max(0.0, ticks / os.sysconf("SC_CLK_TCK") / (time.monotonic() - self.begin))

    @staticmethod
    def ended_children():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (used.ru_utime + used.ru_stime) * os.sysconf("SC_CLK_TCK")

    @staticmethod
    def all_busy():
        user, nice, system, _, _, irq, soft, stolen, *_ = map(int, pathlib.Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:])
        return user + nice + system + irq + soft + stolen  # the last: what the host gave to other machines

    def watch(self):
        first = self.sample()
        while not self.stop.wait(0.5):
            for key, ticks in self.sample().items():
                self.own[key] = ticks - first.get(key, 0)

    @staticmethod
    def sample():
        """Ticks of this process and all below it."""
        parents, ticks = {}, {}
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            key = (int(stat.parent.name), fields[19])  # a number may be given again; the second field is when it started
            parents[key[0]] = int(fields[1])
            ticks[key] = int(fields[11]) + int(fields[12])

        def ours(process):
            while process > 1:
                if process == os.getpid():
                    return True
                process = parents.get(process, 0)
            return False

        return {key: used for key, used in ticks.items() if ours(key[0])}


def benchmark(name, command):
    """Whether it ran and its answers agreed, whatever the time. A fresh OUT/NAME.json gets a note of when, where and how undisturbed it was made."""
    raw = OUT / f"{name}.json"
    raw.unlink(missing_ok=True)
    print(f"--- {name}", flush=True)
    load = os.getloadavg()[0]
    begin = time.monotonic()
    with Others() as others:
        try:
            done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT, check=False, timeout=PATIENCE)
            code, said = done.returncode, done.stdout
        except subprocess.TimeoutExpired as late:
            told = late.stdout or ""
            code, said = 1, f"{told if isinstance(told, str) else told.decode(errors='replace')}\nnot done after {PATIENCE} s\n"
    seconds = time.monotonic() - begin
    print(said, end="", flush=True)
    (OUT / f"{name}.txt").write_text(said, encoding="utf-8")
    note = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "seconds": round(seconds, 1), "small": SMALL, "ok": code == 0,
        "load_before": round(load, 2), "load_after": round(os.getloadavg()[0], 2), "others": round(others.used, 2), "machine": machine(),
    }
    if raw.exists():
        raw.write_text(json.dumps({"run": note, **json.loads(raw.read_text(encoding="utf-8"))}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"  {name}: {'ok' if code == 0 and raw.exists() else 'NOT OK'}, {seconds:.0f} s; other programs used {others.used:.2f} of {os.cpu_count()} processors", flush=True)
    return code == 0 and raw.exists()


def document():
    """Quick, from whatever lies in build/bench."""
    done = subprocess.run([serve.toolchain.node(), HERE / "document.mjs"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, check=False)
    print(done.stdout, end="", flush=True)
    return done.returncode == 0


def install_peers():
    """What the lock file pins and nothing else."""
    if not (HERE / "node_modules").is_dir():
        (serve.BUILD / "stamps/bench-npm").unlink(missing_ok=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    serve.unless_done("bench-npm", ["tests/bench/package.json", "tests/bench/package-lock.json"], [], lambda: serve.run("基准对手 / npm packages of the benchmarks", command, cwd=HERE))


def run(build_tests):
    names = [name for name in os.environ.get("CHUNCHENG_BENCH", "").split(",") if name] or [*PARTS]
    unknown = [name for name in names if name not in PARTS and name != "document"]
    if unknown:
        raise serve.Failure(f"CHUNCHENG_BENCH: no part {', '.join(unknown)}; there are {', '.join(PARTS)}, document")
    OUT.mkdir(parents=True, exist_ok=True)
    results = []
    if names != ["document"]:
        build_tests()
        serve.build_wasm()
        serve.install_npm()
        install_peers()
    for name in names:
        if name == "document":
            continue
        try:
            commands = PARTS[name]()
        except (serve.Failure, subprocess.CalledProcessError, OSError) as failure:
            print(f"--- {name}\n{failure}", flush=True)
            results.append(False)
            continue
        results += [benchmark(one, command) for one, command in commands.items()]
    results.append(document())
    return sum(results), len(results) - sum(results)
