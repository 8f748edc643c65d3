"""Printing: which marks, on what page, with every sheet in view as the printer will have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.model.errors import UserError
from desktop.model.export import Options
from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_page import PagePicker
from desktop.ui.dialogs.marks_dialog import FORM_WIDTH, MarksDialog
from desktop.ui.export_scopes import Offer
from desktop.ui.printing.preview import picture_of
from desktop.ui.printing.sheets import Sheet
from desktop.ui.theme.roles import Role, set_role

Lay = Callable[[Selection, Options], Iterator[Sheet | None]]
"""Lays a text with its notes out: the first sheet at once, then all one by one; None is a step that made none."""


_HEIGHT, _SHEET_WIDTH = 556, 340
_ANY_WIDTH = (1 << 24) - 1
_REAL_WIDTH = 210 / 25.4 * 96
"""How wide a sheet is as large as on paper, in logical pixels."""
_SLICE_S = 0.02
"""How long sheets are laid out before the window is answered again."""


class PrintDialog(MarksDialog):
    """Asks what is printed; the printer is asked about afterwards. A sheet is shown as a whole, or as large as printed.

    Sheets are laid out while the dialog waits, so that their number is told. `demand` raises UserError where nothing
    can be printed; the sheets can be looked at all the same.
    """

    def __init__(
        self,
        offer: Offer,
        lay: Lay,
        demand: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("打印", "打印…", offer, parent)
        last = offer.last
        self._last, self._lay, self._demand = last, lay, demand
        self._coming: Iterator[Sheet | None] = iter(())
        self._sheets: list[Sheet] = []
        self._at = 0
        self._page = PagePicker(offer.last.options.page)
        self.form.addRow("行距", self._page)
        self.form.addRow("旁注", self._page.margin)
        self.back = self._turn("上一页", -1, Qt.Key.Key_PageUp)
        self.forth = self._turn("下一页", 1, Qt.Key.Key_PageDown)
        self.number = QLabel()
        set_role(self.number, Role.MUTED)
        self.larger = QCheckBox("放大到打印出来的大小")
        self.larger.toggled.connect(self._show)
        self._laying = QTimer(self, interval=0)
        self._laying.timeout.connect(self._lay_more)
        self.preview.setMinimumWidth(_SHEET_WIDTH)
        self.preview.setMaximumWidth(_ANY_WIDTH)
        self.body.setStretch(0, 0)
        self.body.addWidget(self.preview, 1)
        self._page.changed.connect(self.refresh_preview)
        self.begin()
        turning = QHBoxLayout()
        for widget in (self.back, self.number, self.forth):
            turning.addWidget(widget)
        turning.insertSpacing(2, 8)
        turning.insertSpacing(1, 8)
        turning.addStretch(1)
        self.form.addRow("预览", turning)
        self.form.addRow("", self.larger)
        self.resize(FORM_WIDTH + _SHEET_WIDTH + 72, _HEIGHT)
        self._can_print()

    def options(self) -> Options:
        """Return how the page looks."""
        return Options(self._last.options.template, self._page.page())

    def make_preview(self) -> None:
        """Show the first sheet, and begin to lay out the others."""
        self._coming = self._lay(self.selection(), self.options())
        self._sheets, self._at = [], 0
        self._laying.start()
        self._step(0)

    def accept(self) -> None:
        """Accept where there is a printer."""
        if self._can_print():
            super().accept()

    def done(self, result: int) -> None:
        """Close; no more sheets are laid out."""
        self._laying.stop()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the sheet as large as there is room now."""
        super().resizeEvent(event)
        self._show()

    def _can_print(self) -> bool:
        try:
            self._demand()
        except UserError as error:
            self.tell(str(error))
            return False
        return True

    def _step(self, step: int) -> None:
        """Show the sheet so many further on, if it is there."""
        wanted = max(0, self._at + step)
        while len(self._sheets) <= wanted and self._fetch():
            pass
        if wanted < len(self._sheets):
            self._at = wanted
            self._show()

    def _fetch(self) -> bool:
        try:
            sheet = next(self._coming)
        except StopIteration:
            self._laying.stop()
            return False
        if sheet is not None:
            self._sheets[sheet.number - 1 : sheet.number] = [sheet]
        return True

    def _lay_more(self) -> None:
        """Lay out some more sheets, as many as nobody notices."""
        end = perf_counter() + _SLICE_S
        while perf_counter() < end and self._fetch():
            pass
        self._tell_number()

    def _show(self) -> None:
        if not self._sheets:
            return
        width = _REAL_WIDTH if self.larger.isChecked() else self.preview.whole_width()
        self.preview.show_preview(picture_of(self._sheets[self._at], width, self.devicePixelRatioF()))
        self._tell_number()

    def _tell_number(self) -> None:
        count = len(self._sheets)
        whole = "已排好" if self._laying.isActive() else "共"
        self.number.setText(f"第 {self._at + 1} 页，{whole} {count} 页")
        self.back.setEnabled(self._at > 0)
        self.forth.setEnabled(self._at + 1 < count)

    def _turn(self, text: str, step: int, key: Qt.Key) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip("Page Up" if step < 0 else "Page Down")
        button.clicked.connect(lambda _checked=False: self._step(step))
        QShortcut(QKeySequence(key), self, lambda: self._step(step))
        return button
