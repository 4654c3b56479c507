"""Alembic's environment, which uses the app's own connection."""

from alembic import context

from shared_space.models import ALL  # noqa: F401 so that autogenerate sees every table
from shared_space.storage.types import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
