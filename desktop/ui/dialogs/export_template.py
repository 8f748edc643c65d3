"""The form of an excerpt: which fields it has and in which order, and what the excerpts are grouped by."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model.export import DEFAULT_FIELDS, FIELD_TITLES, Field, Grouping, Template

_HEIGHT, _LOWEST = 132, 76
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_GROUPINGS = {Grouping.TEXT: "按条款次序", Grouping.TAG: "按标签归类"}


class FieldList(QListWidget):
    """Fields to be ticked with Space and moved with Alt and an arrow, or by dragging; `changed` tells of either."""

    changed = Signal()

    def __init__(self, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self.setAccessibleName("摘录的栏目")
        self.setToolTip("空格：要不要这一栏；Alt+↑ Alt+↓ 或拖动：换次序")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setMinimumHeight(_LOWEST)
        self.setMaximumHeight(_HEIGHT)
        for field in (*fields, *(field for field in Field if field not in fields)):
            item = QListWidgetItem(FIELD_TITLES[field])
            item.setData(Qt.ItemDataRole.UserRole, field.value)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if field in fields else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.itemChanged.connect(self.changed)
        self.model().rowsMoved.connect(self.changed)

    def fields(self) -> tuple[Field, ...]:
        """Return what is ticked, in its order."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(
            Field(str(item.data(Qt.ItemDataRole.UserRole)))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the current field up or down."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        if 0 <= row + step < self.count():
            with QSignalBlocker(self):
                item = self.takeItem(row)
                self.insertItem(row + step, item)
                self.setCurrentRow(row + step)
            self.changed.emit()


class TemplatePicker(QWidget):
    """The fields and their grouping."""

    changed = Signal()

    def __init__(self, template: Template) -> None:
        super().__init__()
        self.grouping = QComboBox()
        self.grouping.setAccessibleName("摘录的次序")
        for grouping, label in _GROUPINGS.items():
            self.grouping.addItem(label, grouping)
        self.grouping.setCurrentIndex(self.grouping.findData(template.grouping))
        self.fields = FieldList(template.fields or DEFAULT_FIELDS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.grouping)
        layout.addWidget(self.fields)
        self.grouping.currentIndexChanged.connect(self.changed)
        self.fields.changed.connect(self.changed)

    def template(self) -> Template:
        """Return the form as it stands."""
        return Template(self.fields.fields(), Grouping(self.grouping.currentData()))
