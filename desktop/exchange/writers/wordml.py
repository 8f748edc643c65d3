"""WordprocessingML: the text of a Word file's XML, made safe."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from desktop.text.blanks import TURNING

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 can't hold at all, not even as a character reference; and what would turn the words behind it round.
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{TURNING}]")


def held(words: str) -> str:
    """Return `words` without the characters that XML can't hold, and without those that reverse what follows."""
    return _FORBIDDEN.sub("", words)


def attribute(value: str) -> str:
    """Return `value` ready to stand between double quotes."""
    return escape(held(value), {'"': "&quot;", "\n": " ", "\t": " "})


def text(words: str) -> str:
    """Return the elements for `words` within a run: their text, with tabulators as elements."""
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in held(words).split("\t"))
    return "<w:tab/>".join(parts)
