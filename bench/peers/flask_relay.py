"""A plain Flask-SocketIO relay on gevent, as in its documentation."""

import sys

from gevent import monkey

monkey.patch_all()

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
app.config["SECRET_KEY"] = "bench"
socketio = SocketIO(app, async_mode="gevent")


def connect() -> None:
    """Join the pair's room."""
    join_room(request.args["pair"])


def hold(down: object) -> None:
    """Send the event to both members of the pair."""
    emit("candle:hold", {"holding": [down]}, to=request.args["pair"])


socketio.on("connect")(connect)
socketio.on("candle:hold")(hold)

if __name__ == "__main__":
    socketio.run(app, "127.0.0.1", int(sys.argv[1]))
