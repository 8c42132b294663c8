"""Every message of i18n/, in every language, says the same with ICU and in the page (intl-messageformat), takes the same arguments, and is used; the
Traditional Chinese files are what web/traditional.mjs makes."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "wasm")]
import toolchain  # noqa: E402

HAN = re.compile("[\u3400-\u9fff]")
LANGUAGES = ["en", "zh-Hant"]
TEXTS = ["甲 & <乙> '丙'", "昆明"]
NUMBERS = [0, 1, 2, 11, 1234]


def cases(texts, language):
    """Each message with arguments of the kinds it takes: every option of a choice, and numbers that plurals tell apart."""
    wanted = answers([toolchain.node(), "tests/parity/render.mjs", "arguments"], json.dumps([{"text": text, "language": language} for text in texts.values()]))
    out = []
    for (key, text), kinds in zip(texts.items(), wanted, strict=True):
        values = {name: TEXTS if kind == "text" else [*NUMBERS, *(int(one[1:]) for one in options if one[0] == "=")] if kind in ("plural", "number") else [*options, "zz"] for name, (kind, *options) in kinds.items()}
        for turn in range(max((len(few) for few in values.values()), default=1)):
            out.append({"key": key, "text": text, "language": language, "args": {name: few[turn % len(few)] for name, few in values.items()}})
    return out, {key: set(kinds) for key, kinds in zip(texts, wanted, strict=True)}


def answers(command, text):
    return json.loads(subprocess.run([str(c) for c in command], input=text, capture_output=True, text=True, cwd=ROOT, check=True).stdout)


def unused(texts):
    """Texts of the page that no page names, whole or by their beginning (`web.step.${name}`)."""
    sources = [*(ROOT / "web/src").rglob("*.ts*"), *(ROOT / "web").glob("*.html")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    beginnings = set(re.findall(r"`((?:web|amount|per|verdict|stage|confidence)\.[\w.]*)\$\{", code))
    return [key for key in texts if key.startswith("web.") and key not in code and not any(key.startswith(begin) for begin in beginnings)]


def regenerated():
    """The Traditional files that the committed script and converter do not make to the byte."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([toolchain.node(), "web/traditional.mjs", folder], cwd=ROOT, check=True)
        made = [path.relative_to(folder) for path in sorted(pathlib.Path(folder).rglob("*.json"))]
        return [name for name in made if (ROOT / name).read_bytes() != (pathlib.Path(folder) / name).read_bytes()], len(made)


def main():
    problems = []
    passed = 0
    chinese = json.loads((ROOT / "i18n/zh-CN.json").read_text(encoding="utf-8"))
    _, needs = cases(chinese, "zh-CN")
    for language in ["zh-CN", *LANGUAGES]:
        texts = json.loads((ROOT / f"i18n/{language}.json").read_text(encoding="utf-8"))
        tried, takes = cases(texts, language)
        request = json.dumps(tried, ensure_ascii=False)
        native = answers([ROOT / "build/native/tests/render_messages"], request)
        page = answers([toolchain.node(), "tests/parity/render.mjs"], request)
        for case, a, b in zip(tried, native, page, strict=True):
            if a is not None and a == b:
                passed += 1
            else:
                problems.append(f"{language} {case['key']} {case['args']}\n  ICU  {a}\n  page {b}")
        problems += [f"{language} {key} takes {sorted(takes[key])}, the Chinese {sorted(needs.get(key, []))}" for key in texts if takes[key] != needs.get(key)]
        problems += [f"{language}: keys are not sorted"] if list(texts) != sorted(texts) else []
    problems += [f"{key} is used by no page" for key in unused(chinese)]
    # What is Chinese in English text is a name in quotes, or the language's own.
    english = json.loads((ROOT / "i18n/en.json").read_text(encoding="utf-8"))
    problems += [f"en {key} is Chinese: {text}" for key, text in english.items() if HAN.search(text) and not key.startswith("web.language.")]
    different, made = regenerated()
    passed += made - len(different)
    problems += [f"{name}: run node web/traditional.mjs" for name in different]
    for problem in problems:
        print(f"not ok {problem}")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems or not passed or made != 2 else 0


if __name__ == "__main__":
    sys.exit(main())
