"""The flask commands: upgrade, backup, restore, check, prune, signup-code, manifest and more."""

from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask, current_app

from shared_space.accounts.deletion import AccountDeletion
from shared_space.accounts.models import Account, DeviceSession, SignupCode
from shared_space.accounts.throttle import Attempts
from shared_space.candle.models import Candle
from shared_space.config import SettingError
from shared_space.journals.attachments import Attachment
from shared_space.linking.invitations import Invitation
from shared_space.operations import doctor, status
from shared_space.passkeys.models import Challenge
from shared_space.release.manifest import published_manifest
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.storage import backup as backups
from shared_space.storage import diagnostics, migrate
from shared_space.storage.transactions import write_transaction


class Command(click.Command):
    """A command that reports errors of the database, the disk or a backup in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and translate its errors into click's."""
        try:
            return super().invoke(ctx)
        except (backups.BackupError, SettingError) as error:
            raise click.ClickException(str(error)) from error
        except sa.exc.DBAPIError as error:
            raise click.ClickException(
                diagnostics.explain_database_error(current_app, error)
            ) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}.") from error


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)


@click.command(cls=Command)
def upgrade() -> None:
    """Migrate the database to the newest revision."""
    migrate.upgrade()


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    """Make a backup in FOLDER; the app may run meanwhile."""
    backups.create(folder)
    click.echo(f"{folder} is a whole backup.")


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def restore(folder: Path) -> None:
    """Restore the backup in FOLDER into a data folder without a database."""
    backups.restore(folder)
    migrate.upgrade()
    click.echo("Everything in the backup is here. Everyone signs in again.")


@click.command(cls=Command)
def check() -> None:
    """Check whether everything is in order; exits with 1 if something is not."""
    results = [*doctor.run_checks(every_page=True), *status.running_process()]
    for result in results:
        click.echo(f"{'ok   ' if result.ok else 'FAIL '} {result.message}")
    if not all(result.ok for result in results):
        click.echo("Each line that begins with FAIL says what to do.")
        raise SystemExit(1)
    click.echo("Everything is in order.")


@click.command("signup-code", cls=Command)
def signup_code() -> None:
    """Print a link with which one account can be created."""
    with write_transaction():
        code = SignupCode.create()
    click.echo(f"{current_app.config['ORIGIN']}/en/sign-up#{code}")


@click.command("unused-accounts", cls=Command)
def unused_accounts() -> None:
    """List accounts without entries, sessions and partner, oldest first."""
    for account in Account.unused():
        click.echo(f"{account.joined_on}  {account.login}")


@click.command("end-account", cls=Command)
@click.argument("login")
def end_account(login: str) -> None:
    """Delete the account of LOGIN and its individual journal; what it shared stays."""
    with write_transaction():
        account = Account.by_login(login)
        if account is None:
            raise click.ClickException(f"Nobody here signs in as {login}.")
        ended = account.id
        AccountDeletion.start(account, take_back=False)
    AccountDeletion.finish(ended)
    click.echo(f"{login} is gone. Pages that are still open notice with their next request.")


@click.command(cls=Command)
def prune() -> None:
    """Delete whatever has expired, and finish interrupted deletions."""
    with write_transaction():
        Challenge.prune()
        DeviceSession.prune()
        Invitation.prune()
        Attachment.prune()
        Signal.prune()
        Rest.prune()
        Candle.prune()
        Attempts.prune()
    AccountDeletion.finish_all()


@click.command("manifest", cls=Command)
def print_manifest() -> None:
    """Print the hashes of every page, script, style and worker of this release."""
    click.echo(published_manifest(), nl=False)


COMMANDS = (
    upgrade,
    backup,
    restore,
    check,
    prune,
    signup_code,
    unused_accounts,
    end_account,
    print_manifest,
)
