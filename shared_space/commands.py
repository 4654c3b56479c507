"""The flask commands: `flask upgrade`, `flask signup-code`, `flask prune`."""

import click
from flask import Flask, current_app

from shared_space import db
from shared_space.db import writing


def register(app: Flask) -> None:
    """Add the commands."""
    for command in (upgrade, signup_code, prune):
        app.cli.add_command(command)


@click.command()
def upgrade() -> None:
    """Bring the database to the newest revision."""
    db.upgrade()


@click.command("signup-code")
def signup_code() -> None:
    """Print a link with which one account can be made."""
    from shared_space.accounts.models import SignupCode

    with writing():
        code = SignupCode.make()
    click.echo(f"{current_app.config['ORIGIN']}/en/sign-up#{code}")


@click.command()
def prune() -> None:
    """Remove sessions, invitations and attachments whose time is over."""
    from shared_space.accounts.models import DeviceSession
    from shared_space.journals.attachments import Attachment
    from shared_space.linking.models import Invitation
    from shared_space.passkeys.models import Challenge

    with writing():
        Challenge.prune()
        DeviceSession.prune()
        Invitation.prune()
        Attachment.prune()
