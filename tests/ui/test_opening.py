"""Opening a library behind the window, and what is said where that fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from desktop.services.importing import RemoveDocument
from desktop.services.marking import Marker
from desktop.storage.library import Library
from tests.ui.sitting import Answers, Sitting, press_button

HOLDER = """
import sys
from pathlib import Path
from desktop.storage.library import Library
with Library.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


def told(words: list[str]) -> Callable[[QMessageBox], None]:
    """Write down what a message says, and close it."""

    def answer(box: QMessageBox) -> None:
        words.append(f"{box.text()} {box.informativeText()}")
        QTest.keyClick(box, Qt.Key.Key_Escape)

    return answer


def test_the_first_start_opens_the_plan_without_a_question(desk: Sitting, plan_text: str) -> None:
    assert desk.reading.text == plan_text
    assert [edition.source_name for edition in desk.library.editions.summaries()] == [
        "hengyang-15fyp-proposal-page2.txt"
    ]
    assert desk.reading.document.title in desk.window.windowTitle()
    assert desk.reader.isVisible()
    assert desk.reader.hasFocus()
    assert desk.reader.toPlainText() == plan_text
    assert desk.session.done == []


def test_the_second_start_does_not_import_again(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.close()
    again = sit(desk.path)
    assert len(again.library.editions.summaries()) == 1
    assert again.reading.edition.id == desk.reading.edition.id


def test_a_plan_that_was_removed_is_not_imported_again_over_another_text(
    desk: Sitting, sit: Callable[..., Sitting]
) -> None:
    desk.open_text("某市规划\n\n一、总体要求\n1.甲。\n")
    desk.close()
    again = sit(desk.path)
    assert again.reading.document.title == "某市规划"


def test_a_library_open_in_another_window_can_be_read_only(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers
) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    before = desk.marks
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(box.text())
        press_button("只读打开")(box)

    answers.expect(answer)
    second = sit(desk.path)
    assert len(asked) == 1
    assert second.library.read_only
    assert second.marks == before
    assert "只读打开" in second.window.status._saved.text()  # noqa: SLF001
    for key in (Qt.Key.Key_1, Qt.Key.Key_U):
        second.desk.messages.close_message()
        second.select("从全国看")
        second.key(key)
        assert "只读打开" in second.message
        assert second.marks == before
        assert second.session.done == []
    second.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    second.type("产业")
    assert len(second.desk.finder.hits) == second.reading.text.count("产业")
    assert second.close()


def test_in_a_library_that_is_only_read_no_note_is_begun(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers
) -> None:
    answers.expect(press_button("只读打开"))
    second = sit(desk.path)
    second.select("从全国看")
    second.key(Qt.Key.Key_N)
    assert "只读打开" in second.message
    assert not second.desk.note_box.isVisible()
    second.type("写不下")
    second.key(Qt.Key.Key_Escape)
    assert second.message == ""
    assert second.marks == []
    assert second.close()


def test_the_second_window_can_be_given_up(desk: Sitting, sit: Callable[..., Sitting], answers: Answers) -> None:
    answers.expect(press_button("退出"))
    second = sit(desk.path)
    assert not second.opened
    assert not second.session.attached


def test_esc_at_the_question_gives_the_second_window_up(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers
) -> None:
    answers.expect(lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    assert not sit(desk.path).opened


def test_a_library_held_by_another_process_asks_too(
    tmp_path: Path, sit: Callable[..., Sitting], answers: Answers
) -> None:
    path = tmp_path / "library.yuece"
    Library.open(path, create=True).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        answers.expect(press_button("退出"))
        assert not sit(path).opened
        holder.communicate("")
    assert sit(path).opened


def test_a_file_that_is_no_library_is_told_and_left_as_it_is(
    tmp_path: Path, sit: Callable[..., Sitting], answers: Answers
) -> None:
    path = tmp_path / "library.yuece"
    path.write_bytes(b"not a library at all" * 100)
    words: list[str] = []
    answers.expect(told(words))
    assert not sit(path).opened
    assert "不是" in words[0]
    assert path.read_bytes() == b"not a library at all" * 100


def test_a_newer_library_is_told_and_left_as_it_is(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers
) -> None:
    desk.close()
    connection = sqlite3.connect(desk.path)
    connection.execute("PRAGMA user_version = 9999")
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('compatibility', '9999')")
    connection.commit()
    connection.close()
    before = desk.path.read_bytes()
    words: list[str] = []
    answers.expect(told(words))
    assert not sit(desk.path).opened
    assert "新" in words[0]
    assert desk.path.read_bytes() == before


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path, sit: Callable[..., Sitting], answers: Answers) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    words: list[str] = []
    answers.expect(told(words))
    assert not sit(blocked / "library.yuece").opened
    assert words
    assert words[0].startswith("文库打不开")


def test_a_library_without_texts_that_is_only_read_shows_an_empty_window(
    tmp_path: Path, sit: Callable[..., Sitting], answers: Answers
) -> None:
    path = tmp_path / "library.yuece"
    with Library.open(path, create=True):
        answers.expect(press_button("只读打开"))
        empty = sit(path)
        assert empty.opened
        assert empty.session.reading is None
        for name in ("note", "pen_1", "find", "export", "go_to", "meeting"):
            assert not empty.window.actions_by_id[name].isEnabled()
        assert empty.close()


def test_a_killed_window_leaves_every_mark(desk: Sitting, sit: Callable[..., Sitting], tmp_path: Path) -> None:
    """What storage promises, as the window uses it: nothing waits to be written."""
    marker = Marker(desk.library, desk.reading)
    assert desk.session.run(marker.highlight(desk.place("从全球看"), 1, "重点"))
    for suffix in ("", "-wal", "-shm"):
        source = desk.path.with_name(desk.path.name + suffix)
        if source.exists():
            (tmp_path / f"copy.yuece{suffix}").write_bytes(source.read_bytes())
    again = sit(tmp_path / "copy.yuece")
    assert [mark.place.exact for mark in again.marks] == ["从全球看"]  # type: ignore[union-attr]


def choose(path: Path) -> Callable[[QFileDialog], None]:
    """Choose this library in the file dialog."""

    def answer(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.done(QDialog.DialogCode.Accepted)

    return answer


def test_another_library_can_be_chosen_and_shows_its_own_text(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers, tmp_path: Path
) -> None:
    other = sit(tmp_path / "other.yuece")
    other.open_text("某市规划\n\n一、总体要求\n1.甲。\n")
    other.close()
    answers.expect(press_button("另选文库…"), choose(other.path))
    second = sit(desk.path)
    assert second.library.path == other.path
    assert second.reading.document.title == "某市规划"
    assert second.reader.toPlainText() == second.reading.text
    second.select("甲")
    second.key(Qt.Key.Key_1)
    assert len(second.marks) == 1


def test_another_library_without_texts_shows_none(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers, tmp_path: Path
) -> None:
    desk.close()
    other = sit(desk.path)
    with Library.open(tmp_path / "empty.yuece", create=True) as empty:
        answers.expect(press_button("另选文库…"), choose(empty.path), press_button("只读打开"))
        second = sit(other.path)
        assert second.library.path == empty.path
        assert second.session.reading is None
        assert second.reader.toPlainText() == ""
        assert second.close()


def test_a_choice_of_another_library_that_is_left_asks_again(
    desk: Sitting, sit: Callable[..., Sitting], answers: Answers
) -> None:
    answers.expect(press_button("另选文库…"), lambda dialog: dialog.reject(), press_button("退出"))
    assert not sit(desk.path).opened


def test_a_plan_that_was_removed_stays_removed(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    assert desk.session.run(RemoveDocument(desk.reading.document))
    desk.close()
    again = sit(desk.path)
    assert again.library.editions.summaries() == []
    assert again.session.reading is None
    assert again.close()
