"""OFD (GB/T 33190), the format of official documents and receipts: the letters on its pages, made paragraphs again."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from desktop.exchange.archives import Archive
from desktop.exchange.readers.broken_lines import is_wide
from desktop.exchange.readers.furniture import drop_furniture
from desktop.exchange.readers.glyphs import Glyph
from desktop.exchange.readers.layout import Layout
from desktop.exchange.readers.printed import source_of
from desktop.exchange.readers.radicals import fold_radicals
from desktop.model.errors import UnreadableFileError
from desktop.model.source import Source

_KIND = "OFD 文件"
_POINTS = 72 / 25.4
"""OFD counts millimetres."""
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ROOT = "OFD.xml"
_LOCKED = "这个 OFD 文件加了密码，请先用 OFD 阅读器输入密码打开，另存为不带密码的文件再导入。"
_NOT_ONE = "这个文件不是完整的 OFD 文件，可能已损坏或没有下载完，请重新取得一份。"
_SCAN = "这个 OFD 文件里只有图片、没有文字，请先用文字识别（OCR）软件转成文字，或请对方提供 Word 文件。"

Element = Any
"""An element of a parsed part: defusedxml tells nothing of its types."""


def read(data: bytes) -> Source:
    """Return the text of an OFD file in reading order, with its lines joined and its larger lines told as headings.

    Raises UnreadableFileError for what is no OFD file, damaged, locked with a password, unsafe, or has no text.
    """
    archive = Archive(data, _KIND)
    if any(posixpath.basename(name).lower() == "encryptions.xml" for name in archive.names):
        raise UnreadableFileError(_LOCKED)
    if _ROOT not in archive.names:
        raise UnreadableFileError(_NOT_ONE)
    package = _Package(archive)
    layout = Layout()
    try:
        pages = [
            layout.lines(glyphs, f"{index % 2}")
            for root in package.documents()
            for index, glyphs in enumerate(package.pages(root))
        ]
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise UnreadableFileError(_NOT_ONE) from error
    lines, furniture = drop_furniture(pages)
    if not any(lines):
        raise UnreadableFileError(_SCAN)
    return source_of(lines, furniture, layout.remarks())


class _Package:
    """The parts of one OFD file, which name one another by paths."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def documents(self) -> Iterator[str]:
        """Return the paths of the documents in the file; there is nearly always one."""
        for location in _find(self._part(_ROOT), "DocRoot"):
            yield self._path(_ROOT, location.text)

    def pages(self, root: str) -> Iterator[list[Glyph]]:
        """Return the letters of every page of a document, those of its templates included."""
        document = self._part(root)
        fonts = self._fonts(root, document)
        templates = {entry.get("ID"): entry.get("BaseLoc") for entry in _find(document, "TemplatePage")}
        for entry in _find(document, "Page"):
            if not entry.get("BaseLoc"):
                continue
            path = self._path(root, entry.get("BaseLoc"))
            page = self._part(path)
            parts = [page]
            for use in _find(page, "Template"):
                location = templates.get(use.get("TemplateID"))
                if location:
                    parts.append(self._part(self._path(root, location)))
            yield [glyph for part in parts for text in _find(part, "TextObject") for glyph in _glyphs(text, fonts)]

    def _fonts(self, root: str, document: Element) -> dict[str, str]:
        fonts: dict[str, str] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for location in _find(document, kind):
                path = self._path(root, location.text)
                if path not in self._archive.names:
                    continue  # fonts only tell headings apart
                for font in _find(self._part(path), "Font"):
                    bold = "/bold" if font.get("Bold", "").lower() in ("true", "1") else ""
                    fonts[font.get("ID", "")] = f"{font.get('FontName', '')}{bold}"
        return fonts

    def _part(self, path: str) -> Element:
        return fromstring(self._archive.read(path), forbid_dtd=True)

    def _path(self, where: str, location: str | None) -> str:
        """Return the path of a part that another part names: from the root with a slash, else from beside itself."""
        named = (location or "").strip().replace("\\", "/")
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(where), named)).lstrip("/")
        # Some programs name everything from the root, without the slash.
        return path if path in self._archive.names else named.lstrip("/")


def _find(element: Element, name: str) -> Iterator[Element]:
    """Return the elements of that name in whatever namespace: programs write several."""
    return (found for found in element.iter() if isinstance(found.tag, str) and found.tag.split("}")[-1] == name)


def _glyphs(text: Element, fonts: dict[str, str]) -> Iterator[Glyph]:
    left, top = [*_numbers(text.get("Boundary")), 0.0, 0.0][:2]
    matrix = tuple(_numbers(text.get("CTM"))) or _UPRIGHT
    a, b, c, d, e, f = matrix if len(matrix) == len(_UPRIGHT) else _UPRIGHT
    unit = _number(text.get("Size"), 3.0)
    size = unit * (abs(d) or abs(c)) * _POINTS
    face = fonts.get(text.get("Font", ""), "") + ("/bold" if _number(text.get("Weight"), 400.0) >= 600 else "")
    for code in _find(text, "TextCode"):
        letters = fold_radicals((code.text or "").strip("\r\n"))
        x, y = _number(code.get("X"), 0.0), _number(code.get("Y"), 0.0)
        steps, drops = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        steps = steps if drops else _shared_out(steps)
        for index, letter in enumerate(letters):
            advance = unit if is_wide(letter) else unit / 2
            place = left + a * x + c * y + e
            yield Glyph(
                letter,
                place * _POINTS,
                (place + abs(a or b) * advance) * _POINTS,
                (top + b * x + d * y + f) * _POINTS,
                max(size, 0.1),
                face,
            )
            x += steps[index] if index < len(steps) else (0.0 if drops else advance)
            y += drops[index] if index < len(drops) else 0.0


def _deltas(value: str | None) -> list[float]:
    """Return the steps from letter to letter; "g 3 5.2" stands for three steps of 5.2."""
    words = (value or "").split()
    steps: list[float] = []
    place = 0
    while place < len(words):
        if words[place] == "g" and place + 2 < len(words):
            steps += [float(words[place + 2])] * min(int(words[place + 1]), 100_000)
            place += 3
        else:
            steps.append(float(words[place]))
            place += 1
    return steps


def _shared_out(steps: list[float]) -> list[float]:
    """Return steps none of which is 0: where one picture stands for several letters, as for ——, each gets its part."""
    shared: list[float] = []
    waiting = 1
    for step in steps:
        if step == 0:
            waiting += 1
        else:
            shared += [step / waiting] * waiting
            waiting = 1
    return shared  # letters behind the last step go by their own width


def _numbers(value: str | None) -> list[float]:
    return [float(word) for word in (value or "").split()]


def _number(value: str | None, otherwise: float) -> float:
    return float(value) if value else otherwise
