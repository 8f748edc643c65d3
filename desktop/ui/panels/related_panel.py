"""The panel 相关: clauses of the library that share wording with the clause in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.ui.delegates.related_delegate import RelatedDelegate
from desktop.ui.models.related_model import RelatedModel, RelatedRole
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.elided_label import ElidedLabel
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from desktop.services.library_search import RelatedClause

NOTHING = "文库里没有与这一条用词相近的条款。\n多导入几份文件，这里就会列出别处怎么说。"
NO_INDEX = "索引建好后，这里列出文库里\n与正在读的一条用词相近的条款。"
NO_CLAUSE = "打开一份文件，这里列出文库里\n与正在读的一条用词相近的条款。"


class RelatedPanel(QWidget):
    """Lists clauses. `clause_activated` carries the one that was chosen, `wanted` says that the panel came into view.

    `left` gives the focus back to the text.
    """

    clause_activated = Signal(object)
    wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RelatedModel(self)
        self.list = RowList()
        self.list.setAccessibleName("相关条款")
        self.list.setUniformItemSizes(True)
        self._delegate = RelatedDelegate(theme, self)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self._model)
        self.setFocusProxy(self.list)
        self.head = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.head.setContentsMargins(3 * UNIT, 0, 3 * UNIT, UNIT)
        set_role(self.head, Role.MUTED)
        self.empty = EmptyState(NO_CLAUSE)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(pages, 1)
        self.list.clicked.connect(self._activate)
        self.list.confirmed.connect(self._activate)
        self.say(NO_CLAUSE)

    def show_clauses(self, address: str, clauses: Sequence[RelatedClause], edition_id: str) -> None:
        """Show the clauses like the one at `address` of the edition in view."""
        self._model.show(clauses, edition_id)
        self.list.scrollToTop()
        self.list.setCurrentIndex(self._model.index(0))
        if clauses:
            self.head.setText(f"与“{address}”用词相近")
            self.head.show()
            self._pages.setCurrentWidget(self.list)
        else:
            self.say(NOTHING)

    def say(self, words: str) -> None:
        """Say why nothing is listed."""
        self._model.show((), "")
        self.head.hide()
        self.empty.set_text(words)
        self._pages.setCurrentWidget(self.empty)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for what is to be shown, now that it is seen."""
        super().showEvent(event)
        self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go back to the text with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        self.clause_activated.emit(index.data(RelatedRole.CLAUSE))
