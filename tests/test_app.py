"""The program as it is started: in a process of its own, with a real library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.model.settings import LAST_EDITION, place_of
from desktop.services.importing import import_document, read_file
from desktop.storage.library import Library
from desktop.storage.paths import default_library_path, log_path

ROOT = Path(__file__).parents[1]
SECONDS = 60

START = """
import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from desktop import app

HEAVY = ("docx", "jieba", "peewee", "filelock", "desktop.exchange.writers.docx")
application = app.make_application()
start = app.Start(application, Path(sys.argv[1]))
start.show()
seen = {
    "text at once": start.session.reading.text if start.session.reading else None,
    "top at once": start.window.reader.top(),
    "imported at once": [name for name in HEAVY if name in sys.modules],
    "dialogs": [],
}


def look():
    if (dialog := application.activeModalWidget()) is not None:
        seen["dialogs"].append(f"{dialog.text()} {dialog.informativeText()}")
        words = sys.argv[2] if len(sys.argv) > 2 else ""
        QTimer.singleShot(20, look)
        button = next((b for b in dialog.buttons() if b.text() == words), dialog.buttons()[-1])
        button.click()
    elif start.window.may_close.__name__ == "_may_close":
        QTimer.singleShot(100, finish)
    elif start.window.isVisible():
        QTimer.singleShot(20, look)


def finish():
    session = start.session
    seen["text"] = session.reading.text if session.reading else None
    seen["title"] = start.window.windowTitle()
    seen["read only"] = session.library.read_only
    seen["focus"] = start.window.reader.hasFocus()
    seen["imported"] = [name for name in HEAVY if name in sys.modules]
    start.window.close()


QTimer.singleShot(0, look)
status = application.exec()
start.end()
print(json.dumps(seen))
sys.exit(status)
"""


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "default", **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def started(library: Path, answer: str = "") -> dict[str, object]:
    """Start the program on a library, look at it, close it, and return what was seen."""
    done = run("-c", START, str(library), answer)
    lines = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert done.returncode == 0, done.stderr
    assert lines == []
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.yuece"


def test_the_first_start_shows_the_plan_without_a_question(library: Path, plan_text: str) -> None:
    seen = started(library)
    assert seen["text at once"] is None
    assert seen["text"] == plan_text
    assert seen["dialogs"] == []
    assert seen["focus"] is True
    assert str(seen["title"]).endswith("— 阅策")


def test_the_next_start_shows_the_text_at_once_where_it_was_left(library: Path, plan_text: str) -> None:
    started(library)
    place = plan_text.index("16.全面激发")
    with Library.open(library) as opened:
        opened.settings.set(place_of(opened.editions.summaries()[0].id), place)
    seen = started(library)
    assert seen["text at once"] == plan_text
    assert seen["top at once"] == place
    assert seen["imported at once"] == []
    assert seen["dialogs"] == []


def test_what_is_heavy_is_not_imported_at_the_start(library: Path) -> None:
    started(library)
    imported = started(library)["imported"]
    assert isinstance(imported, list)
    assert not set(imported) & {"docx", "jieba", "desktop.exchange.writers.docx"}


def test_the_text_read_last_comes_again(library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("某市规划\n\n一、总体要求\n1.甲。\n", encoding="utf-8")
    started(library)
    with Library.open(library) as opened:
        command = import_document(read_file(other))
        with opened.transaction():
            command.apply(opened)
        opened.settings.set(LAST_EDITION, command.edition.id)
    seen = started(library)
    assert seen["text at once"] == seen["text"] == other.read_text(encoding="utf-8")


def test_a_locked_library_is_asked_about_and_can_be_read(library: Path, plan_text: str) -> None:
    started(library)
    with Library.open(library):
        seen = started(library, "只读打开")
    assert seen["text"] == plan_text
    assert seen["read only"] is True
    assert len(seen["dialogs"]) == 1  # type: ignore[arg-type]


def test_a_locked_library_that_is_given_up_ends_the_program(library: Path) -> None:
    started(library)
    with Library.open(library):
        seen = started(library, "退出")
    assert len(seen["dialogs"]) == 1  # type: ignore[arg-type]
    assert "read only" not in seen


def test_a_file_that_is_no_library_is_told_and_the_program_ends(library: Path) -> None:
    library.write_bytes(b"no library at all" * 500)
    seen = started(library)
    assert str(seen["dialogs"]).count("文库打不开") == 1
    assert "read only" not in seen
    assert library.read_bytes() == b"no library at all" * 500


@pytest.mark.parametrize("arguments", [["-m", "desktop"], ["-m", "desktop", "--library", "mine.yuece"]])
def test_the_window_comes_and_leaves_after_its_first_paint(arguments: list[str], tmp_path: Path) -> None:
    """The benchmark of the start does this."""
    arguments = [str(tmp_path / word) if word.endswith(".yuece") else word for word in arguments]
    done = run(*arguments, environment={"YUECE_EXIT_AFTER_FIRST_PAINT": "1"})
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert not default_library_path().exists()


def test_a_library_of_the_users_own_is_made_in_their_data_folder(home: Path) -> None:
    path = default_library_path()
    assert path.is_relative_to(home)
    started(path)
    assert path.exists()
    assert log_path().is_relative_to(home)


def test_the_selfcheck_ends_well_and_leaves_a_picture(tmp_path: Path) -> None:
    done = run("-m", "desktop", "--selfcheck", str(tmp_path / "picture.png"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("阅策自查通过")
    assert (tmp_path / "picture.png").stat().st_size > 10_000


def test_the_selfcheck_that_fails_says_so_by_its_status(tmp_path: Path) -> None:
    done = run("-m", "desktop", "--selfcheck", str(tmp_path / "nowhere" / "picture.png"))
    assert done.returncode != 0
    assert "阅策自查失败" in done.stderr
