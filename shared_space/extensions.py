"""Instances only; create_app() connects them."""

from flask_babel import Babel
from flask_login import LoginManager

babel = Babel()
login_manager = LoginManager()
