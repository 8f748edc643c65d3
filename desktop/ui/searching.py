"""The search box, the list of hits and the tree, tied to what the finder finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from desktop.model.search import Mode, Order, Within
from desktop.model.settings import RECENT_SEARCHES
from desktop.services.keeping import with_recent
from desktop.ui.columns import Columns
from desktop.ui.finder import Finder
from desktop.ui.models.hits_model import Grouping
from desktop.ui.panels.search_panel import SearchPanel
from desktop.ui.search_box import Scope, SearchBox
from desktop.ui.search_worker import Progress, SearchWorker
from desktop.ui.session import Session
from desktop.ui.side import Side
from desktop.ui.words_beside import WordsBeside

_LONGEST_SELECTION = 40
_TOLD_AFTER_MS = 800
"""An index that is built in less is not worth a word."""
SWITCHES = {"search_sentence": "同句", "search_ranked": "按相关", "search_strict": "逐字", "search_regex": "正则"}
"""The actions that say how is searched, and what they are called above the list."""


class Searching(QObject):
    """Searches as the user types, and shows the hits in the right column.

    `left` goes back to the text: the hits stay there to be walked, until Esc in the text ends the search. `told`
    carries what is to be said of the index, "" for nothing; `counted` says that the documents have other counts.
    """

    left = Signal()
    told = Signal(str)
    counted = Signal()

    def __init__(
        self,
        session: Session,
        finder: Finder,
        worker: SearchWorker,
        box: SearchBox,
        columns: Columns,
        side: Side,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(box)
        self._session = session
        self._finder = finder
        self._worker = worker
        self._box = box
        self._columns = columns
        self._side = side
        self._actions = actions
        self._shown = ("", Scope.DOCUMENT)
        self._progress: Progress | None = None
        self._trouble = ""
        self._beside = WordsBeside(finder, worker, self)
        self._slow = QTimer(self, singleShot=True, interval=_TOLD_AFTER_MS)
        self._slow.timeout.connect(self._tell_progress)
        self._connect()
        self._show_switches()

    def begin(self, selected: str = "") -> None:
        """Search in the document, at first for the words selected in the text; in the box already: switch the scope."""
        if self._box.hasFocus():
            self._switch_scope()
        else:
            self._enter(Scope.DOCUMENT, selected)

    def begin_in_library(self, selected: str = "") -> None:
        """Search in the whole library."""
        if self._box.hasFocus():
            self._finder.switch(scope=Scope.LIBRARY)
        else:
            self._enter(Scope.LIBRARY, selected)

    def search_for(self, words: str, mode: Mode | None = None, within: Within | None = None) -> None:
        """Search for words that were kept, in the way they were read then, where that is known."""
        self._finder.switch(mode=mode, within=within)
        self._box.setText(words)
        self._box.setFocus()

    def end(self) -> None:
        """Forget the words and their hits."""
        self._box.clear()

    def connect_panel(self, panel: SearchPanel) -> None:
        """Take in the list of hits, which is built when it is first shown."""
        finder = self._finder
        panel.hit_walked.connect(finder.walk)
        panel.hit_chosen.connect(self._choose)
        panel.hit_confirmed.connect(self._confirm)
        panel.more_wanted.connect(finder.fetch_more)
        panel.library_wanted.connect(partial(finder.switch, scope=Scope.LIBRARY))
        panel.left_up.connect(self._box.setFocus)
        panel.word_chosen.connect(self._add_word)
        panel.pause_wanted.connect(self._pause)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), panel, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)
        self._fill(panel)

    def by_edition(self) -> Mapping[str, int]:
        """Return how many hits the editions of the library have, where it is searched and that is known."""
        totals = self._finder.totals
        return totals.by_edition if totals is not None and self._finder.scope is Scope.LIBRARY else {}

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions do that say how is searched."""
        switch, on = self._finder.switch, self._is_on
        return {
            "search_sentence": lambda: switch(within=Within.SENTENCE if on("search_sentence") else Within.CLAUSE),
            "search_strict": lambda: switch(mode=Mode.STRICT if on("search_strict") else Mode.WORDS),
            "search_regex": lambda: switch(mode=Mode.REGEX if on("search_regex") else Mode.WORDS),
            "search_ranked": lambda: switch(order=Order.RANK if on("search_ranked") else Order.TEXT),
        }

    def _is_on(self, action_id: str) -> bool:
        return self._actions[action_id].isChecked()

    def _connect(self) -> None:
        box, finder, worker = self._box, self._finder, self._worker
        box.entered.connect(finder.start)
        box.textChanged.connect(finder.search)
        box.stepped.connect(finder.step)
        box.list_requested.connect(self._enter_hits)
        box.scope_requested.connect(self._switch_scope)
        box.left.connect(self.left)
        for done in (box.stepped, box.list_requested, box.left):
            done.connect(self._keep_words)
        finder.found.connect(self._show)
        finder.grown.connect(self._show_more)
        finder.counted.connect(self._show_counts)
        finder.stepped.connect(self._show_current)
        finder.switched.connect(self._show_switches)
        worker.progressed.connect(self._on_progress)
        worker.troubled.connect(self._on_trouble)
        self._beside.changed.connect(self._show_beside)

    def _enter(self, scope: Scope, selected: str) -> None:
        self._finder.start()
        self._finder.switch(scope=scope)
        if selected and "\n" not in selected and len(selected) <= _LONGEST_SELECTION:
            self._box.setText(selected)
        self._box.setFocus()
        self._box.selectAll()

    def _switch_scope(self) -> None:
        library = self._finder.scope is Scope.LIBRARY
        self._finder.switch(scope=Scope.DOCUMENT if library else Scope.LIBRARY)

    def _keep_words(self) -> None:
        """Remember the words among the searches made last, now that the user has seen what they find."""
        finder = self._finder
        if finder.words and finder.places:
            recent = self._session.setting(RECENT_SEARCHES)
            if (now := with_recent(recent, finder.words, finder.mode, finder.within)) != recent:
                self._session.remember(RECENT_SEARCHES, now)

    def _choose(self, index: int) -> None:
        self._finder.go(index)
        self._keep_words()

    def _add_word(self, word: str) -> None:
        """Search for one word more."""
        self._keep_words()
        self._box.setText(f"{self._finder.words} {word}")

    def _confirm(self, index: int) -> None:
        """Go to a hit, and on to the text."""
        self._choose(index)
        self.left.emit()

    def _enter_hits(self) -> None:
        """Walk on from the box to the list; it begins with the current hit."""
        panel = self._panel()
        if panel is not None and self._finder.places:
            panel.setFocus()
            if self._finder.current is None:
                self._finder.walk(0)

    # Showing.

    def _panel(self) -> SearchPanel | None:
        panel = self._side.built("search")
        return panel if isinstance(panel, SearchPanel) else None

    def _show(self) -> None:
        finder = self._finder
        self._show_counts()
        shown = (finder.words, finder.scope)
        if finder.words and shown != self._shown:
            # Only another search brings the list forward: a change of the marks finds again, and must not take the
            # column from a user who is writing in it, or who closed it.
            self._columns.ask_for("right")
            self._side.open("search")
        elif not finder.words and self._side.current == "search" and self._side.built("search"):
            self._side.open("marks")
        self._shown = shown
        if (panel := self._panel()) is not None:
            self._fill(panel)

    def _fill(self, panel: SearchPanel) -> None:
        finder = self._finder
        library = finder.scope is Scope.LIBRARY
        grouping = Grouping(documents=library and not finder.ranked, sections=not finder.ranked)
        panel.show_hits(
            finder.words, finder.places, grouping, finder.aside, message=finder.message, whole_library=library
        )
        self._show_current(-1 if finder.current is None else finder.current)
        panel.show_counts(self.by_edition())
        self._show_beside()
        self._tell_progress()

    def _show_more(self) -> None:
        if (panel := self._panel()) is not None:
            panel.show_more()
        self._show_counts()

    def _show_beside(self) -> None:
        if (panel := self._panel()) is not None:
            panel.beside.show_words(self._beside.words)

    def _show_counts(self) -> None:
        finder = self._finder
        self._box.set_count(finder.count_text(), finder.short_count())
        totals = finder.totals
        self._side.set_count("search", totals.hits if totals is not None else 0)  # exact or not at all
        if (panel := self._panel()) is not None:
            panel.show_counts(self.by_edition())
        self.counted.emit()

    def _show_current(self, index: int) -> None:
        if (panel := self._panel()) is not None:
            panel.set_current(index if index >= 0 else None, preview=self._finder.elsewhere)
        self._box.set_count(self._finder.count_text(), self._finder.short_count())

    def _show_switches(self) -> None:
        finder = self._finder
        self._box.set_scope(finder.scope)
        on = {
            "search_sentence": finder.within is Within.SENTENCE,
            "search_strict": finder.mode is Mode.STRICT,
            "search_regex": finder.mode is Mode.REGEX,
            "search_ranked": finder.order is Order.RANK,
        }
        for action_id, checked in on.items():
            self._actions[action_id].setChecked(checked)

    # The index.

    def _on_progress(self, progress: Progress | None) -> None:
        told = self._progress is not None and not self._slow.isActive()
        self._progress = progress
        if progress is None:
            self._slow.stop()
        elif not told and not self._slow.isActive():
            self._slow.start()
        if not self._slow.isActive():
            self._tell_progress()

    def _on_trouble(self, trouble: str) -> None:
        """Say why there is no index, until there can be one."""
        if trouble:
            self._progress = None
            self._slow.stop()
        self._trouble = trouble
        self._tell_progress()

    def _pause(self, paused: bool) -> None:
        self._worker.pause(paused=paused)
        self._tell_progress()

    def _tell_progress(self) -> None:
        progress = None if self._slow.isActive() else self._progress
        paused = self._worker.paused
        doing = self._trouble
        if progress is not None:
            doing = f"索引停在 {progress.percent} %" if paused else f"正在建立索引 {progress.percent} %"
        if (panel := self._panel()) is not None:
            panel.show_progress(f"{doing}，搜索可用" if doing else "", paused=paused if progress is not None else None)
        self.told.emit(doing)
