"""A line for a day, which is typed or picked from a calendar."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QTableView, QToolButton, QWidget

from desktop.ui.theme.icons import icon

_TURNING = {"qt_calendar_prevmonth": "back", "qt_calendar_nextmonth": "forward"}
_LINES = _DAYS = 7
"""A calendar has a line of names of days, and up to six weeks."""
_LINE_HEIGHT, _BAR_HEIGHT, _DAY_WIDTH = 27, 38, 38
_SIGN = QSize(14, 14)


class DayEdit(QDateEdit):
    """A day, with a calendar in the colours of the window that has room for six weeks."""

    def __init__(self, day: date, shown: str, parent: QWidget | None = None) -> None:
        super().__init__(QDate(day.year, day.month, day.day), parent)
        self.setDisplayFormat(shown)
        self.setCalendarPopup(True)
        self._dress(self.calendarWidget())

    def day(self) -> date:
        """Return the day."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress(self.calendarWidget())

    def _dress(self, calendar: QCalendarWidget) -> None:
        """Give the calendar what a style sheet can't: its signs, and weekends that aren't the colour of errors."""
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for name, sign in _TURNING.items():
            button = cast("QToolButton", calendar.findChild(QToolButton, name))
            button.setIcon(icon(sign, muted.name()))
            button.setIconSize(_SIGN)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        names = QTextCharFormat()
        names.setForeground(muted)
        calendar.setHeaderTextFormat(names)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())
        days = cast("QTableView", calendar.findChild(QTableView, "qt_calendar_calendarview"))
        for header in (days.verticalHeader(), days.horizontalHeader()):
            header.setMinimumSectionSize(1)  # with the sheet's padding of headers the last ones would be cut
        calendar.setMinimumSize(_DAYS * _DAY_WIDTH, _BAR_HEIGHT + _LINES * _LINE_HEIGHT)
