"""春城自助 Chuncheng Self-Service: one command from a bare Debian 12 to the site in your browser.

    python3 serve.py                 安装缺少的东西，构建，然后在 127.0.0.1:8080 打开
    python3 serve.py --host 0.0.0.0  同一网络里的手机也能看（打印二维码）
    python3 serve.py --build-only    只构建
    python3 serve.py --clean         删除 build/ 后重新构建
"""
import argparse
import errno
import gzip
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent
BUILD = ROOT / "build"
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "wasm"), str(ROOT / "web")]
import bill  # noqa: E402
import deployment  # noqa: E402
import server  # noqa: E402
import toolchain  # noqa: E402

Failure = toolchain.Failure
JOBS = str(os.cpu_count() or 2)

# Debian package → a file that shows it is there.
PACKAGES = {
    "g++": "/usr/bin/g++", "clang": "/usr/bin/clang", "clang-format": "/usr/bin/clang-format", "clang-tidy": "/usr/bin/clang-tidy",
    "cmake": "/usr/bin/cmake", "ninja-build": "/usr/bin/ninja", "ccache": "/usr/bin/ccache", "git": "/usr/bin/git",
    "libboost1.81-dev": "/usr/include/boost/json.hpp", "libicu-dev": "/usr/include/unicode/msgfmt.h",
    "icu-devtools": "/usr/bin/icupkg|/usr/sbin/icupkg", "libsodium-dev": "/usr/include/sodium.h", "libcli11-dev": "/usr/include/CLI/CLI.hpp",
    "googletest": "/usr/src/googletest/CMakeLists.txt", "brotli": "/usr/bin/brotli", "gcovr": "/usr/bin/gcovr", "python3-clang-14": "/usr/lib/python3/dist-packages/clang/cindex.py", "xz-utils": "/usr/bin/xz",
    "qrencode": "/usr/bin/qrencode", "chromium": "/usr/bin/chromium", "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "firefox-esr": "/usr/bin/firefox-esr", "webkit2gtk-driver": "/usr/bin/WebKitWebDriver", "xvfb": "/usr/bin/Xvfb",
    "nodejs": "node", "npm": "npm", "make": "/usr/bin/make", "gcc": "/usr/bin/gcc", "tcl": "/usr/bin/tclsh",
    "wrk": "/usr/bin/wrk", "python3-jsonschema": "/usr/lib/python3/dist-packages/jsonschema/__init__.py",
}


def present(mark):
    return any(os.path.exists(m) if m.startswith("/") else shutil.which(m) for m in mark.split("|"))


def install_packages():
    missing = [name for name, mark in PACKAGES.items() if not present(mark)]
    if not missing:
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
    if root is None or (root and subprocess.run([*root, "true"], capture_output=True, check=False).returncode != 0):
        raise Failure(f"缺少软件包，请用管理员身份运行 / please run as root:\n  apt-get install -y {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not any(pathlib.Path("/var/lib/apt/lists").glob("*Packages*")):
        run("apt-get update", [*root, "apt-get", "update"], env=environment)
    run(f"安装软件包 / installing {' '.join(missing)}", [*root, "apt-get", "install", "-y", "--no-install-recommends", *missing], env=environment)


def run(title, command, **options):
    """A long step: says what it does, that it is still alive, and how long it took; its output goes to build/logs and is shown on failure."""
    logs = BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / (hashlib.sha256(title.encode()).hexdigest()[:8] + ".log")
    begin = time.monotonic()
    print(f"→ {title}", flush=True)
    with log.open("wb") as out:
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **{"cwd": ROOT, **options})
        try:
            while True:
                try:
                    code = process.wait(timeout=20)
                    break
                except subprocess.TimeoutExpired:
                    print(f"  … {time.monotonic() - begin:.0f} s", flush=True)
        except BaseException:
            process.terminate()
            raise
    if code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-40:]
        raise Failure("\n".join([*tail, f"这一步没有成功 / this step failed: {title}"]))
    print(f"  {time.monotonic() - begin:.1f} s", flush=True)


def fingerprint(paths):
    """Names, sizes and times of everything below the paths."""
    digest = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and "node_modules" not in p.parts and "__pycache__" not in p.parts)
        for file in files:
            stat = file.stat()
            digest.update(f"{file}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def unless_done(name, inputs, outputs, action):
    """Runs `action` when an input changed or an output is missing. The stamp is written last, so an interrupted step is done again."""
    stamp = BUILD / "stamps" / name
    mark = fingerprint([ROOT / p for p in inputs if (ROOT / p).exists()])
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark and all((BUILD / o).exists() for o in outputs):
        return
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, encoding="utf-8")


CORE = ["CMakeLists.txt", "CMakePresets.json", "shared", "wasm", "tests/CMakeLists.txt", "i18n"]
# Budgets in bytes after brotli (docs/interfaces.md section 8).
BUDGETS = {"first": 150 * 1024, "search_js": 30 * 1024, "search_wasm": 300 * 1024, "database": 400 * 1024, "later": 150 * 1024}


def build_preset(preset, *targets, emscripten=False):
    install_packages()
    # Another clone compiles nothing that this one has compiled: ccache looks at paths from the project's folder.
    env = {"CCACHE_BASEDIR": str(ROOT), "CCACHE_NOHASHDIR": "1", **toolchain.sources(), **(toolchain.emscripten() if emscripten else {})}
    run(f"配置 / configuring {preset}", ["cmake", "--preset", preset], env=env)
    run(f"编译 / compiling {preset}", ["cmake", "--build", f"build/{preset}", "-j", JOBS, *(["--target", *targets] if targets else [])], env=env)


def build_native():
    unless_done("native", CORE, ["native/chuncheng"], lambda: build_preset("native", "chuncheng"))


def build_wasm():
    modules = ["eligibility", "advice", "search"]
    unless_done("wasm", CORE, [f"wasm/{name}.wasm" for name in modules], lambda: build_preset("wasm", *modules, emscripten=True))


def build_snapshot():
    build_native()
    chuncheng = "build/native/chuncheng"
    # Whoever publishes puts their own pair here; a development key is made once and never leaves this folder.
    if not (BUILD / "keys/snapshot.key").exists():
        run("开发用的签名密钥 / development key", [chuncheng, "keygen", "build/keys/snapshot"])

    def build():
        run("数据快照 / data snapshot", [chuncheng, "build", "shared/packs/kunming", "--out", "build/snapshot", "--key", "build/keys/snapshot.key"])
        run("核对签名 / verifying", [chuncheng, "verify", "build/snapshot", "--key", "build/keys/snapshot.pub"])
        run("开放数据 / open data", [chuncheng, "export", "build/snapshot", "--out", "build/open"])

    unless_done("snapshot", [*CORE, "build/keys"], ["snapshot/manifest.json", "open/checksums.txt"], build)


def install_npm():
    def install():
        # Not `npm ci`: it refuses a lock file without the optional packages of other systems, which a registry mirror may not carry.
        run("网页构建工具 / npm packages", ["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT / "web")
        (BUILD / "npm").touch()

    if not (ROOT / "web/node_modules").is_dir():
        (BUILD / "npm").unlink(missing_ok=True)
    unless_done("npm", ["web/package.json", "web/package-lock.json"], ["npm"], install)


def build_web():
    build_snapshot()
    build_wasm()
    install_npm()

    def build():
        run("网页 / web pages", [toolchain.node(), "node_modules/vite/bin/vite.js", "build"], cwd=ROOT / "web")
        bill.write(BUILD / "site", BUILD / "shipped.json")
        run_compress()
        check_sizes()
        deployment.write(BUILD / "deploy", BUILD / "site")

    inputs = ["web", "wasm/js", "i18n", "build/snapshot", "build/open", "build/keys/snapshot.pub", "build/wasm/eligibility.wasm", "build/wasm/advice.wasm", "build/wasm/search.wasm", "serve.py"]
    unless_done("web", inputs, ["site/index.html", "site/files.json", "deploy/nginx.conf"], build)


def run_compress():
    """Beside each file its brotli and gzip form, so that the server only picks."""
    begin = time.monotonic()
    print("→ 压缩 / compressing", flush=True)
    for file in sorted((BUILD / "site").rglob("*")):
        if file.is_file() and file.suffix in (".html", ".js", ".css", ".json", ".wasm", ".svg", ".db", ".txt", ".csv"):
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
            done = subprocess.run(["brotli", "-q", "11", "-f", "-o", file.with_name(file.name + ".br"), file], check=False)
            if done.returncode != 0:
                raise Failure(f"brotli: {file.name}")
    print(f"  {time.monotonic() - begin:.1f} s", flush=True)


def check_sizes():
    """Prints every part against its budget and fails past one."""
    site = BUILD / "site"
    over = []
    parts = json.loads((site / "files.json").read_text(encoding="utf-8"))
    print(f"  {'':44}{'raw':>10}{'brotli':>10}")
    for part, budget in BUDGETS.items():
        total = 0
        for name in parts[part]:
            raw, packed = (site / name).stat().st_size, (site / (name + ".br")).stat().st_size
            total += packed
            print(f"  {name:44}{raw:>10}{packed:>10}")
        print(f"  {part:44}{'':>10}{total:>10} / {budget}", flush=True)
        if total > budget:
            over.append(f"{part}: {total} > {budget}")
    if over:
        raise Failure("超出大小预算 / over budget: " + "; ".join(over))


def serve(host, port, frame_ancestors):
    try:
        web = server.Server(BUILD / "site", host, port, frame_ancestors)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Failure(f"不能在 {host}:{port} 打开：{error.strerror} / cannot listen there") from error
        raise Failure(f"端口 {port} 已被占用，可以用：python3 serve.py --port {free_port(host, port + 1)} / port {port} is taken, use the one shown") from error
    shown = own_address() if host in ("0.0.0.0", "::") else host
    address = f"http://{shown}:{web.server_address[1]}/"
    if host not in ("127.0.0.1", "localhost", "::1") and shutil.which("qrencode"):
        print(subprocess.run(["qrencode", "-t", "ANSIUTF8", address], capture_output=True, text=True, check=False).stdout)
    print(f"打开 / open  {address}   (Ctrl+C 结束)", flush=True)
    with web:
        web.serve_forever()


def free_port(host, port):
    for candidate in range(port, min(port + 200, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return 0


def own_address():
    """The address other devices of this network reach; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--frame-ancestors", help="sites that may embed the pages (CSP frame-ancestors); otherwise this one and those of web/embed-origins.json")
    arguments = parser.parse_args()
    if arguments.clean:
        shutil.rmtree(BUILD, ignore_errors=True)
    build_web()
    if not arguments.build_only:
        serve(arguments.host, arguments.port, arguments.frame_ancestors)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
