"""The panel 标注: all marks of the text in view, found by words and properties, read and changed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.model.author import Author
from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.ui.delegates.mark_delegate import GAP, MarkDelegate
from desktop.ui.mark_edits import NOT_FOUND, MarkEdits
from desktop.ui.models.marks_filter import Tallies
from desktop.ui.models.marks_model import MarksModel
from desktop.ui.session import Session
from desktop.ui.theme.icons import icon
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.card_view import CardView
from desktop.ui.widgets.card_writer import CardWriter
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.mark_filters import MarkFilters

NO_MARKS = "选中文字，按 1–5 标色；按 N 写批注"
NO_MATCH = "没有符合筛选的标注"
CLEAR = "清除筛选"


class MarksPanel(QWidget):
    """All marks in the order of the text. It shows what the session holds and changes it by commands alone.

    `mark_activated` asks to go to a mark; the panel keeps the focus. `authors_requested` asks for the authors and their
    colours, `conflict_opened` to have the conflicts of a mark decided. `left` gives the focus back to the text.
    """

    mark_activated = Signal(str)
    authors_requested = Signal()
    conflict_opened = Signal(str)
    left = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._edits = MarkEdits(session)
        self._theme = theme
        self._clause: Span | None = None
        self._tallies = Tallies()
        self._pending: str | None = None
        self.model = MarksModel(session, self)
        self._delegate = MarkDelegate(theme, self)
        self._build()
        self._connect()
        self._refresh()

    # What the window asks of the panel.

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self.view.viewport().update()

    def set_current(self, mark_ids: Sequence[str]) -> None:
        """Put a ring around the marks at the caret and bring the first of them into view. Activates nothing."""
        self._delegate.ringed = frozenset(mark_ids)
        self.view.viewport().update()
        index = next((found for found in map(self.model.index_of, mark_ids) if found.isValid()), None)
        if index is None or self.writer.active:
            return
        if not self.view.hasFocus():
            self._make_current(index)
        if self.isVisible():
            self.view.scrollTo(index)
        else:
            self._pending = self.model.card(index.row()).mark.id  # a list that is not shown has no height yet

    def set_clause(self, span: Span | None) -> None:
        """Tell which clause is in view (code points of its text with all that lies under it)."""
        if span != self._clause:
            self._clause = span
            self._tallies = replace(self._tallies, here=self.model.count_in(span))
            self._offer()

    def edit_note(self, mark_id: str) -> None:
        """Write on a mark's note in its card."""
        self._edit((mark_id,), focus_tags=False)

    def ask_for(self, key: str) -> None:
        """Show what one chip leaves, and walk on from its first card; nothing is activated."""
        self.filters.ask_for(key)
        if self.model.rowCount():
            self._make_current(self.model.index(0))
            self.view.scrollToTop()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, mark_id: str) -> None:
        """Show a card, also one that the filters leave out, and walk on from it."""
        if not self.model.index_of(mark_id).isValid():
            self.filters.clear()
        if self.writer.finish() and (index := self.model.index_of(mark_id)).isValid():
            self._make_current(index)
            self.view.scrollTo(index)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_marks(self) -> list[str]:
        """Return the selected marks in the order of the text."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.card(row).mark.id for row in rows]

    def focus_filter(self) -> None:
        """Put the caret into the filter box."""
        self.filters.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.box.selectAll()

    def save(self) -> bool:
        """Save what is being written in a card and leave it open; False where that failed. For a window that closes."""
        return self.writer.save()

    # Parts.

    def _build(self) -> None:
        self.filters = MarkFilters()
        self.view = CardView(self, GAP)
        self.view.setAccessibleName("标注")
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.writer = CardWriter(self._session, self.model, self._delegate, self.view)
        self.no_marks = EmptyState(NO_MARKS)
        self.no_match = EmptyState(NO_MATCH, CLEAR)
        self._pages = QStackedLayout()
        for page in (self.view, self.no_marks, self.no_match):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filters)
        layout.addLayout(self._pages, 1)

    def _connect(self) -> None:
        # Shown before they come, the cards are guessed once, at the width they will have.
        self.model.rowsAboutToBeInserted.connect(lambda: self._pages.setCurrentWidget(self.view))
        self.model.refreshed.connect(self._refresh)
        self.model.modelReset.connect(self._forget_rings)
        self.filters.changed.connect(self._filter)
        self.filters.escaped.connect(self.left)
        self.filters.left_down.connect(self._enter_list)
        self.filters.authors_requested.connect(self.authors_requested)
        self.no_match.action_requested.connect(self.filters.clear)
        self.view.walked.connect(self._activate)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.viewport().installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._follow_current)
        self.writer.ended.connect(self._end_writing)

    # Heights of the cards, asked by the view.

    def exact(self, row: int, width: int) -> int:
        """Measure a card."""
        return self._delegate.height(self.model.card(row), width)

    def rough(self, row: int, width: int) -> int:
        """Guess the height of a card."""
        return self._delegate.estimate(self.model.card(row), width)

    # Filters.

    def _refresh(self) -> None:
        """Show new counts, and the page that fits."""
        self._tallies = self.model.tallies(self._clause)
        self._offer()
        self.writer.end_lost()

    def _offer(self) -> None:
        """Show what can be filtered by, and filter by what is left of what was checked."""
        session = self._session
        self.filters.offer(self._tallies, session.pens, session.meeting, self._clause, self._authors())
        self._filter()

    def _authors(self) -> list[Author]:
        """Return who wrote the marks, where they are several; who wrote most comes first."""
        if not self.model.signed or len(self._tallies.authors) == 1:
            return []
        found = (self._session.author(author_id) for author_id, _ in self._tallies.authors.most_common())
        return [author for author in found if author is not None]

    def _filter(self) -> None:
        """Show what passes the words and chips as they stand."""
        self.model.set_filter(self.filters.filter())
        self._show_page()

    def _show_page(self) -> None:
        if self.model.rowCount() or self.writer.active:
            page: QWidget = self.view
        else:
            page = self.no_match if self._tallies.total else self.no_marks
        self.filters.setVisible(bool(self._tallies.total))
        if self._pages.currentWidget() is not page:
            lost_focus = self.view.hasFocus()
            self._pages.setCurrentWidget(page)
            if lost_focus and page is not self.view:
                self.left.emit()

    # Walking.

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.mark_activated.emit(self.model.card(index.row()).mark.id)

    def _make_current(self, index: QModelIndex) -> None:
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _follow_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Show the whole note of the current card, and cut that of the one before again."""
        mark_id = self.model.card(current.row()).mark.id if current.isValid() else None
        if mark_id != self._delegate.opened:
            self._delegate.opened = mark_id
            self.view.remeasure([index.row() for index in (previous, current) if index.isValid()])
            if current.isValid() and self.view.hasFocus():
                self.view.scrollTo(current)

    # Changing.

    def _marks(self) -> list[Mark]:
        return self._edits.marks(self.current_marks())

    def _remove(self) -> None:
        self._edits.remove(self.current_marks())

    def _recolour(self, pen: int) -> None:
        self._edits.recolour(self.current_marks(), pen)

    def _toggle_private(self) -> None:
        self._edits.toggle_private(self.current_marks())

    def _copy(self, *, cited: bool) -> None:
        marks = self._marks()
        placed = [mark.span for mark in marks if not mark.lost]
        if marks and not placed:
            self._session.said.emit(NOT_FOUND)
        self._edits.copy(placed, cited=cited)

    def _edit(self, mark_ids: tuple[str, ...], *, focus_tags: bool) -> None:
        """Write in the card of the first mark."""
        if self.writer.finish() and mark_ids:
            self.model.keep(mark_ids[0])
            self._show_page()
            if mark_ids[0] not in self.current_marks():
                self._make_current(self.model.index_of(mark_ids[0]))
            self.writer.begin(mark_ids, focus_tags=focus_tags)

    def _end_writing(self, by_key: bool) -> None:
        self.model.keep(None)
        self._show_page()
        if by_key:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_rings(self) -> None:
        self._delegate.ringed = frozenset()

    # Menu.

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the selected cards."""
        menu = QMenu(self)
        marks = self._marks()
        alone = len(marks) == 1
        ids = tuple(mark.id for mark in marks)
        self._entry(
            menu, "修改批注" if alone and marks[0].note else "写批注", lambda: self._edit(ids, focus_tags=False), alone
        )
        if alone and self._session.conflicts_of(ids[0]):
            self._entry(menu, "解决冲突…", partial(self.conflict_opened.emit, ids[0]))
        self._entry(menu, "标签…", lambda: self._edit(ids, focus_tags=True))
        pens = menu.addMenu("颜色")
        for pen in self._session.pens:
            entry = self._entry(pens, f"{pen.number}  {pen.name}", partial(self._recolour, pen.number))
            entry.setIcon(icon("dot", self._theme.pen_lines[pen.number - 1]))
        private = self._entry(menu, "私人", self._toggle_private)
        private.setCheckable(True)
        private.setChecked(all(mark.private for mark in marks))
        menu.addSeparator()
        self._entry(menu, "复制文字", lambda: self._copy(cited=False))
        self._entry(menu, "复制并注明出处", lambda: self._copy(cited=True))
        menu.addSeparator()
        self._entry(menu, "删除" if alone else f"删除 {len(marks)} 处标注", self._remove)
        return menu

    @staticmethod
    def _entry(menu: QMenu, text: str, do: Callable[[], object], enabled: bool = True) -> QAction:
        action = QAction(text.replace("&", "&&"), menu)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        return action

    def _open_menu(self, place: QPoint) -> None:
        if self.current_marks():  # the press has selected the card beneath it
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.viewport().mapToGlobal(place))

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Do what single keys stand for while the list has the focus; Esc goes back to the text from anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self.view.hasFocus() or not self._do_key(event):
            super().keyPressEvent(event)

    def _do_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        ids = tuple(self.current_marks())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(cited=False)
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) or not ids:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._edit(ids[:1], focus_tags=False)
        elif key == Qt.Key.Key_T:
            self._edit(ids, focus_tags=True)
        elif key == Qt.Key.Key_P:
            self._toggle_private()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self._recolour(key - Qt.Key.Key_0)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Write where the user clicks twice; open a conflict where its sign is clicked."""
        if (
            watched is self.view.viewport()
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self._open_clash(event.position().toPoint())
        if (
            watched is self.view.viewport()
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonDblClick
            and event.button() == Qt.MouseButton.LeftButton
        ):
            index = self.view.indexAt(event.position().toPoint())
            if index.isValid():
                self.edit_note(self.model.card(index.row()).mark.id)
                return True
        return super().eventFilter(watched, event)

    def _open_clash(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        if index.isValid():
            card = self.model.card(index.row())
            if card.clashes and self._delegate.clash_at(card, self.view.visualRect(index), point):
                QTimer.singleShot(0, self, partial(self.conflict_opened.emit, card.mark.id))  # the click ends first

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Bring the current mark into view once there is a view."""
        super().showEvent(event)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.view.scrollTo(self.model.index_of(pending))

    def _enter_list(self) -> None:
        """Walk on from the filter box to the cards."""
        if not self.model.rowCount():
            return
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid():
            self._make_current(self.model.index(0))
        self._activate(self.view.currentIndex())
