"""What a delta of the facilities database would save:  python3 tests/bench/delta.py [rows]

Two databases of synthetic places are built by `chuncheng build`, the second with the change named; then, in bytes as sent over the wire:
full (brotli -q 11), zstd --patch-from (level 19), pages (the 1,024-byte pages that differ, with their numbers, brotli -q 11), and rows (the changed rows
as a changeset would hold them, old and new values, brotli -q 11; a lower bound, for the search index is not in it).
"""
import csv
import json
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHUNCHENG = ROOT / "build/native/chuncheng"
PACK = ROOT / "shared/packs/kunming"
PAGE = 1024
SURE = {"stage": "open", "source": "synthetic", "confidence": "single"}


def places(rows, seed):
    chance = random.Random(seed)
    districts = [d["code"] for d in json.loads((PACK / "districts.json").read_text(encoding="utf-8"))["districts"]]
    streets = "人民 北京 青年 东风 西园 龙泉 环城 学府 滇池 春城 广福 彩云 昌宏 关兴 白云 穿金 小坝 联盟 江岸 月牙".split()
    names = "夕阳红 康乐 福寿 春晖 安康 幸福 爱心 怡养 松鹤 长青 金秋 祥和 孝慈 颐年 和谐 仁爱 康宁 益寿 百合 阳光".split()
    kinds = (("养老院", "elder_home"), ("敬老院", "elder_home"), ("日间照料中心", "day_care"), ("幸福食堂", "canteen"), ("托育园", "childcare"), ("养老服务中心", "day_care"))
    for n in range(rows):
        kind, code = chance.choice(kinds)
        street = chance.choice(streets)
        yield {
            "id": f"S{n:06}", "name": f"{street}{chance.choice(names)}{kind}{n % 97 + 1}号点", "type": code, "district": chance.choice(districts),
            "address": f"{street}路{chance.randint(1, 900)}号", "phone": f"0871-6{chance.randint(1000000, 9999999)}", "beds": str(chance.randint(5, 400)),
            "lat": f"{chance.uniform(24.8, 25.2):.6f}", "lon": f"{chance.uniform(102.5, 102.9):.6f}", "price_min": str(chance.randint(8, 40) * 100), **SURE,
        }


def edit(rows, share, seed):
    chance = random.Random(seed)
    out = [dict(row) for row in rows]
    for row in chance.sample(out, max(1, int(len(rows) * share))):
        row["phone"], row["beds"] = f"0871-6{chance.randint(1000000, 9999999)}", str(chance.randint(5, 400))
    return out


def add(rows, share, seed):
    fresh = list(places(max(1, int(len(rows) * share)), seed))
    return [*rows, *({**row, "id": f"N{row['id']}"} for row in fresh)]


def database(rows, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PACK, folder / "pack")
    for old in (folder / "pack/facilities").iterdir():
        old.unlink()
    (folder / "pack/plan.json").unlink()  # its projects are not among these rows
    with (folder / "pack/facilities/synthetic.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    subprocess.run([CHUNCHENG, "build", folder / "pack", "--out", folder / "out"], check=True, capture_output=True, cwd=ROOT)
    return next((folder / "out").glob("facilities.*.db"))


def brotli(data):
    return len(subprocess.run(["brotli", "-q", "11", "-c"], input=data, capture_output=True, check=True).stdout)


def patch(old, new):
    done = subprocess.run(["zstd", "-19", "--ultra", "--long=27", f"--patch-from={old}", "-c", str(new)], capture_output=True, check=False)
    return len(done.stdout) if done.returncode == 0 else None


def pages(old, new):
    before, after = old.read_bytes(), new.read_bytes()
    parts = []
    for at in range(0, len(after), PAGE):
        if after[at:at + PAGE] != before[at:at + PAGE]:
            parts.append(struct.pack("<I", at // PAGE) + after[at:at + PAGE])
    return brotli(b"".join(parts)), len(parts), len(after) // PAGE


def changeset(before, after):
    olds = {row["id"]: row for row in before}
    lines = []
    for row in after:
        old = olds.get(row["id"])
        if old != row:
            lines.append(json.dumps([row["id"], *([old[c], row[c]] if old else row[c] for c in row if not old or old[c] != row[c])], ensure_ascii=False))
    return brotli("\n".join(lines).encode())


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2500
    before = list(places(count, 1))
    changes = {
        "nothing": before, "1 row edited": edit(before, 0, 2), "1 % edited": edit(before, 0.01, 2), "5 % edited": edit(before, 0.05, 2),
        "1 row added": add(before, 0, 3), "1 % added": add(before, 0.01, 3), "5 % edited, 1 % added": add(edit(before, 0.05, 2), 0.01, 3),
    }
    print(f"{count} rows; bytes over the wire\n{'':24}{'full':>9}{'zstd':>9}{'pages':>9}{'(differ)':>14}{'rows ≥':>9}")
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        old = database(before, root / "old")
        for name, rows in changes.items():
            new = database(rows, root / "new")
            packed, differ, total = pages(old, new)
            print(f"{name:24}{brotli(new.read_bytes()):>9}{patch(old, new) or '-':>9}{packed:>9}{f'{differ}/{total}':>14}{changeset(before, rows):>9}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
