"""Mutation testing of the engine: are the unit tests strict enough to notice a changed operator?  run.py [--file shared/…] [--most N] [--again]

Each mutant is one operator or literal of a core file changed. All mutants of a file are compiled at once, each behind its number
(`mutant == 17 ? a <= b : a < b`), so that trying one is only a run of the tests. It is tried on the suites that are about its file, then on
all other quick ones; the first failure ends it. A mutant that no test notices has survived; survivors are listed
with their place in docs/mutation.md, those of tests/mutation/equivalent.json with the reason why nothing can notice them. What became of each mutant
is kept in build/mutation/; --again tries only those that survived, after tests were added (a file whose source changed: delete what is kept of it).
The last line counts: one test for each file (its survivors that are not known to be equivalent are within the limit).
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import random
import re
import resource
import shlex
import subprocess
import sys

import clang.cindex as cindex

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/native"
OUT = ROOT / "build/mutation"
CORE = [
    "shared/base/date.cpp", "shared/rules/evaluate.cpp", "shared/benefits/amount.cpp", "shared/benefits/assess.cpp", "shared/benefits/combine.cpp",
    "shared/benefits/steps.cpp", "shared/benefits/sweep.cpp", "shared/benefits/timeline.cpp", "shared/scales/score.cpp",
]
MOST_SURVIVORS = 0.10
# Of the suites that take longer than a moment, those that are about a file.
ABOUT = {
    "shared/base/date.cpp": ["Date", "Timeline*", "Assessment"],
    "shared/rules/evaluate.cpp": ["Evaluate", "Rule", "Dialect", "Bounds", "TableProof"],
    "shared/benefits/amount.cpp": ["Amount", "Household", "Estimate", "Explanation"],
    "shared/benefits/assess.cpp": ["Bounds", "Assessment", "TableProof"],
    "shared/benefits/combine.cpp": ["Combine", "Stacking"],
    "shared/benefits/steps.cpp": ["Steps"],
    "shared/benefits/sweep.cpp": ["Assessment", "Timeline*"],
    "shared/benefits/timeline.cpp": ["Timeline*", "Assessment", "Steps"],
    "shared/scales/score.cpp": ["Scorer", "Ltc37*", "Gbt42195", "Scales", "ScaleReader"],
}
# They reach the engine only through what the suites above ask of it more closely.
APART = ["SearchRecall", "Search", "Build", "Parts", "Published", "Neighbours", "BrokenPack", "Signature", "Database", "Csv", "Encoding", "Phrases", "Facilities", "Manifest", "Language", "Geo"]
QUICK_SECONDS = 0.3  # of the processor, a suite
SWAPS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["/"],
}
# The suite `asan` would end at an index out of bounds or an overflow, and so does a mutant.
CHECKED = ["-D_GLIBCXX_ASSERTIONS", "-fsanitize=undefined", "-fno-sanitize=vptr", "-fsanitize-undefined-trap-on-error"]
K = cindex.CursorKind
FIXED = {K.CASE_STMT, K.STATIC_ASSERT, K.ENUM_CONSTANT_DECL, K.TEMPLATE_NON_TYPE_PARAMETER, K.PARM_DECL}
SCALARS = {cindex.TypeKind.BOOL, *(getattr(cindex.TypeKind, name) for name in ("CHAR_U", "UCHAR", "USHORT", "UINT", "ULONG", "ULONGLONG", "CHAR_S", "SCHAR", "SHORT", "INT", "LONG", "LONGLONG", "DOUBLE"))}

Mutant = collections.namedtuple("Mutant", "number line text change key")


def is_scalar(cursor):
    return cursor.type.get_canonical().kind in SCALARS


def is_constant(cursor, source):
    """A declaration that the compiler itself works out: nothing can be switched there."""
    if cursor.kind in FIXED:
        return True
    if cursor.kind in (K.VAR_DECL, K.FUNCTION_DECL, K.FUNCTION_TEMPLATE, K.CXX_METHOD):
        head = source[cursor.extent.start.offset:cursor.extent.start.offset + 120].split(b"{")[0].split(b"=")[0]
        return b"constexpr" in head or b"consteval" in head
    return False


class File:
    def __init__(self, name, command, first):
        self.name = name
        self.source = (ROOT / name).read_bytes()
        self.mutants = []
        self.next = first
        arguments = [a for a in command[1:] if a.startswith(("-I", "-D", "-std")) or a in ("-isystem",) or a.startswith("/")]
        arguments = [a for a in arguments if not a.endswith((".cpp", ".o"))]
        unit = cindex.Index.create().parse(str(ROOT / name), args=[*arguments, "-std=c++20"])
        bad = [str(one) for one in unit.diagnostics if one.severity >= cindex.Diagnostic.Error]
        if bad:
            raise SystemExit(f"{name}: {bad[:3]}")
        self.unit = unit

    def candidates(self):
        """(begin, end, replacements) of expressions: byte ranges, and what each could become, as a function of the already rewritten parts."""
        found = []

        def walk(cursor):
            for child in cursor.get_children():
                if child.location.file is None or pathlib.Path(child.location.file.name).resolve() != ROOT / self.name:
                    continue
                # What stands before a declaration's name is its type.
                if is_constant(child, self.source) or (cursor.kind.is_declaration() and child.extent.start.offset < cursor.location.offset):
                    continue
                self.look(child, found)
                walk(child)

        walk(self.unit.cursor)
        return found

    def look(self, cursor, found):
        begin, end = cursor.extent.start.offset, cursor.extent.end.offset
        if cursor.kind == K.BINARY_OPERATOR:
            parts = list(cursor.get_children())
            if len(parts) != 2 or not is_scalar(cursor) or not all(map(is_scalar, parts)):
                return
            left, right = (part.extent for part in parts)
            between = self.source[left.end.offset:right.start.offset]
            operator = between.strip().decode(errors="replace")
            if operator in SWAPS:
                found.append((begin, end, (left.end.offset, right.start.offset), [f" {swap} " for swap in SWAPS[operator]], operator))
        elif cursor.kind == K.UNARY_OPERATOR and is_scalar(cursor):
            text = self.source[begin:end]
            # An operator that the compiler wrote in terms of another one begins elsewhere.
            if text[:1] == b"!" and text[:2] != b"!=":
                found.append((begin, end, (begin, begin + 1), [""], "!"))
        elif cursor.kind == K.INTEGER_LITERAL:
            text = self.source[begin:end]
            if re.fullmatch(rb"\d{1,9}", text):
                found.append((begin, end, (begin, end), [str(int(text) + 1)], text.decode()))

    def rewrite(self, chosen):
        """The source with every chosen change behind its number."""
        chosen = sorted(set((b, e, o, tuple(s), op) for b, e, o, s, op in chosen), key=lambda one: (one[0], -one[1]))
        seen, kept = set(), []
        for one in chosen:
            if (one[0], one[1]) not in seen:
                seen.add((one[0], one[1]))
                kept.append(one)

        def build(begin, end, inside):
            out, at, i = b"", begin, 0
            while i < len(inside):
                b, e, (ob, oe), swaps, operator = inside[i]
                nested = [one for one in inside[i + 1:] if one[1] <= e and one[0] < e]
                i += 1 + len(nested)
                left = build(b, ob, [one for one in nested if one[1] <= ob])
                right = build(oe, e, [one for one in nested if one[0] >= oe])
                whole = left + self.source[ob:oe] + right
                for swap in swaps:
                    number = self.next
                    self.next += 1
                    other = b"static_cast<bool>(" + right + b")" if operator == "!" else left + swap.encode() + right
                    line = self.source[:ob].count(b"\n") + 1
                    self.mutants.append(Mutant(number, line, self.source.splitlines()[line - 1].decode().strip(), f"{operator} → {swap.strip() or 'nothing'}", f"{ob} {operator} {swap.strip()}"))
                    whole = b"(chuncheng_mutant == %d ? (%s) : (%s))" % (number, other, whole)
                out += self.source[at:b] + whole
                at = e
            return out + self.source[at:end]

        body = build(0, len(self.source), kept)
        return b'extern "C" { extern volatile int chuncheng_mutant; }\n#line 1 "' + self.name.encode() + b'"\n' + body


def compile_one(command, source, target):
    arguments = []
    skip = False
    for argument in command:
        if skip:
            skip = False
            continue
        if argument in ("-o", "-c"):
            skip = True
            continue
        arguments.append(argument)
    arguments = [a for a in arguments if not a.endswith((".cpp", ".o")) and not a.endswith("ccache")]
    done = subprocess.run([*arguments, "-O1", *CHECKED, "-Wno-error", "-w", "-c", source, "-o", target], cwd=BUILD, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def link_command():
    lines = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", "tests/unit_tests"], capture_output=True, text=True, check=True).stdout.splitlines()
    return next(line for line in reversed(lines) if " -o tests/unit_tests " in line)


class Tests:
    """The unit tests in the order in which a mutant meets them: the suites about its file, then the other quick ones."""

    def __init__(self, program, again):
        self.program = program
        kept = OUT / "seconds.json"
        if again and kept.exists():
            self.seconds = json.loads(kept.read_text(encoding="utf-8"))
            return
        listed = subprocess.run([program, "--gtest_list_tests"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        self.seconds = {}
        for suite in re.findall(r"^(\w+)\.", listed, re.M):
            if suite in APART:
                continue
            before = self.processor()
            if not self.passed(0, [suite], 600):
                raise SystemExit(f"{suite} fails without any mutant")
            self.seconds[suite] = self.processor() - before
        kept.write_text(json.dumps(self.seconds), encoding="utf-8")

    @staticmethod
    def processor():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def stages(self, file):
        about = [suite for suite in self.seconds if any(fnmatch.fnmatchcase(suite, name) for name in ABOUT[file])]
        for suite in sorted(about, key=self.seconds.get):
            yield [suite]
        yield [suite for suite, seconds in self.seconds.items() if seconds < QUICK_SECONDS and suite not in about]

    def survived(self, file, number):
        return all(self.passed(number, suites, 5 + int(5 * sum(map(self.seconds.get, suites)))) for suites in self.stages(file))

    def passed(self, number, suites, seconds):
        """A mutant that never ends or asks for all memory fails; `seconds` of the processor, however busy the machine is."""
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        command = [self.program, "--gtest_fail_fast", "--gtest_brief=1", "--gtest_filter=" + ":".join(f"{suite}.*" for suite in suites)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "CHUNCHENG_MUTANT": str(number)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit, check=False)
        return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", action="append", help="only these of the core files; shared/…:N for at most N places in it")
    parser.add_argument("--most", type=int, default=60, help="at most so many mutants a file, drawn by chance")
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--again", action="store_true", help="only the mutants that survived last time; the others count as noticed")
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    commands = {str(pathlib.Path(one["file"]).resolve().relative_to(ROOT)): shlex.split(one["command"]) for one in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")) if pathlib.Path(one["file"]).resolve().is_relative_to(ROOT)}
    draw = random.Random(arguments.seed)
    (OUT / "switch.cpp").write_text('#include <cstdlib>\nextern "C" { volatile int chuncheng_mutant = std::getenv("CHUNCHENG_MUTANT") ? std::atoi(std::getenv("CHUNCHENG_MUTANT")) : 0; }\n', encoding="utf-8")
    files, objects, first = [], [], 1
    problem = compile_one(commands[CORE[0]], OUT / "switch.cpp", OUT / "switch.o")
    if problem:
        raise SystemExit(problem)
    for wanted in arguments.file or CORE:
        name, _, most = wanted.partition(":")
        file = File(name, commands[name], first)
        chosen = file.candidates()
        draw.shuffle(chosen)
        text = file.rewrite(chosen[:int(most or arguments.most)])
        first = file.next
        source = OUT / (name.replace("/", "_"))
        source.write_bytes(text)
        problem = compile_one(commands[name], source, OUT / (source.stem + ".o"))
        if problem:
            raise SystemExit(f"{name}: {problem[:3000]}")
        files.append((file, len(chosen)))
        objects.append(OUT / (source.stem + ".o"))
    # First, so that of what every object has its own copy of, theirs is taken.
    before, after = re.fullmatch(r"(.*?)( \S+\.o .*)", link_command()).groups()
    link = f"{before} {' '.join(map(str, [*objects, OUT / 'switch.o']))}{after}".replace(" -o tests/unit_tests ", f" -o {OUT / 'unit_tests'} ")
    done = subprocess.run(link, shell=True, cwd=BUILD, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr[-3000:])
    order = Tests(OUT / "unit_tests", arguments.again)
    reasons = json.loads((ROOT / "tests/mutation/equivalent.json").read_text(encoding="utf-8"))
    report, passed = [], 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for file, of in files:
            kept = OUT / (file.name.replace("/", "_") + ".json")
            before = json.loads(kept.read_text(encoding="utf-8")) if arguments.again and kept.exists() else {}
            states = pool.map(lambda one: before.get(one.key, True) and order.survived(file.name, one.number), file.mutants)
            alive = {}
            for one, state in zip(file.mutants, states, strict=True):
                alive[one.key] = state
                kept.write_text(json.dumps(alive, ensure_ascii=False, indent=0), encoding="utf-8")
            left = [one for one in file.mutants if alive[one.key]]
            explained = [(one, reasons.get(file.name, {}).get(f"{one.text} | {one.change}", "")) for one in left]
            open_ones = sum(why == "" for _, why in explained)
            good = open_ones <= MOST_SURVIVORS * len(file.mutants)
            passed += good
            print(f"{'ok' if good else 'not ok'} {file.name}: {len(file.mutants)} mutants of {of} places, {len(left)} survived, {open_ones} of them not known to be equivalent", flush=True)
            for one in left:
                print(f"  {file.name}:{one.line}  {one.change}  {one.text}", flush=True)
            report.append((file.name, of, len(file.mutants), explained))
    (OUT / "mutation.md").write_text(document(report, arguments), encoding="utf-8")
    print(f"{passed} passed, {len(files) - passed} failed")
    return 0 if passed == len(files) else 1


def document(report, arguments):
    mutants, left = sum(count for _, _, count, _ in report), sum(len(some) for *_, some in report)
    known = sum(why != "" for *_, some in report for _, why in some)
    places = sum(of for _, of, _, _ in report)
    drawn = f"at most {arguments.most} places a file, drawn by chance, seed {arguments.seed}" if any(of > arguments.most for _, of, _, _ in report) else f"at every one of the {places} places"
    again = "Put together with `--again`: files were tried whole at different moments, then only what had survived. " if arguments.again else ""
    lines = ["# Mutation testing", "", f"{again}Made by `python3 tests/run.py mutation`: one operator or literal of a core file changed at a time ({drawn}), and the unit tests of the engine run on it. "
             "An index out of bounds, an overflow or a time without end counts as noticed, as in the suite `asan`. "
             f"A mutant that nothing notices survives; of a file at most {100 * MOST_SURVIVORS:.0f} % may, those not counted that are known to be equivalent.", "",
             f"**{mutants} mutants, {left} survived ({100 * left / max(1, mutants):.1f} %); {known} of these are equivalent by reading the code, {left - known} ({100 * (left - known) / max(1, mutants):.1f} %) are what the tests miss.**", "",
             "| file | places | mutants tried | survived | of them equivalent | missed |", "|---|---|---|---|---|---|",
             *(f"| `{name}` | {of} | {count} | {len(some)} ({100 * len(some) / max(1, count):.1f} %) | {sum(why != '' for _, why in some)} | {sum(why == '' for _, why in some)} ({100 * sum(why == '' for _, why in some) / max(1, count):.1f} %) |" for name, of, count, some in report), "",
             "## Survivors", "", "Equivalent: the changed program gives the same answers, so that no test of answers can notice it; the reason is from `tests/mutation/equivalent.json`.", ""]
    for name, *_, some in report:
        lines += [f"- `{name}:{one.line}` `{one.change}`: `{one.text}`" + (f"  \n  equivalent: {why}" if why else "") for one, why in some]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
