"""The page of a Word or PDF export: distance of lines, bold headings, and the column of notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QWidget

from desktop.model.export import MARGIN_TITLES, Margin, PageForm

NARROWEST, WIDEST = 20.0, 60.0
"""Distances of lines in points at which letters of 16 points neither touch nor fall apart."""


class PagePicker(QWidget):
    """Distance of lines in points, and whether headings of the third degree and run-in titles are bold.

    `margin`, the column of notes, stands in a row of its own in a form.
    """

    changed = Signal()

    def __init__(self, page: PageForm) -> None:
        super().__init__()
        self.line = QDoubleSpinBox()
        self.line.setAccessibleName("行距")
        self.line.setRange(NARROWEST, WIDEST)
        self.line.setSingleStep(1)
        self.line.setDecimals(2)
        self.line.setSuffix(" 磅")
        self.line.setToolTip("28.95 磅：一页 22 行，公文的版式")
        self.line.setValue(page.line)
        self.bold = QCheckBox("小标题加粗")
        self.bold.setChecked(page.bold)
        self.margin = QComboBox()
        self.margin.setAccessibleName("旁注")
        self.margin.setToolTip("宽栏：批注用小五号字，长批注也写在旁边")
        for margin, title in MARGIN_TITLES.items():
            self.margin.addItem(title, margin)
        self.margin.setCurrentIndex(self.margin.findData(page.margin))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.line)
        layout.addWidget(self.bold)
        layout.addStretch(1)
        self.line.valueChanged.connect(self.changed)
        self.bold.toggled.connect(self.changed)
        self.margin.currentIndexChanged.connect(self.changed)

    def page(self) -> PageForm:
        """Return the page as it stands."""
        return PageForm(self.line.value(), self.bold.isChecked(), Margin(self.margin.currentData()))
