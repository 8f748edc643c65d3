"""The panel 目录: the tree of clauses with its counts, filtered as the user types, following the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.model.changes import Changes
from desktop.model.outline import NO_OUTLINE
from desktop.ui.delegates.outline_delegate import OutlineDelegate
from desktop.ui.models.outline_model import OutlineModel, OutlineRole
from desktop.ui.session import Session
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_box import FilterBox
from desktop.ui.widgets.outline_tree import OutlineTree
from desktop.ui.widgets.waiting_text import HOW_TO_GO_ON, WAITING

SMALL_OUTLINE = 400
"""An outline of up to so many rows is shown unfolded, of a longer one only its top."""
UNFOLDED_MATCHES = 2000
"""No more branches than this are unfolded for what the filter found; nobody reads further, and each costs time."""


class OutlinePanel(QWidget):
    """Shows the outline of the text in view.

    `clause_activated` carries the code point where the chosen clause or notice begins. `left` asks for the keyboard to
    go back to the text: after a click, and at Esc.
    """

    clause_activated = Signal(int)
    left = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._followed: set[int] = set()
        self._folded_before: set[int] = set()
        self._model = OutlineModel(self)
        self._delegate = OutlineDelegate(theme, self)
        self.filter = FilterBox("筛选条款…")
        self.filter.setAccessibleName("筛选目录")
        self.filter.setToolTip("按条款号、标题筛选；↓ 进入目录，Esc 清除")
        self.tree = OutlineTree()
        self.tree.setAccessibleName("目录")
        self.tree.setItemDelegate(self._delegate)
        self.tree.setModel(self._model)
        self._empty = EmptyState("")
        self._lay_out()
        self._connect()
        self._show_text()

    def follow(self, offset: int) -> None:
        """Mark the clause at a code point as the one in view and bring it into sight.

        While the user walks the tree by keyboard or filters, nothing is scrolled or unfolded.
        """
        index = self._model.set_in_view(offset)
        if index is not None and index.isValid() and not self.tree.hasFocus() and not self._model.filtered:
            self._unfold_for(index)
            self.tree.bring_into_view(index)

    def set_hits(self, offsets: Sequence[int]) -> None:
        """Count the hits of the search on every row: sorted code points."""
        self._model.set_hits(offsets)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._delegate.theme = theme
        self.tree.viewport().update()

    def focus_filter(self) -> None:
        """Put the keyboard into the filter, with what is there selected."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _lay_out(self) -> None:
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * UNIT)
        box = QVBoxLayout()
        box.setContentsMargins(10, 0, 10, 0)
        box.addWidget(self.filter)
        layout.addLayout(box)
        layout.addWidget(pages, 1)

    def _connect(self) -> None:
        self._session.opened.connect(self._show_text)
        self._session.changed.connect(self._on_changed)
        self._model.recounted.connect(self.tree.update_rows)
        self.filter.textChanged.connect(self._filter_by)
        self.filter.escaped.connect(self._leave_filter)
        self.filter.left_down.connect(self._enter_tree)
        self.tree.walked_into.connect(self._stand_somewhere)
        self.tree.chosen.connect(self._on_chosen)
        self.tree.confirmed.connect(self._activate)
        self.tree.digits_typed.connect(self._go_to_number)
        self.tree.left_up.connect(self.focus_filter)
        self.tree.escaped.connect(self.left)

    def _show_text(self) -> None:
        """Show the outline of the text that is now in view."""
        reading = self._session.reading
        self._followed = set()
        with QSignalBlocker(self.filter):  # what was filtered is gone
            self.filter.clear()
        self._model.show(reading.outline if reading else NO_OUTLINE, reading.text if reading else "")
        self._count_marks()
        self._unfold_at_first()
        self._show_page()

    def _on_changed(self, changes: Changes) -> None:
        if changes.marks or changes.documents:
            self._count_marks()

    def _count_marks(self) -> None:
        self._model.set_marks(sorted(mark.span.start for mark in self._session.marks if not mark.lost))

    def _unfold_at_first(self) -> None:
        if self._model.size <= SMALL_OUTLINE:
            self.tree.expandAll()
        else:
            self.tree.expandToDepth(0)

    def _filter_by(self, words: str) -> None:
        """Show what matches; when the filter is cleared, fold and unfold as before."""
        before = self._model.filtered
        if not before:
            self._folded_before = {i.internalId() for i in self._model.branching() if not self.tree.isExpanded(i)}
        self._model.set_filter(words)
        if self._model.filtered:
            for index in self._model.branches_to_matches()[:UNFOLDED_MATCHES]:
                self.tree.expand(index)
            self.tree.scrollToTop()
        elif before:
            self._restore()
        self._show_page()

    def _restore(self) -> None:
        """Fold and unfold as it was before the filter, and come back to the clause in view."""
        for index in self._model.branching():
            self.tree.setExpanded(index, index.internalId() not in self._folded_before)
        index = self._model.in_view()
        if index.isValid():
            self.tree.bring_into_view(index)

    def _show_page(self) -> None:
        """Show the tree, or why there is none."""
        if self._model.rowCount():
            self._pages.setCurrentWidget(self.tree)
            return
        words = self.filter.text().strip()
        self._empty.set_text(f"没有条款含“{words}”。\n按 Esc 清除筛选。" if words else self._nothing())
        self._pages.setCurrentWidget(self._empty)

    def _nothing(self) -> str:
        reading = self._session.reading
        return f"{WAITING}。\n{HOW_TO_GO_ON}" if reading is not None and reading.waiting else "还没有打开文件。"

    def _unfold_for(self, index: QModelIndex) -> None:
        """Fold again what was unfolded for the clause before, unless the clause now in view lies in it too."""
        above: dict[int, bool] = {}
        parent = index.parent()
        while parent.isValid():
            above[parent.internalId()] = self.tree.isExpanded(parent)
            parent = parent.parent()
        for row in self._followed - above.keys():
            self.tree.collapse(self._model.index_of(row))
        self._followed = {row for row, unfolded in above.items() if row in self._followed or not unfolded}

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.left.emit()

    def _enter_tree(self) -> None:
        if self._model.rowCount():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_somewhere(self) -> None:
        """Begin the walk at the first match, or at the clause in view."""
        index = self._model.first_match() if self._model.filtered else self._model.in_view()
        if index.isValid():
            self.tree.setCurrentIndex(index)

    def _go_to_number(self, digits: str) -> None:
        index = self._model.numbered(digits)
        if index.isValid():
            self.tree.setCurrentIndex(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._activate(index)
        self.left.emit()

    def _activate(self, index: QModelIndex) -> None:
        self.clause_activated.emit(index.data(OutlineRole.START))
