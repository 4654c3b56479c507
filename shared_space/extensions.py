"""Instances only; create_app() connects them."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_socketio import SocketIO

from shared_space.addresses import block

babel = Babel()
limiter = Limiter(key_func=block, headers_enabled=False)
login_manager = LoginManager()
socketio = SocketIO()
