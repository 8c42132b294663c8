"""Every message of i18n/ says the same in both hosts: ICU in the command line, intl-messageformat in the page; and every text of the page is used."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "wasm")]
import toolchain  # noqa: E402

# {name} or {name, plural, …}: the kind decides which values are tried.
ARGUMENT = re.compile(r"\{\s*(\w+)\s*(?:,\s*(\w+))?")
VALUES = {"": ["甲 & <乙> '丙'", "昆明"], "plural": [0, 1, 2, 11], "select": ["other", "yes"], "number": [0, 7]}


def cases(texts):
    out = []
    for key, text in texts.items():
        # What stands between apostrophes is literal.
        found = dict(ARGUMENT.findall(re.sub(r"'[{}][^']*'", "", text)))
        for turn in range(max([len(VALUES[kind]) for kind in found.values()], default=1)):
            out.append({"key": key, "text": text, "args": {name: VALUES[kind][turn % len(VALUES[kind])] for name, kind in found.items()}})
    return out


def answers(command, text):
    return json.loads(subprocess.run([str(c) for c in command], input=text, capture_output=True, text=True, cwd=ROOT, check=True).stdout)


def unused(texts):
    """Texts of the page that no page names, whole or by their beginning (`web.step.${name}`)."""
    sources = [*(ROOT / "web/src").rglob("*.ts*"), *(ROOT / "web").glob("*.html")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    beginnings = set(re.findall(r"`((?:web|amount|per|verdict|stage|confidence)\.[\w.]*)\$\{", code))
    return [key for key in texts if key.startswith("web.") and key not in code and not any(key.startswith(begin) for begin in beginnings)]


def main():
    failed = passed = 0
    for path in sorted((ROOT / "i18n").glob("*.json")):
        texts = json.loads(path.read_text(encoding="utf-8"))
        tried = cases(texts)
        request = json.dumps(tried, ensure_ascii=False)
        native = answers([ROOT / "build/native/tests/render_messages"], request)
        page = answers([toolchain.node(), "tests/parity/render.mjs"], request)
        for case, a, b in zip(tried, native, page, strict=True):
            if a == b and "⟦" not in a:
                passed += 1
                continue
            failed += 1
            print(f"not ok {case['key']} {case['args']}\n  ICU  {a}\n  page {b}")
        for key in unused(texts):
            failed += 1
            print(f"not ok {key} is used by no page")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
