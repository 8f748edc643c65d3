"""How a moment is told: by the clock today, by the calendar before."""

from __future__ import annotations

from datetime import datetime, timedelta


def local_time_text(moment: datetime, now: datetime) -> str:
    """Return "14:32", "昨天 14:32", "3月5日" or "2025年3月5日", in the time zone of `now`.

    Both moments carry a time zone; raises ValueError where one does not.
    """
    if moment.tzinfo is None or now.tzinfo is None:
        raise ValueError("a moment without a time zone")
    local = moment.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    if local.date() == now.date():
        return clock
    if local.date() == now.date() - timedelta(days=1):
        return f"昨天 {clock}"
    if local.year == now.year:
        return f"{local.month}月{local.day}日"
    return f"{local.year}年{local.month}月{local.day}日"
