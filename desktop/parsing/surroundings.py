"""Lines that belong to no clause wherever they stand: continuation marks, page numbers, running titles."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from desktop.model.outline import NoticeKind
from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import read_label

_LONGEST_MARK = 40
_LONGEST_RUNNING_TITLE = 60
_FEWEST_PAGES = 3
_PAGE_BREAK = "\x0c"

_CONTINUATION = re.compile(
    r"[^\w（(]{0,4}[（(【\[]?\s*(?:(?P<from>上接|紧接|接)|(?P<on>下转|转))\s*"
    r"(?:第?\s*[A-Za-z]?\s*[0-9\uff10-\uff19一二三四五六七八九十]{1,4}\s*[版页]|[A-Za-z]\d{1,3})[^。；]{0,12}"
)
_DASH = "[—―─–-]"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}{{1,2}}\s*(?:\d{{1,4}}|[ivxIVX\u2160-\u216b]{{1,6}})\s*{_DASH}{{1,2}}"
    r"|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_DATE = re.compile(r"[0-9\uff10-\uff19〇○零一二三四五六七八九十]{4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")
_MOST_LINES_OF_A_NOTE = 3
_ON_A_DOCUMENT = re.compile(
    r"[府会委室厅局部院署]\s*文\s*件$|[\u3014\[【（(]\s*\d{4}\s*[\u3015\]】）)]\s*第?\s*\d{1,5}\s*号$"
)
_NEWSPAPER = re.compile(
    r"\d{4}\s*[年.-]\s*\d{1,2}\s*[月.-]\s*\d{1,2}.{0,12}(?:星期[一二三四五六日天]|版)|第?\s*\S{1,3}\s*版[：:]"
)
_ACT = re.compile("通过|批准|修订|修正|公布|发布|施行")
_ACCORDING = ("根据", "依据")


def find_marks(text: str, lines: Sequence[Line]) -> dict[int, NoticeKind]:
    """Return what stands around the clauses wherever it is, by the start of its line."""
    marks: dict[int, NoticeKind] = {}
    numbers: list[int] = []
    for index, line in enumerate(lines):
        if line.end - line.start > _LONGEST_MARK or line.style is LineStyle.TABLE:
            continue
        words = text[line.start : line.end].rstrip()
        if words.isdecimal() and len(words) <= 4:
            numbers.append(index)
        else:
            kind = _mark_kind(words)
            if kind is not None:
                marks[line.start] = kind
    for index in _page_numbers(text, lines, numbers):
        marks[lines[index].start] = NoticeKind.OTHER
    for index in _running_titles(text, lines, marks):
        marks[lines[index].start] = NoticeKind.OTHER
    return marks


def _mark_kind(words: str) -> NoticeKind | None:
    """Return what a line is that may stand anywhere: a continuation mark or a page number; else None."""
    mark = _CONTINUATION.fullmatch(words)
    if mark is not None:
        return NoticeKind.CONTINUED_FROM if mark["from"] else NoticeKind.CONTINUED_ON
    return NoticeKind.OTHER if _PAGE_NUMBER.fullmatch(words) else None


def _page_numbers(text: str, lines: Sequence[Line], numbers: list[int]) -> Iterator[int]:
    """Yield the lines of digits alone that number pages: beside a page break, or all of them in sequence."""
    values = [int(text[lines[index].start : lines[index].end]) for index in numbers]
    in_sequence = len(numbers) >= _FEWEST_PAGES and all(
        second == first + 1 for first, second in itertools.pairwise(values)
    )
    apart = all(after - before > 1 for before, after in itertools.pairwise(numbers))
    for index in numbers:
        if (in_sequence and apart) or _beside_a_page_break(text, lines, index):
            yield index


def _beside_a_page_break(text: str, lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    before = lines[index - 1].end if index else 0
    after = lines[index + 1].start if index + 1 < len(lines) else len(text)
    return text.find(_PAGE_BREAK, before, line.start) >= 0 or text.find(_PAGE_BREAK, line.end - 1, after) >= 0


def _running_titles(text: str, lines: Sequence[Line], marks: dict[int, NoticeKind]) -> Iterator[int]:
    """Yield the lines that stand at the edge of three or more pages; of a heading among them all but the first."""
    if _PAGE_BREAK not in text and sum(kind is NoticeKind.OTHER for kind in marks.values()) < _FEWEST_PAGES:
        return
    edges = [index for index in range(len(lines)) if _at_an_edge(text, lines, marks, index)]
    counts = Counter(_words(text, lines[index]) for index in edges)
    running = {title for title, count in counts.items() if count >= _FEWEST_PAGES}
    first: dict[str, int] = {}
    for index, line in enumerate(lines):
        if running and line.end - line.start <= _LONGEST_RUNNING_TITLE:
            title = _words(text, line)
            if title in running:
                first.setdefault(title, index)
    for index in edges:
        title = _words(text, lines[index])
        if title in running and (first[title] != index or read_label(title, 0, len(title)) is None):
            yield index


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end].rstrip()


def _at_an_edge(text: str, lines: Sequence[Line], marks: dict[int, NoticeKind], index: int) -> bool:
    line = lines[index]
    if line.end - line.start > _LONGEST_RUNNING_TITLE or line.start in marks:
        return False
    beside = any(
        0 <= near < len(lines) and marks.get(lines[near].start) is NoticeKind.OTHER for near in (index - 1, index + 1)
    )
    if not beside and _PAGE_BREAK not in text[lines[index - 1].end if index else 0 : line.start]:
        return False
    return not ends_a_sentence(text[line.start : line.end])


def is_date(words: str) -> bool:
    """Whether `words` are a day and nothing else, as below a signature."""
    return _DATE.fullmatch(words) is not None


def is_masthead(words: str) -> bool:
    """Whether a line above a title is of the sheet it is printed on: a newspaper's day, a document's number."""
    return _ON_A_DOCUMENT.search(words) is not None or _NEWSPAPER.search(words) is not None


def behind_adoption_note(text: str, lines: Sequence[Line], index: int) -> int:
    """Return the index behind the adoption note that begins at `index`; `index` where none does.

    Between brackets it may be broken into lines.
    """
    words = text[lines[index].start : lines[index].end].rstrip()
    if _is_adoption_note(words):
        return index + 1
    for below in range(index + 1, min(len(lines), index + _MOST_LINES_OF_A_NOTE)):
        if words[0] not in "（(" or not _is_open(words) or not lines[below].adjacent:
            break
        words += text[lines[below].start : lines[below].end].rstrip()
        if not _is_open(words) and words[-1] in "）)" and _is_adoption_note(words):
            return below + 1
    return index


def _is_open(words: str) -> bool:
    return words.count("（") + words.count("(") > words.count("）") + words.count(")")


def _is_adoption_note(words: str) -> bool:
    """Whether a line before the body says when and by whom the text was adopted or amended."""
    dated = _DATE.search(words)
    if dated is None or _ACT.search(words, dated.end()) is None:
        return False
    bracketed = words[0] in "（(" or words[-1] in "）)"
    begins = dated.start() == 0 or words.startswith(_ACCORDING)
    return bracketed or (begins and not words.endswith("。"))
