"""Column types, and the base class of every model."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, mapped_column


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A time in UTC on both engines; SQLite itself knows no zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Send UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Read UTC."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


@dataclass(frozen=True)
class Ownership:
    """What becomes of a model's rows when an account is deleted.

    `column` holds the owner's account id, and the rows go at once. Without one, `why` says where
    they are deleted instead, or that they name nobody.
    """

    column: str | None = None
    why: str = ""


class Base(DeclarativeBase):
    """Every model. One that does not declare whose its rows are is refused when it is defined."""

    ownership: ClassVar[Ownership]

    def __init_subclass__(cls, **options: Any) -> None:
        if "__tablename__" in cls.__dict__ and "ownership" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} does not declare the ownership of its rows")
        super().__init_subclass__(**options)

    type_annotation_map = {datetime: UtcDateTime, bytes: sa.LargeBinary, int: sa.BigInteger}  # noqa: RUF012


Id = Annotated[bytes, mapped_column(sa.LargeBinary(16))]
PrimaryId = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
Hash = Annotated[bytes, mapped_column(sa.LargeBinary(32))]
