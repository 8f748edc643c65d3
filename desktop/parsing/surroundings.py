"""Lines that belong to no clause wherever they stand: continuation marks, page numbers, adoption notes."""

from __future__ import annotations

import re

from desktop.model.outline import NoticeKind

LONGEST_MARK = 40
"""No continuation mark or page number is longer (code points)."""

_CONTINUATION = re.compile(
    r"[^\w（(]{0,4}[（(【\[]?\s*(?:(?P<from>上接|紧接|接)|(?P<on>下转|转))\s*"
    r"(?:第?\s*[A-Za-z]?\s*[0-9\uff10-\uff19一二三四五六七八九十]{1,4}\s*[版页]|[A-Za-z]\d{1,3})[^。；]{0,12}"
)
_DASH = "[—―─–-]"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}{{1,2}}\s*\d{{1,4}}\s*{_DASH}{{1,2}}|第\s*\d{{1,4}}\s*页(?:[\s,，/]*共\s*\d{{1,4}}\s*页)?|\d{{1,4}}\s*/\s*\d{{1,4}}"
)
_DATE = re.compile(r"[0-9\uff10-\uff19〇○零一二三四五六七八九十]{4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")
_ACT = re.compile("通过|批准|修订|修正|公布|发布|施行")


def mark_kind(words: str) -> NoticeKind | None:
    """Return what a line is that may stand anywhere: a continuation mark or a page number; else None."""
    if len(words) > LONGEST_MARK:
        return None
    mark = _CONTINUATION.fullmatch(words)
    if mark is not None:
        return NoticeKind.CONTINUED_FROM if mark["from"] else NoticeKind.CONTINUED_ON
    return NoticeKind.OTHER if _PAGE_NUMBER.fullmatch(words) else None


def is_adoption_note(words: str) -> bool:
    """Whether a line before the body says when and by whom the text was adopted or amended."""
    dated = _DATE.search(words)
    if dated is None or _ACT.search(words, dated.end()) is None:
        return False
    bracketed = words[0] in "（(" or words[-1] in "）)"
    return bracketed or (dated.start() == 0 and not words.endswith("。"))
