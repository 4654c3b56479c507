"""The time zones of a country: the browser knows its own, and so where it is. Nothing is sent."""

from functools import lru_cache

from babel.core import get_global


@lru_cache(maxsize=300)
def time_zones(country: str) -> tuple[str, ...]:
    """Return every name that a browser may give a zone of this country, the old ones too."""
    own = {zone for zone, place in get_global("zone_territories").items() if place == country}
    old = {alias for alias, zone in get_global("zone_aliases").items() if zone in own}
    return tuple(sorted(own | old))
