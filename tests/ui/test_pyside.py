"""The PySide6 that is installed keeps the reference count of None (6.12.0 on Python 3.11 does not, and dies)."""

import sys

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 20_000
NOISE = 200  # references that come and go elsewhere meanwhile


def _lost_references() -> int:
    label, cursor = QLabel(), QTextCursor(QTextDocument("一"))
    before = sys.getrefcount(None)
    for _ in range(CALLS // 2):
        label.update()
        cursor.setPosition(0)
    return before - sys.getrefcount(None)


def test_calls_of_void_methods_keep_the_references_of_none(qtbot: QtBot) -> None:
    # From Python 3.12 on None is immortal, the count is constant, and the fault cannot do harm.
    assert abs(_lost_references()) < NOISE
