"""The XML of Word files: names, attributes, and parts parsed without entities, network or limitless trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from desktop.model.errors import UnreadableFileError

Element: TypeAlias = Any
"""An element of lxml, which carries no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Files saved as "Strict Open XML" differ in the names of their namespaces only.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/math|drawingml/main)")
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_OFF = frozenset(("0", "false", "off"))


def parse(data: bytes) -> Element:
    """Return the root of an XML part. Raises UnreadableFileError where it is damaged or has a DOCTYPE."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_STRICT.sub(lambda match: _TRANSITIONAL[match[1]], data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("这个 Word 文档已损坏，请用 Word 或 WPS 打开并另存一份，再导入。") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError("这个 Word 文档里有不安全的内容（DOCTYPE），没有导入，请向提供文件的人核实。")
    return root


def value(parent: Element | None, name: str) -> str | None:
    """Return the `w:val` of the child called `name`, None where there is none."""
    child = parent.find(W + name) if parent is not None else None
    found = child.get(W + "val") if child is not None else None
    return str(found) if found is not None else None


def number(parent: Element | None, name: str) -> int | None:
    """Return the `w:val` of the child called `name` as a number, None where there is none."""
    return whole_number(value(parent, name))


def whole_number(words: str | None) -> int | None:
    """Return the number that is written in an attribute, None where it is none."""
    try:
        return int(words) if words is not None else None
    except ValueError:
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """Return whether the property called `name` is on or off, None where it is not given."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else (child.get(W + "val") or "1") not in _OFF


def children(parent: Element) -> Iterator[Element]:
    """Yield the children as they stand in the file now: wrappers are opened, and of alternatives one is chosen.

    What was deleted or moved away with changes tracked is passed over.
    """
    for child in parent:
        tag = child.tag
        if tag in _GONE:
            continue
        if tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            chosen = child.find(MC + "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from children(chosen)
        elif tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from children(content)
        elif tag == W + "ruby":
            base = child.find(W + "rubyBase")
            if base is not None:
                yield from children(base)
        elif tag in _WRAPPERS:
            yield from children(child)
        else:
            yield child


_GONE = frozenset(W + name for name in ("del", "moveFrom"))
_WRAPPERS = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
