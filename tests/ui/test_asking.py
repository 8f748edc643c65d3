"""The one place where dialogs are opened, and the sizes of those there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.exchange.formats import Form, forms
from desktop.model.author import Author
from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.pen import DEFAULT_PENS
from desktop.model.saved_search import SavedSearch
from desktop.parsing.outline import parse_outline
from desktop.services.merging import plan_merge
from desktop.services.reading import Reading
from desktop.services.telling import Clash, Side, Telling
from desktop.ui.asking import Asker
from desktop.ui.dialogs.authors_dialog import AuthorsDialog
from desktop.ui.dialogs.conflict_dialog import ConflictDialog
from desktop.ui.dialogs.document_dialog import DocumentDialog
from desktop.ui.dialogs.export_dialog import ExportDialog, Shared
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.dialogs.keys_dialog import KeysDialog
from desktop.ui.dialogs.meeting_dialog import MeetingDialog
from desktop.ui.dialogs.merge_dialog import MergeDialog
from desktop.ui.dialogs.names_dialog import AuthorDialog, PensDialog
from desktop.ui.dialogs.print_dialog import PrintDialog
from desktop.ui.dialogs.search_dialog import SavedSearchesDialog, SearchDialog
from desktop.ui.export_memory import Remembered
from desktop.ui.export_scopes import ALL, DAYS, Offer, Scope
from desktop.ui.theme.tokens import DARK, LIGHT
from tests.services.desks import TEXT
from tests.services.desks import Desk as Colleague
from tests.ui.sitting import HIGHEST_DIALOG, Answers, press_button


@pytest.fixture
def asker(qtbot: QtBot, answers: Answers) -> Asker:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return Asker(parent, answers)


def escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def enter(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(press_button("删除"), True), (press_button("取消"), False), (escape, False), (enter, False)],
)
def test_a_question_is_answered_by_its_button_alone(
    asker: Asker, answers: Answers, answer: Callable[[QDialog], None], *, expected: bool
) -> None:
    answers.expect(answer)
    assert asker.confirm("删除吗？", "删除", detail="不能撤销。") is expected


@pytest.mark.parametrize(
    ("answer", "expected"), [(press_button("只读打开"), 0), (press_button("退出"), 1), (escape, 1)]
)
def test_a_choice_returns_which_and_esc_is_the_last(
    asker: Asker, answers: Answers, answer: Callable[[QDialog], None], expected: int
) -> None:
    answers.expect(answer)
    assert asker.choose("文库正在使用。", ("只读打开", "退出")) == expected


def test_a_message_is_read_and_closed(asker: Asker, answers: Answers) -> None:
    shown: list[str] = []

    def read(box: QMessageBox) -> None:
        shown.append(f"{box.text()} {box.informativeText()}")
        press_button("知道了")(box)

    answers.expect(read)
    asker.tell("文库打不开", detail="它不是文库。")
    assert shown == ["文库打不开 它不是文库。"]


def test_what_looks_like_markup_is_shown_letter_by_letter_and_loads_nothing(
    asker: Asker, answers: Answers, tmp_path: Path
) -> None:
    picture = tmp_path / "one.png"
    image = QImage(40, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    seen: list[bool] = []

    def look(box: QMessageBox) -> None:
        shown = box.grab().toImage()
        seen.append(
            any(
                shown.pixelColor(x, y) == Qt.GlobalColor.red
                for x in range(shown.width())
                for y in range(shown.height())
            )
        )
        escape(box)

    title = f'<img src="{picture}">某市规划'
    answers.expect(look, look, look)
    asker.tell(title, detail=title)
    asker.confirm(title, "移除", detail=title)
    asker.choose(title, ("移除", "取消"), detail=title)
    assert seen == [False] * 3


def test_files_are_picked_or_none(asker: Asker, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "一.txt"
    path.write_text("一", encoding="utf-8")

    def pick(dialog: QFileDialog) -> None:
        dialog.selectFile(path.name)
        dialog.done(QDialog.DialogCode.Accepted)

    answers.expect(pick, escape)
    assert asker.files_to_open("导入", "文件 (*.txt)", tmp_path) == [path]
    assert asker.files_to_open("导入", "文件 (*.txt)", tmp_path) == []


def test_a_file_to_save_gets_its_suffix(asker: Asker, answers: Answers, tmp_path: Path) -> None:
    def name(dialog: QFileDialog) -> None:
        dialog.selectFile("意见")
        dialog.done(QDialog.DialogCode.Accepted)

    answers.expect(name, escape)
    assert asker.file_to_save("导出到", "文件 (*.md)", tmp_path / "建议.md") == tmp_path / "意见.md"
    assert asker.file_to_save("导出到", "文件 (*.md)", tmp_path / "建议.md") is None


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEARCH = SavedSearch("s", "工信局", "制造业 OR 工业 " * 30, NOON)
FORMS_OF_EXPORT = forms({".pdf": lambda *_: b"", ".yuece": lambda *_: b""})
DAYS_ASKED = Scope(DAYS, "日期", ())


def merge_dialog(folder: Path) -> MergeDialog:
    """Return the dialog before a merge, with all it may have to say at once."""
    zhang, li = Colleague(folder, "张三" * 20), Colleague(folder, "李四", TEXT.replace("尊重人民主体地位，", ""))
    for words in ("坚持人民至上", "尊重人民主体地位", "新质生产力"):
        zhang.mark(words, "批注很长。\n" * 500)
    plan = replace(plan_merge(li.library, zhang.bundle(), "包" * 60), remarks=("有一处说明，说得很长很长。" * 12,) * 9)
    dialog = MergeDialog(plan, Telling(li.library, plan), DARK)
    for one in (zhang, li):
        dialog.finished.connect(one.library.close)
    return dialog


def offer(folder: Path, form: str = "") -> Offer:
    """Return what can be handed over of a text, with a title and answers of the last time that take much room."""
    reading = Reading(
        Document("d", "建议" * 60, NOON), Edition("e", "d", "", TEXT, "txt", "a.txt", "", NOON), parse_outline(TEXT)
    )
    return Offer(
        reading, [], [ALL, DAYS_ASKED], Remembered(folder / ("很深" * 60), form, "days:2026-01-01..2026-02-01")
    )


def export_dialog(folder: Path, form: Form) -> ExportDialog:
    """Return the dialog of an export into a form."""
    return ExportDialog(
        offer(folder, form.key.removeprefix(".")),
        FORMS_OF_EXPORT,
        lambda *_: "一处标注",
        lambda: Shared("张三" * 20, 1, 0),
        lambda _: None,
        Asker(None),
    )


DIALOGS: dict[str, Callable[[Path], QDialog]] = {
    "meeting": lambda _: MeetingDialog(QDate.currentDate().toPython()),
    "pens": lambda _: PensDialog(DEFAULT_PENS, LIGHT),
    "document": lambda _: DocumentDialog(Document("d", "建议" * 60, datetime(2026, 11, 22, tzinfo=UTC))),
    "authors": lambda _: AuthorsDialog(
        [Author(str(number), f"第{number}位同事，" * 9, number % 8) for number in range(40)], "7", DARK
    ),
    "author": lambda _: AuthorDialog("张三"),
    "keys": lambda _: KeysDialog(DEFAULT_PENS),
    **{f"export{form.key}": lambda folder, form=form: export_dialog(folder, form) for form in FORMS_OF_EXPORT},
    "merge": merge_dialog,
    "conflict": lambda _: ConflictDialog(
        Clash("批注", (Side("字" * 5000, "张三" * 20, datetime(2026, 11, 22, tzinfo=UTC)),) * 4), DARK, joined=True
    ),
    "print": lambda _: PrintDialog(offer(Path()), lambda *_: iter(()), lambda: None),
    "search": lambda _: SearchDialog("保存这个搜索", "", "制造业 OR 工业" * 30),
    "searches": lambda _: SavedSearchesDialog([SEARCH] * 60, lambda _: [], lambda _: []),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_fits_on_a_small_screen(name: str, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = DIALOGS[name](tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.height() <= HIGHEST_DIALOG
    assert dialog.width() <= 1093
    assert dialog.windowTitle()


@pytest.mark.parametrize("name", DIALOGS)
def test_esc_closes_every_dialog(name: str, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = DIALOGS[name](tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    escape(dialog)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_problem_is_said_above_the_buttons_until_it_is_taken_back(qtbot: QtBot) -> None:
    dialog = FormDialog("标题", "好")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.problem.isVisible()
    dialog.tell("请写上名称。")
    assert dialog.problem.isVisible()
    assert dialog.problem.y() < dialog.accepting.y()
    dialog.tell("")
    assert not dialog.problem.isVisible()


def test_the_accepting_button_is_the_one_return_presses(qtbot: QtBot) -> None:
    dialog = FormDialog("标题", "好")
    qtbot.addWidget(dialog)
    dialog.show()
    enter(dialog)
    assert dialog.result() == QDialog.DialogCode.Accepted
