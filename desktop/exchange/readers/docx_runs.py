"""The runs of one paragraph of a Word file: its words as they are seen, and the boxes that hang on it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.readers.docx_notes import KINDS, Notes
from desktop.exchange.readers.docx_styles import Look, Styles, changed
from desktop.exchange.readers.docx_xml import Element, M, W, children, value

_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "br": "\n", W + "noBreakHyphen": "-"}
_DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))
_BOX = W + "txbxContent"
_PICTURES = frozenset(
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
        "{urn:schemas-microsoft-com:vml}imagedata",
    )
)
_FORMULAS = frozenset((M + "oMath", M + "oMathPara"))
# The boxes and ticks of forms, which fonts of symbols keep at places of their own.
_SYMBOLS = {0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF052: "☑", 0xF0FE: "☑", 0xF0FC: "✓", 0xF06C: "●", 0xF06E: "■"}
_UNKNOWN_SYMBOL = "□"
_SURROGATES = 0xD800
_LATIN_END = 0x100


class Runs:
    """The words of one paragraph without its automatic number.

    `fields` tells for each field that is open whether its result has begun; it runs on from paragraph to paragraph.
    `boxes` are the contents of text boxes, which stand behind the paragraph. Hidden words are left out; `hidden` counts
    their letters.
    """

    def __init__(self, block: Element, styles: Styles, notes: Notes, fields: list[bool]) -> None:
        self._styles = styles
        self._notes = notes
        self._fields = fields
        self._parts: list[str] = []
        self._looks: set[Look] = set()
        self._base = styles.look(styles.style_of(block.find(W + "pPr")))
        self.boxes: list[Element] = []
        self.pictures = 0
        self.formulas = 0
        self.hidden = 0
        for child in children(block):
            if child.tag == W + "r":
                self._read_run(child)
            elif child.tag in _FORMULAS:
                self._read_formula(child)
        # A damaged field, whose result never begins, must not swallow the rest of the text.
        fields[:] = [begun for begun in fields if begun]
        self.words = "".join(self._parts)

    @property
    def look(self) -> Look | None:
        """How all letters look, None where they differ."""
        return next(iter(self._looks)) if len(self._looks) == 1 else None

    def _read_run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        look = self._base
        style = value(properties, "rStyle")
        if style:
            look = self._styles.run_look(look, style)
        look = changed(look, properties)
        for child in children(run):
            if child.tag == W + "r":  # the base of a phonetic guide
                self._read_run(child)
            elif child.tag == W + "fldChar":
                self._read_field(child)
            elif child.tag in _DRAWINGS:
                self._read_drawing(child)
            elif child.tag in _FORMULAS:
                self._read_formula(child)
            elif look.hidden:
                if child.tag == W + "t" and all(self._fields):
                    self.hidden += len("".join((child.text or "").split()))
            elif all(self._fields):
                words = self._words(child)
                self._parts.append(words)
                if words.strip():
                    self._looks.add(look)

    def _read_field(self, sign: Element) -> None:
        step = sign.get(W + "fldCharType")
        if step == "begin":
            self._fields.append(False)
        elif self._fields and step == "separate":
            self._fields[-1] = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _words(self, element: Element) -> str:
        tag = element.tag
        if tag == W + "t":
            return _one_line(element.text or "")
        if tag == W + "br" and element.get(W + "type") in ("page", "column"):
            return "\n" if self._parts else ""
        if tag == W + "sym":
            return _symbol(element.get(W + "char") or "")
        if tag in KINDS:
            return self._notes.refer(element)
        return _SIGNS.get(str(tag), "")

    def _read_drawing(self, drawing: Element) -> None:
        for element in _within(drawing):
            if element.tag == _BOX:
                self.boxes.append(element)
            elif element.tag in _PICTURES:
                self.pictures += 1

    def _read_formula(self, formula: Element) -> None:
        self.formulas += 1
        self._parts.extend(_one_line(text.text or "") for text in formula.iter(M + "t"))


def _one_line(words: str) -> str:
    """Return the words of a text element; a line end in it comes from the program that laid out the XML."""
    return " ".join(words.split("\n")).replace("\r", "") if "\n" in words or "\r" in words else words


def _symbol(code: str) -> str:
    """Return what a sign out of a font of symbols looks like; `code` is its place there, in hexadecimal."""
    try:
        place = int(code, 16)
    except ValueError:
        return _UNKNOWN_SYMBOL
    # Such fonts keep their signs in the private area, or at the places of Latin letters that look otherwise.
    return _SYMBOLS.get(place) or (chr(place) if _LATIN_END <= place < _SURROGATES else _UNKNOWN_SYMBOL)


def _within(drawing: Element) -> Iterator[Element]:
    """Yield what stands in a drawing, but not what stands in its boxes."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        yield element
        if element.tag != _BOX:
            waiting.extend(reversed(list(children(element))))
