"""Column types, and the base class of every model."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, mapped_column


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A datetime in UTC. SQLite has no time zones, so they are removed and added here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Convert to UTC for the database."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return the stored time as an aware datetime in UTC."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


@dataclass(frozen=True)
class Ownership:
    """What happens to a model's rows when an account is deleted.

    `column` names the attribute with the owner's account id: the rows are deleted at once.
    Without it, `why` says where they are deleted instead, or that they belong to nobody.
    """

    column: str | None = None
    why: str = ""


class Base(DeclarativeBase):
    """Base class of all models. Defining one without `ownership` raises TypeError."""

    ownership: ClassVar[Ownership]

    def __init_subclass__(cls, **options: Any) -> None:
        if "__tablename__" in cls.__dict__ and "ownership" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} does not declare the ownership of its rows")
        super().__init_subclass__(**options)

    type_annotation_map = {datetime: UtcDateTime, bytes: sa.LargeBinary, int: sa.BigInteger}  # noqa: RUF012


Id = Annotated[bytes, mapped_column(sa.LargeBinary(16))]
PrimaryId = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
Hash = Annotated[bytes, mapped_column(sa.LargeBinary(32))]
