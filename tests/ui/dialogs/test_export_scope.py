"""Which marks are exported, as it is chosen."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_scope import ScopePicker
from desktop.ui.export_scopes import ALL, Choice, Scope


def test_of_two_that_are_called_alike_the_one_in_the_list_is_taken(qtbot: QtBot) -> None:
    clauses = tuple(Choice(key, "一 总则", "一 总则", Selection()) for key in ("first", "second"))
    picker = ScopePicker([ALL, Scope("clause", "条款及以下", clauses)], [], "clause:second")
    qtbot.addWidget(picker)
    chosen = picker.choice()
    assert chosen is not None
    assert chosen.id == "second"
    picker.value.setCurrentIndex(0)
    assert picker.choice() is clauses[0]
    picker.value.setEditText("一 总")
    assert picker.choice() is None  # it may be either
