"""What is handed over: the shared marks of one text, in its order, under names and not under ids."""

import zipfile
from datetime import UTC, date, datetime

import pytest

from desktop.exchange.formats import form_of, forms
from desktop.exchange.watch import Watch
from desktop.model.errors import CancelledError, ExportError
from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.exporting import Selection, build_report, export, prepare_report
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker, RemoveMarks, set_private
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.naming import RenameAuthor, RenamePens
from desktop.services.reading import open_reading


@pytest.fixture
def marks(library, reading, marker):
    """Make marks in the plan, not in the order of its text; by what they are for."""
    meeting = start_meeting("逐条讨论会", date(2026, 3, 5))
    clause = next(node for node in reading.outline.nodes if node.clause.label == "22.")
    made = {}

    def add(name, command):
        perform(library, command)
        (made[name],) = command.marks

    add("late", marker.note(Span(5000, 5010), "在后", ("甲", "乙/丙")))
    add("private", marker.note(Span(300, 310), "只给自己"))
    perform(library, set_private([made["private"]], private=True))
    add("short", marker.highlight(Span(200, 205), 1, "重点"))
    add("long", marker.highlight(Span(200, 230), 2, "疑问"))
    add("removed", marker.underline(Span(400, 410), 3))
    perform(library, RemoveMarks((made["removed"].id,)))
    perform(library, meeting)
    add("second", marker.clause_note(clause, "会上说的"))
    add("first", marker.note(Span(1000, 1010), "会上先说的"))
    add("secret", marker.note(Span(1100, 1110), "会上没说的"))
    perform(library, set_private([made["secret"]], private=True))
    perform(library, EndMeeting(meeting.meeting.id))
    made["meeting"] = meeting.meeting
    return made


def test_shared_marks_are_handed_over_in_the_order_of_the_text(library, reading, marks):
    report = build_report(library, reading, Selection())
    starts = [(mark.span.start, -mark.span.end) for mark in report.marks]
    assert starts == sorted(starts)
    assert [mark.id for mark in report.marks[:2]] == [marks["long"].id, marks["short"].id]
    assert {mark.id for mark in report.marks} == {
        marks[name].id for name in ("late", "short", "long", "first", "second")
    }


def test_a_report_holds_text_outline_pens_and_its_time(library, reading, marks):
    perform(library, RenamePens({1: "要点"}))
    report = build_report(library, reading, Selection())
    assert (report.title, report.subtitle) == (reading.document.title, "")
    assert (report.text, report.outline) == (reading.text, reading.outline)
    assert report.pens[0].name == "要点"
    assert abs((datetime.now(UTC) - report.made).total_seconds()) < 60


def test_a_mark_is_handed_over_under_names(library, reading, marks):
    perform(library, RenameAuthor(library.author.id, "王\U00020bb7"))
    by_id = {mark.id: mark for mark in build_report(library, reading, Selection()).marks}
    clause = by_id[marks["second"].id]
    assert (clause.author, clause.meeting, clause.on_clause) == ("王\U00020bb7", "逐条讨论会", True)
    assert (clause.address, clause.quote) == ("六 · 22", "22.加快建设区域消费中心。")
    words = by_id[marks["late"].id]
    assert (words.meeting, words.on_clause, words.note, words.tags) == ("", False, "在后", ("甲", "乙/丙"))
    assert words.quote == reading.text[5000:5010].strip()
    assert words.address == reading.address(words.span.start)
    assert (words.created, words.changed, words.span) == (
        marks["late"].created,
        marks["late"].changed,
        marks["late"].span,
    )


def test_a_meeting_is_exported_by_itself_in_the_order_of_the_text(library, reading, marks):
    report = build_report(library, reading, Selection(marks["meeting"].id))
    assert [mark.id for mark in report.marks] == [marks["first"].id, marks["second"].id]
    assert report.subtitle == "逐条讨论会（2026年3月5日）"


def test_marks_of_another_text_stay_out(library, reading, marks):
    from desktop.parsing.outline import parse_outline

    text = "办法\n第一条　为了试验。\n"
    command = import_document(ImportedFile("办法.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    other = open_reading(library, command.edition.id)
    perform(library, Marker(library, other).highlight(Span(3, 6), 1, "重点"))
    assert len(build_report(library, other, Selection()).marks) == 1
    assert len(build_report(library, reading, Selection()).marks) == 5


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.key)
def test_private_marks_are_in_no_file(library, reading, marks, tmp_path, form):
    path = tmp_path / f"a{form.suffix}"
    export(build_report(library, reading, Selection()), path, form=form)
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            data = b"".join(package.read(name) for name in package.namelist())
    found = data.decode("utf-8", "replace")
    assert "会上说的" in found
    assert "只给自己" not in found
    assert "会上没说的" not in found


def test_private_marks_are_handed_over_only_when_they_are_asked_for(library, reading, marks):
    report = build_report(library, reading, Selection(private=True))
    assert {mark.id for mark in report.marks if mark.private} == {marks["private"].id, marks["secret"].id}


def test_a_report_knows_its_file_and_where_notes_on_clauses_stand(library, reading, marks):
    report = build_report(library, reading, Selection())
    assert report.sha256 == reading.edition.sha256
    paths = {mark.id: mark.clause_path for mark in report.marks}
    assert paths[marks["second"].id] == marks["second"].place.path
    assert paths[marks["late"].id] == ()


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.key)
def test_an_export_that_is_stopped_leaves_nothing_behind(library, reading, marks, tmp_path, form):
    report = build_report(library, reading, Selection())
    folder = tmp_path / "出"
    folder.mkdir()
    assert not export(report, folder / f"a{form.suffix}", form=form, watch=Watch(lambda: True))
    assert not list(folder.iterdir())
    assert export(report, folder / f"a{form.suffix}", form=form)
    assert [path.name for path in folder.iterdir()] == [f"a{form.suffix}"]


def test_collecting_marks_can_be_stopped(library, reading, marks):
    with pytest.raises(CancelledError):
        prepare_report(library, reading, Selection())(Watch(lambda: True))


def test_a_form_whose_writer_is_handed_in_is_written_by_it(library, reading, marks, tmp_path):
    report = build_report(library, reading, Selection())
    form = form_of(tmp_path / "a.pdf", among=forms({".pdf": lambda report, *_: report.title.encode()}))
    assert export(report, tmp_path / "a.pdf", form=form)
    assert (tmp_path / "a.pdf").read_text("utf-8") == report.title
    with pytest.raises(ExportError, match="pdf"):
        export(report, tmp_path / "b.pdf")


def test_an_existing_file_is_refused_and_left_as_it_is(library, reading, marks, tmp_path):
    report = build_report(library, reading, Selection())
    path = tmp_path / "摘录.md"
    path.write_text("旧的", encoding="utf-8")
    with pytest.raises(ExportError, match="已经存在"):
        export(report, path)
    assert path.read_text("utf-8") == "旧的"
    export(report, path, overwrite=True)
    assert "会上说的" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["全文.xyz", "全文", "全文.txt"])
def test_a_format_that_is_not_written_is_refused(library, reading, tmp_path, name):
    with pytest.raises(ExportError):
        export(build_report(library, reading, Selection()), tmp_path / name)
    assert not (tmp_path / name).exists()
