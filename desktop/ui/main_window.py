"""The window: places the bar, the columns and the boxes, and ties actions to what they do."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.model import settings
from desktop.model.changes import Changes
from desktop.model.span import Span
from desktop.ui import menus
from desktop.ui.actions import Needs, Scope, add_actions, bind, enable, make_actions
from desktop.ui.asking import Asker
from desktop.ui.columns import Columns
from desktop.ui.dialogs.go_to_box import GoToBox
from desktop.ui.dialogs.note_box import NoteBox
from desktop.ui.exporting import Exporting
from desktop.ui.finder import Finder
from desktop.ui.importing import Importing
from desktop.ui.looks import CHOICES, Looks
from desktop.ui.marking import Marking, painted
from desktop.ui.meetings import Meetings
from desktop.ui.naming import Naming
from desktop.ui.navigator import Navigator
from desktop.ui.panels.outline_panel import OutlinePanel
from desktop.ui.reader.overview import OverviewStrip
from desktop.ui.reader.reader import Reader
from desktop.ui.reader.selection_bar import SelectionBar
from desktop.ui.searching import Searching
from desktop.ui.session import Session
from desktop.ui.side import Side, Tab
from desktop.ui.status_line import StatusLine
from desktop.ui.tasks import Tasks
from desktop.ui.top_bar import TopBar
from desktop.ui.widgets.message_bar import MessageBar

SIZE = (1366, 768)
_BAR_ACTIONS = ("note", "tags", "copy_citation")
_SHORTLY = 1.5


class MainWindow(QMainWindow):
    """The one window of the program. It shows what the session holds; the library may be attached after it is shown."""

    def __init__(self, session: Session, looks: Looks, asker: Asker | None = None) -> None:
        super().__init__()
        self.asker = asker or Asker(self)
        self._session = session
        self._looks = looks
        self.setWindowTitle("阅策")
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        self._pages = QStackedWidget(self)
        self.setCentralWidget(self._pages)
        self.reader = Reader(looks.theme)
        self.reader.set_zoom(looks.zoom)
        self._actions = make_actions(self)
        self._finder = Finder(session, self.reader, self)
        self._navigator = Navigator(session, self.reader, self)
        self._place_columns()
        self._place_boxes()
        tasks = self._tasks = Tasks(self)
        self._importing = Importing(session, self.asker, tasks)
        self._exporting = Exporting(session, self.asker, tasks, self._messages.show_message, self)
        self._naming = Naming(session, self.asker, looks, self)
        self._marking = Marking(session, self._active_reader, self._note_box, self)
        self._meetings = Meetings(session, self.asker, looks, self._pages, self._actions, self._navigator.in_view)
        self._searching = Searching(session, self._finder, self._top_bar.search, self._columns, self._right)
        add_actions(self, self._actions, Scope.WINDOW)
        add_actions(self.reader, self._actions, Scope.TEXT)
        bind(self._actions, self._handlers())
        self._connect()
        self._tell_theme()
        self._refresh_actions()

    # What the composition root does.

    def attached(self) -> None:
        """Take up the library the session now has: its marks, the running meeting, the columns as they were."""
        session = self._session
        self._columns.set_up(
            left=session.setting(settings.LEFT_SHOWN),
            right=session.setting(settings.RIGHT_SHOWN),
            left_width=session.setting(settings.LEFT_WIDTH),
            right_width=session.setting(settings.RIGHT_WIDTH),
        )
        self._status.set_saved("只读打开" if session.library.read_only else "已保存")
        self._show_marks()
        self._show_pens()
        self._show_meeting()
        self._refresh_actions()
        for warning in session.library.warnings:
            self.tell(warning)

    def tell(self, text: str) -> None:
        """Show an error until the user closes it."""
        self._messages.show_error(text)

    def search(self, words: str) -> None:
        """Search as if the words had been typed."""
        self._top_bar.search.setText(words)

    def hit_count(self) -> int:
        """Return how many hits the search has."""
        return len(self._finder.hits)

    def restore(self, geometry: str) -> None:
        """Take the place on the screen the window had last."""
        if geometry:
            self.restoreGeometry(QByteArray(b64decode(geometry)))

    # Placing.

    def _place_columns(self) -> None:
        theme = self._looks.theme
        self._left = Side((Tab("outline", "目录", self._build_outline), Tab("library", "文库", self._build_library)))
        self._right = Side((Tab("marks", "标注", self._build_marks), Tab("search", "搜索", self._build_search)))
        self._overview = OverviewStrip(self.reader, theme)
        self._top_bar = TopBar(self._actions, self._session.pens, theme, self)
        self._status = StatusLine(self)
        text = QWidget()
        row = QHBoxLayout(text)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.reader, 1)
        row.addWidget(self._overview)
        self._columns = Columns(self._left, text, self._right)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top_bar)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self._status)
        self._pages.addWidget(page)
        self._outline: OutlinePanel = self._left.open("outline")

    def _place_boxes(self) -> None:
        theme = self._looks.theme
        self._note_box = NoteBox(self._pages, theme)
        self._go_to_box = GoToBox(self._pages, lambda: self._session.reading)
        self._messages = MessageBar(self._pages)
        bar = self._selection_bar = SelectionBar(
            theme, [self._actions[name] for name in _BAR_ACTIONS], self._session.pens, self.reader
        )
        bar.show_for(self.reader)
        bar.pen_chosen.connect(lambda number: self._actions[f"pen_{number}"].trigger())

    def _build_outline(self) -> QWidget:
        panel = OutlinePanel(self._session, self._looks.theme)
        panel.clause_activated.connect(self._navigator.go_to)
        panel.left.connect(self._focus_text)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_library(self) -> QWidget:
        from desktop.ui.panels.library_panel import LibraryPanel

        panel = LibraryPanel(self._session, self._looks.theme)
        panel.edition_activated.connect(self._navigator.go_to_edition)
        panel.import_requested.connect(self._actions["import"].trigger)
        panel.remove_requested.connect(self._importing.remove)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_marks(self) -> QWidget:
        from desktop.ui.panels.marks_panel import MarksPanel

        panel = MarksPanel(self._session, self._looks.theme)
        panel.mark_activated.connect(self._go_to_mark)
        panel.left.connect(self._focus_text)
        panel.set_clause(self._clause_at(self._navigator.in_view()))
        self._navigator.moved.connect(lambda offset: panel.set_clause(self._clause_at(offset)))
        self._marking.current_changed.connect(panel.set_current)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_search(self) -> QWidget:
        from desktop.ui.panels.search_panel import SearchPanel

        panel = SearchPanel(self._looks.theme)
        self._searching.connect_panel(panel)
        self._looks.follow_theme(panel.set_theme)
        return panel

    # Wiring.

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        pens = {f"pen_{number}": lambda number=number: self._marking.highlight(number) for number in range(1, 6)}
        themes = {f"theme_{name}": lambda name=name: self._looks.choose(name) for name in CHOICES}
        return {
            **pens,
            **themes,
            "about": self._naming.about,
            "back": self._navigator.back,
            "copy": self._marking.copy,
            "copy_citation": self._marking.copy_citation,
            "export": self._exporting.ask,
            "find": self._find,
            "find_next": lambda: self._finder.step(1),
            "find_previous": lambda: self._finder.step(-1),
            "focus_marks": lambda: self._panel("right", "marks").focus_filter(),
            "focus_outline": lambda: self._panel("left", "outline").focus_filter(),
            "forward": self._navigator.forward,
            "go_to": self._ask_where,
            "import": self._importing.pick,
            "keys": self._naming.show_keys,
            "meeting": self._meetings.start_or_end,
            "meeting_view": self._meetings.enter,
            "menu": self._top_bar.open_menu,
            "next_clause": lambda: self._navigator.step_clause(1),
            "note": self._marking.note,
            "previous_clause": lambda: self._navigator.step_clause(-1),
            "private": self._marking.private,
            "quit": self.close,
            "redo": self._session.redo,
            "remove_marks": self._marking.remove,
            "rename_author": self._naming.author,
            "rename_pens": self._naming.pens,
            "save": lambda: self._messages.show_message("已自动保存"),
            "select_all": lambda: self._active_reader().selectAll(),
            "show_left": lambda: self._columns.toggle("left"),
            "show_right": lambda: self._columns.toggle("right"),
            "tags": self._marking.tags,
            "underline": self._marking.underline,
            "undo": self._session.undo,
            "zoom_in": lambda: self._looks.step_zoom(1),
            "zoom_out": lambda: self._looks.step_zoom(-1),
            "zoom_reset": lambda: self._looks.set_zoom(100),
        }

    def _connect(self) -> None:
        self._columns.changed.connect(self._on_columns)
        self._finder.found.connect(self._on_found)
        self._go_to_box.chosen.connect(self._go_to_span)
        self._go_to_box.left.connect(self._focus_text)
        self._looks.theme_changed.connect(self._tell_theme)
        self._looks.zoom_changed.connect(self._on_zoom)
        self._marking.current_changed.connect(self.reader.set_current_marks)
        self._marking.writing.connect(self._selection_bar.hide)
        self._meetings.built.connect(self._connect_text)
        self._meetings.entered.connect(self._on_meeting_entered)
        self._meetings.stepped.connect(lambda: self._marking.set_current([]))
        self._meetings.left.connect(self._on_meeting_left)
        self._navigator.history_changed.connect(self._refresh_actions)
        self._navigator.moved.connect(self._on_moved)
        self._note_box.finished.connect(self._focus_text)
        self._overview.jump_requested.connect(self.reader.set_top)
        self._searching.left.connect(self._focus_text)
        self._session.changed.connect(self._on_changed)
        self._session.failed.connect(self._messages.show_error)
        self._session.opened.connect(self._on_opened)
        self._session.said.connect(self._messages.show_message)
        self._connect_text(self.reader)
        self.reader.selection_changed.connect(self._on_selection)
        for widget in (self.reader, self._overview, self._top_bar, self._selection_bar, self._note_box):
            self._looks.follow_theme(widget.set_theme)

    def _connect_text(self, reader: Reader) -> None:
        """Tie a text, the main one or that of a meeting, to the marks and to the window."""
        reader.customContextMenuRequested.connect(lambda point: self._open_text_menu(reader, point))
        reader.mark_activated.connect(self._marking.set_current)
        reader.sign_activated.connect(self._marking.set_current)
        reader.zoom_requested.connect(self._looks.step_zoom)
        if reader is not self.reader:
            self._marking.current_changed.connect(reader.set_current_marks)

    # Following the session.

    def _on_opened(self) -> None:
        reading = self._session.reading
        if reading is None:
            return
        self.reader.show_text(reading.text, reading.outline)
        self.reader.set_top(self._session.place())
        self.setWindowTitle(f"{reading.document.title} — 阅策")
        self._status.set_title(reading.document.title)
        self._marking.set_current([])
        self._show_marks()
        self._on_moved(self._navigator.in_view())
        self._refresh_actions()

    def _on_changed(self, changes: Changes) -> None:
        if changes.marks or changes.documents:
            self._show_marks()
        if changes.pens:
            self._show_pens()
        if changes.meetings:
            self._show_meeting()
        self._refresh_actions()

    def _show_marks(self) -> None:
        marks = self._session.marks
        seen = painted(marks)
        self.reader.set_marks(seen)
        self._overview.set_marks(seen)
        self._right.set_count("marks", len(marks))
        self._status.set_counts(len(marks), len({tag for mark in marks for tag in mark.tags}))

    def _show_pens(self) -> None:
        self._top_bar.set_pens(self._session.pens)
        self._selection_bar.set_pens(self._session.pens)
        for pen in self._session.pens:
            self._actions[f"pen_{pen.number}"].setText(f"标为{pen.name}")

    def _show_meeting(self) -> None:
        meeting = self._session.meeting
        self._top_bar.set_meeting(running=meeting is not None)
        self._status.set_meeting(meeting)
        self._actions["meeting"].setText("结束会议…" if meeting else "开始会议…")

    def _on_moved(self, offset: int) -> None:
        reading = self._session.reading
        if reading is not None:
            self._top_bar.set_address(reading.address(offset), self._title_at(offset))
            self._status.set_place(f"{100 * offset // max(1, len(reading.text))} %")
            self._outline.follow(offset)

    def _on_selection(self) -> None:
        if self.reader.selection() is not None:
            self._marking.set_current([])

    def _on_found(self) -> None:
        self._outline.set_hits([span.start for span in self._finder.text_spans()])
        self._overview.set_hits(self._finder.text_spans())
        self._refresh_actions()

    def _on_columns(self) -> None:
        for name, side in (("left", self._left), ("right", self._right)):
            self._actions[f"show_{name}"].setChecked(self._columns.shows(name))
            if self._session.attached and self._columns.shows(name) and not side.built(side.current):
                side.open(side.current)

    def _on_zoom(self, percent: int) -> None:
        self.reader.set_zoom(percent)
        self._messages.show_message(f"字号 {percent} %", seconds=_SHORTLY)

    def _on_meeting_entered(self) -> None:
        self._selection_bar.hide()
        self._marking.set_current([])

    def _on_meeting_left(self, offset: int) -> None:
        self._navigator.go_to(offset)
        self.reader.setFocus()

    def _tell_theme(self) -> None:
        for name in CHOICES:
            self._actions[f"theme_{name}"].setChecked(name == self._looks.choice)

    def _refresh_actions(self) -> None:
        session = self._session
        library, reading = session.attached, session.reading is not None
        enable(
            self._actions,
            {
                Needs.LIBRARY: library,
                Needs.DOCUMENT: library and reading,
                Needs.UNDO: bool(session.done),
                Needs.REDO: bool(session.undone),
                Needs.BACK: self._navigator.can_go_back,
                Needs.FORWARD: self._navigator.can_go_forward,
                Needs.HITS: bool(self._finder.hits),
                Needs.MEETING: session.meeting is not None and reading,
            },
        )
        self._actions["undo"].setText(f"撤销“{session.done[-1].label}”" if session.done else "撤销")
        self._actions["redo"].setText(f"重做“{session.undone[-1].label}”" if session.undone else "重做")

    # Going.

    def _clause_at(self, offset: int) -> Span | None:
        """Return the whole of the numbered clause at a code point."""
        node = self._session.reading.outline.at(offset) if self._session.reading else None
        if node is None:
            return None
        return ([clause for clause in node.path if clause.number is not None] or node.path)[-1].whole

    def _title_at(self, offset: int) -> str:
        node = self._session.reading.outline.at(offset) if self._session.reading else None
        titles = [clause.title for clause in node.path if clause.title] if node else []
        return titles[-1] if titles else ""

    def _go_to_span(self, span: Span) -> None:
        self._meetings.leave()
        self._navigator.go_to(span.start, flash=span)
        self._focus_text()

    def _go_to_mark(self, mark_id: str) -> None:
        mark = self._session.mark(mark_id)
        if mark is not None:
            self._navigator.go_to(mark.span.start)
            self._marking.set_current([mark_id])

    def _ask_where(self) -> None:
        self._meetings.leave()
        self._go_to_box.open()

    def _find(self) -> None:
        self._meetings.leave()
        span, reading = self.reader.selection(), self._session.reading
        self._searching.begin(span.of(reading.text) if span and reading else "")

    def _active_reader(self) -> Reader:
        return self._meetings.reader or self.reader

    def _focus_text(self) -> None:
        self._active_reader().setFocus()

    def _panel(self, side: str, tab: str) -> Any:
        self._meetings.leave()
        self._columns.ask_for(side)
        return (self._left if side == "left" else self._right).open(tab)

    def _open_text_menu(self, reader: Reader, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menus.fill(menu, menus.TEXT, self._actions)
        menu.popup(reader.viewport().mapToGlobal(point))

    # Qt events.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files that are dropped on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Import the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if self._session.attached:
            self._importing.take(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep what is being written, the place and the look of the window, and let go of the library."""
        marks = self._right.built("marks")
        if not self._note_box.save() or (marks is not None and not marks.save()):
            event.ignore()  # the disk refused, and the user was told: what was written must not be lost
            return
        self._tasks.wait()
        self._navigator.keep_place()
        session, columns = self._session, self._columns
        session.remember(settings.GEOMETRY, b64encode(self.saveGeometry().data()).decode("ascii"))
        session.remember(settings.LEFT_SHOWN, columns.wants("left"))
        session.remember(settings.RIGHT_SHOWN, columns.wants("right"))
        for side, setting in (("left", settings.LEFT_WIDTH), ("right", settings.RIGHT_WIDTH)):
            if (width := columns.width_of(side)) is not None:
                session.remember(setting, width)
        session.close()
        super().closeEvent(event)
