"""Caddy before the app, with the Caddyfile of deploy/ and a certificate of its own making."""

import contextlib
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.patience import POLL_SECONDS, SECONDS, START_SECONDS
from tests.servers import ROOT, Server, free_port, program

SITE = "quiet.test"


@dataclass
class CaddyProxy:
    """Caddy before one or more processes."""

    port: int
    folder: Path

    @property
    def authority(self) -> Path:
        """Return the folder in which Caddy's own certificate authority keeps its keys."""
        return self.folder / "data/caddy/pki/authorities/local"

    @property
    def certificate(self) -> Path:
        return self.authority / "root.crt"

    @property
    def origin(self) -> str:
        return f"https://{SITE}:{self.port}"

    def answers(self) -> bool:
        """Tell whether a handshake with the site's own certificate succeeds."""
        with contextlib.suppress(OSError):
            context = ssl.create_default_context(cafile=str(self.certificate))
            with socket.create_connection(("127.0.0.1", self.port), SECONDS) as wire:
                context.wrap_socket(wire, server_hostname=SITE).close()
                return True
        return False


@contextlib.contextmanager
def behind_caddy(folder: Path, more: Mapping[str, str]) -> Iterator[tuple[CaddyProxy, Server]]:
    """Run the Caddyfile of deploy/ before the app."""
    front = CaddyProxy(free_port(), folder)
    settings = {
        "SPACE_PUBLIC_ORIGIN": front.origin, "SPACE_TRUSTED_PROXIES": "1", "SPACE_SIGNUP": "open",
    }  # fmt: skip
    server = Server(folder / "app", settings | dict(more)).start()
    try:
        with running_caddy(front, [server.port]):
            yield front, server
    finally:
        server.stop()
    server.assert_untroubled()


@contextlib.contextmanager
def running_caddy(front: CaddyProxy, ports: list[int]) -> Iterator[None]:
    """Run the Caddyfile of deploy/ before these ports, with high ports and its own authority."""
    folder = front.folder
    options = (
        "{\n\tskip_install_trust\n\tadmin off\n\tlocal_certs\n\tauto_https disable_redirects\n"
        f"\thttp_port {free_port()}\n\thttps_port {front.port}\n}}\n"
    )
    (folder / "Caddyfile").write_text(options + (ROOT / "deploy/Caddyfile").read_text())
    environment = {
        "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "PATH": os.environ["PATH"],
        "CADDY_SITE": f"{SITE}:{front.port}",
        "CADDY_UPSTREAMS": " ".join(f"127.0.0.1:{port}" for port in ports),
    }  # fmt: skip
    command = [program("caddy"), "run", "--config", str(folder / "Caddyfile")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--adapter", "caddyfile"], env=environment, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + START_SECONDS
        while not front.answers():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(POLL_SECONDS)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)
