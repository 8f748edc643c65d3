"""Web pages (.html): the words of the content, block by block. Nothing is executed and nothing fetched."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html

from desktop.exchange.readers.html_content import Content, Element
from desktop.exchange.readers.html_tables import is_box, rows_of
from desktop.exchange.readers.html_words import one_line, words_of
from desktop.exchange.readers.lines import Lines, is_labelled
from desktop.exchange.readers.numerals import numeral
from desktop.exchange.readers.text import decode_text
from desktop.model.errors import UnreadableFileError
from desktop.model.source import LineStyle, Source

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_LOOKED_AT = 8192
_GB = frozenset(("gb2312", "gbk", "gb18030", "hz"))
_WITHOUT_CHINESE = frozenset(("ascii", "iso8859-1", "cp1252", "utf-16", "utf-32", "utf-7"))
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"\A\s*<!DOCTYPE[^>\[]{0,500}\[[^\]]*\]\s*>", re.IGNORECASE)
"""With entities of its own, which the parser of HTML would take for text."""
_ANY_TAG = re.compile(r"<[A-Za-z!/][^<>]*>")
_ARCHIVE = re.compile(rb"\s*(?:MIME-Version:|From: <Saved by)", re.IGNORECASE)
_DAMAGED = "\ufffd"
_DAMAGED_AT_MOST = 0.01

Block: TypeAlias = tuple[str, LineStyle | None, int]
"""A line with its style and level."""

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_HEADING = re.compile("h([1-6])")
_LIST_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "none": "none", "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "taiwaneseCounting",
    "simp-chinese-formal": "chineseLegalSimplified", "cjk-decimal": "ideographDigital",
    "cjk-heavenly-stem": "ideographTraditional", "cjk-earthly-branch": "ideographZodiac",
}  # fmt: skip
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_ARABIC_FORMS = frozenset(("decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"))
_TITLE_WITHIN = 10
"""Among how many first lines the one is looked for that the page is called by."""


def read(data: bytes) -> Source:
    """Return the words of a .html file's content with its headings and tables. Raises UnreadableFileError."""
    if _ARCHIVE.match(data):
        raise UnreadableFileError("这个文件是网页存档（MHTML），请在浏览器里把网页另存为“仅 HTML”再导入。")
    text, remarks = _decoded(data)
    if not _ANY_TAG.search(text):
        return Source(text, remarks=tuple(remarks))  # whatever it is called, it is no page
    content = Content(_parsed(text))
    lines = Lines()
    for block in _Reader(content).read():
        lines.add(*block)
    if content.dropped:
        remarks.append(f"网页正文以外的菜单、页脚等，以及隐藏的文字，共 {content.dropped} 个字没有导入。")
    return lines.source(remarks)


def blocks_of(markup: str) -> list[Block]:
    """Return the lines of a piece of HTML within another text. Raises UnreadableFileError where it holds no word."""
    return _Reader(Content(_parsed(markup))).read()


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a page, decoded before any library sees it, and what is to be said about that.

    A library that trusts charset=gb2312 ends the text at the first letter which only GBK has.
    """
    declared = _declared(data)
    try:
        return decode_text(data, declared), []
    except UnreadableFileError:
        text = data.decode(declared or "utf-8", "replace")
        damaged = text.count(_DAMAGED)
        if not damaged or "\0" in text or damaged > len(text) * _DAMAGED_AT_MOST:
            raise
        return text, [f"网页里有 {damaged} 处文字已损坏，显示为“{_DAMAGED}”。"]


def _declared(data: bytes) -> str:
    """Return the encoding a page says it has, "" where it says none that Chinese can be written in."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return "gb18030" if name in _GB else "" if name in _WITHOUT_CHINESE else name


def _parsed(text: str) -> Element:
    parser = lxml_html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = lxml_html.document_fromstring(_DOCTYPE.sub("", _XML_DECLARATION.sub("", text, count=1)), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFileError("这个网页里没有可以导入的文字。") from error
    if any(error.level_name == "FATAL" for error in parser.error_log):  # the parser gave up and lost the rest
        raise UnreadableFileError("这个网页嵌套得太深，读不完整：请在浏览器里打开它，复制全文存为文本文件，再导入。")
    return page


@dataclass(slots=True)
class _List:
    """An ordered list that is open: the form of its numbers and the next one."""

    form: str
    next: int


class _Reader:
    """Walks through the content once, without recursion: a page may be as deep as it likes."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._found: list[Block] = []
        self._words: list[str] = []
        self._headings: list[int] = []
        self._boxes: list[Element] = []
        self._lists: list[_List] = []
        self._label = ""
        self._verbatim = 0  # how many <pre> are open

    def read(self) -> list[Block]:
        """Return the lines of the content."""
        root = self._content.root
        waiting: list[tuple[Element, bool]] = [(root, True)]
        while waiting:
            element, opens = waiting.pop()
            if opens and self._open(element):
                waiting.append((element, False))
                waiting.extend((child, True) for child in reversed(element))
                continue
            if not opens:
                self._close(element)
            if element is not root:
                self._words.append(element.tail or "")
        self._break()
        self._name_title()
        return self._found

    def _open(self, element: Element) -> bool:
        """Take up an element; whether what is in it is to be read."""
        if not isinstance(element.tag, str) or self._content.leaves_out(element):
            return False
        tag = element.tag
        if tag == "br":
            self._break_line()
            return False
        if tag in _BLOCKS:
            self._break()
        if tag == "table" and self._open_table(element):
            return False
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._headings.append(int(heading[1]))
        elif tag in ("ol", "ul"):
            self._lists.append(_list_of(element))
        elif tag == "li" and self._lists:
            self._begin_item(element)
        elif tag == "pre":
            self._verbatim += 1
        self._words.append(element.text or "")
        return True

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._break()
        if _HEADING.fullmatch(tag):
            self._headings.pop()
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        elif tag == "pre":
            self._verbatim -= 1
        elif self._boxes and self._boxes[-1] is element:
            self._boxes.pop()
            self._found.append(("", None, 0))  # parts the frame from a table behind it

    def _open_table(self, table: Element) -> bool:
        """Take up a table; whether it was read as rows."""
        rows = rows_of(table, self._content)
        if rows is None:
            if is_box(table, self._content):
                self._boxes.append(table)
            return False
        for caption in table.iterchildren("caption"):
            self._found.append((words_of(caption, self._content.leaves_out), LineStyle.BOX, 0))
        self._found.extend((row, LineStyle.TABLE, 0) for row in rows)
        return True

    def _begin_item(self, item: Element) -> None:
        of = self._lists[-1]
        given = (item.get("value") or "").strip()
        number = int(given) if _WHOLE.fullmatch(given) else of.next
        of.next = number + 1
        words = numeral(number, of.form)
        self._label = words and (f"{words}. " if of.form in _ARABIC_FORMS else f"{words}、")

    def _break_line(self) -> None:
        """End a line where the page says so; a heading is one line all the same."""
        if self._headings:
            self._words.append(" ")
        elif not self._break() and not self._boxes:
            self._found.append(("", None, 0))

    def _break(self) -> bool:
        """Take up the line that was gathered; whether there was one."""
        words = "".join(self._words)
        self._words.clear()
        line = words if self._verbatim else one_line(words)
        if not line.strip():
            return False
        nested = 0
        if self._label and not is_labelled(line):
            line = self._label + line.lstrip()
            nested = sum(of.form != "none" for of in self._lists) - 1
        self._label = ""
        if self._headings:
            self._found.append((line, LineStyle.HEADING, self._headings[-1]))
        else:
            style = LineStyle.BOX if self._boxes else LineStyle.BODY if nested else None
            self._found.append((line, style, nested if style is LineStyle.BODY else 0))
        return True

    def _name_title(self) -> None:
        """Name the title: the first lines that the page is called by."""
        content = self._content
        called = [index for index, (words, _, _) in enumerate(self._found[:_TITLE_WITHIN]) if content.calls(words)]
        if not called:
            return
        first = last = max(called, key=lambda index: len(self._found[index][0]))
        if content.calls(self._joined(first, last + 1)):
            last += 1
        elif first and content.calls(self._joined(first - 1, last)):
            first -= 1
        for index in range(first, last + 1):
            self._found[index] = (self._found[index][0], LineStyle.TITLE, 0)

    def _joined(self, first: int, last: int) -> str:
        return "".join(words for words, _, _ in self._found[first : last + 1]) if last < len(self._found) else ""


def _list_of(element: Element) -> _List:
    if element.tag == "ul":
        return _List("none", 1)
    given = _LIST_STYLE.search(element.get("style") or "")
    form = _LIST_FORMS.get((given[1].lower() if given else element.get("type")) or "1", "decimal")
    start = (element.get("start") or "").strip()
    return _List(form, int(start) if _WHOLE.fullmatch(start) else 1)
