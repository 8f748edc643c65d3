"""Printing: which marks, on what page, with every sheet in view as the printer will have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.model.export import Options
from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_page import PagePicker
from desktop.ui.dialogs.marks_dialog import MarksDialog
from desktop.ui.export_scopes import Offer
from desktop.ui.printing.preview import picture_of
from desktop.ui.printing.sheets import Sheet
from desktop.ui.theme.roles import Role, set_role

Lay = Callable[[Selection, Options], Iterator[Sheet]]
"""Lays a text with its notes out on sheets, one by one."""


class PrintDialog(MarksDialog):
    """Asks what is printed; the printer is asked about afterwards. Sheets are laid out when they are looked at."""

    def __init__(
        self,
        offer: Offer,
        lay: Lay,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("打印", "打印…", offer, parent)
        self._last, self._lay = offer.last, lay
        self._coming: Iterator[Sheet] = iter(())
        self._sheets: list[Sheet] = []
        self._at = 0
        self._page = PagePicker(offer.last.options.page)
        self.form.addRow("行距", self._page)
        self.form.addRow("旁注", self._page.margin)
        self.back = self._turn("上一页", -1, Qt.Key.Key_PageUp)
        self.forth = self._turn("下一页", 1, Qt.Key.Key_PageDown)
        self._number = QLabel()
        set_role(self._number, Role.MUTED)
        turning = QHBoxLayout()
        turning.addStretch(1)
        for widget in (self.back, self._number, self.forth):
            turning.addWidget(widget)
        turning.addStretch(1)
        beside = QVBoxLayout()
        beside.addWidget(self.preview, 1)
        beside.addLayout(turning)
        self.body.addLayout(beside, 1)
        self._page.changed.connect(self.refresh_preview)
        self.begin()

    def options(self) -> Options:
        """Return how the page looks."""
        return Options(self._last.options.template, self._page.page())

    def make_preview(self) -> None:
        """Show the first sheet."""
        self._coming = self._lay(self.selection(), self.options())
        self._sheets, self._at = [], 0
        self._step(0)

    def _step(self, step: int) -> None:
        """Show the sheet so many further on, if it is there."""
        wanted = max(0, self._at + step)
        while len(self._sheets) <= wanted + 1 and (sheet := next(self._coming, None)) is not None:
            self._sheets.append(sheet)
        if wanted >= len(self._sheets):
            return
        self._at = wanted
        picture = picture_of(self._sheets[wanted], self.preview.paper_width(), self.devicePixelRatioF())
        self.preview.show_preview(picture)
        self._number.setText(f"第 {wanted + 1} 页")
        self.back.setEnabled(wanted > 0)
        self.forth.setEnabled(wanted + 1 < len(self._sheets))

    def _turn(self, text: str, step: int, key: Qt.Key) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip("Page Up" if step < 0 else "Page Down")
        button.clicked.connect(lambda _checked=False: self._step(step))
        QShortcut(QKeySequence(key), self, lambda: self._step(step))
        return button
