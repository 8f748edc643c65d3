"""The page of a Word or PDF export: distance of lines, and bold headings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QWidget

from desktop.model.export import PageForm

NARROWEST, WIDEST = 20.0, 60.0
"""Distances of lines in points at which letters of 16 points neither touch nor fall apart."""


class PagePicker(QWidget):
    """Distance of lines in points, and whether headings of the third degree and run-in titles are bold."""

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
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.line)
        layout.addWidget(self.bold)
        layout.addStretch(1)
        self.line.valueChanged.connect(self.changed)
        self.bold.toggled.connect(self.changed)

    def page(self) -> PageForm:
        """Return the page as it stands."""
        return PageForm(self.line.value(), self.bold.isChecked())
