"""Colleagues with libraries of their own, who hand bundles to one another."""

from dataclasses import replace
from pathlib import Path

from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.bundle import write_bundle
from desktop.exchange.writers.jsonld import write_jsonld
from desktop.model.bundle import Bundle
from desktop.model.mark import Mark
from desktop.model.operation import Operation
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.bundling import bundle_of
from desktop.services.command import perform
from desktop.services.exporting import Selection, build_report
from desktop.services.importing import ImportDocument, ImportedFile, import_document
from desktop.services.marking import EditMarks, Marker
from desktop.services.merging import MergeBundle, plan_merge, prepare_file_merge
from desktop.services.naming import RenameAuthor
from desktop.services.reading import Reading, open_reading
from desktop.storage.library import Library

TEXT = (
    "关于加快发展的意见\n"
    "一、总体要求\n"
    "1.坚持人民至上。尊重人民主体地位，在发展中保障和改善民生。\n"
    "2.坚持高质量发展。以新发展理念引领发展，因地制宜发展新质生产力。\n"
    "二、主要任务\n"
    "3.建设现代化产业体系。推动制造业高端化、智能化、绿色化发展。\n"
    "4.深入实施创新驱动发展战略。加强基础研究和关键核心技术攻关。\n"
)
OTHER = TEXT.replace("，", ",").replace("制造业高端化", "先进制造业高端化").replace("一、总体", "\n一、总体")


def file_of(text: str = TEXT, name: str = "意见.txt") -> ImportedFile:
    """Return a file with this text."""
    return ImportedFile(name, "txt", text.encode(), text, parse_outline(text))


class Desk:
    """A colleague with a library of their own, and one text in it."""

    def __init__(self, folder: Path, name: str, text: str | None = TEXT) -> None:
        self.library = Library.open(folder / f"{name}.yuece", create=True)
        perform(self.library, RenameAuthor(self.library.author.id, name))
        self.reading: Reading | None = None
        if text is not None:
            self.take(text)

    def take(self, text: str) -> ImportDocument:
        """Import a text, and read it from now on."""
        command = import_document(file_of(text))
        perform(self.library, command)
        self.reading = open_reading(self.library, command.edition.id)
        return command

    def mark(self, words: str, note: str = "", pen: int = 1) -> str:
        """Highlight words and write a note on them; return the mark's id."""
        start = self.reading.text.index(words)
        command = Marker(self.library, self.reading).highlight(Span(start, start + len(words)), pen, "重点")
        perform(self.library, command)
        mark_id = command.marks[0].id
        if note:
            self.edit(mark_id, note=note)
        return mark_id

    def edit(self, mark_id: str, **fields: object) -> None:
        """Change a mark."""
        perform(self.library, EditMarks("改", {mark_id: fields}))

    def bundle(self) -> Bundle:
        """Return what a colleague reads from the file that is handed over."""
        return read_bundle(write_bundle(bundle_of(self.library)))

    def merge(self, other: "Desk | Bundle") -> MergeBundle:
        """Merge what a colleague hands over."""
        command = MergeBundle(plan_merge(self.library, other.bundle() if isinstance(other, Desk) else other, "包"))
        perform(self.library, command)
        return command

    def merge_web(self, other: "Desk") -> MergeBundle:
        """Merge what a colleague hands over as web annotations."""
        file = read_annotations(write_jsonld(build_report(other.library, other.reading, Selection())))
        command = MergeBundle(prepare_file_merge(self.library, file, "网页")(UNWATCHED))
        perform(self.library, command)
        return command

    def counts(self, other: "Desk | Bundle") -> dict[str, int]:
        """Return what a merge would do, in numbers above 0."""
        plan = plan_merge(self.library, other.bundle() if isinstance(other, Desk) else other)
        return {outcome.value: count for outcome, count in plan.counts.items() if count}

    def marks(self) -> list[Mark]:
        """Return all marks, without the editions, which differ from library to library."""
        found = []
        for document in self.library.documents.all():
            for summary in self.library.editions.summaries():
                if summary.document_id == document.id:
                    found += self.library.marks.of_edition(summary.id)
        return sorted((replace(mark, document_id="", edition_id="") for mark in found), key=lambda mark: mark.id)

    def operations(self) -> list[Operation]:
        """Return the operations that count and reach colleagues."""
        found = []
        for subject in ("mark", "meeting", "author"):
            found += self.library.operations.active(subject)
        return found
