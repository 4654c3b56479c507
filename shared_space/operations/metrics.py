"""/metrics for Prometheus: how the process does, and nothing by member.

It is served on a port of its own, on this machine alone, and off unless SPACE_METRICS_PORT is set.
"""

import time

import sqlalchemy as sa
from flask import Flask, Response, g, request
from gevent.pywsgi import WSGIServer
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from shared_space.live.connections import open_connections
from shared_space.resources import on_close

LOOPBACK = "127.0.0.1"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


def register(app: Flask) -> None:
    """Count, where a port is set to ask on."""
    if not app.config["SPACE_METRICS_PORT"]:
        return
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    requests = Counter("space_requests", "Requests", ["route", "status"], registry=registry)
    took = Histogram("space_seconds", "Answering", ["route"], buckets=SECONDS, registry=registry)
    sockets = Gauge("space_sockets", "Open live sockets", registry=registry)
    sockets.set_function(lambda: len(open_connections))
    size = Gauge("space_database_bytes", "Size of the SQLite files", registry=registry)
    files = app.config["DATA"]
    size.set_function(lambda: sum(one.stat().st_size for one in files.glob("*.sqlite3*")))
    connections = Gauge("space_database_connections", "Connections in use", registry=registry)
    connections.set_function(lambda: in_use(app.extensions["engine"]))

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(route, str(response.status_code)).inc()
        if "begun" in g:
            took.labels(route).observe(time.perf_counter() - g.begun)
        return response

    app.extensions["metrics"] = make_wsgi_app(registry)


def in_use(engine: sa.Engine) -> int:
    """Return how many connections are out; SQLite has no pool to count."""
    return engine.pool.checkedout() if isinstance(engine.pool, sa.QueuePool) else 0


def serve(app: Flask) -> None:
    """Open the port, where one is set."""
    if (answer := app.extensions.get("metrics")) is not None:
        server = WSGIServer((LOOPBACK, app.config["SPACE_METRICS_PORT"]), answer, log=None)
        server.start()
        on_close(app, server.close)
