"""A library of its own for each test, with the plan in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.command import perform
from desktop.services.importing import ImportedFile, import_document, shipped_plan
from desktop.services.marking import Marker
from desktop.services.reading import Reading, open_reading
from desktop.storage.library import Library


@pytest.fixture(scope="session")
def plan() -> ImportedFile:
    """Hold the shipped plan, read once."""
    return shipped_plan()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Hold an empty library, open for writing."""
    with Library.open(tmp_path / "library.yuece", create=True) as opened:
        yield opened


@pytest.fixture
def reading(library: Library, plan: ImportedFile) -> Reading:
    """Hold the plan, imported and opened."""
    command = import_document(plan)
    perform(library, command)
    return open_reading(library, command.edition.id)


@pytest.fixture
def marker(library: Library, reading: Reading) -> Marker:
    """Make marks in the plan."""
    return Marker(library, reading)
