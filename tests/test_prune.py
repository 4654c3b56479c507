"""What is over goes once a day, and nothing else: the times of a candle, and tries of long ago."""

from datetime import timedelta

from shared_space import clock, db
from shared_space.candle.models import STUMP, Candle, Flame
from shared_space.db import writing
from shared_space.limits import Attempts
from tests.conftest import MakeApp

HOUR = timedelta(hours=1)


def test_nobody_can_tell_any_more_when_a_candle_burned_or_who_tried_what(make_app: MakeApp) -> None:
    app = make_app()
    now = clock.now()
    over, stump, burns = (bytes([one]) * 16 for one in (1, 2, 3))
    untils = {over: now - STUMP - HOUR, stump: now - HOUR, burns: now + HOUR}
    with app.app_context():
        db.upgrade()
        with writing():
            for scope, until in untils.items():
                flame = Flame(account_id=scope, words_rev=1, words=b"sealed")
                candle = Candle(scope_id=scope, candle_id=scope, revision=4, until=until)
                candle.flames.append(flame)
                db.db.session.add(candle)
            for key, hours in ((over, 25), (stump, 23)):
                db.db.session.add(Attempts(key=key * 2, tries=5, until=now - hours * HOUR))
        before = {scope: Candle.of(scope).shown() for scope in untils}
        assert app.test_cli_runner().invoke(args=["prune"]).exit_code == 0
        db.db.rollback()
        assert {scope: Candle.of(scope).shown() for scope in untils} == before
        gone = Candle.of(over)
        assert (gone.candle_id, gone.until, gone.flames, gone.revision) == (None, None, [], 4)
        assert [len(Candle.of(one).flames) for one in (stump, burns)] == [1, 1]
        assert db.db.session.get(Attempts, over * 2) is None
        assert db.db.session.get(Attempts, stump * 2)
