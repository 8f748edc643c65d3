"""What tests/conftest.py promises, seen to hold by running tests that break each promise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BREAKERS = '''
"""Tests that each leave something behind, or go where they must not."""

import os
import socket
import threading
from pathlib import Path

from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QLabel

stop = threading.Event()
kept = []


def test_thread():
    threading.Thread(target=stop.wait, daemon=True).start()  # thread starts here


def test_thread_that_ended():
    stop.set()
    threading.Thread(target=stop.wait).start()


def test_qthread():
    kept.append(QThread())
    kept[-1].start()  # qthread starts here


def test_qthread_that_ended():
    kept[-1].quit()
    kept[-1].wait()


def test_timer(qtbot):
    kept.append(QTimer())
    kept[-1].start(60_000)  # timer starts here


def test_timer_of_a_closed_widget(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    QTimer(label, interval=60_000).start()


def test_network():
    socket.socket().connect(("127.0.0.1", 9))


def test_warning_of_qt(qtbot):
    qWarning("something is wrong")


def test_home():
    assert Path.home() == Path(os.environ["XDG_DATA_HOME"]).parent != Path(os.environ["REAL_HOME"])
'''


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Output of the tests above under this project's settings and conftest."""
    file = tmp_path_factory.mktemp("breakers") / "test_breakers.py"
    file.write_text(BREAKERS.lstrip(), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "-rA",
        str(file),
    ]
    environment = os.environ | {"REAL_HOME": os.environ["HOME"], "PYTHONDONTWRITEBYTECODE": "1"}
    command += ["-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


def _line(mark: str) -> int:
    return next(number for number, line in enumerate(BREAKERS.lstrip().splitlines(), 1) if mark in line)


def _outcomes(report: str, test: str) -> list[str]:
    """Tell how a test ended, as the summary says it: PASSED, FAILED, ERROR (one that passed may fail on leaving)."""
    lines = [line.split(" - ")[0].split() for line in report.partition("short test summary info")[2].splitlines()]
    return [words[0] for words in lines if words and words[-1].endswith(f"::{test}")]


@pytest.mark.parametrize(
    ("test", "kind", "mark"),
    [
        ("test_thread", "Thread", "# thread starts here"),
        ("test_qthread", "QThread", "# qthread starts here"),
        ("test_timer", "QTimer", "# timer starts here"),
    ],
)
def test_what_is_left_running_fails_its_own_test_and_names_the_line(
    report: str, test: str, kind: str, mark: str
) -> None:
    assert _outcomes(report, test) == ["PASSED", "ERROR"]
    assert f"left running: {kind} started at " in report
    assert f"test_breakers.py:{_line(mark)}" in report


@pytest.mark.parametrize(
    "test", ["test_thread_that_ended", "test_qthread_that_ended", "test_timer_of_a_closed_widget", "test_home"]
)
def test_what_ended_in_time_is_no_leak(report: str, test: str) -> None:
    assert _outcomes(report, test) == ["PASSED"]


@pytest.mark.parametrize(
    ("test", "reason"),
    [("test_network", "阅策 is offline"), ("test_warning_of_qt", "something is wrong")],
)
def test_what_must_not_happen_fails_the_test(report: str, test: str, reason: str) -> None:
    assert _outcomes(report, test) == ["FAILED"]
    assert reason in report
