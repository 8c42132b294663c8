"""The real server on loopback, asked over real sockets."""
import contextlib
import gzip
import http.client
import pathlib
import socket
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web"))
import server  # noqa: E402

PAGE = "<!doctype html><title>春城自助</title>" + "字" * 500


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = pathlib.Path(cls.folder.name)
        (base / "secret.txt").write_text("outside")
        site = base / "site"
        (site / "assets").mkdir(parents=True)
        (site / "index.html").write_text(PAGE)
        (site / "index.html.gz").write_bytes(gzip.compress(PAGE.encode()))
        (site / "index.html.br").write_bytes(b"brotli bytes")
        (site / "404.html").write_text("没有这一页")
        (site / "assets/app-Ab3_x9Zk.js").write_text("export {}")
        (site / "assets/policy.0123456789abcdef.json").write_text("{}")
        (site / "m.wasm").write_bytes(bytes(range(256)))
        (site / "service-worker.js").write_text("")
        (site / "manifest.webmanifest").write_text("{}")
        (site / "link.txt").symlink_to(base / "secret.txt")
        cls.server = server.Server(site, port=0, frame_ancestors="'self' https://example.gov.cn")
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.folder.cleanup()

    def ask(self, path, method="GET", **headers):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=10)) as link:
            link.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                link.putheader(name.replace("_", "-"), value)
            link.endheaders()
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()

    def test_page_with_security_headers(self):
        status, headers, body = self.ask("/")
        self.assertEqual((status, body.decode()), (200, PAGE))
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "frame-ancestors 'self' https://example.gov.cn"):
            self.assertIn(part, policy)
        self.assertNotIn("unsafe-inline", policy)
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Cache-Control"], "no-cache")
        self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")

    def test_mime_and_caching(self):
        self.assertEqual(self.ask("/m.wasm")[1]["Content-Type"], "application/wasm")
        self.assertIn("immutable", self.ask("/assets/app-Ab3_x9Zk.js")[1]["Cache-Control"])
        self.assertIn("immutable", self.ask("/assets/policy.0123456789abcdef.json")[1]["Cache-Control"])
        self.assertEqual(self.ask("/m.wasm")[1]["Cache-Control"], "no-cache")

    def test_what_makes_the_site_stay_on_a_device_is_asked_for_anew(self):
        for name, kind in (("service-worker.js", "text/javascript; charset=utf-8"), ("manifest.webmanifest", "application/manifest+json")):
            status, headers, _ = self.ask("/" + name)
            self.assertEqual((status, headers["Cache-Control"], headers["Content-Type"]), (200, "no-cache", kind))
            self.assertIn("worker-src 'self'", headers["Content-Security-Policy"])

    def test_compression_by_quality(self):
        for header, encoding in (("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.2, gzip;q=0.9", "gzip"), ("*", "br"), ("identity", None), ("br;q=x", None)):
            _, headers, body = self.ask("/", Accept_Encoding=header)
            self.assertEqual(headers.get("Content-Encoding"), encoding, header)
            self.assertEqual(headers["Vary"], "Accept-Encoding")
            if encoding == "gzip":
                self.assertEqual(gzip.decompress(body).decode(), PAGE)

    def test_etag(self):
        _, headers, _ = self.ask("/")
        status, again, body = self.ask("/", If_None_Match=headers["ETag"])
        self.assertEqual((status, body), (304, b""))
        self.assertEqual(again["ETag"], headers["ETag"])
        self.assertEqual(self.ask("/", If_None_Match='"other"')[0], 200)
        self.assertNotEqual(self.ask("/", Accept_Encoding="gzip")[1]["ETag"], headers["ETag"])

    def test_ranges(self):
        everything = bytes(range(256))
        for header, first, last in (("bytes=0-9", 0, 9), ("bytes=250-", 250, 255), ("bytes=-6", 250, 255), ("bytes=100-9999", 100, 255)):
            status, headers, body = self.ask("/m.wasm", Range=header)
            self.assertEqual((status, body), (206, everything[first : last + 1]), header)
            self.assertEqual(headers["Content-Range"], f"bytes {first}-{last}/256")
        status, headers, _ = self.ask("/m.wasm", Range="bytes=256-")
        self.assertEqual((status, headers["Content-Range"]), (416, "bytes */256"))
        for header in ("bytes=5-2", "lines=1-2", "bytes=1-2,4-5", "bytes=-"):
            self.assertEqual(self.ask("/m.wasm", Range=header)[0], 200, header)
        self.assertEqual(self.ask("/m.wasm", Range="bytes=0-9", If_Range='"old"')[0], 200)

    def test_head_has_no_body(self):
        status, headers, body = self.ask("/", method="HEAD")
        self.assertEqual((status, body, headers["Content-Length"]), (200, b"", str(len(PAGE.encode()))))

    def test_other_methods_are_refused(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            status, headers, _ = self.ask("/", method=method)
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
            self.assertIn("Content-Security-Policy", headers)

    def test_missing(self):
        status, headers, body = self.ask("/nothing")
        self.assertEqual((status, body.decode()), (404, "没有这一页"))
        self.assertIn("Content-Security-Policy", headers)

    def test_nothing_outside_the_root(self):
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%5c..%5csecret.txt", "/link.txt", "/%00", "//etc/passwd",
                     "/assets/../../secret.txt", "/assets", "/....//secret.txt", "/%c0%ae%c0%ae/secret.txt"):
            status, _, body = self.ask(path)
            self.assertEqual(status, 404, path)
            self.assertNotIn(b"outside", body)

    def test_garbage_does_not_stop_it(self):
        for bytes_ in (b"\x16\x03\x01\x00\n\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"G" * 70000 + b"\r\n\r\n"):
            with socket.create_connection(self.server.server_address, timeout=10) as link:
                with contextlib.suppress(OSError):
                    link.sendall(bytes_)
                    link.recv(1000)
        self.assertEqual(self.ask("/")[0], 200)


if __name__ == "__main__":
    unittest.main()
