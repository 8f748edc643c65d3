"""What the dialogs of export and print share: which marks, how many they are, and the beginning in view."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.services.exporting import Selection, counted
from desktop.ui.dialogs.export_scope import ScopePicker
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.export_scopes import Offer
from desktop.ui.widgets.export_preview import ExportPreview

FORM_WIDTH, PREVIEW_WIDTH, HEIGHT = 400, 430, 520
_PATIENCE_MS = 150
"""How long after the last change the preview is made anew."""


class Counts(NamedTuple):
    """How many marks are meant, how many of them are private, and how many are not meant because they are private."""

    marks: int
    private: int
    left_out: int


class MarksDialog(FormDialog):
    """Asks which marks are meant. Whether private ones are is asked anew every time.

    A dialog derived from it adds its lines between `__init__` and `begin`.
    """

    def __init__(
        self,
        title: str,
        accept: str,
        offer: Offer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, accept, parent)
        self._marks = offer.marks
        self._act = accept.removesuffix("…")
        self.scope = ScopePicker(offer.scopes, offer.marks, offer.last.scope)
        self.private = QCheckBox("连同私人标注（只管这一次）")
        self.preview = ExportPreview()
        self.preview.setFixedWidth(PREVIEW_WIDTH)
        self.meant = Counts(0, 0, 0)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self.form.setVerticalSpacing(8)  # it has many lines
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
        meant = self.meant = self.counts()
        left_out = f"；{meant.left_out} 处私人标注不{self._act}" if meant.left_out else ""
        self._count.setText((counted(meant.marks, meant.private) if meant.marks else "没有标注") + left_out + "。")
        self.refresh_preview()

    def counts(self) -> Counts:
        """Return how many marks are meant."""
        chosen = replace(self.selection(), private=True)
        among = [mark.private for mark in self._marks if chosen.takes(mark)]
        if self.private.isChecked():
            return Counts(len(among), sum(among), 0)
        return Counts(len(among) - sum(among), 0, sum(among))

    def refresh_preview(self) -> None:
        """Show the beginning anew, once nothing has changed for a moment."""
        self._timer.start()

    def make_preview(self) -> None:
        """Show the beginning."""
        raise NotImplementedError

    def accept(self) -> None:
        """Accept marks that there are, where they are asked for."""
        if not self.scope.isHidden() and self.scope.choice() is None:
            self.tell("没有这一项，请从列表里选一个。")
            self.scope.value.setFocus()
        elif self.is_settled():
            super().accept()

    def is_settled(self) -> bool:
        """Whether nothing is left to be asked or told before the dialog closes."""
        return True

    def done(self, result: int) -> None:
        """Close; the preview is made no more."""
        self._timer.stop()
        super().done(result)
