"""The empty Word file an export is written into: page, styles, fonts and page numbers of an official document (公文).

Sizes follow GB/T 9704-2012: A4, the text 37 mm below the top and 28 mm from the left, 156 x 225 mm, 22 lines of 28
characters of 16 points. Distance of lines and bold letters are the user's to choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.exchange.writers import wordml
from desktop.exchange.writers.colours import QUOTE_BAR
from desktop.exchange.writers.faces import FAMILIES, Face
from desktop.model.export import PageForm

_TWIPS_PER_MM: Final = 1440 / 25.4
_TWIPS_PER_POINT: Final = 20
_LINE = 579
"""Distance of lines in twips: 225 mm for 22 of them. The distances of the styles are given for this one."""
_TIGHTER = -5
"""What is added to each character's width, in 1/20 point, so that 28 of 16 points fit on 156 mm.

A grid of characters would say the same, but LibreOffice sets a third fewer on a line then.
"""

LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class _Look:
    """One style. Sizes are half points, distances twips; `indent` is the first line's, in characters.

    `left` and `right` are the distances from the edges in characters, `bar` the colour of a line at the left one.
    `latin` is the font of digits and Latin letters.
    What has a distance of lines of its own keeps it: it does not stand on the grid of the page.
    """

    id: str
    name: str
    font: str
    size: int = 32
    bold: bool = False
    align: str = "both"
    indent: int = 0
    before: int = 0
    after: int = 0
    line: int = _LINE
    keep: bool = False
    colour: str = ""
    left: int = 0
    right: int = 0
    bar: str = ""
    latin: str = LATIN
    based_on: str = "Normal"


SONG_TITLE, HEI, KAI, FANG_SONG, SONG = (FAMILIES[face][0] for face in Face)

_LOOKS = (
    _Look("Title", "Title", SONG_TITLE, size=44, align="center", after=_LINE, line=700, keep=True),
    _Look("Notice", "文首说明", KAI, align="center", after=_LINE // 2),
    _Look("Aside", "文首附记", KAI, size=24, align="center", line=400, after=_LINE // 2, colour="5F6368"),
    _Look("Chapter", "章标题", HEI, align="center", before=_LINE, after=_LINE // 2, keep=True),
    _Look("Section", "节标题", KAI, bold=True, align="center", before=_LINE // 2, after=_LINE // 2, keep=True),
    _Look("Heading1", "heading 1", HEI, indent=2, before=_LINE // 2, keep=True),
    _Look("Heading2", "heading 2", KAI, indent=2, keep=True),
    _Look("Heading3", "heading 3", FANG_SONG, bold=True, indent=2, keep=True),
    _Look("Body", "公文正文", FANG_SONG, indent=2),
    _Look("Box", "表题", HEI, align="center", before=_LINE // 2, keep=True),
    _Look("Signature", "署名", FANG_SONG, align="right", right=4),
    _Look("Cell", "表格文字", FANG_SONG, size=21, align="left", line=340),
    _Look("Quote", "摘录原文", KAI, left=2, before=_LINE // 4, bar=QUOTE_BAR),
    _Look("Note", "摘录批注", FANG_SONG, indent=2),
    _Look("Detail", "摘录附注", SONG, size=21, align="right", line=400, after=_LINE // 4, colour="5F6368"),
    _Look("Header", "header", KAI, size=21, align="right", line=300, colour="5F6368"),
    _Look("Footer", "footer", SONG, size=28, align="right", line=400, latin=SONG),
    _Look("CommentText", "annotation text", SONG, size=20, align="left", line=0),
    _Look("CommentDetail", "批注附注", SONG, size=18, align="left", line=0, colour="5F6368", based_on="CommentText"),
)

# Word takes the first alternative that the machine has where it lacks the font; the family is its last resort.
_FONTS = tuple(
    (first, ",".join(others), "modern" if face is Face.HEI else "roman") for face, (first, *others) in FAMILIES.items()
)

KEPT: Final = frozenset(look.id for look in _LOOKS if look.keep)
"""The styles that stay on one page with the paragraph behind them."""
FREE: Final = '<w:keepNext w:val="0"/>'
"""What lets a page end behind a paragraph of such a style."""
WIDTH: Final = round(156 * _TWIPS_PER_MM)
"""How wide the text is, in twips."""
APART = f'<w:spacing w:before="{_LINE}"/>'
"""What sets a paragraph apart from the one above."""


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _line(page: PageForm) -> int:
    return round(page.line * _TWIPS_PER_POINT)


def section_xml(page: PageForm, *, header: str, odd_footer: str, even_footer: str) -> str:
    """Return the section at the end of the body. The arguments are relationship ids; without a header it is ""."""
    headers = "".join(f'<w:headerReference w:type="{kind}" r:id="{header}"/>' for kind in ("default", "even") if header)
    return (
        f"<w:sectPr>{headers}"
        f'<w:footerReference w:type="default" r:id="{odd_footer}"/>'
        f'<w:footerReference w:type="even" r:id="{even_footer}"/>'
        f'<w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/>'
        f'<w:pgMar w:top="{_twips(37)}" w:right="{_twips(26)}" w:bottom="{_twips(35)}" w:left="{_twips(28)}" '
        f'w:header="{_twips(20)}" w:footer="{_twips(21)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{_line(page)}"/>'
        "</w:sectPr>"
    )


def styles_part(page: PageForm) -> bytes:
    """Return the part with the styles: those that are used, and no more."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG_SONG, LATIN)}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        # Pages are full: 22 lines, whatever paragraph the last of them belongs to.
        '<w:pPrDefault><w:pPr><w:widowControl w:val="0"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    )
    return _part("styles", defaults + base + "".join(_style(look, page) for look in _LOOKS))


def _style(look: _Look, page: PageForm) -> str:
    custom = "" if look.name.isascii() else ' w:customStyle="1"'
    line = f' w:line="{_line(page) if look.line == _LINE else look.line}" w:lineRule="exact"' if look.line else ""
    bold = "<w:b/>" if look.bold and page.bold else ""
    colour = f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    spacing = f'<w:spacing w:val="{_TIGHTER}"/>' if look.indent else ""
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{look.bar}"/></w:pBdr>' if look.bar else ""
    grid = "" if look.line == _LINE else '<w:snapToGrid w:val="0"/>'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{look.based_on}"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if look.keep else ""}{bar}{grid}'
        f'<w:spacing w:before="{look.before}" w:after="{look.after}"{line}/>{_indent(look)}<w:jc w:val="{look.align}"/>'
        f"</w:pPr><w:rPr>{_fonts(look.font, look.latin)}{bold}{colour}{spacing}"
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/></w:rPr></w:style>'
    )


def _indent(look: _Look) -> str:
    # Both: LibreOffice does not know the first alone, Word follows it when the size changes.
    sides = ("left", look.left), ("right", look.right), ("firstLine", look.indent)
    values = (f'w:{name}Chars="{count}00" w:{name}="{count * look.size * 10}"' for name, count in sides if count)
    indent = " ".join(values)
    return f"<w:ind {indent}/>" if indent else ""


def _fonts(name: str, latin: str) -> str:
    # The hint makes quotation marks and dashes, which both scripts have, those of the Chinese font.
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{name}" w:cs="{latin}"/>'


def fonts_part() -> bytes:
    """Return the part that names what may stand in for a font."""
    return _part(
        "fonts",
        "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
            '<w:pitch w:val="default"/></w:font>'
            for name, other, family in _FONTS
        ),
    )


def settings_part() -> bytes:
    """Return the part with the settings of the file as a whole."""
    uri = "http://schemas.microsoft.com/office/word"
    return _part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
    )


def header_part(words: str) -> bytes:
    """Return the header of every page."""
    return _part("hdr", f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r>{wordml.text(words)}</w:r></w:p>')


def footer_part(*, even: bool) -> bytes:
    """Return the footer with the page number: outside, one character from the edge of the text."""
    side = '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>' if even else _OUTSIDE_RIGHT
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return _part(
        "ftr",
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{side}</w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{number}'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>',
    )


_OUTSIDE_RIGHT = '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>'


def _part(root: str, content: str) -> bytes:
    return f"{wordml.HEADER}<w:{root} {wordml.NAMESPACES}>{content}</w:{root}>".encode()
