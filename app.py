"""`python app.py` serves Shared Space; `app` is the same object for any WSGI server."""

from gevent import monkey

monkey.patch_all()  # before anything else is imported: psycopg and the sockets depend on it

import sys  # noqa: E402

from shared_space import create_app  # noqa: E402
from shared_space.config import SettingError  # noqa: E402
from shared_space.operations.server import serve  # noqa: E402

try:
    app = create_app()
except SettingError as wrong:
    sys.exit(f"Shared Space does not start until this is right:\n{wrong}")

if __name__ == "__main__":
    serve(app)
