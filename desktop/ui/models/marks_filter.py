"""Which marks the panel shows: words, and properties that combine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from desktop.model.author import Author
from desktop.model.mark import VERDICT_TITLES, ClausePlace, Mark, Verdict
from desktop.model.span import Span
from desktop.services.reading import Reading
from desktop.text.blanks import one_line
from desktop.text.folding import fold

WAITING = "等待正文"
_NEARLY_ALL = 0.95
"""Where so much of words, surroundings and clause agrees, a mark stands as it stood for every reader."""


@dataclass(frozen=True, eq=False)
class Card:
    """A mark with what the panel says about it. Address and quote are worked out when they are first looked at."""

    mark: Mark
    reading: Reading
    meeting: str
    """Name of the meeting it was made in, "" for none."""
    author: Author | None = None
    """Who wrote it, where that is to be told."""
    clashes: bool = False
    """Whether several people changed it at the same time, and nobody has decided yet."""
    editor: Author | None = None
    """Who changed it last, where that is another than its author."""
    edited: datetime | None = None
    """When that was (UTC)."""
    made_on: str = ""
    """The words it was made on, where it was placed on others."""

    @property
    def on_clause(self) -> bool:
        """Whether it stands on a whole clause, not on words."""
        return isinstance(self.mark.place, ClausePlace)

    @cached_property
    def address(self) -> str:
        """How people name its place; of one that has none, why: it was not found, or there is no text yet."""
        if self.reading.waiting:
            return WAITING
        return self.reading.address_of(self.mark)

    @cached_property
    def quote(self) -> str:
        """The words it stands on, or the clause's first sentence."""
        return self.reading.quote_of(self.mark)

    @property
    def verdict(self) -> str:
        """What somebody should look at: "改写 83%", or "移动" where the surroundings or the clause are others, too."""
        verdict = doubtful(self.mark)
        if verdict is None or verdict is Verdict.LOST:
            return ""
        score = f" {self.mark.placing.score:.0%}" if verdict is Verdict.REWRITTEN else ""
        return f"{VERDICT_TITLES[verdict]}{score}"

    @property
    def placing(self) -> str:
        """How it came to its place exactly, "" where it was made there."""
        verdict, score = self.mark.placing.verdict, self.mark.placing.score
        if verdict is Verdict.UNCHANGED:
            return ""
        if self.mark.lost:
            return "" if self.reading.waiting else f"{VERDICT_TITLES[verdict]}：这份文件里没有找到它的原文"
        words = f"\n原来的文字：{one_line(self.made_on)}" if self.made_on else ""
        return f"{VERDICT_TITLES[verdict]}：标注是在另一份文本上做的，原文和上下文 {score:.0%} 相符{words}"

    @cached_property
    def folded(self) -> str:
        """Everything one can find it by, folded for matching."""
        return fold("\n".join((self.quote, self.mark.note, *self.mark.tags, self.address)))


@dataclass(frozen=True)
class MarksFilter:
    """What a mark must have to be shown: one of `pens`, `authors` (ids) and `tags` (or nested beneath), and the rest.

    One of `verdicts`, or be among the `undecided`. What is empty, None or False asks for nothing.
    """

    words: str = ""
    clause: Span | None = None
    pens: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    meeting_id: str | None = None
    noted: bool = False
    private: bool = False
    verdicts: frozenset[Verdict] = frozenset()
    undecided: frozenset[str] | None = None
    merged: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return bool(self._terms or self != replace(MarksFilter(), words=self.words))

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return tuple(fold(self.words).split())

    def passes(self, card: Card) -> bool:
        """Whether a mark is shown. Words separated by blanks must all be there, in whatever field."""
        mark = card.mark
        if self.pens and mark.pen not in self.pens:
            return False
        if self.authors and mark.author_id not in self.authors:
            return False
        if (self.noted and not mark.note) or (self.private and not mark.private):
            return False
        if self.meeting_id is not None and mark.meeting_id != self.meeting_id:
            return False
        if self.clause is not None and not touches(mark, self.clause):
            return False
        if self.tags and self.tags.isdisjoint(with_parents(mark.tags)):
            return False
        if self.merged is not None and mark.id not in self.merged:
            return False
        if (self.verdicts or self.undecided is not None) and not self._in_doubt(mark):
            return False
        return not self._terms or all(term in card.folded for term in self._terms)

    def _in_doubt(self, mark: Mark) -> bool:
        return doubtful(mark) in self.verdicts or mark.id in (self.undecided or ())


@dataclass(frozen=True)
class Tallies:
    """How many marks have what: per pen, per tag (those nested beneath it included), and so on."""

    total: int = 0
    here: int = 0
    pens: Counter[int] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    meeting: int = 0
    noted: int = 0
    private: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    undecided: frozenset[str] = frozenset()
    """The marks about which something is undecided, by their ids."""
    merged: frozenset[str] = frozenset()
    """Those that came with the last merge, by their ids."""


def tally(cards: list[Card], clause: Span | None, meeting_id: str | None, merged: frozenset[str]) -> Tallies:
    """Count what the filters offer; `here` counts the marks in `clause`, `meeting` those of one meeting."""
    marks = [card.mark for card in cards]
    tags: Counter[str] = Counter()
    for combination, times in Counter(mark.tags for mark in marks if mark.tags).items():
        for tag in with_parents(combination):
            tags[tag] += times
    return Tallies(
        total=len(marks),
        here=0 if clause is None else sum(touches(mark, clause) for mark in marks),
        pens=Counter(mark.pen for mark in marks if mark.pen is not None),
        tags=tags,
        authors=Counter(mark.author_id for mark in marks),
        meeting=0 if meeting_id is None else sum(mark.meeting_id == meeting_id for mark in marks),
        noted=sum(bool(mark.note) for mark in marks),
        private=sum(mark.private for mark in marks),
        verdicts=Counter(found for card in cards if not card.reading.waiting and (found := doubtful(card.mark))),
        undecided=frozenset(card.mark.id for card in cards if card.clashes),
        merged=merged & {mark.id for mark in marks} if merged else merged,
    )


def doubtful(mark: Mark) -> Verdict | None:
    """Return the verdict on a mark where somebody should look at it: lost, rewritten, or moved among other words."""
    verdict, score = mark.placing.verdict, mark.placing.score
    if verdict is Verdict.UNCHANGED or (verdict is Verdict.MOVED and score >= _NEARLY_ALL):
        return None
    return verdict


def touches(mark: Mark, clause: Span) -> bool:
    """Whether a mark stands in a clause, or on it."""
    place = mark.place
    return place.start < clause.end and clause.start < place.end


@lru_cache(maxsize=4096)  # marks share few combinations of tags
def with_parents(tags: tuple[str, ...]) -> frozenset[str]:
    """Return tags together with those they are nested in: "工信局/产业" is also "工信局"."""
    found: set[str] = set()
    for tag in tags:
        levels = tag.split("/")
        found.update("/".join(levels[:depth]) for depth in range(1, len(levels) + 1))
    return frozenset(found)
