"""文库: documents are seen, opened, taken off."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.span import Span
from desktop.services.importing import RemoveDocument, import_document, read_file
from desktop.services.marking import Marker
from desktop.services.properties import EditDocument
from desktop.storage.library import Library
from desktop.ui.models.documents_model import DocumentRole
from desktop.ui.panels.library_panel import LibraryPanel
from desktop.ui.session import Session
from desktop.ui.theme.tokens import LIGHT


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> LibraryPanel:
    panel = LibraryPanel(session, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(268, 500)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def row_of(panel: LibraryPanel, edition: str) -> QModelIndex:
    """Return the row of an edition."""
    model = panel.list.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(index for index in rows if index.data(DocumentRole.EDITION) == edition)


def add_law(session: Session, folder: Path) -> str:
    (folder / "试验法.txt").write_text("试验法\n\n第一条　为了试验。", encoding="utf-8")
    command = import_document(read_file(folder / "试验法.txt"))
    assert session.run(command)
    return command.edition.id


def test_documents_come_and_go_with_the_library(panel: LibraryPanel, session: Session, tmp_path: Path) -> None:
    model = panel.list.model()
    assert model.rowCount() == 1
    law = add_law(session, tmp_path)
    assert model.rowCount() == 2
    assert row_of(panel, law).data() == "试验法"
    session.undo()
    assert model.rowCount() == 1


def test_the_text_in_view_is_the_accented_one(panel: LibraryPanel, session: Session, tmp_path: Path) -> None:
    law = add_law(session, tmp_path)
    assert not row_of(panel, law).data(DocumentRole.OPEN)
    session.open_edition(law)
    model = panel.list.model()
    assert row_of(panel, law).data(DocumentRole.OPEN)
    assert sum(model.index(row, 0).data(DocumentRole.OPEN) for row in range(2)) == 1


def test_a_click_and_enter_open(panel: LibraryPanel, qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    law = add_law(session, tmp_path)
    row = panel.list.visualRect(row_of(panel, law)).center()
    with qtbot.waitSignal(panel.edition_activated) as clicked:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert clicked.args == [law]
    qtbot.keyClick(panel.list, Qt.Key.Key_Down if row_of(panel, law).row() == 0 else Qt.Key.Key_Up)
    with qtbot.waitSignal(panel.edition_activated) as entered:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert session.reading is not None
    assert entered.args == [session.reading.edition.id]


def test_delete_asks_for_removal_of_the_document(panel: LibraryPanel, qtbot: QtBot, session: Session) -> None:
    assert session.reading is not None
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    with qtbot.waitSignal(panel.remove_requested) as caught:
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert caught.args == [session.reading.document.id]


def test_f2_asks_for_the_properties_of_the_document(panel: LibraryPanel, qtbot: QtBot, session: Session) -> None:
    assert session.reading is not None
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    with qtbot.waitSignal(panel.properties_requested) as caught:
        qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    assert caught.args == [session.reading.document.id]
    assert panel.properties_action in panel.list.actions()  # and so in the menu on a row


def test_kind_level_and_day_stand_on_a_line_of_their_own(panel: LibraryPanel, session: Session) -> None:
    assert session.reading is not None
    document, row = session.reading.document, panel.list.model().index(0, 0)
    before = panel.list.visualRect(row).height()
    assert row.data(DocumentRole.ABOUT) == ""
    assert session.run(EditDocument(document.id, document.title, "建议", "市", date(2025, 12, 8)))
    QApplication.processEvents()
    assert row.data(DocumentRole.ABOUT) == "建议 · 市 · 2025-12-08"
    assert panel.list.visualRect(row).height() > before
    panel.grab()


def test_an_empty_library_says_what_to_do(panel: LibraryPanel, qtbot: QtBot, session: Session) -> None:
    assert session.reading is not None
    session.run(RemoveDocument(session.reading.document))
    assert not panel.list.isVisible()
    with qtbot.waitSignal(panel.import_requested):
        panel.findChild(type(panel._empty)).action_requested.emit()  # noqa: SLF001 - its own page
    session.undo()
    assert panel.list.isVisible()
    with qtbot.waitSignal(panel.import_requested):
        qtbot.mouseClick(panel.import_button, Qt.MouseButton.LeftButton)


def test_a_hidden_panel_asks_nothing_and_catches_up(panel: LibraryPanel, session: Session) -> None:
    assert session.reading is not None
    panel.hide()
    session.run(Marker(session.library, session.reading).highlight(Span(0, 4), 1, "重点"))
    index = panel.list.model().index(0, 0)
    assert index.data(DocumentRole.MARKS) == 0
    panel.show()
    assert index.data(DocumentRole.MARKS) == 1


def test_before_the_library_is_open_the_text_in_view_is_shown(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    unattached = Session()
    unattached.reading = session.reading
    panel = LibraryPanel(unattached, LIGHT)
    qtbot.addWidget(panel)
    assert panel.list.model().rowCount() == 1
    library = Library.open(tmp_path / "empty.yuece", create=True)
    unattached.attach(library)
    panel.refresh()
    assert panel.list.model().rowCount() == 0
    unattached.close()
