"""PDF: the letters on the pages, made lines and paragraphs again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_double, c_float, c_int, c_void_p, cast, create_string_buffer
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.exchange.readers.broken_lines import Line
from desktop.exchange.readers.furniture import drop_furniture
from desktop.exchange.readers.glyphs import Glyph, shared_out
from desktop.exchange.readers.layout import Layout, listed
from desktop.exchange.readers.printed import source_of
from desktop.exchange.readers.radicals import fold_radicals
from desktop.exchange.readers.ruled_tables import Rules, Table, find_tables
from desktop.model.errors import UnreadableFileError
from desktop.model.source import Source

_MISSING = "\ufffd"
_SLANT = math.radians(10)
"""Letters that are turned by more, and not by whole quarters, are a watermark."""
_BOLD = 600
_END, _END_PLACE = b"%%EOF", 8192
"""How a PDF ends, and in how many of its last bytes that stands: some programs add something."""
_THIN = 2.5
"""A filled area so many points high or wide is a line."""
_MOST_PATHS = 4000
"""A page with more of them is a drawing."""
_BORDER = 0.6
"""The share of the page that a frame around all of it covers at least."""

_EMPTY = "这个文件是空的，没有可以导入的文字。"
_LOCKED = "这个 PDF 加了密码，请先用 PDF 阅读器输入密码打开，打印或另存为不带密码的 PDF 再导入。"
_DAMAGED = "这个文件不是完整的 PDF，可能已损坏或没有下载完，请重新取得一份。"
_SCAN = "这个 PDF 是扫描件，里面只有图片、没有文字，请先用文字识别（OCR）软件转成文字，或请对方提供 Word 文件。"


def read(data: bytes) -> Source:
    """Return the text of a PDF in reading order, with its lines joined and its larger lines told as headings.

    Page numbers, running titles and slanted watermarks are left out and told in the remarks; radicals are letters.
    Raises UnreadableFileError for what is no PDF, damaged, locked with a password, or has no text.
    """
    if not data:
        raise UnreadableFileError(_EMPTY)
    if _END not in data[-_END_PLACE:]:
        raise UnreadableFileError(_DAMAGED)  # PDFium would show the pages that are there and say nothing
    layout = Layout()
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            pages = [_Page(document, index, layout) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UnreadableFileError(_LOCKED if locked else _DAMAGED) from error
    lines, furniture = drop_furniture([page.lines for page in pages])
    if not any(lines):
        raise UnreadableFileError(_SCAN if pages else _DAMAGED)
    return source_of(lines, furniture, (*layout.remarks(), *_remarks(pages)))


class _Page:
    """One page: its lines, how many of its letters have no meaning, how many stand aslant."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int, layout: Layout) -> None:
        self.missing = self.slanted = 0
        self._faces: dict[tuple[bytes, int], str] = {}
        with closing(document[index]) as page, closing(page.get_textpage()) as text:
            width, height = page.get_size()
            glyphs = list(shared_out(self._letters(text.raw, height)))
            tables = [table for table in find_tables(_rules(page, height)) if not _is_border(table, width, height)]
        # Odd and even pages may have their edges elsewhere.
        self.lines: list[Line] = layout.lines(glyphs, f"{width:.0f}x{height:.0f}/{index % 2}", tables)

    def _letters(self, text: Any, height: float) -> Iterator[tuple[tuple[int, float, float], Glyph]]:
        """Yield the letters, each with its picture: the piece of the page it is drawn with, and where."""
        box, x, y, matrix = pdfium.FS_RECTF(), c_double(), c_double(), pdfium.FS_MATRIX()
        high = 0
        for index in range(pdfium.FPDFText_CountChars(text)):
            # Blanks and line ends that PDFium adds by itself come at the wrong place where fonts change within a line.
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            code = pdfium.FPDFText_GetUnicode(text, index)
            if 0xD800 <= code < 0xDC00:  # the first half of a letter beyond U+FFFF
                high = code
                continue
            letter = _letter(code, high)
            high = 0
            if not letter:
                continue
            if _is_slanted(pdfium.FPDFText_GetCharAngle(text, index)):
                self.slanted += 1
                continue
            self.missing += letter == _MISSING
            pdfium.FPDFText_GetLooseCharBox(text, index, byref(box))
            pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
            pdfium.FPDFText_GetMatrix(text, index, byref(matrix))
            size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
            face = self._face(text, index)
            piece = cast(pdfium.FPDFText_GetTextObject(text, index), c_void_p).value or 0
            picture = piece, x.value, y.value
            yield picture, Glyph(letter, box.left, box.right, height - y.value, max(size, 0.1), face)

    def _face(self, text: Any, index: int) -> str:
        name, flags = create_string_buffer(128), c_int()
        pdfium.FPDFText_GetFontInfo(text, index, name, 128, byref(flags))
        key = name.value, pdfium.FPDFText_GetFontWeight(text, index)
        if key not in self._faces:
            bold = key[1] >= _BOLD or b"bold" in key[0].lower()
            family = key[0].decode("utf-8", "replace").split("+")[-1]
            self._faces[key] = f"{family}{'/bold' if bold else ''}"
        return self._faces[key]


def _rules(page: pypdfium2.PdfPage, height: float) -> Rules:
    """Collect the straight lines of a page, drawn as lines, as frames or as thin filled areas."""
    rules = Rules()
    for number, path in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number > _MOST_PATHS:
            return Rules()
        left, bottom, right, top = path.get_bounds()
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
        if min(right - left, top - bottom) <= _THIN:
            rules.add(left, height - top, right, height - bottom)
        elif stroke.value:
            _add_strokes(rules, path, height)
    return rules


def _add_strokes(rules: Rules, path: pypdfium2.PdfObject, height: float) -> None:
    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    begin = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path.raw), _MOST_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules.add(last[0], height - last[1], point[0], height - point[1])
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules.add(point[0], height - point[1], begin[0], height - begin[1])
        last = point


def _is_border(table: Table, width: float, height: float) -> bool:
    """Tell whether a frame goes around the whole page, as on a title page."""
    covered = (table.columns[-1] - table.columns[0]) * (table.rows[-1] - table.rows[0])
    return table.is_box and covered > _BORDER * width * height


def _letter(code: int, high: int) -> str:
    """Return the letter of a code as PDFium gives it, "" for what is none."""
    if 0xDC00 <= code < 0xE000:
        code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
    if code in (0, 0xFFFE, 0xFFFF) or 0xE000 <= code < 0xF900 or code > 0x10FFFF:
        return _MISSING  # a picture in the font that says nothing of its meaning
    if code == 0x02:  # a hyphen at the end of a line
        return "-"
    if code in (0x09, 0xA0):
        return " "
    return fold_radicals(chr(code)) if code >= 0x20 else ""


def _is_slanted(angle: float) -> bool:
    quarter = math.pi / 2
    return min(angle % quarter, quarter - angle % quarter) > _SLANT


def _remarks(pages: list[_Page]) -> list[str]:
    remarks = []
    bare = [number for number, page in enumerate(pages, 1) if not page.lines]
    if bare:
        remarks.append(f"第 {listed(bare)} 页没有文字，可能是扫描的图片，没有读入。")
    slanted = sum(page.slanted for page in pages)
    if slanted:
        remarks.append(f"略去斜排的水印文字 {slanted} 个。")
    missing = sum(page.missing for page in pages)
    if missing:
        remarks.append(f"有 {missing} 个字在 PDF 里没有编码，读不出来，显示为“{_MISSING}”，请对照原文。")
    return remarks
