"""Plain text: the bytes of a .txt file become the text of an edition."""

from __future__ import annotations

import codecs
from collections import Counter

from desktop.model.errors import UnreadableFileError
from desktop.model.source import Source
from desktop.text.blanks import with_line_feeds

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Word、WPS 文档"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、WPS 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)
_BLANK = "\ufeff\u200b\u200c\u200d\u2060\x1a"
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\r\x0b\x0c\x1a\x1b") | {"\x7f"}
_CONTROLS_ALLOWED = 0.02
"""The share of control characters up to which a text counts as one; copies from a PDF bring a few."""
_GB_COMMON = range(0xB0, 0xD8)
"""First bytes of the 3,755 usual characters in GB 2312, which GB18030 contains."""
_BIG5_COMMON = range(0xA4, 0xC7)
"""First bytes of the 5,401 usual characters in Big5."""
_BIG5_LEAD = 0.1
"""By how much the share of usual characters must be larger before a text that may be both is taken for Big5."""

_FIRST_HAN, _FIRST_WIDE, _LAST_WIDE = "\u3400", "\uff00", "\uffef"

_ADVICE = "请用 Word 或 WPS 打开它，另存为“纯文本（.txt）”后再导入。"


def read(data: bytes) -> Source:
    """Return the text in the bytes of a .txt file, with line ends as LF and nothing else altered.

    Broken lines and page numbers of what was copied from a PDF stay too: the outline knows them. Raises
    UnreadableFileError.
    """
    return Source(decode_text(data))


def decode_text(data: bytes, declared: str = "") -> str:
    """Return the text in `data`: a byte order mark decides, else UTF-8, GB18030 and Big5 are tried.

    `declared` is the encoding the file says it has; it is tried before the ones that can only be guessed.
    The mark is taken off, every line end becomes LF; nothing else is altered.
    Raises UnreadableFileError for what is empty, blank or not text.
    """
    if not data:
        raise UnreadableFileError("这个文件是空的，没有可以导入的文字。")
    _refuse_other_kinds(data)
    text = _decode(data, declared)
    _refuse_binary(text)
    if not text.strip().strip(_BLANK).strip():
        raise UnreadableFileError("这个文件里只有空白，没有可以导入的文字。")
    return with_line_feeds(text)


def kind_of(data: bytes) -> str | None:
    """Return what a file is (Chinese) whose first bytes are those of no text, None where they may be."""
    for magic, kind in _OTHER_KINDS:
        # "MZ" may begin a text, too; a program has a NUL in its first bytes.
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:64]):
            return kind
    return None


def _refuse_other_kinds(data: bytes) -> None:
    kind = kind_of(data)
    if kind:
        raise UnreadableFileError(f"这个文件其实是{kind}，不是纯文本：{_ADVICE}")


def _refuse_binary(text: str) -> None:
    controls = sum(text.count(sign) for sign in _CONTROLS)
    if "\0" in text or controls > len(text) * _CONTROLS_ALLOWED:
        raise UnreadableFileError(f"这个文件不是纯文本：{_ADVICE}")


def _decode(data: bytes, declared: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _try(data[len(bom) :], encoding)
            break
    else:
        text = _try(data, "utf-8")
        if text is None and declared:
            text = _try(data, declared)
        if text is None:
            text = _decode_chinese(data)
    if text is None:
        raise UnreadableFileError(f"看不出这个文件用的是什么文字编码，可能不是纯文本或已损坏：{_ADVICE}")
    return text


def _decode_chinese(data: bytes) -> str | None:
    # Nearly every Big5 text is valid GB18030, too, as a heap of rare characters: validity alone would never reach
    # Big5, so the shares of usual characters are compared.
    gb = _try(data, "gb18030")
    big5 = _try(data, "big5") or _try(data, "cp950")
    if gb is None or big5 is None:
        return big5 if gb is None else gb
    lead = _share_of_usual(big5, "big5", _BIG5_COMMON) - _share_of_usual(gb, "gb2312", _GB_COMMON)
    return big5 if lead > _BIG5_LEAD else gb


def _share_of_usual(text: str, encoding: str, usual: range) -> float:
    total = hits = 0
    for sign, count in Counter(text).items():
        if sign >= _FIRST_HAN and not _FIRST_WIDE <= sign <= _LAST_WIDE:
            total += count
            lead = sign.encode(encoding, "ignore")[:1]
            hits += count if lead and lead[0] in usual else 0
    return hits / total if total else 0.0


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
