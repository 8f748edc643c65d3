"""What the reader's tests share: a reader in a window, the plan, long and odd texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.model.mark import MarkStyle
from desktop.model.outline import Outline
from desktop.parsing.outline import parse_outline
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import LIGHT


@pytest.fixture(scope="session")
def plan_outline(plan_text: str) -> Outline:
    """Return the plan's outline."""
    return parse_outline(plan_text)


@pytest.fixture(scope="session")
def no_outline() -> Outline:
    """Return the outline of a text that has none."""
    return Outline("", (), (), ())


@pytest.fixture(scope="session")
def long_text(plan_text: str) -> str:
    """Nearly a million characters in some fifteen thousand lines."""
    return "\n".join(f"{number}{plan_text}" for number in range(100))


@pytest.fixture
def empty_reader(qtbot: QtBot) -> Reader:
    """Show a reader as large as on the smallest screen, with the focus and without a text."""
    reader = Reader(LIGHT)
    qtbot.addWidget(reader)
    reader.resize(754, 694)
    reader.show()
    qtbot.waitExposed(reader)
    reader.activateWindow()
    reader.setFocus()
    return reader


@pytest.fixture
def reader(empty_reader: Reader, plan_text: str, plan_outline: Outline) -> Reader:
    """Show the reader with the plan in it."""
    empty_reader.show_text(plan_text, plan_outline)
    return empty_reader


@pytest.fixture(scope="session")
def mark() -> Callable[..., PaintedMark]:
    """Make a yellow fill, or what is asked for."""

    def make(name: str, start: int, end: int, **changes: object) -> PaintedMark:
        looks = {"pen": 1, "style": MarkStyle.FILL, "has_note": False, "private": False, "on_clause": False} | changes
        return PaintedMark(name, start, end, **looks)  # type: ignore[arg-type]

    return make
