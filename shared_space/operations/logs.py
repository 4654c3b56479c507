"""The log: a line of JSON for each thing worth knowing, without addresses, names or ids."""

import json
import logging
import sys

from flask import Flask
from flask.logging import default_handler

from shared_space import clock
from shared_space.errors import raise_location


class JsonFormatter(logging.Formatter):
    """Time, level, what happened. An exception is a type and a place: its text is anyone's."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line = {
            "at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = f"{record.exc_info[0].__name__} at {raise_location(record.exc_info[1])}"
        return json.dumps(line, ensure_ascii=False)


def register(app: Flask) -> None:
    """Write to standard error; the request's own stream may be shut."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    app.logger.removeHandler(default_handler)
    app.logger.addHandler(handler)
    app.logger.propagate = False
    for name in ("engineio", "socketio"):
        library = logging.getLogger(name)
        library.handlers = [handler]
        library.propagate = False
