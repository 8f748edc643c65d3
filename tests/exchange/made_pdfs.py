"""PDF files made for tests: pages printed as an office program prints them, and small ones written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

LEFT, TOP, WIDTH, LEADING, SIZE = 80.0, 80.0, 448.0, 28.0, 16.0
"""Points: the text of an A4 page, 28 letters a line."""


@dataclass(frozen=True)
class Words:
    """Words printed at a place of the page, in points from its top left corner; `y` is the baseline."""

    x: float
    y: float
    text: str
    size: float = SIZE
    bold: bool = False
    angle: float = 0.0


def font(size: float, *, bold: bool = False) -> QFont:
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    preferred = [name for name in families if "CJK SC" in name and "Mono" not in name]
    made = QFont((preferred or families)[0])
    made.setPixelSize(round(size))
    made.setBold(bold)
    return made


def printed(pages: Iterable[Iterable[Words]]) -> bytes:
    """Print pages; QGuiApplication must be there."""
    target = QByteArray()
    buffer = QBuffer(target)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    writer.setResolution(72)
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        for words in page:
            painter.save()
            painter.setFont(font(words.size, bold=words.bold))
            painter.translate(QPointF(words.x, words.y))
            painter.rotate(words.angle)
            painter.drawText(QPointF(), words.text)
            painter.restore()
    painter.end()
    buffer.close()
    return target.data()


def broken(paragraph: str, width: float = WIDTH, size: float = SIZE, indent: float = 2.0) -> list[tuple[float, str]]:
    """Break a paragraph into lines as a page does: how far each is indented in points, and its words."""
    metrics = QFontMetricsF(font(size))
    lines = []
    rest, inside = paragraph, indent * size
    while rest:
        length = len(rest)
        while metrics.horizontalAdvance(rest[:length]) > width - inside:
            length -= 1
        while 0 < length < len(rest) and _stays_together(rest[length - 1], rest[length]):
            length -= 1
        lines.append((inside, rest[:length].strip(" ")))
        rest, inside = rest[length:], 0.0
    return lines


def _stays_together(before: str, behind: str) -> bool:
    return behind in "，。；：、”）" or ((before + behind).isascii() and (before + behind).isalnum())


def document(
    paragraphs: Sequence[str | Words], lines_a_page: int = 20, header: str = "", footer: str = "", first: int = 1
) -> list[list[Words]]:
    """Set paragraphs on pages; `footer` may hold {page}. Words are set as they are, centred, on a line of their own."""
    lines: list[Words] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Words):
            metrics = QFontMetricsF(font(paragraph.size, bold=paragraph.bold))
            start = LEFT + (WIDTH - metrics.horizontalAdvance(paragraph.text)) / 2
            lines.append(Words(start, 0, paragraph.text, paragraph.size, paragraph.bold))
        else:
            lines += [Words(LEFT + inside, 0, text) for inside, text in broken(paragraph)]
    pages = []
    for begin in range(0, len(lines), lines_a_page):
        number = first + len(pages)
        page = [
            Words(line.x, TOP + LEADING * row, line.text, line.size, line.bold)
            for row, line in enumerate(lines[begin : begin + lines_a_page])
        ]
        if header:
            page.insert(0, Words(LEFT, 40, header, 10))
        if footer:
            page.append(Words(280, 800, footer.format(page=number), 10))
        pages.append(page)
    return pages


def written(content: bytes = b"", extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """Write a PDF of one page by hand: the bytes of its content, further objects, what the trailer holds besides."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 %s >> >> >>"
        % b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *([extra] if extra else []),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )


def one_picture_for_two(code: str, meaning: str) -> bytes:
    """Write a PDF whose font draws `meaning` with the one picture it has for `code`, as fonts do for ——."""
    words = "".join(f"{ord(letter):04X}" for letter in meaning)
    table = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <{ord(code):02X}> <{words}> endbfchar"
    data = f"/CIDInit /ProcSet findresource begin begincmap {table} endcmap end".encode()
    unicode = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    content = f"BT /F1 24 Tf 72 700 Td ({code}abc) Tj ET".encode()
    return written(content, unicode).replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /ToUnicode 5 0 R >>")


def locked() -> bytes:
    """Write a PDF that a password protects: the keys in it fit no password that is empty."""
    keys = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"11" * 32, b"22" * 32)
    return written(b"BT /F1 12 Tf (secret) Tj ET", keys, b"/Encrypt 5 0 R /ID [<00><00>]")
