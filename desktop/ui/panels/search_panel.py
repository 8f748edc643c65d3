"""The panel 搜索: every place where the words stand, in text, notes and tags, each with its context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop.model.search import Found, Where
from desktop.model.span import Span
from desktop.ui.models.hits_model import KINDS, Aside, Grouping, HitRole, HitsModel
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.hit_preview import HitPreview
from desktop.ui.widgets.hits_view import HitsView
from desktop.ui.widgets.word_chips import WordChips

EMPTY = "在上方输入要找的文字，一个字起就能找。\n正文、批注和标签一起找。"
WIDEN = "在文库中搜索"
_EDGE = 10
_PREVIEWED = 300
"""So many code points on either side of a hit are shown with it."""


class SearchPanel(QWidget):
    """Lists the hits of a search. Signals about a hit carry its index.

    `hit_walked` says that arrows led to a hit, `hit_chosen` that it was clicked, `hit_confirmed` that Enter was pressed
    on it. `more_wanted` asks for further hits, `library_wanted` for the search to be widened, `left_up` for the box
    above, `word_chosen` for a word more, `pause_wanted` for the building of the index to stop or go on.
    """

    hit_walked = Signal(int)
    hit_chosen = Signal(int)
    hit_confirmed = Signal(int)
    more_wanted = Signal()
    library_wanted = Signal()
    word_chosen = Signal(str)
    left_up = Signal()
    pause_wanted = Signal(bool)

    def __init__(
        self, theme: Theme, switches: Iterable[tuple[str, QAction]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = HitsModel(self)
        self._found: Sequence[Found] = ()
        self._shown = ("", False)
        self._paused = False
        self.list = HitsView(self._model, theme)
        self.list.setAccessibleName("搜索结果")
        self.setFocusProxy(self.list)
        self.preview = HitPreview(theme)
        self._empty = EmptyState(EMPTY)
        self._kinds = QWidget()
        self.chips: dict[Where, Chip] = {}
        self.message = QLabel()
        self.beside = WordChips("相关词", "加上这个词，缩小范围")
        self._index = QWidget()
        self._progress = QLabel()
        self._pause = QPushButton()
        self._lay_out([self._switch(name, action) for name, action in switches])
        self._connect()
        self.preview.hide()
        self.show_hits("", (), Grouping(), lambda _found: Aside())

    def show_hits(
        self,
        words: str,
        found: Sequence[Found],
        grouping: Grouping,
        aside: Callable[[Sequence[Found]], Aside],
        *,
        message: str = "",
        whole_library: bool = False,
    ) -> None:
        """Show what was found for `words` in the document, or in the `whole_library`.

        `aside` tells what stands beside the hits of a row, `message` how the words were read.
        """
        self._found = found
        self._model.show(found, grouping, aside)
        if (words, whole_library) != self._shown:
            self._shown = (words, whole_library)
            self.list.scrollToTop()
        self._tell_kinds(whole=not whole_library)
        self.message.setText(message)
        self.message.setVisible(bool(message and found))
        page = self.list if found else self._empty
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
        if not found:
            self._empty.set_text(message or (_nothing(words, whole_library=whole_library) if words else EMPTY))
            self._empty.set_action(WIDEN if words and not whole_library and not message else "")

    def show_more(self) -> None:
        """Show the hits that were added at the end of the list."""
        self._model.extend()

    def show_counts(self, by_edition: Mapping[str, int]) -> None:
        """Say beside the titles of documents how many hits they have."""
        self._model.set_counts(by_edition)

    def set_current(self, index: int | None, *, preview: bool = False) -> None:
        """Show which hit is the current one, by its index, and with `preview` its sentence; nothing is emitted."""
        self._model.set_current(-1 if index is None else index)
        row = self._model.index_of(index) if index is not None else QModelIndex()
        self.list.setCurrentIndex(row)
        if not row.isValid():
            self.list.clearSelection()
        preview = preview and row.isValid()
        self.preview.setVisible(preview)
        if index is not None and preview:
            self._show_preview(index)

    def show_progress(self, text: str, *, paused: bool | None) -> None:
        """Say how far the index is, "" where there is nothing to say; the user can pause and resume it, unless None."""
        self._paused = bool(paused)
        self._pause.setHidden(paused is None)
        self._progress.setText(text)
        self._pause.setText("继续" if paused else "暂停")
        self._index.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.list.set_theme(theme)
        self.preview.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Bring the current hit into view once there is a view."""
        super().showEvent(event)
        self.list.scrollTo(self.list.currentIndex())

    def _lay_out(self, switches: Sequence[Chip]) -> None:
        ways, kinds = FlowLayout(), FlowLayout(self._kinds)
        for chip in switches:
            ways.addWidget(chip)
        for where, name in KINDS.items():
            chip = self.chips[where] = Chip(name)
            chip.setCheckable(False)
            chip.setToolTip(f"转到{name}里的第一处")
            chip.clicked.connect(lambda _checked=False, where=where: self._show_kind(where))
            kinds.addWidget(chip)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        set_role(self.message, Role.MUTED)
        head = QVBoxLayout()
        head.setContentsMargins(_EDGE, 0, _EDGE, UNIT)
        head.setSpacing(2 * UNIT)
        head.addLayout(ways)
        head.addWidget(self._kinds)
        head.addWidget(self.message)
        head.addWidget(self.beside)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(pages, 1)
        layout.addWidget(self.preview)
        layout.addWidget(self._lay_out_index())
        self.show_progress("", paused=False)

    def _lay_out_index(self) -> QWidget:
        set_role(self._progress, Role.MUTED)
        self._pause.setFlat(True)
        self._pause.setAutoDefault(False)
        row = QHBoxLayout(self._index)
        row.setContentsMargins(_EDGE + 2, 0, _EDGE, UNIT)
        row.addWidget(self._progress, 1)
        row.addWidget(self._pause)
        return self._index

    def _connect(self) -> None:
        self.list.walked.connect(lambda index: self._tell(self.hit_walked, index))
        self.list.chosen.connect(lambda index: self._tell(self.hit_chosen, index))
        self.list.confirmed.connect(lambda index: self._tell(self.hit_confirmed, index))
        self.list.end_near.connect(self.more_wanted)
        self.list.left_up.connect(self.left_up)
        self.beside.chosen.connect(self.word_chosen)
        self._empty.action_requested.connect(self.library_wanted)
        self._pause.clicked.connect(lambda: self.pause_wanted.emit(not self._paused))

    def _switch(self, name: str, action: QAction) -> Chip:
        """Return a chip that shows and switches an action."""
        chip = Chip(name)
        chip.setToolTip(f"{action.text()}（{action.shortcut().toString()}）")
        chip.setChecked(action.isChecked())
        chip.clicked.connect(action.trigger)
        action.toggled.connect(chip.setChecked)
        return chip

    def _tell_kinds(self, *, whole: bool) -> None:
        """Count the hits in text, notes and tags, where all of them are there and some stand in marks."""
        counts = self._model.counts() if whole else {}
        for where, chip in self.chips.items():
            chip.set_count(counts.get(where))
            chip.setVisible(where in counts)
        self._kinds.setVisible(any(where is not Where.TEXT for where in counts))

    def _show_kind(self, where: Where) -> None:
        """Bring the first hit in text, notes or tags to the top of the list."""
        first = self._model.first_of(where)
        above = first.siblingAtRow(first.row() - 1)
        heading = above.isValid() and self._model.is_heading(above.row())
        self.list.scrollTo(above if heading else first, QAbstractItemView.ScrollHint.PositionAtTop)

    @staticmethod
    def _tell(signal: SignalInstance, index: QModelIndex) -> None:
        hit = index.data(HitRole.HIT)
        if hit is not None and hit >= 0:
            signal.emit(hit)

    def _show_preview(self, index: int) -> None:
        """Show a hit in its sentence; of one as long as a note may be, what stands around the hit."""
        found = self._found[index]
        hit = found.hit
        start = max(hit.context_start, hit.span.start - _PREVIEWED)
        end = min(hit.context_start + len(hit.context), hit.span.end + _PREVIEWED)
        words = hit.context[start - hit.context_start : end - hit.context_start]
        spans = {n: self._found[n].hit.span for n in self._model.beside(index)}
        current = spans.pop(index)
        others = [_shifted(span, start) for span in spans.values() if start <= span.start and span.end <= end]
        address = self._model.index_of(index).data(HitRole.ROW).address
        self.preview.show_words(found.title, address, words, _shifted(current, start), others)


def _shifted(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)


def _nothing(words: str, *, whole_library: bool) -> str:
    where = "文库里" if whole_library else "本文件里"
    return f"{where}没有找到“{words}”。\n可以少输几个字，或换一个说法。"
