"""Files are picked or dropped, read in the background, told where they can't be read, removed after a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QProgressDialog, QPushButton

from desktop.services.importing import read_file
from desktop.ui.models.documents_model import DocumentRole
from desktop.ui.panels.library_panel import LibraryPanel
from tests.ui.sitting import Answer, Sitting, press_button

TEXT = "某市规划\n\n一、总体要求\n1.指导思想。稳中求进。\n2.基本原则。统筹兼顾。\n"
CONTROL = Qt.KeyboardModifier.ControlModifier


def file(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def pick(*paths: Path) -> Answer:
    """Choose these files in the file dialog."""

    def answer(dialog: QFileDialog) -> None:
        assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
        assert "*.txt" in dialog.nameFilters()[0]
        dialog.setDirectory(str(paths[0].parent))
        dialog.selectFile(paths[0].name)
        dialog.done(QDialog.DialogCode.Accepted)

    return answer


def finish(desk: Sitting) -> None:
    desk.desk._tasks.wait()  # noqa: SLF001 - as the closing of the window does
    desk.settle()


def drop(desk: Sitting, *urls: QUrl) -> bool:
    data = QMimeData()
    data.setUrls(list(urls))
    where = QPoint(300, 300)
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, buttons, modifiers)
    entering.ignore()
    QApplication.sendEvent(desk.window, entering)
    if not entering.isAccepted():
        return False
    event = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, buttons, modifiers)
    QApplication.sendEvent(desk.window, event)
    finish(desk)
    return event.isAccepted()


def drop_files(desk: Sitting, *paths: Path) -> None:
    assert drop(desk, *(QUrl.fromLocalFile(str(path)) for path in paths))


def titles(desk: Sitting) -> list[str]:
    return [document.title for document in desk.library.documents.all()]


def test_a_picked_file_is_read_and_opened(desk: Sitting, tmp_path: Path) -> None:
    desk.answers.expect(pick(file(tmp_path, "规划.txt")))
    desk.key(Qt.Key.Key_O, CONTROL)
    finish(desk)
    assert desk.reading.text == TEXT
    assert desk.reader.toPlainText() == TEXT
    assert "某市规划" in titles(desk)
    assert desk.message == "已导入《某市规划》"
    assert desk.window.windowTitle().startswith("某市规划")
    assert desk.address.startswith("标题")


def test_a_choice_that_is_left_changes_nothing(desk: Sitting) -> None:
    desk.answers.expect(lambda dialog: dialog.reject())
    desk.do("import")
    finish(desk)
    assert len(titles(desk)) == 1


def test_a_dropped_file_is_read_and_opened(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    assert desk.reading.text == TEXT


def test_what_is_no_file_is_not_taken(desk: Sitting) -> None:
    assert not drop(desk, QUrl("https://example.com/规划.txt"))
    assert len(titles(desk)) == 1


def test_several_files_are_taken_and_the_last_is_opened(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "一.txt"), file(tmp_path, "二.txt", TEXT.replace("某市", "某县")))
    assert titles(desk)[1:] == ["某市规划", "某县规划"]
    assert desk.reading.document.title == "某县规划"


def test_files_imported_together_are_one_step(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "一.txt"), file(tmp_path, "二.txt", TEXT.replace("某市", "某县")))
    assert desk.message == "2 个文件已导入"
    undo = desk.window.actions_by_id["undo"]
    assert undo.text() == "撤销“导入 2 个文件”"
    undo.trigger()
    assert len(titles(desk)) == 1
    assert not undo.isEnabled()
    desk.do("redo")
    assert titles(desk)[1:] == ["某市规划", "某县规划"]
    file(tmp_path, "三.txt", TEXT.replace("某市", "某乡"))
    drop_files(desk, tmp_path)  # of three files two are known
    assert undo.text() == "撤销“导入《某乡规划》”"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("图片.png", b"\x89PNG"),
        ("空.txt", b""),
        ("没有后缀", b"abc"),
        ("乱码.txt", bytes(range(256)) * 8),
    ],
)
def test_a_file_that_can_not_be_read_is_told(desk: Sitting, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    drop_files(desk, path)
    assert desk.desk.messages.is_error()
    assert desk.message
    assert len(titles(desk)) == 1
    assert desk.session.done == []


def test_a_missing_file_and_a_folder_are_told(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, tmp_path / "没有.txt")
    assert "没有.txt" in desk.message
    desk.desk.messages.close_message()
    drop_files(desk, tmp_path)
    assert desk.desk.messages.is_error()


def test_a_bad_file_among_good_ones_does_not_keep_them_out(desk: Sitting, tmp_path: Path) -> None:
    good, other = file(tmp_path, "一.txt"), file(tmp_path, "二.txt", TEXT.replace("某市", "某县"))
    drop_files(desk, good, tmp_path / "没有.txt", other)
    assert titles(desk)[1:] == ["某市规划", "某县规划"]
    assert any("没有.txt" in words for words in desk.failures)


def test_the_same_bytes_twice_are_one_document(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    first = desk.reading.edition.id
    desk.session.open_edition(desk.library.editions.summaries()[0].id)
    drop_files(desk, file(tmp_path, "又名.txt"))
    assert desk.reading.edition.id == first
    assert len(titles(desk)) == 2
    assert desk.message == "《某市规划》已在文库中"


def test_an_import_is_undone_and_redone(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.do("undo")
    assert len(desk.library.editions.summaries()) == 1
    desk.do("redo")
    assert len(desk.library.editions.summaries()) == 2


def test_an_import_that_is_undone_leaves_no_text_in_view_that_is_not_there(desk: Sitting, tmp_path: Path) -> None:
    first = desk.reading.edition.id
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.do("undo")
    assert desk.reading.edition.id == first


def test_a_text_removed_before_can_be_imported_again(desk: Sitting, tmp_path: Path) -> None:
    path = file(tmp_path, "规划.txt")
    drop_files(desk, path)
    desk.answers.expect(press_button("移除"))
    desk.desk._importing.remove(desk.reading.document.id)  # noqa: SLF001 - what the panel asks for
    drop_files(desk, path)
    assert desk.reading.text == TEXT
    assert len(desk.library.editions.summaries()) == 2


def library_panel(desk: Sitting) -> LibraryPanel:
    panel: LibraryPanel = desk.window.left.open("library")
    desk.settle()
    return panel


def row_of(panel: LibraryPanel, edition_id: str) -> QModelIndex:
    model = panel.list.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(row for row in rows if row.data(DocumentRole.EDITION) == edition_id)


def test_a_document_is_removed_after_a_question_that_counts_its_marks(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.select("稳中求进")
    desk.key(Qt.Key.Key_1)
    panel = library_panel(desk)
    asked: list[str] = []

    def look(box: QMessageBox) -> None:
        asked.append(f"{box.text()} {box.informativeText()}")
        press_button("移除")(box)

    panel.list.setCurrentIndex(row_of(panel, desk.reading.edition.id))
    panel.list.setFocus()
    desk.answers.expect(look)
    desk.key(Qt.Key.Key_Delete)
    assert asked[0].startswith("移除《某市规划》？ 它有 1 处标注")
    assert [edition.source_name for edition in desk.library.editions.summaries()] == [
        "hengyang-15fyp-proposal-page2.txt"
    ]
    # What is not in the library any more is no longer read.
    assert desk.reading.edition.id == desk.library.editions.summaries()[0].id
    desk.do("undo")
    assert len(desk.library.editions.summaries()) == 2


def test_the_last_document_is_removed_and_the_window_is_empty(desk: Sitting) -> None:
    highlighted = desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    desk.answers.expect(press_button("移除"))
    desk.desk._importing.remove(desk.reading.document.id)  # noqa: SLF001
    assert desk.library.editions.summaries() == []
    assert desk.session.reading is None
    assert desk.reader.toPlainText() == ""
    assert desk.window.windowTitle() == "阅策"
    assert desk.address == ""
    assert desk.desk.outline._model.rowCount() == 0  # noqa: SLF001
    desk.key(Qt.Key.Key_1)
    assert not desk.window.actions_by_id["note"].isEnabled()
    desk.do("undo")
    assert [mark.span for mark in desk.marks] == [highlighted]
    assert desk.reader.toPlainText() == desk.reading.text


def test_another_text_is_chosen_in_the_list_and_back_leads_to_the_one_before(desk: Sitting, tmp_path: Path) -> None:
    first = desk.reading.edition.id
    desk.reader.set_top(desk.place("16.全面激发").start)
    desk.settle()
    top = desk.reader.top()
    drop_files(desk, file(tmp_path, "规划.txt"))
    second = desk.reading.edition.id
    panel = library_panel(desk)
    middle = panel.list.visualRect(row_of(panel, first)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    desk.settle()
    assert desk.reading.edition.id == first
    assert desk.reader.top() == top
    desk.do("back")
    assert desk.reading.edition.id == second
    desk.do("forward")
    assert desk.reading.edition.id == first


def test_closing_the_window_while_a_file_is_read_takes_it_in(desk: Sitting, sit, tmp_path: Path) -> None:
    long = "某市规划\n\n一、总体要求\n" + "\n".join(f"{number}.条款。内容。" for number in range(1, 2000))
    desk.desk._importing.take([file(tmp_path, "长.txt", long)])  # noqa: SLF001
    assert desk.close()
    again = sit(desk.path)
    assert len(again.library.editions.summaries()) == 2


def test_a_file_for_a_library_that_is_only_read_is_refused(desk: Sitting, sit, tmp_path: Path) -> None:
    desk.answers.expect(press_button("只读打开"))
    second = sit(desk.path)
    drop_files(second, file(tmp_path, "规划.txt"))
    assert "只读打开" in second.message
    assert second.reading.document.title != "某市规划"


def folder_of(tmp_path: Path, count: int, **more: str) -> Path:
    folder = tmp_path / "规划文件"
    folder.mkdir()
    for number in range(count):
        file(folder, f"{number:03}.txt", TEXT.replace("某市", f"第{number}市"))
    for name, text in more.items():
        file(folder, name.replace("_", "."), text)
    return folder


def test_a_dropped_folder_is_taken_with_what_lies_in_it(desk: Sitting, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3, 图_png="x", 空_txt="")
    (folder / "里").mkdir()
    file(folder / "里", "深.txt", TEXT)
    drop_files(desk, folder)
    assert titles(desk)[1:] == ["第0市规划", "第1市规划", "第2市规划", "某市规划"]
    assert desk.reading.document.title == "某市规划"
    assert len(desk.failures) == 1
    assert desk.message.startswith("4 个文件已导入，1 个没有读成：")
    assert "空.txt" in desk.message
    assert "图.png" not in desk.message


def test_a_picked_folder_is_taken(desk: Sitting, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)

    def pick_folder(dialog: QFileDialog) -> None:
        assert dialog.fileMode() == QFileDialog.FileMode.Directory
        dialog.setDirectory(str(folder.parent))
        dialog.selectFile(folder.name)
        dialog.done(QDialog.DialogCode.Accepted)

    desk.answers.expect(pick_folder)
    desk.do("import_folder")
    finish(desk)
    assert titles(desk)[1:] == ["第0市规划", "第1市规划"]
    assert desk.message == "2 个文件已导入"


def test_a_folder_without_anything_to_read_is_told(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, folder_of(tmp_path, 0, 图_png="x"))
    assert desk.message.startswith("文件夹“规划文件”里没有可以读取的文件")
    assert desk.desk.messages.is_error()


@pytest.mark.parametrize(("answer", "taken"), [("取消", 0), ("全部导入", 201)])
def test_a_folder_of_very_many_files_is_asked_about(desk: Sitting, tmp_path: Path, answer: str, taken: int) -> None:
    asked: list[str] = []
    desk.answers.expect(answer_box(answer, asked))
    drop_files(desk, folder_of(tmp_path, 201))
    assert asked[0] == "文件夹里有 201 个可以读取的文件，全部导入？"
    assert len(titles(desk)) == 1 + taken


def test_reading_many_files_tells_how_far_it_is_and_can_be_cancelled(desk: Sitting, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    long = "某县规划\n\n" + "".join(f"{number}.条款。内容。\n" for number in range(1, 100_000))
    file(folder, "999.txt", long)
    desk.desk._importing.take([folder])  # noqa: SLF001 - without the waiting of a drop
    dialogs = desk.window.findChildren

    def shown() -> QProgressDialog | None:
        return next((one for one in dialogs(QProgressDialog) if "第 3 / 3 个：999.txt" in one.labelText()), None)

    desk.wait(lambda: (dialog := shown()) is not None and dialog.isVisible())
    dialog = shown()
    assert dialog is not None
    dialog.findChild(QPushButton).click()
    finish(desk)
    assert len(titles(desk)) == 1
    assert desk.session.done == []


def test_what_the_reader_left_out_is_told(desk: Sitting, tmp_path: Path) -> None:
    text = "<h1>某市规划</h1><p>一、总体要求</p><p>1.指导思想。稳中求进。</p>"
    page = f"<html><body><article>{text}</article><footer>版权所有</footer></body></html>"
    (remark,) = read_file(file(tmp_path, "页.html", page)).remarks
    drop_files(desk, tmp_path / "页.html")
    assert desk.message == f"已导入《某市规划》。{remark}"
    assert not desk.desk.messages.is_error()


def test_a_file_the_user_leaves_among_several_is_counted(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.answers.expect(press_button("取消"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER), file(tmp_path, "县.txt", TEXT.replace("某市", "某县")))
    assert desk.message == "1 个文件已导入，1 个没有导入"
    assert desk.reading.document.title == "某县规划"


def paste(desk: Sitting, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.key(Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    finish(desk)


def test_the_text_of_the_clipboard_becomes_a_document(desk: Sitting) -> None:
    paste(desk, TEXT)
    assert desk.reading.text == TEXT
    assert desk.message == "已导入《某市规划》"
    assert desk.reading.edition.source_name.startswith("粘贴 20")
    desk.do("undo")
    assert len(titles(desk)) == 1


def test_the_same_text_pasted_twice_is_one_document(desk: Sitting) -> None:
    paste(desk, TEXT)
    paste(desk, TEXT)
    assert len(titles(desk)) == 2
    assert desk.message == "《某市规划》已在文库中"


def test_an_empty_clipboard_is_told(desk: Sitting) -> None:
    paste(desk, " \n")
    assert desk.desk.messages.is_error()
    assert "剪贴板里没有文字" in desk.message
    assert len(titles(desk)) == 1


def test_nothing_is_pasted_into_a_library_that_is_only_read(desk: Sitting, sit) -> None:
    desk.answers.expect(press_button("只读打开"))
    second = sit(desk.path)
    QGuiApplication.clipboard().setText(TEXT)
    second.do("paste_new")
    finish(second)
    assert "只读打开" in second.message
    assert len(titles(second)) == 1


OTHER = TEXT.replace("稳中求进", "稳中快进")


def answer_box(words: str, asked: list[str]) -> Answer:
    """Press a button of a question, and keep what was asked with the answers offered."""

    def answer(box: QMessageBox) -> None:
        asked.extend([box.text(), *(button.text() for button in box.buttons())])
        press_button(words)(box)

    return answer


def test_the_same_title_again_is_asked_about_and_becomes_an_edition(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    first, asked = desk.reading, []
    desk.answers.expect(answer_box("新版本", asked))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    assert asked[0] == "《某市规划》已在文库中：作为新版本，还是另存为新文件？"
    assert sorted(asked[1:]) == sorted(["新版本", "新文件", "取消"])
    assert desk.reading.text == OTHER
    assert (desk.reading.edition.name, desk.reading.document) == ("版本2", first.document)
    assert len(titles(desk)) == 2
    panel = library_panel(desk)
    rows = [row_of(panel, edition) for edition in (desk.reading.edition.id, first.edition.id)]
    assert [row.row() for row in rows] == [0, 1]
    assert [row.data(DocumentRole.HEADS) for row in rows] == [True, False]
    assert panel.list.visualRect(rows[0]).height() > panel.list.visualRect(rows[1]).height()
    panel.grab()
    QTest.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        panel.list.visualRect(rows[1]).center(),
    )
    assert desk.reading.text == TEXT


def test_a_new_edition_is_taken_back_and_comes_again_with_its_marks(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    first = desk.reading.edition.id
    desk.answers.expect(press_button("新版本"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    second = desk.reading.edition.id
    highlighted = desk.select("稳中快进")
    desk.key(Qt.Key.Key_1)
    desk.do("undo")
    desk.do("undo")
    assert desk.reading.edition.id == first
    assert [edition.id for edition in desk.library.editions.summaries()][1:] == [first]
    desk.do("redo")
    desk.do("redo")
    desk.session.open_edition(second)
    assert [mark.span for mark in desk.marks] == [highlighted]


def test_an_edition_that_was_taken_back_is_known_by_its_bytes(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.answers.expect(press_button("新版本"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    second = desk.reading.edition.id
    desk.do("undo")
    drop_files(desk, tmp_path / "规划改.txt")  # nothing is asked
    assert desk.message == "已恢复《某市规划》的版本2"
    assert desk.reading.edition.id == second
    assert len(desk.library.editions.summaries()) == 3
    desk.do("undo")
    assert len(desk.library.editions.summaries()) == 2


def test_the_window_says_which_edition_is_in_view_where_there_are_several(
    desk: Sitting, sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    assert desk.window.windowTitle() == "某市规划 — 阅策"
    desk.answers.expect(press_button("新版本"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    assert desk.window.windowTitle() == "某市规划（版本2） — 阅策"
    desk.close()
    assert sit(desk.path).window.windowTitle() == "某市规划（版本2） — 阅策"


def test_the_same_title_again_can_be_a_document_of_its_own(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.answers.expect(press_button("新文件"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    assert titles(desk)[1:] == ["某市规划", "某市规划"]
    assert desk.reading.edition.name == "导入版"


@pytest.mark.parametrize("leave", [press_button("取消"), lambda box: QTest.keyClick(box, Qt.Key.Key_Escape)])
def test_a_question_that_is_left_takes_nothing_in(desk: Sitting, tmp_path: Path, leave: Answer) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.answers.expect(leave)
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    assert len(desk.library.editions.summaries()) == 2
    assert desk.reading.text == TEXT
    assert len(desk.session.done) == 1


def test_removing_a_document_with_two_editions_says_so(desk: Sitting, tmp_path: Path) -> None:
    drop_files(desk, file(tmp_path, "规划.txt"))
    desk.answers.expect(press_button("新版本"))
    drop_files(desk, file(tmp_path, "规划改.txt", OTHER))
    asked: list[str] = []

    def look(box: QMessageBox) -> None:
        asked.append(box.informativeText())
        press_button("移除")(box)

    desk.answers.expect(look)
    desk.desk._importing.remove(desk.reading.document.id)  # noqa: SLF001
    assert asked[0].startswith("它有 2 个版本，都会移除。它没有标注。")
    assert len(desk.library.editions.summaries()) == 1
    desk.do("undo")
    assert len(desk.library.editions.summaries()) == 3
