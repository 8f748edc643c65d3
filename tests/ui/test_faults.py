"""What happens when the program itself errs."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.faults import catch, start_log
from tests.ui.sitting import Sitting

pytestmark = pytest.mark.qt_no_exception_capture


def err() -> None:
    """Err as a program does that has a bug."""
    raise ZeroDivisionError("a bug")


class Broken(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        err()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Start a log, and take everything back that is the whole process's."""
    root, path = logging.getLogger(), tmp_path / "log" / "yuece.log"
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    start_log(path)
    yield path
    for handler in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_an_exception_in_a_slot_is_logged_and_told_and_the_program_goes_on(desk: Sitting, log: Path) -> None:
    catch(desk.desk.messages.show_error, log)
    desk.window.actions_by_id["about"].triggered.disconnect()
    desk.window.actions_by_id["about"].triggered.connect(err)
    desk.do("about")
    assert "程序出了一个错" in desk.message
    assert str(log) in desk.message
    assert desk.desk.messages.is_error()
    written = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "test_faults.py" in written
    desk.desk.messages.close_message()
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    assert len(desk.marks) == 1


def test_an_exception_while_painting_is_told_too(desk: Sitting, log: Path) -> None:
    catch(desk.desk.messages.show_error, log)
    broken = Broken(desk.window)
    broken.show()
    desk.settle()
    broken.hide()
    assert "程序出了一个错" in desk.message
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_an_exception_in_a_timer_is_told_too(desk: Sitting, log: Path) -> None:
    catch(desk.desk.messages.show_error, log)
    QTimer.singleShot(0, err)
    sleep(0.01)
    desk.settle()
    assert "程序出了一个错" in desk.message
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_an_exception_in_a_thread_is_logged(log: Path) -> None:
    told: list[str] = []
    catch(told.append, log)
    thread = threading.Thread(target=err)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_ctrl_c_in_a_terminal_is_no_fault(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    catch(told.append, log)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_window_that_is_gone_is_no_further_fault(log: Path) -> None:
    def gone(_: str) -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    catch(gone, log)
    sys.excepthook(ValueError, ValueError("出错"), None)
    assert "出错" in log.read_text(encoding="utf-8")


def test_the_log_does_not_grow_beyond_a_few_megabytes(log: Path) -> None:
    for _ in range(60):
        logging.getLogger("desktop").error("很长" * 40_000)
    files = list(log.parent.iterdir())
    assert 1 < len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 6_000_000


def test_without_a_place_for_the_log_it_goes_to_stderr(
    tmp_path: Path, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"")
    before = list(logging.getLogger().handlers)
    start_log(blocked / "yuece.log")
    added = [handler for handler in logging.getLogger().handlers if handler not in before]
    assert [isinstance(handler, RotatingFileHandler) for handler in added] == [False]
