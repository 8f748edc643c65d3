"""A moment is told the way people tell it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from desktop.text.times import local_time_text

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 6, 9, 0, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 3, 5, 16, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 3, 6, 0, 32, tzinfo=UTC), "08:32"),
        (datetime(2026, 3, 5, 15, 59, tzinfo=UTC), "昨天 23:59"),
        (datetime(2026, 3, 4, 16, 0, tzinfo=UTC), "昨天 00:00"),
        (datetime(2026, 3, 4, 15, 59, tzinfo=UTC), "3月4日"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "1月1日"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025年12月31日"),
        (datetime(2026, 3, 6, 20, 0, tzinfo=UTC), "3月7日"),  # a colleague's clock runs ahead
    ],
)
def test_today_by_the_clock_before_by_the_calendar(moment: datetime, told: str) -> None:
    assert local_time_text(moment, NOW) == told


def test_yesterday_may_be_last_year() -> None:
    now = datetime(2026, 1, 1, 8, 0, tzinfo=BEIJING)
    assert local_time_text(datetime(2025, 12, 31, 20, 0, tzinfo=BEIJING), now) == "昨天 20:00"


def test_a_moment_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_time_text(datetime(2026, 3, 5, 16, 0), NOW)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        local_time_text(NOW, datetime(2026, 3, 5, 16, 0))  # noqa: DTZ001
