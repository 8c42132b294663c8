"""clang-tidy over the C++ of the native build, on all cores:  python3 tests/lint/tidy.py [file …]

It is by far the slowest check, so a file is read again only when something it depends on changed: the key of an earlier clean reading is
made of clang-tidy's version, its configuration, the compiler's arguments and the content of the file and of all headers the build found for it.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
import serve  # noqa: E402

BUILD = serve.BUILD / "native"
CLEAN = serve.toolchain.CACHE / "tidy"


@functools.cache
def content(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def headers():
    """Object file -> what it was compiled from, as the compiler told ninja."""
    found, current = {}, None
    listed = subprocess.run(["ninja", "-t", "deps"], cwd=BUILD, capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        if not line.strip():
            current = None
        elif line.startswith("    "):
            found[current].append(str((BUILD / line.strip()).resolve()))
        else:
            current = line.split(": #deps")[0]
            found[current] = []
    return found


def jobs(chosen):
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True, check=True).stdout
    common = [version, content(ROOT / ".clang-tidy")]
    read = headers()
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        file = pathlib.Path(entry["file"])
        if ROOT not in file.parents or BUILD in file.parents or (chosen and file not in chosen):
            continue
        # Another folder's name does not change what is found.
        command = entry["command"].replace(str(ROOT), "")
        depends = read.get(re.search(r" -o (\S+)", entry["command"]).group(1))
        if depends is None:
            raise serve.Failure(f"{file.relative_to(ROOT)} was not compiled yet: python3 tests/run.py lint does it first")
        yield file, hashlib.sha256("\n".join([*common, command, *sorted(content(d) for d in depends)]).encode()).hexdigest()


def read_file(file):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", BUILD, file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    lines = [line for line in done.stdout.splitlines() if not line.endswith("warnings generated.")]
    return done.returncode == 0, "\n".join(lines)


def main():
    CLEAN.mkdir(parents=True, exist_ok=True)
    todo = [(file, key) for file, key in jobs({pathlib.Path(name).resolve() for name in sys.argv[1:]}) if not (CLEAN / key).exists()]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (file, key), (clean, said) in zip(todo, pool.map(lambda job: read_file(job[0]), todo)):
            if clean:
                (CLEAN / key).touch()
            else:
                bad += 1
                print(said, flush=True)
    print(f"{len(todo)} files read, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
