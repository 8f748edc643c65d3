"""Markdown (.md): the words without the markup, headings and tables as hints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from desktop.exchange.readers.lines import Lines
from desktop.exchange.readers.markdown_inline import leads_somewhere, name_of, without_marks
from desktop.exchange.readers.text import decode_text
from desktop.model.errors import UnreadableFileError
from desktop.model.source import LineStyle, Source

_FRONT_MATTER = {
    "---": re.compile(r"\s*|\s.*|\#.*|-\s.*|[\w\"'.-]+\s*:.*"),
    "+++": re.compile(r"\s*|\s.*|\#.*|\[.*|[\w\"'.-]+\s*=.*"),
}
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_HEADINGS_TAIL = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_IDENTITY = re.compile(r"[ \t]*\{#[\w-]+\}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})[ -_a-~]*$")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"(?:[ \t]*[-*+](?:[ \t]+|$))+")
_NUMBER = re.compile(r"([ \t]*)(\d{1,9})([.)])(?=[ \t])")
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]]+)\]:[ \t]*(<[^<>]*>|\S+)(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_NOTE = re.compile(r" {0,3}\[\^([^\[\]\s]+)\]:[ \t]*(.*)$")
_CONTAINER = re.compile(r" {0,3}:{3,}[ \t]*(?:[A-Za-z][\w-]*)?[ \t]*(.*)$")
_CONTENTS = frozenset(("[toc]", "[[toc]]", "{:toc}"))
_DELIMITER = re.compile(r":?-+:?")
_PIPE = re.compile(r"(?<!\\)\|")
_MUTE = re.compile(r"[ \t]*<(script|style)\b", re.IGNORECASE)
_HTML_TABLE = re.compile(r"[ \t]*<table\b", re.IGNORECASE)
_TABLE_END = "</table>"
_LONGEST_HEADING = 100
_CODE_AT_MOST = 0.5
"""The share of a text that blocks of code may have; larger ones are the text itself, set as code."""
_BLANKS = " \t"


def read(data: bytes) -> Source:
    """Return the words of a .md file. Markup, front matter and comments are no part of them.

    Every line stays a line, also where a browser would join it with the one before. Raises UnreadableFileError.
    """
    text = _without_comments(_without_front_matter(decode_text(data)))
    return _Reader(text.split("\n")).read()


def _without_front_matter(text: str) -> str:
    """Return `text` without the fields between two lines of --- or +++ at its beginning, if they are fields."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    form = _FRONT_MATTER.get(fence)
    for index, line in enumerate(lines[1:] if form else (), 1):
        if line.rstrip() in (fence, "..."):
            return "\n".join(lines[index + 1 :])
        if form is None or not form.fullmatch(line):
            break
    return text


def _without_comments(text: str) -> str:
    """Return `text` without <!-- --> and what stands between; one that is never closed is text."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))


@dataclass(slots=True)
class _Count:
    """How far the numbers of a list at one indentation have run: as they are written, and as they are seen."""

    written: int
    seen: int
    sign: str


class _Reader:
    """Goes through the lines once; those of one paragraph wait in `_waiting` for its end."""

    def __init__(self, lines: list[str]) -> None:
        self._source = lines
        self._code = 0
        self._at = 0
        self._lines = Lines()
        self._waiting: list[str] = []
        self._counts: dict[int, _Count] = {}
        self._nested = 0
        self._never_closed: set[str] = set()
        self._references = {name_of(found[1]) for line in lines if (found := _definition(line))}
        self._notes = {name_of(found[1]) for line in lines if (found := _NOTE.match(line))}

    def read(self) -> Source:
        while self._at < len(self._source):
            line = self._source[self._at]
            self._at += 1
            quoted = _QUOTE.match(line)
            self._read_line(line[quoted.end() :] if quoted else line)
        self._flush()
        source = self._lines.source()
        return source if self._code <= len(source.text) * _CODE_AT_MOST else _without_code(source)

    def _seen(self, words: str) -> str:
        return without_marks(words, self._references, self._notes)

    def _flush(self) -> None:
        """Give the paragraph that waits to the lines."""
        if self._waiting:
            # A \ at the end of a line breaks it, as the end itself does here.
            words = "\n".join(line.rstrip(_BLANKS).removesuffix("\\") for line in self._waiting[:-1])
            last = self._waiting[-1].rstrip(_BLANKS)
            self._waiting.clear()
            style = LineStyle.BODY if self._nested else None
            self._lines.add(self._seen(f"{words}\n{last}" if words else last), style, self._nested)
            self._nested = 0

    def _read_line(self, line: str) -> None:
        if not line.strip(_BLANKS):
            self._flush()
            self._lines.add("")
        elif not any(
            take(line)
            for take in (
                self._take_fence,
                self._take_mute,
                self._take_html_table,
                self._take_heading,
                self._take_underline,
                self._take_rule,
                self._take_table,
                self._take_definition,
                self._take_item,
            )
        ):
            self._take_words(line)

    def _take_fence(self, line: str) -> bool:
        fence = _FENCE.match(line)
        if fence is None or fence[1] in self._never_closed:
            return False
        closing = re.compile(rf"[ \t>]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*")
        for end in range(self._at, len(self._source)):
            if closing.fullmatch(self._source[end]):
                self._flush()
                for code in self._source[self._at : end]:
                    self._lines.add(code, LineStyle.VERBATIM)
                    self._code += len(code)
                self._at = end + 1
                return True
        # What follows is no code, then, and its end is looked for once only.
        self._never_closed.update(fence[1][0] * length for length in range(len(fence[1]), 200))
        return False

    def _take_mute(self, line: str) -> bool:
        """Pass over a script or a style sheet."""
        mute = _MUTE.match(line)
        closing = f"</{mute[1].lower()}>" if mute else ""
        if not closing or closing in self._never_closed:
            return False
        for end in range(self._at - 1, len(self._source)):
            if closing in self._source[end].lower():
                self._flush()
                self._at = end + 1
                return True
        self._never_closed.add(closing)
        return False

    def _take_html_table(self, line: str) -> bool:
        """Take a table that is written in HTML, as programs write those that have merged cells."""
        if not _HTML_TABLE.match(line) or _TABLE_END in self._never_closed:
            return False
        for end in range(self._at - 1, len(self._source)):
            if _TABLE_END in self._source[end].lower():
                from desktop.exchange.readers.html import blocks_of

                self._flush()
                with suppress(UnreadableFileError):  # an empty one
                    for block in blocks_of("\n".join((line, *self._source[self._at : end + 1]))):
                        self._lines.add(*block)
                self._at = end + 1
                return True
        self._never_closed.add(_TABLE_END)
        return False

    def _take_heading(self, line: str) -> bool:
        heading = _HEADING.match(line)
        if heading is None:
            return False
        self._flush()
        self._counts.clear()
        words = _IDENTITY.sub("", _HEADINGS_TAIL.sub("", heading[2] or ""))
        self._lines.add(_one_line(self._seen(words)), LineStyle.HEADING, len(heading[1]))
        return True

    def _take_underline(self, line: str) -> bool:
        """Take a line of = or - under a heading. Under a whole paragraph it only ends it."""
        underline = _UNDERLINE.match(line)
        if underline is None or not self._waiting:
            return False
        words = self._waiting[0].strip(_BLANKS)
        if len(self._waiting) > 1 or len(words) > _LONGEST_HEADING or words.endswith("。"):
            self._flush()
        else:
            self._waiting.clear()
            self._counts.clear()
            self._lines.add(_one_line(self._seen(words)), LineStyle.HEADING, 1 if underline[1][0] == "=" else 2)
        return True

    def _take_rule(self, line: str) -> bool:
        if line.strip().lower() not in _CONTENTS and _RULE.match(line) is None:
            return False
        self._flush()
        self._lines.add("")
        return True

    def _take_table(self, line: str) -> bool:
        head = self._waiting[-1] if self._waiting else ""
        if not _PIPE.search(head) or not _PIPE.search(line):
            return False
        widths = _cells(line)
        if len(widths) != len(_cells(head)) or not all(map(_DELIMITER.fullmatch, widths)):
            return False
        self._waiting.pop()
        self._flush()
        for row in (head, *self._rows()):
            cells = "\t".join(_one_line(self._seen(cell)) for cell in _cells(row)).rstrip()
            self._lines.add(cells, LineStyle.TABLE)
        return True

    def _rows(self) -> Iterator[str]:
        while self._at < len(self._source) and _PIPE.search(self._source[self._at]):
            self._at += 1
            yield self._source[self._at - 1]

    def _take_definition(self, line: str) -> bool:
        note, container = _NOTE.match(line), _CONTAINER.match(line)
        if note:
            self._flush()
            self._lines.add(_one_line(self._seen(f"\\[{note[1]}\\] {note[2]}")), LineStyle.BODY)
        elif container:
            self._flush()
            self._lines.add(self._seen(container[1]))
        elif self._waiting or not _definition(line):
            return False
        return True

    def _take_item(self, line: str) -> bool:
        bullet, number = _BULLET.match(line), _NUMBER.match(line)
        if bullet:
            self._flush()
            self._begin_item(_width(line[: len(line) - len(line.lstrip(_BLANKS))]))
            rest = line[bullet.end() :]
            if rest:
                open_lists = dict(self._counts)
                self._read_line(rest)
                self._counts = open_lists | self._counts  # what stands behind a bullet is not at the margin
            return True
        if number is None:
            return False
        self._flush()
        indent = _width(number[1])
        self._begin_item(indent)
        self._nested = sum(depth < indent for depth in self._counts)
        shown = self._number(indent, int(number[2]), number[3])
        seen = number[2] if shown == int(number[2]) else str(shown)
        self._waiting.append(f"{seen}{number[3]}{line[number.end() :]}")
        return True

    def _begin_item(self, indent: int) -> None:
        for deeper in [depth for depth in self._counts if depth > indent]:
            del self._counts[deeper]

    def _number(self, indent: int, written: int, sign: str) -> int:
        """Return the number that is seen: where every item has the same one, they are counted."""
        before = self._counts.get(indent)
        seen = before.seen + 1 if before and (before.written, before.sign) == (written, sign) else written
        self._counts[indent] = _Count(written, seen, sign)
        return seen

    def _take_words(self, line: str) -> None:
        if not self._waiting and line[0] not in _BLANKS:
            self._counts.clear()  # a paragraph at the margin ends every list
        self._waiting.append(line.lstrip(_BLANKS))


def _without_code(source: Source) -> Source:
    code = LineStyle.VERBATIM
    hints = (replace(hint, style=LineStyle.BODY) if hint.style is code else hint for hint in source.hints)
    return replace(source, hints=tuple(hints))


def _definition(line: str) -> re.Match[str] | None:
    found = _DEFINITION.match(line)
    return found if found and not found[1].startswith("^") and leads_somewhere(found[2]) else None


def _cells(row: str) -> list[str]:
    cells = [cell.strip() for cell in _PIPE.split(row.strip())]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _one_line(words: str) -> str:
    return " ".join(filter(None, (line.strip(_BLANKS) for line in words.replace("\t", " ").split("\n"))))


def _width(blanks: str) -> int:
    return len(blanks.expandtabs(4))
