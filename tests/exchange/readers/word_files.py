"""Word files made of the XML that a test is about."""

from __future__ import annotations

import zipfile
from io import BytesIO

from desktop.exchange.readers.docx import read
from desktop.model.source import Source

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": _MAIN,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def part(tag: str, content: str) -> str:
    """Return an XML part with the names Word uses."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMES}>{content}</w:{tag}>'


def packed(members: dict[str, str | bytes]) -> bytes:
    """Return a zip archive."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    """Return a Word file with this body; `parts` are the contents of styles, numbering, footnotes and so on."""
    members: dict[str, str | bytes] = {"_rels/.rels": _ROOT_RELATIONS}
    members["word/document.xml"] = part("document", f"<w:body>{body}<w:sectPr/></w:body>")
    members |= {f"word/{name}.xml": part(name, content) for name, content in parts.items()}
    return packed(members)


def source(body: str, **parts: str) -> Source:
    """Return what is read from a Word file with this body."""
    return read(word_file(body, **parts))


def text(body: str, **parts: str) -> str:
    """Return the text that is read, without the line end behind it."""
    return source(body, **parts).text.removesuffix("\n")


def lines(body: str, **parts: str) -> list[str]:
    """Return the lines that are read."""
    return text(body, **parts).split("\n")


def said(found: Source) -> list[tuple[str, str, int]]:
    """Return for each hint the line it is about, its style and its level."""
    return [(found.text[h.start :].partition("\n")[0], h.style.value, h.level) for h in found.hints]


def run(words: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(content: str = "", properties: str = "", *, words: str | None = None) -> str:
    """Return a paragraph of runs, or of plain words."""
    inside = content if words is None else run(words)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def plain(*words: str) -> str:
    """Return paragraphs of plain words."""
    return "".join(p(words=line) for line in words)


def numbered(words: str, level: int = 0, num_id: int = 1) -> str:
    """Return a paragraph of a list."""
    return p(words=words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def level(depth: int, form: str, pattern: str, more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(*levels: str, uses: str = "") -> str:
    """Return a numbering part with one list, used as 1; `uses` are further ones."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{uses}'
    )


def style(identity: str, name: str, content: str = "", based_on: str = "") -> str:
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{base}{content}</w:style>'


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row whose cells are of plain words, one paragraph for each line, or made already."""
    made = (
        cell if cell.startswith("<w:tc>") else f"<w:tc><w:tcPr/>{plain(*cell.split(chr(10)))}</w:tc>" for cell in cells
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"
