"""Markdown within a line: emphasis, code, links, pictures and tags are taken off, the words between them stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape

_TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~]"
    r"|`+"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|<[^<>\n]{1,1000}>"
    r"|\[\^[^\[\]\s]{1,50}\]"
    r"|!?\["
    r"|\]"
    r"|\*+|_+|~+"
)
_TARGET = re.compile(
    r"\([ \n]*(?P<to><[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,5})"
    r"(?:[ \n]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \n]*\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_TAGS = re.compile(
    "a|abbr|address|article|b|big|blockquote|br|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|"
    "figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|nav|ol|p|pre|q|s|section|small|span|strike|strong|"
    "sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|wbr"
)
_BREAKS = re.compile("address|article|blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|section|table|tr|ul")
_NEVER_MARKS = 4
"""A row of so many stars or underscores is a blank to be filled in, or a line drawn."""
_STRUCK = 2


def without_marks(words: str, references: Collection[str] = (), notes: Collection[str] = ()) -> str:
    """Return what a reader sees of `words`, in time linear in their length.

    `references` are the names links may refer to, `notes` those of footnotes, both folded by `name_of`.
    """
    return _Reader(words, references, notes).read()


def name_of(words: str) -> str:
    """Return the name of a reference as names are compared."""
    return " ".join(words.split()).casefold()


def leads_somewhere(target: str) -> bool:
    """Whether a link may lead to `target`. What holds Chinese but no sign of an address is a remark in brackets."""
    return target.isascii() or any(sign in target for sign in "/.#:") or target.startswith("<")


@dataclass(frozen=True, slots=True)
class _Opener:
    """A run of marks that may open: where it stands among the pieces, its length, and whether it may close, too."""

    piece: int
    length: int
    may_close: bool

    def passes_over(self, length: int, *, may_open: bool) -> bool:
        """Whether a run of `length` is not meant to close this one: in **甲*乙*丙** the single stars are a pair."""
        either = self.may_close or may_open
        return either and (self.length + length) % 3 == 0 and (self.length % 3 != 0 or length % 3 != 0)


class _Reader:
    def __init__(self, words: str, references: Collection[str], notes: Collection[str]) -> None:
        self._words = words
        self._references = references
        self._notes = notes
        self._pieces: list[str] = []
        self._openers: dict[str, list[_Opener]] = defaultdict(list)  # by their sign
        self._brackets: list[tuple[int, int]] = []  # piece of an open bracket, and where its text begins
        self._ticks: dict[int, list[int]] | None = None

    def read(self) -> str:
        at = 0
        while match := _TOKEN.search(self._words, at):
            self._pieces.append(self._words[at : match.start()])
            at = self._take_up(match[0], match.start(), match.end())
        self._pieces.append(self._words[at:])
        return "".join(self._pieces)

    def _take_up(self, found: str, start: int, end: int) -> int:
        """Take up a sign and return where to go on."""
        first = found[0]
        if first == "`":
            return self._read_code(len(found), end)
        if found == "]":
            return self._close_bracket(start, end)
        if found in ("[", "!["):
            self._brackets.append((len(self._pieces), end))
            self._pieces.append(found)
        elif first in "*_~":
            self._read_marks(found, start, end)
        else:
            self._pieces.append(self._seen(found))
        return end

    def _seen(self, found: str) -> str:
        """Return what is seen of an escape, a character reference, a tag or a footnote's mark."""
        if found[0] == "\\":
            return found[1:]
        if found[0] == "&":
            return unescape(found)
        if found[0] == "[":
            name = found[2:-1]
            return f"[{name}]" if name_of(name) in self._notes else found
        link, tag = _AUTOLINK.fullmatch(found), _TAG.fullmatch(found)
        if link:
            return link[1]
        name = tag[1].lower() if tag else ""
        if not _TAGS.fullmatch(name):
            return found
        return "\n" if _BREAKS.fullmatch(name) else ""

    def _read_code(self, length: int, end: int) -> int:
        if self._ticks is None:
            self._ticks = defaultdict(list)
            for run in re.finditer("`+", self._words):
                self._ticks[len(run[0])].append(run.start())
        closings = self._ticks.get(length, [])
        index = bisect_left(closings, end)
        if index == len(closings):
            self._pieces.append("`" * length)
            return end
        code = self._words[end : closings[index]]
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        self._pieces.append(code)
        return closings[index] + length

    def _close_bracket(self, start: int, end: int) -> int:
        if not self._brackets:
            self._pieces.append("]")
            return end
        piece, text_start = self._brackets.pop()
        after = self._end_of_link(self._words[text_start:start], end)
        if after is None:
            self._pieces.append("]")
            return end
        self._pieces[piece] = ""
        return after

    def _end_of_link(self, text: str, end: int) -> int | None:
        """Return where the link ends whose text ends before `end`, None where it is none."""
        target = _TARGET.match(self._words, end)
        if target and leads_somewhere(target["to"]):
            return target.end()
        reference = _REFERENCE.match(self._words, end)
        if reference and name_of(reference[1] or text) in self._references:
            return reference.end()
        return end if name_of(text) in self._references else None

    def _read_marks(self, run: str, start: int, end: int) -> None:
        """Take off a run of marks together with the run that opened it; what stays alone is text."""
        opens, closes = self._flanks(run, start, end)
        openers = self._openers[run[0]]
        left = len(run)
        while closes and left and openers and not openers[-1].passes_over(len(run), may_open=opens):
            piece = openers[-1].piece
            taken = min(left, len(self._pieces[piece]))
            self._pieces[piece] = self._pieces[piece][taken:]
            left -= taken
            if not self._pieces[piece]:
                openers.pop()
        if left and opens:
            openers.append(_Opener(len(self._pieces), len(run), closes))
        self._pieces.append(run[0] * left)

    def _flanks(self, run: str, start: int, end: int) -> tuple[bool, bool]:
        """Return whether a run of marks may open and whether it may close."""
        before = self._words[start - 1] if start else " "
        after = self._words[end] if end < len(self._words) else " "
        if len(run) >= _NEVER_MARKS or (run[0] == "~" and len(run) != _STRUCK):
            return False, False
        opens, closes = not after.isspace(), not before.isspace()
        if run[0] == "_":
            return opens and not _is_word(before), closes and not _is_word(after)
        # A single star between letters or digits multiplies.
        if run == "*" and before.isascii() and after.isascii() and _is_word(before) and _is_word(after):
            return False, False
        return opens, closes


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
