"""Plain text comes in whatever encoding it has, and what is no text is refused in words."""

from __future__ import annotations

import codecs
import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.text import decode_text, read
from desktop.model.errors import UnreadableFileError

WORDS = "三、“十五五”时期——衡阳·湘江,2026年\n朱镕基、𠮷野家、喆\n"
TRADITIONAL = "香港特別行政區行政長官施政報告：發展經濟，改善民生，促進區域合作，推動創新科技產業發展。\n" * 3
CHINESE = re.compile(r"[\u4e00-\u9fff].*。$", re.DOTALL)


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
        (b"", "gb18030"),
    ],
)
def test_every_usual_encoding_is_told_and_the_mark_taken_off(bom: bytes, encoding: str) -> None:
    assert decode_text(bom + WORDS.encode(encoding)) == WORDS


def test_traditional_characters_in_big5_are_not_taken_for_rare_ones_in_gb18030() -> None:
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030")  # it is valid there, too, and nonsense
    assert decode_text(data) == TRADITIONAL


@pytest.mark.parametrize("words", [TRADITIONAL, "中国", "衡阳市", "喆", "第一条　总则。"])
def test_gb18030_is_not_taken_for_big5(words: str) -> None:
    assert decode_text(words.encode("gb18030")) == words


def test_the_plan_is_read_in_gb18030_as_in_utf_8(plan_text: str) -> None:
    assert decode_text(plan_text.encode("gb18030")) == plan_text
    assert decode_text(plan_text.encode("utf-8")) == plan_text


def test_every_paragraph_of_the_plan_is_told_by_itself(plan_text: str) -> None:
    for line in filter(str.strip, plan_text.split("\n")):
        assert decode_text(line.encode("gb18030")) == line


def test_real_texts_are_read(samples: Path) -> None:
    district = read((samples / "14-hailar-work-report-2012.txt").read_bytes()).text
    assert "海拉尔" in district
    assert "\r" not in district
    for path in samples.glob("*.txt"):
        assert read(path.read_bytes()).text.strip()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), min_size=1))
def test_a_text_in_utf_8_comes_back_as_it_was(words: str) -> None:
    if words.strip("\ufeff\u200b\u200c\u200d\u2060 \t\n") and words.strip() and not words.startswith("\ufeff"):
        try:
            assert decode_text(words.encode()) == words
        except UnreadableFileError:
            assert not words.strip().strip("\ufeff\u200b\u200c\u200d\u2060").strip() or words.startswith("%PDF-")


def test_line_ends_become_lf_and_nothing_else_is_altered() -> None:
    assert decode_text(b"a\r\nb\rc\n\r\nd") == "a\nb\nc\n\nd"
    kept = "\u00a0\u3000甲\u200b乙\x0c丙\ufeff丁\u2028\x85  \n\n\n"
    assert decode_text(kept.encode()) == kept


def test_a_text_without_common_line_ends_has_its_lines_by_the_rare_ones() -> None:
    assert decode_text("甲\u2028乙\u2029丙\x85丁\x0b戊".encode()) == "甲\n乙\n丙\n丁\n戊"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t\n", "\u3000\u200b\n\ufeff".encode()])
def test_an_empty_or_blank_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="空"):
        decode_text(data)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "甲" * 100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100), "图片"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "程序"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "程序"),
        (zipped(), "Word"),
        (b"%PDF-1.7\n1 0 obj <</Type/Catalog>>", "PDF"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Word"),
        (random.Random(22).randbytes(5000), "不是纯文本"),
        ("文字\0里有空字节".encode(), "不是纯文本"),
        (b"\x01\x02\x03\x04abc\x05\x06", "不是纯文本"),
        ("没有标记的文字".encode("utf-16-le"), "不是纯文本"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "编码"),
        (codecs.BOM_UTF8 + "衡阳".encode("gb18030"), "编码"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said) as refusal:
        decode_text(data)
    assert CHINESE.search(str(refusal.value))
    assert "另存为" in str(refusal.value)


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_never_a_text(seed: int) -> None:
    with pytest.raises(UnreadableFileError):
        decode_text(random.Random(seed).randbytes(2000))


def test_a_text_that_begins_like_a_program_is_a_text() -> None:
    assert decode_text("MZ 公司年报".encode()) == "MZ 公司年报"


def test_a_stray_control_character_from_a_pdf_is_let_through() -> None:
    words = "衡阳市" * 50 + "\x02"
    assert decode_text(words.encode()) == words
