"""Writing and reading entries: against bare Flask routes, and against less to read among."""

import base64
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench.asking import Asker
from bench.cores import peer, served
from bench.people import Member, app_of, couples
from bench.said import in_turn, say
from tests.boxes import PRIVATE, box, new_id
from tests.bulk import pages, strangers
from tests.servers import OPEN, Server, free_port
from tests.stores import Postgres

KB4, ASKED, MANY = 4096, 60, 100_000
BARE = [sys.executable, "-m", "bench.peers.flask_pages"]


def bench() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as folder:
        against_bare("SQLite", Server(Path(folder) / "bare", OPEN))
        among_pages(Server(Path(folder) / "pages", OPEN))
        among_spaces(*[Server(Path(folder) / name, OPEN) for name in ("many", "few")])
        with cluster() as postgres:
            settings = OPEN | {"SPACE_DATABASE_URL": postgres.url("postgres")}
            against_bare("PostgreSQL", Server(Path(folder) / "postgresql", settings))


@contextmanager
def cluster() -> Iterator[Postgres]:
    """Run a PostgreSQL."""
    postgres = Postgres.start()
    try:
        yield postgres
    finally:
        postgres.stop()


def against_bare(engine: str, server: Server) -> None:
    """Print a write and a read against a bare route's."""
    app, port = app_of(server), free_port()
    ours, theirs = couples(app, 1)[0]
    url = {"BENCH_URL": app.extensions["engine"].url.render_as_string(hide_password=False)}
    with served(server), peer(BARE, port, url) as process, ExitStack() as stack:
        asker = stack.enter_context(asker_of(server, ours))
        bare = stack.enter_context(
            Asker(process, port, f"http://localhost:{port}", Token=theirs.token)
        )
        written = in_turn({"ours": lambda: write(asker, ours), "bare": lambda: write(bare, theirs)})
        read = in_turn({"ours": lambda: newest(asker, ours.id),
                        "bare": lambda: newest(bare, theirs.id)})  # fmt: skip
    say(f"write 4 KB, processor ms: bare Flask route, {engine}", written["ours"], written["bare"])
    say(f"read the newest 50, processor ms: bare Flask route, {engine}", read["ours"], read["bare"])


def asker_of(server: Server, member: Member) -> Asker:
    """Return a signed-in member's connection."""
    assert server.process
    return Asker(server.process.pid, server.port, server.origin, Cookie=member.cookie)


def each(asker: Asker, asked: Iterable[tuple[str, str, object]]) -> float:
    """Ask all; return what one took of the processor's time, in milliseconds."""
    requests, before = list(asked), asker.work()
    for request in requests:
        asker.ask(*request)
    return (asker.work() - before) / len(requests)


def write(asker: Asker, member: Member) -> float:
    """Write some entries."""
    journal, body = f"/api/journals/{member.id}/entries", {"rev": 1, "box": box(PRIVATE, KB4)}
    return each(asker, (("PUT", f"{journal}/{new_id()}", body) for _ in range(ASKED)))


def newest(asker: Asker, journal: str) -> float:
    """Read a first page, some times over."""
    return each(asker, [("GET", f"/api/journals/{journal}/entries", None)] * ASKED)


def among_pages(server: Server) -> None:
    """Print the first page of a long journal against that of a short one."""
    app = app_of(server)
    long, short = couples(app, 1)[0]
    with app.extensions["engine"].begin() as connection:
        for count, member, letter in ((MANY, long, "x"), (100, short, "y")):
            pages(connection, count, base64.urlsafe_b64decode(member.id + "=="), letter)
    with served(server), asker_of(server, long) as hers, asker_of(server, short) as his:
        found = in_turn({"long": lambda: newest(hers, long.id),
                         "short": lambda: newest(his, short.id)})  # fmt: skip
    say("first page of 100,000 entries, processor ms: of 100", found["long"], found["short"])


def among_spaces(many: Server, few: Server) -> None:
    """Print what opening the app asks for among 100,000 spaces against among ten."""
    with ExitStack() as stack:
        askers = {}
        for server, count in ((many, MANY), (few, 10)):
            app = app_of(server)
            with app.extensions["engine"].begin() as connection:
                strangers(connection, count)
            member = couples(app, 1)[0][0]
            stack.enter_context(served(server))
            askers[server.data.name] = stack.enter_context(asker_of(server, member)), member
        found = in_turn({name: partial(open_page, *one) for name, one in askers.items()})
    say("opening the app among 100,000 spaces, processor ms: among 10", found["many"], found["few"])


def open_page(asker: Asker, member: Member) -> float:
    """Ask for all that a page asks for when it opens."""
    paths = ("me", "candle", f"journals/{member.space}/changes", "talk/answers")
    return each(asker, [("GET", f"/api/{path}", None) for path in paths] * (ASKED // 2))
