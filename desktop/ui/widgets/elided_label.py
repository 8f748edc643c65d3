"""A label of one line that shortens its words when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from desktop.ui.widgets.tool_tip import plain_tool_tip

NARROWEST = 24
"""A label gives way until so many logical pixels are left."""


class ElidedLabel(QLabel):
    """Plain text on one line, elided at `mode`; what is cut is told in a tool tip. Markup is shown as it is written."""

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def shown_text(self) -> str:
        """Return the words as they are on the screen."""
        line = " ".join(self.text().splitlines())
        return self.fontMetrics().elidedText(line, self._mode, self.contentsRect().width())

    def is_elided(self) -> bool:
        """Say whether anything is cut."""
        return self.shown_text() != " ".join(self.text().splitlines())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for the whole line."""
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(" ".join(self.text().splitlines())) + 1
        height = self.fontMetrics().height()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a small width: the label gives way to its neighbours."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), NARROWEST), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Paint as much of the line as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown_text())

    def event(self, event: QEvent) -> bool:
        """Tell the whole text in a tool tip where some of it is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            QToolTip.showText(event.globalPos(), plain_tool_tip(self.text()) if self.is_elided() else "", self)
            return True
        return super().event(event)
