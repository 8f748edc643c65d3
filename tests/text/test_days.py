"""Days are read as people write them."""

from datetime import date

import pytest

from desktop.text.days import Days, days_of

MARCH = Days(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2026-03-05", Days(date(2026, 3, 5), date(2026, 3, 5))),
        ("2026年3月", MARCH),
        ("2026/3", MARCH),
        ("2025.12", Days(date(2025, 12, 1), date(2025, 12, 31))),
        ("2024-02", Days(date(2024, 2, 1), date(2024, 2, 29))),
        ("9999", Days(date(9999, 1, 1), date(9999, 12, 31))),
        ("2026-03-01 至 2026年3月31日", MARCH),
        ("2026-03～2026.3", MARCH),
        ("2026-03..", Days(date(2026, 3, 1), None)),
        ("..2026-03", Days(None, date(2026, 3, 31))),
    ],
)
def test_a_day_a_month_a_year_or_from_one_to_another(written: str, days: Days) -> None:
    assert days_of(written) == days


@pytest.mark.parametrize(
    "written", ["", "..", "昨天", "2026-13", "2026-02-30", "0000", "2027..2026", "2026..昨天", "26"]
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert days_of(written) is None
