"""Obtains what the build needs and Debian 12's packages do not give: Emscripten, and the sources of SQLite, ICU and libsodium.

Everything comes through apt with its signature checks, is kept outside the build tree in ${XDG_CACHE_HOME:-~/.cache}/chuncheng and needs
no root. Each product is made in a temporary folder and moved into place whole, so an interrupted run is repeated, never half used.

    python3 wasm/toolchain.py env            shell exports for emcc and the sources
    python3 wasm/toolchain.py sources        shell exports for the sources only
"""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SUITE = "trixie"  # a stable release: its emscripten stays 3.1.69 with clang 19
LEAST_EMCC = (3, 1, 60)
LEAST_NODE = (20, 19, 0)  # what the web build tool asks for
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "chuncheng"
# Of the dependency closure, what compiling C++ to wasm never runs.
NOT_NEEDED = re.compile(
    r"^(python3|libpython3|perl|libperl|binutils|libbinutils|gcc-|cpp-|g\+\+|lib[a-z]*san[0-9]*$|libgcc-.*-dev|libstdc\+\+-.*-dev|libc6-dev|"
    r"linux-libc-dev|libc-dev-bin|libcrypt-dev|ccache|dpkg|tar$|node-corepack|node-undici|openssl-provider|libgprofng|libitm|libquadmath|"
    r"libobjc|libctf|libjansson|debconf|tzdata|media-types|libnode-dev|nodejs-doc|npm|libgpm|netbase|rpcsvc|mailcap|libdb5)"
)


class Failure(Exception):
    """One sentence for the person at the keyboard."""


def say(text):
    """Progress goes to stderr: stdout of this script can be evaluated by a shell."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    begin = time.monotonic()
    say(f"→ {title}")
    yield
    say(f"  {time.monotonic() - begin:.1f} s")


@contextlib.contextmanager
def locked(name):
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f".{name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(command, tries=1, **options):
    for attempt in range(tries):
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
        if done.returncode == 0:
            return done.stdout
        if attempt + 1 < tries:
            time.sleep(3)
    tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
    raise Failure(f"{shlex.join(map(str, command))}\n{tail}")


def version_of(command):
    try:
        out = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return (0,)
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", out.stdout)
    return tuple(map(int, found.groups())) if found and out.returncode == 0 else (0,)


def mirror():
    """The archive this machine's own apt uses for its main Debian component, and the host's suite."""
    out = run(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(SITE)|$(CREATED_BY)"])
    for line in out.splitlines():
        origin, codename, component, site, created = (line.split("|") + [""] * 5)[:5]
        if origin == "Debian" and component == "main" and created == "Packages" and re.fullmatch(r"[a-z]+", codename):
            return site.strip(), codename
    raise Failure("apt 里没有 Debian main 软件源，请先运行 apt-get update / no Debian main archive in apt's lists: run apt-get update first")


class Apt:
    """A private apt: own lists, own cache, no installed packages, the host's keyring."""

    def __init__(self, folder, suite, source=False):
        self.folder = pathlib.Path(folder)
        for sub in ("state/lists/partial", "cache/archives/partial", "etc/apt.conf.d"):
            (self.folder / sub).mkdir(parents=True, exist_ok=True)
        (self.folder / "state/status").touch()
        uri, _ = mirror()
        kinds = ["deb-src"] if source else ["deb"]
        lines = [f"{kind} [signed-by={KEYRING}] {uri} {suite} main" for kind in kinds]
        (self.folder / "sources.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
        conf = {
            "Dir::State": "state", "Dir::State::status": "state/status", "Dir::Cache": "cache", "Dir::Etc": "etc",
            "Dir::Etc::sourcelist": "sources.list",
        }
        text = "".join(f'{key} "{self.folder / value}";\n' for key, value in conf.items())
        text += 'Dir::Etc::sourceparts "-";\nAcquire::Retries "3";\nAPT::Sandbox::User "";\n'
        (self.folder / "apt.conf").write_text(text, encoding="utf-8")
        self.env = {**os.environ, "APT_CONFIG": str(self.folder / "apt.conf")}
        run(["apt-get", "update"], tries=3, env=self.env)

    def closure(self, *names):
        """Names of everything the packages need, less what is not needed here."""
        out = run(["apt-get", "install", "--print-uris", "-y", "--no-install-recommends", *names], env=self.env)
        files = re.findall(r"^'[^']+' (\S+\.deb) ", out, re.M)
        return [name for name in (f.split("_")[0] for f in files) if not NOT_NEEDED.match(name)]

    def fetch(self, packages):
        archives = self.folder / "cache/archives"
        run(["apt-get", "download", *packages], tries=3, env=self.env, cwd=archives)
        return sorted(archives.glob("*.deb"))


def _prefix_from(apt, prefix, final):
    packages = apt.closure("emscripten", "patchelf")
    with step(f"下载 Emscripten 工具链 / fetching {len(packages)} packages"):
        archives = apt.fetch(packages)
        say(f"  {sum(archive.stat().st_size for archive in archives) / 1e6:.0f} MB")
    with step("解包 / unpacking"):
        for archive in archives:
            run(["dpkg-deb", "-x", archive, prefix])
    for sub in ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/emscripten/tests", "usr/share/emscripten/docs"):
        shutil.rmtree(prefix / sub, ignore_errors=True)
    with step("改写程序的加载路径 / pointing the programs at their own libraries"):
        _patch(prefix, final)
    node = shutil.which("node")
    node = node if node and version_of([node, "--version"]) >= LEAST_NODE else str(final / "usr/bin/node")
    (prefix / "emscripten.config").write_text(
        f"LLVM_ROOT = '{final}/usr/lib/llvm-19/bin'\nBINARYEN_ROOT = '{final}/usr'\nNODE_JS = '{node}'\n"
        f"CACHE = '{final}/usr/share/emscripten/cache'\n",
        encoding="utf-8",
    )


def _patch(prefix, final):
    triplet = next((prefix / "usr/lib").glob("*-linux-gnu")).name
    loader = next((prefix / "usr/lib" / triplet).glob("ld-linux-*.so.*"))
    libraries = [prefix / "usr/lib" / triplet, prefix / "usr/lib/llvm-19/lib"]
    own = ":".join(str(p) for p in libraries)
    patchelf = [str(loader), "--library-path", own, str(prefix / "usr/bin/patchelf")]
    rpath = ":".join(str(final / p.relative_to(prefix)) for p in libraries)
    interpreter = final / loader.relative_to(prefix)
    for folder in ("usr/bin", "usr/lib/llvm-19/bin"):
        for path in sorted((prefix / folder).iterdir()):
            if path.is_symlink() or not path.is_file() or path.name == "patchelf" or path.read_bytes()[:4] != b"\x7fELF":
                continue
            if path.name.startswith(("clang", "lld", "llvm-", "wasm", "node")):
                run([*patchelf, "--set-interpreter", interpreter, "--force-rpath", "--set-rpath", rpath, path])
    for folder in libraries:
        for path in folder.glob("*.so*"):
            if not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF" and path != loader:
                if "$ORIGIN" in subprocess.run([*patchelf, "--print-rpath", path], capture_output=True, text=True, check=False).stdout:
                    run([*patchelf, "--remove-rpath", path])


def emscripten():
    """Environment with emcc >= 3.1.60 and CHUNCHENG_EMSCRIPTEN (its root folder)."""
    root = None
    emsdk = os.environ.get("EMSDK")
    if emsdk and (pathlib.Path(emsdk) / "upstream/emscripten/emcc").exists():
        root = pathlib.Path(emsdk) / "upstream/emscripten"
    elif shutil.which("emcc"):
        root = pathlib.Path(shutil.which("emcc")).resolve().parent
    if root and version_of([str(root / "emcc"), "--version"]) >= LEAST_EMCC:
        return {**os.environ, "CHUNCHENG_EMSCRIPTEN": str(root), "PATH": f"{root}:{os.environ['PATH']}"}
    machine = run(["dpkg", "--print-architecture"]).strip()
    final = CACHE / f"emscripten-{SUITE}-{machine}"
    with locked("emscripten"):
        if not (final / "emscripten.config").exists():
            shutil.rmtree(final, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as work:
                prefix = pathlib.Path(work) / "prefix"
                prefix.mkdir()
                _prefix_from(Apt(pathlib.Path(work) / "apt", SUITE), prefix, final)
                prefix.rename(final)
    root = final / "usr/share/emscripten"
    return {**os.environ, "CHUNCHENG_EMSCRIPTEN": str(root), "EM_CONFIG": str(final / "emscripten.config"), "PATH": f"{root}:{os.environ['PATH']}"}


def node():
    """A node that runs the web build: the host's, else the one that came with Emscripten."""
    host = shutil.which("node")
    if host and version_of([host, "--version"]) >= LEAST_NODE:
        return host
    machine = run(["dpkg", "--print-architecture"]).strip()
    own = CACHE / f"emscripten-{SUITE}-{machine}" / "usr/bin/node"
    if not own.exists():
        emscripten()
    if not own.exists():
        raise Failure("需要 Node.js 20.19 或更新的版本 / Node.js 20.19 or newer is needed")
    return str(own)


def program(package, path):
    """A program of a Debian package: the installed one, else from the package unpacked in the cache, which installs and starts nothing."""
    if pathlib.Path(path).exists():
        return path
    _, suite = mirror()
    final = CACHE / f"package-{package}-{suite}"
    with locked(f"package-{package}"):
        if not final.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as work, step(f"下载 / fetching {package}"):
                unpacked = pathlib.Path(work) / "package"
                for archive in Apt(pathlib.Path(work) / "apt", suite).fetch([package]):
                    run(["dpkg-deb", "-x", archive, unpacked])
                unpacked.rename(final)
    return str(final / path.lstrip("/"))


def debian_source(name):
    """Folder with the upstream source of a Debian package in the host's own version, so that it matches the host's -dev package."""
    _, suite = mirror()
    with locked(f"source-{name}"):
        known = sorted(CACHE.glob(f"source-{name}-{suite}"))
        if known:
            return known[0]
        with tempfile.TemporaryDirectory(dir=CACHE) as work, step(f"下载源码 {name} / fetching the source of {name}"):
            apt = Apt(pathlib.Path(work) / "apt", suite, source=True)
            run(["apt-get", "source", "--download-only", name], tries=3, env=apt.env, cwd=work)
            archive = next(p for p in pathlib.Path(work).iterdir() if re.search(r"\.orig\.tar\.\w+$", p.name))
            unpacked = pathlib.Path(work) / "source"
            unpacked.mkdir()
            run(["tar", "-xf", archive, "-C", unpacked, "--strip-components=1"])
            final = CACHE / f"source-{name}-{suite}"
            unpacked.rename(final)
            return final


def sqlite():
    """Folder with sqlite3.c and sqlite3.h, generated without the parts of the grammar that sqlite-options.txt leaves out: a ready amalgamation
    has its parser fixed, and with the whole grammar search.wasm would not fit its budget."""
    options = pathlib.Path(__file__).with_name("sqlite-options.txt").read_text(encoding="utf-8").split()
    source = debian_source("sqlite3")
    final = CACHE / f"{source.name}-{hashlib.sha256(' '.join(options).encode()).hexdigest()[:12]}"
    with locked("sqlite"):
        if not (final / "sqlite3.c").exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as work, step("生成 SQLite 源码 / generating SQLite's source"):
                tree = pathlib.Path(work) / "tree"
                shutil.copytree(source, tree, ignore=shutil.ignore_patterns("test", "doc", "art"))
                run(["./configure", "--disable-tcl"], cwd=tree)
                run(["make", "OPTS=" + " ".join(f"-D{option}" for option in options), "sqlite3.c"], cwd=tree)
                made = pathlib.Path(work) / "made"
                made.mkdir()
                for name in ("sqlite3.c", "sqlite3.h"):
                    shutil.copy(tree / name, made / name)
                shutil.rmtree(final, ignore_errors=True)
                made.rename(final)
    return final


def sources():
    """Environment with the folders of the third-party sources that CMake compiles."""
    return {
        **os.environ, "CHUNCHENG_SQLITE": str(sqlite()), "CHUNCHENG_ICU": str(debian_source("icu")), "CHUNCHENG_LIBSODIUM": str(debian_source("libsodium")),
    }


def main(arguments):
    if arguments == ["env"] or arguments == ["sources"]:
        env = {**(emscripten() if arguments == ["env"] else {}), **{k: v for k, v in sources().items() if k.startswith("CHUNCHENG_")}}
        for key, value in env.items():
            if key.startswith("CHUNCHENG_") or key == "EM_CONFIG" or (key == "PATH" and arguments == ["env"]):
                print(f"export {key}={shlex.quote(value)}")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
