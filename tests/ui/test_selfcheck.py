"""--selfcheck: passes where all is well, and fails where any part of it is broken."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model.errors import ExportError, LibraryFullError
from desktop.storage.checking import CheckReport
from desktop.storage.library import Library
from desktop.ui import desk as desks
from desktop.ui import finder, selfcheck
from desktop.ui.session import Session


def err(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a bug")


def test_it_passes_and_takes_a_picture(app: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hook, picture = sys.excepthook, tmp_path / "picture.png"
    assert selfcheck.run(app, picture) == 0
    written = capsys.readouterr()
    assert written.out.startswith("阅策自查通过：")
    assert "2 marks" in written.out
    assert written.err == ""
    image = QImage(str(picture))
    assert image.width() >= 1000
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 20
    assert sys.excepthook is hook
    assert not [window for window in app.topLevelWidgets() if window.isVisible()]


def refuse_export(*_: object, **__: object) -> None:
    raise ExportError("磁盘已满。")


def full(*_: object, **__: object) -> None:
    raise LibraryFullError("磁盘已满。")


FAULTS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "the search finds nothing": (finder, "search_reading", lambda *_, **__: []),
    "the export fails": (selfcheck, "export", refuse_export),
    "the words can not be split": (selfcheck, "_words_ready", err),
    "the desk can not be set up": (selfcheck, "Desk", err),
    "the library can not be opened": (Library, "open", full),
    "the plan is missing": (selfcheck, "open_library", lambda *_: False),
    "marks can not be stored": (Session, "_run", full),
    "an exception in a slot": (desks.Desk, "_on_found", err),
    "the library is damaged": (Library, "check", lambda _: CheckReport({}, ("缺一页",))),
    "the picture can not be saved": (QWidget, "grab", err),
}


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("fault", FAULTS)
def test_it_fails_where_something_is_broken(
    fault: str, app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner, name, broken = FAULTS[fault]
    monkeypatch.setattr(owner, name, broken)
    assert selfcheck.run(app, tmp_path / "picture.png") == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("阅策自查失败：")
    assert written.err.count("\n") == 1
    assert not [window for window in app.topLevelWidgets() if window.isVisible()]


def test_a_picture_in_a_folder_that_is_not_there_fails(
    app: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert selfcheck.run(app, tmp_path / "nowhere" / "picture.png") == 1
    assert "no picture" in capsys.readouterr().err


def test_nothing_is_left_of_the_temporary_library(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    picture = tmp_path / "picture.png"
    assert selfcheck.run(app, picture) == 0
    assert list(tmp_path.iterdir()) == [picture]
    assert not list(home.rglob("*.yuece"))
