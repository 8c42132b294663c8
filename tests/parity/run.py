"""The same bytes from both hosts: the native command line and the wasm modules under node, on generated households and queries."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "wasm")]
import toolchain  # noqa: E402

CHUNCHENG = ROOT / "build/native/chuncheng"
SNAPSHOT = ROOT / "build/snapshot"
PROFILES = 1000
QUERIES = 500


def lines(command, text):
    done = subprocess.run([str(c) for c in command], input=text, capture_output=True, text=True, cwd=ROOT, check=True)
    return done.stdout.splitlines()


def in_wasm(module, files, requests):
    return lines([toolchain.node(), "tests/parity/module.mjs", f"build/wasm/{module}.wasm", *files], "\n".join(requests) + "\n")


def data(key, snapshot=SNAPSHOT):
    """The file of that key, then its parts."""
    files = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [snapshot / files[name]["name"] for name in sorted(files) if name == key or name.startswith(f"{key}.")]


def queries():
    """Names of the snapshot cut, mixed, misspelt and filtered; the way a name is typed is drawn from a seed, so each run asks the same."""
    draw = random.Random(20261124)
    everything = [json.loads(lines([CHUNCHENG, "search", "--jsonl"], json.dumps({"limit": 100, "offset": offset, "sort": "name"}) + "\n")[0]) for offset in (0, 100)]
    hits = [hit for page in everything for hit in page["hits"]]
    letters = "abcdefghijklmnopqrstuvwxyz"
    out = []
    for _ in range(QUERIES):
        name = draw.choice(hits)["name"]
        begin = draw.randrange(len(name))
        part = name[begin:begin + draw.randint(1, 6)]
        text = draw.choice([part, part + " " + draw.choice(hits)["name"][:2], part[::-1], "".join(draw.choice(letters) for _ in range(draw.randint(1, 9))),
                            draw.choice(["yanglaoyuan", "guandu yly", "jlyuan", "養老院", "ＹＬＹ", "fulyuan", "xingfushitang", "托育 呈贡", "日间照料 安宁"]), ""])
        query = {"q": text}
        if draw.random() < 0.3:
            query["district"] = [draw.choice(["guandu", "wuhua", "anning", "xundian", "kunming"])]
        if draw.random() < 0.2:
            query["type"] = [draw.choice(["elder_home", "canteen", "childcare"])]
        if draw.random() < 0.2:
            query["near"] = {"lat": round(24.5 + draw.random(), 6), "lon": round(102 + draw.random(), 6)}
        if draw.random() < 0.3:
            query["sort"] = draw.choice(["relevance", "distance", "beds", "name"])
        if draw.random() < 0.1:
            query["limit"] = draw.choice([0, 1, 5, 100, 101])
        if draw.random() < 0.2:
            query["kind"] = draw.sample(["facility", "benefit", "plan", "source"], draw.randint(1, 4))
        if draw.random() < 0.2:
            query["literal"] = [draw.choice(["养老", "托育", "官渡", part])]
        other = draw.random()
        ids = [hit["id"] for hit in draw.sample(hits, draw.randint(1, 4))]
        request = {"suggest": text} if other < 0.2 else {"compare": ids} if other < 0.25 else {"links": ids[0]} if other < 0.3 else query
        out.append(json.dumps(request, ensure_ascii=False))
    return out


def estimates():
    """The fixtures, each for other years and with answers left out, so that some are errors and most have ranges."""
    draw = random.Random(20261126)
    out = []
    for file in sorted((ROOT / "tests/fixtures/estimates").glob("*.json")):
        for years in range(12):
            request = {**json.loads(file.read_text(encoding="utf-8")), "years": years}
            for subject in request["subjects"] if years > 1 else ():
                subject["facts"] = {name: value for name, value in subject["facts"].items() if draw.random() < 0.8}
            out.append(json.dumps(request, ensure_ascii=False))
    return out


def compare(title, native, wasm, requests):
    if len(native) != len(requests) or len(wasm) != len(requests):
        print(f"not ok {title}: {len(requests)} requests, {len(native)} native and {len(wasm)} wasm answers")
        return 0, 1
    different = [i for i, (a, b) in enumerate(zip(native, wasm, strict=True)) if a != b]
    for i in different[:3]:
        print(f"not ok {title} {requests[i]}\n  native {native[i][:600]}\n  wasm   {wasm[i][:600]}")
    print(f"{title}: {len(requests) - len(different)} of {len(requests)} byte-identical")
    return len(requests) - len(different), len(different)


def main():
    profiles = lines([CHUNCHENG, "generate", "profiles", "--count", PROFILES, "--seed", 20261124], "")
    native = lines([CHUNCHENG, "eval", "--jsonl"], "\n".join(profiles) + "\n")
    wasm = in_wasm("eligibility", data("policy"), [f'{{"eval":{line}}}' for line in profiles])
    passed, failed = compare("profiles", native, wasm, profiles)
    asked = estimates()
    more = compare("estimates", lines([CHUNCHENG, "estimate", "--jsonl"], "\n".join(asked) + "\n"), in_wasm("advice", [*data("policy"), *data("supplement")], [f'{{"estimate":{line}}}' for line in asked]), asked)
    passed, failed = passed + more[0], failed + more[1]
    asked = queries()
    native = lines([CHUNCHENG, "search", "--jsonl"], "\n".join(asked) + "\n")
    found = sum('"total":0' not in line and "error" not in line for line in native)
    more = compare("queries", native, in_wasm("search", data("facilities"), asked), asked)
    print(f"{found} of the queries find something")
    with tempfile.TemporaryDirectory() as folder:
        cut = pathlib.Path(folder)
        lines([CHUNCHENG, "build", "shared/packs/kunming", "--out", cut, "--whole", 20], "")
        parts = compare("queries to districts", native, in_wasm("search", data("facilities", cut), asked), asked)
        more = more[0] + parts[0], more[1] + parts[1]
    passed, failed = passed + more[0], failed + more[1] + (found < QUERIES // 2)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
