"""Ctrl+E: what goes where, written, and read back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressDialog,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from desktop.exchange.formats import forms as forms_of_export
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.watch import Watch
from desktop.model.export import DEFAULT_FIELDS, Field, PageForm
from desktop.model.report import Report
from desktop.model.settings import EXPORT_FOLDER, EXPORT_FORMAT, EXPORT_SCOPE
from desktop.model.span import Span
from desktop.services.marking import AddMarks, Marker
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.reading import Reading
from desktop.services.selecting import conditions_of
from desktop.ui import exporting
from desktop.ui.dialogs.export_dialog import ExportDialog
from desktop.ui.dialogs.export_template import FieldList
from desktop.ui.widgets.export_preview import ExportPreview
from tests.ui.sitting import HIGHEST_DIALOG, Answer, Sitting, press_button

CONTROL = Qt.KeyboardModifier.ControlModifier
PUBLIC, SECRET = "同意这一条", "不能给人看"


@pytest.fixture
def marked(desk: Sitting) -> Sitting:
    """Make three marks: one with a note, one bare, one private with a note."""
    for words, note, private in (("从全球看", PUBLIC, False), ("从全国看", "", False), ("从全省看", SECRET, True)):
        desk.select(words)
        desk.key(Qt.Key.Key_1)
        if note:
            desk.key(Qt.Key.Key_N)
            desk.type(note)
            desk.key(Qt.Key.Key_Escape)
        if private:
            desk.key(Qt.Key.Key_P)
    return desk


def press(dialog: ExportDialog, words: str = "导出") -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def combo(dialog: ExportDialog, name: str) -> QComboBox:
    return next(combo for combo in dialog.findChildren(QComboBox) if combo.accessibleName() == name)


def line(dialog: ExportDialog) -> QLineEdit:
    return next(line for line in dialog.findChildren(QLineEdit) if line.accessibleName() == "存为")


def choose(dialog: ExportDialog, kind: str, value: str = "") -> None:
    """Choose which marks are exported."""
    kinds = combo(dialog, "导出哪些标注")
    kinds.setCurrentIndex(kinds.findText(kind))
    if value:
        values = combo(dialog, "其中的哪一个")
        values.setCurrentIndex(next(i for i in range(values.count()) if value in values.itemText(i)))


def write_over(edit: QLineEdit, words: str) -> None:
    """Type over what is in a line, as a user does."""
    edit.selectAll()
    edit.insert(words)
    edit.textEdited.emit(words)


def export_to(path: Path, suffix: str | None = None, meeting: str | None = None) -> Answer:
    """Answer the dialog: into this file."""

    def answer(dialog: ExportDialog) -> None:
        if meeting is not None:
            choose(dialog, "会议", meeting)
        if suffix is not None:
            combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(suffix))
        write_over(line(dialog), str(path))
        press(dialog)

    return answer


def export(desk: Sitting, path: Path, *further: Answer, **choice: Any) -> None:
    desk.answers.expect(export_to(path, **choice), *further)
    desk.desk.messages.close_message()
    desk.key(Qt.Key.Key_E, CONTROL)
    finish(desk)


def finish(desk: Sitting) -> None:
    """Wait until it is written."""
    desk.desk._tasks.wait()  # noqa: SLF001 - as the closing of the window does
    desk.settle()


def hints(dialog: ExportDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_word_holds_the_text_and_each_note_as_a_comment(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "意见.docx"
    export(marked, out, suffix=".docx")
    written = Document(str(out))
    assert [comment.text.splitlines()[0] for comment in written.comments] == [PUBLIC]
    words = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert "长期向好的支撑条件" in words
    assert marked.message == "已导出 2 处标注：意见.docx"


def test_markdown_holds_every_quote_under_its_address_and_no_private_one(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "意见.md"
    export(marked, out, suffix=".md")
    words = out.read_text(encoding="utf-8")
    assert "从全球看" in words
    assert PUBLIC in words
    assert "从全国看" in words
    assert SECRET not in words
    assert "从全省看" not in words


def test_the_dialog_counts_what_goes_and_what_stays(marked: Sitting) -> None:
    seen: list[str] = []

    def answer(dialog: ExportDialog) -> None:
        seen.append(hints(dialog))
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")
    assert "2 处标注；1 处私人标注不导出。" in seen[0]
    assert len(marked.marks) == 3


def test_the_formats_are_those_of_the_table(marked: Sitting) -> None:
    seen: list[tuple[str, str]] = []

    def answer(dialog: ExportDialog) -> None:
        forms = combo(dialog, "格式")
        seen.extend((forms.itemData(i), forms.itemText(i)) for i in range(forms.count()))
        for index in range(forms.count()):
            forms.setCurrentIndex(index)
            assert line(dialog).text().endswith(dialog.export_form().suffix)
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")
    assert seen == [
        (form.key, form.title) for form in forms_of_export({".pdf": lambda *_: b"", ".yuece": lambda *_: b""})
    ]
    assert ".excerpts.docx" in dict(seen)


def test_of_two_forms_with_one_suffix_the_chosen_one_is_written_and_remembered(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "摘录.docx"
    export(marked, out, suffix=".excerpts.docx")
    written = Document(str(out))
    assert not list(written.comments)
    assert PUBLIC in [paragraph.text for paragraph in written.paragraphs]
    assert marked.library.settings.get(EXPORT_FORMAT) == "excerpts.docx"

    def answer(dialog: ExportDialog) -> None:
        assert combo(dialog, "格式").currentData() == ".excerpts.docx"
        assert line(dialog).text().endswith(".docx")
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")


def test_a_meeting_can_be_chosen_and_takes_its_marks_alone(marked: Sitting, tmp_path: Path) -> None:
    meeting = start_meeting("党组会", QDate.currentDate().toPython())
    assert marked.session.run(meeting)
    marked.select("衡阳作为国家区域重点城市")
    marked.key(Qt.Key.Key_2)
    assert marked.session.run(EndMeeting(meeting.meeting.id))
    seen: list[str] = []

    def look(dialog: ExportDialog) -> None:
        choose(dialog, "会议", "党组会")
        seen.append(hints(dialog))
        assert "党组会" in line(dialog).text()
        choose(dialog, "全部标注")
        export_to(tmp_path / "会议.md", ".md", "党组会")(dialog)

    marked.answers.expect(look)
    marked.do("export")
    finish(marked)
    words = (tmp_path / "会议.md").read_text(encoding="utf-8")
    assert "衡阳作为国家区域重点城市" in words
    assert "从全球看" not in words
    assert "党组会" in words
    # The private mark is of no meeting: it is not held back from this one.
    assert " 1 处标注。" in seen[0]


def test_it_is_told_how_far_the_file_is(marked: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QProgressDialog, "setLabelText", lambda _, words: said.append(words))
    export(marked, tmp_path / "意见.xlsx", suffix=".xlsx")
    assert [words.removeprefix("正在写 意见.xlsx … ") for words in said] == ["0%", "5%", "10%", "55%"]
    assert marked.message == "已导出 2 处标注：意见.xlsx"


def test_an_existing_file_is_replaced_only_after_a_question(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "意见.md"
    out.write_text("原来的", encoding="utf-8")

    def hesitate(dialog: ExportDialog) -> None:
        export_to(out, ".md")(dialog)
        assert dialog.isVisible()
        assert dialog.path() == out
        assert out.read_text(encoding="utf-8") == "原来的"
        press(dialog)

    marked.answers.expect(hesitate, press_button("取消"), press_button("替换"))
    marked.do("export")
    finish(marked)
    assert PUBLIC in out.read_text(encoding="utf-8")


def test_a_folder_is_not_asked_about_but_told(marked: Sitting, tmp_path: Path) -> None:
    (tmp_path / "意见.md").mkdir()
    export(marked, tmp_path / "意见.md", suffix=".md")
    assert "是一个文件夹" in marked.message


def test_a_file_that_appears_after_the_question_is_not_replaced(
    marked: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "意见.md"
    make = exporting.prepare_report

    def slow(*given: Any) -> Callable[[Watch], Report]:
        if marked.desk._tasks._running == set() and not out.exists():  # noqa: SLF001 - the question is answered by now
            out.write_text("同事的", encoding="utf-8")
        return make(*given)

    def answer(dialog: ExportDialog) -> None:
        export_to(out, ".md")(dialog)
        monkeypatch.setattr(exporting, "prepare_report", slow)

    marked.answers.expect(answer)
    marked.do("export")
    finish(marked)
    assert out.read_text(encoding="utf-8") == "同事的"
    assert "已经存在" in marked.message


def test_what_could_not_be_written_is_offered_again_as_it_was_answered(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "没有" / "我的意见.md"

    def fail(dialog: ExportDialog) -> None:
        choose(dialog, "颜色", "1")
        export_to(out, ".md")(dialog)

    def again(dialog: ExportDialog) -> None:
        assert dialog.path() == out
        assert dialog.focusWidget() is line(dialog)
        assert combo(dialog, "导出哪些标注").currentText() == "颜色"
        assert not dialog.private.isChecked()
        out.parent.mkdir()
        press(dialog)

    marked.answers.expect(fail, again)
    marked.do("export")
    finish(marked)
    assert "不存在" in marked.message
    button = next(b for b in marked.desk.messages.findChildren(QPushButton) if b.text() == "重新导出…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    finish(marked)
    assert out.exists()
    assert marked.message == "已导出 2 处标注：我的意见.md"

    def look(dialog: ExportDialog) -> None:
        assert dialog.path().name != out.name  # it was written

    opened(marked, look)


def test_the_message_of_an_export_is_not_hidden_by_an_older_error(marked: Sitting, tmp_path: Path) -> None:
    marked.session.failed.emit("文库没有存上。")
    marked.answers.expect(*(export_to(tmp_path / name, ".md") for name in ("没有/意见.md", "意见.md")))
    marked.do("export")
    finish(marked)
    assert "不存在" in marked.message
    marked.do("export")
    finish(marked)
    assert marked.message == "已导出 2 处标注：意见.md"
    marked.desk.messages.close_message()
    assert marked.message == "文库没有存上。"
    marked.reader.setFocus()
    marked.key(Qt.Key.Key_Escape)
    assert marked.message == ""


def test_cancelling_after_it_was_written_still_tells_of_the_file(
    marked: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, write = tmp_path / "意见.md", exporting.export

    def late(*given: Any, **options: Any) -> bool:
        written = write(*given, **options)
        for work in marked.desk._tasks._running:  # noqa: SLF001 - as 取消 does
            work.stop.set()
        return written

    monkeypatch.setattr(exporting, "export", late)
    export(marked, out, suffix=".md")
    assert out.exists()
    assert marked.message == "已导出 2 处标注：意见.md"


def test_cancelling_in_time_is_told_and_leaves_no_file(
    marked: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, write = tmp_path / "意见.md", exporting.export

    def stopped(*given: Any, **options: Any) -> bool:
        for work in marked.desk._tasks._running:  # noqa: SLF001 - as 取消 does
            work.stop.set()
        return write(*given, **options)

    monkeypatch.setattr(exporting, "export", stopped)
    export(marked, out, suffix=".md")
    assert not out.exists()
    assert marked.message == "已取消导出"


def test_the_longest_names_still_make_one_of_a_file(marked: Sitting, tmp_path: Path) -> None:
    meeting = start_meeting("𠮷" * 20 + "会" * 80, QDate.currentDate().toPython())
    assert marked.session.run(meeting)
    marked.select("衡阳作为国家区域重点城市")
    marked.key(Qt.Key.Key_2)
    assert marked.session.run(EndMeeting(meeting.meeting.id))

    def answer(dialog: ExportDialog) -> None:
        choose(dialog, "会议", "𠮷")
        combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(".md"))
        name = line(dialog).text()
        assert name.startswith(marked.reading.document.title[:10])
        assert name.endswith("会会_摘录.md")
        write_over(line(dialog), str(tmp_path / name))
        press(dialog)

    marked.answers.expect(answer)
    marked.do("export")
    finish(marked)
    assert len(list(tmp_path.glob("*会_摘录.md"))) == 1


@pytest.mark.parametrize(
    ("suffix", "kind", "value", "name"),
    [
        (".docx", "全部标注", "", "批注"),
        (".excerpts.docx", "全部标注", "", "摘录"),
        (".md", "全部标注", "", "摘录"),
        (".excerpts.docx", "颜色", "1", "1 重点_摘录"),
        (".docx", "颜色", "1", "1 重点"),
    ],
)
def test_the_proposed_name_says_what_is_in_the_file(
    marked: Sitting, suffix: str, kind: str, value: str, name: str
) -> None:
    def look(dialog: ExportDialog) -> None:
        choose(dialog, kind, value)
        combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(suffix))
        title, ending = marked.reading.document.title, dialog.export_form().suffix
        for tick in ("", "_含私人"):
            dialog.private.setChecked(bool(tick))
            assert dialog.path().name.endswith(f"_{name}{tick}{ending}")
            assert dialog.path().name.startswith(title[:40])
        dialog._title = "很长的标题" * 40  # noqa: SLF001
        dialog.refresh()
        assert dialog.path().name.endswith(f"_{name}_含私人{ending}")
        assert 238 <= len(dialog.path().stem.encode()) <= 240

    opened(marked, look)


def test_a_folder_that_is_not_there_is_told(marked: Sitting, tmp_path: Path) -> None:
    export(marked, tmp_path / "没有" / "意见.md", suffix=".md")
    assert "不存在" in marked.message
    assert marked.desk.messages.is_error()


def test_a_name_that_is_too_long_is_told(marked: Sitting, tmp_path: Path) -> None:
    export(marked, tmp_path / ("长" * 200 + ".md"), suffix=".md")
    assert "文件名太长" in marked.message


def test_a_file_name_is_needed(marked: Sitting) -> None:
    def answer(dialog: ExportDialog) -> None:
        write_over(line(dialog), " ")
        press(dialog)
        assert dialog.isVisible()
        assert "请写上文件名" in hints(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    marked.answers.expect(answer)
    marked.do("export")


def test_format_and_folder_are_remembered(marked: Sitting, tmp_path: Path) -> None:
    export(marked, tmp_path / "意见.md", suffix=".md")
    assert marked.library.settings.get(EXPORT_FORMAT) == "md"
    assert marked.library.settings.get(EXPORT_FOLDER) == str(tmp_path)

    def answer(dialog: ExportDialog) -> None:
        assert combo(dialog, "格式").currentData() == ".md"
        assert dialog.path().parent == tmp_path
        assert f"在 {tmp_path}" in hints(dialog)
        assert Path(line(dialog).text()).suffix == ".md"
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("意见", "意见.docx"),
        ("意见.docx", "意见.docx"),
        ("关于2.5版的意见", "关于2.5版的意见.docx"),
        ("意见.md", "意见.md"),
        ("意见.MD", "意见.MD"),
    ],
)
def test_what_the_user_names_is_what_is_written(marked: Sitting, tmp_path: Path, typed: str, written: str) -> None:
    export(marked, tmp_path / typed)
    assert [path.name for path in tmp_path.iterdir() if path.suffix.lower() in (".docx", ".md")] == [written]


def test_another_format_keeps_the_name_the_user_gave(marked: Sitting, tmp_path: Path) -> None:
    def answer(dialog: ExportDialog) -> None:
        write_over(line(dialog), str(tmp_path / "关于2.5版"))
        for suffix in (".md", ".docx", ".md"):
            combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(suffix))
            assert dialog.path() == tmp_path / f"关于2.5版{suffix}"
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")


def test_the_file_can_be_picked_and_is_asked_about_once(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "选好的.md"
    out.write_text("原来的", encoding="utf-8")

    def pick(dialog: QFileDialog) -> None:
        assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(out.name)
        dialog.done(QFileDialog.DialogCode.Accepted)

    def answer(dialog: ExportDialog) -> None:
        combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(".md"))
        press(dialog, "浏览…")
        assert line(dialog).text() == out.name
        assert dialog.path() == out
        press(dialog)

    marked.answers.expect(answer, pick, press_button("替换"))
    marked.do("export")
    finish(marked)
    assert PUBLIC in out.read_text(encoding="utf-8")


def test_a_library_that_is_only_read_can_be_exported(marked: Sitting, sit: Any, tmp_path: Path) -> None:
    marked.answers.expect(press_button("只读打开"))
    second = sit(marked.path)
    export(second, tmp_path / "意见.md", suffix=".md")
    assert PUBLIC in (tmp_path / "意见.md").read_text(encoding="utf-8")


def test_closing_the_window_while_it_is_written_leaves_the_whole_file(marked: Sitting, tmp_path: Path) -> None:
    marked.answers.expect(export_to(tmp_path / "意见.docx", ".docx"))
    marked.do("export")
    assert marked.close()
    assert [c.text.splitlines()[0] for c in Document(str(tmp_path / "意见.docx")).comments] == [PUBLIC]


def test_unused_meetings_are_not_offered(marked: Sitting) -> None:
    assert marked.session.run(start_meeting("空会", QDate.currentDate().toPython()))

    def answer(dialog: ExportDialog) -> None:
        assert combo(dialog, "导出哪些标注").findText("会议") < 0
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")


def opened(desk: Sitting, look: Answer) -> None:
    """Open the dialog, look at it, and leave it."""

    def answer(dialog: ExportDialog) -> None:
        look(dialog)
        press(dialog, "取消")

    desk.answers.expect(answer)
    desk.do("export")


def counted(dialog: ExportDialog) -> str:
    labels = (label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    return next(words for words in labels if "处标注" in words or "没有标注" in words)


def test_a_part_of_the_marks_can_be_exported(marked: Sitting) -> None:
    start = 6000
    marker = Marker(marked.library, marked.reading)
    assert marked.session.run(marker.note(Span(start, start + 3), "又一条", ("经济/工业",)))
    parts = (
        ("全部标注", "", "3 处标注；1 处私人标注不导出。"),
        ("颜色", "1", "2 处标注；1 处私人标注不导出。"),
        ("颜色", "没有颜色", "1 处标注。"),
        ("标签", "经济", "1 处标注。"),
        ("标签", "经济/工业", "1 处标注。"),
        ("条款及以下", "14 ", "没有标注。"),
        ("条款及以下", "3 ", "2 处标注；1 处私人标注不导出。"),
        ("作者", "", "3 处标注；1 处私人标注不导出。"),
        ("日期", "", "3 处标注；1 处私人标注不导出。"),
    )

    def look(dialog: ExportDialog) -> None:
        for kind, value, count in parts:
            choose(dialog, kind, value)
            assert (kind, value, counted(dialog)) == (kind, value, count)
        dialog.scope.since.setDate(QDate(2020, 1, 1))
        dialog.scope.until.setDate(QDate(2020, 1, 2))
        assert counted(dialog) == "没有标注。"

    opened(marked, look)


def test_the_filter_of_the_panel_can_be_exported(marked: Sitting) -> None:
    panel = marked.window.right.panel("marks")
    opened(marked, lambda dialog: choose(dialog, "全部标注"))
    panel.filters.box.setText("同意")

    def look(dialog: ExportDialog) -> None:
        choose(dialog, "当前筛选")
        assert counted(dialog) == "1 处标注。"

    opened(marked, look)
    panel.filters.clear()
    opened(marked, lambda dialog: _lacks(dialog, "当前筛选"))


def _lacks(dialog: ExportDialog, kind: str) -> None:
    assert combo(dialog, "导出哪些标注").findText(kind) < 0


def test_a_clause_is_found_by_typing_and_one_that_is_not_there_is_refused(marked: Sitting) -> None:
    def answer(dialog: ExportDialog) -> None:
        choose(dialog, "条款及以下")
        values = combo(dialog, "其中的哪一个")
        values.setEditText("大力推动科技成果")
        assert "14" in dialog.scope.choice().label
        values.setEditText("第九十九条")
        assert counted(dialog) == "没有标注。"
        press(dialog)
        assert dialog.isVisible()
        assert "请从列表里选" in hints(dialog)
        press(dialog, "取消")

    marked.answers.expect(answer)
    marked.do("export")


def test_private_marks_go_along_when_the_box_is_ticked_and_that_is_not_remembered(
    marked: Sitting, tmp_path: Path
) -> None:
    out = tmp_path / "意见.md"

    def answer(dialog: ExportDialog) -> None:
        box = next(box for box in dialog.findChildren(QCheckBox) if "私人" in box.text())
        assert not box.isChecked()
        box.click()
        assert counted(dialog) == "3 处标注，其中 1 处私人。"
        export_to(out, ".md")(dialog)

    marked.answers.expect(answer)
    marked.do("export")
    finish(marked)
    assert SECRET in out.read_text(encoding="utf-8")
    assert marked.message == "已导出 3 处标注，其中 1 处私人：意见.md"
    export(marked, tmp_path / "再来.md", suffix=".md")
    assert SECRET not in (tmp_path / "再来.md").read_text(encoding="utf-8")


def test_fields_are_ordered_by_keys_and_remembered_with_page_and_marks(marked: Sitting, tmp_path: Path) -> None:
    def answer(dialog: ExportDialog) -> None:
        choose(dialog, "颜色", "1")
        formats = combo(dialog, "格式")
        formats.setCurrentIndex(formats.findData(".excerpts.docx"))
        fields = dialog.findChild(FieldList)
        assert fields.fields() == DEFAULT_FIELDS
        fields.setFocus()
        QTest.keyClick(fields, Qt.Key.Key_Down)
        QTest.keyClick(fields, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert fields.fields()[:2] == (Field.QUOTE, Field.CLAUSE)
        QTest.keyClick(fields, Qt.Key.Key_Space)
        assert fields.fields()[0] == Field.CLAUSE
        dialog.findChild(QDoubleSpinBox).setValue(30)
        export_to(tmp_path / "摘录.docx")(dialog)

    export(marked, tmp_path / "无.md", suffix=".md")
    marked.answers.expect(answer)
    marked.do("export")
    finish(marked)
    words = [paragraph.text for paragraph in Document(str(tmp_path / "摘录.docx")).paragraphs]
    assert PUBLIC in words
    assert "从全球看" not in words

    def look(dialog: ExportDialog) -> None:
        assert combo(dialog, "导出哪些标注").currentText() == "颜色"
        assert dialog.options().template.fields[0] == Field.CLAUSE
        assert Field.QUOTE not in dialog.options().template.fields
        assert dialog.options().page == PageForm(30, bold=True)

    opened(marked, look)


def test_what_was_chosen_and_is_gone_is_not_replaced_by_something_else(marked: Sitting) -> None:
    for kept in ("tag:没有了", "clause:第九条", "days:明天..后天", "什么:也不是"):
        marked.session.remember(EXPORT_SCOPE, kept)
        opened(marked, lambda dialog: choose(dialog, "全部标注"))
    marked.session.remember(EXPORT_SCOPE, "tag:没有了")

    def look(dialog: ExportDialog) -> None:
        assert combo(dialog, "导出哪些标注").currentText() == "全部标注"

    opened(marked, look)


def test_the_beginning_is_shown_as_it_will_be(marked: Sitting, qtbot: QtBot) -> None:
    def look(dialog: ExportDialog) -> None:
        formats, preview = combo(dialog, "格式"), dialog.findChild(ExportPreview)
        for index in range(formats.count()):
            formats.setCurrentIndex(index)
            shown = preview.currentWidget()
            qtbot.wait(200)
            if formats.currentData() in (".xlsx", ".csv"):
                cells = [preview.table.item(row, 3).text() for row in range(preview.table.rowCount())]
                assert cells == ["从全球看", "从全国看"]
            elif formats.currentData() in (".md", ".jsonld"):
                assert "从全球看" in preview.lines.toPlainText()
                assert SECRET not in preview.lines.toPlainText()
            else:
                picture = preview.page.pixmap().toImage()
                colours = {picture.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, 560, 3)}
                assert len(colours) > 3
            assert shown is not None

    opened(marked, look)


def test_a_pdf_is_written_from_the_window(marked: Sitting, tmp_path: Path) -> None:
    out = tmp_path / "意见.pdf"
    export(marked, out, suffix=".pdf")
    with closing(PdfDocument(out)) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert PUBLIC in words
    assert SECRET not in words


def test_the_name_that_signs_is_in_view_and_changed_there(marked: Sitting, tmp_path: Path) -> None:
    seen = []

    def sign(dialog: QDialog) -> None:
        (name,) = dialog.findChildren(QLineEdit)
        seen.append(name.text())
        write_over(name, "张三 & <b>")
        press(dialog, "确定")

    def answer(dialog: ExportDialog) -> None:
        assert marked.library.author.name in hints(dialog)
        press(dialog, "更改…")
        assert "张三 & <b>" in hints(dialog)
        combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(".yuece"))
        assert Path(line(dialog).text()).name == "张三 & _b_的交换包.yuece"
        export_to(tmp_path / "包.yuece")(dialog)

    before = marked.library.author.name
    marked.answers.expect(answer, sign)
    marked.key(Qt.Key.Key_E, CONTROL)
    marked.desk._tasks.wait()  # noqa: SLF001 - as the closing of the window does
    assert seen == [before]
    told = read_bundle((tmp_path / "包.yuece").read_bytes())
    assert not [one for one in told.operations if one.subject == "author" and before in one.value]
    marked.do("undo")
    assert marked.library.author.name == before


def test_the_dialog_fits_on_a_small_screen_with_whatever_it_asks_and_tells(marked: Sitting) -> None:
    def look(dialog: ExportDialog) -> None:
        formats = combo(dialog, "格式")
        for index in (*range(formats.count()), *reversed(range(formats.count()))):
            formats.setCurrentIndex(index)
            choose(dialog, "日期")
            dialog.tell("文件夹“/很长/很长/很长/的/路径”不存在，请另选一个文件夹。" * 3)
            marked.settle()
            assert dialog.height() <= HIGHEST_DIALOG, formats.currentText()

    opened(marked, look)


def test_what_was_written_is_opened_and_so_is_its_folder(
    marked: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(exporting.QDesktopServices, "openUrl", lambda url: seen.append(url.toLocalFile()))
    for words in ("打开", "打开所在文件夹"):
        (tmp_path / "意见.md").unlink(missing_ok=True)
        export(marked, tmp_path / "意见.md", suffix=".md")
        button = next(b for b in marked.desk.messages.findChildren(QPushButton) if b.text() == words and b.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert seen == [str(tmp_path / "意见.md"), str(tmp_path)]


def test_the_folder_is_in_view_wherever_it_was_named(marked: Sitting, tmp_path: Path) -> None:
    (tmp_path / "下面").mkdir()
    marked.session.remember(EXPORT_FOLDER, str(tmp_path))

    def look(dialog: ExportDialog) -> None:
        assert "/" not in line(dialog).text()
        for typed, folder in (
            ("意见", tmp_path),
            ("下面/意见", tmp_path / "下面"),
            ("/别处/意见.md", Path("/别处")),
            ("~没有这个人", tmp_path),
            ("~/意见", Path.home()),
        ):
            write_over(line(dialog), typed)
            assert dialog.path().parent == folder
            assert f"在 {folder}" in hints(dialog)

    opened(marked, look)


def test_clauses_are_named_as_everywhere_else(marked: Sitting) -> None:
    def look(dialog: ExportDialog) -> None:
        choose(dialog, "条款及以下")
        values = combo(dialog, "其中的哪一个")
        named = [values.itemText(index) for index in range(values.count())]
        reading = marked.reading
        nodes = [node for node in reading.outline.nodes if not node.clause.implied]
        assert len(named) == len(nodes)
        for node in nodes:
            address = reading.address(node.clause.start).split(" · 第1句")[0]
            assert any(name.startswith(address) for name in named), address
        assert "二 · 4 指导思想" in named
        assert "二 · 5 · 坚持人民至上" in named
        assert any(name.endswith("· 结语") for name in named)

    opened(marked, look)


def test_a_tag_means_what_it_means_to_a_filter(marked: Sitting) -> None:
    marker = Marker(marked.library, marked.reading)
    for number, tag in enumerate(("AI", "ai/治理", "产业/AI", "AIDS")):
        assert marked.session.run(marker.note(Span(6000 + number, 6003 + number), "又一条", (tag,)))
    asked = conditions_of(marked.library, marked.reading, "标签:AI")
    among = [mark.id for mark in marked.marks if all(condition(mark) for condition in asked)]
    assert len(among) == 3

    def look(dialog: ExportDialog) -> None:
        choose(dialog, "标签", "AI")
        assert [mark.id for mark in marked.marks if dialog.selection().takes(mark)] == among

    opened(marked, look)


def test_the_preview_makes_no_more_marks_than_it_shows(
    marked: Sitting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = Marker(marked.library, marked.reading)
    notes = [marker.note(Span(6000 + n, 6003 + n), f"第{n}条", ("经济",)).marks[0] for n in range(300)]
    assert marked.session.run(AddMarks("批注", tuple(notes)))
    told: list[str] = []
    tell = Reading.address_of
    monkeypatch.setattr(Reading, "address_of", lambda reading, mark: told.append(mark.id) or tell(reading, mark))

    def look(dialog: ExportDialog) -> None:
        preview, formats = dialog.findChild(ExportPreview), combo(dialog, "格式")
        for index in range(formats.count()):
            formats.setCurrentIndex(index)
            told.clear()
            dialog.make_preview()
            assert len(told) <= 40, formats.currentText()
        formats.setCurrentIndex(formats.findData(".md"))
        dialog.make_preview()
        assert "共 302 处标注" in preview.lines.toPlainText()

    opened(marked, look)
