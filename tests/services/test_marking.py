"""Marks are made on the words that were meant, with all that is kept of them."""

import pytest

from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.writers.bundle import write_bundle
from desktop.model.errors import UserError
from desktop.model.mark import ClausePlace, MarkKind, MarkStyle, Passage
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.bundling import bundle_of
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker, innermost, recolour, retag, set_private, write
from desktop.services.reading import open_reading


def test_a_highlight_keeps_words_surroundings_author_and_device(library, reading, marker):
    start = reading.text.index("坚持人民至上")
    command = marker.highlight(Span(start, start + 6), 2, "疑问", tags=("民生",))
    assert command.label == "标为疑问"
    (mark,) = command.marks
    assert mark.place == Passage(
        start, start + 6, "坚持人民至上", reading.text[start - 32 : start], reading.text[start + 6 : start + 38]
    )
    assert (mark.kind, mark.style, mark.pen) == (MarkKind.HIGHLIGHT, MarkStyle.FILL, 2)
    assert (mark.note, mark.tags, mark.private, mark.meeting_id) == ("", ("民生",), False, None)
    assert (mark.author_id, mark.device_id) == (library.author.id, library.device.id)
    assert (mark.document_id, mark.edition_id) == (reading.document.id, reading.edition.id)
    assert mark.created == mark.changed
    perform(library, command)
    assert library.marks.of_edition(reading.edition.id) == [mark]


def test_an_underline_and_a_note_are_of_their_kind(marker):
    (line,), (note,) = marker.underline(Span(0, 5), 3).marks, marker.note(Span(0, 5), "  想一想\n", ("甲",)).marks
    assert (line.kind, line.style, line.pen) == (MarkKind.UNDERLINE, MarkStyle.UNDERLINE, 3)
    assert (note.kind, note.style, note.pen) == (MarkKind.NOTE, MarkStyle.NONE, None)
    assert (note.note, note.tags) == ("想一想", ("甲",))


def test_a_passage_may_cross_paragraphs_and_is_trimmed_at_its_ends(reading, marker):
    end_of_line = reading.text.index("\n", 2000)
    (mark,) = marker.highlight(Span(end_of_line - 4, end_of_line + 6), 1, "重点").marks
    assert mark.place.exact == reading.text[end_of_line - 4 : end_of_line + 6].strip()
    assert "\n" in mark.place.exact
    (to_the_break,) = marker.underline(Span(end_of_line - 4, end_of_line + 1), 1).marks
    assert to_the_break.place.exact == reading.text[end_of_line - 4 : end_of_line]


def test_at_the_edges_of_the_text_there_is_less_around(reading, marker):
    length = len(reading.text)
    (whole,) = marker.highlight(Span(0, length), 1, "重点").marks
    assert whole.place.exact == reading.text.strip()
    assert (whole.place.prefix, len(whole.place.suffix) < 32) == ("", True)
    (near,) = marker.highlight(Span(5, 7), 1, "重点").marks
    assert near.place.prefix == reading.text[:5]


def test_beyond_the_basic_plane_a_character_counts_as_one(library):
    text = "建议\n一、\U00020bb7甲\u00a0乙\u2028丙\n"
    from desktop.parsing.outline import parse_outline

    command = import_document(ImportedFile("建议.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    marker = Marker(library, open_reading(library, command.edition.id))
    (mark,) = marker.highlight(Span(5, 10), 1, "重点").marks
    perform(library, marker.highlight(Span(5, 6), 1, "重点"))
    assert mark.place.exact == "\U00020bb7甲\u00a0乙\u2028".strip()
    assert mark.place.prefix == "建议\n一、"
    assert [mark.place.exact for mark in library.marks.of_edition(command.edition.id)] == ["\U00020bb7"]


@pytest.mark.parametrize("words", ["", "\n"])
def test_nothing_but_blanks_is_refused(reading, marker, words):
    start = reading.text.index("\n") if words else 10
    span = Span(start, start + len(words))
    for make in (
        lambda: marker.highlight(span, 1, "重点"),
        lambda: marker.underline(span, 1),
        lambda: marker.note(span, "想"),
    ):
        with pytest.raises(UserError, match="没有选中文字"):
            make()


def test_a_note_on_a_clause_is_kept_by_span_and_label_path(reading, marker):
    node = next(node for node in reading.outline.nodes if node.clause.title == "坚持人民至上")
    command = marker.clause_note(node, " 好 ", ("甲",))
    (mark,) = command.marks
    words = node.clause.span.of(reading.text)[:64]
    assert mark.place == ClausePlace(node.clause.start, node.clause.end, ("二、", "5.", "坚持人民至上"), words)
    assert (mark.kind, mark.style, mark.note, mark.tags) == (MarkKind.NOTE, MarkStyle.NONE, "好", ("甲",))
    assert command.label == "写批注"
    assert marker.clause_note(node, "", ("甲",)).label == "设标签"


def test_a_note_is_edited_with_a_new_time(library, marker):
    added = marker.note(Span(0, 5), "")
    perform(library, added)
    (mark,) = added.marks
    first = write(mark, note="\n 想一想 \n")
    assert first.label == "写批注"
    perform(library, first)
    edited = library.marks.get(mark.id)
    assert (edited.note, edited.created, edited.changed) == ("想一想", mark.created, first.at)
    assert write(edited, note="再想").label == "修改批注"


def test_tags_are_set_as_given_and_counted(library, marker):
    added = marker.note(Span(0, 5), "想", ("乙", "甲"))
    perform(library, added)
    perform(library, write(added.marks[0], tags=("丙/丁", "甲")))
    assert library.marks.get(added.marks[0].id).tags == ("丙/丁", "甲")
    assert library.marks.tags() == {"丙/丁": 1, "甲": 1}


def test_private_and_shared_again(library, marker):
    added = marker.note(Span(0, 5), "想")
    perform(library, added)
    (mark,) = added.marks
    hide = set_private([mark], private=True)
    perform(library, hide)
    assert library.marks.get(mark.id).private
    share = set_private([mark], private=False)
    perform(library, share)
    assert not library.marks.get(mark.id).private
    assert (hide.label, share.label) == ("设为私人", "取消私人")


def test_recolouring_makes_highlights_of_bare_notes_but_not_of_lines_and_clauses(library, reading, marker):
    commands = [
        marker.highlight(Span(0, 5), 1, "重点"),
        marker.underline(Span(0, 5), 1),
        marker.note(Span(0, 5), "想"),
        marker.clause_note(reading.outline.nodes[1], "整条"),
    ]
    marks = []
    for command in commands:
        perform(library, command)
        marks += command.marks
    perform(library, recolour(marks, 4, "任务"))
    after = [library.marks.get(mark.id) for mark in marks]
    assert [(mark.kind, mark.style, mark.pen) for mark in after] == [
        (MarkKind.HIGHLIGHT, MarkStyle.FILL, 4),
        (MarkKind.UNDERLINE, MarkStyle.UNDERLINE, 4),
        (MarkKind.HIGHLIGHT, MarkStyle.FILL, 4),
        (MarkKind.NOTE, MarkStyle.NONE, None),
    ]


def test_the_innermost_of_marks_is_the_shortest(marker):
    marks = [marker.highlight(Span(0, end), 1, "重点").marks[0] for end in (9, 3, 6)]
    assert [mark.span.end for mark in innermost(marks)] == [3, 6, 9]


def test_every_change_of_a_mark_is_an_operation_that_names_the_one_before(library, marker):
    added = marker.note(Span(0, 5), "一")
    perform(library, added)
    (mark,) = added.marks
    edit = write(mark, note="二")
    perform(library, edit)
    edit.revert(library)
    added.revert(library)
    operations = library.operations.of("mark", mark.id)
    assert [(operation.field, operation.value) for operation in operations[1:]] == [
        ("note", '"二"'),
        ("note", '"一"'),
        ("removed", "true"),
    ]
    whole, second, third, removal = operations
    assert [second.replaces, third.replaces, removal.replaces] == [whole.id, second.id, whole.id]
    assert library.marks.get(mark.id).removed


def test_what_colleagues_could_not_read_is_refused_in_words_and_nothing_changes(library, marker):
    perform(library, marker.note(Span(0, 4), "长" * 1_000_000, ("甲",)))
    (mark,) = library.marks.of_edition(marker.note(Span(0, 4), "").marks[0].edition_id)
    before = library.clock()
    for command in (
        write(mark, note="长" * 1_000_001),
        retag([mark], (), tuple(f"标{number}" for number in range(1_000))),
        write(mark, tags=("长" * 1_000_001,)),
        marker.note(Span(0, 4), "长" * 1_000_001),
    ):
        with pytest.raises(UserError, match=r"太长|个标签"):
            perform(library, command)
    assert library.clock() == before
    bundle = bundle_of(library)
    assert read_bundle(write_bundle(bundle)) == bundle


def test_the_words_of_a_mark_are_limited_too(library):
    text = "字" * 1_000_001 + "\n"
    command = import_document(ImportedFile("长.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    marker = Marker(library, open_reading(library, command.edition.id))
    with pytest.raises(UserError, match="选中的文字太多"):
        perform(library, marker.highlight(Span(0, 1_000_001), 1, "重点"))
    perform(library, marker.highlight(Span(0, 1_000_000), 1, "重点"))
    bundle = bundle_of(library)
    assert read_bundle(write_bundle(bundle)) == bundle
