"""Writes the configuration of web servers from what web/server.py does itself, so that a header is written down once.

    import deployment; deployment.write(folder, site)
"""
import pathlib
import re

import server

TEMPLATES = pathlib.Path(__file__).with_name("deploy")
ROOT = "/srv/chuncheng/current"  # where docs/deploy.md puts the site


def values(site, listen, root):
    headers = server.security_headers(server.framers(site))
    nginx_types = [f'    location ~ {re.escape(ending)}$ {{ types {{ }} default_type "{mime}"; try_files $uri$packed $uri =404; }}' for ending, mime in server.MIME.items()]
    caddy_types = [f'\t\t@type{ending} path *{ending}\n\t\theader @type{ending} Content-Type "{mime}"' for ending, mime in server.MIME.items()]
    common = {"HASHED": server.HASHED.pattern, "IMMUTABLE": server.IMMUTABLE, "UNHASHED": server.UNHASHED, "LISTEN": listen, "ROOT": root, "SHARED": "|".join(map(re.escape, sorted(server.FOR_EVERYBODY)))}
    return {
        "nginx.conf": common,
        "chuncheng.conf": {
            **common, "HASHED": f"{server.HASHED.pattern.removesuffix('$')}(?:\\.br|\\.gz)?$",
            "HEADERS": "\n".join(f'    add_header {name} "{value}" always;' for name, value in headers.items()), "TYPES": "\n".join(nginx_types),
        },
        "Caddyfile": {**common, "HEADERS": "\n".join(f'\t\t{name} "{value}"' for name, value in headers.items()), "TYPES": "\n".join(caddy_types)},
        "Containerfile": common,
    }


def write(folder, site, listen="8080", root=ROOT):
    """nginx.conf, chuncheng.conf, Caddyfile and Containerfile for the site; `listen` as nginx has it (Caddy: http://[address]:port)."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in values(pathlib.Path(site), listen, root).items():
        if name == "Caddyfile":
            given = {**given, "LISTEN": f"http://{listen if ':' in listen else ':' + listen}"}
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        text = re.sub(r"@([A-Z]+)@", lambda found, given=given: given[found.group(1)], text)
        (folder / name).write_text(text, encoding="utf-8")
