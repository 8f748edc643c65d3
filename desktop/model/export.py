"""What an export can be asked for besides its marks: the fields of an excerpt, their order, and the printed page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What an excerpt can tell of a mark; the values are kept in settings and stay."""

    CLAUSE = "clause"
    QUOTE = "quote"
    NOTE = "note"
    PLACE = "place"  # the sentence within the clause
    PEN = "pen"
    STYLE = "style"
    KIND = "kind"
    TAGS = "tags"
    AUTHOR = "author"
    CREATED = "created"
    CHANGED = "changed"
    MEETING = "meeting"
    PRIVATE = "private"


FIELD_TITLES = {
    Field.CLAUSE: "条款号",
    Field.QUOTE: "原文",
    Field.NOTE: "批注",
    Field.PLACE: "句",
    Field.PEN: "颜色",
    Field.STYLE: "下划线",
    Field.KIND: "类型",
    Field.TAGS: "标签",
    Field.AUTHOR: "作者",
    Field.CREATED: "时间",
    Field.CHANGED: "修改时间",
    Field.MEETING: "会议",
    Field.PRIVATE: "私人",
}
"""What the fields are called on the screen."""

DEFAULT_FIELDS = (
    Field.CLAUSE,
    Field.QUOTE,
    Field.NOTE,
    Field.PLACE,
    Field.PEN,
    Field.STYLE,
    Field.TAGS,
    Field.AUTHOR,
    Field.CREATED,
    Field.MEETING,
    Field.PRIVATE,
)


class Grouping(StrEnum):
    """In which order excerpts stand; the values are kept in settings and stay."""

    TEXT = "text"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Template:
    """The form of an excerpt: which fields, in which order, and what the excerpts are grouped by.

    A clause that comes first is the heading of its marks, anywhere else a part of their details. Quote and note are
    paragraphs of their own; neighbours among the other fields share a line.
    """

    fields: tuple[Field, ...] = DEFAULT_FIELDS
    grouping: Grouping = Grouping.TEXT


def fields_named(names: Iterable[str]) -> tuple[Field, ...]:
    """Return the fields of these names, each once; a name that isn't known is left out."""
    known = {field.value: field for field in Field}
    return tuple(dict.fromkeys(known[name] for name in names if name in known))


FULL_PAGE_LINE = 28.95
"""Distance of lines in points at which 22 of them fill a page of an official document (225 mm)."""


class Margin(StrEnum):
    """Where notes stand beside a printed text; the values are kept in settings and stay."""

    NARROW = "narrow"  # in what an official document leaves free
    WIDE = "wide"  # in a column as people read it; the text is set smaller


MARGIN_TITLES = {Margin.NARROW: "窄栏（公文版式）", Margin.WIDE: "宽栏（正文八成大小）"}
"""What the margins are called on the screen."""


@dataclass(frozen=True, slots=True)
class PageForm:
    """What may differ on the page of an official document.

    `line` is the distance of lines in points; `bold` whether headings of the third degree and run-in titles are bold.
    The margin is that of paper and PDF: Word has its own column for comments.
    """

    line: float = FULL_PAGE_LINE
    bold: bool = True
    margin: Margin = Margin.NARROW


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is written; each form of export takes from it what it has use for."""

    template: Template = Template()
    page: PageForm = PageForm()


DEFAULT_OPTIONS = Options()
