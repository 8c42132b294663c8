"""What a release promises: versions that agree, files of earlier formats that are still read, later ones that are refused, and a complete bill of materials."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "wasm"), str(ROOT / "web")]
import bill  # noqa: E402
import toolchain  # noqa: E402

SITE, CHUNCHENG, COMPAT = ROOT / "build/site", ROOT / "build/native/chuncheng", ROOT / "tests/fixtures/compat"
VERSIONS = sorted(folder for folder in COMPAT.iterdir() if folder.is_dir())


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def module(name, files, request):
    """The answer of a wasm module that has loaded the files: a JSON value, or the error value of loading."""
    command = [toolchain.node(), ROOT / "tests/parity/module.mjs", ROOT / f"build/wasm/{name}.wasm", *files]
    done = subprocess.run(command, input=json.dumps(request) + "\n", capture_output=True, text=True, check=False)
    if "RuntimeError" in done.stderr:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout.strip() if done.returncode == 0 else done.stderr.strip())


def run(*command):
    return subprocess.run([CHUNCHENG, *command], capture_output=True, text=True, cwd=ROOT, check=False)


class Versions(unittest.TestCase):
    def test_one_version_everywhere(self):
        self.assertEqual(run("--version").stdout.strip(), bill.version())
        self.assertEqual(json.loads(read("web/package.json"))["version"], bill.version())
        lock = json.loads(read("web/package-lock.json"))
        self.assertEqual((lock["version"], lock["packages"][""]["version"]), (bill.version(), bill.version()))

    def test_changelog_begins_with_it(self):
        self.assertEqual(re.search(r"^## (\S+)", read("docs/CHANGELOG.md"), re.M).group(1), bill.version())

    def test_lock_file_names_no_host(self):
        self.assertNotIn("resolved", read("web/package-lock.json"))


class ThreatModel(unittest.TestCase):
    """docs/threat-model.md names the tests that show a defence."""

    FILES = {
        "unit": "tests/unit/*.cpp", "faults": "tests/browser/faults.mjs", "security": "tests/browser/security.mjs", "embed": "tests/browser/embed.mjs",
        "browser": "tests/browser/*.mjs", "release": "tests/release/run.py tests/browser/release.mjs",
    }

    def test_the_tests_it_names_are_there(self):
        rows = [line.split("|")[3] for line in read("docs/threat-model.md").splitlines() if line.startswith("|")][2:]
        for shown in rows:
            # After the name of a suite come its tests, until another suite's.
            _, *parts = re.split(r"`([\w-]+)`", shown)
            self.assertTrue(parts, shown)
            for suite, names in zip(parts[::2], parts[1::2]):
                for name in re.findall(r'"([^"]+)"', names):
                    text = "\n".join(path.read_text(encoding="utf-8") for pattern in self.FILES[suite].split() for path in ROOT.glob(pattern))
                    whole = not name.endswith("…")
                    quoted = re.escape(name.removesuffix("…").strip())
                    self.assertTrue(re.search(rf'["`]{quoted}{chr(34) if whole else ""}|\b{quoted}\b[ (,)]', text), f"{suite} has no test {name}")


class EarlierFormats(unittest.TestCase):
    """Each folder of tests/fixtures/compat was written by an earlier program."""

    def test_there_are_some(self):
        self.assertIn("1", [folder.name for folder in VERSIONS])

    def test_snapshots_are_verified_exported_and_compared(self):
        for folder in VERSIONS:
            with self.subTest(folder.name), tempfile.TemporaryDirectory() as out:
                verified = run("verify", folder / "snapshot", "--key", folder / "test.pub")
                self.assertEqual(verified.returncode, 0, verified.stderr)
                exported = run("export", folder / "snapshot", "--out", f"{out}/open")
                self.assertEqual(exported.returncode, 0, exported.stderr)
                self.assertIn("第一养老院", (pathlib.Path(out) / "open/facilities.csv").read_text(encoding="utf-8"))
                self.assertEqual(run("diff", folder / "snapshot", ROOT / "build/snapshot").returncode, 0)

    def test_households_have_the_results_they_had(self):
        for folder in VERSIONS:
            with self.subTest(folder.name):
                policy = next((folder / "snapshot").glob("policy.*.json"))
                found = module("eligibility", [policy], {"eval": json.loads((folder / "profile.json").read_text(encoding="utf-8"))})
                # Today's program may say more; what was said is still so.
                self.says_at_least(found, json.loads((folder / "result.json").read_text(encoding="utf-8")), "")

    def says_at_least(self, found, wanted, where):
        if isinstance(wanted, dict):
            for key, value in wanted.items():
                self.assertIn(key, found, where)
                self.says_at_least(found[key], value, f"{where}/{key}")
        elif isinstance(wanted, list):
            self.assertEqual(len(found), len(wanted), where)
            for index, value in enumerate(wanted):
                self.says_at_least(found[index], value, f"{where}/{index}")
        else:
            self.assertEqual(found, wanted, where)

    def test_databases_are_searched(self):
        for folder in VERSIONS:
            with self.subTest(folder.name):
                database = next((folder / "snapshot").glob("facilities.*.db"))
                found = module("search", [database], json.loads((folder / "query.json").read_text(encoding="utf-8")))
                self.says_at_least(found, json.loads((folder / "hits.json").read_text(encoding="utf-8")), "")

    def test_advice_is_given(self):
        for folder in VERSIONS:
            with self.subTest(folder.name):
                files = [next((folder / "snapshot").glob(f"{name}.*.json")) for name in ("policy", "supplement")]
                found = module("advice", files, {"timeline": {"profile": json.loads((folder / "profile.json").read_text(encoding="utf-8"))}})
                self.assertEqual(found.get("format"), "km-timeline/1")


class LaterFormats(unittest.TestCase):
    """What a later program writes is an error value with a code, never a guess and never a trap."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.old = VERSIONS[-1] / "snapshot"

    def changed(self, pattern, before, after):
        source = next(self.old.glob(pattern))
        data = source.read_bytes()
        self.assertIn(before, data)
        target = self.folder / source.name
        target.write_bytes(data.replace(before, after))
        return target

    def test_policy(self):
        found = module("eligibility", [self.changed("policy.*.json", b"km-policy/1", b"km-policy/2")], {})
        self.assertEqual((found["error"]["code"], found["error"]["pointer"]), ("format.version", "/format"))

    def test_supplement(self):
        found = module("advice", [next(self.old.glob("policy.*.json")), self.changed("supplement.*.json", b"km-supplement/1", b"km-supplement/2")], {"coverage": {}})
        self.assertIn("code", found["error"])

    def test_profile(self):
        profile = json.loads((VERSIONS[-1] / "profile.json").read_text(encoding="utf-8")) | {"format": "km-profile/2"}
        found = module("eligibility", [next(self.old.glob("policy.*.json"))], {"eval": profile})
        self.assertEqual((found["error"]["code"], found["error"]["pointer"]), ("format.version", "/format"))

    def test_database(self):
        source = next(self.old.glob("facilities.*.db")).read_bytes()
        for version in (0, int.from_bytes(source[60:64], "big") + 1, 2**31 - 1):
            with self.subTest(version):
                target = self.folder / "later.db"
                target.write_bytes(source[:60] + version.to_bytes(4, "big") + source[64:])
                self.assertEqual(module("search", [target], {"q": "x"})["error"]["code"], "database.bad")

    def test_snapshot(self):
        later = self.folder / "snapshot"
        shutil.copytree(self.old, later)
        manifest = json.loads((later / "manifest.json").read_text(encoding="utf-8"))
        (later / "manifest.json").write_text(json.dumps({**manifest, "format": "km-snapshot/2"}), encoding="utf-8")
        for command in (("verify", later, "--key", VERSIONS[-1] / "test.pub"), ("export", later, "--out", self.folder / "open"), ("diff", later, self.old)):
            with self.subTest(command[0]):
                done = run(*command)
                self.assertEqual(done.returncode, 1)
                self.assertIn("manifest.json", done.stderr + done.stdout)

    def test_pack(self):
        pack = self.folder / "pack"
        shutil.copytree(ROOT / "tests/pack/base", pack)
        text = (pack / "pack.json").read_text(encoding="utf-8")
        self.assertIn("km-pack/1", text)
        (pack / "pack.json").write_text(text.replace("km-pack/1", "km-pack/2"), encoding="utf-8")
        done = run("check", pack)
        self.assertEqual(done.returncode, 1)
        self.assertIn("pack.json", done.stderr + done.stdout)


class Bill(unittest.TestCase):
    """CycloneDX 1.5: what its schema asks for of the parts used here; and that nothing is missing."""

    @classmethod
    def setUpClass(cls):
        cls.bill = json.loads((SITE / "sbom.cdx.json").read_text(encoding="utf-8"))
        cls.components = cls.bill["components"]
        cls.names = {one["name"] for one in cls.components}
        cls.licences = (SITE / "licences.txt").read_text(encoding="utf-8")

    def test_shape(self):
        self.assertEqual((self.bill["bomFormat"], self.bill["specVersion"], self.bill["version"]), ("CycloneDX", "1.5", 1))
        self.assertLessEqual(set(self.bill), {"bomFormat", "specVersion", "version", "metadata", "components", "dependencies"})
        refs = [one["bom-ref"] for one in [*self.components, self.bill["metadata"]["component"]]]
        self.assertEqual(len(refs), len(set(refs)))
        for one in [*self.components, self.bill["metadata"]["component"]]:
            with self.subTest(one["name"]):
                self.assertLessEqual(set(one), {"type", "bom-ref", "name", "version", "licenses", "purl", "properties", "hashes"})
                self.assertIn(one["type"], {"library", "application"})
                self.assertRegex(one["version"], r"^\d+(\.\d+)+$")
                self.assertEqual(len(one["licenses"]), 1)
                choice = one["licenses"][0]
                self.assertIn(set(choice), ({"license"}, {"expression"}))
                self.assertIn(choice.get("expression") or choice["license"]["id"], {
                    "Apache-2.0", "MIT", "BSD-3-Clause", "ISC", "BSL-1.0", "blessing", "ICU", "0BSD", "Apache-2.0 WITH LLVM-exception",
                })
                for digest in one.get("hashes", []):
                    self.assertEqual((digest["alg"], bool(re.fullmatch(r"[0-9a-f]{128}", digest["content"]))), ("SHA-512", True))
        for one in self.components:
            self.assertRegex(one["purl"], r"^pkg:(npm|generic)/[^@\s]+@[0-9A-Za-z.%+-]+$")
        for one in self.bill["dependencies"]:
            self.assertLessEqual({one["ref"], *one["dependsOn"]}, set(refs))

    def test_every_package_in_the_site_is_in_the_bill_the_notices_and_the_licences(self):
        notices = read("docs/third-party-notices.md")
        own = {name for name in self.names}
        for one in self.components:
            with self.subTest(one["name"]):
                self.assertIn(f"\n{one['name']} {one['version']}  (", self.licences)
                words = {"boost": "Boost", "sqlite": "SQLite", "icu": "ICU", "llvm-libcxx": "LLVM", "emscripten": "Emscripten"}
                name = words.get(one["name"], one["name"])
                self.assertIn((name if not name.startswith("@formatjs/") else "@formatjs").lower(), notices.lower())
        # What our sources name, found apart from the bundler.
        imported = set()
        for file in [*(ROOT / "web/src").rglob("*.ts*"), *(ROOT / "wasm/js").rglob("*.ts")]:
            for name in re.findall(r"""(?:from|import\(?)\s*["']((?:@[\w.-]+/)?[\w.-]+)(?:/[\w./-]+)?["']""", file.read_text(encoding="utf-8")):
                if not name.startswith((".", "virtual", "@wasm")):
                    imported.add(name)
        self.assertIn("preact", imported)
        self.assertLessEqual(imported, own)

    def test_what_is_compiled_is_in_the_bill(self):
        known = {"boost": "boost", "unicode": "icu", "sodium": "libsodium", "sqlite3.h": "sqlite", "sodium.h": "libsodium"}
        for file in [*(ROOT / "shared").rglob("*.h"), *(ROOT / "shared").rglob("*.cpp"), *(ROOT / "wasm").glob("*.cpp"), *(ROOT / "wasm").glob("*.h")]:
            if "tools" in file.relative_to(ROOT).parts:
                continue  # the command line is not in the site
            for name in re.findall(r"^#include <([^>]+)>", file.read_text(encoding="utf-8"), re.M):
                part = name.split("/")[0]
                if "/" in name or name.endswith(".h"):
                    if part in ("CLI", "emscripten"):
                        continue
                    self.assertIn(part, known, f"{file.name} includes <{name}>")
                    self.assertIn(known[part], self.names)

    def test_licences_are_whole(self):
        for start in ("Boost Software License - Version 1.0", "The author disclaims copyright", "UNICODE, INC. LICENSE AGREEMENT", "musl as a whole is licensed", "LLVM Exceptions to the Apache 2.0 License",
                      "Apache License", "Emscripten authors", "ISC License", "Copyright (c) 2015-present Jason Miller"):
            self.assertIn(start, self.licences)
        for name in self.names:
            folder = ROOT / "web/node_modules" / name
            for file in folder.glob("LICEN*") if folder.is_dir() else []:
                self.assertIn(file.read_text(encoding="utf-8").strip(), self.licences)
        self.assertIn("AMap", self.licences)  # what comes with the outlines


if __name__ == "__main__":
    unittest.main()
