"""The parts a plain Qt widget can play in the window, which the style sheet gives their look."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

PROPERTY = "role"


class Role(StrEnum):
    """What a widget is for. To add one: name it here and give it a rule in `stylesheet.py`."""

    BAR = "bar"
    """The line on top: a shade darker than the text, a line beneath."""
    SIDE = "side"
    """A column beside the text."""
    STATUS = "status"
    """The line at the bottom, a line above."""
    POPUP = "popup"
    """A small window of its own over the text: the bar at a selection, a list of completions."""
    CARD = "card"
    """A rounded sheet on a panel."""
    FIELD = "field"
    """A text edit the user writes in; the reader is one too, and is none of this."""
    TAB = "tab"
    """A checkable tool button that stands for a page: 目录, 文库."""
    SWITCH = "switch"
    """A tool button inside a line that switches what the line is for."""
    PLAIN = "plain"
    """A label in the colour of text."""
    MUTED = "muted"
    """A label that says something by the way."""
    STRONG = "strong"
    """A label in bold."""
    SEAL = "seal"
    """The program's name."""
    ALERT = "alert"
    """A label that says what went wrong."""


def set_role(widget: QWidget, role: Role) -> None:
    """Give a widget its part; it may change while the widget is shown."""
    if widget.property(PROPERTY) == role.value:
        return
    polished = widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    widget.setProperty(PROPERTY, role.value)
    if polished:
        # A style sheet looks at a property once, when the widget is first shown.
        widget.style().unpolish(widget)
        widget.style().polish(widget)
