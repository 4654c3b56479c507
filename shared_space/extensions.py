"""Instances only; create_app() connects them."""

from flask_babel import Babel
from flask_login import LoginManager
from flask_socketio import SocketIO

babel = Babel()
login_manager = LoginManager()
socketio = SocketIO()
