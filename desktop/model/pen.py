"""The five pens: the colours a user marks with, and what they are called."""

from __future__ import annotations

from typing import NamedTuple


class Pen(NamedTuple):
    """A colour by its number, 1 to 5, and the user's name for it."""

    number: int
    name: str


DEFAULT_PENS = (Pen(1, "重点"), Pen(2, "疑问"), Pen(3, "数据"), Pen(4, "任务"), Pen(5, "精彩"))
"""The names the pens have until the user changes them."""
