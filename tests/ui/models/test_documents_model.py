"""The documents of a library as rows."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.document import Document
from desktop.services.shelving import Shelved
from desktop.ui.models.documents_model import DocumentRole, DocumentsModel

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shelved(name: str, marks: int = 0) -> Shelved:
    return Shelved(Document(f"d-{name}", f"《{name}》", NOON), f"e-{name}", f"{name}.txt", NOON, marks)


def test_a_row_tells_title_file_day_and_marks(qtbot: QtBot) -> None:
    model = DocumentsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert tester.model() is model
    model.show([shelved("甲", 3), shelved("乙")], "e-乙")
    first = model.index(0)
    assert first.data(DocumentRole.TITLE) == "《甲》"
    assert first.data(DocumentRole.FACTS) == "2026-11-22　甲.txt"
    assert first.data(DocumentRole.MARKS) == 3
    assert [model.index(row).data(DocumentRole.OPEN) for row in range(2)] == [False, True]
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "《乙》，标注 0 处，正在阅读"


def test_an_edition_beneath_another_tells_its_name(qtbot: QtBot) -> None:
    model = DocumentsModel()
    first = replace(shelved("甲"), name="版本2")
    model.show([first, replace(first, edition_id="e", name="导入版", heads=False)], "")
    assert [model.index(row).data(DocumentRole.HEADS) for row in range(2)] == [True, False]
    assert model.index(1).data(DocumentRole.FACTS) == "导入版　2026-11-22　甲.txt"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "《甲》，导入版，标注 0 处"


def test_rows_stay_where_they_are_when_only_counts_change(qtbot: QtBot) -> None:
    model = DocumentsModel()
    model.show([shelved("甲")], "")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show([shelved("甲", 1)], "")
    assert model.index(0).data(DocumentRole.OPEN) is False
