"""Real web servers on a free port of the loopback, with the configuration that the build writes and a folder of their own."""
import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "wasm"), str(ROOT / "web")]
import deployment  # noqa: E402
import toolchain  # noqa: E402


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def _running(site, command_of):
    # Other users of this machine may not read a temporary folder, and nginx's workers are another user when root starts it.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        port = free_port()
        deployment.write(pathlib.Path(folder) / "configuration", site, f"127.0.0.1:{port}", str(site))
        with open(pathlib.Path(folder) / "output", "w+", encoding="utf-8") as output:
            process = subprocess.Popen(command_of(pathlib.Path(folder)), stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=folder,
                                       env={**os.environ, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder})
            try:
                for _ in range(200):
                    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                        break
                    if process.poll() is not None:
                        break
                    time.sleep(0.05)
                if process.poll() is not None:
                    output.seek(0)
                    raise RuntimeError(output.read())
                yield f"http://127.0.0.1:{port}/"
            finally:
                process.terminate()
                process.wait(20)


def nginx(site):
    program = toolchain.program("nginx", "/usr/sbin/nginx")
    # As root the workers would become another user, who may not read every folder the site can be in.
    who = ["-g", "user root;"] if os.geteuid() == 0 else []
    return _running(site, lambda folder: [program, "-e", "stderr", "-p", folder, "-c", folder / "configuration/nginx.conf", *who])


def caddy(site):
    program = toolchain.program("caddy", "/usr/bin/caddy")
    return _running(site, lambda folder: [program, "run", "--config", folder / "configuration/Caddyfile", "--adapter", "caddyfile"])


def own(site):
    """The server of serve.py, to compare with."""
    import server
    import threading

    @contextlib.contextmanager
    def running():
        web = server.Server(site, "127.0.0.1", 0)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{web.server_address[1]}/"
        web.shutdown()

    return running()
