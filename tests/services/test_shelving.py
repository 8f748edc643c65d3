"""The shelf: what the library holds, without reading texts."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from desktop.model.search import Request
from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import (
    ImportDocument,
    RemoveDocument,
    add_edition,
    import_document,
    read_file,
    shipped_plan,
)
from desktop.services.marking import Marker
from desktop.services.properties import EditDocument
from desktop.services.reading import open_reading
from desktop.services.searching import Searcher
from desktop.services.shelving import shelf, titles_apart
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


def test_editions_of_one_title_are_told_apart(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.yuece", create=True) as library:

        def taken_in(name: str, text: str, issued: date | None = None) -> ImportDocument:
            (tmp_path / name).write_text(text, encoding="utf-8")
            command = import_document(read_file(tmp_path / name))
            command = replace(command, document=replace(command.document, title=text[:3], issued=issued))
            perform(library, command)
            return command

        alone = taken_in("别的.txt", "别的法\n第一条　一。")
        old, new = (taken_in(f"法{n}.txt", f"慈善法\n第一条　{n}。") for n in (1, 2))
        titles = titles_apart(library)
        assert [titles[one.edition.id] for one in (alone, old, new)] == [
            "别的法",
            "慈善法（法1.txt）",
            "慈善法（法2.txt）",
        ]
        for one, day in ((old, date(2016, 3, 16)), (new, date(2023, 12, 29))):
            perform(library, EditDocument(one.document.id, "慈善法", "", "", day))
        titles = titles_apart(library)
        assert [titles[one.edition.id] for one in (old, new)] == ["慈善法（2016-03-16）", "慈善法（2023-12-29）"]
        (tmp_path / "法3.txt").write_text("慈善法\n第一条　三。", encoding="utf-8")
        further = add_edition(library, read_file(tmp_path / "法3.txt"), new.document)
        perform(library, further)
        titles = titles_apart(library)
        assert titles[further.edition.id] == "慈善法（2023-12-29，版本2）"
        assert len(set(titles.values())) == 4
        found = Searcher(library).everything(Request("慈善法 OR 别的")).hits
        assert {one.title for one in found} == set(titles.values())
