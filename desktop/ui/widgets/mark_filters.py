"""What the user filters marks by: a line for words, and chips for everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.author import Author
from desktop.model.mark import VERDICT_TITLES, Verdict
from desktop.model.meeting import Meeting
from desktop.model.pen import Pen
from desktop.model.span import Span
from desktop.ui.models.marks_filter import MarksFilter, Tallies
from desktop.ui.widgets.filter_box import FilterBox
from desktop.ui.widgets.filter_chips import FilterChips, Offer

MARGIN = 10
"""Room at the edges, in logical pixels. At the right it is wider by the ring of the cards below."""
RING = 2
TAGS_OFFERED = 8
"""So many of the most used tags are chips; the others are in the menu 更多…."""
AUTHORS = "作者…"
HERE, MEETING, NOTED, PRIVATE, PEN, TAG, AUTHOR = "here", "meeting", "noted", "private", "pen:", "tag:", "author:"
"""Keys of the chips; those of pens, tags and authors are followed by the number, the tag or the id."""
UNDECIDED, MERGED = "undecided", "merged"
DOUBTS = (Verdict.LOST, Verdict.REWRITTEN, Verdict.MOVED)
"""The verdicts that are chips, by their names; they and what is undecided combine by "or"."""


class MarkFilters(QWidget):
    """A line and rows of chips. Pens combine by "or", so do tags and authors; the groups with one another by "and"."""

    changed = Signal()
    escaped = Signal()
    """Esc was pressed in the line."""
    authors_requested = Signal()
    """The button behind the chips of the authors was pressed."""
    left_down = Signal()
    """Down or Return was pressed in the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = Tallies()
        self._clause: Span | None = None
        self._meeting: Meeting | None = None
        self.box = FilterBox("在标注中查找…")
        self.box.setAccessibleName("在标注中查找")
        self.chips = FilterChips(AUTHORS)
        self.chips.set_button(shown=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN - 2, MARGIN + RING, MARGIN - 6)
        layout.setSpacing(MARGIN - 2)
        layout.addWidget(self.box)
        layout.addWidget(self.chips)
        self.box.textChanged.connect(self.changed)
        self.box.escaped.connect(self.escaped)
        self.box.left_down.connect(self.left_down)
        self.chips.changed.connect(self.changed)
        self.chips.pressed.connect(self.authors_requested)

    def filter(self) -> MarksFilter:
        """Return what is asked for at the moment."""
        checked = self.chips.checked()
        return MarksFilter(
            words=self.box.text(),
            clause=self._clause if HERE in checked else None,
            pens=frozenset(int(key.removeprefix(PEN)) for key in checked if key.startswith(PEN)),
            tags=frozenset(key.removeprefix(TAG) for key in checked if key.startswith(TAG)),
            authors=frozenset(key.removeprefix(AUTHOR) for key in checked if key.startswith(AUTHOR)),
            meeting_id=self._meeting.id if self._meeting is not None and MEETING in checked else None,
            noted=NOTED in checked,
            private=PRIVATE in checked,
            verdicts=frozenset(verdict for verdict in DOUBTS if verdict in checked),
            undecided=self._counts.undecided if UNDECIDED in checked else None,
            merged=self._counts.merged if MERGED in checked else None,
        )

    def ask_for(self, key: str) -> None:
        """Ask for one thing alone."""
        self.box.clear()
        self.chips.check_alone(key)

    def clear(self) -> None:
        """Ask for nothing."""
        self.box.clear()
        self.chips.clear()

    def offer(
        self,
        counts: Tallies,
        pens: Sequence[Pen],
        meeting: Meeting | None,
        clause: Span | None,
        authors: Sequence[Author] = (),
    ) -> None:
        """Offer what some mark has, and what is checked although none has it any more; authors as they are given."""
        self._counts, self._clause, self._meeting = counts, clause, meeting
        checked = self.chips.checked()
        offers = [Offer(UNDECIDED, "有冲突", len(counts.undecided))]
        offers += [Offer(verdict, VERDICT_TITLES[verdict], counts.verdicts[verdict]) for verdict in DOUBTS]
        offers.append(Offer(MERGED, "最近合并", len(counts.merged)))
        offers += [Offer(f"{PEN}{pen.number}", pen.name, counts.pens[pen.number]) for pen in pens]
        offers += self._tag_offers(counts, checked)
        offers += [Offer(f"{AUTHOR}{author.id}", author.name, counts.authors[author.id]) for author in authors]
        if meeting is not None:
            offers.append(Offer(MEETING, "本次会议", counts.meeting))
        offers += [Offer(NOTED, "含批注", counts.noted), Offer(PRIVATE, "私人", counts.private)]
        # What was merged last is another thing after an undo, and on another text: it is not kept in vain.
        kept = [offer for offer in offers if offer.count or (offer.key in checked and offer.key != MERGED)]
        here = [Offer(HERE, "本条", counts.here)] if clause is not None else []
        self.chips.set_button(shown=bool(authors))
        self.chips.set_offers([*here, *kept])

    @staticmethod
    def _tag_offers(counts: Tallies, checked: frozenset[str]) -> list[Offer]:
        """Return the tags, the most used first."""
        tags = sorted(counts.tags, key=lambda tag: (-counts.tags[tag], tag))
        lost = {key.removeprefix(TAG) for key in checked if key.startswith(TAG)} - counts.tags.keys()
        return [
            Offer(f"{TAG}{tag}", f"#{tag}", counts.tags[tag], spare=place >= TAGS_OFFERED)
            for place, tag in enumerate((*tags, *sorted(lost)))
        ]
