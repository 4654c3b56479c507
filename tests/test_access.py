"""Access to every route, for people in every state, in one table."""

import re

import pytest
from flask import Flask

from tests.world import PEOPLE, World, lines

# Ana was linked with Fred, who left, and is linked with Sam now. Fred has invited someone since,
# who accepted. `own` is Ana's individual journal, `both` her journal with Sam, `past` the one with
# Fred. The entries, answers, flames and sessions that are requested are all Ana's.
ROUTES = """
                                                     nobody ana sam fred stranger ended
GET    /api/sign-up                                     200 200 200 200 200 200
POST   /api/seed                                        200 200 200 200 200 200
POST   /api/accounts                                    201 201 201 201 201 201
POST   /api/sessions                                    401 201 201 201 201 201
GET    /api/sessions                                    401 200 200 200 200 401
DELETE /api/sessions/<session_id>                       401 204 404 404 404 401
DELETE /api/sessions                                    401 204 204 204 204 401
DELETE /api/session                                     401 204 204 204 204 401
DELETE /api/device                                      401 204 204 204 204 401
GET    /api/me                                          401 200 200 200 200 401
GET    /api/state                                       401 200 200 200 200 401
DELETE /api/account                                     401 204 204 204 204 401
PUT    /api/password                                    401 200 200 200 200 401
PUT    /api/sheet                                       401 204 204 204 204 401
POST   /api/recovery/opening                            200 200 200 200 200 200
POST   /api/recovery                                    201 201 201 201 201 201
POST   /api/passkeys/challenges                         201 201 201 201 201 201
GET    /api/passkeys                                    401 200 200 200 200 401
POST   /api/passkeys                                    401 201 201 201 201 401
DELETE /api/passkeys/<passkey_id>                       401 204 404 404 404 401
POST   /api/passkeys/sessions                           201 201 201 201 201 201
POST   /api/invitations                                 401 409 409 409 201 401
DELETE /api/invitations                                 401 404 404 204 404 401
POST   /api/invitations/opening                         401 409 409 409 200 401
POST   /api/invitations/acceptance                      401 409 409 409 200 401
POST   /api/invitations/confirmation                    401 404 404 200 404 401
PUT    /api/space/pin                                   401 204 204 404 404 401
DELETE /api/space                                       401 204 204 204 404 401
GET    /api/journals/<journal_id>/entries          own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries          both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries          past 401 200 404 200 404 401
GET    /api/journals/<journal_id>/changes          own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/changes          both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/changes          past 401 200 404 200 404 401
GET    /api/journals/<journal_id>/history          own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/history          both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/history          past 401 200 404 200 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 200 404 401
PUT    /api/journals/<journal_id>/entries          own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries          both 401 200 200 404 404 401
PUT    /api/journals/<journal_id>/entries          past 401 409 404 409 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> past 401 409 404 409 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> own  401 201 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> both 401 201 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> past 401 409 404 409 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> past 401 200 404 200 404 401
GET    /api/candle                                      401 200 200 200 200 401
PUT    /api/candle/flame                                401 200 200 200 200 401
DELETE /api/candle/flame                                401 200 200 200 200 401
PUT    /api/candle/until                                401 200 409 409 409 401
PUT    /api/candle/words                                401 200 409 409 409 401
GET    /api/talk/answers                                401 200 200 404 404 401
PUT    /api/talk/answers/<ref>                          401 200 200 404 404 401
DELETE /api/talk/answers/<ref>                          401 200 200 404 404 401
POST   /api/talk/answers/<ref>/opening                  401 200 404 404 404 401
GET    /api/archives/<space_id>/answers            both 401 404 404 404 404 401
GET    /api/archives/<space_id>/answers            past 401 200 404 200 404 401
GET    /api/signals/<space_id>                     both 401 200 200 404 404 401
GET    /api/signals/<space_id>                     past 401 409 404 409 404 401
PUT    /api/signals/<space_id>                     both 401 200 200 404 404 401
PUT    /api/signals/<space_id>                     past 401 409 404 409 404 401
DELETE /api/signals/<space_id>                     both 401 200 200 404 404 401
DELETE /api/signals/<space_id>                     past 401 409 404 409 404 401
GET    /api/rest                                        401 200 200 200 200 401
PUT    /api/rest                                        401 200 200 200 200 401
DELETE /api/rest                                        401 200 200 200 200 401
GET    /api/reminders                                   401 200 200 200 200 401
PUT    /api/reminders/<reminder_id>                     401 200 404 404 404 401
DELETE /api/reminders/<reminder_id>                     401 204 404 404 404 401
GET    /api/push                                        401 200 200 200 200 401
PUT    /api/push                                        401 200 200 200 200 401
DELETE /api/push                                        401 204 204 204 204 401
DELETE /api/archives/<space_id>/answers/<ref>      both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/answers/<ref>      past 401 200 404 200 404 401
DELETE /api/archives/<space_id>/words              both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/words              past 401 204 404 204 404 401
DELETE /api/archives/<space_id>/notice             both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/notice             past 401 204 404 204 404 401
GET    /                                                302 302 302 302 302 302
GET    /healthz                                         200 200 200 200 200 200
GET    /host                                            404 404 404 404 404 404
GET    /host.json                                       404 404 404 404 404 404
GET    /sw.js                                           200 200 200 200 200 200
GET    /<any(en, es):language>/<any(space, notes, weather):face>.webmanifest 200 200 200 200 200 200
GET    /static/manifest.json                            200 200 200 200 200 200
GET    /static/<release>/<path:name>                    200 200 200 200 200 200
GET    /<any(en, es):language>/                         200 200 200 200 200 200
GET    /<any(en, es):language>/help                     200 200 200 200 200 200
GET    /<any(en, es):language>/protects                 200 200 200 200 200 200
GET    /<any(en, es):language>/card                     200 200 200 200 200 200
GET    /<any(en, es):language>/guide/                   200 200 200 200 200 200
GET    /<any(en, es):language>/guide/first-days         200 200 200 200 200 200
GET    /<any(en, es):language>/guide/words              200 200 200 200 200 200
GET    /<any(en, es):language>/guide/<part_id>          200 200 200 200 200 200
GET    /<any(en, es):language>/space/                   200 200 200 200 200 200
GET    /<any(en, es):language>/space/<path:_rest>       200 200 200 200 200 200
GET    /<any(en, es):language>/space/later/<name>       200 200 200 200 200 200
GET    /<any(en, es):language>/sign-up                  200 200 200 200 200 200
GET    /<any(en, es):language>/sign-in                  200 200 200 200 200 200
GET    /<any(en, es):language>/recover                  200 200 200 200 200 200
GET    /<any(en, es):language>/join                     200 200 200 200 200 200
"""

CODES = {
    401: {"signed_out", "wrong"},
    404: {"not_found"},
    409: {"archived", "already_joining", "already_linked", "conflict"},
}


def parts_of(row: str) -> tuple[str, str, str]:
    """Split the first column of a row into its method, rule and journal."""
    found = re.fullmatch(r"(GET|POST|PUT|DELETE) (/.*?)(?: (own|both|past))?", row)
    assert found, row
    return found[1], found[2], found[3] or ""


ROWS = [row for row, _ in lines(ROUTES)]
CASES = {
    (row, name): (*parts_of(row), int(status))
    for row, statuses in lines(ROUTES)
    for name, status in zip(PEOPLE, statuses, strict=True)
}


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    there = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert len(there) > 45
    assert {(method, rule) for method, rule, _, _ in CASES.values()} == there
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("case", ROWS)
def test_a_route_answers_everyone_as_the_table_says(world: World, case: str, name: str) -> None:
    method, rule, place, expected = CASES[case, name]
    before = world.rows()
    answer = world.ask(name, method, rule, place)
    assert answer.status_code == expected, answer.text
    if expected >= 400 and rule.startswith("/api/"):  # a page explains the refusal in words
        assert answer.json()["error"] in CODES[expected]
        assert world.rows() == before
    elif method == "GET":
        assert world.rows() == before
