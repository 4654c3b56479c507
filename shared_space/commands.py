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
    """Remove what is over: sessions, invitations, lone attachments, accounts being deleted."""
    from shared_space.accounts.erasure import Erasure
    from shared_space.accounts.models import DeviceSession
    from shared_space.journals.attachments import Attachment
    from shared_space.linking.models import Invitation

    with writing():
        DeviceSession.prune()
        Invitation.prune()
        Attachment.prune()
    Erasure.finish_all()
