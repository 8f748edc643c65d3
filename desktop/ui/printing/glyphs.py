"""Which letters the glyphs of a drawing stand for, font by font, in the order they were drawn first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtGui import QGlyphRun, QRawFont


class FontUse:
    """The glyphs drawn of one font: `letters` has them in the order of their first use, with what each stands for."""

    def __init__(self, font: QRawFont) -> None:
        self._font = font
        self.letters: dict[int, str] = {}
        self.known: set[int] = set()  # those that stand for something

    def is_font_of(self, noted: dict[int, str]) -> bool:
        """Whether `noted`, letters by the number of their glyph counted from 1, may tell of these glyphs."""
        glyphs = list(self.letters)
        if noted and max(noted) > len(glyphs):
            return False
        return all(
            self._font.glyphIndexesForString(letter)[:1] == [glyphs[number - 1]] for number, letter in noted.items()
        )


class Glyphs:
    """Collects what is drawn."""

    def __init__(self) -> None:
        self._uses: dict[bytes, FontUse] = {}
        self._names: dict[tuple[str, str, int], bytes] = {}

    @property
    def uses(self) -> list[FontUse]:
        """The fonts that were drawn with."""
        return list(self._uses.values())

    def add(self, run: QGlyphRun, end: int) -> None:
        """Remember a run, fetched with its string; `end` is where its words end there (UTF-16)."""
        use = self._use(run.rawFont())
        glyphs = run.glyphIndexes()
        if use.known.issuperset(glyphs):
            return
        words = run.sourceString().encode("utf-16-le", "surrogatepass")
        starts = run.stringIndexes()
        for glyph, (start, behind) in zip(glyphs, _clusters(starts, end), strict=True):
            if glyph and glyph not in use.known:  # 0 is the box of what the font lacks; Qt counts without it
                use.letters[glyph] = words[2 * start : 2 * behind].decode("utf-16-le", "replace")
                if use.letters[glyph]:
                    use.known.add(glyph)

    def _use(self, font: QRawFont) -> FontUse:
        # One file of a font is embedded once, whatever the size and weight it is drawn in; its names tell it.
        look = font.familyName(), font.styleName(), font.weight()
        if look not in self._names:
            self._names[look] = bytes(font.fontTable("name").data()) or repr(look).encode()
        return self._uses.setdefault(self._names[look], FontUse(font))


def _clusters(starts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    """Yield for each glyph which units it stands for; of several for one letter the first has it."""
    behind = dict(pairwise([*dict.fromkeys(starts), end]))
    told: set[int] = set()
    for start in starts:
        yield (start, start) if start in told else (start, max(behind[start], start + 1))
        told.add(start)
