"""A library with the plan in it, and the session that has it open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.importing import import_document, shipped_plan
from desktop.storage.library import Library
from desktop.ui.session import Session


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
