"""A colleague's file in the window: seen before it is merged, merged in one step, refused in one sentence."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QProgressDialog, QPushButton

from desktop.exchange.writers.bundle import write_bundle
from desktop.services.bundling import bundle_of
from desktop.services.command import perform
from desktop.services.marking import EditMarks, RemoveMarks
from desktop.services.merging import MergeBundle, Outcome, plan_merge
from desktop.ui import merging, tasks
from desktop.ui.dialogs.export_dialog import ExportDialog
from desktop.ui.dialogs.merge_dialog import MergeDialog
from desktop.ui.models.merge_model import ROW_ROLE
from desktop.ui.widgets.merge_details import MergeDetails
from tests.services.desks import TEXT
from tests.services.desks import Desk as Colleague
from tests.ui.sitting import Answer, Sitting, press_button
from tests.ui.test_exporting import combo, counted, export_to, line
from tests.ui.test_importing import drop

CHANGED = TEXT.replace("因地制宜发展新质生产力", "因地制宜地发展新质生产力").replace("尊重人民主体地位，", "")


@pytest.fixture
def zhang(tmp_path: Path) -> Colleague:
    """Have a colleague who has marked something, and closes the library in the end."""
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("坚持人民至上", "谁来落实")
    zhang.mark("因地制宜发展新质生产力", "怎么因地制宜", pen=2)
    zhang.mark("尊重人民主体地位", "<b>原文</b>")
    yield zhang
    zhang.library.close()


def handed_over(colleague: Colleague, name: str = "张三的交换包.yuece") -> Path:
    """Write what a colleague shares into a file on a stick."""
    path = Path(colleague.library.path).with_name("stick") / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(write_bundle(bundle_of(colleague.library)))
    return path


def bring(desk: Sitting, *paths: Path) -> None:
    """Drop files on the window, and wait until what they begin is over."""
    assert drop(desk, *(QUrl.fromLocalFile(str(path)) for path in paths))
    desk.desk._tasks.wait()  # noqa: SLF001 - as the closing of the window does
    desk.settle()


def press(dialog: QDialog, words: str) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(words: str, look: Callable[[MergeDialog], object] = lambda _: None) -> Answer:
    """Look at the dialog, and press a button."""

    def do(dialog: MergeDialog) -> None:
        assert isinstance(dialog, MergeDialog)
        look(dialog)
        press(dialog, words)

    return do


def test_what_a_bundle_would_change_is_shown_and_merged_in_one_step(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(CHANGED, "意见.txt")
    seen: list[str] = []

    def look(dialog: MergeDialog) -> None:
        assert desk.marks == []  # nothing is written yet
        seen.append(dialog.summary.text())
        assert dialog.model.rowCount() == 3
        for row in range(3):
            dialog.list.setCurrentIndex(dialog.model.index(row))
            seen.append(dialog.details.toPlainText())
        dialog.chips.toggle(Outcome.UNPLACED)
        assert dialog.model.rowCount() == 1

    desk.answers.expect(answer("合并", look))
    steps = len(desk.session.done)
    bring(desk, handed_over(zhang))
    assert "共 3 处标注：新增 2 处，相同 0 处，有修改 0 处，有冲突 0 处，删除 0 处，找不到位置 1 处" in seen[0]
    assert "<b>原文</b>" in seen[1]
    assert "原文（未找到）\n尊重人民主体地位" in seen[1]
    assert "《关于加快发展的意见》一 · 1 · 第1句" in seen[2]
    assert "原文（移动）" in seen[2]
    assert "张三" in seen[2]
    assert "同事文件里的原文\n因地制宜发展新质生产力\n这里的原文（改写，" in seen[3]
    assert "因地制宜地发展新质生产力\n批注\n怎么因地制宜" in seen[3]
    assert desk.message == "已合并“张三的交换包.yuece”：新增 2 处，找不到位置 1 处"
    assert len(desk.session.marks) == 3
    assert len(desk.session.done) == steps + 1
    desk.do("undo")
    assert desk.marks == []


def test_what_is_left_changes_nothing(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    steps = len(desk.session.done)
    desk.answers.expect(answer("取消"), lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    for _ in range(2):
        bring(desk, handed_over(zhang))
    assert (desk.marks, len(desk.session.done)) == ([], steps)


def test_return_merges_while_the_list_has_the_focus(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")

    def press_return(dialog: MergeDialog) -> None:
        assert dialog.focusWidget() is dialog.list
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    desk.answers.expect(press_return)
    bring(desk, handed_over(zhang))
    assert len(desk.marks) == 3


def cancel_what_is_shown(desk: Sitting, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have every change on the GUI thread shown at once, and cancelled; return what is shown."""
    shown: list[str] = []

    def show(dialog: QProgressDialog) -> None:
        shown.append(dialog.labelText())
        QTimer.singleShot(0, dialog, dialog.cancel)

    monkeypatch.setattr(tasks, "_BREATH_MS", -1)
    monkeypatch.setattr(tasks, "_PATIENCE_MS", 0)
    monkeypatch.setattr(QProgressDialog, "show", show)
    return shown


def test_a_merge_that_is_cancelled_leaves_nothing_behind(
    desk: Sitting, zhang: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_text(TEXT, "意见.txt")
    plan = plan_merge(desk.library, bundle_of(zhang.library), "包.yuece")
    clock, steps = desk.library.clock(), list(desk.session.done)
    with monkeypatch.context() as patched:
        shown = cancel_what_is_shown(desk, patched)
        assert not desk.session.run(MergeBundle(plan))
    assert shown == ["合并“包.yuece” …"]
    assert desk.message == "已取消，什么也没有改动。"
    assert desk.session.kept
    assert (desk.library.clock(), desk.session.done, desk.marks) == (clock, steps, [])
    assert desk.session.run(MergeBundle(plan))
    merged, clock = desk.marks, desk.library.clock()
    assert len(merged) == 3
    with monkeypatch.context() as patched:
        shown = cancel_what_is_shown(desk, patched)
        desk.session.undo()
    assert shown == ["撤销：合并“包.yuece” …"]
    assert (desk.library.clock(), desk.marks) == (clock, merged)
    desk.session.undo()
    assert desk.marks == []
    with monkeypatch.context() as patched:
        cancel_what_is_shown(desk, patched)
        desk.session.redo()
    assert desk.marks == []
    desk.session.redo()
    assert desk.marks == merged
    assert desk.library.check().sound
    assert not desk.failures


def test_nothing_else_is_written_while_a_merge_is(
    desk: Sitting, zhang: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_text(TEXT, "意见.txt")
    desk.select("坚持人民至上")
    desk.key(Qt.Key.Key_1)
    plan = plan_merge(desk.library, bundle_of(zhang.library), "包.yuece")
    monkeypatch.setattr(tasks, "_BREATH_MS", -1)
    QTimer.singleShot(0, desk.window, desk.session.undo)
    assert desk.session.run(MergeBundle(plan))
    assert desk.failures == ["正在写入文库，请等它完成，或取消后再试。"]
    assert len(desk.marks) == 4


def test_a_bundle_that_is_here_is_not_asked_about(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    desk.answers.expect(answer("合并"))
    for _ in range(2):
        bring(desk, handed_over(zhang))
    assert desk.message == "“张三的交换包.yuece”里的 3 处标注文库里都有了，不用合并"


def test_what_was_changed_on_both_sides_is_shown_with_its_authors(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(zhang))
    mark = next(mark for mark in desk.marks if mark.note == "谁来落实")
    zhang.edit(mark.id, note="张三改的")
    zhang.edit(next(one.id for one in desk.marks if "因地" in one.note), pen=3, note="怎么落地")
    desk.select("坚持人民至上")
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("我改的")
    desk.key(Qt.Key.Key_Escape)
    seen: list[str] = []

    def look(dialog: MergeDialog) -> None:
        for outcome in (Outcome.CONFLICTING, Outcome.CHANGED):
            dialog.chips.clear()
            dialog.chips.toggle(outcome)
            assert dialog.model.rowCount() == 1
            seen.append(dialog.details.toPlainText())

    desk.answers.expect(answer("合并", look))
    bring(desk, handed_over(zhang))
    assert "批注：几个人改得不一样，都会保留" in seen[0]
    assert "我改的" in seen[0]
    assert "张三改的" in seen[0]
    assert re.search(r"原来：怎么因地制宜\n合并后（张三 \d\d:\d\d）：怎么落地", seen[1])
    assert re.search(r"颜色\n原来：疑问\n合并后（张三 \d\d:\d\d）：数据", seen[1])


def torn(desk: Sitting, zhang: Colleague, here: str, there: str) -> None:
    """Merge a mark, and change its note on both sides."""
    desk.open_text(TEXT, "意见.txt")
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(zhang))
    mark = next(mark for mark in desk.marks if mark.note == "谁来落实")
    zhang.edit(mark.id, note=there)
    assert desk.session.run(EditMarks("改", {mark.id: {"note": here}}))


def test_the_sides_of_a_conflict_stand_beside_one_another_with_what_differs_marked(
    desk: Sitting, zhang: Colleague
) -> None:
    torn(desk, zhang, "由工信局牵头落实", "由发改委牵头落实")

    def look(dialog: MergeDialog) -> None:
        details = dialog.details
        sides = {words: rect_of(details, words) for words in ("由工信局牵头落实", "由发改委牵头落实")}
        left, right = sorted(sides.values(), key=QRect.left)
        assert left.top() == right.top()
        assert left.left() + details.viewport().width() // 3 < right.left()
        assert {words for words, form in runs(details) if form.fontUnderline()} == {"工信局", "发改委"}
        for _, form in runs(details):
            assert form.fontUnderline() == (form.fontWeight() == QFont.Weight.Bold)

    desk.answers.expect(answer("合并", look))
    bring(desk, handed_over(zhang))


def test_what_was_rewritten_shows_which_words_are_others(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(CHANGED, "意见.txt")

    def look(dialog: MergeDialog) -> None:
        dialog.list.setCurrentIndex(dialog.model.index(2))
        assert "改写" in dialog.details.toPlainText()
        assert [words for words, form in runs(dialog.details) if form.fontUnderline()] == ["地"]

    desk.answers.expect(answer("取消", look))
    bring(desk, handed_over(zhang))


def test_who_removed_or_changed_the_users_own_mark_is_said(desk: Sitting, tmp_path: Path) -> None:
    desk.open_text(TEXT, "意见.txt")
    for words in ("坚持人民至上", "新质生产力"):
        desk.select(words)
        desk.key(Qt.Key.Key_1)
    li = Colleague(tmp_path, "李科长")
    li.merge(bundle_of(desk.library))
    removed, changed = (mark.id for mark in desk.marks)
    perform(li.library, RemoveMarks((removed,)))
    li.edit(changed, note="请工信局回复")
    me = desk.library.author.name

    def look(dialog: MergeDialog) -> None:
        shown = []
        for row in range(2):
            dialog.list.setCurrentIndex(dialog.model.index(row))
            shown += [dialog.model.index(row).data(ROW_ROLE).fate, dialog.details.toPlainText()]
        assert shown[0] == f"删除 · 李科长删除{me}的标注"
        assert re.match(rf"删除 · 李科长 \d\d:\d\d 删除了{me}的标注\n", shown[1])
        assert "已删除" not in shown[1]
        assert shown[2] == f"有修改 · 原样 · 李科长改{me}的标注"
        assert re.match(rf"有修改 · 李科长 \d\d:\d\d 改了{me}的标注\n", shown[3])

    desk.answers.expect(answer("合并", look))
    bring(desk, handed_over(li))
    li.library.close()


def test_what_was_deleted_here_is_told_where_the_file_still_has_it(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(zhang))
    assert desk.session.run(RemoveMarks(tuple(mark.id for mark in desk.marks[:2])))
    bring(desk, handed_over(zhang))
    assert desk.message == (
        "“张三的交换包.yuece”里的 3 处标注文库里都有了（其中 2 处您这里已经删除，不会恢复），不用合并"
    )


def test_a_mark_whose_text_is_not_here_says_what_to_do(desk: Sitting, zhang: Colleague) -> None:
    def look(dialog: MergeDialog) -> None:
        assert "导入它的原文，标注就会落到原处" in dialog.details.toPlainText()

    desk.answers.expect(answer("取消", look))
    bring(desk, handed_over(zhang))


def test_the_title_of_the_window_holds_no_long_name_and_no_letters_that_turn_others(
    desk: Sitting, zhang: Colleague
) -> None:
    titles: list[str] = []
    desk.answers.expect(answer("取消", lambda dialog: titles.append(dialog.windowTitle())))
    bring(desk, handed_over(zhang, f"{'很长的名字' * 12}\u202eecuey.yuece"))
    assert titles == ["合并“很长的名字很长的名字很长的名字很长的名字…长的名字很长的名字ecuey.yuece”"]


def rect_of(details: MergeDetails, words: str) -> QRect:
    """Return where words stand."""
    return details.cursorRect(details.document().find(words)).translated(0, details.verticalScrollBar().value())


def runs(details: MergeDetails) -> list[tuple[str, QTextCharFormat]]:
    """Return the words shown, each with its form."""
    found, block = [], details.document().begin()
    while block.isValid():
        found += [(one.fragment().text(), one.fragment().charFormat()) for one in block]
        block = block.next()
    return found


def test_a_bundle_is_picked_from_the_menu_and_with_files_to_import(desk: Sitting, zhang: Colleague) -> None:
    path = handed_over(zhang)

    def pick(dialog: QFileDialog) -> None:
        assert "*.yuece" in dialog.nameFilters()[0]
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.done(QDialog.DialogCode.Accepted)

    for action in ("merge", "import"):
        desk.answers.expect(pick, answer("取消"))
        desk.do(action)
        desk.desk._tasks.wait()  # noqa: SLF001
        desk.settle()


def test_a_text_that_comes_with_its_bundle_is_there_before_it(desk: Sitting, zhang: Colleague, tmp_path: Path) -> None:
    text = tmp_path / "意见.txt"
    text.write_text(TEXT, encoding="utf-8")
    desk.answers.expect(answer("合并", lambda dialog: dialog.chips.toggle(Outcome.NEW)))
    bring(desk, handed_over(zhang), text)
    assert desk.reading.text == TEXT
    assert len(desk.marks) == 3


def test_a_folder_with_texts_and_bundles_is_taken_whole(desk: Sitting, zhang: Colleague, tmp_path: Path) -> None:
    folder = handed_over(zhang).parent
    li = Colleague(tmp_path, "李四")
    li.mark("推动制造业高端化", "指标呢")
    (folder / "里").mkdir()
    handed_over(li, "里/李四.yuece")
    li.library.close()
    (folder / "意见.txt").write_text(TEXT, encoding="utf-8")
    steps = len(desk.session.done)
    desk.answers.expect(answer("合并"), answer("合并"))
    bring(desk, folder)
    assert desk.reading.text == TEXT
    assert len(desk.marks) == 4
    assert [step.label for step in desk.session.done[steps:]] == [
        "导入《关于加快发展的意见》",
        "合并“张三的交换包.yuece”",
        "合并“李四.yuece”",
    ]
    assert desk.message == (
        "已导入《关于加快发展的意见》；已合并“张三的交换包.yuece”：新增 3 处；已合并“李四.yuece”：新增 1 处"
    )


def test_a_folder_of_bundles_alone_is_taken(desk: Sitting, zhang: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(zhang).parent)
    assert len(desk.marks) == 3


def broken(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-40])
    return path


def slowed(work: Callable[..., object]) -> Callable[..., object]:
    """Return work that takes a moment longer."""

    def run(*arguments: object) -> object:
        time.sleep(0.2)
        return work(*arguments)

    return run


def a_zip(path: Path) -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "b")
    return path


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (broken, "请让同事重新导出一份"),
        (a_zip, "不是交换包"),
        (lambda path: path.with_name("没有.yuece"), "没有"),
        (lambda path: path.parent.with_name("张三.yuece"), "是整个文库，不是交换包"),
    ],
)
def test_what_can_not_be_merged_is_refused_in_a_sentence(
    desk: Sitting, zhang: Colleague, spoil: Callable[[Path], Path], told: str
) -> None:
    bring(desk, spoil(handed_over(zhang)))
    assert desk.desk.messages.is_error()
    assert told in desk.message
    assert desk.marks == []


def test_of_several_files_one_that_is_refused_is_told_and_the_others_are_asked_about(
    desk: Sitting, zhang: Colleague
) -> None:
    desk.open_text(TEXT, "意见.txt")
    titles: list[str] = []

    def look(dialog: MergeDialog) -> None:
        titles.append(dialog.windowTitle())

    desk.answers.expect(answer("合并", look))
    again = handed_over(zhang, "又一份.yuece")
    bring(desk, broken(handed_over(zhang, "坏.yuece")), handed_over(zhang), again)
    assert len(desk.marks) == 3
    assert titles == ["合并“张三的交换包.yuece”（2 / 3）"]
    assert desk.message.startswith(
        "已合并“张三的交换包.yuece”：新增 3 处；“又一份.yuece”里的 3 处标注文库里都有了，不用合并；“坏.yuece”："
    )
    assert desk.desk.messages.is_error()


def test_of_a_folder_all_is_told_in_one_message_also_what_could_not_be_read(desk: Sitting, zhang: Colleague) -> None:
    folder = handed_over(zhang).parent
    broken(handed_over(zhang, "坏.yuece"))
    (folder / "意见.txt").write_text(TEXT, encoding="utf-8")
    (folder / "空.docx").write_bytes(b"PK")
    desk.answers.expect(answer("合并"))
    bring(desk, folder)
    assert len(desk.marks) == 3
    for words in ("1 个文件已导入，1 个没有读成", "已合并“张三的交换包.yuece”：新增 3 处", "“坏.yuece”："):
        assert words in desk.message
    assert "。；" not in desk.message
    assert desk.desk.messages.is_error()
    assert desk.failures == []


def test_that_looking_at_files_was_cancelled_is_said(
    desk: Sitting, zhang: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_text(TEXT, "意见.txt")
    first, second = handed_over(zhang), handed_over(zhang, "又一份.yuece")
    third = handed_over(zhang, "第三份.yuece")

    def cancel(dialog: QDialog) -> None:
        patched.setattr(tasks, "_PATIENCE_MS", 0)
        patched.setattr(QProgressDialog, "show", lambda shown: shown.canceled.emit())
        press(dialog, "合并")

    with monkeypatch.context() as patched:
        patched.setattr(merging, "_planned", slowed(merging._planned))  # noqa: SLF001
        desk.answers.expect(cancel)
        bring(desk, first, second, third)
    assert len(desk.marks) == 3
    assert desk.message == "已合并“张三的交换包.yuece”：新增 3 处；已取消，其余 2 个文件没有合并"
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "_PATIENCE_MS", 0)
        patched.setattr(QProgressDialog, "show", lambda shown: shown.canceled.emit())
        patched.setattr(merging, "_planned", slowed(merging._planned))  # noqa: SLF001
        bring(desk, second)
    assert desk.message == "已取消，“又一份.yuece”没有合并"


def test_nothing_is_merged_into_a_library_that_is_only_read(
    desk: Sitting, sit: Callable[..., Sitting], zhang: Colleague
) -> None:
    desk.answers.expect(press_button("只读打开"))
    second = sit(desk.path)
    bring(second, handed_over(zhang))
    assert "只读打开" in second.message


def test_a_bundle_is_exported_whole_without_what_is_private(desk: Sitting, tmp_path: Path) -> None:
    for words, private in (("从全球看", False), ("从全国看", False), ("从全省看", True)):
        desk.select(words)
        desk.key(Qt.Key.Key_1)
        if private:
            desk.key(Qt.Key.Key_P)
    out = tmp_path / "包.yuece"

    def look(dialog: ExportDialog) -> None:
        dialog.private.setChecked(True)
        before = combo(dialog, "格式").y()
        combo(dialog, "格式").setCurrentIndex(combo(dialog, "格式").findData(".yuece"))
        dialog.form.activate()
        assert combo(dialog, "格式").y() == before
        assert not dialog.scope.isVisible()
        shown = next(one for one in dialog.findChildren(QComboBox) if one.currentText() == "全部共享的标注")
        assert shown.isVisible()
        assert not shown.isEnabled()
        assert not dialog.private.isEnabled()
        assert not dialog.private.isChecked()
        dialog.make_preview()
        assert "给同事合并到自己的文库" in dialog.preview.lines.toPlainText()
        assert dialog.preview.lines.font().family() == dialog.font().family()
        assert counted(dialog) == "2 处标注；1 处私人标注不导出。"
        assert line(dialog).text().endswith("的交换包.yuece")
        export_to(out, ".yuece")(dialog)

    desk.answers.expect(look)
    desk.do("export")
    desk.desk._tasks.wait()  # noqa: SLF001
    desk.settle()
    assert desk.message == "已导出 2 处标注：包.yuece"
    colleague = Colleague(tmp_path, "李四", text=None)
    desk.open_text(TEXT, "别的.txt")
    bundle = bundle_of(desk.library)
    assert out.read_bytes() == write_bundle(bundle)
    assert colleague.counts(bundle) == {"unplaced": 2}
    colleague.library.close()


def test_no_bundle_takes_the_place_of_a_library(desk: Sitting) -> None:
    before = desk.path.read_bytes()[:100]

    def answer(dialog: ExportDialog) -> None:
        export_to(desk.path, ".yuece")(dialog)
        assert "是一个文库，不能用交换包替换它" in dialog.problem.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    desk.answers.expect(answer)
    desk.do("export")
    assert desk.path.read_bytes()[:100] == before
