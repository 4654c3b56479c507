"""The pool of PostgreSQL connections: pings after idle time, and responses without a connection."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from shared_space.accounts.models import DeviceSession
from shared_space.storage import engines
from tests.conftest import MakeApp

END = sa.text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[sa.Engine]:
    """Yield an engine with two idle connections, which PostgreSQL has closed."""
    engine = engines.postgres_engine(postgres_url)
    with engine.connect(), engine.connect():
        pass
    outside = sa.create_engine(engine.url, poolclass=sa.NullPool)
    with outside.connect() as connection:
        assert connection.scalar(END) == 2
    yield engine
    engine.dispose()


def answers(engine: sa.Engine) -> bool:
    """Run a query."""
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT 1")))


def test_after_a_rest_nobody_meets_a_connection_that_has_ended(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PING_AFTER_IDLE_SECONDS", 0)
    assert answers(engine)


def test_just_after_use_one_request_meets_it_and_the_next_does_not(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PING_AFTER_IDLE_SECONDS", 60)
    with pytest.raises(sa.exc.OperationalError):
        answers(engine)
    assert answers(engine)


def test_when_every_connection_is_in_use_it_is_said(
    make_app: MakeApp, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "POOL_TIMEOUT_SECONDS", 0.1)
    app = make_app(SPACE_DATABASE_URL=postgres_url)
    client, origin, engine = app.test_client(), app.config["ORIGIN"], app.extensions["engine"]
    with ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(engine.connect())
        busy = client.get("/healthz", base_url=origin)
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert client.get("/healthz", base_url=origin).json == {"ok": True}


def test_while_the_database_is_away_the_gate_of_the_sockets_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_token: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("away"))

    app = make_app()
    monkeypatch.setattr(DeviceSession, "by_token", away)
    answer = app.test_client().get(
        "/socket.io/?EIO=4&transport=websocket",
        base_url=app.config["ORIGIN"],
        headers={
            "Origin": app.config["ORIGIN"],
            "Upgrade": "websocket",
            "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    )
    assert (answer.status_code, answer.json) == (503, {"error": "busy"})
