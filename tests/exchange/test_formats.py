"""The table of formats answers by suffix, and says in words what it can't do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.exchange.formats import FORMATS, format_of, readable, readable_format_of, writable, writer_of
from desktop.model.errors import ExportError, UnreadableFileError, UserError
from desktop.model.report import Report


def test_what_can_be_read_and_what_can_be_written() -> None:
    suffixes = [".txt", ".docx", ".pdf", ".html", ".htm", ".md", ".ofd", ".doc", ".wps", ".rtf"]
    assert [entry.suffix for entry in readable()] == suffixes
    assert [entry.suffix for entry in writable()] == [".docx", ".md"]


def test_no_suffix_stands_twice_and_all_are_small() -> None:
    suffixes = [entry.suffix for entry in FORMATS]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


def test_a_suffix_is_known_in_capitals_too() -> None:
    assert format_of(Path("衡阳.规划.DOCX")).suffix == ".docx"
    reader = readable_format_of(Path("A.TXT")).reader
    assert reader is not None
    assert reader("甲".encode()).text == "甲"


def test_every_writer_writes(report: Callable[..., Report]) -> None:
    made = {entry.suffix: writer_of(Path(f"a{entry.suffix}"))(report()) for entry in writable()}
    assert made[".docx"].startswith(b"PK")
    assert made[".md"].startswith(b"# ")


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.md.bak", ".txt"])
def test_an_unknown_suffix_is_told_with_what_is_known(name: str) -> None:
    with pytest.raises(UserError, match=r"\.txt.*\.docx"):
        format_of(Path(name))
    with pytest.raises(UnreadableFileError, match=r"\.txt"):
        readable_format_of(Path(name))
    with pytest.raises(ExportError, match=r"\.docx.*\.md"):
        writer_of(Path(name))


def test_a_format_that_is_only_written_is_not_read_and_the_other_way_round() -> None:
    with pytest.raises(UnreadableFileError, match=r"“\.odt”"):
        readable_format_of(Path("a.odt"))
    with pytest.raises(ExportError, match=r"“\.txt”"):
        writer_of(Path("a.txt"))
