"""Searching the whole library: the same box, the same words, other documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressDialog,
    QPushButton,
    QToolButton,
)

from desktop.model.errors import UserError
from desktop.model.hit_list import HitList
from desktop.model.search import Mode, Order, Where, Within
from desktop.model.settings import RECENT_SEARCHES
from desktop.search import catching_up
from desktop.search.source import Interrupted
from desktop.services.importing import import_document, read_file
from desktop.services.library_search import LibrarySearch
from desktop.services.marking import Marker, set_private
from desktop.services.naming import RenamePens
from desktop.ui import finder as finder_module
from desktop.ui import hits_exporting
from desktop.ui.dialogs.hits_dialog import HitsDialog
from desktop.ui.dialogs.search_dialog import SavedSearchesDialog, SearchDialog
from desktop.ui.models.documents_model import DocumentRole
from desktop.ui.panels.related_panel import NO_CLAUSE, RelatedPanel
from desktop.ui.panels.search_panel import SearchPanel
from desktop.ui.search_box import Scope, SearchBox
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.empty_state import EmptyState
from tests.ui.sitting import NO_KEY, Answers, Sitting

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LAW = (
    "产业促进法\n\n第一章　总则\n\n第一条　为了促进产业发展，制定本法。产业是根本。\n\n第二条　稳五进三布二另行规定。\n"
)
REPORT = "工作报告\n\n一、回顾\n\n1.产业很好。\n"
RARE = "稳五进三布二"


@pytest.fixture
def shelf(desk: Sitting) -> Sitting:
    """Sit at a library of three documents, the plan in view."""
    return filled(desk)


@pytest.fixture
def unlearnt(desk: Sitting) -> Sitting:
    """Sit at the same, before there is an index."""
    desk.desk._worker.pause(paused=True)  # noqa: SLF001
    return filled(desk)


def filled(desk: Sitting) -> Sitting:
    for name, text in (("法.txt", LAW), ("报告.txt", REPORT)):
        path = desk.path.with_name(name)
        path.write_text(text, encoding="utf-8")
        assert desk.session.run(import_document(read_file(path)))
    desk.settle()
    return desk


def box(desk: Sitting) -> SearchBox:
    return desk.window.top_bar.search


def panel(desk: Sitting) -> SearchPanel:
    found = desk.window.right.built("search")
    assert isinstance(found, SearchPanel)
    return found


def search(desk: Sitting, words: str) -> None:
    """Search the library and wait for the whole answer."""
    desk.key(Qt.Key.Key_F4)
    assert box(desk).hasFocus()
    desk.type(words)
    known(desk)


def known(desk: Sitting) -> None:
    desk.wait(lambda: desk.desk.finder.settled)


def learn(desk: Sitting) -> None:
    """Have the index built, and the words of the library learnt."""
    done: list[object] = []
    desk.desk._worker.troubled.connect(done.append)  # noqa: SLF001
    desk.desk._worker.catch_up()  # noqa: SLF001
    desk.wait(lambda: done, 10_000)


def name(dialog: SearchDialog, words: str) -> None:
    """Give a search a name; what is to be found stays as it is."""
    line, searched = dialog.findChildren(QLineEdit)
    assert searched.text()
    line.setText(words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def titles(desk: Sitting) -> list[str]:
    return list(dict.fromkeys(found.title for found in desk.desk.finder.places))


def test_f4_finds_in_every_document(shelf: Sitting) -> None:
    search(shelf, RARE)
    assert len(titles(shelf)) == 2
    count = shelf.reading.text.count(RARE) + LAW.count(RARE)
    assert f"{count} 处" in shelf.desk.finder.count_text()
    assert shelf.reader.page.hits == shelf.desk.finder.text_spans()
    assert len(shelf.reader.page.hits) == shelf.reading.text.count(RARE)


def test_typing_in_the_library_leaves_the_text_where_it_is(shelf: Sitting) -> None:
    shelf.reader.set_top(shelf.place("16.全面激发").start)
    top = shelf.reader.top()
    search(shelf, "产业")
    assert shelf.desk.finder.current is None
    assert shelf.reader.top() == top


def test_ctrl_f_begins_in_the_document_and_again_switches(shelf: Sitting) -> None:
    search(shelf, RARE)
    shelf.key(Qt.Key.Key_Escape)
    shelf.key(Qt.Key.Key_F, CONTROL)
    assert (box(shelf).scope, box(shelf).text()) == (Scope.DOCUMENT, RARE)
    assert titles(shelf) == [shelf.reading.document.title]
    shelf.key(Qt.Key.Key_F, CONTROL)
    assert box(shelf).scope is Scope.LIBRARY
    known(shelf)
    assert len(titles(shelf)) == 2


def test_the_switch_in_the_box_is_clicked(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type(RARE)
    switch = box(shelf).findChild(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    buttons = [b for b in box(shelf).findChildren(QToolButton) if b.text() == Scope.DOCUMENT.value]
    assert switch is not None
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    known(shelf)
    assert box(shelf).scope is Scope.LIBRARY
    assert buttons[0].text() == Scope.LIBRARY.value
    assert len(titles(shelf)) == 2


def test_arrows_show_another_document_in_the_preview_and_enter_opens_it(shelf: Sitting) -> None:
    plan = shelf.reading.edition.id
    search(shelf, RARE)
    shelf.key(Qt.Key.Key_Down)
    assert panel(shelf).list.hasFocus()
    while not panel(shelf).preview.isVisible():
        assert shelf.reading.edition.id == plan
        shelf.key(Qt.Key.Key_Down)
    assert shelf.reading.edition.id == plan
    assert RARE in panel(shelf).preview.text()
    shelf.key(Qt.Key.Key_Return)
    assert shelf.reading.document.title == "产业促进法"
    assert shelf.reader.hasFocus()
    hit = shelf.desk.finder.hits[shelf.desk.finder.current or 0]
    assert shelf.reader.seen().overlaps(hit.span)
    assert shelf.reader.page.hits == [hit.span]
    assert shelf.reader.page.current_hit == 0
    shelf.key(Qt.Key.Key_Left, ALT)
    assert shelf.reading.edition.id == plan


def test_f3_goes_on_over_the_end_of_a_document(shelf: Sitting) -> None:
    search(shelf, RARE)
    seen = []
    for _ in range(len(shelf.desk.finder.places) + 1):
        shelf.key(Qt.Key.Key_F3)
        seen.append(shelf.reading.document.title)
    assert list(dict.fromkeys(seen)) == titles(shelf)
    assert seen[-1] == seen[0]


def test_hits_are_counted_by_document(shelf: Sitting) -> None:
    library = shelf.window.left.open("library")
    search(shelf, "产业")
    rows = [library.list.model().index(row, 0) for row in range(library.list.model().rowCount())]
    counts = {row.data(): row.data(DocumentRole.HITS) for row in rows}
    assert counts["产业促进法"] == LAW.count("产业")
    assert counts["工作报告"] == 1
    assert sum(counts.values()) == len(shelf.desk.finder.hits) or shelf.desk.finder.more
    shelf.key(Qt.Key.Key_F, CONTROL)
    assert rows[0].data(DocumentRole.HITS) == 0


def test_further_hits_come_as_one_walks_and_all_are_reached(shelf: Sitting) -> None:
    shelf.open_text("长文\n\n" + "\n".join(f"{n}.园区第{n}处甲乙丙。" for n in range(1, 130)), "长.txt")
    search(shelf, "甲乙丙")
    assert shelf.desk.finder.more
    assert shelf.desk.finder.count_text().startswith("129 处")
    shelf.key(Qt.Key.Key_Return)
    assert shelf.desk.finder.count_text().startswith("第 1 / 129 处")
    for number in range(2, 130):
        shelf.key(Qt.Key.Key_F3)
        shelf.wait(lambda number=number: shelf.desk.finder.current == number - 1)  # type: ignore[misc]
    assert not shelf.desk.finder.more
    shelf.key(Qt.Key.Key_F3)
    assert shelf.desk.finder.current == 0


def test_shift_f3_leads_from_the_first_hit_to_the_last_though_that_was_still_to_come(shelf: Sitting) -> None:
    search(shelf, "的")
    known(shelf)
    finder = shelf.desk.finder
    total = finder.totals.hits if finder.totals else 0
    assert len(finder.hits) < total
    finder.go(0)
    shelf.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    shelf.wait(lambda: finder.current == total - 1)
    assert len(finder.hits) == total


def test_a_pattern_that_takes_its_time_leaves_the_window_alone(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.do("search_regex")
    box(shelf).setText("(.*.*.*.*)*#")
    assert not shelf.desk.finder.settled
    shelf.key(Qt.Key.Key_A, CONTROL)
    shelf.type("产业")
    known(shelf)
    assert len(shelf.desk.finder.hits) == shelf.reading.text.count("产业")


def test_notes_of_other_documents_are_found_with_their_pens(shelf: Sitting) -> None:
    plan = shelf.reading.edition.id
    marker = Marker(shelf.library, shelf.reading)
    assert shelf.session.run(marker.note(shelf.place("从全球看"), "玄武岩纤维要问清楚"))
    assert shelf.session.run(marker.highlight(shelf.place("地缘政治"), 3, "数据"))
    shelf.open_text("别的\n\n1.没有。\n", "别的.txt")
    assert shelf.reading.edition.id != plan
    search(shelf, "玄武岩 OR 地缘政治")
    by_kind = {found.hit.where: found for found in shelf.desk.finder.places}
    assert shelf.desk.finder.aside([by_kind[Where.NOTE]]).note
    assert shelf.desk.finder.aside([by_kind[Where.TEXT]]).pens == (3,)


def test_what_is_found_to_the_letter_elsewhere_is_not_read_differently_here(shelf: Sitting) -> None:
    search(shelf, "产业是根本")
    assert [found.title for found in shelf.desk.finder.places] == ["产业促进法"]
    assert shelf.desk.finder.text_spans() == []
    assert shelf.reader.page.hits == []
    box(shelf).clear()
    search(shelf, "怎样建设产业园区呢")
    assert "分开的词" in shelf.desk.finder.message
    assert shelf.desk.finder.text_spans()


def test_a_full_disk_is_told_where_the_index_would_be(shelf: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str]:
        return [label.text() for label in panel(shelf).findChildren(QLabel) if label.isVisible()]

    search(shelf, "产业")
    monkeypatch.setattr(catching_up, "_RESERVE", 2**60)
    shelf.open_text("新\n\n1.新的产业。\n", "新.txt")
    shelf.wait(lambda: "磁盘空间不够，索引没有建立，搜索可用" in told(), 10_000)
    assert not [button for button in panel(shelf).findChildren(QPushButton) if button.isVisible()]
    known(shelf)
    assert shelf.desk.finder.totals is not None
    assert shelf.desk.finder.totals.by_edition[shelf.reading.edition.id] == 1
    monkeypatch.undo()
    shelf.open_text("又\n\n1.又一个。\n", "又.txt")
    shelf.wait(lambda: not [words for words in told() if "磁盘" in words], 10_000)


def test_a_change_of_the_library_is_found_at_once(shelf: Sitting) -> None:
    search(shelf, "独一无二的词")
    assert shelf.desk.finder.count_text() == "没有找到"
    path = shelf.path.with_name("新.txt")
    path.write_text("新\n\n1.独一无二的词。\n", encoding="utf-8")
    assert shelf.session.run(import_document(read_file(path)))
    shelf.wait(lambda: len(shelf.desk.finder.places) == 1)
    shelf.do("undo")
    shelf.wait(lambda: not shelf.desk.finder.places)


def test_the_only_hit_may_go_while_it_is_the_current_one(shelf: Sitting) -> None:
    assert shelf.session.run(Marker(shelf.library, shelf.reading).note(shelf.place("产业"), "貔貅"))
    search(shelf, "貔貅")
    shelf.key(Qt.Key.Key_Return)
    shelf.key(Qt.Key.Key_Escape)
    assert shelf.desk.finder.current == 0
    shelf.key(Qt.Key.Key_Z, CONTROL)
    shelf.wait(lambda: not shelf.desk.finder.places)
    known(shelf)
    assert shelf.desk.finder.count_text() == "没有找到"
    shelf.do("redo")
    shelf.wait(lambda: len(shelf.desk.finder.places) == 1)


def test_hits_of_one_text_are_not_painted_in_the_next_while_the_answer_is_awaited(
    shelf: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    search(shelf, "产业")
    assert shelf.reader.page.hits
    monkeypatch.setattr(finder_module, "LONG", 0)
    let, answer = Event(), LibrarySearch.in_reading

    def late(self: LibrarySearch, *asked: Any) -> Any:
        let.wait(3)
        return answer(self, *asked)

    monkeypatch.setattr(LibrarySearch, "in_reading", late)
    shelf.open_text("别的\n\n" + "1.这里一开始没有，后面才有产业。\n" * 200, "别的.txt")
    assert shelf.desk.finder.text_spans() == shelf.reader.page.hits == []
    let.set()
    shelf.wait(lambda: shelf.reader.page.hits)
    assert {shelf.reading.text[hit.start : hit.end] for hit in shelf.reader.page.hits} == {"产业"}


def test_a_change_elsewhere_leaves_a_list_that_was_read_on_as_long_as_it_is(shelf: Sitting) -> None:
    shelf.open_text("长文\n\n" + "\n".join(f"{n}.园区第{n}处甲乙丙。" for n in range(1, 130)), "长.txt")
    search(shelf, "甲乙丙")
    finder = shelf.desk.finder
    finder.fetch_more(100)
    shelf.wait(lambda: len(finder.hits) > 100)
    count, bar = len(finder.hits), panel(shelf).list.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = panel(shelf).list.visibleRows()
    assert panel(shelf).list.model().rowCount() > before.start > 50
    answers: list[object] = []
    finder.found.connect(lambda: answers.append(None))
    assert finder.current is None
    assert shelf.session.run(Marker(shelf.library, shelf.reading).note(shelf.place("园区"), "好"))
    shelf.wait(lambda: answers)
    known(shelf)
    assert len(finder.hits) >= count
    assert panel(shelf).list.visibleRows() == before


def test_after_an_error_instead_of_further_hits_they_are_asked_for_again(
    shelf: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.open_text("长文\n\n" + "\n".join(f"{n}.园区第{n}处甲乙丙。" for n in range(1, 130)), "长.txt")
    search(shelf, "甲乙丙")
    known(shelf)
    finder = shelf.desk.finder
    assert finder.more

    def refuse(*_asked: object) -> Any:
        raise UserError("文库暂时不能读")

    monkeypatch.setattr(LibrarySearch, "page", refuse)
    finder.fetch_more()
    shelf.wait(lambda: "文库暂时不能读" in shelf.failures)
    monkeypatch.undo()
    finder.fetch_more()
    shelf.wait(lambda: not finder.more)
    monkeypatch.setattr(LibrarySearch, "page", refuse)
    box(shelf).selectAll()
    shelf.type("产业")
    known(shelf)
    shelf.wait(lambda: finder.message == "搜索没有完成，请改一改文字再试")
    assert finder.hits == []


@pytest.mark.parametrize("scope", list(Scope))
def test_what_was_found_by_a_name_follows_when_that_is_changed(shelf: Sitting, scope: Scope) -> None:
    assert shelf.session.run(Marker(shelf.library, shelf.reading).highlight(shelf.place("地缘政治"), 2, "重点"))
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.desk.finder.switch(scope=scope)
    shelf.type("颜色:急办")
    known(shelf)
    assert shelf.desk.finder.hits == []
    assert shelf.session.run(RenamePens({2: "急办"}))
    shelf.wait(lambda: len(shelf.desk.finder.hits) == 1)
    shelf.do("undo")
    shelf.wait(lambda: shelf.desk.finder.hits == [])


def test_the_same_is_found_with_and_without_the_index(shelf: Sitting) -> None:
    search(shelf, "产业 发展")
    without = [(found.hit, found.title, found.section, found.address) for found in shelf.desk.finder.places]
    shelf.desk._worker.catch_up()  # noqa: SLF001
    index = Path(f"{shelf.path}.index")
    shelf.wait(index.exists)
    box(shelf).clear()
    search(shelf, "产业 发展")
    assert without
    assert [(found.hit, found.title, found.section, found.address) for found in shelf.desk.finder.places] == without


def test_ways_of_searching_are_switched_by_key_and_some_remembered(sit: Callable[..., Sitting], shelf: Sitting) -> None:
    finder = shelf.desk.finder
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("新兴产业 2035")
    whole = len(finder.hits)
    for key in (Qt.Key.Key_S, Qt.Key.Key_O, Qt.Key.Key_C):
        shelf.key(key, ALT)
    known(shelf)
    assert (finder.within, finder.order, finder.mode) == (Within.SENTENCE, Order.RANK, Mode.STRICT)
    assert len(finder.hits) <= whole
    shelf.key(Qt.Key.Key_R, ALT)
    assert finder.mode is Mode.REGEX
    assert not shelf.window.actions_by_id["search_strict"].isChecked()
    assert shelf.close()
    again = sit(shelf.path).desk.finder
    assert (again.within, again.order, again.mode) == (Within.SENTENCE, Order.RANK, Mode.WORDS)


def test_a_regular_expression_finds_and_a_wrong_one_is_told(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.do("search_regex")
    shelf.type("稳.进.布二")
    known(shelf)
    assert {hit.context[hit.span.start - hit.context_start :][:6] for hit in shelf.desk.finder.hits} == {RARE}
    box(shelf).selectAll()
    shelf.type("(产业")
    known(shelf)
    assert shelf.desk.finder.hits == []
    assert "正则表达式" in panel(shelf).findChild(EmptyState).text()


def test_words_that_stand_beside_what_was_found_narrow_the_search(shelf: Sitting) -> None:
    learn(shelf)
    search(shelf, "农业")
    shelf.wait(lambda: bool(panel(shelf).beside.words()))
    chip = next(chip for chip in panel(shelf).beside.findChildren(Chip) if chip.isVisible())
    found = len(shelf.desk.finder.hits)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert box(shelf).text() == f"农业 {chip.text()}"
    known(shelf)
    assert {shelf.reading.text[hit.span.start : hit.span.end] for hit in shelf.desk.finder.hits} >= {"农业"}
    assert found
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.key(Qt.Key.Key_F, CONTROL)
    assert panel(shelf).beside.words() == []


def test_the_best_come_first_where_that_is_wanted(shelf: Sitting) -> None:
    learn(shelf)
    search(shelf, "产业")
    shelf.do("search_ranked")
    shelf.wait(lambda: shelf.desk.finder.ranked)
    known(shelf)
    assert sorted(hit.offset for hit in shelf.desk.finder.hits if hit.where is Where.TEXT)
    sentences = {(hit.where, hit.context_start, hit.mark_id) for hit in shelf.desk.finder.hits}
    assert panel(shelf).list.model().rowCount() == len(sentences)


@pytest.mark.parametrize("scope", list(Scope))
def test_letters_find_as_soon_as_the_words_are_learnt_and_the_text_stays(unlearnt: Sitting, scope: Scope) -> None:
    unlearnt.reader.set_top(unlearnt.place("16.全面激发").start)
    top = unlearnt.reader.top()
    unlearnt.key(Qt.Key.Key_F4)
    unlearnt.desk.finder.switch(scope=scope)
    unlearnt.type("chanye")
    known(unlearnt)
    assert unlearnt.desk.finder.hits == []
    told = panel(unlearnt).findChild(EmptyState)
    assert told is not None
    assert told.text() == "没有“chanye”。文库里的词还没有学完，学完就能按拼音找。"
    unlearnt.desk._worker.pause(paused=False)  # noqa: SLF001
    unlearnt.desk._worker.catch_up()  # noqa: SLF001
    unlearnt.wait(lambda: unlearnt.desk.finder.hits, 10_000)
    assert "产业" in unlearnt.desk.finder.message
    assert unlearnt.reader.top() == top


@pytest.mark.parametrize("walked", [False, True])
def test_the_best_come_first_as_soon_as_there_is_an_index_unless_the_list_is_walked(
    unlearnt: Sitting, walked: bool
) -> None:
    unlearnt.do("search_ranked")
    search(unlearnt, "产业")
    assert not unlearnt.desk.finder.ranked
    if walked:
        unlearnt.desk.finder.go(3)
    unlearnt.desk._worker.pause(paused=False)  # noqa: SLF001
    learn(unlearnt)
    known(unlearnt)
    assert unlearnt.desk.finder.ranked is not walked
    assert unlearnt.desk.finder.current == (3 if walked else None)


# What is kept.


def test_searches_are_remembered_once_their_hits_were_looked_at(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("产业")
    assert shelf.session.setting(RECENT_SEARCHES) == []
    shelf.key(Qt.Key.Key_Return)
    box(shelf).selectAll()
    shelf.type("没有的词")
    shelf.key(Qt.Key.Key_Return)
    assert shelf.session.setting(RECENT_SEARCHES) == ["产业"]
    shelf.do("clear_recent")
    assert shelf.session.setting(RECENT_SEARCHES) == []


def test_a_search_made_before_is_read_as_it_was_then(shelf: Sitting) -> None:
    finder = shelf.desk.finder
    shelf.key(Qt.Key.Key_F, CONTROL)
    finder.switch(mode=Mode.REGEX, within=Within.SENTENCE)
    shelf.type("稳.进.布二")
    known(shelf)
    count = len(finder.hits)
    shelf.key(Qt.Key.Key_Return)
    box(shelf).clear()
    finder.switch(mode=Mode.WORDS, within=Within.CLAUSE)
    menu = shelf.desk._searches.menu()  # noqa: SLF001
    next(action for action in menu.actions() if action.text() == "稳.进.布二（正则、同句）").trigger()
    menu.deleteLater()
    known(shelf)
    assert (box(shelf).text(), finder.mode, finder.within) == ("稳.进.布二", Mode.REGEX, Within.SENTENCE)
    assert len(finder.hits) == count > 0


def test_a_search_is_saved_found_again_changed_and_deleted(shelf: Sitting, answers: Answers) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("制造业 OR 工业")

    answers.expect(lambda dialog: name(dialog, "工信局"))
    shelf.key(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert [(one.name, one.words) for one in shelf.library.searches.all()] == [("工信局", "制造业 OR 工业")]
    box(shelf).clear()
    menu = shelf.desk._searches.menu()  # noqa: SLF001
    entry = next(action for action in menu.actions() if action.text().startswith("工信局"))
    entry.trigger()
    menu.deleteLater()
    assert box(shelf).text() == "制造业 OR 工业"

    def change(dialog: SavedSearchesDialog) -> None:
        answers.expect(lambda dialog: name(dialog, "工业和信息化局"))
        QTest.mouseClick(dialog.change_button, Qt.MouseButton.LeftButton)
        assert dialog.list.item(0).text().startswith("工业和信息化局")
        QTest.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
        assert dialog.list.count() == 0
        dialog.reject()

    answers.expect(change)
    shelf.do("saved_searches")
    assert shelf.library.searches.all() == []
    shelf.do("undo")
    shelf.do("undo")
    assert shelf.library.searches.all()[0].name == "工信局"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_alt_down_opens_the_menu_of_searches(shelf: Sitting) -> None:
    shelf.session.remember(RECENT_SEARCHES, ["园区 & 产业"])
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("标签")
    assert shelf.desk.offers.shown()
    shelf.key(Qt.Key.Key_Down, ALT)
    assert shelf.desk.offers.shown() == []
    menu = next(menu for menu in shelf.window.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "园区 && 产业").trigger()
    menu.close()
    assert box(shelf).text() == "园区 & 产业"


def test_hits_are_exported_clause_by_clause(shelf: Sitting, answers: Answers, tmp_path: Path) -> None:
    search(shelf, RARE)
    path = tmp_path / "结果.md"

    def pick(dialog: object) -> None:
        dialog.selectFile(str(path))  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    answers.expect(pick)
    shelf.do("export_hits")
    shelf.wait(path.exists)
    shelf.wait(lambda: "已导出" in shelf.message)
    text = path.read_text(encoding="utf-8")
    assert text.count(f"<b>{RARE}</b>") == shelf.reading.text.count(RARE) + LAW.count(RARE)
    assert "| 产业促进法 | 第一章 · 第二条 |" in text


def test_a_file_that_appears_while_hits_are_collected_is_not_replaced(
    shelf: Sitting, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search(shelf, RARE)
    path, make = tmp_path / "结果.md", hits_exporting.hit_list

    def late(*given: Any) -> HitList:
        path.write_text("同事的", encoding="utf-8")
        return make(*given)

    def pick(dialog: QFileDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    monkeypatch.setattr(hits_exporting, "hit_list", late)
    answers.expect(pick)
    shelf.do("export_hits")
    shelf.wait(lambda: "已经存在" in shelf.message)
    assert path.read_text(encoding="utf-8") == "同事的"


def private_note(desk: Sitting, words: str, note: str, tag: str = "") -> None:
    """Put a note, on words of the text in view, that is for the user alone."""
    before = {mark.id for mark in desk.marks}
    marker = Marker(desk.library, desk.reading)
    assert desk.session.run(marker.note(desk.place(words), note, (tag,) if tag else ()))
    assert desk.session.run(set_private([mark for mark in desk.marks if mark.id not in before], private=True))


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("ticked", [False, True])
def test_what_stands_in_private_marks_is_exported_only_where_the_box_is_ticked(
    shelf: Sitting, answers: Answers, tmp_path: Path, scope: Scope, ticked: bool
) -> None:
    private_note(shelf, "地缘政治", f"{RARE}，只给自己看", f"{RARE}私")
    path = tmp_path / "结果.md"
    shelf.key(Qt.Key.Key_F4 if scope is Scope.LIBRARY else Qt.Key.Key_F, NO_KEY if scope is Scope.LIBRARY else CONTROL)
    shelf.type(RARE)
    known(shelf)
    count = len(shelf.desk.finder.hits)

    def tick(dialog: HitsDialog) -> None:
        assert not dialog.private.isChecked()
        dialog.private.setChecked(ticked)
        dialog.accept()

    def pick(dialog: QFileDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    answers.expect(tick, pick)
    shelf.do("export_hits")
    shelf.wait(lambda: "已导出" in shelf.message)
    text = path.read_text(encoding="utf-8")
    assert ("只给自己看" in text, f"{RARE}</b>私" in text, "私人批注 · " in text) == (ticked, ticked, ticked)
    assert (f"{count if ticked else count - 2} 处、" in shelf.message) is True
    assert ("（2 处在私人标注里，没有导出）" in shelf.message) is not ticked


def test_while_hits_are_collected_that_can_be_cancelled_and_no_other_export_begins(
    shelf: Sitting, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, given_up = Event(), Event()
    QTimer.singleShot(6000, given_up.set)
    collect = LibrarySearch.everything

    def endless(_search: LibrarySearch, _request: object, stop: Callable[[], bool]) -> Any:
        begun.set()
        while not stop() and not given_up.wait(0.005):
            pass
        raise Interrupted

    def pick(name: str) -> Callable[[QFileDialog], None]:
        def answer(dialog: QFileDialog) -> None:
            dialog.selectFile(str(tmp_path / name))
            dialog.accept()

        return answer

    search(shelf, RARE)
    monkeypatch.setattr(LibrarySearch, "everything", endless)
    answers.expect(pick("甲.md"))
    shelf.do("export_hits")
    assert begun.wait(3)
    shelf.do("export_hits")
    assert "上一次导出还在收集搜索结果" in shelf.said[-1]
    shelf.wait(lambda: [one for one in shelf.window.findChildren(QProgressDialog) if one.isVisible()])
    shown = next(one for one in shelf.window.findChildren(QProgressDialog) if one.isVisible())
    assert shown.labelText() == "正在收集全部搜索结果…"
    monkeypatch.setattr(LibrarySearch, "everything", collect)
    QTest.mouseClick(shown.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    shelf.wait(lambda: not shelf.desk._hits_exporting._collecting_now)  # noqa: SLF001
    answers.expect(pick("乙.md"))
    shelf.do("export_hits")
    shelf.wait(lambda: "已导出" in shelf.message)
    assert [path.name for path in tmp_path.glob("*.md")] == ["乙.md"]


@pytest.mark.parametrize("words", ["标签:机密", "标签:机密 政治"])
def test_passages_that_only_private_marks_lead_to_are_not_exported(
    shelf: Sitting, answers: Answers, tmp_path: Path, words: str
) -> None:
    private_note(shelf, "地缘政治", "", "机密")
    search(shelf, words)
    assert len(shelf.desk.finder.hits) == 1
    path = tmp_path / "结果.md"

    def pick(dialog: QFileDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    answers.expect(HitsDialog.accept, pick)
    shelf.do("export_hits")
    shelf.wait(lambda: "找到的都在私人标注里，没有导出" in shelf.said)
    assert not path.exists()


def test_a_hit_in_a_private_mark_bears_a_sign_in_its_own_text_and_from_elsewhere(shelf: Sitting) -> None:
    private_note(shelf, "地缘政治", "玄武岩要问清楚")
    assert shelf.session.run(Marker(shelf.library, shelf.reading).note(shelf.place("从全球看"), "玄武岩纤维"))
    search(shelf, "玄武岩")
    assert sorted(shelf.desk.finder.aside([found]).private for found in shelf.desk.finder.places) == [False, True]
    shelf.open_text("别的\n\n1.没有。\n", "别的.txt")
    box(shelf).clear()
    search(shelf, "玄武岩")
    assert sorted(shelf.desk.finder.aside([found]).private for found in shelf.desk.finder.places) == [False, True]
    rows = [panel(shelf).list.model().index(n, 0).data() for n in range(panel(shelf).list.model().rowCount())]
    assert ["玄武岩要问清楚（私人批注" in row for row in rows].count(True) == 1


# Completion.


def test_fields_and_tags_are_completed_by_tab(shelf: Sitting) -> None:
    marker = Marker(shelf.library, shelf.reading)
    assert shelf.session.run(marker.note(shelf.place("从全球看"), "问", ("工信局/产业",)))
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("标签")
    assert shelf.desk.offers.shown() == ["标签：…"]
    shelf.key(Qt.Key.Key_Tab)
    assert box(shelf).text() == "标签:"
    assert shelf.desk.offers.shown() == ["工信局/产业"]
    shelf.key(Qt.Key.Key_PageDown)
    shelf.key(Qt.Key.Key_Return)
    assert box(shelf).text() == "标签:工信局/产业 "
    assert box(shelf).hasFocus()
    assert len(shelf.desk.finder.hits) == 1


def test_offers_take_no_key_until_they_are_entered(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("会议")
    assert shelf.desk.offers.shown()
    shelf.key(Qt.Key.Key_Down)
    assert panel(shelf).list.hasFocus()
    assert shelf.desk.offers.shown() == []
    box(shelf).setFocus()
    box(shelf).selectAll()
    shelf.type("文")
    current = shelf.desk.finder.current
    shelf.key(Qt.Key.Key_Return)
    assert shelf.desk.finder.current != current
    assert box(shelf).text() == "文"
    box(shelf).selectAll()
    shelf.type("颜色")
    assert shelf.desk.offers.shown()
    shelf.key(Qt.Key.Key_Escape)
    assert shelf.desk.offers.shown() == []
    assert box(shelf).hasFocus()


def test_nothing_is_offered_while_a_word_is_composed(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("标签")
    assert shelf.desk.offers.shown()
    QCoreApplication.sendEvent(box(shelf), QInputMethodEvent("qian", []))
    assert shelf.desk.offers.shown() == []


def test_offers_go_by_themselves_when_nobody_takes_them(shelf: Sitting) -> None:
    offers = shelf.desk.offers
    shelf.key(Qt.Key.Key_F, CONTROL)
    shelf.type("会")
    assert offers.shown() == ["会议：…"]
    shelf.key(Qt.Key.Key_F3)
    assert offers.shown() == []
    for entered in (False, True):
        offers._unused.setInterval(60_000)  # noqa: SLF001
        box(shelf).selectAll()
        shelf.type("颜色")
        if entered:
            shelf.key(Qt.Key.Key_PageDown)
        offers._unused.start(1)  # noqa: SLF001
        QTest.qWait(30)
        assert bool(offers.shown()) is entered


def test_what_was_pasted_or_selected_is_not_completed(shelf: Sitting) -> None:
    shelf.key(Qt.Key.Key_F, CONTROL)
    QApplication.clipboard().setText("标签")
    shelf.key(Qt.Key.Key_V, CONTROL)
    assert (box(shelf).text(), shelf.desk.offers.shown()) == ("标签", [])
    box(shelf).clear()
    commit = QInputMethodEvent()
    commit.setCommitString("标签")
    QCoreApplication.sendEvent(box(shelf), commit)
    assert shelf.desk.offers.shown() == ["标签：…"]


# Clauses like this one.


def related(desk: Sitting) -> RelatedPanel:
    found = desk.window.right.built("related")
    assert isinstance(found, RelatedPanel)
    return found


def test_clauses_like_the_one_in_view_are_listed_and_gone_to(shelf: Sitting) -> None:
    others = (f"{n}.普通的第{n}条，讲别的事情{chr(0x4E00 + 7 * n)}{chr(0x5E00 + 11 * n)}。" for n in range(1, 200))
    shelf.open_text("\n".join(("甲市规划\n", *others, "200.大力推进玄武岩纤维产业集群建设。\n")), "甲.txt")
    other = shelf.reading.edition.id
    shelf.open_text("乙市规划\n\n1.加快玄武岩纤维产业集群发展。\n", "乙.txt")
    here = shelf.reading.edition.id
    shelf.key(Qt.Key.Key_R, CONTROL)
    shelf.wait(lambda: related(shelf).list.model().rowCount() > 0, 8000)
    first = related(shelf).list.model().index(0, 0)
    assert "玄武岩纤维产业集群" in first.data()
    assert "甲市规划" in first.data()
    assert related(shelf).list.hasFocus()
    shelf.key(Qt.Key.Key_Return)
    assert shelf.reading.edition.id == other
    assert shelf.reader.seen().overlaps(shelf.place("大力推进玄武岩"))
    assert shelf.reader.hasFocus()
    shelf.key(Qt.Key.Key_Left, ALT)
    assert shelf.reading.edition.id == here


def test_what_is_like_a_clause_is_not_shown_where_there_is_none_any_more(
    shelf: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = shelf.reading.edition.id
    shelf.open_text("没有条款的一段话", "短.txt")
    shelf.key(Qt.Key.Key_R, CONTROL)
    panel, answers = related(shelf), list[object]()
    shelf.wait(lambda: panel.empty.isVisible() and panel.empty.text() == NO_CLAUSE)
    none, asked, let = shelf.reading.edition.id, Event(), Event()

    def late(*_asked: object) -> list[object]:
        asked.set()
        let.wait(3)
        return []

    monkeypatch.setattr(LibrarySearch, "related", late)
    monkeypatch.setattr(panel, "show_clauses", lambda *shown: answers.append(shown))
    shelf.session.open_edition(plan)
    shelf.wait(asked.is_set)
    shelf.session.open_edition(none)
    shelf.wait(lambda: panel.empty.isVisible() and panel.empty.text() == NO_CLAUSE)
    QTest.qWait(300)
    let.set()
    QTest.qWait(200)
    assert answers == []


def test_closing_the_window_ends_the_thread_whatever_it_does(shelf: Sitting) -> None:
    shelf.desk._worker.catch_up()  # noqa: SLF001
    shelf.key(Qt.Key.Key_F4)
    shelf.type("产业")
    assert shelf.close()
