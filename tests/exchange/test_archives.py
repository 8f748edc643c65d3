"""Archives: what is refused before a library unpacks it."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from desktop.exchange.archives import MEMBER_LIMIT, Archive, check_archive
from desktop.model.errors import UnreadableFileError

KIND = "Word 文档"


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        check_archive(data, KIND)
    return str(caught.value)


def test_members_are_read_as_they_were_written() -> None:
    archive = Archive(packed({"a.xml": b"<a/>", "media/b.bin": b"\0\1", "media/": b""}), KIND)
    assert archive.names == {"a.xml", "media/b.bin"}
    assert archive.read("a.xml") == b"<a/>"
    assert archive.read("media/b.bin") == b"\0\1"


def test_an_empty_file_is_told() -> None:
    assert "空的" in refusal(b"")


@pytest.mark.parametrize("data", [b"MZ" + bytes(100), b"PK\x03\x04 and nothing behind", b"text"])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    assert "不是完整的 Word 文档" in refusal(data)


def test_an_archive_cut_at_any_place_is_told() -> None:
    whole = packed({"a.xml": b"<a>" + bytes(range(256)) * 40 + b"</a>", "b.xml": b"<b/>"})
    for length in range(1, len(whole), 97):
        assert "不是完整的" in refusal(whole[:length])


def test_a_member_with_flipped_bytes_is_told() -> None:
    whole = bytearray(packed({"a.xml": bytes(range(256)) * 8}, zipfile.ZIP_STORED))
    whole[200] ^= 0xFF
    assert "不是完整的" in refusal(bytes(whole))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": b" " * (90 << 20)})
    assert len(bomb) < 100_000
    assert "过大" in refusal(bomb)


def test_a_small_file_that_is_packed_out_of_all_proportion_is_refused() -> None:
    assert "过大" in refusal(packed({"word/document.xml": b" " * (4 << 20)}))


def test_many_members_are_refused() -> None:
    assert "过大" in refusal(packed({f"{number}.xml": b"<a/>" for number in range(MEMBER_LIMIT + 1)}))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = packed({"a.xml": b"<a>" + b"x" * 90_000 + b"</a>" + bytes(range(256)) * 50})
    directory = data.index(b"PK\x01\x02")
    lying = bytearray(data)
    struct.pack_into("<I", lying, directory + 24, 10)  # the size when unpacked, as the directory tells it
    assert "不是完整的" in refusal(bytes(lying))


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "加了密码" in refusal(bytes(data))


def test_an_encrypted_office_file_is_told() -> None:
    compound = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    assert "加了密码" in refusal(compound + "EncryptedPackage".encode("utf-16-le") + bytes(64))
    assert "旧版" in refusal(compound)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:/Windows/x", "..\\x"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "不安全的路径" in refusal(packed({name: b"x"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused(encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    assert "DOCTYPE" in refusal(packed({"word/document.xml": xml.encode(encoding)}))


def test_a_doctype_in_a_picture_is_no_matter() -> None:
    check_archive(packed({"word/media/a.svg": b"<!DOCTYPE svg><svg/>", "word/document.xml": b"<a/>"}), KIND)


def test_a_member_that_is_not_there_is_told() -> None:
    archive = Archive(packed({"a.xml": b"<a/>"}), KIND)
    with pytest.raises(UnreadableFileError, match="不是完整的"):
        archive.read("b.xml")
