"""Markdown: excerpts, every marked quote under the address of its clause, with what was written on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.excerpts import Block, Part, blocks_of
from desktop.exchange.writers.wording import line_ends
from desktop.model.export import DEFAULT_OPTIONS, Grouping, Options
from desktop.model.report import Report
from desktop.text.blanks import TURNING

# Escaped wherever they stand: what CommonMark, tables, formulas, footnotes and highlights of the usual programs know.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&~|$^#]")
_DOUBLED = re.compile(r"==|%%|\+\+|::|--")
_LINKS = re.compile(r":(?=//)|(?<=www)\.|@|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
# Escaped where a line begins: lists, rules, underlined headings, definitions.
_OPENING = re.compile(r"^(?:(=|[+\-:](?=\s|$))|(\d{1,9})([.)])(?=\s|$))")
_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff" + TURNING
# None of these signs: nothing to escape. The first question, as it is asked of every line.
_ACTIVE = re.compile(rf"[{_UNSEEN}" + r"\\`*_{}\[\]<>&~|$^#=%+:@-]|www", re.IGNORECASE)
_CONTROLS = re.compile(f"[{_UNSEEN}]")
_BLANKS = {" ": "&#32;", "\t": "&#9;"}


def write_markdown(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a Markdown file (UTF-8) with the marks of `report` as excerpts, in the form of the options' template.

    Times are written in the time zone of `report.made`. Nothing in quotes, notes or tags acts as markup. Control
    characters, those of the writing direction too, and lone surrogates are left out. Raises CancelledError.
    """
    return ("\n\n".join(markdown_blocks(report, options, watch)) + "\n").encode()


def markdown_blocks(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> Iterator[str]:
    """Yield the blocks of such a file from its top, each when it is asked for; blank lines stand between them."""
    grouped = options.template.grouping is Grouping.TAG
    return (_shown(block, grouped=grouped) for block in blocks_of(report, options.template, watch))


def escaped(words: str) -> str:
    """Return words of one line so that Markdown shows them as they are, wherever in a line they stand."""
    if not _ACTIVE.search(words):
        return words
    words = _SIGNS.sub(_escape, _CONTROLS.sub("", words))
    return _LINKS.sub(_escape, _DOUBLED.sub(_escape, words))


def _escape(found: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in found[0])


def escaped_line(line: str) -> str:
    """Return a line so that Markdown shows it as it is and takes it for no heading, list, rule or code."""
    inner = _CONTROLS.sub("", line).strip(" \t")
    before, after = line[: len(line) - len(line.lstrip(" \t"))], line[len(line.rstrip(" \t")) :]
    if not inner:
        return ""
    words = _OPENING.sub(lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[1]}", escaped(inner))
    return f"{_kept(before)}{words}{_kept(after)}"


def escaped_paragraphs(words: str) -> str:
    """Return words of many lines so that Markdown shows them as they are, with their lines and paragraphs."""
    # Two blanks at the end keep the user's line; a blank line, however many, is a new paragraph.
    paragraphs = [
        "  \n".join(escaped_line(line) for line in group)
        for blank, group in groupby(line_ends(words).split("\n"), key=_is_blank)
        if not blank
    ]
    return "\n\n".join(paragraphs)


def _kept(blanks: str) -> str:
    # As references they are letters to Markdown: four would be code, two at the end a line break.
    return "".join(_BLANKS[blank] for blank in blanks)


def _shown(block: Block, *, grouped: bool) -> str:
    match block.part:
        case Part.TITLE:
            return f"# {escaped(block.words)}"
        case Part.SUBTITLE:
            return f"**{escaped(block.words)}**"
        case Part.GROUP:
            return f"## {escaped(block.words)}"
        case Part.CLAUSE:
            return f"{'###' if grouped else '##'} {escaped(block.words)}"
        case Part.QUOTE:
            return _quotation(block.words)
        case Part.NOTE:
            return escaped_paragraphs(block.words)
        case Part.DETAILS:
            return f"— {escaped(block.words)}"
        case Part.SUMMARY:
            return block.words


def _quotation(quote: str) -> str:
    return "\n>\n".join(f"> {escaped_line(line)}" for line in _lines(quote)) or ">"


def _lines(words: str) -> list[str]:
    return [line for line in line_ends(words).split("\n") if not _is_blank(line)]


def _is_blank(line: str) -> bool:
    return not _CONTROLS.sub("", line).strip()
