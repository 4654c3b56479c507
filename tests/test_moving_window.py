"""The rate limiter's moving window, as counted by a single process."""

import time

import pytest

from shared_space.http.moving_window import PRUNE_THRESHOLD, MovingWindowStorage

MINUTE = 60


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def test_so_many_a_minute_and_no_more_until_the_first_is_over(clock: list[float]) -> None:
    windows = MovingWindowStorage()
    for second in range(3):
        clock[0] += second
        assert windows.acquire_entry("ana", 3, MINUTE)
    assert not windows.acquire_entry("ana", 3, MINUTE)
    assert windows.acquire_entry("sam", 3, MINUTE)  # each key is counted separately
    assert windows.get_moving_window("ana", 3, MINUTE) == (1_000_000.0, 3)
    clock[0] = 1_000_000.0 + MINUTE
    assert windows.acquire_entry("ana", 3, MINUTE)
    # The second attempt still counts for one more second.
    assert not windows.acquire_entry("ana", 3, MINUTE)
    assert windows.get_moving_window("ana", 3, MINUTE) == (1_000_001.0, 3)


def test_whoever_has_not_been_here_for_a_while_is_forgotten(clock: list[float]) -> None:
    windows = MovingWindowStorage()
    for number in range(PRUNE_THRESHOLD + 1):
        assert windows.acquire_entry(f"stranger {number}", 3, MINUTE)
    # Expired attempts are removed here, and all of these are still valid.
    assert windows.acquire_entry("ana", 1, MINUTE)
    assert len(windows.expiries) == PRUNE_THRESHOLD + 2
    clock[0] += 2 * MINUTE
    for number in range(PRUNE_THRESHOLD + 1):
        assert windows.acquire_entry(f"another {number}", 3, MINUTE)
    assert windows.acquire_entry("ana", 1, MINUTE)
    assert "stranger 1" not in windows.expiries
    assert not windows.acquire_entry("ana", 1, MINUTE)
