"""The one clock. Tests replace `now`."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def current_hour() -> datetime:
    """Return the hour we are in: the finest time kept about a person."""
    return now().replace(minute=0, second=0, microsecond=0)


def ceil_to_quarter_hour(moment: datetime) -> datetime:
    """Round a moment up to 15 minutes."""
    step = timedelta(minutes=15)
    past = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment if not past else moment - past + step
