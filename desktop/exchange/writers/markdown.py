"""Markdown: excerpts, every marked quote under the address of its clause, with what was written on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from desktop.model.clause import Clause
from desktop.model.mark import MarkStyle
from desktop.model.outline import Outline
from desktop.model.report import Report, ReportMark
from desktop.text.blanks import one_line

_SENTENCE = re.compile(r" · 第\d+[^·]*句[^·]*$")
"""What follows the clause in an address: the sentence, or the range of them."""

# Escaped wherever they stand: what CommonMark, tables, formulas, footnotes and highlights of the usual programs know.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&~|$^#]")
_DOUBLED = re.compile(r"==|%%|\+\+|::|--")
_LINKS = re.compile(r":(?=//)|(?<=www)\.|@|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
# Escaped where a line begins: lists, rules, underlined headings, definitions.
_OPENING = re.compile(r"^(?:(=|[+\-:](?=\s|$))|(\d{1,9})([.)])(?=\s|$))")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS = {" ": "&#32;", "\t": "&#9;"}


def write_markdown(report: Report) -> bytes:
    """Return a Markdown file (UTF-8) with the marks of `report`, in the order of the text, grouped by clause.

    Times are written in the time zone of `report.made`. Nothing in quotes, notes or tags acts as markup.
    """
    return ("\n\n".join(_blocks(report)) + "\n").encode()


def escaped(words: str) -> str:
    """Return words of one line so that Markdown shows them as they are, wherever in a line they stand."""
    words = _CONTROLS.sub("", words)
    words = _SIGNS.sub(r"\\\g<0>", words)
    words = _DOUBLED.sub(lambda found: "".join(f"\\{sign}" for sign in found.group()), words)
    return _LINKS.sub(r"\\\g<0>", words)


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
        for blank, group in groupby(words.replace("\r\n", "\n").replace("\r", "\n").split("\n"), key=_is_blank)
        if not blank
    ]
    return "\n\n".join(paragraphs)


def _kept(blanks: str) -> str:
    # As references they are letters to Markdown: four would be code, two at the end a line break.
    return "".join(_BLANKS[blank] for blank in blanks)


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {escaped(one_line(report.title))}"
    if report.subtitle:
        yield f"**{escaped(one_line(report.subtitle))}**"
    if not report.marks:
        yield "没有可以导出的标注。"
        return
    yield f"共 {len(report.marks)} 条标注，导出于 {_time(report.made, report.made)}。"
    pens = {pen.number: pen.name for pen in report.pens}
    for address, marks in groupby(report.marks, key=_clause_address):
        group = list(marks)
        yield f"## {escaped(_heading(address, group[0], report.outline))}"
        for mark in group:
            yield _quotation(mark.quote)
            if mark.note.strip():
                yield escaped_paragraphs(mark.note)
            yield _details(mark, pens, address, report.made)


def _clause_address(mark: ReportMark) -> str:
    return _SENTENCE.sub("", mark.address)


def _heading(address: str, mark: ReportMark, outline: Outline) -> str:
    node = outline.at(mark.span.start)
    title = _title_in(node.clause if node else None, address)
    return one_line(f"{address} {title}") or "文首"


def _title_in(clause: Clause | None, address: str) -> str:
    # An item is addressed by its title already.
    title = clause.title if clause is not None else None
    return "" if title is None or address.endswith(title) else title


def _quotation(quote: str) -> str:
    return "\n>\n".join(f"> {escaped_line(line)}" for line in _lines(quote)) or ">"


def _details(mark: ReportMark, pens: dict[int, str], address: str, made: datetime) -> str:
    sentence = mark.address[len(address) :].removeprefix(" · ")
    parts = [
        "整条" if mark.on_clause else sentence,
        pens.get(mark.pen or 0, ""),
        "下划线" if mark.style is MarkStyle.UNDERLINE else "",
        f"标签：{'、'.join(mark.tags)}" if mark.tags else "",
        mark.author,
        _time(mark.created, made),
        f"会议：{mark.meeting}" if mark.meeting else "",
    ]
    return f"— {' · '.join(escaped(one_line(part)) for part in parts if part.strip())}"


def _lines(words: str) -> list[str]:
    return [line for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n") if not _is_blank(line)]


def _is_blank(line: str) -> bool:
    return not _CONTROLS.sub("", line).strip()


def _time(moment: datetime, made: datetime) -> str:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    moment = moment.astimezone(made.tzinfo or UTC)
    return moment.strftime("%Y-%m-%d %H:%M") + ("" if moment.utcoffset() else " UTC")
