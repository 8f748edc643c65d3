"""The shelf: what the library holds, without reading texts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import RemoveDocument, import_document, read_file, shipped_plan
from desktop.services.marking import Marker
from desktop.services.reading import open_reading
from desktop.services.shelving import shelf
from desktop.storage.library import Library


def test_the_shelf_tells_file_and_marks_and_begins_with_the_latest(tmp_path: Path) -> None:
    (tmp_path / "法.txt").write_text("第一条　为了试验。", encoding="utf-8")
    with Library.open(tmp_path / "library.yuece", create=True) as library:
        plan, law = import_document(shipped_plan()), import_document(read_file(tmp_path / "法.txt"))
        law = replace(law, edition=replace(law.edition, imported=plan.edition.imported + timedelta(seconds=1)))
        perform(library, plan)
        perform(library, law)
        marker = Marker(library, open_reading(library, plan.edition.id))
        kept, removed = marker.highlight(Span(0, 2), 1, "重点"), marker.highlight(Span(2, 4), 1, "重点")
        for command in (kept, removed):
            perform(library, command)
        with library.transaction():
            removed.revert(library)
        shelved = shelf(library)
        assert [(one.edition_id, one.source_name, one.marks) for one in shelved] == [
            (law.edition.id, "法.txt", 0),
            (plan.edition.id, "hengyang-15fyp-proposal-page2.txt", 1),
        ]
        perform(library, RemoveDocument(plan.document))
        assert [one.document.id for one in shelf(library)] == [law.document.id]
