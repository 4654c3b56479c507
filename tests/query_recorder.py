"""Serves the app from the test's own process, so that the test can see each SQL statement."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, has_request_context, request
from werkzeug.serving import WSGIRequestHandler, make_server

from shared_space import create_app
from shared_space.resources import close
from shared_space.storage import migrate
from tests.servers import OPEN, Server, free_port

Statement = tuple[str, Any]


class Quiet(WSGIRequestHandler):
    """A request handler that logs nothing."""

    def log(self, *_: object) -> None:
        """Log nothing."""


@dataclass
class RecordedServer(Server):
    """A server in a thread of this process; `asked` has each request's statements, by route."""

    asked: dict[str, list[list[Statement]]] = field(default_factory=dict)

    def routes(self, app: Flask) -> set[str]:
        """Return every route of the API, as its method and its rule."""
        rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
        methods = ("GET", "POST", "PUT", "DELETE")
        return {
            f"{one} {rule.rule}" for rule in rules for one in methods if one in (rule.methods or ())
        }

    @contextmanager
    def open(self) -> Iterator[Flask]:
        """Run the server; yield the app.

        Garbage is not collected meanwhile. The session holds its objects by weak references, and
        a space and its memberships hold each other: whether they are read twice in a request would
        depend on when the collector last ran.
        """
        places = {"SPACE_DATA": str(self.data), "SPACE_PORT": str(self.port)}
        app = create_app(OPEN | places | dict(self.settings))
        with app.app_context():
            migrate.upgrade()
        sa.event.listen(app.extensions["engine"], "before_cursor_execute", self.note)
        server = make_server("127.0.0.1", self.port, app, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        gc.disable()
        try:
            yield app
        finally:
            gc.enable()
            server.shutdown()
            thread.join()
            close(app)

    def note(self, _connection: object, _cursor: object, text: str, values: Any, *_: Any) -> None:
        """Record a statement under the route of the current request."""
        if not has_request_context() or text.startswith(("BEGIN", "SET TRANSACTION")):
            return
        if "statements" not in g:
            rule = request.url_rule.rule if request.url_rule else "none"
            g.statements = []
            self.asked.setdefault(f"{request.method} {rule}", []).append(g.statements)
        g.statements.append((text, values[0] if isinstance(values, list) else values))

    def most(self) -> dict[str, int]:
        """Return for each route the largest number of statements that one request took."""
        return {route: max(map(len, answers)) for route, answers in self.asked.items()}


def recorded_server(data: Path, **settings: str) -> RecordedServer:
    """Return a server that has not been started."""
    return RecordedServer(data, settings, free_port())


def scans(connection: sa.Connection, statement: Statement) -> set[str]:
    """Return the tables that a statement reads in full, according to the database's query plan."""
    text, values = statement
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        steps = [str(row.detail).split() for row in plan]
        return {step[1] for step in steps if step[0] == "SCAN"} - {"CONSTANT"}
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {text}", values)
    return {
        str(node["Relation Name"])
        for node in nodes(plan.scalar_one()[0]["Plan"])
        if reads_all(node)
    }


def reads_all(node: dict[str, Any]) -> bool:
    """Tell whether a step of the plan reads a whole table or a whole index."""
    kind = node["Node Type"]
    return kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node)


def sorts(connection: sa.Connection, statement: Statement) -> bool:
    """Tell whether the plan sorts rows instead of reading them in the order of an index."""
    text, values = statement
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        return any("TEMP B-TREE" in str(row.detail) for row in plan)
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {text}", values)
    found = nodes(plan.scalar_one()[0]["Plan"])
    return any("Sort" in node["Node Type"] for node in found)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every node of PostgreSQL's plan."""
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)
