"""One test for a whole collection, which reports all faults of all items."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Check = Callable[[Item], None]


def for_each(items: Iterable[Item]) -> Callable[[Check[Item]], Callable[[], None]]:
    """Turn a check of one item into a test of all items, which fails with all faults."""

    def test_of(check: Check[Item]) -> Callable[[], None]:
        def test() -> None:
            faults = []
            for item in items:
                try:
                    check(item)
                except AssertionError as fault:
                    faults.append(f"{item!r:.120}\n    {fault}")
            assert not faults, "\n".join(faults)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return test_of
