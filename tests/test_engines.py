"""Connections to PostgreSQL: whether one lives is asked after a rest, and not before each use."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from shared_space import engines

Engines = tuple[sa.Engine, sa.Engine]

END = sa.text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def pair(postgres_url: str) -> Iterator[Engines]:
    """Yield both engines, each with a connection that is at rest, which PostgreSQL then ends."""
    both = engines.postgresql(postgres_url)
    for one in both:
        assert answers(one)
    outside = sa.create_engine(both[0].url, poolclass=sa.NullPool)
    with outside.connect() as connection:
        assert connection.scalar(END) == len(both)
    yield both
    both[0].dispose()


def answers(engine: sa.Engine) -> bool:
    """Ask something."""
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT 1")))


def test_after_a_rest_nobody_meets_a_connection_that_has_ended(
    pair: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RESTED_SECONDS", 0)
    assert all(answers(one) for one in pair)


def test_just_after_use_one_request_meets_it_and_the_next_does_not(
    pair: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RESTED_SECONDS", 60)
    for one in pair:
        with pytest.raises(sa.exc.OperationalError):
            answers(one)
        assert answers(one)


def test_what_is_asked_alone_begins_no_transaction(pair: Engines) -> None:
    engine, alone = pair
    engine.dispose()  # and with it the other
    now = sa.text("SELECT now() = statement_timestamp()")
    with alone.connect() as connection:
        assert [connection.scalar(now) for _ in range(2)] == [True, True]
    with engine.connect() as connection:
        assert [connection.scalar(now) for _ in range(2)][1] is False
