"""The shelf: what the library holds, without reading texts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import RemoveDocument, add_edition, import_document, read_file, shipped_plan
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


def test_editions_of_a_document_stand_together_under_its_title(tmp_path: Path) -> None:
    for name in ("法.txt", "法修订.txt"):
        (tmp_path / name).write_text(f"第一条　为了试验{name}。", encoding="utf-8")
    with Library.open(tmp_path / "library.yuece", create=True) as library:
        law, plan = import_document(read_file(tmp_path / "法.txt")), import_document(shipped_plan())
        time = law.edition.imported
        plan = replace(plan, edition=replace(plan.edition, imported=time + timedelta(seconds=1)))
        perform(library, law)
        perform(library, plan)
        second = add_edition(library, read_file(tmp_path / "法修订.txt"), law.document)
        second = replace(second, edition=replace(second.edition, imported=time + timedelta(seconds=2)))
        perform(library, second)
        assert [(one.edition_id, one.name, one.heads) for one in shelf(library)] == [
            (second.edition.id, "版本2", True),
            (law.edition.id, "导入版", False),
            (plan.edition.id, "", True),
        ]
