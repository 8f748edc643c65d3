"""What the dialogs of export and print share: which marks, how many they are, and the beginning in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.model.mark import Mark
from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_scope import ScopePicker
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.export_scopes import Scope
from desktop.ui.widgets.export_preview import ExportPreview

FORM_WIDTH, PREVIEW_WIDTH, HEIGHT = 400, 430, 520
_PATIENCE_MS = 150
"""How long after the last change the preview is made anew."""


class MarksDialog(FormDialog):
    """Asks which marks are meant. Whether private ones are is asked anew every time.

    A dialog derived from it adds its lines between `__init__` and `begin`.
    """

    def __init__(
        self,
        title: str,
        accept: str,
        marks: Sequence[Mark],
        scopes: Sequence[Scope],
        remembered: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, accept, parent)
        self._marks = marks
        self._act = accept.removesuffix("…")
        self.scope = ScopePicker(scopes, marks, remembered)
        self.private = QCheckBox("连同私人标注（只管这一次）")
        self.preview = ExportPreview()
        self.preview.setFixedWidth(PREVIEW_WIDTH)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self.form.addRow("内容", self.scope)
        self.form.addRow("", self.private)

    def begin(self) -> None:
        """Add what stands last, follow the answers, and show what they come to."""
        self._count = self.add_hint("")
        self.resize(FORM_WIDTH + PREVIEW_WIDTH + 72, HEIGHT)
        self.scope.changed.connect(self.refresh)
        self.private.toggled.connect(self.refresh)
        self._timer.timeout.connect(self.make_preview)
        self.refresh()
        self.scope.kind.setFocus()

    def selection(self) -> Selection:
        """Return which marks are meant; none where what was typed is none of what there is."""
        choice = self.scope.choice()
        chosen = choice.selection if choice is not None else Selection(conditions=(lambda _: False,))
        return replace(chosen, private=self.private.isChecked())

    def refresh(self) -> None:
        """Follow an answer: count anew, and soon show the beginning anew."""
        self.tell("")
        count, private = self.counts()
        left_out = f"；{private} 处私人标注不{self._act}" if private else ""
        self._count.setText((f"{count} 处标注" if count else "没有标注") + left_out + "。")
        self.refresh_preview()

    def counts(self) -> tuple[int, int]:
        """Return how many marks are meant, and how many are not because they are private."""
        selection = self.selection()
        count = sum(selection.takes(mark) for mark in self._marks)
        with_private = replace(selection, private=True)
        private = 0 if selection.private else sum(mark.private and with_private.takes(mark) for mark in self._marks)
        return count, private

    def refresh_preview(self) -> None:
        """Show the beginning anew, once nothing has changed for a moment."""
        self._timer.start()

    def make_preview(self) -> None:
        """Show the beginning."""
        raise NotImplementedError

    def accept(self) -> None:
        """Accept marks that there are."""
        if self.scope.choice() is None:
            self.tell("没有这一项，请从列表里选一个。")
            self.scope.value.setFocus()
        else:
            super().accept()

    def done(self, result: int) -> None:
        """Close; the preview is made no more."""
        self._timer.stop()
        super().done(result)
