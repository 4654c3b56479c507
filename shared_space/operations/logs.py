"""The log: one JSON object per line on standard error, without IP addresses, names or ids."""

import json
import logging
import sys
from typing import TextIO

from flask import Flask
from flask.logging import default_handler

from shared_space import clock
from shared_space.errors import error_counts, raise_location


class JsonFormatter(logging.Formatter):
    """Format a record as JSON, with the keys that Loki, Elasticsearch and journald expect.

    An exception is logged as its type and the line that raised it, never as its text, because
    the text may quote what a member sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON: timestamp (UTC), level, logger, message, error."""
        line = {
            "timestamp": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = f"{record.exc_info[0].__name__} at {raise_location(record.exc_info[1])}"
        return json.dumps(line, ensure_ascii=False)


class CountingHandler(logging.StreamHandler[TextIO]):
    """Writes each record, and counts errors by kind for the host's page."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count an error, and write the record."""
        if record.levelno >= logging.ERROR:
            raised = record.exc_info[0] if record.exc_info else None
            error_counts[getattr(record, "kind", raised.__name__ if raised else record.name)] += 1
        super().emit(record)


def register(app: Flask) -> None:
    """Send the logs of the app, Engine.IO and Socket.IO to standard error.

    Flask's default handler writes to the stream of the current request, which may be closed.
    """
    handler = CountingHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    app.logger.removeHandler(default_handler)
    app.logger.addHandler(handler)
    app.logger.propagate = False
    for name in ("engineio", "socketio"):
        library = logging.getLogger(name)
        library.handlers = [handler]
        library.propagate = False
