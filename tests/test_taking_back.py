"""Reading the archive of a space that has ended, and taking back one's own words (protocol §10)."""

from tests.boxes import REF, SHARED_FILE, new_id, sealed, some
from tests.bystanders import Bystanders
from tests.database import in_database
from tests.people import Person, ok, refused
from tests.servers import Server
from tests.test_ending_a_space import answers, entries, leave


def test_both_still_read_what_was_shared_and_an_unrevealed_answer_stays_its_authors(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    entry, file, sealed_ref = new_id(), new_id(), new_id()
    ok(ana.write(space, entry), 201)
    ok(ana.attach(space, entry, file, SHARED_FILE, some(32)), 201)
    for person in (ana, sam):
        ok(person.give())
    ok(ana.give(sealed_ref))
    leave(sam)
    for person in (ana, sam):
        assert entry in [one["id"] for one in entries(person, space)]
        path = f"/api/journals/{space}/entries/{entry}/attachments/{file}"
        ok_file = person.get(path)
        assert ok_file.status_code == 200
    assert {one["ref"] for one in answers(sam, space)} == {REF}
    (both,) = answers(sam, space)
    assert both["revealed"]
    assert both["theirs"]["author"] == ana.id
    mine = {answer["ref"]: answer for answer in answers(ana, space)}
    assert mine[sealed_ref]["mine"]["share"]
    assert mine[sealed_ref]["theirs"] is None


def test_taking_one_entry_back_asks_for_the_password_and_takes_it_from_both(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    entry = new_id()
    ok(ana.write(space, entry), 201)
    leave(sam)
    path = f"/api/journals/{space}/entries/{entry}"
    refused(ana.delete(path, {"rev": 2}), 401, "wrong")
    refused(ana.delete(path, {"rev": 2, "authKey": some(32)}), 401, "wrong")
    refused(sam.delete(path, {"rev": 2, "authKey": sam.auth_key}), 404, "not_found")
    with sam.socket() as open_page:
        ok(ana.delete(path, {"rev": 2, "authKey": ana.auth_key}))
        assert open_page.expect("journal:changed")["journal"] == space
    refused(sam.get(path), 404, "not_found")


def test_taking_an_answer_back_asks_for_the_password_and_leaves_the_others(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    for person in (ana, sam):
        ok(person.give())
    leave(ana)
    path = f"/api/archives/{space}/answers/{REF}"
    refused(ana.delete(path, {"rev": 2, "authKey": some(32)}), 401, "wrong")
    refused(ana.delete(path, {"rev": 2}), 400, "bad_request")
    refused(ana.delete(path, {"rev": 5, "authKey": ana.auth_key}), 409, "conflict")
    for _ in range(2):
        left = ok(ana.delete(path, {"rev": 2, "authKey": ana.auth_key}))
        assert left["mine"] is None
        assert left["theirs"]["author"] == sam.id
    (seen,) = answers(sam, space)
    assert (seen["mine"]["author"], seen["theirs"]) == (sam.id, None)
    ok(sam.delete(path, {"rev": 2, "authKey": sam.auth_key}))
    assert answers(sam, space) == answers(ana, space) == []


def test_taking_all_of_ones_words_back_leaves_the_others_words_alone(
    ana_and_sam: tuple[Person, Person, str], server: Server
) -> None:
    ana, sam, space = ana_and_sam
    others = new_id()
    ok(sam.write(space, others), 201)
    for _ in range(25):  # more than are deleted in one transaction
        entry = new_id()
        ok(ana.write(space, entry), 201)
    ok(ana.attach(space, entry, new_id(), sealed(SHARED_FILE), some(32)), 201)
    ok(ana.attach(space, new_id(), new_id(), sealed(SHARED_FILE), some(32)), 201)
    for person in (ana, sam):
        ok(person.give())
    leave(ana)
    path = f"/api/archives/{space}/words"
    refused(ana.delete(path, {"authKey": some(32)}), 401, "wrong")
    assert len(entries(sam, space)) == 28
    ok(ana.delete(path, {"authKey": ana.auth_key}), 204)
    assert {one["author"] for one in entries(sam, space)} == {sam.id}
    assert others in [one["id"] for one in entries(ana, space)]
    (left,) = answers(sam, space)
    assert left["theirs"] is None
    count = "SELECT count(*) FROM attachments WHERE journal_id = ?"
    assert in_database(server, count, bytes_of(space)) == [(0,)]
    gone = ok(sam.get(f"/api/journals/{space}/changes?limit=200"))["entries"]
    assert sum("gone" in one for one in gone) == 26  # including the name


def bytes_of(text: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(text + "==")


def test_words_of_an_active_space_are_not_taken_back_all_at_once(
    ana_and_sam: tuple[Person, Person, str], bystanders: Bystanders
) -> None:
    ana, _, space = ana_and_sam
    for one in (space, bystanders.space):
        path, key = f"/api/archives/{one}", {"authKey": ana.auth_key}
        refused(ana.delete(f"{path}/words", key), 404, "not_found")
        refused(ana.delete(f"{path}/answers/{REF}", key | {"rev": 2}), 404, "not_found")
    assert len(entries(ana, space)) == 2
