"""Long work: off the GUI thread, with its result on it; shown after a while, and cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.errors import CancelledError, UserError
from desktop.ui.tasks import Progress, Tasks


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def tasks(window: QWidget) -> Tasks:
    return Tasks(window)


def unexpected(thing: object) -> None:
    raise AssertionError(thing)


def test_work_runs_elsewhere_and_its_result_arrives_here(tasks: Tasks, qtbot: QtBot) -> None:
    here, told = threading.get_ident(), []

    def arrive(result: int) -> None:
        told.append((result, threading.get_ident()))

    tasks.run("…", lambda _: threading.get_ident(), arrive, unexpected)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] != here
    assert told[0][1] == here


def test_what_the_user_can_understand_is_told(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []

    def fail(_: object) -> None:
        raise UserError("文件不见了，请重新选择。")

    tasks.run("…", fail, unexpected, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["文件不见了，请重新选择。"]


def test_what_nobody_can_understand_is_raised_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        tasks.run("…", lambda _: int("drei"), unexpected, unexpected)
        tasks.wait()
    assert caught[0][0] is ValueError


def test_works_run_one_after_another_in_their_order(tasks: Tasks) -> None:
    done: list[int] = []
    for number in range(5):
        tasks.run("…", lambda _, number=number: number, done.append, unexpected)
    tasks.wait()
    assert done == [0, 1, 2, 3, 4]


def test_waiting_brings_the_results(tasks: Tasks) -> None:
    done: list[str] = []
    tasks.run("…", lambda _: QTest.qSleep(30) or "fertig", done.append, unexpected)
    tasks.wait()
    assert done == ["fertig"]


def test_short_work_shows_nothing(tasks: Tasks, window: QWidget) -> None:
    shown: list[bool] = []
    tasks.run("…", lambda _: 1, lambda _: shown.append(_progress(window) is not None), unexpected)
    tasks.wait()
    assert shown == [False]


def test_long_work_shows_what_is_done_and_can_be_cancelled(tasks: Tasks, window: QWidget, qtbot: QtBot) -> None:
    go_on, seen = Event(), []

    def work(stopped: object) -> str:
        go_on.wait(10)
        seen.append(stopped())  # type: ignore[operator]
        return "fertig"

    tasks.run("正在读 长.txt …", work, unexpected, unexpected)
    qtbot.waitUntil(lambda: _progress(window) is not None, timeout=3000)
    dialog = _progress(window)
    assert dialog is not None
    assert dialog.labelText() == "正在读 长.txt …"
    button = dialog.findChild(QPushButton)
    assert button.text() == "取消"
    button.click()
    go_on.set()
    tasks.wait()
    assert seen == [True]
    assert _progress(window) is None


def test_what_is_final_is_told_though_it_was_cancelled_too_late(tasks: Tasks) -> None:
    done: list[str] = []

    def work(progress: Progress) -> str:
        for running in tasks._running:  # noqa: SLF001 - as 取消 does
            running.stop.set()
        return "geschrieben" if progress() else "nicht gefragt"

    tasks.run("…", work, done.append, unexpected, final=True)
    tasks.run("…", work, unexpected, unexpected)
    tasks.wait()
    assert done == ["geschrieben"]


def test_esc_stops_the_work_and_return_does_not(tasks: Tasks, window: QWidget, qtbot: QtBot) -> None:
    go_on, seen = Event(), []

    def work(stopped: Progress) -> None:
        go_on.wait(10)
        seen.append(stopped())

    tasks.run("正在读 长.txt …", work, unexpected, unexpected)
    qtbot.waitUntil(lambda: _progress(window) is not None, timeout=3000)
    dialog = _progress(window)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(dialog, key)
        QTest.keyClick(dialog.focusWidget() or dialog, key)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert _progress(window) is None
    go_on.set()
    tasks.wait()
    assert seen == [True]


def test_work_says_how_far_it_is(tasks: Tasks, window: QWidget, qtbot: QtBot) -> None:
    go_on = Event()

    def work(progress: Progress) -> None:
        progress.say("第 2 / 3 个")
        go_on.wait(10)

    tasks.run("正在读", work, lambda _: None, unexpected)
    qtbot.waitUntil(lambda: _progress(window) is not None, timeout=3000)
    dialog = _progress(window)
    assert dialog is not None
    assert dialog.labelText() == "第 2 / 3 个"
    go_on.set()
    tasks.wait()


def _progress(window: QWidget) -> QProgressDialog | None:
    return next((dialog for dialog in window.findChildren(QProgressDialog) if dialog.isVisible()), None)


def test_work_tells_its_share_once_from_the_beginning_to_the_end(tasks: Tasks, window: QWidget, qtbot: QtBot) -> None:
    go_on = Event()

    def work(progress: Progress) -> None:
        first, second = progress.watch().parts(1, 1)
        first.told(1, 2)
        second.told(2, 5)
        first.told(1, 5)  # what has been said is not taken back
        go_on.wait(10)

    tasks.run("正在写", work, lambda _: None, unexpected)
    qtbot.waitUntil(lambda: _progress(window) is not None, timeout=3000)
    dialog = _progress(window)
    assert dialog is not None
    assert dialog.labelText() == "正在写 70%"
    assert dialog.findChild(QProgressBar).value() == 70
    go_on.set()
    tasks.wait()


def test_a_result_waits_for_what_is_done_in_steps(tasks: Tasks) -> None:
    seen: list[str] = []
    with tasks.in_steps("正在合并") as pause:
        tasks.run("…", lambda _: "fertig", seen.append, unexpected)
        for number in range(40):
            QTest.qSleep(10)
            pause(number, 40)
        assert seen == []
    tasks.wait()
    assert seen == ["fertig"]


def test_short_work_on_this_thread_shows_nothing(tasks: Tasks, window: QWidget) -> None:
    with tasks.in_steps("正在合并") as pause:
        for number in range(100):
            pause(number, 100)
        assert window.findChildren(QProgressDialog) == []


def test_long_work_on_this_thread_lets_the_window_live_and_can_be_stopped(tasks: Tasks, window: QWidget) -> None:
    turns: list[bool] = []
    turning = QTimer(window, interval=10)
    turning.timeout.connect(lambda: turns.append(_progress(window) is not None))
    turning.start()
    seen: list[str] = []

    def stop() -> None:
        dialog = _progress(window)
        assert dialog is not None
        seen.append(dialog.labelText())
        assert dialog.isModal()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    def work(pause: Callable[[int, int], object]) -> None:
        for number in range(1000):
            QTest.qSleep(5)
            pause(number, 1000)

    QTimer.singleShot(900, window, stop)
    with tasks.in_steps("正在合并") as pause, pytest.raises(CancelledError):
        work(pause)
    assert 0 < int(seen[0].removeprefix("正在合并 ").removesuffix("%")) <= 20
    assert turns[0] is False
    assert any(turns)
    assert len(turns) > 15
    assert _progress(window) is None
