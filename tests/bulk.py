"""Thousands of accounts and 100,000 entries, inserted straight into the tables."""

from dataclasses import dataclass

import sqlalchemy as sa

BOX = bytes((1, 1, 0x20, 0, 0, 0, 0, 1)) + bytes(92)
DAY = {"sqlite": "'2026-11-24'", "postgresql": "DATE '2026-11-24'"}
LATER = {"sqlite": "'2099-01-01 00:00:00.000000'", "postgresql": "TIMESTAMPTZ '2099-01-01'"}
TRUE = {"sqlite": "1", "postgresql": "true"}
NUMBERED = {
    "sqlite": "CAST(printf('{letter}%015d', {number}) AS BLOB)",
    "postgresql": "convert_to('{letter}' || lpad(({number})::text, 15, '0'), 'UTF8')",
}


@dataclass
class Numbered:
    """A column of 16-byte ids that are derived from the row's number `i`, counted from 1."""

    letter: str
    number: str = "i"


Value = str | bytes | dict[str, str] | Numbered


def fill(connection: sa.Connection, table: str, count: int, **columns: Value) -> None:
    """Insert `count` rows; each column is bytes, or SQL in which `i` is the row's number."""
    engine = connection.dialect.name
    given = {name: value for name, value in columns.items() if isinstance(value, bytes)}
    wanted = ", ".join(as_sql(engine, name, value) for name, value in columns.items())
    connection.execute(
        sa.text(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
            f"SELECT {wanted} FROM n"
        ).bindparams(*[sa.bindparam(name, value, sa.LargeBinary) for name, value in given.items()])
    )


def as_sql(engine: str, name: str, value: Value) -> str:
    """Return a column's SQL for an engine."""
    if isinstance(value, Numbered):
        return NUMBERED[engine].format(letter=value.letter, number=value.number)
    if isinstance(value, dict):
        return value[engine]
    return f":{name}" if isinstance(value, bytes) else value


def strangers(connection: sa.Connection, spaces: int) -> None:
    """Insert `count` couples, each with a candle, an answer, an entry and a file."""
    people, space, person = 2 * spaces, Numbered("s", "(i + 1) / 2"), Numbered("a")
    fill(connection, "accounts", people, id=person, login="'stranger-' || i", joined_on=DAY,
         seed=bytes(16), auth_hash="'x'", wrap=BOX, version="1")  # fmt: skip
    fill(connection, "sessions", people, id=Numbered("t"), token_hash=Numbered("h"),
         account_id=person, since=DAY, last_hour=LATER, device="'phone'")  # fmt: skip
    fill(connection, "spaces", spaces, id=Numbered("s"), state="'active'",
         inviter_id=Numbered("a", "2 * i"), language="'en'")  # fmt: skip
    fill(connection, "memberships", people, space_id=space, account_id=person,
         state="'active'", wrap=BOX)  # fmt: skip
    for journal in (Numbered("s"), Numbered("a")):
        count = spaces if journal.letter == "s" else people
        shared = TRUE if journal.letter == "s" else {"sqlite": "0", "postgresql": "false"}
        fill(connection, "journals", count, id=journal, shared=shared, place="1")
    pages(connection, people, Numbered("a"), "p", born="1")
    fill(connection, "attachments", people, id=Numbered("f"), entry_id=Numbered("p"),
         journal_id=person, author_id=person, box=BOX, sha256=bytes(32))  # fmt: skip
    ways_in(connection, people)
    quiet(connection, people)
    fill(connection, "invitations", spaces, id=Numbered("i"), space_id=Numbered("s"),
         inviter_id=Numbered("a", "2 * i"), verifier=bytes(32), wrap=BOX, closes=LATER,
         wrong_tries="0")  # fmt: skip
    fill(connection, "candles", spaces, scope_id=Numbered("s"), revision="1")
    fill(connection, "flames", people, scope_id=space, account_id=person)
    fill(connection, "pairs", spaces, space_id=Numbered("s"), ref=Numbered("r"), revealed=TRUE)
    fill(connection, "answers", people, id=Numbered("w"), space_id=space,
         ref=Numbered("r", "(i + 1) / 2"), author_id=person, rev="1", share=bytes(32), box=BOX,
         tag=bytes(32), quiet=TRUE, open=TRUE)  # fmt: skip
    fill(connection, "signals", people, space_id=space, author_id=person, rev="1", box=BOX,
         tag=bytes(32), until=LATER)  # fmt: skip


def ways_in(connection: sa.Connection, people: int) -> None:
    """Insert a passkey for each person, and as many challenges, attempts and sign-up codes."""
    fill(connection, "passkeys", people, id=Numbered("q"), account_id=Numbered("a"), uses="1",
         public_key=BOX, wrap=BOX, since=DAY, device="'phone'")  # fmt: skip
    fill(connection, "challenges", people, hash=Numbered("l"), until=LATER)
    fill(connection, "attempts", people, key=Numbered("k"), tries="1", until=LATER)
    fill(connection, "signup_codes", people, code_hash=Numbered("c"))


def quiet(connection: sa.Connection, people: int) -> None:
    """Give each person a rest, a reminder and a push subscription."""
    person, here = Numbered("a"), "'https://web.push.apple.com/' || i"
    fill(connection, "rests", people, account_id=person, until=LATER, visible=TRUE)
    fill(connection, "reminders", people, id=Numbered("m"), account_id=person, moment=LATER)
    fill(connection, "devices", people, session_id=Numbered("t"), account_id=person, address=here,
         public_key=bytes(65), auth=bytes(16), events=TRUE)  # fmt: skip


def pages(
    connection: sa.Connection, count: int, journal: Value, letter: str, born: str = "i + 1000"
) -> None:
    """Insert one entry into each of many journals, or many entries into one."""
    fill(connection, "entries", count, id=Numbered(letter), journal_id=journal,
         author_id=journal, rev="1", born=born, place=born, box=BOX)  # fmt: skip
    if isinstance(journal, bytes):
        moved = sa.text("UPDATE journals SET place = place + :more WHERE id = :id")
        connection.execute(moved, {"more": count + 1000, "id": journal})
