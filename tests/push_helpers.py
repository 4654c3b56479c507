"""Steps for tests of reminders: asking for messages, making reminders due, collecting messages."""

from typing import Any

from tests.boxes import new_id, some
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.people import Person, hence, ok
from tests.push_service import Browser, Message, PushService
from tests.servers import Server


def remind(person: Person, moment: str, reminder: str = "") -> Any:
    return person.put(f"/api/reminders/{reminder or new_id()}", {"moment": moment})


def moments(person: Person) -> list[str]:
    return [reminder["moment"] for reminder in ok(person.get("/api/reminders"))["reminders"]]


def wants_messages(person: Person, browser: Browser, events: bool = False) -> Browser:
    ok(person.put("/api/push", browser.wants(events)))
    return browser


def let_it_come(server: Server, *people: Person) -> None:
    """Make every reminder of some people due at once."""
    whose = ", ".join("?" * len(people))
    statement = f"UPDATE reminders SET moment = '2020-01-01 00:00:00' WHERE account_id IN ({whose})"
    in_database(server, statement, *(unb64(person.id) for person in people))


def let_an_hour_go_by(server: Server, person: Person) -> None:
    past = "UPDATE devices SET quiet_until = '2020-01-01 00:00:00' WHERE account_id = ?"
    in_database(server, past, unb64(person.id))


def until(server: Server, service: PushService) -> list[Message]:
    """Return the messages that arrive while the server looks for due reminders twice.

    Each time, another person's reminder is made due; its message marks the end of that look.
    """
    came: list[Message] = []
    for _ in range(2):
        other, name = Person.joins(server), some(4)
        wants_messages(other, service.browser(name))
        ok(remind(other, hence(hours=1)))
        let_it_come(server, other)
        while (message := service.next()).to != name:
            came.append(message)
    return came
