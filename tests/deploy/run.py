"""Every web server gives the same site: each file of build/site from nginx, Caddy and serve.py's own server."""
import gzip
import http.client
import pathlib
import subprocess
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import web_servers  # noqa: E402

sys.path.insert(0, str(web_servers.ROOT / "web"))
import server  # noqa: E402

SITE = web_servers.ROOT / "build/site"
SECURITY = server.security_headers(server.framers(SITE))
PACKED = (".br", ".gz")
FILES = sorted(p for p in SITE.rglob("*") if p.is_file() and p.suffix not in PACKED)


def unbrotli(data):
    return subprocess.run(["brotli", "-dc"], input=data, capture_output=True, check=True).stdout


class Served:
    """The tests, once for each server."""

    start = None

    @classmethod
    def setUpClass(cls):
        cls.context = cls.start(SITE)
        cls.host = urllib.parse.urlsplit(cls.context.__enter__()).netloc
        cls.connection = http.client.HTTPConnection(cls.host, timeout=20)

    @classmethod
    def tearDownClass(cls):
        cls.connection.close()
        cls.context.__exit__(None, None, None)

    def ask(self, path, method="GET", **headers):
        try:
            self.connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = self.connection.getresponse()
            body = response.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            raise
        return response.status, response.headers, body

    def path(self, file):
        return "/" + urllib.parse.quote(file.relative_to(SITE).as_posix())

    def headers_of_all(self, headers, where):
        for name, value in SECURITY.items():
            self.assertEqual(headers.get_all(name), [value], f"{where}: {name}")

    def test_each_file_plain(self):
        self.assertGreater(len(FILES), 20)
        for file in FILES:
            with self.subTest(self.path(file)):
                status, headers, body = self.ask(self.path(file))
                self.assertEqual(status, 200)
                self.assertEqual(body, file.read_bytes())
                self.assertNotIn("Content-Encoding", headers)
                self.assertEqual(headers["Content-Type"], server.MIME[file.suffix])
                self.headers_of_all(headers, self.path(file))

    def test_each_file_compressed(self):
        for file in FILES:
            for name, accept, ending, unpack in (("br", "gzip, deflate, br", ".br", unbrotli), ("gzip", "gzip, deflate", ".gz", gzip.decompress)):
                packed = file.with_name(file.name + ending)
                if not packed.exists():
                    continue
                with self.subTest(self.path(file), encoding=name):
                    status, headers, body = self.ask(self.path(file), Accept_Encoding=accept)
                    self.assertEqual((status, headers.get_all("Content-Encoding")), (200, [name]))
                    self.assertEqual(body, packed.read_bytes())
                    self.assertEqual(unpack(body), file.read_bytes())
                    self.assertEqual(headers["Content-Type"], server.MIME[file.suffix])
                    self.assertIn("accept-encoding", headers["Vary"].lower())
                    self.headers_of_all(headers, self.path(file))

    def test_what_is_not_taken_is_not_sent(self):
        for accept in ("identity", "br;q=0", "br;q=0.000, gzip;q=0", "brx, xbr", ""):
            with self.subTest(accept):
                status, headers, body = self.ask("/index.html", Accept_Encoding=accept)
                self.assertEqual((status, headers.get("Content-Encoding")), (200, None))
                self.assertEqual(body, (SITE / "index.html").read_bytes())
        for accept, wanted in (("br;q=0.5", "br"), ("br;q=1.0", "br"), ("BR", "br"), ("gzip;q=0.8, br;q=0", "gzip")):
            with self.subTest(accept):
                self.assertEqual(self.ask("/index.html", Accept_Encoding=accept)[1]["Content-Encoding"], wanted)

    def test_only_names_with_a_hash_are_kept(self):
        hashed = 0
        for file in FILES:
            with self.subTest(self.path(file)):
                # Which files carry a hash is what their folder says, not the pattern the servers use.
                folder = file.parent.relative_to(SITE).as_posix()
                named = folder == "assets" or (folder == "data" and file.name != "manifest.json")
                hashed += named
                for more in ({}, {"Accept_Encoding": "br"}, {"Accept_Encoding": "gzip"}):
                    self.assertEqual(self.ask(self.path(file), **more)[1].get_all("Cache-Control"), [server.IMMUTABLE if named else server.UNHASHED])
        self.assertGreater(hashed, 10)
        self.assertEqual(self.ask("/")[1]["Cache-Control"], server.UNHASHED)

    def test_the_folder_is_its_page(self):
        status, headers, body = self.ask("/?as_of=2026-11-23")
        self.assertEqual((status, body), (200, (SITE / "index.html").read_bytes()))
        self.assertEqual(headers["Content-Type"], server.MIME[".html"])

    def test_what_is_not_there(self):
        for path in ("/no-such-page", "/assets/gone-12345678.js", "/data/policy.0000000000000000.json", "/assets/", "/data/", "/.git/config", "/index.html.br", "/index.html.gz", "/..%2f..%2fetc/passwd"):
            for accept, unpack in (("identity", bytes), ("br", unbrotli)):
                with self.subTest(path, accept=accept):
                    status, headers, body = self.ask(path, Accept_Encoding=accept)
                    if status == 400:  # refused before it is looked for
                        continue
                    self.assertEqual(status, 404)
                    self.assertEqual(headers.get_all("Cache-Control"), [server.UNHASHED])
                    self.assertEqual(headers["Content-Type"], server.MIME[".html"])
                    self.assertEqual(unpack(body) if headers.get("Content-Encoding") == "br" else body, (SITE / "404.html").read_bytes())
                    self.headers_of_all(headers, path)

    def test_only_the_loader_is_for_other_sites(self):
        for file in FILES:
            with self.subTest(self.path(file)):
                wanted = ["*"] if self.path(file) == "/embed.js" else None
                self.assertEqual(self.ask(self.path(file), Accept_Encoding="br", Origin="https://other.example")[1].get_all("Access-Control-Allow-Origin"), wanted)

    def test_not_changed(self):
        for accept in ("identity", "br", "gzip"):
            with self.subTest(accept):
                _, headers, _ = self.ask("/index.html", Accept_Encoding=accept)
                again = self.ask("/index.html", Accept_Encoding=accept, If_None_Match=headers["ETag"])
                self.assertEqual((again[0], again[2]), (304, b""))
                self.assertEqual(again[1].get_all("Cache-Control"), [server.UNHASHED])
                self.assertEqual(self.ask("/index.html", Accept_Encoding=accept, If_None_Match='"other"')[0], 200)

    def test_a_part_of_a_file(self):
        database = next(SITE.glob("data/facilities.*.db"))
        status, headers, body = self.ask(self.path(database), Range="bytes=100-199")
        self.assertEqual((status, body), (206, database.read_bytes()[100:200]))
        self.assertEqual(headers["Content-Range"], f"bytes 100-199/{database.stat().st_size}")
        self.headers_of_all(headers, "range")
        self.assertEqual(self.ask(self.path(database), Range=f"bytes={database.stat().st_size}-")[0], 416)

    def test_only_reading(self):
        for method in ("POST", "PUT", "DELETE"):
            with self.subTest(method):
                status, headers, _ = self.ask("/index.html", method, Accept_Encoding="br")
                self.assertEqual(status, 405)
                self.assertNotIn("Content-Encoding", headers)
        status, headers, body = self.ask("/index.html", "HEAD", Accept_Encoding="br")
        self.assertEqual((status, headers["Content-Encoding"], body), (200, "br", b""))

    def test_says_nothing_of_itself(self):
        self.assertNotRegex(self.ask("/")[1].get("Server", ""), r"\d")


class Nginx(Served, unittest.TestCase):
    start = staticmethod(web_servers.nginx)


class Caddy(Served, unittest.TestCase):
    start = staticmethod(web_servers.caddy)


class Own(Served, unittest.TestCase):
    start = staticmethod(web_servers.own)


if __name__ == "__main__":
    unittest.main()
