"""The `shared-space` command of an installed package: `serve`, and every command of the app.

It stands outside the package, because gevent has to patch Python before the package is imported.
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402

import click  # noqa: E402
from flask.cli import (  # noqa: E402
    FlaskGroup,
    ScriptInfo,
    pass_script_info,
)

from shared_space import create_app  # noqa: E402
from shared_space.config import SettingError  # noqa: E402
from shared_space.operations import server  # noqa: E402

HELP = "A quiet, end-to-end encrypted place for two. Settings are environment variables."


@click.command()
@pass_script_info
def serve(info: ScriptInfo) -> None:
    """Serve until told to stop by SIGTERM or Ctrl-C."""
    server.serve(info.load_app())


group = FlaskGroup(
    name="shared-space", create_app=create_app, add_default_commands=False, help=HELP
)
group.add_command(serve)


def main() -> None:
    """Run the command; an invalid setting ends it with one sentence."""
    try:
        group.main(prog_name="shared-space")
    except SettingError as wrong:
        sys.exit(f"Shared Space does not start until this is right:\n{wrong}")
