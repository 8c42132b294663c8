"""Static file server for the built site: MIME types, precompressed files, ETag, ranges, security headers. Standard library only.

It serves files and nothing else: no answer of a visitor ever reaches it.
"""
import email.utils
import functools
import hashlib
import http.server
import json
import pathlib
import re
import socketserver
import urllib.parse

MIME = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
    ".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".db": "application/octet-stream",
    ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml; charset=utf-8",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
# A name that carries a content hash never changes its content. Only the build gives such names: in these two folders.
HASHED = re.compile(r"^/(?:assets|data)/[^/]+[.-](?:[0-9a-f]{8,64}|[A-Za-z0-9_-]{8})\.[a-z0-9]+$")
IMMUTABLE, UNHASHED = "public, max-age=31536000, immutable", "no-cache"


# What pages of other sites load: as a module, which browsers ask permission for.
FOR_EVERYBODY = {"embed.js"}
ORIGIN = re.compile(r"https?://[\w.-]+(:\d+)?")


def embed_origins(root):
    """Origins of the site's embed-origins.json (docs/interfaces.md section 11); a list that cannot be read is an empty one."""
    try:
        origins = json.loads((pathlib.Path(root) / "embed-origins.json").read_text(encoding="utf-8"))["origins"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [one for one in origins if isinstance(one, str) and ORIGIN.fullmatch(one)] if isinstance(origins, list) else []


def content_security_policy(frame_ancestors):
    return "; ".join([
        "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "worker-src 'self'", "frame-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
        # The one policy is web/src/trusted.ts.
        "require-trusted-types-for 'script'", "trusted-types default", f"frame-ancestors {frame_ancestors}",
    ])


def framers(site):
    """Who may frame the pages: this site and the origins it lists."""
    return " ".join(["'self'", *embed_origins(site)])


def security_headers(frame_ancestors):
    """What every answer carries; web/deployment.py writes the same for other servers."""
    return {
        "Content-Security-Policy": content_security_policy(frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    }


@functools.lru_cache(maxsize=1024)
def _etag(path, mtime_ns, size):
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:32]
    return f'"{digest}"'


def accepted(header):
    """Content codings of Accept-Encoding with a quality above 0."""
    out = {}
    for part in header.split(","):
        name, _, parameters = part.strip().partition(";")
        match = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
        quality = float(match.group(1)) if match else 1.0 if not parameters.strip() else 0.0
        out[name.strip().lower()] = quality
    wildcard = out.get("*", 0.0)
    return {name: out.get(name, wildcard) for name, _ in ENCODINGS}


def parse_range(header, size):
    """(first, last) of a single satisfiable byte range, None when the header is to be ignored, False when it cannot be satisfied."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if not match or match.group(1) == match.group(2) == "":
        return None
    if match.group(1) == "":
        length = int(match.group(2))
        return (max(0, size - length), size - 1) if length > 0 and size > 0 else False
    first = int(match.group(1))
    last = min(int(match.group(2)), size - 1) if match.group(2) else size - 1
    if first >= size:
        return False
    return (first, last) if first <= last else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "chuncheng"
    sys_version = ""
    timeout = 30

    def do_GET(self):
        self._answer(body=True)

    def do_HEAD(self):
        self._answer(body=False)

    def _refuse(self):
        # The body of a refused request is not read, so the connection cannot be used again.
        self.close_connection = True
        self._send(405, {"Allow": "GET, HEAD", "Content-Type": MIME[".txt"], "Connection": "close"}, b"405\n", True)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse

    def _find(self):
        """The file asked for, or None: outside the root, a link out of it, a NUL, a compressed form under its own name, hidden, or not there."""
        path = urllib.parse.unquote(self.path.split("?", 1)[0].split("#", 1)[0], errors="replace")
        if "\0" in path or "\\" in path or not path.startswith("/"):
            return None
        root = self.server.root
        target = root / path.lstrip("/")
        if path.endswith("/"):
            target = target / "index.html"
        try:
            resolved = target.resolve(strict=True)
            inside = resolved.relative_to(root).parts
        except (OSError, ValueError, RuntimeError):
            return None
        hidden = resolved.name.endswith(tuple(ending for _, ending in ENCODINGS)) or any(part.startswith(".") and part != ".well-known" for part in inside)
        return resolved if resolved.is_file() and not hidden else None

    def _answer(self, body):
        file = self._find()
        status = 200
        if file is None:
            status = 404
            file = self.server.root / "404.html"
            if not file.is_file():
                return self._send(404, {"Content-Type": MIME[".txt"]}, b"404\n", body)
        headers = {"Content-Type": MIME.get(file.suffix, "application/octet-stream"), "Vary": "Accept-Encoding", "Accept-Ranges": "bytes"}
        hashed = status == 200 and HASHED.search(f"/{file.relative_to(self.server.root).as_posix()}")
        headers["Cache-Control"] = IMMUTABLE if hashed else UNHASHED
        if file.parent == self.server.root and file.name in FOR_EVERYBODY:
            headers["Access-Control-Allow-Origin"] = "*"
        wanted = self.headers.get("Range") if status == 200 else None
        source = file
        if wanted is None:
            qualities = accepted(self.headers.get("Accept-Encoding", ""))
            # The better compressed form wins among those the client likes equally.
            for name, ending in sorted(ENCODINGS, key=lambda e: -qualities[e[0]]):
                packed = file.with_name(file.name + ending)
                if qualities[name] > 0 and packed.is_file():
                    source = packed
                    headers["Content-Encoding"] = name
                    break
        stat = source.stat()
        etag = _etag(str(source), stat.st_mtime_ns, stat.st_size)
        headers["ETag"] = etag
        headers["Last-Modified"] = email.utils.formatdate(stat.st_mtime, usegmt=True)
        if status == 200 and self._unchanged(etag):
            return self._send(304, headers, b"", False)
        if wanted is not None and self.headers.get("If-Range", etag) == etag:
            span = parse_range(wanted, stat.st_size)
            if span is False:
                headers["Content-Range"] = f"bytes */{stat.st_size}"
                return self._send(416, headers, b"", body)
            if span is not None:
                first, last = span
                headers["Content-Range"] = f"bytes {first}-{last}/{stat.st_size}"
                with source.open("rb") as stream:
                    stream.seek(first)
                    return self._send(206, headers, stream.read(last - first + 1), body)
        return self._send(status, headers, source.read_bytes(), body)

    def _unchanged(self, etag):
        given = self.headers.get("If-None-Match")
        if given is None:
            return False
        return given.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in given.split(",")]

    def _send(self, status, headers, data, body):
        self.send_response(status)
        for name, value in {**headers, **self.server.security_headers}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body and data:
            self.wfile.write(data)

    def log_message(self, *arguments):
        """Nothing is logged: a line would hold who asked for what."""


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, root, host="127.0.0.1", port=8080, frame_ancestors=None):
        """`frame_ancestors`: who may frame the pages; when not given, this site and the origins it lists."""
        self.root = pathlib.Path(root).resolve()
        self.security_headers = security_headers(frame_ancestors or framers(self.root))
        super().__init__((host, port), Handler)

    def handle_error(self, request, client_address):
        """A client that went away is no event."""
