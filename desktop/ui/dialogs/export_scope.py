"""Which marks are exported: a kind (all, a tag, days …) and, where it takes one, which of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.model.mark import Mark
from desktop.services.exporting import Selection
from desktop.services.selecting import between
from desktop.ui.export_scopes import DAYS, Choice, Scope
from desktop.ui.widgets.day_edit import DayEdit

_SHOWN = 14


class ScopePicker(QWidget):
    """Two lines: the kind, and below it what of this kind; `changed` tells of another answer."""

    changed = Signal()

    def __init__(self, scopes: Sequence[Scope], marks: Iterable[Mark], remembered: str) -> None:
        super().__init__()
        self._scopes = {scope.id: scope for scope in scopes}
        self.kind = QComboBox()
        self.kind.setAccessibleName("导出哪些标注")
        for scope in scopes:
            self.kind.addItem(scope.label, scope.id)
        self.value = QComboBox()
        self.value.setAccessibleName("其中的哪一个")
        self.value.setEditable(True)  # so that a clause is found by typing a part of it
        self.value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.value.setMaxVisibleItems(_SHOWN)
        self.value.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.value.model(), self.value)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.value.setCompleter(completer)
        self.since, self.until = (_day_edit(day, name) for day, name in zip(_days_of(marks), ("从", "到"), strict=True))
        self._values = QStackedWidget()
        self._values.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._values.addWidget(self.value)
        self._values.addWidget(_line(self.since, QLabel("至"), self.until))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.kind)
        layout.addWidget(self._values)
        self._recall(remembered)
        self.kind.currentIndexChanged.connect(self._on_kind)
        for signal in (self.value.editTextChanged, self.since.dateChanged, self.until.dateChanged):
            signal.connect(self.changed)

    def choice(self) -> Choice | None:
        """Return what is chosen: what was typed, or the only one that holds it; else None."""
        scope = self._scopes[str(self.kind.currentData())]
        if scope.id == DAYS:
            return self._days()
        if len(scope.choices) == 1 and not self._values.isVisibleTo(self):
            return scope.choices[0]
        typed = self.value.currentText().strip()
        at = self.value.currentIndex()
        if at >= 0 and scope.choices[at].label == typed:  # of two that are called alike it is this one
            return scope.choices[at]
        found = [choice for choice in scope.choices if typed in choice.label] if typed else []
        exact = [choice for choice in found if choice.label == typed]
        if exact:
            return exact[0]
        return found[0] if len(found) == 1 else None

    def remembered(self) -> str:
        """Return what brings the same answer next time."""
        choice = self.choice()
        kind = str(self.kind.currentData())
        return f"{kind}:{choice.id}" if kind and choice is not None else ""

    def _days(self) -> Choice:
        since, until = (edit.day() for edit in (self.since, self.until))
        first, last = min(since, until), max(since, until)
        name = f"{first:%Y%m%d}" if first == last else f"{first:%Y%m%d}-{last:%Y%m%d}"
        return Choice(f"{since}..{until}", name, name, Selection(conditions=(between(first, last),)))

    def _recall(self, remembered: str) -> None:
        kind, _, value = remembered.partition(":")
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self._offer()
        if kind == DAYS:
            for edit, day in zip((self.since, self.until), value.split(".."), strict=False):
                if (read := QDate.fromString(day, Qt.DateFormat.ISODate)).isValid():
                    edit.setDate(read)
        elif (at := self.value.findData(value)) >= 0:
            self.value.setCurrentIndex(at)
        elif kind:  # the tag is gone, the clause is another text's: to fall back on another one would be a guess
            self.kind.setCurrentIndex(0)
            self._offer()

    def _on_kind(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        scope = self._scopes[str(self.kind.currentData())]
        with QSignalBlocker(self.value):
            self.value.clear()
            for choice in scope.choices:
                self.value.addItem(choice.label, choice.id)
        self._values.setCurrentIndex(1 if scope.id == DAYS else 0)
        self._values.setVisible(scope.id not in ("", "filter"))


def _days_of(marks: Iterable[Mark]) -> tuple[date, date]:
    """Return the days of the first and the last mark, in the zone of this machine."""
    days = [mark.created.astimezone().date() for mark in marks] or [datetime.now(UTC).astimezone().date()]
    return min(days), max(days)


def _day_edit(day: date, name: str) -> DayEdit:
    edit = DayEdit(day, "yyyy-MM-dd")
    edit.setAccessibleName(name)
    return edit


def _line(*widgets: QWidget) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    return line
