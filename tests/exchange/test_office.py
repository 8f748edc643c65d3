"""Old office files go through LibreOffice, and where that can't be, a sentence says what to do."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from docx import Document

from desktop.exchange import office as office_module
from desktop.exchange.office import find_office, to_docx
from desktop.exchange.reading import read_source
from desktop.model.errors import CancelledError, UnreadableFileError
from tests.exchange.offices import convert

COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
RTF = rb"{\rtf1\ansi\ansicpg936 plan 2030\par second line}"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, and must not stay."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def starter(folder: Path, lines: str) -> Path:
    """Write a program that is started as LibreOffice is."""
    if os.name == "nt":
        pytest.skip("a shell script stands in for LibreOffice here")
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".wps"])
def test_an_old_file_is_read(office: Path, tmp_path: Path, temporary: Path, suffix: str) -> None:
    made = Document()
    made.add_heading("第一章 总则", 1)
    made.add_paragraph("坚持稳中求进工作总基调。")
    made.save(tmp_path / "a.docx")
    data = convert(office, tmp_path / "a.docx", "rtf" if suffix == ".rtf" else "doc", tmp_path)
    source = read_source(Path(f"规划{suffix.upper()}"), data)
    assert source.text.splitlines() == ["第一章 总则", "坚持稳中求进工作总基调。"]
    assert not list(temporary.iterdir())


def test_without_libreoffice_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office_module, "_PLACES", {"linux": (), "win32": (), "darwin": ()})
    assert find_office() is None
    with pytest.raises(UnreadableFileError, match=r"\.rtf.*LibreOffice.*\.docx"):
        to_docx(RTF, ".rtf")


def test_it_is_found_where_it_is_usually_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "soffice.exe" if sys.platform == "win32" else "soffice"
    program = tmp_path / "libreoffice7.6" / "program" / name
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", "")
    place = f"{tmp_path}/libreoffice*/program"
    monkeypatch.setattr(office_module, "_PLACES", {sys.platform: ("{NOWHERE}/x", place)})
    assert find_office() == program


def test_a_docx_with_an_old_suffix_needs_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_module, "find_office", lambda: None)
    made = Document()
    made.add_paragraph("总则")
    made.save(tmp_path / "a.docx")
    assert read_source(Path("a.doc"), (tmp_path / "a.docx").read_bytes()).text.strip() == "总则"


@pytest.mark.parametrize("data", [b"MZ" + bytes(500), b"%PDF-1.4", "规划".encode(), b"\x89PNG\r\n"])
def test_what_is_no_old_file_is_refused_before_libreoffice_makes_a_text_of_it(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"不是 \.doc"):
        to_docx(data, ".doc")
    with pytest.raises(UnreadableFileError, match="空的"):
        to_docx(b"", ".doc")


def test_a_password_is_told() -> None:
    data = COMPOUND_FILE.ljust(512, b"\0") + b"\xec\xa5\xc1\0" + bytes(7) + b"\x01" + bytes(500)
    with pytest.raises(UnreadableFileError, match="加了密码"):
        to_docx(data, ".doc")


def test_a_damaged_file_is_told_and_leaves_nothing(office: Path, temporary: Path) -> None:
    with pytest.raises(UnreadableFileError, match="已损坏或加了密码"):
        to_docx(COMPOUND_FILE + bytes(3000), ".doc", office=office)
    assert not list(temporary.iterdir())


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path, temporary: Path) -> None:
    note = tmp_path / "child"
    program = starter(tmp_path, f"sleep 60 & echo $! > {note}; wait")
    with pytest.raises(UnreadableFileError, match="1 秒还没有转换完"):
        to_docx(RTF, ".rtf", office=program, seconds=1)
    assert not list(temporary.iterdir())
    assert_gone(int(note.read_text("utf-8")))


def test_cancelling_ends_it(tmp_path: Path, temporary: Path) -> None:
    note = tmp_path / "child"
    program = starter(tmp_path, f"sleep 60 & echo $! > {note}; wait")
    with pytest.raises(CancelledError):
        to_docx(RTF, ".rtf", office=program, cancelled=lambda: note.exists() and bool(note.read_text("utf-8")))
    assert not list(temporary.iterdir())
    assert_gone(int(note.read_text("utf-8")))


def test_a_program_that_makes_nothing_or_cannot_start_is_told(tmp_path: Path, temporary: Path) -> None:
    for program in (starter(tmp_path, "exit 0"), tmp_path / "nowhere"):
        with pytest.raises(UnreadableFileError, match="没能打开"):
            to_docx(RTF, ".rtf", office=program)
    assert not list(temporary.iterdir())


def test_the_users_own_profile_is_left_alone(office: Path, home: Path, temporary: Path) -> None:
    before = {path for path in home.rglob("*") if "libreoffice" in str(path).lower()}
    to_docx(RTF, ".rtf", office=office)
    assert {path for path in home.rglob("*") if "libreoffice" in str(path).lower()} == before


def assert_gone(process: int) -> None:
    for _ in range(100):
        status = Path(f"/proc/{process}/status")
        if not status.exists() or "State:\tZ" in status.read_text("utf-8"):  # whoever takes over orphans may be late
            return
        time.sleep(0.02)
    raise AssertionError(f"process {process} still runs")
