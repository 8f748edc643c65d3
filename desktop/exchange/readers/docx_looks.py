"""What paragraphs of a Word file are by their looks, where no styles tell: 小标宋, 黑体, 楷体, size, centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import groupby

from desktop.exchange.readers.docx_body import Paragraph, Place
from desktop.exchange.readers.docx_styles import Kind, Look
from desktop.exchange.readers.lines import is_labelled
from desktop.model.source import LineStyle

_LONGEST_HEADING = 80
_LONGEST_TITLE = 100
_LATEST_TITLE = 30
"""How many paragraphs may stand before the title: an office's name, a number, a notice."""
_CLEARLY_LARGER = 4
"""Half points by which a centred line must be larger than the body to be a heading."""
_NOT_A_HEADINGS_END = "。；;，,、：:"
_OFFICE_END = "文件"
_FEWEST_ROWS = 3
"""So many paragraphs with equally many parts between tabs are a table; fewer are prose with wide gaps, a signature."""
_DASHES = "—–-－―─"


class _Face(IntEnum):
    """The kinds of type that official documents tell their levels by."""

    OTHER = 0
    HEI = 1
    KAI = 2
    TITLE = 3


_FACES = (
    (_Face.TITLE, ("小标宋", "xiaobiaosong", "xbsjw")),
    (_Face.HEI, ("黑体", "simhei", "heiti", "fzhei")),
    (_Face.KAI, ("楷体", "楷_gb", "kaiti", "simkai", "fzkai")),
)
_BOLD_LEVEL = 3


def with_looks(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, those that styles say nothing about with what their looks tell.

    Headings are told by looks only where no style names one; a title only where no style names it.
    """
    body = _body_look(paragraphs)
    found = list(paragraphs)
    _mark_prose(found)
    if body is None:
        return found
    if not any(paragraph.kind.style is LineStyle.TITLE for paragraph in paragraphs):
        _mark_title(found, body)
    if not any(paragraph.kind.style is LineStyle.HEADING for paragraph in paragraphs):
        _mark_headings(found, body)
    return found


def _body_look(paragraphs: Sequence[Paragraph]) -> Look | None:
    """Return the look most letters have."""
    letters: Counter[Look] = Counter()
    for paragraph in paragraphs:
        if paragraph.look is not None and paragraph.place is Place.BODY:
            letters[paragraph.look] += len(paragraph.words)
    return letters.most_common(1)[0][0] if letters else None


def _mark_title(paragraphs: list[Paragraph], body: Look) -> None:
    """Mark the first lines that look like a title, and a subtitle behind them."""
    inside = False
    for index, paragraph in enumerate(paragraphs[:_LATEST_TITLE]):
        words = paragraph.words.strip()
        if not words:
            continue
        if _is_title(paragraph, words, body):
            paragraphs[index] = _as(paragraph, LineStyle.TITLE)
            inside = True
        elif inside:
            if not _is_byline(paragraph, words):
                return
            paragraphs[index] = _as(paragraph, LineStyle.SUBTITLE if _is_subtitle(words) else LineStyle.BODY)
        elif paragraph.kind.style is LineStyle.HEADING:
            return


def _is_title(paragraph: Paragraph, words: str, body: Look) -> bool:
    look = paragraph.look
    if (
        look is None
        or not paragraph.kind.centred
        or paragraph.kind.style is not None
        or not _may_head(paragraph, words)
    ):
        return False
    if len(words) > _LONGEST_TITLE or words.endswith(_OFFICE_END):
        return False
    return _face(look) is _Face.TITLE or look.size >= body.size + 2 * _CLEARLY_LARGER


def _is_byline(paragraph: Paragraph, words: str) -> bool:
    """Tell whether a line behind the title belongs to it: a version, an occasion, an author, a date, all centred."""
    if not paragraph.kind.centred or paragraph.kind.style is not None or not _may_head(paragraph, words):
        return False
    if _is_subtitle(words):
        return True
    return paragraph.look is not None and _face(paragraph.look) is _Face.KAI and not is_labelled(words)


def _is_subtitle(words: str) -> bool:
    return words[0] in _DASHES or (words[0] in "（(" and words[-1] in "）)")


def _mark_prose(paragraphs: list[Paragraph]) -> None:
    """Mark the paragraphs with tabs that are no rows of a table, which the text alone would make of them."""
    for parts, group in groupby(range(len(paragraphs)), key=lambda index: _parts(paragraphs[index])):
        found = list(group)
        if parts > 1 and len(found) < _FEWEST_ROWS:
            for index in found:
                paragraphs[index] = _as(paragraphs[index], LineStyle.BODY)


def _parts(paragraph: Paragraph) -> int:
    """Return how many parts tabs make of a paragraph of the text, 0 for any other."""
    if paragraph.place is not Place.BODY or paragraph.kind.style is not None:
        return 0
    return max(len(line.split("\t")) for line in paragraph.words.strip().split("\n"))


def _mark_headings(paragraphs: list[Paragraph], body: Look) -> None:
    named = (LineStyle.TITLE, LineStyle.SUBTITLE)
    first = max((index for index, paragraph in enumerate(paragraphs) if paragraph.kind.style in named), default=-1) + 1
    ranks = {index: _rank(paragraph, body) for index, paragraph in enumerate(paragraphs[first:], first)}
    ranks = {index: rank for index, rank in ranks.items() if rank}
    levels = {rank: level for level, rank in enumerate(sorted(set(ranks.values())), 1)}
    for index, rank in ranks.items():
        paragraphs[index] = _as(paragraphs[index], LineStyle.HEADING, levels[rank])


def _rank(paragraph: Paragraph, body: Look) -> int:
    """Return the rank of a paragraph that looks like a heading, 1 being the highest; 0 for any other."""
    look, words = paragraph.look, paragraph.words.strip()
    if look is None or paragraph.kind.style is not None or not _may_head(paragraph, words):
        return 0
    if len(words) > _LONGEST_HEADING or words[-1] in _NOT_A_HEADINGS_END:
        return 0
    if paragraph.kind.centred and look.size >= body.size + _CLEARLY_LARGER:
        return _Face.HEI
    face = _face(look)
    if face in (_Face.HEI, _Face.KAI) and face is not _face(body):
        return face
    return _BOLD_LEVEL if look.bold and not body.bold else 0


def _may_head(paragraph: Paragraph, words: str) -> bool:
    return bool(words) and paragraph.place is Place.BODY and "\t" not in words


def _face(look: Look) -> _Face:
    name = look.font.lower()
    return next((face for face, names in _FACES if any(part in name for part in names)), _Face.OTHER)


def _as(paragraph: Paragraph, style: LineStyle, level: int = 0) -> Paragraph:
    kind: Kind = replace(paragraph.kind, style=style, level=level)
    return replace(paragraph, kind=kind)
