"""What the security tests look at: the built site with hostile data, and a server that writes down every request to the byte."""
import contextlib
import csv
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web"))
import server  # noqa: E402

# Each would set `stolen` if any page took text for markup, script or address.
PAYLOAD = "<img src=x onerror=stolen=1><script>stolen=1</script></script><svg onload=stolen=1>\"'><a href=\"javascript:stolen=1\">甲</a>&lt;b&gt;"
TEXTS = {"zh", "title", "issuer", "doc_no", "office", "channel", "name"}


def poisoned(value, key=""):
    """The same JSON with the payload behind every text that people read."""
    if isinstance(value, dict):
        # A clause of a source is a text under a name of its own.
        return {name: poisoned(one, "zh" if key == "clauses" else name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    return value + PAYLOAD if isinstance(value, str) and key in TEXTS and value else value


def hostile_pack(folder):
    """The pack of Kunming with the payload in all its texts and in facilities of its own."""
    shutil.copytree(ROOT / "shared/packs/kunming", folder)
    count = 0
    for file in [*folder.glob("benefits/*.json"), *folder.glob("scales/*.json"), *(folder / f"{name}.json" for name in ("facts", "sources", "plan", "stacking"))]:
        before = json.loads(file.read_text(encoding="utf-8"))
        after = json.dumps(poisoned(before), ensure_ascii=False)
        count += after.count("onerror")
        file.write_text(after, encoding="utf-8")
    (folder / "texts").exists() and shutil.rmtree(folder / "texts")  # translations of the texts that are no longer there
    with (folder / "facilities/found.csv").open("a", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for number, place in enumerate(("wuhua", "guandu")):
            row = {name: "" for name in "id,name,type,district,address,phone,beds,places,stage,operator,period,lat,lon,price_min,price_max,needs,note,source,source_date,confidence".split(",")}
            row |= {"id": f"KM-X{number}", "name": f"养老院{number}{PAYLOAD}", "type": "elder_home", "district": place, "address": PAYLOAD, "phone": "0871-63011234",
                    "stage": "open", "operator": PAYLOAD, "note": PAYLOAD, "source": PAYLOAD, "confidence": "single"}
            out.writerow(row.values())
    return count


def with_data(snapshot, folder):
    """A copy of the built site whose data and the manifest in its page are those of the snapshot."""
    shutil.copytree(ROOT / "build/site", folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    shutil.copytree(snapshot, folder / "data", dirs_exist_ok=True)  # the page still asks for its own first files ahead of time
    page = folder / "index.html"
    manifest = html.escape((snapshot / "manifest.json").read_text(encoding="utf-8").strip())
    text, count = re.subn(r"""(<meta name="manifest" content=)("[^"]*"|'[^']*')""", lambda found: f'{found.group(1)}"{manifest}"', page.read_text(encoding="utf-8"))
    if count != 1:
        raise RuntimeError("index.html has no manifest")
    page.write_text(text, encoding="utf-8")


def hostile_site(folder):
    folder = pathlib.Path(folder)
    count = hostile_pack(folder / "pack")
    if count < 500:
        raise RuntimeError(f"only {count} texts are hostile")
    done = subprocess.run([ROOT / "build/native/chuncheng", "build", folder / "pack", "--out", folder / "snapshot", "--key", ROOT / "build/keys/snapshot.key"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    with_data(folder / "snapshot", folder / "site")
    return folder / "site"


@contextlib.contextmanager
def serving(site, log=None):
    """serve.py's own server; with a log, every request line, header and body goes into it."""
    handler = server.Handler
    if log is not None:
        pathlib.Path(log).touch()

        class Recording(server.Handler):
            def parse_request(self):
                good = super().parse_request()
                if good:
                    length = int(self.headers.get("Content-Length") or 0)
                    with lock, open(log, "a", encoding="utf-8") as out:
                        json.dump({"line": self.requestline, "headers": list(self.headers.items()), "body": self.rfile.read(length).decode("latin-1")}, out)
                        out.write("\n")
                return good

        lock = threading.Lock()
        handler = Recording
    web = server.Server(site, "127.0.0.1", 0)
    web.RequestHandlerClass = handler
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_address[1]}/"
    web.shutdown()
