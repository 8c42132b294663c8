"""Mutation testing of the engine: are the unit tests strict enough to notice a changed operator?  run.py [--file shared/…] [--most N] [--seed S]

Each mutant is one operator or literal of a core file changed. All mutants of a file are compiled at once, each behind its number
(`mutant == 17 ? a <= b : a < b`), so that trying one is only a run of the tests. A mutant that no test notices has survived; survivors are listed
with their place in docs/mutation.md. The last line counts: one test for each file (its survivors are within the limit).
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import time

import clang.cindex as cindex

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/native"
OUT = ROOT / "build/mutation"
CORE = [
    "shared/base/date.cpp", "shared/rules/evaluate.cpp", "shared/benefits/amount.cpp", "shared/benefits/assess.cpp", "shared/benefits/combine.cpp",
    "shared/benefits/steps.cpp", "shared/benefits/sweep.cpp", "shared/benefits/timeline.cpp", "shared/scales/score.cpp",
]
MOST_SURVIVORS = 0.10
SWAPS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["/"],
}
K = cindex.CursorKind
FIXED = {K.CASE_STMT, K.STATIC_ASSERT, K.ENUM_CONSTANT_DECL, K.TEMPLATE_NON_TYPE_PARAMETER, K.PARM_DECL}
SCALARS = {cindex.TypeKind.BOOL, *(getattr(cindex.TypeKind, name) for name in ("CHAR_U", "UCHAR", "USHORT", "UINT", "ULONG", "ULONGLONG", "CHAR_S", "SCHAR", "SHORT", "INT", "LONG", "LONGLONG", "DOUBLE"))}

Mutant = collections.namedtuple("Mutant", "number line text change")


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
                    self.mutants.append(Mutant(number, line, self.source.splitlines()[line - 1].decode().strip(), f"{operator} → {swap.strip() or 'nothing'}"))
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
    done = subprocess.run([*arguments, "-O1", "-Wno-error", "-w", "-c", source, "-o", target], cwd=BUILD, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def link_command():
    lines = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", "tests/unit_tests"], capture_output=True, text=True, check=True).stdout.splitlines()
    return next(line for line in reversed(lines) if " -o tests/unit_tests " in line)


def survived(number, program, limit):
    """True when no test notices. The tests are run as a whole, and stop at the first that fails."""
    environment = {**os.environ, "CHUNCHENG_MUTANT": str(number)}
    try:
        done = subprocess.run([program, "--gtest_fail_fast", "--gtest_brief=1"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return False  # it never ends: noticed
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", action="append", help="only these of the core files")
    parser.add_argument("--most", type=int, default=60, help="at most so many mutants a file, drawn by chance")
    parser.add_argument("--seed", type=int, default=20261126)
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    commands = {str(pathlib.Path(one["file"]).resolve().relative_to(ROOT)): shlex.split(one["command"]) for one in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")) if pathlib.Path(one["file"]).resolve().is_relative_to(ROOT)}
    draw = random.Random(arguments.seed)
    (OUT / "switch.cpp").write_text('#include <cstdlib>\nextern "C" { volatile int chuncheng_mutant = std::getenv("CHUNCHENG_MUTANT") ? std::atoi(std::getenv("CHUNCHENG_MUTANT")) : 0; }\n', encoding="utf-8")
    files, objects, first = [], [], 1
    problem = compile_one(commands[CORE[0]], OUT / "switch.cpp", OUT / "switch.o")
    if problem:
        raise SystemExit(problem)
    for name in arguments.file or CORE:
        file = File(name, commands[name], first)
        chosen = file.candidates()
        draw.shuffle(chosen)
        text = file.rewrite(chosen[:arguments.most])
        first = file.next
        source = OUT / (name.replace("/", "_"))
        source.write_bytes(text)
        problem = compile_one(commands[name], source, OUT / (source.stem + ".o"))
        if problem:
            raise SystemExit(f"{name}: {problem[:3000]}")
        files.append((file, len(chosen)))
        objects.append(OUT / (source.stem + ".o"))
    link = link_command().replace(" -o tests/unit_tests ", f" {' '.join(map(str, [*objects, OUT / 'switch.o']))} -o {OUT / 'unit_tests'} ")
    done = subprocess.run(link, shell=True, cwd=BUILD, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr[-3000:])
    begin = time.monotonic()
    if not survived(0, OUT / "unit_tests", 600):
        raise SystemExit("the tests fail without any mutant")
    limit = 20 + 4 * (time.monotonic() - begin)
    report, passed, all_mutants, all_left = [], 0, 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for file, of in files:
            states = pool.map(lambda one: survived(one.number, OUT / "unit_tests", limit), file.mutants)
            left = [one for one, alive in zip(file.mutants, states, strict=True) if alive]
            share = len(left) / max(1, len(file.mutants))
            passed += share <= MOST_SURVIVORS
            all_mutants += len(file.mutants)
            all_left += len(left)
            print(f"{'ok' if share <= MOST_SURVIVORS else 'not ok'} {file.name}: {len(file.mutants)} mutants of {of} places, {len(left)} survived ({100 * share:.1f} %)", flush=True)
            for one in left:
                print(f"  {file.name}:{one.line}  {one.change}  {one.text}", flush=True)
            report.append((file.name, len(file.mutants), left))
    lines = ["# Mutation testing", "", f"`python3 tests/run.py mutation` (seed {arguments.seed}, at most {arguments.most} places a file): "
             f"{all_mutants} mutants, {all_left} survived ({100 * all_left / max(1, all_mutants):.1f} %; limit {100 * MOST_SURVIVORS:.0f} %).", "",
             "| file | mutants | survived |", "|---|---|---|", *(f"| `{name}` | {count} | {len(left)} |" for name, count, left in report), "", "## Survivors", ""]
    lines += [f"- `{name}:{one.line}` {one.change}: `{one.text}`" for name, _, left in report for one in left] or ["none"]
    (OUT / "mutation.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{passed} passed, {len(files) - passed} failed")
    return 0 if passed == len(files) else 1


if __name__ == "__main__":
    sys.exit(main())
