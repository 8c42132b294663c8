"""The public JsonLogic suite: the dialect gives the same answer or rejects the rule; it never answers differently.

The suite lies beside the repository (../shared/conformance); tests/run.py runs this only when it is there.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUITE = ROOT.parent / "shared/conformance/jsonlogic/tests.json"
LEAST_ACCEPTED = 89


def main():
    cases = [case for case in json.loads(SUITE.read_text(encoding="utf-8")) if isinstance(case, list)]
    lines = "".join(json.dumps({"rule": rule, "data": data}) + "\n" for rule, data, _ in cases)
    done = subprocess.run([ROOT / "build/native/chuncheng", "rule", "--jsonl"], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    accepted = disagreements = 0
    for (rule, data, expected), answer in zip(cases, answers, strict=True):
        if "rejected" in answer:
            continue
        accepted += 1
        # 1 and true are different answers here, as they are in JSON.
        if json.dumps(answer["value"]) != json.dumps(expected):
            disagreements += 1
            print(f"not ok: {json.dumps(rule)} on {json.dumps(data)}: {answer['value']!r}, the suite says {expected!r}")
    print(f"{len(cases)} cases: {accepted} accepted, {len(cases) - accepted} rejected, {disagreements} disagreements")
    failed = disagreements + (accepted < LEAST_ACCEPTED)
    print(f"{len(cases) - disagreements} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
