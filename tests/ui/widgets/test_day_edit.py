"""A day, typed or picked from a calendar that can be read."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.theme.applying import apply_theme
from desktop.ui.theme.tokens import THEMES, Theme
from desktop.ui.widgets.day_edit import DayEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a window that pops up
SIX_WEEKS = date(2026, 8, 3)  # the first of the month is a Saturday


@pytest.fixture(params=THEMES.values(), ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest, app: QApplication) -> Theme:
    apply_theme(app, request.param)
    return request.param


@pytest.fixture
def edit(theme: Theme, qtbot: QtBot) -> DayEdit:
    """Return a day whose calendar is open."""
    edit = DayEdit(SIX_WEEKS, "yyyy-MM-dd")
    qtbot.addWidget(edit)
    edit.show()
    qtbot.waitExposed(edit)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=edit.rect().center() + edit.rect().topRight() / 2 * 0.9)
    assert edit.calendarWidget().isVisible()
    return edit


def test_the_calendar_shows_every_week_and_day_whole(edit: DayEdit) -> None:
    days = edit.calendarWidget().findChild(QTableView)
    last = days.visualRect(days.model().index(6, 6))
    assert days.viewport().rect().contains(last)
    first = days.visualRect(days.model().index(1, 0))
    assert abs(last.width() - first.width()) <= 1
    assert abs(last.height() - first.height()) <= 1
    assert last.height() >= days.fontMetrics().height()


def test_month_and_year_are_read_on_their_bar_and_weekends_are_days_like_others(edit: DayEdit, theme: Theme) -> None:
    calendar = edit.calendarWidget()
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    bar = month.parentWidget().grab().toImage()
    scale = bar.devicePixelRatio()
    colours = {
        bar.pixelColor(int(x * scale), int(y * scale)).name()
        for x in range(month.x(), month.geometry().right())
        for y in range(month.y(), month.geometry().bottom())
    }
    assert theme.panel in colours
    assert theme.ink in colours
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day) == calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)


def test_a_day_is_picked_by_keys_and_typed(edit: DayEdit, qtbot: QtBot) -> None:
    calendar = edit.calendarWidget()
    QTest.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Right)
    QTest.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not calendar.isVisible())
    assert edit.day() == date(2026, 8, 4)
    edit.setSelectedSection(DayEdit.Section.YearSection)
    QTest.keyClicks(edit, "20251231")
    assert edit.day() == date(2025, 12, 31)


def test_another_theme_is_taken(edit: DayEdit, theme: Theme, app: QApplication) -> None:
    def sign() -> str:
        button = edit.calendarWidget().findChild(QToolButton, "qt_calendar_prevmonth")
        return str(button.icon().cacheKey())

    before = sign()
    apply_theme(app, next(other for other in THEMES.values() if other is not theme))
    assert sign() != before
    assert isinstance(edit.calendarWidget(), QCalendarWidget)
    assert edit.date() == QDate(2026, 8, 3)
