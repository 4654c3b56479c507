"""Metrics in the Prometheus format: about the process as a whole, never about a member.

They are served on a separate port (private_port.py), if SPACE_METRICS_PORT is set.
"""

import time

import sqlalchemy as sa
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from shared_space.live.server import live_server

BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


def register(app: Flask) -> None:
    """Collect metrics, if SPACE_METRICS_PORT is set."""
    if not app.config["SPACE_METRICS_PORT"]:
        return
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    requests = Counter(
        "space_http_requests", "HTTP requests.", ["route", "status"], registry=registry
    )
    duration = Histogram(
        "space_http_request_duration_seconds", "Time to answer an HTTP request.", ["route"],
        buckets=BUCKETS_SECONDS, registry=registry,
    )  # fmt: skip
    sockets = Gauge("space_websocket_connections", "Open WebSocket connections.", registry=registry)
    sockets.set_function(lambda: len(live_server(app).connections))
    size = Gauge("space_sqlite_bytes", "Size of the SQLite files.", registry=registry)
    files = app.config["DATA"]
    size.set_function(lambda: sum(one.stat().st_size for one in files.glob("*.sqlite3*")))
    connections = Gauge(
        "space_db_connections_in_use", "Database connections in use.", registry=registry
    )
    connections.set_function(lambda: connections_in_use(app.extensions["engine"]))

    @app.before_request
    def start_timer() -> None:
        g.request_started = time.perf_counter()

    @app.after_request
    def record_request(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(route, str(response.status_code)).inc()
        if "request_started" in g:  # not set if an earlier handler has already answered
            duration.labels(route).observe(time.perf_counter() - g.request_started)
        return response

    app.extensions["metrics"] = make_wsgi_app(registry)


def connections_in_use(engine: sa.Engine) -> int:
    """Return how many pooled connections are checked out; 0 if the engine has no such pool."""
    return engine.pool.checkedout() if isinstance(engine.pool, sa.QueuePool) else 0
