"""Automatic numbers of a Word file: they are not in its text, but a reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.exchange.readers.docx_styles import Styles
from desktop.exchange.readers.docx_xml import Element, W, number, switch, value, whole_number
from desktop.exchange.readers.numerals import numeral

_DEEPEST = 8
_NO_LIST = "0"
_PLACE = re.compile(r"%([1-9])")
_DASHES = frozenset("—–－-―─")
_CLOSED = frozenset("、）．。：")
"""Signs behind which no blank is seen: they have their own."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; `restart` is the level (from 1) whose next number makes this one begin again."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    gap: str = "tab"
    restart: int | None = None
    arabic_only: bool = False


class _List:
    """One abstract list and how far its numbers have run."""

    def __init__(self, levels: dict[int, _Level], styles: dict[str, int]) -> None:
        self.levels = levels
        self.level_of_style = styles
        self._numbers: list[int | None] = [None] * (_DEEPEST + 1)

    def advance(self, depth: int, level: _Level, *, begin_again: bool) -> None:
        """Count one more paragraph at `depth`, which is of `level`."""
        before = None if begin_again else self._numbers[depth]
        self._numbers[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            restart = self.levels.get(deeper, _Level()).restart
            # Without a rule every higher level makes it begin again; 0 is none.
            if restart is None or depth < restart:
                self._numbers[deeper] = None

    def number(self, depth: int, level: _Level) -> int:
        """Return the number reached at `depth`, of `level`; where it has not begun, its first one."""
        reached = self._numbers[depth]
        return level.start if reached is None else reached


@dataclass(slots=True)
class _Instance:
    """A use of a list, with levels and beginnings of its own; those in `fresh` have yet to be put into force."""

    of: _List
    levels: dict[int, _Level]
    fresh: set[int]


class Numbering:
    """The lists of one file. To be asked for each paragraph in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._instances: dict[str, _Instance] = {}
        if root is not None:
            self._read(root)

    def label(self, properties: Element | None) -> str:
        """Count a paragraph and return the number it shows, with the blank behind it; "" where it shows none."""
        kind = self._styles.kind(properties)
        instance = self._instances.get(kind.num_id or _NO_LIST)
        if instance is None:
            return ""
        depth = self._depth(instance, properties, kind.num_level)
        level = self._level(instance, depth)
        instance.of.advance(depth, level, begin_again=depth in instance.fresh)
        instance.fresh.discard(depth)
        return self._written(instance, level)

    def _depth(self, instance: _Instance, properties: Element | None, depth: int | None) -> int:
        own = properties.find(W + "numPr") if properties is not None else None
        if own is None or own.find(W + "ilvl") is None:
            # A list that knows the style knows the level, too.
            depth = instance.of.level_of_style.get(self._styles.style_of(properties), depth)
        return min(max(depth or 0, 0), _DEEPEST)

    def _level(self, instance: _Instance, depth: int) -> _Level:
        return instance.levels.get(depth) or instance.of.levels.get(depth) or _Level(form="none")

    def _written(self, instance: _Instance, level: _Level) -> str:
        if level.form == "bullet":
            # A dash is how such texts begin an item; any other sign is decoration.
            words = level.pattern if level.pattern.strip() and set(level.pattern.strip()) <= _DASHES else ""
            return words.strip()

        def placed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = self._level(instance, at)
            return numeral(instance.of.number(at, shown), "decimal" if level.arabic_only else shown.form)

        words = _PLACE.sub(placed, level.pattern).strip()
        gap = " " if words and level.gap != "nothing" and words[-1] not in _CLOSED else ""
        return words + gap

    def _read(self, root: Element) -> None:
        lists: dict[str, _List] = {}
        links: dict[str, str] = {}
        for element in root.iterfind(W + "abstractNum"):
            identity = element.get(W + "abstractNumId") or ""
            lists[identity] = _read_list(element)
            link = value(element, "numStyleLink")
            if link:
                links[identity] = link
        uses = {use.get(W + "numId") or _NO_LIST: use for use in root.iterfind(W + "num")}
        for num_id, use in uses.items():
            identity = value(use, "abstractNumId") or ""
            if identity in links:
                # The levels stand in the list of a numbering style.
                linked = uses.get(self._styles.num_id_of_style(links[identity]) or _NO_LIST)
                identity = value(linked, "abstractNumId") or identity
            if identity in lists and num_id != _NO_LIST:
                self._instances[num_id] = _read_instance(use, lists[identity])


def _read_list(element: Element) -> _List:
    levels: dict[int, _Level] = {}
    styles: dict[str, int] = {}
    for entry in element.iterfind(W + "lvl"):
        depth = _depth_of(entry)
        levels[depth] = _read_level(entry)
        style = value(entry, "pStyle")
        if style:
            styles[style] = depth
    return _List(levels, styles)


def _read_instance(use: Element, of: _List) -> _Instance:
    instance = _Instance(of, {}, set())
    for entry in use.iterfind(W + "lvlOverride"):
        depth, start, own = _depth_of(entry), number(entry, "startOverride"), entry.find(W + "lvl")
        level = _read_level(own) if own is not None else of.levels.get(depth)
        if level is not None and (own is not None or start is not None):
            instance.levels[depth] = replace(level, start=level.start if start is None else start)
            instance.fresh.add(depth)
    return instance


def _read_level(entry: Element) -> _Level:
    start = number(entry, "start")
    text = entry.find(W + "lvlText")
    form = value(entry, "numFmt") or "decimal"
    return _Level(
        start=1 if start is None else start,
        form=form,
        pattern=(text.get(W + "val") or "") if text is not None else "",
        gap=value(entry, "suff") or "tab",
        restart=number(entry, "lvlRestart"),
        arabic_only=bool(switch(entry, "isLgl")),
    )


def _depth_of(entry: Element) -> int:
    return min(max(whole_number(entry.get(W + "ilvl")) or 0, 0), _DEEPEST)
