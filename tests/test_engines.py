"""Connections to PostgreSQL: whether one lives is asked after a rest, and not before each use."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from shared_space import engines

END = sa.text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[sa.Engine]:
    """Yield an engine with two connections that are at rest, which PostgreSQL then ends."""
    engine = engines.postgresql(postgres_url)
    with engine.connect(), engine.connect():
        pass
    outside = sa.create_engine(engine.url, poolclass=sa.NullPool)
    with outside.connect() as connection:
        assert connection.scalar(END) == 2
    yield engine
    engine.dispose()


def answers(engine: sa.Engine) -> bool:
    """Ask something."""
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT 1")))


def test_after_a_rest_nobody_meets_a_connection_that_has_ended(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RESTED_SECONDS", 0)
    assert answers(engine)


def test_just_after_use_one_request_meets_it_and_the_next_does_not(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RESTED_SECONDS", 60)
    with pytest.raises(sa.exc.OperationalError):
        answers(engine)
    assert answers(engine)
