"""The data folder: created at the first start, readable only by the user who runs the server."""

import os
from pathlib import Path

from flask import Flask

from shared_space.config import SettingError
from shared_space.server_secret import server_secret


def prepare(app: Flask) -> None:
    """Create the folder and the server's secret, or read the existing secret.

    Sets the process's umask to 0077. Raises SettingError if the folder cannot be written or its
    secret has the wrong length.
    """
    data: Path = app.config["DATA"]
    os.umask(0o077)  # files that the app writes are readable by its user only
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = server_secret(data)
    except OSError as error:
        raise SettingError(
            f"SPACE_DATA: {data} cannot be written by the user who runs this ({error.strerror}). "
            f"Name another folder, or give it to them: chown -R NAME {data}"
        ) from error
    except ValueError as error:
        raise SettingError(
            f"SPACE_DATA: {error}. Put the secret of the last backup into {data}"
        ) from error
    app.config["SERVER_SECRET"] = secret
