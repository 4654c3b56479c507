"""A closed app releases its connections, ports and greenlets, so that its process can exit."""

import subprocess
import sys

import redis

from tests.patience import SECONDS
from tests.servers import ROOT, free_port

# Prints what is running and connected, once while everything is in use and once after closing.
PROGRAM = """
import app, gc
import gevent, psutil
from shared_space.live.server import live_server
from shared_space.operations import private_port
from shared_space.reminders import notifier
from shared_space.resources import close
from shared_space.storage.database import db

private_port.serve(app.app)
pubsub = live_server(app.app).pubsub
pubsub.start(app.app)
notifier.start(app.app)
while not pubsub.connected:
    gevent.sleep(0.01)
def held():
    gc.collect()
    tasks = [one for one in gc.get_objects() if isinstance(one, gevent.Greenlet) and not one.dead]
    return len(tasks), len(psutil.Process().net_connections())
with app.app.app_context():
    db.connection.exec_driver_sql("SELECT 1")
app.app.test_client().post("/api/seed", base_url=app.app.config["ORIGIN"], json={"login": "ana"})
print(*map(bool, held()))
close(app.app)
print(*held())
"""


def test_a_closed_app_holds_nothing(redis_url: str, postgres_url: str, tmp_path: str) -> None:
    settings = {
        "SPACE_DATA": str(tmp_path),
        "SPACE_DATABASE_URL": postgres_url,
        "SPACE_METRICS_PORT": str(free_port()),
        "SPACE_REDIS_URL": redis_url,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=settings, capture_output=True, text=True,
        timeout=4 * SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["True True", "0 0"], done.stderr
    with redis.Redis.from_url(redis_url) as client:
        assert len(client.client_list()) == 1  # the connection of this client
