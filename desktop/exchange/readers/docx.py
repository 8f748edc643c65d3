"""Word files (.docx): the text as it reads with tracked changes accepted and automatic numbers written out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from desktop.exchange.archives import Archive
from desktop.exchange.readers.docx_body import Body, Paragraph, Place
from desktop.exchange.readers.docx_looks import with_looks
from desktop.exchange.readers.docx_notes import Notes
from desktop.exchange.readers.docx_numbering import Numbering
from desktop.exchange.readers.docx_styles import Styles
from desktop.exchange.readers.docx_xml import Element, W, parse
from desktop.exchange.readers.lines import Lines
from desktop.exchange.readers.text import kind_of
from desktop.model.errors import UnreadableFileError
from desktop.model.source import LineStyle, Source

_KIND = "Word 文档"
_MAIN = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_XML_SUFFIXES = (".xml", ".rels")
_OTHER_PACKAGES = (
    ("OFD.xml", "OFD 版式文件", "请把后缀改为 .ofd 再导入。"),
    ("xl/workbook.xml", "Excel 表格", "请在 Excel 或 WPS 里把要读的内容复制到 Word 文档再导入。"),
    ("ppt/presentation.xml", "演示文稿", "请把要读的文字复制到 Word 文档再导入。"),
    ("content.xml", "OpenDocument 文档", "请用 Word 或 WPS 打开它，另存为 .docx 再导入。"),
)
_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))


def read(data: bytes) -> Source:
    """Return the text of a .docx file with what its styles, or its looks, say about the lines.

    Raises UnreadableFileError for what is no Word file, damaged, encrypted, or hostile.
    """
    parts = _Parts(data)
    document = parts.main()
    content = document.find(W + "body")
    if document.tag != W + "document" or content is None:
        raise UnreadableFileError("这个 Word 文档里没有正文，可能已损坏，请用 Word 或 WPS 打开并另存一份，再导入。")
    styles = Styles(parts.related("styles"))
    notes = Notes(parts.related("settings"))
    body = Body(styles, Numbering(parts.related("numbering"), styles), notes)
    lines = Lines()
    for paragraph in with_looks(body.read(content)):
        _add(lines, paragraph)
    _add_notes(lines, notes, body, parts)
    return lines.source(tuple(_remarks(document, notes, body)))


def _add(lines: Lines, paragraph: Paragraph) -> None:
    words, kind = paragraph.words, paragraph.kind
    if paragraph.place is not Place.BODY:
        style = LineStyle.TABLE if paragraph.place is Place.ROW else LineStyle.BOX
        for line in filter(str.strip, words.split("\n")):  # blank lines part frames and tables from one another
            lines.add(line, style)
    elif kind.style is LineStyle.HEADING:
        # A heading is one line, however its writer broke it.
        lines.add(" ".join(filter(None, map(str.strip, words.split("\n")))), kind.style, kind.level)
    else:
        lines.add(words, kind.style)


def _add_notes(lines: Lines, notes: Notes, body: Body, parts: _Parts) -> None:
    """Add the notes behind the text, each with its mark: a page, at whose foot they stood, is no part of a text."""
    texts: dict[tuple[str, str], Element] = {}
    for kind in {note.kind for note in notes.found}:
        root = parts.related(f"{kind}s")
        for element in root.iterfind(W + kind) if root is not None else ():
            texts[kind, element.get(W + "id") or ""] = element
    for note in tuple(notes.found):
        if (note.kind, note.identity) in texts:
            words = "\n".join(paragraph.words for paragraph in body.blocks(texts[note.kind, note.identity]))
            lines.add(f"{note.mark} {words.strip()}", LineStyle.BODY)


def _remarks(document: Element, notes: Notes, body: Body) -> Iterator[str]:
    if next(document.iter(*_CHANGES), None) is not None:
        yield "文件里有修订，导入的是接受全部修订以后的文字。"
    if notes.found:
        yield f"文件里的 {len(notes.found)} 条脚注和尾注放在全文之后。"
    if body.hidden:
        yield f"文件里有 {body.hidden} 个字设为隐藏，没有导入。"
    if body.pictures:
        yield f"文件里有 {body.pictures} 幅图片或图表，其中的文字没有导入。"
    if body.formulas:
        yield f"文件里有 {body.formulas} 个公式，只导入了其中的文字。"
    if next(document.iter(W + "altChunk"), None) is not None:
        yield "文件里嵌有另一份文件，它的内容没有导入。"


class _Parts:
    """The XML parts of one file, all read within the limits before any is parsed."""

    def __init__(self, data: bytes) -> None:
        _refuse_other_kinds(data)
        archive = Archive(data, _KIND)
        self._parts = {
            name: archive.read(name) for name in sorted(archive.names) if name.lower().endswith(_XML_SUFFIXES)
        }
        self._main = self._find_main()
        self._related = self._relations(self._main)

    def main(self) -> Element:
        """Return the root of the main part."""
        return parse(self._parts[self._main])

    def related(self, kind: str) -> Element | None:
        """Return the root of the part the main one names as its `kind`, None where it has none."""
        name = self._related.get(kind, f"word/{kind}.xml")
        return parse(self._parts[name]) if name in self._parts else None

    def _find_main(self) -> str:
        main = self._relations("").get("officeDocument", _MAIN)
        for member, kind, advice in _OTHER_PACKAGES:
            if member in self._parts and _MAIN not in self._parts:
                raise UnreadableFileError(f"这个文件其实是{kind}，不是{_KIND}：{advice}")
        if main in self._parts:
            return main
        raise UnreadableFileError(f"这个文件是一个压缩包，不是{_KIND}：请先解开它，再导入里面的文件。")

    def _relations(self, name: str) -> dict[str, str]:
        """Return the parts a part names, by the last word of what they are to it; nothing outside the file."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self._parts:
            return {}
        found: dict[str, str] = {}
        for relation in parse(self._parts[relations]).iter(_RELATION):
            if relation.get("TargetMode") != "External":
                kind = (relation.get("Type") or "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
                found.setdefault(kind, target.lstrip("/"))
        return found


def _refuse_other_kinds(data: bytes) -> None:
    kind = None if data.startswith(b"PK") else kind_of(data)
    if kind and not data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(f"这个文件其实是{kind}，不是{_KIND}：请把后缀改成它原来的，或者另存为 .docx 再导入。")
