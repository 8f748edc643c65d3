"""The desk: everything a user does in the window, set up after its first paint.

Here actions are tied to what they do, panels to the text, and the boxes that float over it are made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.model import settings
from desktop.model.changes import Changes
from desktop.model.settings import Setting
from desktop.model.span import Span
from desktop.ui import menus
from desktop.ui.actions import Needs, bind, enable
from desktop.ui.asking import Asker
from desktop.ui.conflicts import Conflicts
from desktop.ui.dialogs.go_to_box import GoToBox
from desktop.ui.dialogs.note_box import NoteBox
from desktop.ui.exporting import Exporting
from desktop.ui.finder import Finder
from desktop.ui.hits_exporting import HitsExporting
from desktop.ui.importing import Importing
from desktop.ui.kept_searches import KeptSearches
from desktop.ui.looks import CHOICES, Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.mark_edits import NOT_FOUND
from desktop.ui.marking import Marking, PaintedMarks
from desktop.ui.meetings import Meetings
from desktop.ui.merging import Merging
from desktop.ui.naming import Naming
from desktop.ui.printing.printing import Printing
from desktop.ui.reader.reader import Reader
from desktop.ui.reader.selection_bar import SelectionBar
from desktop.ui.reviewing import Reviewing
from desktop.ui.search_offers import SearchOffers
from desktop.ui.search_worker import Kind, Progress, SearchWorker
from desktop.ui.searching import SWITCHES, Searching
from desktop.ui.session import Session
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.message_bar import SECONDS, Action, MessageBar
from desktop.ui.widgets.waiting_text import WaitingText

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch
    from desktop.ui.panels.marks_panel import MarksPanel
    from desktop.ui.panels.outline_panel import OutlinePanel

_BAR_ACTIONS = ("note", "tags", "copy_citation")
_SHORTLY = 1.5
_TO_PRESS = 6
"""So many seconds more a message stays that has a button."""
_READ_PER_SECOND = 6
"""So many letters of a message are read in a second at ease."""


class Desk(QObject):
    """Ties a window to its session. Made once the library is attached, or shown to be out of reach."""

    def __init__(self, window: MainWindow, session: Session, looks: Looks, asker: Asker) -> None:
        super().__init__(window)
        window.equip()
        self._window = window
        self._session = session
        self._looks = looks
        self._actions = window.actions_by_id
        self._tasks = Tasks(window)
        session.patience = self._tasks.in_steps
        self._painted = PaintedMarks()
        self._failure = ""
        self.messages = MessageBar(window.pages)
        self.waiting = WaitingText(window.reader)
        self.waiting.action_requested.connect(self._actions["import"].trigger)
        self.note_box = NoteBox(window.pages, looks.theme)
        self.go_to_box = GoToBox(window.pages, lambda: session.reading)
        self.selection_bar = SelectionBar(
            looks.theme, [self._actions[name] for name in _BAR_ACTIONS], session.pens, window.reader
        )
        library = session.library
        self._worker = SearchWorker(partial(_open_search, library.path, keeps_index=not library.read_only), self)
        self._terms: frozenset[str] = frozenset()
        self.finder = Finder(session, window.reader, window.navigator, self._worker, self)
        self._conflicts = Conflicts(session, asker, looks, window)
        self._merging = Merging(session, asker, self._tasks, looks, self._tell_merged, window)
        self._importing = Importing(session, asker, self._tasks, window, self._merging.take)
        self._naming = Naming(session, asker, looks, window)
        self._exporting = Exporting(
            session, asker, self._tasks, self.messages, window, self._in_view_of_marks, self._naming.author
        )
        self._printing = Printing(session, asker, window, self._in_view_of_marks)
        self._hits_exporting = HitsExporting(
            session, asker, self._tasks, self.messages, self.finder, self._worker, window
        )
        self.marking = Marking(session, self.active_reader, self._in_view, self.note_box, self)
        self._reviewing = Reviewing(
            session,
            window.navigator,
            self.marking,
            self._conflicts,
            lambda: cast("MarksPanel", self._panel("right", "marks")),
            self,
        )
        self.meetings = Meetings(session, asker, looks, window.pages, self._actions, window.navigator.in_view)
        box = window.top_bar.search
        self._searching = Searching(
            session, self.finder, self._worker, box, window.columns, window.right, self._actions
        )
        self.offers = SearchOffers(session, self._worker, box, window.pages)
        self._searches = KeptSearches(session, asker, window, self._actions, self._searching.search_for)
        self._provide_panels()
        bind(self._actions, self._handlers())
        self._connect()
        self._show_all()

    @property
    def outline(self) -> OutlinePanel:
        """The tree of the text, which is built when it is first shown or asked for."""
        return cast("OutlinePanel", self._window.left.panel("outline"))

    def active_reader(self) -> Reader:
        """Return the text the user works in: the meeting's while it is in view, else the window's."""
        return self.meetings.reader or self._window.reader

    def _in_view(self) -> int:
        """Return the code point the user is reading: where the meeting's clause begins while it is shown."""
        node = self.meetings.node
        return node.clause.start if node is not None else self._window.navigator.in_view()

    def _in_view_of_marks(self) -> tuple[frozenset[str] | None, int]:
        """Return which marks pass the filter of the panel, None without one, and the code point the user is reading."""
        panel = self._window.right.built("marks")
        filtered = panel is not None and bool(panel.model.filter)
        return panel.model.passing() if filtered else None, self._in_view()

    def _provide_panels(self) -> None:
        window = self._window
        window.left.provide("outline", self._build_outline)
        window.left.provide("library", self._build_library)
        window.right.provide("marks", self._build_marks)
        window.right.provide("search", self._build_search)
        window.right.provide("related", self._build_related)

    def _build_outline(self) -> QWidget:
        from desktop.ui.panels.outline_panel import OutlinePanel

        panel = OutlinePanel(self._session, self._looks.theme)
        panel.set_hits([span.start for span in self.finder.text_spans()])
        panel.clause_activated.connect(self._window.navigator.go_to)
        panel.left.connect(self._focus_text)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_library(self) -> QWidget:
        from desktop.ui.panels.library_panel import LibraryPanel

        panel = LibraryPanel(self._session, self._looks.theme)
        panel.edition_activated.connect(self._open_edition)
        panel.import_requested.connect(self._actions["import"].trigger)
        panel.properties_requested.connect(self._importing.describe)
        panel.remove_requested.connect(self._importing.remove)
        panel.set_hits(self._searching.by_edition())
        self._searching.counted.connect(lambda: panel.set_hits(self._searching.by_edition()))
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_marks(self) -> QWidget:
        from desktop.ui.panels.marks_panel import MarksPanel

        navigator = self._window.navigator
        panel = MarksPanel(self._session, self._looks.theme)
        panel.mark_activated.connect(self._go_to_mark)
        panel.authors_requested.connect(self._naming.authors)
        panel.conflict_opened.connect(self._conflicts.decide)
        panel.left.connect(self._focus_text)
        panel.set_clause(self._clause_at(navigator.in_view()))
        navigator.moved.connect(lambda offset: panel.set_clause(self._clause_at(offset)))
        self.marking.current_changed.connect(panel.set_current)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_search(self) -> QWidget:
        from desktop.ui.panels.search_panel import SearchPanel

        panel = SearchPanel(self._looks.theme, [(name, self._actions[key]) for key, name in SWITCHES.items()])
        self._searching.connect_panel(panel)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _build_related(self) -> QWidget:
        from desktop.ui.panels.related_panel import RelatedPanel
        from desktop.ui.relating import Relating

        panel = RelatedPanel(self._looks.theme)
        relating = Relating(self._session, self._window.navigator, self._worker, panel, self)
        relating.left.connect(self._focus_text)
        self._looks.follow_theme(panel.set_theme)
        return panel

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        navigator, marking = self._window.navigator, self.marking
        pens = {f"pen_{number}": lambda number=number: marking.highlight(number) for number in range(1, 6)}
        themes = {f"theme_{name}": lambda name=name: self._looks.choose(name) for name in CHOICES}
        return {
            **pens,
            **themes,
            **self._searching.handlers(),
            "about": self._naming.about,
            "authors": self._naming.authors,
            "back": navigator.back,
            "copy": marking.copy,
            "copy_citation": marking.copy_citation,
            "decide_conflict": self._outside(self._reviewing.decide),
            "export_hits": self._hits_exporting.ask,
            "show_related": self._outside(lambda: self._panel("right", "related").setFocus()),
            "export": self._exporting.ask,
            "clear_recent": self._searches.clear_recent,
            "find": self._outside(lambda: self._searching.begin(self._selected())),
            "find_end": self._searching.end,
            "find_library": self._outside(lambda: self._searching.begin_in_library(self._selected())),
            "find_next": lambda: self.finder.step(1),
            "find_previous": lambda: self.finder.step(-1),
            "focus_marks": self._outside(lambda: self._panel("right", "marks").focus_filter()),
            "focus_outline": self._outside(lambda: self._panel("left", "outline").focus_filter()),
            "forward": navigator.forward,
            "go_to": self.go_to_box.open,
            "import": self._importing.pick,
            "import_folder": self._importing.pick_folder,
            "keys": self._naming.show_keys,
            "meeting": self.meetings.start_or_end,
            "meeting_view": self.meetings.enter,
            "menu": self._window.top_bar.open_menu,
            "merge": self._merging.pick,
            "next_clause": lambda: self._step_clause(1),
            "next_conflict": self._outside(self._reviewing.next_conflict),
            "note": marking.note,
            "paste_new": self._importing.paste,
            "previous_clause": lambda: self._step_clause(-1),
            "print": self._printing.ask,
            "private": marking.private,
            "properties": self._importing.describe_open,
            "quit": self._window.close,
            "redo": self._session.redo,
            "remove_marks": marking.remove,
            "rename_author": self._naming.author,
            "rename_pens": self._naming.pens,
            "save": lambda: self.messages.show_message("已自动保存"),
            "save_search": lambda: self._searches.save(self.finder.words),
            "saved_searches": self._searches.manage,
            "select_all": lambda: self.active_reader().selectAll(),
            "show_left": lambda: self._toggle("left", settings.LEFT_SHOWN),
            "show_right": lambda: self._toggle("right", settings.RIGHT_SHOWN),
            "show_merged": self._outside(self._reviewing.show_merged),
            "tags": marking.tags,
            "underline": marking.underline,
            "undo": self._session.undo,
            "zoom_in": lambda: self._looks.step_zoom(1),
            "zoom_out": lambda: self._looks.step_zoom(-1),
            "zoom_reset": lambda: self._looks.set_zoom(100),
        }

    def _connect(self) -> None:
        window, session = self._window, self._session
        self.finder.found.connect(self._refresh_actions)
        self.finder.painted.connect(self._on_found)
        self.go_to_box.chosen.connect(self._go_to_span)
        self.go_to_box.left.connect(self._focus_text)
        self._looks.follow_theme(self.note_box.set_theme)
        self._looks.follow_theme(self.selection_bar.set_theme)
        self._looks.zoom_changed.connect(self._tell_zoom)
        self.marking.current_changed.connect(window.reader.set_current_marks)
        self.marking.writing.connect(self.selection_bar.hide)
        self.meetings.built.connect(self._connect_text)
        self.meetings.entered.connect(self.selection_bar.hide)
        self.meetings.left.connect(self._on_meeting_left)
        self.meetings.stepped.connect(self._forget_current)
        window.navigator.history_changed.connect(self._refresh_actions)
        window.navigator.moved.connect(self._tell_place)
        self.note_box.finished.connect(self._focus_text)
        self._reviewing.arrived.connect(self._tell_conflict)
        self._searching.left.connect(self._focus_text)
        self._searching.told.connect(window.status.set_index)
        for walk in ("find_next", "find_previous"):
            self._actions[walk].triggered.connect(self.offers.close)
        window.top_bar.search.menu_requested.connect(lambda: self._searches.open_menu(window.top_bar.search))
        self.selection_bar.pen_chosen.connect(lambda number: self._actions[f"pen_{number}"].trigger())
        self.selection_bar.show_for(window.reader)
        self._worker.failed.connect(session.failed)
        self._worker.progressed.connect(self._ask_terms)
        session.closing.connect(self._worker.close)
        self._worker.catch_up_soon()
        session.changed.connect(self._on_changed)
        session.failed.connect(self._tell_failure)
        session.opened.connect(self._show_all)
        session.said.connect(self._tell)
        window.columns.changed.connect(self._build_shown)
        window.files_dropped.connect(self._take_files)
        window.may_close = self._may_close
        window.reader.selection_changed.connect(self._tell_selection)
        self._connect_text(window.reader)

    def _ask_terms(self, progress: Progress | None) -> None:
        """Learn the terms of the library, once its words are known: a double click takes them whole."""
        if progress is None:
            self._worker.ask(Kind.TERMS, lambda search, _stop: search.terms(), self._take_terms)

    def _take_terms(self, terms: frozenset[str]) -> None:
        self._terms = terms

    def _connect_text(self, reader: Reader) -> None:
        """Tie a text, the window's or that of a meeting, to the marks and to the window."""
        reader.terms = lambda: self._terms
        reader.customContextMenuRequested.connect(lambda point: self._open_text_menu(reader, point))
        reader.mark_activated.connect(self.marking.point_at)
        reader.sign_activated.connect(self.marking.point_at)
        reader.selection_changed.connect(self.marking.forget_left)
        reader.scrolled.connect(self.marking.follow_words)
        reader.zoom_requested.connect(self._looks.step_zoom)
        if reader is not self._window.reader:
            self.marking.current_changed.connect(reader.set_current_marks)

    # Following the session.

    def _show_all(self) -> None:
        self.note_box.form.finish(by_key=False)
        self.marking.set_current([])
        self._window.status.set_saved(self._kept())
        self._window.show_title()  # whether there are other editions is known now
        self._show_marks()
        self._show_pens()
        self._show_meeting()
        self._build_shown()
        self._window.navigator.arrived()
        self._refresh_actions()

    def _tell_failure(self, text: str) -> None:
        """Show an error until it is closed, or until something is done that shows it to be over."""
        self._failure = text
        self.messages.show_error(text)
        self._window.status.set_saved(self._kept())

    def _tell(self, text: str, *actions: Action) -> None:
        self._forget_failure()
        seconds = max(SECONDS, len(text) / _READ_PER_SECOND)
        self.messages.show_message(text, *actions, seconds=seconds + _TO_PRESS if actions else seconds)

    def _tell_merged(self, text: str, *, brought: bool, failed: bool) -> None:
        """Say what came of merges, and lead to what they brought; what is wrong stays until it was read."""
        tell = self.messages.show_error if failed else self._tell
        tell(text, *([Action("查看", self._actions["show_merged"].trigger)] if brought else []))

    def _tell_conflict(self, number: int, count: int) -> None:
        decide = self._actions["decide_conflict"]
        self._tell(f"第 {number} 处冲突，共 {count} 处", Action(decide.text(), decide.trigger))

    def _forget_failure(self) -> None:
        self.messages.withdraw(self._failure)

    def _on_changed(self, changes: Changes) -> None:
        self._forget_failure()
        self._window.status.set_saved(self._kept())
        if changes.marks or changes.documents:
            self._show_marks()
        if changes.pens:
            self._show_pens()
        if changes.meetings:
            self._show_meeting()
        self._refresh_actions()

    def _show_marks(self) -> None:
        marks, window = self._session.marks, self._window
        self._show_waiting(len(marks))
        seen = self._painted.of(marks)
        window.reader.set_marks(seen)
        window.overview.set_marks(seen)
        window.right.set_count("marks", len(marks))
        window.status.set_counts(len(marks), len({tag for mark in marks for tag in mark.tags}))

    def _show_waiting(self, marks: int) -> None:
        reading = self._session.reading
        if reading is not None and reading.waiting:
            self.waiting.show_waiting(reading.document.title, marks)
        else:
            self.waiting.hide()

    def _show_pens(self) -> None:
        self._window.top_bar.set_pens(self._session.pens)
        self.selection_bar.set_pens(self._session.pens)
        for pen in self._session.pens:
            self._actions[f"pen_{pen.number}"].setText(f"标为{pen.name}")

    def _show_meeting(self) -> None:
        meeting = self._session.meeting
        self._window.top_bar.set_meeting(running=meeting is not None)
        self._window.status.set_meeting(meeting)
        self._actions["meeting"].setText("结束会议…" if meeting else "开始会议…")

    def _build_shown(self) -> None:
        """Build the panel a side column is to show, now that the column is there."""
        for name, side in (("left", self._window.left), ("right", self._window.right)):
            if self._session.attached and self._window.columns.shows(name) and not side.built(side.current):
                side.open(side.current)

    def _kept(self) -> str:
        if not self._session.attached:
            return ""
        if self._session.library.read_only:
            return "只读打开"
        return "已保存" if self._session.kept else "没有存上"

    def _tell_place(self, offset: int) -> None:
        reading = self._session.reading
        if reading is None:
            self._window.top_bar.set_address("", "")
            self._window.status.set_place("")
            return
        node = reading.outline.at(offset)
        inside = node is not None and offset <= node.clause.end  # else it is a line around the clauses
        titles = [clause.title for clause in node.path if clause.title] if node is not None and inside else []
        self._window.top_bar.set_address(reading.address(offset), titles[-1] if titles else "")
        self._window.status.set_place(f"{100 * offset // max(1, len(reading.text))} %")
        if (outline := self._window.left.built("outline")) is not None:
            outline.follow(offset)

    def _tell_selection(self) -> None:
        """Name the place of what is selected, which is what the keys act on."""
        if (span := self._window.reader.selection()) is not None:
            self._window.navigator.aim(span.start)

    def _forget_current(self) -> None:
        self.marking.set_current([])

    def _on_found(self) -> None:
        spans = self.finder.text_spans()
        if (outline := self._window.left.built("outline")) is not None:
            outline.set_hits([span.start for span in spans])
        self._window.overview.set_hits(spans)

    def _tell_zoom(self, percent: int) -> None:
        self.messages.show_message(f"字号 {percent} %", seconds=_SHORTLY)

    def _refresh_actions(self) -> None:
        session, navigator = self._session, self._window.navigator
        library, reading = session.attached, session.reading is not None
        enable(
            self._actions,
            {
                Needs.LIBRARY: library,
                Needs.DOCUMENT: library and reading,
                Needs.UNDO: bool(session.done),
                Needs.REDO: bool(session.undone),
                Needs.BACK: navigator.can_go_back,
                Needs.FORWARD: navigator.can_go_forward,
                Needs.HITS: bool(self.finder.places),
                Needs.MEETING: session.meeting is not None and reading,
            },
        )
        self._actions["undo"].setText(f"撤销“{session.done[-1].label}”" if session.done else "撤销")
        self._actions["redo"].setText(f"重做“{session.undone[-1].label}”" if session.undone else "重做")

    # Going.

    def _clause_at(self, offset: int) -> Span | None:
        """Return the whole of the numbered clause at a code point."""
        node = self._session.reading.outline.at(offset) if self._session.reading else None
        return node.numbered.whole if node is not None else None

    def _step_clause(self, direction: int) -> None:
        if not self.meetings.step(direction):
            self._window.navigator.step_clause(direction)

    def _go_to_span(self, span: Span) -> None:
        if not self.meetings.go_to(span.start):
            self._window.navigator.go_to(span.start, flash=span)
        self._focus_text()

    def _open_edition(self, edition_id: str) -> None:
        self._window.navigator.go_to_edition(edition_id)
        self._focus_text()

    def _go_to_mark(self, mark_id: str) -> None:
        mark = self._session.mark(mark_id)
        if mark is not None and mark.lost:
            self._session.said.emit(NOT_FOUND)
            self.marking.set_current([mark_id])
        elif mark is not None:
            self._window.navigator.go_to(mark.span.start)
            self.marking.set_current([mark_id])

    def _outside(self, action: Callable[[], object]) -> Callable[[], None]:
        """Return what does an action but while a meeting is in view: the room must not see what the text shows."""

        def run() -> None:
            if self.meetings.reader is None:
                action()
            else:
                self._session.said.emit("会议中只显示条款：先按 Esc 返回正文")

        return run

    def _selected(self) -> str:
        """Return the words selected in the text."""
        span, reading = self._window.reader.selection(), self._session.reading
        return span.of(reading.text) if span and reading else ""

    def _panel(self, side: str, tab: str) -> Any:
        self._window.columns.ask_for(side)
        return (self._window.left if side == "left" else self._window.right).open(tab)

    def _toggle(self, side: str, shown: Setting[bool]) -> None:
        """Show or hide a column; a hidden one gives the focus back to the text."""
        columns = self._window.columns
        columns.toggle(side)
        self._session.remember(shown, columns.wants(side))
        if not columns.shows(side):
            self._focus_text()

    def _focus_text(self) -> None:
        self.active_reader().setFocus()

    def _on_meeting_left(self, offset: int) -> None:
        self._window.navigator.go_to(offset)
        self._focus_text()

    def _open_text_menu(self, reader: Reader, point: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menus.fill(menu, menus.TEXT, self._actions)
        menu.popup(reader.viewport().mapToGlobal(point))

    def _take_files(self, paths: list[Path]) -> None:
        if self._session.attached:
            self._importing.take(paths)

    def _may_close(self) -> bool:
        """Keep what is being written; where the disk refuses, the user was told and the window stays."""
        marks = self._window.right.built("marks")
        if not self.note_box.form.finish(by_key=False) or (marks is not None and not marks.writer.finish()):
            return False
        self._tasks.wait()
        self._window.navigator.keep_place()
        return True


def _open_search(path: Path, *, keeps_index: bool) -> LibrarySearch:
    from desktop.services.library_search import LibrarySearch

    return LibrarySearch.open(path, keeps_index=keeps_index)
