"""The app's clock. Tests replace `now`."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def current_hour() -> datetime:
    """Return the beginning of the current hour. No finer time is stored about a member."""
    return now().replace(minute=0, second=0, microsecond=0)


def ceil_to_quarter_hour(moment: datetime) -> datetime:
    """Round a time up to a quarter of an hour."""
    step = timedelta(minutes=15)
    past = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment if not past else moment - past + step
