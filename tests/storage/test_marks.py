"""Marks come back as they were made, in the order of the text, whatever is done to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from desktop.model.mark import ClausePlace, MarkKind, MarkStyle, Passage

LATER = datetime(2026, 11, 23, tzinfo=UTC)


def test_marks_on_words_and_on_clauses_come_back_exactly(library, records):
    meeting = records.new_meeting()
    on_words = records.new_mark(note="第一行\n“第二行”\x00", tags=("乙/甲", "丙"), private=True, meeting_id=meeting.id)
    on_clause = records.new_mark(
        kind=MarkKind.NOTE, style=MarkStyle.NONE, pen=None, place=ClausePlace(7, 30, ("二、", "5.", "坚持“人民”至上"))
    )
    library.close()
    with type(library).open(library.path, read_only=True) as again:
        assert again.marks.get(on_words.id) == on_words
        assert again.marks.get(on_clause.id) == on_clause
        assert again.marks.get("nobody") is None


def test_times_are_kept_in_utc_and_must_have_a_zone(library, records):
    noon_in_china = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
    mark = records.new_mark(created=noon_in_china)
    assert library.marks.get(mark.id).created == noon_in_china
    assert library.marks.get(mark.id).created.tzinfo == UTC
    with pytest.raises(ValueError, match="without a zone"):
        records.new_mark(created=datetime(2026, 11, 22))  # noqa: DTZ001 - that is the point


def test_an_edition_lists_its_marks_in_the_order_of_the_text(library, records):
    created = records.mark().created
    late = records.new_mark(20, 22)
    short = records.new_mark(3, 5)
    younger = records.new_mark(3, 9, created=created + timedelta(microseconds=1))
    longer = records.new_mark(3, 9, created=created)
    gone = records.new_mark(4, 6)
    library.marks.remove(gone.id)
    elsewhere = records.new_mark(edition_id=records.new_edition(records.document, "别的版本").id)
    assert library.marks.of_edition(records.edition.id) == [longer, younger, short, late]
    assert library.marks.count_by_edition() == {records.edition.id: 4, elsewhere.edition_id: 1}


def test_a_meeting_lists_the_marks_made_in_it(library, records):
    meeting = records.new_meeting()
    second, first = (records.new_mark(start, 30, meeting_id=meeting.id, tags=("会",)) for start in (9, 2))
    gone = records.new_mark(meeting_id=meeting.id)
    records.new_mark()
    library.marks.remove(gone.id)
    assert library.marks.of_meeting(meeting.id) == [first, second]


def test_tags_in_use_are_counted(library, records):
    one = records.new_mark(tags=("甲/乙", "丙"))
    records.new_mark(tags=("丙",))
    library.marks.remove(records.new_mark(tags=("没有了",)).id)
    assert library.marks.tags() == {"丙": 2, "甲/乙": 1}
    library.marks.edit(one.id, tags=("丁",))
    assert library.marks.tags() == {"丁": 1, "丙": 1}
    library.documents.remove(records.document.id)
    assert library.marks.tags() == {}


CHANGES = {
    "kind": (MarkKind.OPINION, '"opinion"'),
    "style": (MarkStyle.UNDERLINE, '"underline"'),
    "pen": (None, "null"),
    "place": (
        Passage(8, 9, "坚", "5.", "持"),
        '{"start":8,"end":9,"exact":"坚","prefix":"5.","suffix":"持"}',
    ),
    "note": ("改过的“批注”", '"改过的“批注”"'),
    "tags": (("一", "二"), '["一","二"]'),
    "private": (True, "true"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_editing_a_field_changes_it_alone_and_is_one_operation(library, records, name):
    value, text = CHANGES[name]
    mark = records.new_mark(tags=("旧",))
    library.marks.edit(mark.id, **{name: value, "changed": LATER})
    assert library.marks.get(mark.id) == replace(mark, **{name: value, "changed": LATER})
    library.marks.edit(mark.id, **{name: value})
    operations = library.operations.of("mark", mark.id)
    assert [(operation.field, operation.value) for operation in operations[1:]] == [(name, text)]


def test_a_mark_moves_from_words_to_a_clause(library, records):
    mark = records.new_mark()
    place = ClausePlace(0, 7, ("二、",))
    library.marks.edit(mark.id, place=place)
    assert library.marks.get(mark.id) == replace(mark, place=place)
    (_, operation) = library.operations.of("mark", mark.id)
    assert operation.value == '{"start":0,"end":7,"path":["二、"],"words":""}'


def test_a_mark_enters_and_leaves_a_meeting(library, records):
    mark, meeting = records.new_mark(), records.new_meeting()
    library.marks.edit(mark.id, meeting_id=meeting.id)
    assert library.marks.of_meeting(meeting.id) == [replace(mark, meeting_id=meeting.id)]
    library.marks.edit(mark.id, meeting_id=None)
    assert library.marks.of_meeting(meeting.id) == []


def test_the_time_of_a_change_alone_is_no_operation(library, records):
    mark = records.new_mark()
    library.marks.edit(mark.id, changed=LATER)
    assert library.marks.get(mark.id).changed == LATER
    assert len(library.operations.of("mark", mark.id)) == 1


def test_a_removed_mark_is_a_tombstone_and_comes_back_whole(library, records):
    mark = records.new_mark(note="在", tags=("甲",))
    library.marks.remove(mark.id)
    assert library.marks.get(mark.id) == replace(mark, removed=True)
    assert library.marks.of_edition(mark.edition_id) == []
    library.marks.restore(mark.id)
    assert library.marks.of_edition(mark.edition_id) == [mark]


def test_adding_a_removed_mark_again_brings_it_back_as_it_was(library, records):
    mark = records.new_mark(tags=("甲",))
    library.marks.edit(mark.id, note="后来写的", tags=())
    library.marks.remove(mark.id)
    library.marks.add(mark)
    assert library.marks.get(mark.id) == replace(mark, note="后来写的", tags=())
    with pytest.raises(ValueError, match="is there already"):
        library.marks.add(mark)


@pytest.mark.parametrize("name", ["id", "edition_id", "created", "removed", "colour"])
def test_what_is_not_to_be_edited_is_refused(library, records, name):
    mark = records.new_mark()
    with pytest.raises(TypeError, match=name):
        library.marks.edit(mark.id, **{name: "x"})
    assert library.marks.get(mark.id) == mark


def test_private_marks_are_told_where_there_are_any(library, records):
    assert not library.marks.any_private()
    mark = records.new_mark(private=True)
    assert library.marks.any_private()
    assert library.marks.any_private(mark.edition_id)
    assert not library.marks.any_private("another")
    library.marks.remove(mark.id)
    assert not library.marks.any_private()


def test_shared_and_private_marks_are_counted_without_those_that_were_removed(records):
    store = records.library.marks
    assert store.count_shared() == (0, 0)
    ids = [records.new_mark(private=private).id for private in (False, False, False, True, True)]
    store.remove(ids[0])
    store.remove(ids[3])
    assert store.count_shared() == (2, 1)
