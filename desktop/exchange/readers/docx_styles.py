"""The styles of a Word file: what a paragraph or a run is by its style and by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.exchange.readers.docx_xml import Element, W, number, switch, value, whole_number
from desktop.model.source import LineStyle

_DEFAULT_SIZE = 20
_BODY_OUTLINE_LEVEL = 9
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_LEVEL = re.compile(r"([一二三四五六])级标题")
_LEVELS = "一二三四五六"
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]")
_NAMED = {
    "title": LineStyle.TITLE,
    "标题": LineStyle.TITLE,
    "文件标题": LineStyle.TITLE,
    "公文标题": LineStyle.TITLE,
    "subtitle": LineStyle.SUBTITLE,
    "副标题": LineStyle.SUBTITLE,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set: the font of its Chinese letters ("" where a theme decides), size in half points."""

    font: str = ""
    size: int = _DEFAULT_SIZE
    bold: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph is by its style: style and level of its lines, its list, its place on the line."""

    style: LineStyle | None = None
    level: int = 0
    num_id: str | None = None
    num_level: int | None = None
    centred: bool = False


class Styles:
    """The styles of one file; a file may do without any."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._base = Look()
        self._kinds: dict[str, Kind] = {}
        self._looks: dict[tuple[Look, str], Look] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for style in root.iterfind(W + "style"):
            identity = style.get(W + "styleId") or ""
            self._styles[identity] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = identity
        self._base = changed(Look(), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def style_of(self, properties: Element | None) -> str:
        """Return the style a paragraph's properties name, else the default one."""
        return value(properties, "pStyle") or self._default

    def kind(self, properties: Element | None) -> Kind:
        """Return what a paragraph is, by its style and its own properties."""
        kind = self._kind_of_style(self.style_of(properties))
        return _changed_kind(kind, properties) if properties is not None else kind

    def look(self, style: str) -> Look:
        """Return how the text of a paragraph of this style is set."""
        return self.run_look(self._base, style)

    def run_look(self, look: Look, style: str) -> Look:
        """Return `look` as the runs of a style change it."""
        key = (look, style)
        if key not in self._looks:
            for element in reversed(list(self._chain(style))):
                look = changed(look, element.find(W + "rPr"))
            self._looks[key] = look
        return self._looks[key]

    def num_id_of_style(self, style: str) -> str | None:
        """Return the list a numbering style belongs to."""
        return self._kind_of_style(style).num_id

    def _kind_of_style(self, style: str) -> Kind:
        if style not in self._kinds:
            kind = Kind()
            for element in reversed(list(self._chain(style))):
                kind = _named_kind(kind, element)
                properties = element.find(W + "pPr")
                if properties is not None:
                    kind = _changed_kind(kind, properties)
            self._kinds[style] = kind
        return self._kinds[style]

    def _chain(self, style: str) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            style = value(element, "basedOn") or ""


def changed(look: Look, properties: Element | None) -> Look:
    """Return `look` as the properties of a run change it."""
    if properties is None:
        return look
    size = number(properties, "sz")
    bold, hidden = switch(properties, "b"), switch(properties, "vanish")
    return Look(
        font=_font(properties, look.font),
        size=look.size if size is None else size,
        bold=look.bold if bold is None else bold,
        hidden=look.hidden if hidden is None else hidden,
    )


def _font(properties: Element, before: str) -> str:
    fonts = properties.find(W + "rFonts")
    if fonts is None:
        return before
    if fonts.get(W + "eastAsiaTheme"):
        return ""
    # Programs that know one font for all letters name it here only.
    return fonts.get(W + "eastAsia") or before or fonts.get(W + "ascii") or ""


def _named_kind(kind: Kind, style: Element) -> Kind:
    """Return `kind` as the name of a style changes it."""
    name = (value(style, "name") or "").strip().lower()
    heading, level = _HEADING.fullmatch(name), _LEVEL.search(name)
    found, depth = kind.style, kind.level
    if name in _NAMED:
        found, depth = _NAMED[name], 0
    elif heading:
        found, depth = LineStyle.HEADING, int(heading[1])
    elif level:
        found, depth = LineStyle.HEADING, _LEVELS.index(level[1]) + 1
    elif _CONTENTS.fullmatch(name):
        found, depth = LineStyle.BODY, 0
    return Kind(found, depth, kind.num_id, kind.num_level, kind.centred)


def _changed_kind(kind: Kind, properties: Element) -> Kind:
    """Return `kind` as the properties of a paragraph change it."""
    style, level = kind.style, kind.level
    outline = number(properties, "outlineLvl")
    if outline is not None and style not in (LineStyle.TITLE, LineStyle.SUBTITLE):
        if 0 <= outline < _BODY_OUTLINE_LEVEL:
            style, level = LineStyle.HEADING, outline + 1
        elif style is LineStyle.HEADING:
            style, level = None, 0
    numbered = properties.find(W + "numPr")
    num_id, num_level = value(numbered, "numId"), whole_number(value(numbered, "ilvl"))
    placed = value(properties, "jc")
    return Kind(
        style,
        level,
        kind.num_id if num_id is None else num_id,
        kind.num_level if num_level is None else num_level,
        kind.centred if placed is None else placed == "center",
    )
