"""Column types, and the base class of every model."""

from datetime import UTC, datetime
from typing import Annotated

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


class Base(DeclarativeBase):
    """Every model."""

    type_annotation_map = {datetime: UtcDateTime, bytes: sa.LargeBinary, int: sa.BigInteger}  # noqa: RUF012


Id = Annotated[bytes, mapped_column(sa.LargeBinary(16))]
PrimaryId = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
Hash = Annotated[bytes, mapped_column(sa.LargeBinary(32))]
