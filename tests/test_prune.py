"""Once a day, expired data is deleted and nothing else: times of old candles, old attempts."""

from datetime import timedelta

from shared_space import clock
from shared_space.accounts.throttle import Attempts
from shared_space.candle.models import SHOW_ENDED_FOR, Candle, Flame
from shared_space.storage import database, migrate
from shared_space.storage.transactions import write_transaction
from tests.conftest import MakeApp

HOUR = timedelta(hours=1)


def test_nobody_can_tell_any_more_when_a_candle_burned_or_who_tried_what(make_app: MakeApp) -> None:
    app = make_app()
    now = clock.now()
    over, stump, burns = (bytes([one]) * 16 for one in (1, 2, 3))
    untils = {over: now - SHOW_ENDED_FOR - HOUR, stump: now - HOUR, burns: now + HOUR}
    with app.app_context():
        migrate.upgrade()
        with write_transaction():
            for scope, until in untils.items():
                flame = Flame(account_id=scope, words_rev=1, words=b"sealed")
                candle = Candle(scope_id=scope, candle_id=scope, revision=4, until=until)
                candle.flames.append(flame)
                database.db.session.add(candle)
            for key, hours in ((over, 25), (stump, 23)):
                database.db.session.add(Attempts(key=key * 2, tries=5, ends_at=now - hours * HOUR))
        before = {scope: Candle.get_or_unlit(scope).to_json() for scope in untils}
        assert app.test_cli_runner().invoke(args=["prune"]).exit_code == 0
        database.db.rollback()
        assert {scope: Candle.get_or_unlit(scope).to_json() for scope in untils} == before
        gone = Candle.get_or_unlit(over)
        assert (gone.candle_id, gone.until, gone.flames, gone.revision) == (None, None, [], 4)
        assert [len(Candle.get_or_unlit(one).flames) for one in (stump, burns)] == [1, 1]
        assert database.db.session.get(Attempts, over * 2) is None
        assert database.db.session.get(Attempts, stump * 2)
