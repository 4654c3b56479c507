"""The cost of a request does not grow with the amount of data that is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from shared_space import clock
from shared_space.models import ALL
from shared_space.storage.types import Base
from tests.activities import live
from tests.bulk import TRUE, Numbered, fill, strangers
from tests.query_recorder import RecordedServer, recorded_server, scans, sorts

# The largest number of SQL statements that one request may take, on SQLite and on PostgreSQL. It
# does not depend on the number of entries, archives, invitations, sessions or answers.
COSTS = """
                                                                                 SQLite PostgreSQL
DELETE /api/account                                                                 61  65
POST   /api/accounts                                                                 9  10
GET    /api/archives/<space_id>/answers                                              3   3
DELETE /api/archives/<space_id>/answers/<ref>                                       12  13
DELETE /api/archives/<space_id>/notice                                               3   3
DELETE /api/archives/<space_id>/words                                               47  53
GET    /api/candle                                                                   4   4
DELETE /api/candle/flame                                                            12  14
PUT    /api/candle/flame                                                            15  17
PUT    /api/candle/until                                                            11  13
PUT    /api/candle/words                                                            12  14
DELETE /api/device                                                                   3   3
DELETE /api/invitations                                                              9  10
POST   /api/invitations                                                             15  16
POST   /api/invitations/acceptance                                                  26  27
POST   /api/invitations/confirmation                                                37  41
POST   /api/invitations/opening                                                     18  21
GET    /api/journals/<journal_id>/changes                                            4   4
GET    /api/journals/<journal_id>/entries                                            4   4
PUT    /api/journals/<journal_id>/entries                                            6   7
DELETE /api/journals/<journal_id>/entries/<entry_id>                                 8   9
GET    /api/journals/<journal_id>/entries/<entry_id>                                 3   3
PUT    /api/journals/<journal_id>/entries/<entry_id>                                 6   6
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id>     4   4
GET    /api/journals/<journal_id>/history                                            4   4
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id>     8   9
GET    /api/me                                                                      11  11
GET    /api/passkeys                                                                 2   2
POST   /api/passkeys                                                                10  11
DELETE /api/passkeys/<passkey_id>                                                    3   3
POST   /api/passkeys/challenges                                                      2   2
POST   /api/passkeys/sessions                                                       12  12
PUT    /api/password                                                                10  11
DELETE /api/push                                                                     4   4
GET    /api/push                                                                     2   2
PUT    /api/push                                                                     5   5
POST   /api/recovery                                                                19  21
POST   /api/recovery/opening                                                         3   4
GET    /api/reminders                                                                2   2
DELETE /api/reminders/<reminder_id>                                                  3   3
PUT    /api/reminders/<reminder_id>                                                  5   5
DELETE /api/rest                                                                    15  15
GET    /api/rest                                                                     8   8
PUT    /api/rest                                                                    16  17
POST   /api/seed                                                                     1   1
DELETE /api/session                                                                  3   3
DELETE /api/sessions                                                                 4   4
GET    /api/sessions                                                                 2   2
POST   /api/sessions                                                                16  17
DELETE /api/sessions/<session_id>                                                    4   4
PUT    /api/sheet                                                                    7   8
GET    /api/sign-up                                                                  0   0
DELETE /api/signals/<space_id>                                                       9  10
GET    /api/signals/<space_id>                                                       4   4
PUT    /api/signals/<space_id>                                                      10  11
GET    /api/state                                                                  21  21
DELETE /api/space                                                                   23  27
PUT    /api/space/pin                                                                4   4
GET    /api/talk/answers                                                             3   3
DELETE /api/talk/answers/<ref>                                                       8  10
PUT    /api/talk/answers/<ref>                                                      11  13
POST   /api/talk/answers/<ref>/opening                                               8  10
"""

GROWS = {model.__tablename__ for model in ALL}
PAGE = "GET /api/journals/<journal_id>/entries"


@dataclass
class Place:
    """A server with much data, and the statements behind each of its responses."""

    server: RecordedServer
    app: Flask

    @property
    def engine(self) -> sa.Engine:
        """Return the database's engine."""
        engine: sa.Engine = self.app.extensions["engine"]
        return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Fill a server with thousands of couples, and use all of its features within one hour.

    The hour is fixed because a request in a new hour takes one more statement, which notes it.
    """
    hour = clock.current_hour()
    monkeypatch.setattr(clock, "current_hour", lambda: hour)
    settings = {}
    if request.param == "postgresql":
        settings["SPACE_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    server = recorded_server(tmp_path / "data", **settings)
    with server.open() as app:
        engine: sa.Engine = app.extensions["engine"]
        with engine.begin() as connection:
            strangers(connection, 5_000)
            fill(connection, "erasures", 5_000, account_id=Numbered("e"), take_back=TRUE)
        live(server, engine)
        # PostgreSQL analyses tables in the background anyway, SQLite never does.
        if request.param == "postgresql":
            with engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
        yield Place(server, app)


@pytest.mark.slow
def test_what_a_page_costs_does_not_grow(place: Place) -> None:
    postgresql = place.engine.dialect.name == "postgresql"
    rows = [line.split() for line in COSTS.strip().splitlines()[1:]]
    costs = {f"{row[0]} {row[1]}": int(row[2 + postgresql]) for row in rows}
    took = place.server.most()
    there = {route: took.pop(route, 0) for route in place.server.routes(place.app)}
    assert there.keys() == costs.keys()
    dearer = {route: cost for route, cost in there.items() if cost > costs[route]}
    assert not dearer  # a request may take one fewer when the hour is already noted
    assert took == {"GET /healthz": 1}  # pages take no statements
    with place.engine.connect() as connection:
        for route, answers in place.server.asked.items():
            different = {text: (text, values) for answer in answers for text, values in answer}
            for statement in different.values():
                read = scans(connection, statement) & GROWS
                assert not read, f"{route} reads all of {read}: {statement[0]}"
        newest = [one for one in place.server.asked[PAGE][-1] if "FROM entries" in one[0]]
        assert newest
        assert not any(sorts(connection, one) for one in newest)


def test_behind_every_foreign_key_is_an_index() -> None:
    checked = 0
    for model in ALL:
        table = Base.metadata.tables[model.__tablename__]
        unique = [
            constraint
            for constraint in table.constraints
            if isinstance(constraint, sa.UniqueConstraint)
        ]
        indexes = [table.primary_key.columns.keys()]
        indexes += [one.columns.keys() for one in unique]
        indexes += [index.columns.keys() for index in table.indexes]
        for key in table.foreign_key_constraints:
            wanted = list(key.column_keys)
            assert wanted in [one[: len(wanted)] for one in indexes], f"{table.name}: {wanted}"
            checked += 1
    assert checked >= 8
