"""Units: a text cut into the stretches that are searched as one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from desktop.model.edition import Edition
from desktop.model.mark import Mark
from desktop.model.outline import Node, Outline
from desktop.parsing.addressing import address_at, address_of_place
from desktop.parsing.naming import clause_names, joined_names, labelled
from desktop.search.source import Address, Places, Unit

LONGEST = 4000
"""Text outside numbered clauses is cut at line ends where it is longer than this (code points)."""


class Stretch(NamedTuple):
    """The code points `start` up to `end` of a text, as one unit; see `Places` for `section` and `addresses`."""

    start: int
    end: int
    section: str = ""
    addresses: tuple[Address, ...] = ()


def units_of(text: str, outline: Outline) -> list[Stretch]:
    """Cut a text into the units it is searched by; they follow one another and leave nothing out.

    A unit is a numbered clause with the items and paragraphs that count with it (a clause outside all numbers is one
    by itself), without the numbered clauses below it. What stands before the first clause is a unit, too. They consist
    of whole lines, so that whatever stands in a line is found: clauses that begin within one go with those before.
    """
    places = _places(outline)
    starts = [place.start for place in places]
    found: list[Stretch] = []
    for bounds in stretches_of(text, outline):
        first, behind = max(0, bisect_right(starts, bounds.start) - 1), bisect_left(starts, bounds.end)
        addresses = tuple(_from(bounds.start, place) for place in places[first:behind])
        found.append(bounds._replace(addresses=addresses))
    return found


def stretches_of(text: str, outline: Outline) -> Iterator[Stretch]:
    """Yield the same units without their addresses, which take longer to name than the rest."""
    return _cut(text, _bounds(text, outline))


def text_unit(number: int, edition: Edition, stretch: Stretch) -> Unit:
    """Return a stretch of an edition's text as a unit of this number."""
    text = edition.text[stretch.start : stretch.end]
    return Unit(
        number, edition.document_id, edition.id, stretch.start, text, Places(stretch.section, stretch.addresses)
    )


def mark_unit(number: int, mark: Mark, outline: Outline) -> Unit:
    """Return the note and the tags of a mark as a unit of this number. `outline` is that of its edition."""
    return Unit(
        number=number,
        document_id=mark.document_id,
        edition_id=mark.edition_id,
        start=mark.span.start,
        text="\n".join((mark.note, *mark.tags)),
        places=Places(
            section_at(outline, mark.span.start),
            (Address(0, address_of_place(outline, mark.place)),),
        ),
        mark_id=mark.id,
        note_length=len(mark.note),
    )


def section_at(outline: Outline, offset: int) -> str:
    """Return the heading of the top-level clause above the code point at `offset`, "" outside the clauses."""
    node = outline.at(offset)
    return _section(node) if node else ""


def _bounds(text: str, outline: Outline) -> Iterator[tuple[Stretch, bool]]:
    """Yield the stretches of the outline, and whether each may be cut."""
    nodes = [node for node in outline.nodes if not node.clause.implied]
    heads = [node for before, node in pairwise((None, *nodes)) if node and _parted(before, node)]
    start, section, cuts = 0, "", True
    for head in heads:
        line = text.rfind("\n", start, head.clause.start) + 1 or start
        if text[line : head.clause.start].strip() or line < start:
            cuts = cuts and head.numbered.number is None
            continue
        yield Stretch(start, line, section), cuts
        start, section, cuts = line, _section(head), head.numbered.number is None
    yield Stretch(start, len(text), section), cuts


def _parted(before: Node | None, node: Node) -> bool:
    return before is None or before.numbered is not node.numbered


def _section(node: Node) -> str:
    top = node.path[0]
    return labelled(top.label, top.title or "")


def _cut(text: str, stretches: Iterator[tuple[Stretch, bool]]) -> Iterator[Stretch]:
    """Yield the stretches, those that may be cut in pieces of whole lines; none is empty."""
    for stretch, cuts in stretches:
        start = stretch.start
        while start < stretch.end:
            end = stretch.end
            if cuts and end - start > LONGEST:
                # The last line end within the length, or the first one behind it.
                end = text.rfind("\n", start, start + LONGEST) + 1 or text.find("\n", start, end) + 1 or end
            yield Stretch(start, end, stretch.section)
            start = end


def _places(outline: Outline) -> list[Address]:
    """Return the addresses of all clauses and notices, in code points of the text, in its order."""
    clauses = [_place(node, outline) for node in outline.nodes if not node.clause.implied]
    notices = [Address(notice.start, address_at(outline, notice.start)) for notice in outline.notices]
    return sorted((*notices, *clauses), key=lambda place: place.start)


def _place(node: Node, outline: Outline) -> Address:
    sentences = tuple(sentence.start for sentence in node.clause.sentences)
    name = joined_names(clause_names(node.path, outline.clauses))
    return Address(node.clause.start, name, sentences if len(sentences) > 1 else ())


def _from(start: int, place: Address) -> Address:
    """Return an address with its offsets counted from `start` on; a clause that goes on here begins before it."""
    return Address(place.start - start, place.name, tuple(sentence - start for sentence in place.sentences))
