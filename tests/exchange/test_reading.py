"""Whatever the bytes, reading gives a text or a sentence: here for every format that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.formats import readable
from desktop.exchange.reading import LARGE, read_source
from desktop.model.errors import CancelledError, UnreadableFileError, UserError
from desktop.model.source import Source

SUFFIXES = [entry.suffix for entry in readable()]
WRONG = {
    "empty": b"",
    "a program": b"MZ\x90\0" + bytes(4000),
    "an archive cut off": b"PK\x03\x04" + bytes(200),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_document_is_a_sentence(suffix: str, kind: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_source(Path(f"规划{suffix}"), WRONG[kind])
    assert str(caught.value).endswith("。")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_reading_a_large_text_can_be_cancelled_and_gives_the_same(suffix: str) -> None:
    paragraph = "一、" + "加快建设。" * 10_000 + "\n\n"
    data = (paragraph * (LARGE // len(paragraph.encode()) + 1)).encode()
    with pytest.raises(CancelledError):
        read_source(Path(f"长{suffix}"), data, lambda: True)
    assert read_source(Path(f"长{suffix}"), data).text.rstrip() == data.decode().rstrip()


def test_a_text_is_read_in_this_process_and_an_unknown_suffix_is_told() -> None:
    assert read_source(Path("a.txt"), "总则".encode()) == Source("总则")
    with pytest.raises(UserError, match=r"“\.xyz”"):
        read_source(Path("a.xyz"), b"x")
