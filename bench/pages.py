"""Writing and reading entries, compared with bare Flask routes and with smaller databases."""

import base64
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from secrets import token_bytes

from bench.accounts import Member, app_of, couples, signed
from bench.cpu_affinity import running_peer, running_server
from bench.http_client import HttpClient
from bench.report import measure_in_turn, print_comparison
from tests.boxes import PRIVATE, box, new_id
from tests.bulk import pages, strangers
from tests.servers import OPEN, Server, free_port
from tests.services import Postgres

KB4, MANY = 4096, 100_000
ASKED, TURNS = 40, 25  # many short turns, so that a slower machine affects both sides
BARE = [sys.executable, "-m", "bench.peers.flask_pages"]


def bench() -> None:
    """Print all comparisons."""
    with tempfile.TemporaryDirectory() as folder:
        against_bare("SQLite", Server(Path(folder) / "bare", OPEN))
        among_pages(Server(Path(folder) / "pages", OPEN))
        among_spaces(*[Server(Path(folder) / name, OPEN) for name in ("many", "few")])
        with cluster() as postgres:
            settings = OPEN | {"SPACE_DATABASE_URL": postgres.url("postgres")}
            against_bare("PostgreSQL", Server(Path(folder) / "postgresql", settings))


@contextmanager
def cluster() -> Iterator[Postgres]:
    """Run a PostgreSQL cluster."""
    postgres = Postgres.start()
    try:
        yield postgres
    finally:
        postgres.stop()


def against_bare(engine: str, server: Server) -> None:
    """Print a write and a read, compared with a bare route's."""
    app, port = app_of(server), free_port()
    ours, theirs = couples(app, 1)[0]
    key = token_bytes(32)
    bare = {
        "BENCH_URL": app.extensions["engine"].url.render_as_string(hide_password=False),
        "BENCH_KEY": key.hex(),
    }
    with running_server(server), running_peer(BARE, port, bare) as process, ExitStack() as stack:
        here, theirs_signed = f"http://localhost:{port}", signed(key, theirs.token)
        clients = {
            "ours": (stack.enter_context(client_of(server, ours)), ours),
            "bare": (
                stack.enter_context(HttpClient(process, port, here, Cookie=theirs_signed)),
                theirs,
            ),
        }
        for name, one in ("write 4 KB", write), ("read the newest 50 of 4 KB", newest):
            found = measure_in_turn(
                {subject: partial(one, *who) for subject, who in clients.items()}, TURNS
            )
            print_request_times(
                f"{name}, {engine}", "bare Flask route", found["ours"], found["bare"]
            )


def print_request_times(name: str, peer: str, ours: list[float], theirs: list[float]) -> None:
    """Print the CPU time and the latency of one request."""
    for kind, mine, other in zip(("processor", "clock"), ours, theirs, strict=True):
        print_comparison(f"{name}, {kind} ms: {peer}", mine, other, TURNS)


def client_of(server: Server, member: Member) -> HttpClient:
    """Return an HTTP client with a member's session."""
    assert server.process
    return HttpClient(server.process.pid, server.port, server.origin, Cookie=member.cookie)


def write(client: HttpClient, member: Member) -> tuple[float, float]:
    """Write some entries."""
    journal, body = f"/api/journals/{member.id}/entries", {"rev": 1, "box": box(PRIVATE, KB4)}
    return client.request_all(("PUT", f"{journal}/{new_id()}", body) for _ in range(ASKED))


def newest(client: HttpClient, member: Member) -> tuple[float, float]:
    """Read a journal's first page several times."""
    return client.request_all([("GET", f"/api/journals/{member.id}/entries", None)] * ASKED)


def among_pages(server: Server) -> None:
    """Print the first page of a long journal, compared with that of a short one."""
    app = app_of(server)
    long, short = couples(app, 1)[0]
    with app.extensions["engine"].begin() as connection:
        for count, member, letter in ((MANY, long, "x"), (100, short, "y")):
            pages(connection, count, base64.urlsafe_b64decode(member.id + "=="), letter)
    with running_server(server), client_of(server, long) as hers, client_of(server, short) as his:
        found = measure_in_turn(
            {"long": partial(newest, hers, long), "short": partial(newest, his, short)}, TURNS
        )
    print_request_times("first page of 100,000 entries", "of 100", found["long"], found["short"])


def among_spaces(many: Server, few: Server) -> None:
    """Print the requests of opening the app with 100,000 spaces, compared with ten."""
    with ExitStack() as stack:
        clients = {}
        for server, count in ((many, MANY), (few, 10)):
            app = app_of(server)
            with app.extensions["engine"].begin() as connection:
                strangers(connection, count)
            member = couples(app, 1)[0][0]
            stack.enter_context(running_server(server))
            clients[server.data.name] = stack.enter_context(client_of(server, member)), member
        found = measure_in_turn(
            {name: partial(open_page, *one) for name, one in clients.items()}, TURNS
        )
    print_request_times(
        "opening the app among 100,000 spaces", "among 10", found["many"], found["few"]
    )


def open_page(client: HttpClient, member: Member) -> tuple[float, float]:
    """Send the requests that a page sends when it opens."""
    paths = ("me", "candle", f"journals/{member.space}/changes", "talk/answers")
    return client.request_all([("GET", f"/api/{path}", None) for path in paths] * (ASKED // 4))
