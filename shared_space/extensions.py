"""Flask extensions that other modules import. create_app() attaches them to the app."""

from flask_babel import Babel
from flask_login import LoginManager

babel = Babel()
login_manager = LoginManager()
