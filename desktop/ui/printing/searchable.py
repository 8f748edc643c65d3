"""Makes the words of a PDF file that Qt wrote those that were drawn.

Qt notes for every glyph the lowest character that its font draws with it: of 十 that is a Kangxi radical, of 《 a sign
of mathematics, and for 𠮷, — and … within Chinese it often notes nothing. Who searches such a file finds nothing, and
who copies from it gets strange letters. The tables that say which glyph is which letter are written anew and put behind
the file, as an incremental update: what Qt wrote stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from desktop.ui.printing.glyphs import FontUse

_FONT = re.compile(rb"\n\d+ 0 obj\n<< /Type /Font\n/Subtype /Type0\n[^>]*?/ToUnicode (\d+) 0 R>>")
_RANGE = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)> (?:<([0-9A-F]+)>|\[<([^\]]*)> \])")
_TRAILER = re.compile(rb"trailer\n<<\n(.*?)>>\nstartxref\n(\d+)", re.DOTALL)
_BATCH = 100
"""How many letters a section of such a table may hold."""
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{sections}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def made_searchable(pdf: bytes, uses: Sequence[FontUse]) -> bytes:
    """Return the file with the letters that were drawn. A table that fits no font in `uses` stays as it is."""
    trailers = list(_TRAILER.finditer(pdf))
    if not trailers:
        return pdf
    tables: dict[int, str] = {}
    for found in _FONT.finditer(pdf):
        number = int(found[1])
        noted = _noted(pdf, number)
        use = next((use for use in uses if use.is_font_of(noted)), None)
        if use is not None:
            tables[number] = _table(list(use.letters.values()))
    return _updated(pdf, tables, trailers[-1]) if tables else pdf


def _noted(pdf: bytes, number: int) -> dict[int, str]:
    """Return what a table says: letters by the number of their glyph; glyph 0 is none."""
    start = pdf.index(b"\n%d 0 obj\n" % number)
    noted: dict[int, str] = {}
    for first, last, single, several in _RANGE.findall(pdf, start, pdf.index(b"endstream", start)):
        glyphs = range(int(first, 16), int(last, 16) + 1)
        codes = count(int(single, 16)) if single else (int(code, 16) for code in several.decode().split("> <"))
        noted |= zip(glyphs, map(chr, codes), strict=False)
    noted.pop(0, None)
    return {glyph: letter for glyph, letter in noted.items() if letter != "\0"}


def _table(letters: Sequence[str]) -> str:
    entries = [
        f"<{number:04X}> <{letter.encode('utf-16-be', 'replace').hex().upper()}>"
        for number, letter in enumerate(letters, 1)
        if letter
    ]
    return _CMAP.format(sections="\n".join(_sections(entries)))


def _sections(entries: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(entries), _BATCH):
        part = entries[start : start + _BATCH]
        yield "\n".join((f"{len(part)} beginbfchar", *part, "endbfchar"))


def _updated(pdf: bytes, tables: dict[int, str], trailer: re.Match[bytes]) -> bytes:
    """Return the file with new objects in the place of the old ones of the same numbers."""
    parts = [pdf if pdf.endswith(b"\n") else pdf + b"\n"]
    at = len(parts[0])
    rows = []
    for number, table in sorted(tables.items()):
        body = table.encode("ascii")
        made = b"%d 0 obj\n<< /Length %d >>\nstream\n%bendstream\nendobj\n" % (number, len(body), body)
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        parts.append(made)
        at += len(made)
    entries = b"".join(rows)
    parts.append(
        b"xref\n%btrailer\n<<\n%b/Prev %b\n>>\nstartxref\n%d\n%%%%EOF\n" % (entries, trailer[1], trailer[2], at)
    )
    return b"".join(parts)
