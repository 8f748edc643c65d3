"""The table of formats answers by suffix, and says in words what it can't do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.exchange.formats import FORMATS, FORMS, form_of, forms, readable, readable_format_of
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.errors import CancelledError, ExportError, UnreadableFileError
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report


def test_what_can_be_read() -> None:
    suffixes = [".txt", ".docx", ".pdf", ".html", ".htm", ".md", ".ofd", ".doc", ".wps", ".rtf"]
    assert [entry.suffix for entry in readable()] == suffixes


def test_what_can_be_written() -> None:
    assert [(form.id, form.suffix) for form in forms()] == [
        ("full", ".docx"),
        ("excerpts", ".docx"),
        ("excerpts", ".md"),
        ("table", ".xlsx"),
        ("table", ".csv"),
        ("full", ".html"),
        ("annotations", ".jsonld"),
    ]


def test_no_suffix_stands_twice_and_all_are_small() -> None:
    suffixes = [entry.suffix for entry in FORMATS]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


def test_every_form_has_a_key_of_its_own_and_every_suffix_one_form_that_needs_no_asking() -> None:
    assert len({form.key for form in FORMS}) == len(FORMS)
    plain = [form.suffix for form in FORMS if not form.special]
    assert sorted(plain) == sorted({form.suffix for form in FORMS})
    assert all(form.title and form.purpose for form in FORMS)


def test_a_suffix_is_known_in_capitals_too() -> None:
    assert form_of(Path("衡阳.规划.DOCX")).id == "full"
    assert readable_format_of(Path("A.TXT")).reader("甲".encode()).text == "甲"


def test_a_form_is_asked_for_by_its_id() -> None:
    assert form_of(Path("a.docx"), "excerpts").key == ".excerpts.docx"
    assert form_of(Path("a.docx"), "full").key == ".docx"
    assert form_of(Path("a.md"), "excerpts").key == ".md"
    with pytest.raises(ExportError, match=r"“table”.*full.*excerpts"):
        form_of(Path("a.docx"), "table")


def test_a_writer_that_is_handed_in_makes_its_form_one_of_them() -> None:
    def write_pdf(report: Report, options: Options, watch: Watch) -> bytes:
        return b"%PDF"

    with pytest.raises(ExportError, match=r"“\.pdf”"):
        form_of(Path("a.pdf"))
    form = form_of(Path("a.pdf"), among=forms({".pdf": write_pdf}))
    assert form.writer is write_pdf
    assert ".yuece" not in {form.suffix for form in forms({".pdf": write_pdf})}


BEGINNINGS = {
    ".docx": b"PK",
    ".md": b"# ",
    ".xlsx": b"PK",
    ".csv": b"\xef\xbb\xbf",
    ".html": b"<!DOCTYPE html>",
    ".jsonld": b"[",
}


def test_every_writer_writes_a_report_with_and_without_marks(
    report: Callable[..., Report], mark: Callable[..., object], words: Callable[..., object]
) -> None:
    for made in (report(), report(mark(words("机遇大于风险"), note="甲", tags=("乙",))), report(text="", title="")):
        for form in forms():
            assert form.writer is not None
            data = form.writer(made, DEFAULT_OPTIONS, UNWATCHED)
            assert data.startswith(BEGINNINGS[form.suffix]), form


def test_in_every_form_a_private_mark_says_that_it_is_one(
    report: Callable[..., Report], mark: Callable[..., object], words: Callable[..., object]
) -> None:
    for form in forms():
        assert form.writer is not None
        shown = [
            _everything(
                form.writer(report(mark(words("机遇"), note="甲", private=private)), DEFAULT_OPTIONS, UNWATCHED)
            )
            for private in (False, True)
        ]
        assert any(shown[1].count(word) > shown[0].count(word) for word in ("私人", "private", "是")), form


def _everything(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(BytesIO(data)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_every_writer_stops_when_it_is_told_to_and_tells_how_far_it_is(
    report: Callable[..., Report], mark: Callable[..., object], words: Callable[..., object]
) -> None:
    made = report(*[mark(words("机遇大于风险"), note=f"第{number}条") for number in range(1000)])
    for form in forms():
        assert form.writer is not None
        told: list[float] = []
        form.writer(made, DEFAULT_OPTIONS, Watch(told=lambda done, total: told.append(done / total)))  # noqa: B023
        assert told == sorted(told), form  # once, over all there is to do
        assert len(told) >= 10, form
        assert told[-1] < 1, form
        asked: list[int] = []
        with pytest.raises(CancelledError):
            form.writer(made, DEFAULT_OPTIONS, Watch(lambda: len(asked) > 3 or asked.append(1) is not None))  # noqa: B023
        assert len(asked) == 4, form


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.md.bak", ".txt"])
def test_an_unknown_suffix_is_told_with_what_is_known(name: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"\.txt"):
        readable_format_of(Path(name))
    with pytest.raises(ExportError, match=r"\.docx.*\.md.*\.xlsx"):
        form_of(Path(name))


def test_a_format_that_is_only_written_is_not_read_and_the_other_way_round() -> None:
    with pytest.raises(UnreadableFileError, match=r"“\.xlsx”"):
        readable_format_of(Path("a.xlsx"))
    with pytest.raises(ExportError, match=r"“\.txt”"):
        form_of(Path("a.txt"))
