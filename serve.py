"""春城自助 Chuncheng Self-Service: one command from a bare Debian 12 to the site in your browser.

    python3 serve.py                 安装缺少的东西，构建，然后在 127.0.0.1:8080 打开
    python3 serve.py --host 0.0.0.0  同一网络里的手机也能看（打印二维码）
    python3 serve.py --build-only    只构建
    python3 serve.py --clean         删除 build/ 后重新构建
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent
BUILD = ROOT / "build"
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "wasm"), str(ROOT / "web")]
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
    "googletest": "/usr/src/googletest/CMakeLists.txt", "brotli": "/usr/bin/brotli", "xz-utils": "/usr/bin/xz",
    "qrencode": "/usr/bin/qrencode", "chromium": "/usr/bin/chromium", "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "nodejs": "node", "npm": "npm",
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
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=ROOT, **options)
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


CORE = ["CMakeLists.txt", "CMakePresets.json", "shared", "wasm", "tests/CMakeLists.txt", "tests/unit", "i18n"]


def build_preset(preset, *targets, env=None):
    install_packages()
    run(f"配置 / configuring {preset}", ["cmake", "--preset", preset], env=env)
    run(f"编译 / compiling {preset}", ["cmake", "--build", f"build/{preset}", "-j", JOBS, *(["--target", *targets] if targets else [])], env=env)


def build_native():
    unless_done("native", CORE, ["native/chuncheng", "native/tests/unit_tests"], lambda: build_preset("native"))


def build_wasm():
    unless_done("wasm", CORE, ["wasm/eligibility.wasm"], lambda: (install_packages(), build_preset("wasm", env=toolchain.emscripten())))


def build_all():
    install_packages()
    build_native()
    build_wasm()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--frame-ancestors", default="'self'", help="sites that may embed the pages (CSP frame-ancestors)")
    arguments = parser.parse_args()
    if arguments.clean:
        shutil.rmtree(BUILD, ignore_errors=True)
    build_all()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
