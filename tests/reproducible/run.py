"""Two builds in different folders, times, languages, time zones and rights for new files give the same bytes. Half an hour.

The second build does without the compiler's cache. Both get the signing key of this folder's build/keys: a signature is not anybody's to make again, and the
public key is part of the page. The folders stay when something differs.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRODUCTS = ("site", "snapshot", "open", "deploy", "wasm/eligibility.wasm", "wasm/advice.wasm", "wasm/search.wasm")
BUILDS = (
    {"folder": "a", "umask": 0o022, "time": 1_000_000_000, "env": {"LC_ALL": "C.UTF-8", "TZ": "UTC"}},
    {"folder": "a longer/folder/b", "umask": 0o077, "time": 1_700_000_000, "env": {"LC_ALL": "C", "TZ": "Asia/Shanghai", "CCACHE_DISABLE": "1", "USER": "somebody"}},
)


def sources():
    """What is in the repository, and what is about to be."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


def copy(top, how):
    clone = top / how["folder"]
    for name in sources():
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        os.utime(target, (how["time"], how["time"]))
    (clone / "build/keys").mkdir(parents=True)
    for key in ("snapshot.key", "snapshot.pub"):
        shutil.copyfile(ROOT / "build/keys" / key, clone / "build/keys" / key)
    return clone


def build(clone, how):
    print(f"→ {how['folder']}", flush=True)
    done = subprocess.run([sys.executable, "serve.py", "--build-only"], cwd=clone, env={**os.environ, **how["env"]}, umask=how["umask"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout[-4000:])
        raise SystemExit(1)
    return clone / "build"


def hashes(folder):
    out = {}
    for product in PRODUCTS:
        path = folder / product
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                out[file.relative_to(folder).as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    return out


def main():
    top = pathlib.Path(tempfile.mkdtemp(prefix="reproducible-"))
    clones = [copy(top, how) for how in BUILDS]  # both at once: what is edited meanwhile is in neither
    first, second = (hashes(build(clone, how)) for clone, how in zip(clones, BUILDS, strict=True))
    passed = failed = 0
    for name in sorted({*first, *second}):
        same = first.get(name) == second.get(name)
        passed += same
        failed += not same
        if not same:
            print(f"not ok {name}: {'differs' if name in first and name in second else 'only once'}")
    whole = hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in sorted(first.items())).encode()).hexdigest()
    print(f"{len(first)} files, all together {whole}")
    if failed:
        print(f"see {top}")
    else:
        shutil.rmtree(top)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not first else 0


if __name__ == "__main__":
    sys.exit(main())
