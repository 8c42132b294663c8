"""The JSON Schemas of the pack files against the C++ reader: every real file is valid, and for mutations of the real files both say the same.

A schema must never refuse what the reader takes. What the reader refuses, the schema refuses too, unless the reason needs more than one
file or arithmetic (SEMANTIC) or is listed one by one (EXCEPTIONS). Runs with Debian's python3-jsonschema.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
import jsonschema  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "shared/packs/kunming"
SCHEMAS = ROOT / "shared/packs/schemas"

# Kind → the real files of it.
KINDS = {
    "pack": ["pack.json"], "facts": ["facts.json"], "params": ["params.json"], "sources": ["sources.json"], "stacking": ["stacking.json"],
    "districts": ["districts.json"], "search": ["search.json"], "benefit": "benefits/*.json", "scale": "scales/*.json",
    "plan-benefits": ["plan-benefits.json"], "plan": ["plan.json"], "translations": "texts/*.json", "profile": "profiles", "estimate": "estimates",
}

NO_PACK = ("profile", "estimate")  # what a user writes: the folder of its fixtures

# Codes of the reader that a schema of one file cannot express, and why.
SEMANTIC = {
    "fact.unknown": "names a fact of facts.json", "fact.subject": "compares subjects of two files", "fact.derived": "depends on the fact",
    "param.unknown": "names a param of params.json", "param.key": "names a cell of params.json", "param.periods": "compares dates",
    "cite.unknown": "names a clause of sources.json", "benefit.unknown": "names another file", "plan.name": "names an entry of a list, or a district", "stacking.member": "names another file",
    "stacking.cost": "facts a benefit reads", "stacking.unit": "units of benefits", "stacking.cycle": "several groups together",
    "type.mismatch": "types of facts and params", "unit.mismatch": "units of facts and params", "enum.value": "values of a fact",
    "neighbour.unknown": "names of another place, and that both say so", "name.duplicate": "uniqueness by one key of a list", "overflow": "arithmetic over ranges", "ratio.outside": "types of params",
    "amount.type": "type of the whole expression", "row.input": "compares two lists", "row.group": "compares two lists",
    "table.gap": "proof over all inputs", "table.overlap": "proof over all inputs", "table.too_wide": "proof over all inputs",
    "labels.count": "compares the lengths of two lists", "amount.literal": "types of facts and params", "text.spaces": "checked before publishing",
    "row.dead": "needs evaluation", "criteria.never": "needs evaluation",
    "criterion.constant": "needs evaluation", "remedy.empty": "facts an expression reads", "test.failed": "needs evaluation",
    "test.none": "an unfinished benefit is still valid for the editor", "test.row": "needs evaluation", "test.criterion": "needs evaluation",
    "profile.value": "type and range of the fact", "profile.subject": "uniqueness, at most one household",
    "date.bad": "days that the calendar does not have, such as 30 February", "range.bad": "compares two numbers or the lengths of two lists",
    "fact.no_default": "never from one change of a real file", "fact.cycle": "order of derivations",
    "scale.item": "names a part of the same file", "scale.grade": "names a grade of the same file", "scale.size": "counts another list",
    "scale.gap": "sums of scores", "scale.overlap": "compares bands", "scale.order": "compares bands", "scale.unreached": "sums of scores",
}

# (kind, pointer pattern, code): structural refusals that a schema still cannot express.
EXCEPTIONS = [
    ("params", r"/cells(/[^/]+)*$", "json.type"),  # how deep cells nest depends on the number of keys
]

PER_SHAPE = 2  # how many places of one shape are tried with one mutation
WRONG = {"object": [[], "x"], "array": [{}, "x"], "string": [7, None, [], "zzz", ""], "number": ["7", None, 2.5, -1, {}], "boolean": ["true", 1, None], "null": [7, {}]}


def kind_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {dict: "object", list: "array", str: "string"}.get(type(value), "number")


def places(value, path=()):
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in members:
        yield from places(child, (*path, key))


def mutations(document):
    """(what, path): each key left out, each object with a key too many, each list emptied, each value of a wrong type or none of its values."""
    for path, value in places(document):
        if path and isinstance(path[-1], str):
            yield "without", path
        if isinstance(value, dict):
            yield "unknown key", path
        if isinstance(value, list) and value:
            yield "emptied", path
        for wrong in WRONG[kind_of(value)]:
            yield "→ " + json.dumps(wrong), path


def mutated(document, what, path):
    root = {"": copy.deepcopy(document)}
    path = ("", *path)
    parent = root
    for key in path[:-1]:
        parent = parent[key]
    if what == "without":
        del parent[path[-1]]
    elif what == "unknown key":
        parent[path[-1]]["zzz"] = 1
    elif what == "emptied":
        parent[path[-1]].clear()
    else:
        parent[path[-1]] = json.loads(what.removeprefix("→ "))
    return root[""]


def shape(path, kind):
    """Mutations of like places are alike: list positions and free names do not count."""
    if kind == "translations":
        return ("*",) * len(path)  # every key is a text of the pack
    free = {"facts", "params", "sources", "clauses", "cells", "set", "types", "readings", "groups", "if"}
    out = []
    for before, key in zip(("", *path), path):
        out.append("*" if isinstance(key, int) or before in free else key)
    return tuple(out)


def pointer(path):
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def files_of(kind):
    names = KINDS[kind]
    if kind in NO_PACK:
        return sorted((ROOT / "tests/fixtures" / names).glob("*.json"))
    return sorted(PACK.glob(names)) if isinstance(names, str) else [PACK / name for name in names]


def validator(kind):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    base = (SCHEMAS / f"{kind}.schema.json").as_uri()
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(base, schema))


def main():
    cases = []
    failures = []
    passed = 0
    schemas = sorted(p.name.removesuffix(".schema.json") for p in SCHEMAS.glob("*.json"))
    untested = [name for name in schemas if name not in (*KINDS, "common")]
    if untested:
        failures.append(f"schemas that nothing tests: {untested}")
    known = {p.relative_to(PACK).as_posix() for kind in KINDS if kind not in NO_PACK for p in files_of(kind)}
    for extra in sorted(p.relative_to(PACK).as_posix() for p in PACK.rglob("*.json") if p.relative_to(PACK).as_posix() not in known):
        failures.append(f"{extra}: a pack file without a schema")
    for kind in KINDS:
        check = validator(kind)
        seen = {}
        for file in files_of(kind):
            name = file.relative_to(PACK).as_posix() if file.is_relative_to(PACK) else file.name
            document = json.loads(file.read_text(encoding="utf-8"))
            cases.append((kind, name, "as it is", "", None, document, check))
            for what, path in mutations(document):
                key = (what, shape(path, kind))
                seen[key] = seen.get(key, 0) + 1
                if seen[key] <= PER_SHAPE:
                    cases.append((kind, name, what, pointer(path), path, mutated(document, what, path), check))
    lines = "".join(json.dumps({"kind": c[0], "name": c[1], "value": c[5]}, ensure_ascii=False) + "\n" for c in cases)
    done = subprocess.run([ROOT / "build/native/tests/schema_reader", PACK], input=lines, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(cases):
        print(done.stderr[-2000:], f"the reader stopped after {len(answers)} of {len(cases)} documents", sep="\n")
        return 1
    counts = dict.fromkeys(KINDS, 0)
    both = 0
    for (kind, name, what, where, path, value, check), problems in zip(cases, answers):
        valid = check.is_valid(value)
        counts[kind] += path is not None
        reasons = [(code, place) for code, place in problems if code not in SEMANTIC
                   and not any(kind == k and c == code and re.search(p, place) for k, p, c in EXCEPTIONS)]
        if path is None and (not valid or problems):
            failures.append(f"{name}: refused as it is: schema {'takes' if valid else 'refuses'}, reader {problems}")
        elif not valid and not problems:
            error = jsonschema.exceptions.best_match(check.iter_errors(value))
            failures.append(f"{name} {where} {what}: the reader takes it, the schema refuses: {error.message[:150]}")
        elif valid and reasons:
            failures.append(f"{name} {where} {what}: the reader refuses {reasons[:2]}, the schema takes it")
        else:
            passed += 1
            both += not valid
    for failure in failures[:60]:
        print("not ok", failure)
    if both < 200:
        failures.append("fewer than 200 mutations that both refuse")
    print(", ".join(f"{kind} {count}" for kind, count in counts.items()) + f": mutations; {both} refused by both")
    print("")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
