"""A whole window on a real library with the plan in it, and a stand-in for the user at every dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.services.importing import import_document, shipped_plan
from desktop.storage.library import Library
from desktop.ui.collecting import CycleCollector
from desktop.ui.session import Session
from tests.ui.sitting import Answers, Sitting


@pytest.fixture(scope="package", autouse=True)
def _cycles_are_collected_on_this_thread(qapp: QApplication) -> Iterator[None]:
    """Collect as the program does: a window in a cycle must not die on a worker."""
    collector = CycleCollector(qapp)
    yield
    delete(collector)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Lend the program and take it back as it was."""
    style, palette, font, sheet = qapp.style().objectName(), qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Open a session with the plan in view."""
    session = Session()
    session.attach(Library.open(tmp_path / "library.yuece", create=True))
    command = import_document(shipped_plan())
    assert session.run(command)
    session.open_edition(command.edition.id)
    yield session
    session.close()


@pytest.fixture
def answers() -> Iterator[Answers]:
    """Stand in for the user at every dialog."""
    answers = Answers()
    yield answers
    answers.check()


@pytest.fixture
def sit(app: QApplication, qtbot: QtBot, tmp_path: Path, answers: Answers) -> Iterator[Callable[..., Sitting]]:
    """Open windows on a library, one after the other or side by side, and close them in the end."""
    sittings: list[Sitting] = []

    def open_window(path: Path | None = None, size: tuple[int, int] | None = (1366, 768)) -> Sitting:
        sitting = Sitting(app, path or tmp_path / "library.yuece", answers, size)
        qtbot.addWidget(sitting.window)
        sittings.append(sitting)
        return sitting

    yield open_window
    for sitting in sittings:
        sitting.close()
        sitting.session.close()
        sitting.window.close()
        sitting.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def desk(sit: Callable[..., Sitting]) -> Sitting:
    """Sit down at a window on a new library, as at the first start."""
    return sit()
