"""The data folder: made at the first start, closed to everyone else on this machine."""

import os
from pathlib import Path

from flask import Flask

from shared_space.config import SettingError
from shared_space.server_secret import server_secret


def prepare(app: Flask) -> None:
    """Make the folder and the server's secret, or read the secret that is there.

    Raises SettingError when the folder cannot be written, or holds a secret that is not ours.
    """
    data: Path = app.config["DATA"]
    os.umask(0o077)  # whatever the app writes, nobody else on this machine reads
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
