"""Who may do what: every route and every event, for everyone there is, in one table."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

import pytest

from shared_space import create_app, realtime
from shared_space.config import SETTINGS
from tests.boxes import (
    PIN,
    PRIVATE_FILE,
    REF,
    SHARED_FILE,
    WORDS,
    box,
    new_id,
    proof_of,
    some,
    wrap,
)
from tests.noise import Noise
from tests.people import Person, hence, linked_couple, ok, space_of
from tests.servers import OPEN, ROOT, Server

# Ana was linked with Fred, who left; then with Sam. Fred waits for somebody he invited since.
# In `own` the journal is Ana's alone, in `both` hers and Sam's, in `past` hers and Fred's.
# What stands in a journal, every answer, flame and session that is asked for, is Ana's.
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
PUT    /api/password                                    401 200 200 200 200 401
PUT    /api/sheet                                       401 204 204 204 204 401
POST   /api/recovery/opening                            200 200 200 200 200 200
POST   /api/recovery                                    201 201 201 201 201 201
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
GET    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 200 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> past 401 409 404 409 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> both 401 200 404 404 404 401
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
GET    /                                                302 302 302 302 302 302
GET    /healthz                                         200 200 200 200 200 200
GET    /static/manifest.json                            200 200 200 200 200 200
GET    /static/<release>/<path:name>                    200 200 200 200 200 200
GET    /<any(en, es):language>/                         200 200 200 200 200 200
GET    /<any(en, es):language>/help                     200 200 200 200 200 200
GET    /<any(en, es):language>/guide/                   200 200 200 200 200 200
GET    /<any(en, es):language>/guide/<part_id>          200 200 200 200 200 200
GET    /<any(en, es):language>/space/                   200 200 200 200 200 200
GET    /<any(en, es):language>/space/<path:_rest>       200 200 200 200 200 200
GET    /<any(en, es):language>/sign-up                  200 200 200 200 200 200
GET    /<any(en, es):language>/sign-in                  200 200 200 200 200 200
GET    /<any(en, es):language>/recover                  200 200 200 200 200 200
GET    /<any(en, es):language>/join                     200 200 200 200 200 200
"""
