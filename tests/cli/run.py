"""The command line as a person or a script meets it: output, errors with their place, exit codes."""
import contextlib
import csv
import hashlib
import html.parser
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHUNCHENG = pathlib.Path(os.environ.get("CHUNCHENG", ROOT / "build/native/chuncheng"))
PACK = ROOT / "shared/packs/kunming"
PROFILE = {
    "format": "km-profile/1", "as_of": "2026-11-23",
    "subjects": [{"id": "妈妈", "kind": "elder", "facts": {"birth_date": "1940-01-01", "hukou_district": "guandu"}}],
}


def run(*arguments, text=""):
    done = subprocess.run([CHUNCHENG, *map(str, arguments)], input=text, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


class CommandLine(unittest.TestCase):
    def test_help_of_each_command_states_use(self):
        commands = re.findall(r"^  (\w+)  ", run("--help")[1].split("Subcommands:")[1], re.M)
        self.assertGreaterEqual(len(commands), 5)
        for command in ([], *([name] for name in commands)):
            code, out, _ = run(*command, "--help")
            self.assertEqual(code, 0, command)
            self.assertNotIn("⟦", out, "a message is missing")
        self.assertIn("退出码", run("--help")[1])

    def test_wrong_use_is_exit_2(self):
        self.assertEqual(run()[0], 2)
        self.assertEqual(run("nonsense")[0], 2)
        self.assertEqual(run("check")[0], 2)
        self.assertEqual(run("eval", "--nonsense")[0], 2)

    def test_check_good_and_bad(self):
        code, out, _ = run("check", PACK)
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"检查通过：\d+ 项政策，\d+ 个算例全部符合。")
        with tempfile.TemporaryDirectory() as folder:
            broken = pathlib.Path(folder) / "pack"
            shutil.copytree(PACK, broken)
            ltci = broken / "benefits/ltci.json"
            ltci.write_text(ltci.read_text(encoding="utf-8").replace('"ltci_grade"}', '"ltci_grad"}', 1), encoding="utf-8")
            (broken / "params.json").write_text("{\n  oops\n}", encoding="utf-8")
            code, out, _ = run("check", broken)
            self.assertEqual(code, 1)
            self.assertIn("params.json:2", out)
            shutil.copy(PACK / "params.json", broken / "params.json")
            code, out, _ = run("check", broken)
            self.assertEqual(code, 1)
            self.assertIn("benefits/ltci.json /criteria/2/when/in/0/var: 没有叫“ltci_grad”的事实。是不是想写“ltci_grade”？", out)
        code, out, _ = run("check", "nowhere")
        self.assertEqual(code, 1)
        self.assertIn("文件读不出来", out)

    def test_coverage_page_is_up_to_date(self):
        code, out, _ = run("coverage")
        self.assertEqual(code, 0)
        self.assertNotIn("⟦", out)
        self.assertEqual((ROOT / "docs/coverage.md").read_text(encoding="utf-8"), out, "build/native/chuncheng coverage > docs/coverage.md")
        code, out, _ = run("coverage", PACK, "--format", "json")
        self.assertEqual(code, 0)
        self.assertEqual(len(json.loads(out)["plan"]), 40)
        self.assertEqual(run("coverage", "nowhere")[0], 1)
        self.assertEqual(run("coverage", "--format", "pdf")[0], 2)

    def test_eval_readable_and_json(self):
        code, out, _ = run("eval", text=json.dumps(PROFILE))
        self.assertEqual(code, 0)
        self.assertIn("[妈妈] 高龄津贴：符合  每人每月 110 元  （待核实）", out)
        self.assertNotIn("⟦", out)
        code, out, _ = run("eval", "--json", "--as-of", "2019-01-01", text=json.dumps(PROFILE))
        self.assertEqual(code, 0)
        result = json.loads(out)
        self.assertEqual(result["as_of"], "2019-01-01")
        [allowance] = [one for one in result["results"] if one["benefit"] == "old_age_allowance"]
        self.assertEqual((allowance["verdict"], allowance["failed"]), ("no", ["in_force", "age"]))

    def test_eval_bad_profile(self):
        for text, message in (("{", "JSON"), ("[]", "类型不对"), (json.dumps({**PROFILE, "as_of": "2026-02-30"}), "不是有效日期")):
            code, _, err = run("eval", text=text)
            self.assertEqual(code, 1, text)
            self.assertIn(message, err)
        self.assertEqual(run("eval", "nowhere.json")[0], 1)

    def test_timeline_readable_and_json(self):
        profile = {**PROFILE, "subjects": [{"id": "妈妈", "kind": "elder", "facts": {"birth_date": "1946-12-10", "hukou_district": "guandu"}}]}
        code, out, _ = run("timeline", "--years", "1", text=json.dumps(profile))
        self.assertEqual(code, 0)
        self.assertRegex(out, r"2026-12-01  \[妈妈\] 高龄津贴\n    之前：现在不符合\n    之后：符合  每人每月 110 元\n    因为到了年龄界限\n      依据 《")
        code, out, _ = run("timeline", "--json", text=json.dumps(profile))
        self.assertEqual((code, json.loads(out)["to"]), (0, "2036-11-23"))
        self.assertEqual(run("timeline", "--years", "41", text="{}")[0], 2)
        code, _, err = run("timeline", text='{"format":"km-profile/1","as_of":"2026-1-1","subjects":[]}')
        self.assertEqual(code, 1)
        self.assertIn("/profile/as_of", err)

    def test_estimate_readable_json_and_table(self):
        home = ROOT / "tests/fixtures/estimates/elder-home.json"
        code, out, _ = run("estimate", home)
        self.assertEqual(code, 0)
        self.assertNotIn("⟦", out)
        self.assertIn("从 2026-11-23 到 2029-11-22，共 3 年", out)
        self.assertRegex(out, r"\[老人第 1 组 × 40\] 养老机构运营补贴：符合  每床每月 230 元.*\n    第 1 年：110,400 元\n    第 2 年：110,400 元\n")
        self.assertRegex(out, r"养老机构建设床位补贴：符合.*\n    一次性：1,000,000 元\n    依据 《")
        code, out, _ = run("estimate", home, "--json", "--as-of", "2027-01-01")
        answer = json.loads(out)
        self.assertEqual((code, answer["format"], answer["years"][2]["to"]), (0, "km-estimation/1", "2029-12-31"))
        done = subprocess.run([CHUNCHENG, "estimate", home, "--csv"], capture_output=True, cwd=ROOT, check=True)
        self.assertTrue(done.stdout.startswith("\ufeff".encode()), "a spreadsheet needs the mark")
        rows = list(csv.DictReader(done.stdout.decode("utf-8-sig").splitlines(keepends=True)))
        groups = {row["按谁算"] for row in rows}
        self.assertIn("'=能力不知道", groups, "no formula")
        beds = [row for row in rows if row["项目"] == "养老机构运营补贴" and row["按谁算"] == "老人第 1 组"]
        self.assertEqual([(row["什么时候"], row["最少（元）"], row["最多（元）"]) for row in beds], [(f"第 {n} 年", "110400.00", "110400.00") for n in (1, 2, 3)])
        self.assertTrue(all("云南省养老服务机构运营资助" in row["金额的依据"] and row["待核实"] == "待核实" for row in beds))
        self.assertEqual(sum(row["项目"] == "合计" for row in rows), 9, "once, three years and all of money; years and all of income not counted")
        code, out, err = run("estimate", "--json", text='{"format":"km-estimate/1","as_of":"2026-11-23","years":11,"subjects":[]}')
        self.assertEqual((code, json.loads(out)["error"]["pointer"]), (1, "/years"))
        self.assertIn("/years", err)
        self.assertEqual(run("estimate", home, "--csv", "--json")[0], 2)

    def test_stale_readable_and_json(self):
        code, out, _ = run("stale", "--as-of", "2026-11-23")
        self.assertEqual(code, 0)
        self.assertIn("中度以上失能老年人养老服务消费补贴：到 2026-12-31 结束", out)
        code, out, _ = run("stale", "--as-of", "2027-01-01", "--json")
        ended = [w for w in json.loads(out)["warnings"] if w["kind"] == "ended" and w["benefit"] == "elder_care_voucher"]
        self.assertEqual([w["date"] for w in ended], ["2026-12-31"])
        self.assertEqual(run("stale", "--as-of", "2026-02-30")[0], 1)

    def test_diff_of_two_packs(self):
        with tempfile.TemporaryDirectory() as folder:
            new = pathlib.Path(folder) / "new"
            shutil.copytree(PACK, new)
            params = json.loads((new / "params.json").read_text(encoding="utf-8"))
            params["params"]["oldage.rate"]["values"][0]["cells"]["80-89"]["guandu"] = 12000
            (new / "params.json").write_text(json.dumps(params), encoding="utf-8")
            code, out, _ = run("diff", PACK, new, text=json.dumps(PROFILE))
            self.assertEqual(code, 0)
            self.assertRegex(out, r"有 1 处差别：\n\n\[妈妈\] 高龄津贴\n    旧版：符合  每人每月 110 元\n    新版：符合  每人每月 120 元\n    从 2023-01-01 起\n    标准变了：oldage.rate\n")
            code, out, _ = run("diff", PACK, new, "--json", text=json.dumps(PROFILE))
            self.assertEqual([c["benefit"] for c in json.loads(out)["changes"]], ["old_age_allowance"])
            policy = pathlib.Path(folder) / "snapshot"
            run("build", PACK, "--out", policy)
            published = next(policy.glob("policy.*.json"))
            self.assertIn("没有差别", run("diff", published, PACK, text=json.dumps(PROFILE))[1])
        code, _, err = run("diff", "nowhere", PACK, text="{}")
        self.assertEqual(code, 1)
        self.assertIn("nowhere", err)
        self.assertEqual(run("diff", PACK)[0], 2)

    def test_explain_says_every_benefit_in_words(self):
        seen = set()
        for path in sorted((ROOT / "tests/fixtures/profiles").glob("*.json")):
            results = json.loads(run("eval", "--json", path)[1])["results"]
            for one in results:
                # Each benefit once with each verdict: other verdicts take other sentences.
                key = (one["benefit"], one["verdict"])
                if key in seen:
                    continue
                seen.add(key)
                code, out, err = run("explain", "--benefit", one["benefit"], "--subject", one["subject"], path)
                self.assertEqual(code, 0, err)
                self.assertNotIn("⟦", out)
                self.assertEqual(out.count("\n\n✓ ") + out.count("\n\n✗ ") + out.count("\n\n？ "), len(one["criteria"]), out)
        self.assertGreater(len(seen), 60)
        code, out, _ = run("explain", "--benefit", "old_age_allowance", "--subject", "妈妈", text=json.dumps(PROFILE))
        self.assertIn("✓ “老人的出生日期是哪一天？”答“1940-01-01”，到当月最后一天（2026-11-30）满 86 周岁；要求不少于 80 周岁", out)
        self.assertIn("  110 元：政策标准\n", out)
        code, _, err = run("explain", "--benefit", "ltci", "--subject", "爸爸", text=json.dumps(PROFILE))
        self.assertEqual(code, 1)
        self.assertIn("爸爸", err)

    def test_json_lines_answer_each_line(self):
        lines = [json.dumps(PROFILE), "garbage", json.dumps(PROFILE)]
        code, out, _ = run("eval", "--jsonl", text="\n".join(lines) + "\n")
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(code, 0)
        self.assertEqual(answers[0], answers[2])
        self.assertEqual(answers[1]["error"]["code"], "json.syntax")
        code, out, _ = run("rule", "--jsonl", text='{"rule":{"+":[1,2]}}\n{"rule":null}\n\n{"rule":{"!":[true]},"data":{}}\n')
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(answers[0], {"value": 3})
        self.assertIn("rejected", answers[1])
        self.assertIn("rejected", answers[2])
        self.assertEqual(answers[3], {"value": False})

    def test_build_refuses_a_broken_csv_and_keeps_the_last_snapshot(self):
        with tempfile.TemporaryDirectory() as folder:
            pack, out = pathlib.Path(folder) / "pack", pathlib.Path(folder) / "snapshot"
            shutil.copytree(PACK, pack)
            self.assertEqual(run("build", pack, "--out", out)[0], 0)
            before = {path.name: path.read_bytes() for path in out.iterdir()}
            with (pack / "facilities/found.csv").open("a", encoding="utf-8") as csv:
                csv.write("only,three,fields\n")
            code, _, err = run("build", pack, "--out", out)
            self.assertEqual(code, 1)
            self.assertRegex(err, r"facilities/found\.csv:\d+: 这一行有 3 个字段")
            self.assertEqual({path.name: path.read_bytes() for path in out.iterdir()}, before)

    def test_search_says_what_it_understood(self):
        code, out, _ = run("search", "官渡养老院", "3000以下")
        self.assertEqual(code, 0)
        self.assertIn("官渡 养老院 3000以下", out.splitlines()[1])
        self.assertIn("价钱", out.splitlines()[2])

    def test_made_up_facilities_are_the_same_again_and_not_published(self):
        made = [run("generate", "facilities", "--count", "20", "--seed", seed)[1] for seed in ("3", "3", "4")]
        self.assertEqual(made[0], made[1])
        self.assertNotEqual(made[0], made[2])
        self.assertEqual(len(made[0].splitlines()), 21)
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "pack"
            shutil.copytree(ROOT / "shared/packs/kunming", pack)
            (pack / "facilities/made.csv").write_text(made[0], encoding="utf-8")
            code, _, err = run("build", pack, "--out", pathlib.Path(folder) / "out")
            self.assertEqual(code, 1)
            self.assertIn("--allow-synthetic", err)
            self.assertFalse((pathlib.Path(folder) / "out/manifest.json").exists())
            self.assertEqual(run("build", pack, "--out", pathlib.Path(folder) / "out", "--allow-synthetic")[0], 0)

    def test_build_gives_the_same_bytes_in_any_folder_and_locale(self):
        built = []
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            self.assertEqual(run("keygen", root / "a")[0], 0)
            for name, environment in (("eins", {"LC_ALL": "C", "TZ": "UTC"}), ("zwei und ü", {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "LANG": "de_DE"})):
                here = root / name
                shutil.copytree(PACK, here / "pack")
                shutil.copytree(ROOT / "i18n", here / "texts")
                command = [CHUNCHENG, "build", "pack", "--out", "out", "--texts", "texts", "--key", "../a.key", "--report", "report.html"]
                subprocess.run(command, cwd=here, env={**os.environ, **environment}, check=True, capture_output=True, timeout=60)
                subprocess.run([CHUNCHENG, "export", "out", "--out", "open"], cwd=here, env={**os.environ, **environment}, check=True, capture_output=True, timeout=60)
                built.append({str(path.relative_to(here)): path.read_bytes() for path in here.rglob("*") if path.is_file() and "pack" not in path.parts})
        self.assertEqual(sorted(built[0]), sorted(built[1]))
        self.assertGreaterEqual(len(built[0]), 14)
        for name, bytes_of in built[0].items():
            self.assertEqual(bytes_of, built[1][name], name)

    def test_keys_sign_and_verify(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            out = root / "snapshot"
            self.assertEqual(run("keygen", root / "keys/a")[0], 0)
            self.assertEqual(run("keygen", root / "keys/b")[0], 0)
            self.assertEqual((root / "keys/a.key").stat().st_mode & 0o777, 0o600)
            secret = (root / "keys/a.key").read_bytes()
            code, _, err = run("keygen", root / "keys/a")
            self.assertEqual((code, (root / "keys/a.key").read_bytes()), (1, secret))
            self.assertIn("不覆盖", err)

            def verify(key="a.pub", *more):
                return run("verify", out, "--key", root / "keys" / key, *more)

            self.assertEqual(run("build", PACK, "--out", out)[0], 0)
            self.assertIn("没有签名", verify()[2])
            self.assertEqual(run("sign", out, "--key", root / "keys/a.key")[0], 0)
            code, said, err = verify()
            self.assertEqual(code, 0, err)
            self.assertIn("核对通过", said)
            signed = (out / "manifest.json").read_bytes()
            self.assertEqual(run("build", PACK, "--out", out, "--key", root / "keys/a.key")[0], 0)
            self.assertEqual((out / "manifest.json").read_bytes(), signed, "signed while building or afterwards")
            self.assertIn("签名不对", verify("b.pub")[2])
            self.assertEqual(verify("a.key")[0], 1)
            self.assertEqual(run("sign", out, "--key", root / "keys/a.pub")[0], 1)
            (out / "manifest.json").write_bytes(signed.replace(b'"counter":1', b'"counter":2'))
            self.assertIn("签名不对", verify()[2])
            (out / "manifest.json").write_bytes(signed)
            [policy] = out.glob("policy.*.json")
            whole = policy.read_bytes()
            policy.write_bytes(whole[:-1])
            self.assertIn("与清单不符", verify()[2])
            self.assertEqual(run("sign", out, "--key", root / "keys/a.key")[0], 1, "what is damaged is not signed")
            policy.unlink()
            self.assertEqual(verify()[0], 1)
            policy.write_bytes(whole)
            # Against the one that is published: never back, and never the same number for something else.
            newer, pack = root / "newer", root / "pack"
            for counter, date, good in ((2, "2026-11-24", True), (1, "2026-11-24", False), (2, "2026-11-22", False)):
                shutil.rmtree(pack, ignore_errors=True)
                shutil.copytree(PACK, pack)
                head = {**json.loads((PACK / "pack.json").read_text(encoding="utf-8")), "counter": counter, "data_date": date}
                (pack / "pack.json").write_text(json.dumps(head), encoding="utf-8")
                self.assertEqual(run("build", pack, "--out", newer, "--key", root / "keys/a.key")[0], 0)
                code, _, err = run("verify", newer, "--key", root / "keys/a.pub", "--after", out)
                self.assertEqual(code, 0 if good else 1, err)
                self.assertIn("" if good else "不能往回退", err)

    def test_diff_of_two_snapshots(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            shutil.copytree(PACK, root / "pack")
            found = root / "pack/facilities/found.csv"
            found.write_text(found.read_text(encoding="utf-8").replace("石林中心敬老院,elder_home,shilin,,,128", "石林中心敬老院,elder_home,shilin,,,130"), encoding="utf-8")
            for name, pack in (("old", PACK), ("new", root / "pack")):
                self.assertEqual(run("build", pack, "--out", root / name)[0], 0)
            code, out, _ = run("diff", root / "old", root / "new")
            self.assertEqual(code, 0)
            self.assertIn("有 1 个文件不同", out)
            self.assertIn("  ~ KM-F005: beds\n", out)
            diff = json.loads(run("diff", root / "old", root / "new", "--json")[1])
            self.assertEqual(diff["facilities"], {"new": [], "gone": [], "changed": [{"id": "KM-F005", "columns": ["beds"]}]})
            self.assertIn("文件全部相同", run("diff", root / "old", root / "old")[1])
            next((root / "new").glob("facilities.*.db")).write_bytes(b"x")
            self.assertEqual(run("diff", root / "old", root / "new")[0], 1)

    def test_export_for_people(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            code, out, err = run("export", ROOT / "build/snapshot", "--out", root / "open")
            self.assertEqual(code, 0, err)
            self.assertNotIn("⟦", out)
            sums = dict(reversed(line.split("  ")) for line in (root / "open/checksums.txt").read_text(encoding="utf-8").splitlines())
            files = {path.name: path for path in (root / "open").iterdir()}
            self.assertEqual(sorted([*sums, "checksums.txt"]), sorted(files))
            for name, digest in sums.items():
                self.assertEqual(hashlib.sha256(files[name].read_bytes()).hexdigest(), digest, name)
            self.assertIn("Apache License 2.0", files["LICENCE.txt"].read_text(encoding="utf-8"))
            self.assertNotIn("⟦", files["facility.schema.json"].read_text(encoding="utf-8"))
            plan = json.loads(files["plan.json"].read_text(encoding="utf-8"))
            self.assertEqual([one["id"] for one in plan["indicators"]], [one["id"] for one in json.loads((PACK / "plan.json").read_text(encoding="utf-8"))["indicators"]])
            with files["facilities.csv"].open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
            listed = json.loads(files["facilities.json"].read_text(encoding="utf-8"))["facilities"]
            self.assertEqual([{k: v for k, v in row.items() if v} for row in rows], [{k: str(v) for k, v in one.items()} for one in listed])
            originals = {}
            for source in sorted((PACK / "facilities").glob("*.csv")):
                with source.open(encoding="utf-8", newline="") as stream:
                    originals |= {row["id"]: row for row in csv.DictReader(stream)}
            self.assertEqual({row["id"]: row for row in rows}, originals, "nothing is lost from the pack's files to the open data")
            # The exported file is a pack's file again.
            shutil.copytree(PACK, root / "pack")
            for old in (root / "pack/facilities").iterdir():
                old.unlink()
            shutil.copy(files["facilities.csv"], root / "pack/facilities")
            self.assertEqual(run("build", root / "pack", "--out", root / "again")[0], 0)
            self.assertEqual(next((root / "again").glob("facilities.*.db")).name, next((ROOT / "build/snapshot").glob("facilities.*.db")).name)
            self.anybodys_sqlite_searches(files["facilities.db"], rows)
        self.assertEqual(run("export", "nowhere", "--out", "nowhere")[0], 1)

    def anybodys_sqlite_searches(self, file, rows):
        """The exported database, opened by another SQLite than the one that wrote it."""
        with contextlib.closing(sqlite3.connect(file)) as database:
            def ids(words):
                return {row[0] for row in database.execute("SELECT f.id FROM words JOIN facility f ON f.rank = words.rowid WHERE words MATCH ?", (words,))}
            named = {row["id"] for row in rows if "养老院" in row["name"]}
            self.assertTrue(named)
            self.assertEqual(ids('name: "养 老 院"'), named)
            self.assertLessEqual(named, ids('name_pinyin: "yang lao yuan"'))
            self.assertLessEqual(named, ids('name_initials: "y l y"'))
            placed = {row["id"] for row in rows if row["lat"] and 24.9 <= float(row["lat"]) <= 25.1}
            found = database.execute("SELECT f.id FROM place p JOIN facility f ON f.rank = p.rank WHERE p.south >= 24900000 AND p.north <= 25100000")
            self.assertEqual({row[0] for row in found}, placed)

    def test_many_facilities_are_cut_by_district(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, whole in (("one", "1000"), ("cut", "20")):
                self.assertEqual(run("build", PACK, "--out", root / name, "--whole", whole, "--key", ROOT / "build/keys/snapshot.key")[0], 0)
                self.assertEqual(run("verify", root / name, "--key", ROOT / "build/keys/snapshot.pub")[0], 0)
                self.assertEqual(run("export", root / name, "--out", root / f"{name}-open")[0], 0)
            self.assertGreater(len(list((root / "cut").glob("facilities.*.*.db"))), 10)
            self.assertIn('"new":[],"gone":[],"changed":[]', run("diff", "--json", root / "one", root / "cut")[1].replace(" ", ""))
            for file in ("facilities.csv", "facilities.db"):
                self.assertEqual((root / "one-open" / file).read_bytes(), (root / "cut-open" / file).read_bytes())
            asked = '{"q":"guandu yly"}\n{"q":"官渡 养老","sort":"name","limit":50}\n{"suggest":"wuhua"}\n'
            one, cut = (run("search", "--jsonl", "--snapshot", root / name, text=asked)[1] for name in ("one", "cut"))
            self.assertEqual(one, cut)
            next((root / "cut").glob("facilities.guandu.*.db")).write_bytes(b"x")
            code, _, err = run("search", "--snapshot", root / "cut", "官渡")
            self.assertEqual(code, 1)
            self.assertIn("facilities.guandu", err)

    def test_spreadsheet_files_warnings_and_the_report(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            shutil.copytree(PACK, root / "pack")
            self.assertEqual(run("build", PACK, "--out", root / "plain")[0], 0)
            plain = next((root / "plain").glob("facilities.*.db")).read_bytes()
            found = root / "pack/facilities/found.csv"
            with found.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.reader(stream))

            def write(encoding="utf-8", separator=",", head="", extra=(), end="\r\n"):
                with found.open("w", encoding=encoding, newline="") as stream:
                    stream.write(head)
                    csv.writer(stream, delimiter=separator, lineterminator=end).writerows([*(row + ["", ""] for row in rows), *extra])

            for options in ({"encoding": "gb18030"}, {"encoding": "utf-8-sig", "separator": ";"}, {"separator": "\t", "head": "sep=\t\r\n"}, {"end": "\r", "extra": [[""] * 22]}):
                write(**options)
                code, _, err = run("build", root / "pack", "--out", root / "out")
                self.assertEqual(code, 0, err)
                self.assertEqual(next((root / "out").glob("facilities.*.db")).read_bytes(), plain, options)
            write("utf-16")
            self.assertRegex(run("build", root / "pack", "--out", root / "out")[2], r"facilities/found\.csv:1: 不是 UTF-8")
            bad = dict.fromkeys(rows[0], "") | {"id": "X1", "name": "试验", "type": "elder_home", "stage": "open", "source": "s", "confidence": "single"}
            warned = [{**bad, "beds": "0", "phone": "123456-", "lat": "39.9", "lon": "116.4"}, {**bad, "id": "X2"}]
            write(extra=[list(one.values()) for one in warned])
            code, _, err = run("build", root / "pack", "--out", root / "out", "--report", root / "report.html")
            self.assertEqual(code, 0, err)
            for column, reason in (("lat", "不在昆明"), ("phone", "不像电话号码"), ("beds", "床位写了 0"), ("name", "出现了两次")):
                self.assertRegex(err, rf"提醒：facilities/found\.csv:\d+ {column}: .*{reason}")
            before = (root / "out/manifest.json").read_bytes()
            code, _, err = run("build", root / "pack", "--out", root / "out", "--strict")
            self.assertEqual((code, (root / "out/manifest.json").read_bytes()), (1, before), err)
            report = (root / "report.html").read_text(encoding="utf-8")
            self.assertNotIn("⟦", report)
            for piece in ("不像电话号码", "五华区", "<code>phone</code>", "<style>"):
                self.assertIn(piece, report)
            html.parser.HTMLParser().feed(report)

    def test_search_finds_and_refuses_damaged_snapshots(self):
        code, out, _ = run("search", "guandu", "yly")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"^找到 \d+ 家")
        code, out, _ = run("search", "--jsonl", text='{"q":"敬老院","limit":1}\n{"limit":0}\noops\n')
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(code, 0)
        self.assertGreater(answers[0]["total"], 0)
        self.assertEqual((answers[1]["error"]["code"], answers[1]["error"]["pointer"]), ("range.bad", "/limit"))
        self.assertEqual(answers[2]["error"]["code"], "json.syntax")
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "snapshot"
            shutil.copytree(ROOT / "build/snapshot", copy)
            [database] = copy.glob("facilities.*.db")
            whole = database.read_bytes()
            for bytes_of, message in ((whole[:5000], "与清单不符"), (whole[:-1] + b"x", "与清单不符"), (b"", "与清单不符")):
                database.write_bytes(bytes_of)
                code, _, err = run("search", "x", "--snapshot", copy)
                self.assertEqual(code, 1)
                self.assertIn(message, err)
            database.unlink()
            self.assertEqual(run("search", "x", "--snapshot", copy)[0], 1)
            (copy / "manifest.json").write_text('{"format":"km-snapshot/1"', encoding="utf-8")
            code, _, err = run("search", "x", "--snapshot", copy)
            self.assertEqual(code, 1)
            self.assertIn("manifest.json", err)

    def test_rule_exit_code(self):
        self.assertEqual(run("rule", text='{"rule":{"<":[1,2]}}')[:2], (0, '{"value":true}\n'))
        self.assertEqual(run("rule", text='{"rule":{"<":[1,"2"]}}')[0], 1)

    def test_score_readable_and_json(self):
        answers = {"scale": "ltc_37", "answers": dict.fromkeys(["eating", "dressing", "bowel", "bladder", "toilet"], 5) | dict.fromkeys(["time", "people", "place", "memory"], 4)}
        code, out, _ = run("score", text=json.dumps(answers))
        self.assertEqual(code, 0)
        for line in ("日常生活活动能力：25 到 75 分（满分 100），轻度受损或中度受损或重度受损", "认知能力：16 分（满分 16），完好",
                     "还可能是：1级（轻度失能）、2级（中度失能）、3级（重度失能Ⅰ级）、4级（重度失能Ⅱ级）、5级（重度失能Ⅲ级）",
                     "- 平地走路", "这是自测，以医保部门评定为准。", "待核实"):
            self.assertIn(line, out)
        self.assertNotIn("⟦", out)
        code, out, _ = run("score", "--json", text=json.dumps(answers))
        self.assertEqual(json.loads(out)["grades"], ["g1", "g2", "g3", "g4", "g5"])
        full = {"scale": "gbt_42195", "flags": {"coma": True, "mental_diagnosis": False, "risk_events": False}}
        code, out, _ = run("score", text=json.dumps(full))
        self.assertIn("等级：完全失能", out)
        self.assertIn("另有 26 项没有回答，但已经不影响等级。", out)
        self.assertIn("以民政部门评定为准", out)
        self.assertNotIn("待核实", out)

    def test_score_bad_answers(self):
        code, _, err = run("score", text='{"scale":"ltc_37","answers":{"eatin":5}}')
        self.assertEqual(code, 1)
        self.assertIn("/answers/eatin: 量表里没有“eatin”。是不是想写“eating”？", err)
        code, out, err = run("score", "--json", text='{"scale":"ltc_37","answers":{"eating":7}}')
        self.assertEqual((code, json.loads(out)["error"]["code"]), (1, "scale.score"))
        self.assertIn("“eating”没有 7 分这个选项，只有：10, 5, 0。", err)


class Pages(html.parser.HTMLParser):
    """Checks that tags nest, that nothing can run, and collects text and tags."""
    VOID = {"meta", "link", "line", "path", "rect", "br"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.tags, self.problems, self.ids, self.refs = [], [], [], [], set(), set()
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("script", "style", "iframe", "object"):
            self.problems.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript"):
                self.problems.append(f"{tag} {name}")
            if name == "id":
                if value in self.ids:
                    self.problems.append(f"id twice: {value}")
                self.ids.add(value)
            if name == "href" and value.startswith("#"):
                self.refs.add(value[1:])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"/{tag} out of place")

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


class Review(unittest.TestCase):
    MINI = ROOT / "tests/pack/base"

    def pack(self, folder, **changes):
        """A copy of the small pack with texts of its files replaced: {name: [(from, to), …]}; "/" in a name is written "__"."""
        copy = pathlib.Path(folder)
        shutil.copytree(self.MINI, copy)
        for name, pairs in changes.items():
            path = copy / (name.replace("__", "/") + ".json")
            text = path.read_text(encoding="utf-8")
            for old, new in pairs:
                self.assertIn(old, text, name)
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
        return copy

    def page(self, path):
        text = path.read_text(encoding="utf-8")
        page = Pages(text)
        self.assertEqual(page.problems, [], path.name)
        self.assertLessEqual(page.refs, page.ids, path.name)
        self.assertNotIn("⟦", text, path.name)
        self.assertIn('<html lang="zh-CN">', text)
        return page

    def test_every_benefit_has_a_page(self):
        with tempfile.TemporaryDirectory() as folder:
            code, out, err = run("review", PACK, "--out", folder)
            self.assertEqual((code, err), (0, ""), out)
            benefits = sorted(path.name for path in (PACK / "benefits").glob("*.json"))
            self.assertEqual(sorted(path.name for path in pathlib.Path(folder).glob("*.html")), sorted([*(name.replace(".json", ".html") for name in benefits), "index.html"]))
            for path in pathlib.Path(folder).glob("*.html"):
                self.page(path)
            allowance = self.page(pathlib.Path(folder) / "old_age_allowance.html")
            self.assertIn("svg", allowance.tags)
            for words in ("高龄津贴", "五华区 83 岁", "满80周岁", "待核实", "《2023年度云南省各县（市、区）高龄津贴发放标准》", "2023-01-01 起"):
                self.assertIn(words, allowance.text)

    def test_amounts_by_period_formula_and_chart(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run("review", self.MINI, "--out", folder)[0], 0)
            pension = (pathlib.Path(folder) / "pension.html").read_text(encoding="utf-8")
            self.assertIn("2020-01-01 至 2024-12-31", pension)
            self.assertRegex(pension, r'<th scope="row">80–89</th><td>东区</td><td class="number">50</td><td class="number">55</td>')
            self.assertIn("年满80周岁", pension)
            self.assertRegex(pension, r"<code>age</code> ≥ 80")
            service = self.page(pathlib.Path(folder) / "service.html").text
            self.assertIn("0–800", service)
            self.assertIn("不足一分的舍去", service)
            self.assertIn("45.5%", service)
            self.assertIn("不符合：参加了保险", service)

    def test_texts_are_shown_not_run(self):
        hostile = '<script>alert(1)</script> & \\"x\\" \' </title> {0}'
        with tempfile.TemporaryDirectory() as folder:
            pack = self.pack(folder + "/pack", benefits__pension=[("高龄补贴", hostile), ("东区 85 岁", hostile), ("身份证", "<img src=x onerror=alert(1)>")],
                             sources=[("高龄补贴办法", "<b>" + hostile)], facts=[("东区", "<svg onload=alert(1)>")])
            self.assertEqual(run("review", pack, "--out", folder + "/out")[0], 0)
            for path in pathlib.Path(folder, "out").glob("*.html"):
                self.page(path)
            self.assertIn(hostile.replace('\\"', '"'), self.page(pathlib.Path(folder, "out/pension.html")).text)

    def test_comparison_counts_and_examples(self):
        with tempfile.TemporaryDirectory() as folder:
            new = self.pack(folder + "/new", params=[('"east": 5500', '"east": 5600'), ('"some": 300', '"some": 250')],
                            benefits__leave=[(", 60]", ", 65]")], benefits__pension=[("5500", "5600")], benefits__meals=[('"id": "meals"', '"id": "canteen"')])
            code, out, _ = run("review", self.MINI, new, "--json", "--profiles", 2000, "--out", folder + "/out")
            self.assertEqual(code, 0)
            found = json.loads(out)
            by_id = {one["benefit"]: one for one in found["benefits"]}
            self.assertEqual({name: one["state"] for name, one in by_id.items()},
                             {"beds": "same", "canteen": "new", "leave": "changed", "meals": "gone", "nursery": "same", "pension": "changed", "service": "changed"})
            pension = by_id["pension"]["amount"]
            self.assertGreater(pension["up"], 10)
            self.assertEqual(pension["up_sum"], pension["up"] * 100, "each gains one yuan")
            self.assertEqual((pension["down"], pension["published"], pension["withdrawn"]), (0, 0, 0))
            self.assertEqual(by_id["leave"]["verdicts"]["no"]["yes"], 0, "a higher age lets nobody in")
            self.assertGreater(by_id["leave"]["verdicts"]["yes"]["no"], 10)
            for one in by_id.values():
                if one["state"] != "same":
                    self.assertEqual(sum(n for row in one["verdicts"].values() for n in row.values()), one["considered"])
            # Each example is what eval says under both packs, and has no fact too many.
            tried = 0
            for name in ("pension", "service", "leave"):
                for example in by_id[name]["examples"]:
                    got = []
                    for pack in (self.MINI, new):
                        code, out, _ = run("eval", "--json", "--pack", pack, text=json.dumps(example["profile"]))
                        self.assertEqual(code, 0)
                        got.append(next(r for r in json.loads(out)["results"] if r["benefit"] == name and r["subject"] == example["subject"]))
                    for side, result in zip(("before", "after"), got):
                        self.assertEqual(example[side]["verdict"], result["verdict"])
                        if "min" in example[side]:
                            self.assertEqual((example[side]["min"], example[side]["max"]), (result["amount"]["min"], result["amount"]["max"]))
                    tried += 1
            self.assertGreaterEqual(tried, 5)
            loses = next(e for e in by_id["leave"]["examples"] if e["change"] == "yes-no")
            self.assertEqual([list(s["facts"]) for s in loses["profile"]["subjects"] if s["facts"]], [["birth_date"]])
            page = self.page(pathlib.Path(folder, "out/comparison.html"))
            for words in ("护理假", "新增", "取消", "每期合计"):
                self.assertIn(words, page.text)
            self.assertIn("新旧两版的比较", self.page(pathlib.Path(folder, "out/index.html")).text)

    def test_comparison_is_repeatable_and_sees_no_change_in_texts(self):
        with tempfile.TemporaryDirectory() as folder:
            new = self.pack(folder + "/new", benefits__pension=[("高龄补贴", "高龄老人补贴")], params=[('"last_confirmed_on": "2026-01-01"', '"last_confirmed_on": "2026-05-01"')])
            code, out, _ = run("review", self.MINI, new, "--json", "--profiles", 50)
            self.assertEqual(code, 0)
            self.assertTrue(all(one["state"] == "same" for one in json.loads(out)["benefits"]))
            arguments = ("review", new, "--against", PACK, "--json", "--profiles", 200, "--seed", 7)
            self.assertEqual(run(*arguments), run(*arguments))

    def test_wrong_use(self):
        self.assertEqual(run("review", self.MINI)[0], 2)
        self.assertEqual(run("review", self.MINI, "--json")[0], 2)
        self.assertEqual(run("review", self.MINI, self.MINI, "--against", self.MINI, "--json")[0], 2)
        code, _, err = run("review", "nowhere", "--out", "build/nowhere")
        self.assertEqual(code, 1)
        self.assertIn("文件读不出来", err)


class Generate(unittest.TestCase):
    def test_profiles_are_readable_and_repeatable(self):
        code, out, _ = run("generate", "profiles", "--count", 50, "--seed", 3)
        self.assertEqual(code, 0)
        self.assertEqual(len(out.splitlines()), 50)
        self.assertEqual(run("generate", "profiles", "--count", 50, "--seed", 3)[1], out)
        self.assertNotEqual(run("generate", "profiles", "--count", 50, "--seed", 4)[1], out)
        code, answers, _ = run("eval", "--jsonl", text=out)
        self.assertEqual(code, 0)
        self.assertNotIn('"error"', answers)
        code, out, _ = run("generate", "profiles", "--count", 5, "--as-of", "2026-02-03")
        self.assertEqual([json.loads(line)["as_of"] for line in out.splitlines()], ["2026-02-03"] * 5)
        self.assertEqual(run("generate", "profiles", "--as-of", "2026-02-30")[0], 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
