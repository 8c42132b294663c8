"""Fuzzing: every target of this folder with the inputs found before, then for a while with new ones.  run.py [--seconds N] [--jobs N] [target …]

Seeds are made from what the project has: its pack, fixtures and snapshot. An input that broke a target is kept in crashes/<target>/ and replayed for
ever. The last line is `N passed, N failed`: one for each target's replay, one for its search.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUZZ = ROOT / "build/fuzz/tests/fuzz"
CRASHES = ROOT / "tests/fuzz/crashes"
PACK = ROOT / "shared/packs/kunming"
QUERIES = [
    {"q": "官渡区 养老院"}, {"q": "gdyly", "near": {"lat": 25.04, "lon": 102.71, "within_m": 5000}, "sort": "distance"}, {"suggest": "敬老"},
    {"q": "三百张床位 3000元以内 失能", "kind": ["facility", "benefit", "plan", "indicator", "source"], "limit": 5}, {"compare": ["KM-1", "KM-2"]},
    {"q": "ＹＬＹ 附近", "literal": ["附近"], "district": ["wuhua"], "type": ["elder_home"], "stage": ["open"], "beds_min": 50, "offset": 3},
]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def rules():
    for path in sorted((PACK / "benefits").glob("*.json")):
        benefit = read(path)
        data = benefit.get("tests", [{}])[0].get("facts", {})
        yield from (as_bytes({"rule": criterion["when"], "data": data}) for criterion in benefit["criteria"])


def pack_documents():
    """The first byte says which document, in the order of their names."""
    base = ROOT / "tests/pack/base"
    names = sorted(str(path.relative_to(base)) for path in base.rglob("*.json"))
    yield from (bytes([at]) + (base / name).read_bytes() for at, name in enumerate(names))


def tables():
    for path in sorted((PACK / "facilities").glob("*.csv")):
        head = "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:6])
        yield head.encode()
        yield head.replace("kunming", "wuhua").encode("gb18030")
        yield ("sep=;\n" + head.replace(",", ";")).encode()


SEEDS = {
    "rule": rules,
    "profile": lambda: (path.read_bytes() for path in sorted((ROOT / "tests/fixtures/profiles").glob("*.json"))),
    "pack": pack_documents,
    "csv": tables,
    "manifest": lambda: [(ROOT / "build/snapshot/manifest.json").read_bytes()],
    "query": lambda: [*map(as_bytes, QUERIES), "官渡区 托育".encode(), b"guandu yly"],
    # Edits of the header, of the pages' heads, and of anything.
    "database": lambda: [bytes([2, 0, 0, at, 255]) for at in range(16, 100, 4)] + [bytes([3, 0, 16, 0, 13, 0, 32, 3, 0]), b"\x08SQLite format 3\0"],
}


def words():
    """What the formats' keys, operators and values are called: libFuzzer puts them in."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            found.update(value)
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, str) and re.fullmatch(r"[\w.-]{1,24}", value, re.ASCII):
            found.add(value)

    for path in [*PACK.glob("benefits/*.json"), PACK / "facts.json", *(ROOT / "tests/fixtures/profiles").glob("*.json")]:
        walk(read(path))
    return "".join(f'"\\"{word}\\""\n' for word in sorted(found) if re.fullmatch(r"[\x20-\x7e]+", word) and '"' not in word and "\\" not in word)


def run(target, seconds, folder):
    program = FUZZ / f"fuzz_{target}"
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    common = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "check": False}
    kept = sorted(p for p in (CRASHES / target).glob("*") if p.is_file()) if (CRASHES / target).is_dir() else []
    seeds = folder / f"{target}-seeds"
    seeds.mkdir()
    for number, seed in enumerate(SEEDS[target]()):
        (seeds / f"{number:04}").write_bytes(seed)
    # The seeds themselves are inputs that must hold; with them what broke once.
    replay = subprocess.run([program, *sorted(seeds.iterdir()), *kept], **common)
    lines = [f"{'ok' if replay.returncode == 0 else 'not ok'} {target}: {len(list(seeds.iterdir()))} seeds and {len(kept)} inputs that once broke it"]
    if replay.returncode != 0:
        lines.append(replay.stdout.decode(errors="replace")[-6000:])
    new = folder / f"{target}-new"
    new.mkdir()
    dictionary = folder / "words"
    found = subprocess.run(
        [program, f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=4096", f"-dict={dictionary}", "-max_len=16384", "-print_final_stats=1",
         f"-artifact_prefix={folder}/{target}-", new, seeds], **common)
    out = found.stdout.decode(errors="replace")
    runs = re.search(r"number_of_executed_units: (\d+)", out)
    cover = re.findall(r"cov: (\d+)", out)
    lines.append(f"{'ok' if found.returncode == 0 else 'not ok'} {target}: {runs[1] if runs else '?'} inputs in {seconds} s, {cover[-1] if cover else '?'} edges reached")
    if found.returncode != 0:
        keep = ROOT / "build/fuzz-found"
        keep.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f"{target}-*"):
            if path.is_file():
                shutil.copy(path, keep)
        lines.append(out[-6000:])
        lines.append(f"The input is in build/fuzz-found; put it right, then keep the input in tests/fuzz/crashes/{target}/.")
    print("\n".join(lines), flush=True)
    return [replay.returncode == 0, found.returncode == 0 and runs is not None]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="how long new inputs are tried on each target")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="how many targets at a time")
    parser.add_argument("target", nargs="*", choices=[[], *SEEDS])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        folder = pathlib.Path(name)
        (folder / "words").write_text(words(), encoding="ascii")
        results = [one for part in pool.map(lambda target: run(target, arguments.seconds, folder), arguments.target or SEEDS) for one in part]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
