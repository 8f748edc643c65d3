"""What colleagues hand over is taken over whole, the same in whatever order it comes, and can be taken back."""

import json
import random
import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.formats import FORMS
from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.bundle import write_bundle
from desktop.exchange.writers.jsonld import write_jsonld
from desktop.model.author import ANNOTATION_DEVICE
from desktop.model.decoding import values_of
from desktop.model.errors import ExportError, UnreadableFileError, UserError
from desktop.model.export import DEFAULT_OPTIONS
from desktop.model.history import histories
from desktop.model.mark import Verdict
from desktop.model.operation import highest_clock
from desktop.model.report import NO_REPORT
from desktop.model.span import Span
from desktop.services import bundling, settling
from desktop.services.bundling import bundle_of, count_of
from desktop.services.command import new_id, perform
from desktop.services.deciding import ResolveConflict, conflicts, joined, value_at
from desktop.services.exporting import Selection, build_report
from desktop.services.homes import Homes
from desktop.services.importing import RemoveDocument, namesake, take_in
from desktop.services.marking import EditMarks, Marker, RemoveMarks, set_private
from desktop.services.meeting import start_meeting
from desktop.services.merging import MergeBundle, Outcome, plan_merge, prepare_file_merge, read_for_merging
from desktop.services.reading import open_reading
from desktop.services.settling import mark_of
from desktop.services.telling import Telling
from tests.services.desks import OTHER, TEXT, Desk, file_of


@pytest.fixture
def desks(tmp_path):
    made = []

    def make(name: str, text: str | None = TEXT) -> Desk:
        made.append(Desk(tmp_path, name, text))
        return made[-1]

    yield make
    for desk in made:
        desk.library.close()


def test_a_bundle_brings_marks_with_their_authors_and_its_second_merge_changes_nothing(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "谁来落实？")
    perform(zhang.library, start_meeting("讨论会", zhang.library.marks.get(mark_id).created.date()))
    zhang.mark("新质生产力")
    assert li.counts(zhang) == {"new": 2}
    li.merge(zhang)
    mine = li.library.marks.get(mark_id)
    assert (mine.note, mine.place.exact, mine.placing.verdict) == ("谁来落实？", "人民主体地位", Verdict.UNCHANGED)
    assert mine.edition_id == li.reading.edition.id
    assert li.library.authors.get(mine.author_id).name == "张"
    assert [meeting.name for meeting in li.library.meetings.all()] == ["讨论会"]
    assert li.library.meetings.running() is None, "a colleague's meeting is none of ours"
    assert _visible(li) == _visible(zhang)
    assert li.counts(zhang) == {"same": 2}
    before = li.library.clock()
    li.merge(zhang)
    assert li.library.clock() == before
    assert li.library.check().sound


def test_a_merge_is_taken_back_whole_and_writes_nothing_that_reaches_colleagues(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "想")
    li.merge(zhang)
    own = li.mark("新质生产力")
    li.edit(own, note="一")
    zhang.edit(mark_id, note="再想")
    zhang.mark("智能化")
    before = li.marks(), write_bundle(li.bundle())
    command = li.merge(zhang)
    assert li.library.marks.get(mark_id).note == "再想"
    with li.library.transaction():
        changes = command.revert(li.library)
    assert mark_id in changes.marks
    assert (li.marks(), write_bundle(li.bundle())) == before
    perform(li.library, command)
    assert li.library.marks.get(mark_id).note == "再想"
    with li.library.transaction():
        command.revert(li.library)
    assert li.counts(zhang) == {"new": 1, "changed": 1}
    li.merge(zhang)
    assert li.library.marks.get(mark_id).note == "再想"
    assert len(li.marks()) == 3


REPEATED = (
    "一、项目建设\n"
    "5.实施产业升级工程,培育主导产业集群。加强组织领导,压实工作责任。\n"
    "6.实施交通畅通工程,建成环城高速公路。加强组织领导,压实工作责任。\n"
    "7.实施教育提质工程,新建改扩建学校二十所。加强组织领导,压实工作责任。\n"
)


OTHER_REPEATED = "一、项目建设\n" + "".join(
    f"{number}.{line[2:]}\n" for number, line in enumerate(REPEATED.splitlines()[:0:-1], 1)
)


def test_what_is_said_in_several_clauses_goes_to_its_own_in_another_edition_also_by_way_of_a_third(desks):
    zhang, wang = desks("张", REPEATED), desks("王", None)
    new = REPEATED.replace("5.实", "5.实施水利提升工程,除险加固水库。加强组织领导,压实工作责任。\n6.实", 1)
    new = new.replace("7.实施教", "8.实施教").replace("6.实施交", "7.实施交").replace("。加强", "。\n要加强")
    li = desks("李", new)
    start = REPEATED.index("压实工作责任", REPEATED.index("6."))
    marker = Marker(zhang.library, zhang.reading)
    (mark,) = _made(zhang, marker.note(Span(start, start + 6), "怎么压实？"))
    (private,) = _made(zhang, marker.note(Span(9, 13), "私下想想"))
    perform(zhang.library, set_private([private], private=True))
    (origin,) = zhang.bundle().origins
    assert [clause.path for clause in origin.clauses] == [("一、",), ("一、", "6.")]
    wang.merge(zhang)
    assert wang.bundle().origins == (origin,)
    li.merge(wang)
    found = li.library.marks.get(mark.id)
    assert found.placing.verdict is Verdict.MOVED
    assert found.span.start == new.index("压实工作责任", new.index("7."))


def _made(desk, command):
    perform(desk.library, command)
    return command.marks


def test_two_edits_of_one_note_are_a_conflict_that_keeps_both_until_somebody_decides(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    zhang.edit(mark_id, note="张的")
    li.edit(mark_id, note="李的")
    assert li.counts(zhang) == {"conflicting": 1}
    li.merge(zhang)
    zhang.merge(li)
    assert li.marks()[0].note == zhang.marks()[0].note
    (conflict,) = conflicts(li.library)
    assert (conflict.subject_id, conflict.field) == (mark_id, "note")
    assert {value_at(head) for head in conflict.heads} == {"张的", "李的"}
    assert value_at(conflict.heads[0]) == li.library.marks.get(mark_id).note
    resolve = ResolveConflict(conflict, '"两人的"')
    perform(li.library, resolve)
    assert conflicts(li.library) == []
    assert li.library.marks.get(mark_id).note == "两人的"
    with li.library.transaction():
        resolve.revert(li.library)
    assert {value_at(head) for head in conflicts(li.library)[0].heads} == {"张的", "李的"}
    assert value_at(conflicts(li.library)[0].heads[0]) == value_at(conflict.heads[0])
    perform(li.library, resolve)
    assert zhang.counts(li) == {"changed": 1}
    zhang.merge(li)
    assert conflicts(zhang.library) == []
    assert zhang.library.marks.get(mark_id).note == "两人的"
    zhang.edit(mark_id, note="后来的")
    assert conflicts(zhang.library) == []
    li.merge(zhang)
    assert conflicts(li.library) == []
    assert li.library.marks.get(mark_id).note == "后来的"


def test_equal_edits_are_no_conflict(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位")
    li.merge(zhang)
    zhang.edit(mark_id, note="同")
    li.edit(mark_id, note="同")
    assert li.counts(zhang) == {"same": 1}
    li.merge(zhang)
    assert conflicts(li.library) == []
    li.edit(mark_id, note="异")
    assert conflicts(li.library) == []
    assert li.library.marks.get(mark_id).note == "异"


def test_a_removal_reaches_colleagues_and_a_mark_that_was_never_there_stays_away(desks):
    zhang, li = desks("张"), desks("李")
    known, unknown = zhang.mark("人民主体地位"), zhang.mark("新质生产力")
    zhang_once = zhang.bundle()
    perform(zhang.library, RemoveMarks((unknown,)))
    li.merge(zhang)
    perform(zhang.library, RemoveMarks((known,)))
    assert li.counts(zhang) == {"removed": 1, "same": 1}
    li.merge(zhang)
    assert li.marks() == []
    assert li.counts(zhang) == {"same": 2}
    li.merge(zhang_once)
    assert li.marks() == []


def test_nothing_of_a_private_mark_is_in_a_bundle_nor_of_what_only_it_names(desks):
    zhang = desks("张")
    perform(zhang.library, start_meeting("秘密会议", zhang.reading.document.created.date()))
    secret = zhang.mark("人民主体地位", "天机")
    zhang.edit(secret, tags=("机密标签",))
    shared = bundle_of(zhang.library)
    assert count_of(shared) == 1
    perform(zhang.library, set_private([zhang.library.marks.get(secret)], private=True))
    assert zhang.library.marks.count_shared() == (0, 1)
    data = write_bundle(bundle_of(zhang.library))
    with ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for words in ("秘密会议", "天机", "机密标签", "人民主体地位", secret):
        assert words.encode() not in everything
    assert TEXT[:20].encode() not in everything
    assert count_of(read_bundle(data)) == 0


def test_a_colleague_cannot_make_a_private_mark_public_again(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位")
    li.merge(zhang)
    perform(zhang.library, set_private([zhang.library.marks.get(mark_id)], private=True))
    for private in (True, False):
        perform(li.library, set_private([li.library.marks.get(mark_id)], private=private))
    zhang.merge(li)
    assert zhang.library.marks.get(mark_id).private
    assert count_of(bundle_of(zhang.library)) == 0
    perform(zhang.library, set_private([zhang.library.marks.get(mark_id)], private=False))
    assert not zhang.library.marks.get(mark_id).private
    assert count_of(bundle_of(zhang.library)) == 1


def test_the_same_library_gives_the_same_bytes(desks):
    zhang, li = desks("张"), desks("李")
    zhang.mark("人民主体地位", "想")
    assert write_bundle(bundle_of(zhang.library)) == write_bundle(bundle_of(zhang.library))
    li.merge(zhang)
    assert li.bundle().operations == tuple(o for o in zhang.bundle().operations)


def test_marks_made_on_another_text_are_placed_by_their_words_each_with_a_verdict(desks):
    zhang, li = desks("张"), desks("李", OTHER)
    same = zhang.mark("坚持人民至上")
    rewritten = zhang.mark("推动制造业高端化、智能化、绿色化发展")
    zhang.take(TEXT + "5.另外一条，只有这里才有的内容。\n")
    lost = zhang.mark("另外一条，只有这里才有的内容")
    assert li.counts(zhang) == {"new": 2, "unplaced": 1}
    li.merge(zhang)
    found = {mark_id: li.library.marks.get(mark_id) for mark_id in (same, rewritten, lost)}
    assert found[same].placing.verdict is Verdict.MOVED
    assert found[same].span.of(OTHER) == "坚持人民至上"
    assert found[rewritten].placing.verdict is Verdict.REWRITTEN
    assert found[rewritten].place.exact == "推动先进制造业高端化、智能化、绿色化发展"
    assert found[lost].lost
    assert found[lost].place.exact == "另外一条，只有这里才有的内容"
    assert found[lost].span == (0, 0)
    assert li.reading.address_of(found[lost]) == "未找到"
    assert li.counts(zhang) == {"same": 3}
    # From there on to a third, who has the text it was made on.
    wang = desks("王")
    wang.merge(li)
    assert wang.library.marks.get(rewritten).placing.verdict is Verdict.UNCHANGED


def test_marks_without_a_text_wait_for_it_and_wait_again_when_its_import_is_taken_back(desks):
    zhang, li = desks("张"), desks("李", None)
    mark_id = zhang.mark("人民主体地位", "想")
    clause = Marker(zhang.library, zhang.reading).clause_note(zhang.reading.outline.nodes[1], "全条")
    perform(zhang.library, clause)
    assert li.counts(zhang) == {"unplaced": 2}
    merge = li.merge(zhang)
    (document,) = li.library.documents.all()
    assert document.title == zhang.reading.document.title
    waiting = li.library.marks.get(mark_id)
    assert waiting.lost
    assert open_reading(li.library, waiting.edition_id).text == ""
    assert li.library.check().sound
    command = li.take(TEXT)
    assert [one.id for one in li.library.documents.all()] == [command.document.id]
    assert li.library.marks.get(mark_id).placing.verdict is Verdict.UNCHANGED
    assert li.library.marks.get(clause.marks[0].id).placing.verdict is Verdict.UNCHANGED
    with li.library.transaction():
        command.revert(li.library)
    assert li.library.marks.get(mark_id).lost
    perform(li.library, command)
    assert not li.library.marks.get(mark_id).lost
    with li.library.transaction():
        merge.revert(li.library)
    assert li.marks() == []
    assert [one.id for one in li.library.documents.all()] == [command.document.id]
    assert li.library.check().sound


def test_taking_back_the_merge_takes_the_document_without_a_text_along(desks):
    zhang, li = desks("张"), desks("李", None)
    zhang.mark("人民主体地位")
    merge = li.merge(zhang)
    with li.library.transaction():
        merge.revert(li.library)
    assert li.library.documents.all() == []
    perform(li.library, merge)
    assert len(li.library.documents.all()) == 1


def test_an_operation_of_the_same_id_that_says_something_else_is_refused(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "真的")
    li.merge(zhang)
    bundle = zhang.bundle()
    forged = tuple(
        replace(one, value='"假的"') if one.subject_id == mark_id and one.field == "note" else one
        for one in bundle.operations
    )
    with pytest.raises(UnreadableFileError, match=r"“包.yuece”没有合并：.*编号相同"):
        plan_merge(li.library, replace(bundle, operations=forged), "包.yuece")


def test_clocks_ahead_of_all_that_can_have_been_done_are_refused_and_those_below_win_no_more_than_once(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    bundle = zhang.bundle()
    last = bundle.operations[-1]

    def ahead(clock):
        made = replace(last, id=new_id(), clock=clock, value='"永远的"', replaces=last.id)
        return replace(bundle, operations=(*bundle.operations, made))

    for clock in (highest_clock(datetime.now(UTC)) + 60, 2**53):
        with pytest.raises(UnreadableFileError, match="多得不可能"):
            plan_merge(li.library, ahead(clock))
    li.merge(ahead(highest_clock(datetime.now(UTC))))
    assert li.library.marks.get(mark_id).note == "永远的"
    li.edit(mark_id, note="李的")
    assert li.library.marks.get(mark_id).note == "李的"
    # A moment later others take it over.
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert li.library.clock() < highest_clock(later)
    li.merge(li.bundle())


def test_times_to_come_are_told_and_merged(desks):
    zhang, li = desks("张"), desks("李")
    zhang.mark("人民主体地位", "想")
    bundle = zhang.bundle()
    late = datetime(2150, 1, 1, tzinfo=UTC)
    made = tuple(replace(one, at=late) if one.field == "note" else one for one in bundle.operations)
    plan = plan_merge(li.library, replace(bundle, operations=made))
    assert [remark[:4] for remark in plan.remarks] == ["有 1 "]
    assert plan_merge(li.library, bundle).remarks == ()


def test_a_mark_that_is_told_anew_by_another_maker_is_refused(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "想")
    li.merge(zhang)
    bundle = li.bundle()
    added = next(one for one in bundle.operations if one.subject_id == mark_id and not one.field)
    forged = added.value.replace(zhang.library.author.id, li.library.author.id)
    own = tuple(li.library.operations.active("author", [li.library.author.id]))
    made = replace(added, id=new_id(), clock=li.library.clock() + 1, value=forged, replaces=added.id)
    with pytest.raises(UnreadableFileError, match="编号相同"):
        plan_merge(zhang.library, replace(bundle, operations=(*bundle.operations, *own, made)))


def test_a_new_mark_on_which_colleagues_disagree_is_counted_as_the_conflict_that_it_is_shown_as(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    zhang.edit(mark_id, note="张的", tags=("张",))
    li.edit(mark_id, note="李的", tags=("李",))
    li.merge(zhang)
    assert wang.counts(li) == {"conflicting": 1}
    wang.merge(li)
    assert {one.field for one in conflicts(wang.library)} == {"note", "tags"}
    assert wang.counts(li) == wang.counts(zhang) == {"same": 1}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "highlight", "style": "fill", "pen": None},
        {"kind": "task", "style": "underline", "place": {"start": 0, "end": 9, "path": []}},
        {"place": {"start": 0, "end": 0, "exact": "", "prefix": "", "suffix": ""}},
        {"place": {"start": 10**9, "end": 10**10, "exact": "\n", "prefix": "", "suffix": ""}},
        {"tags": ["", "", "a\nb", "/", "长" * 100_000], "note": "\x00\x1b[31m\u2028"},
        {"created": "1970-01-01T00:00:00.000000Z", "changed": "2199-12-31T23:59:59.999999Z"},
    ],
    ids=str,
)
def test_a_mark_that_no_program_of_ours_would_make_does_no_harm(desks, fields):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位")
    made = [
        replace(one, value=json.dumps(json.loads(one.value) | fields, ensure_ascii=False, separators=(",", ":")))
        if one.subject_id == mark_id
        else one
        for one in zhang.bundle().operations
    ]
    bundle = read_bundle(write_bundle(replace(zhang.bundle(), operations=tuple(made))))
    telling = Telling(li.library, plan := plan_merge(li.library, bundle))
    assert [telling.tell(line).author for line in plan.lines] == ["张"]
    command = li.merge(bundle)
    for summary in li.library.editions.summaries():
        reading = open_reading(li.library, summary.id)
        report = build_report(li.library, reading, Selection())
        for form in FORMS:
            assert form.writer is None or form.writer(report, DEFAULT_OPTIONS, UNWATCHED)
    assert li.library.check().sound
    assert write_bundle(li.bundle())
    with li.library.transaction():
        command.revert(li.library)
    assert li.marks() == []


def test_a_text_of_the_same_id_that_is_another_one_is_refused(desks):
    zhang, li = desks("张"), desks("李")
    zhang.mark("人民主体地位")
    li.merge(zhang)
    bundle = zhang.bundle()
    for told in ({"sha256": "0" * 64}, {"text_sha256": "0" * 64}, {"length": 7}):
        with pytest.raises(UnreadableFileError, match="编号相同"):
            plan_merge(li.library, replace(bundle, origins=tuple(replace(one, **told) for one in bundle.origins)))
    renamed = tuple(replace(one, title="另起的题目") for one in bundle.origins)
    assert plan_merge(li.library, replace(bundle, origins=renamed)).lines


def test_each_mark_of_a_file_is_counted_once(desks):
    zhang, li = desks("张"), desks("李")
    for words in ("人民主体地位", "新质生产力", "智能化", "攻关"):
        zhang.mark(words)
    li.merge(zhang)
    first, second, third, _ = (mark.id for mark in zhang.marks())
    zhang.edit(first, note="改")
    zhang.edit(second, note="张")
    li.edit(second, note="李")
    perform(zhang.library, RemoveMarks((third,)))
    zhang.mark("基础研究")
    assert li.counts(zhang) == {"new": 1, "same": 1, "changed": 1, "conflicting": 1, "removed": 1}
    assert set(plan_merge(li.library, zhang.bundle()).counts) == set(Outcome)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "add",
                "note",
                "tags",
                "remove",
                "restore",
                "private",
                "share",
                "merge",
                "twice",
                "undo",
                "web",
                "undo-web",
            ]
        ),
        st.integers(0, 3),
        st.integers(0, 30),
    ),
    max_size=25,
)


@given(ACTIONS, st.permutations(range(4)), st.permutations(range(4)))
@settings(max_examples=12, deadline=None)
def test_in_whatever_order_bundles_are_merged_one_library_comes_of_it(steps, order, other_order):
    with tempfile.TemporaryDirectory() as folder:
        desks = [Desk(Path(folder), name, text) for name, text in zip("甲乙丙丁", (TEXT, OTHER) * 2, strict=True)]
        readers = [Desk(Path(folder), name) for name in "戊己"]
        try:
            for action, who, number in steps:
                _act(desks, action, who, number)
            bundles = [desk.bundle() for desk in desks]
            for index in order:
                readers[0].merge(bundles[index])
            for index in (*other_order, *order):
                taken_back = readers[1].merge(bundles[index])
                if index % 2:
                    with readers[1].library.transaction():
                        taken_back.revert(readers[1].library)
                    readers[1].merge(bundles[index])
            one, other = (_shared(desk) for desk in readers)
            assert one[0] == other[0]
            assert one[1] == other[1]
            # And the colleagues themselves agree, once each has what all have.
            for desk in desks:
                for bundle in bundles:
                    desk.merge(bundle)
            views = [_visible(desk) for desk in desks]
            # But for what somebody made private: of that, and of its removal, nobody else hears any more.
            seen = {mark_id for view in views for mark_id in view}
            private = {mark_id for mark_id in seen if any(_is_private(desk, mark_id) for desk in desks)}
            agreed = [{mark_id: mark for mark_id, mark in view.items() if mark_id not in private} for view in views]
            assert agreed[:2] == agreed[2:], "each two have one text"
            assert _wherever(agreed[0]) == _wherever(agreed[1])
            for desk in (*desks, *readers):
                assert desk.library.check().sound
        finally:
            for desk in (*desks, *readers):
                desk.library.close()


@pytest.mark.parametrize("decided", [True, False])
@pytest.mark.parametrize("side", [0, 1, None])
def test_a_merge_is_taken_back_after_what_was_done_on_it_was(desks, decided, side):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    li.edit(mark_id, note="李的")
    if decided:
        zhang.edit(mark_id, note="张的")
    before = _state(zhang)
    merge = zhang.merge(li)
    done = [EditMarks("改", {mark_id: {"note": "后来的"}})]
    if decided:
        (conflict,) = conflicts(zhang.library)
        done.insert(0, ResolveConflict(conflict, joined(conflict) if side is None else conflict.heads[side].value))
    merged = _state(zhang)
    for command in done:
        perform(zhang.library, command)
    for command in done[::-1]:
        _revert(zhang, command)
    assert _state(zhang) == merged
    _revert(zhang, merge)
    assert _state(zhang) == before
    wang.merge(zhang)
    assert [mark.note for mark in wang.marks()] == [mark.note for mark in zhang.marks()]
    assert zhang.counts(li) == ({"conflicting": 1} if decided else {"changed": 1})
    zhang.merge(li)
    assert _state(zhang) == merged


def test_what_was_done_on_a_merge_and_not_taken_back_stays_and_is_handed_on(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    li.edit(mark_id, note="李的", tags=("李",))
    merge = zhang.merge(li)
    zhang.edit(mark_id, note="后来的")
    _revert(zhang, merge)
    mark = zhang.library.marks.get(mark_id)
    assert (mark.note, mark.tags) == ("后来的", ())
    wang.merge(zhang)
    assert [(one.note, one.tags) for one in wang.marks()] == [("后来的", ())]


def test_who_says_the_same_as_the_other_side_and_takes_it_back_has_both_sides_again(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    li.edit(mark_id, note="李的")
    zhang.edit(mark_id, note="张的")
    zhang.merge(li)
    before = _state(zhang)
    (conflict,) = conflicts(zhang.library)
    command = EditMarks("改", {mark_id: {"note": value_at(conflict.heads[1])}})
    perform(zhang.library, command)
    assert conflicts(zhang.library) == []
    _revert(zhang, command)
    assert _state(zhang) == before


def test_a_mark_stands_where_its_bundle_puts_it_also_where_it_came_as_an_annotation_before(desks):
    zhang, wang, zhao = desks("张", REPEATED), desks("王", OTHER_REPEATED), desks("赵", OTHER_REPEATED)
    for number in "567":
        start = REPEATED.index("压实工作责任", REPEATED.index(f"{number}."))
        marker = Marker(zhang.library, zhang.reading)
        perform(zhang.library, marker.highlight(Span(start, start + 6), 1, "重点"))
    wang.merge_web(zhang)
    for desk in (wang, zhao):
        desk.merge(zhang)
    assert _visible(wang) == _visible(zhao)


def test_who_sees_a_mark_and_that_it_was_gone_is_no_change_of_it_anywhere(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "想")
    li.merge(zhang)
    before = [desk.library.marks.get(mark_id).changed for desk in (zhang, li)]
    removal = RemoveMarks((mark_id,))
    perform(zhang.library, removal)
    _revert(zhang, removal)
    for private in (True, False):
        perform(zhang.library, set_private([zhang.library.marks.get(mark_id)], private=private))
    li.merge(zhang)
    assert [desk.library.marks.get(mark_id).changed for desk in (zhang, li)] == before


EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["note", "tags", "back", "remove", "private", "share", "decide", "decide", "merge", "web", "undo"]
        ),
        st.integers(0, 30),
    ),
    max_size=8,
)


@given(ACTIONS, st.sampled_from(["bundle", "web"]), EDITS)
@settings(max_examples=12, deadline=None)
def test_taking_back_a_merge_gives_what_was_before_whatever_was_done_and_taken_back_between(steps, form, edits):
    with tempfile.TemporaryDirectory() as folder:
        desks = [Desk(Path(folder), "甲"), Desk(Path(folder), "乙", OTHER), Desk(Path(folder), "丙")]
        try:
            for action, who, number in steps:
                _act(desks, action, who % 3, number)
            _undone(desks, form, edits)
        finally:
            for desk in desks:
                desk.library.close()


def _undone(desks, form, edits):
    desk, done = desks[0], []
    before = _state(desk)
    done.append(desk.merge(desks[1]) if form == "bundle" else desk.merge_web(desks[1]))
    states = [before]
    for action, number in edits:
        if action == "undo" and len(done) > 1:
            _revert(desk, done.pop())
            assert _state(desk) == states.pop()
        elif (command := _edit(desks, action, number)) is not None:
            states.append(_state(desk))
            perform(desk.library, command)
            done.append(command)
    while done:
        _revert(desk, done.pop())
        assert _state(desk) == states.pop()
    plan = plan_merge(desk.library, desks[1].bundle())
    perform(desk.library, MergeBundle(plan))
    for line in plan.lines:
        mark = desk.library.marks.get(line.after.id)
        if not line.after.lost:
            assert replace(mark, changed=mark.created) == replace(line.after, changed=mark.created)
    assert {key: one for key, one in desk.counts(desks[1]).items() if key != "same"} == {}


def _revert(desk, command):
    with desk.library.transaction():
        command.revert(desk.library)


def _edit(desks, action, number):
    """Return a command of the first of the colleagues."""
    library, marks, open_ones = desks[0].library, desks[0].marks(), conflicts(desks[0].library)
    if action in ("merge", "web"):
        other = desks[1 + number % 2]
        if action == "merge":
            return MergeBundle(plan_merge(library, other.bundle()))
        file = read_annotations(write_jsonld(build_report(other.library, other.reading, Selection())))
        return MergeBundle(prepare_file_merge(library, file, "网页")(UNWATCHED))
    if action == "decide" and open_ones:
        conflict = open_ones[number % len(open_ones)]
        return ResolveConflict(conflict, (number % 2 and joined(conflict)) or conflict.heads[number % 2].value)
    if not marks:
        return None
    mark = marks[number % len(marks)]
    return {
        "note": lambda: EditMarks("改", {mark.id: {"note": f"后来{number}"}}),
        "tags": lambda: EditMarks("改", {mark.id: {"tags": (f"标{number % 3}",)}}),
        "back": lambda: EditMarks("改", {mark.id: {"note": "", "tags": ()}}),
        "remove": lambda: RemoveMarks((mark.id,)),
        "private": lambda: set_private([mark], private=True),
        "share": lambda: set_private(marks, private=False),
    }.get(action, lambda: None)()


def _state(desk):
    """Return what the user has, and what colleagues read who get a bundle now."""
    told = histories(one for one in desk.bundle().operations if one.subject == "mark")
    read = {}
    for (_, mark_id), history in told.items():
        values = values_of(history)
        read[mark_id] = {name: value for name, value in values.items() if name != "changed"}
    against = {(one.subject_id, one.field): [head.value for head in one.heads] for one in conflicts(desk.library)}
    return _visible(desk), read, against


def _shared(desk):
    own = desk.library.author.id
    operations = [one for one in desk.operations() if one.subject_id != own]
    # What a colleague withheld and another one told is known where the other one's bundle came first.
    told = {record: (values_of(one), one.conflicts) for record, one in histories(operations).items()}
    return ([replace(one, value="") for one in operations], told), desk.marks()


def _is_private(desk, mark_id):
    mark = desk.library.marks.get(mark_id)
    return mark is not None and mark.private


def _visible(desk):
    return {mark.id: replace(mark, changed=mark.created) for mark in desk.marks()}


def _wherever(view):
    return {key: replace(mark, place=None, placing=None) for key, mark in view.items()}


def _act(desks, action, who, number):
    desk = desks[who]
    marks = desk.marks()
    if action == "add":
        start = number % 20 + 30
        words = desk.reading.text[start : start + 6].strip()
        if words and "\n" not in words:
            desk.mark(words)
    elif action in ("merge", "twice", "undo"):
        for _ in range(1 + (action == "twice")):
            command = desk.merge(desks[number % len(desks)])
        if action == "undo":
            with desk.library.transaction():
                command.revert(desk.library)
    elif action in ("web", "undo-web"):
        command = desk.merge_web(desks[number % len(desks)])
        if action == "undo-web":
            with desk.library.transaction():
                command.revert(desk.library)
    elif marks:
        mark = marks[number % len(marks)]
        if action == "note":
            desk.edit(mark.id, note=f"{who}-{number}")
        elif action == "tags":
            desk.edit(mark.id, tags=(f"标{number % 3}",))
        elif action == "remove":
            perform(desk.library, RemoveMarks((mark.id,)))
        elif action == "restore":
            desk.library.marks.restore(mark.id)
        elif action == "private" and mark.author_id == desk.library.author.id:
            perform(desk.library, set_private([mark], private=True))
        elif action == "share":
            perform(desk.library, set_private([mark], private=False))


def test_removing_a_document_hides_its_merged_marks_with_it(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位")
    li.merge(zhang)
    perform(li.library, RemoveDocument(li.reading.document))
    assert li.marks() == []
    assert li.library.marks.get(mark_id) is not None


def test_a_text_that_comes_back_takes_up_the_marks_that_waited_for_it_meanwhile(desks):
    zhang, li = desks("张"), desks("李")
    perform(li.library, RemoveDocument(li.reading.document))
    mark_id = zhang.mark("人民主体地位")
    li.merge(zhang)
    waiting = li.library.marks.get(mark_id)
    assert waiting.lost
    title = li.reading.document.title
    assert [one.title for one in li.library.documents.all()] == [title]
    assert namesake(li.library, title) is None
    _, command = take_in(li.library, file_of())
    perform(li.library, command)
    assert li.library.marks.get(mark_id).edition_id == li.reading.edition.id
    assert not li.library.marks.get(mark_id).lost
    assert namesake(li.library, title) == li.library.documents.get(li.reading.document.id)
    assert len(li.library.documents.all()) == 1


def test_fifty_orders_of_the_bundles_of_four_give_one_library(tmp_path):
    chance = random.Random(5)
    four = [Desk(tmp_path, name, text) for name, text in zip("甲乙丙丁", (TEXT, OTHER) * 2, strict=True)]
    for step in range(60):
        action = chance.choice(["add", "add", "note", "tags", "remove", "merge", "web", "undo-web"])
        _act(four, action, chance.randrange(4), step)
    bundles = [desk.bundle() for desk in four]
    found = []
    for number in range(50):
        order = chance.choices(bundles, k=chance.randrange(4)) + chance.sample(bundles, k=4)
        with closing(Desk(tmp_path, f"读者{number}").library) as library:
            for bundle in order:
                perform(library, MergeBundle(plan_merge(library, bundle)))
            operations = library.operations.active("mark") + library.operations.active("author")
            others = [one for one in operations if one.subject_id != library.author.id]
            marks = [library.marks.get(one.subject_id) for one in others if one.subject == "mark"]
            found.append((others, [replace(mark, document_id="", edition_id="") for mark in marks]))
    assert len(found[0][1]) > 20
    assert all(one == found[0] for one in found)
    for desk in four:
        desk.library.close()


def test_a_mark_that_came_by_a_bundle_and_as_an_annotation_is_handed_on_with_both_texts(desks):
    zhang, li, wang = desks("张"), desks("李", None), desks("王")
    zhang.mark("人民主体地位", "想")
    wang.merge_web(zhang)
    wang.merge(zhang)
    assert count_of(wang.bundle()) == 1
    li.merge(wang)
    assert [mark.note for mark in li.marks()] == ["想"]


def test_who_came_with_annotations_that_were_taken_back_comes_anew_with_the_next(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    zhang.mark("人民主体地位")
    command = li.merge_web(zhang)
    with li.library.transaction():
        command.revert(li.library)
    zhang.mark("新质生产力")
    li.merge_web(zhang)
    assert count_of(li.bundle()) == 2
    wang.merge(li)
    assert {wang.library.authors.get(mark.author_id).name for mark in wang.marks()} == {"张"}


def test_what_was_done_to_a_mark_goes_with_the_merge_that_brought_it_also_where_it_comes_by_another(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "想")
    merge = li.merge(zhang)
    edit = EditMarks("改", {mark_id: {"note": "李的"}})
    perform(li.library, edit)
    for command in (edit, merge):
        with li.library.transaction():
            command.revert(li.library)
    li.merge_web(zhang)
    assert [mark.note for mark in li.marks()] == ["想"]
    wang.merge(li)
    assert [mark.note for mark in wang.marks()] == ["想"]
    li.merge(zhang)
    assert li.library.check().sound
    assert count_of(li.bundle()) == 1


def test_two_notes_too_long_to_be_one_stand_on_side_by_side(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位")
    li.merge(zhang)
    zhang.edit(mark_id, note="甲" * 600_000)
    li.edit(mark_id, note="乙" * 600_000)
    li.merge(zhang)
    (conflict,) = conflicts(li.library)
    with pytest.raises(UserError, match="批注太长"):
        perform(li.library, ResolveConflict(conflict, joined(conflict)))
    assert conflicts(li.library) == [conflict]


def test_taking_up_thousands_of_origins_reads_each_mark_a_few_times_only(desks, monkeypatch):
    li, count = desks("李", None), 60
    targets = [
        {"source": f"https://example.org/{number}", "selector": {"type": "TextQuoteSelector", "exact": f"没有{number}"}}
        for number in range(count)
    ]
    written = [{"id": f"urn:x:{n}", "type": "Annotation", "target": target} for n, target in enumerate(targets)]
    file = read_annotations(json.dumps(written).encode())
    perform(li.library, MergeBundle(prepare_file_merge(li.library, file, "网页")(UNWATCHED)))
    read = []
    monkeypatch.setattr(settling, "mark_of", lambda history: read.append(history) or mark_of(history))
    li.take(TEXT)
    assert count <= len(read) <= 3 * count


def test_what_was_made_holds_against_what_web_annotations_told_also_where_that_was_told_anew(desks):
    zhang, li, wang, zhao = desks("张"), desks("李"), desks("王"), desks("赵")
    mark_id = zhang.mark("人民主体地位", "想")
    for desk in (li, wang):  # neither knows who that is
        desk.merge_web(zhang)
        desk.edit(mark_id, tags=("标",))
        for private in (True, False):
            perform(desk.library, set_private([desk.library.marks.get(mark_id)], private=private))
    for other in (li, wang, zhang):
        zhao.merge(other)
    assert zhao.library.marks.get(mark_id).author_id == zhang.library.author.id
    zhang.merge(li)
    assert zhang.library.marks.get(mark_id).author_id == zhang.library.author.id


def test_nobody_takes_over_a_meeting_in_a_bundle_where_its_maker_is_not(desks):
    zhang, li = desks("张"), desks("李")
    perform(zhang.library, start_meeting("张的会", date(2026, 11, 22)))
    meeting = zhang.library.meetings.all()[0]
    li.mark("人民主体地位")
    bundle = li.bundle()
    (added,) = zhang.library.operations.of("meeting", meeting.id)
    own = {"author_id": li.library.author.id, "device_id": li.library.device.id}
    made = replace(added, id=new_id(), clock=9, value=added.value.replace("张的", "李的"), **own)
    forged = read_bundle(write_bundle(replace(bundle, operations=(*bundle.operations, made))))
    with pytest.raises(UnreadableFileError, match="编号相同"):
        plan_merge(zhang.library, forged)


def test_a_merge_that_gives_the_user_another_name_says_so_before(desks, tmp_path):
    Desk(tmp_path, "张").library.close()
    shutil.copy(tmp_path / "张.yuece", tmp_path / "带回家的.yuece")
    at_home, at_work, li = desks("带回家的"), desks("张"), desks("李")
    at_home.mark("人民主体地位")
    li.merge(at_home)
    remark = "合并以后，您的署名会从“张”变成“带回家的”：如果不是您在另一台电脑上改的，请不要合并。"
    for bundle in (at_home.bundle(), li.bundle()):
        assert plan_merge(at_work.library, bundle).remarks == (remark,)
        assert plan_merge(at_home.library, bundle).remarks == ()
    merge = at_work.merge(li)
    assert at_work.library.author.name == "带回家的"
    with at_work.library.transaction():
        merge.revert(at_work.library)
    assert at_work.library.author.name == "张"
    at_work.merge(li)
    assert plan_merge(at_work.library, at_home.bundle()).remarks == ()


def test_nobody_takes_a_mark_over_in_the_name_of_a_web_annotation(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "想")
    li.merge(zhang)
    bundle = li.bundle()
    added = next(one for one in bundle.operations if one.subject_id == mark_id and not one.field)
    forged = added.value.replace(zhang.library.author.id, li.library.author.id)
    own = tuple(li.library.operations.active("author", [li.library.author.id]))
    made = replace(
        added, id=new_id(), clock=li.library.clock() + 1, value=forged, replaces=None, device_id=ANNOTATION_DEVICE.id
    )
    devices = (*bundle.devices, *li.library.devices(), ANNOTATION_DEVICE)
    zhang.merge(replace(bundle, operations=(*bundle.operations, *own, made), devices=devices))
    assert zhang.library.marks.get(mark_id).author_id == zhang.library.author.id


def test_a_bundle_that_colleagues_would_refuse_is_not_handed_over(desks, monkeypatch):
    zhang = desks("张")
    zhang.mark("人民主体地位")
    partial = replace(zhang.bundle(), origins=())
    monkeypatch.setattr(bundling, "bundle_of", lambda _: partial)
    with pytest.raises(ExportError, match="前后对不上"):
        bundling.BundleWriter(zhang.library.path).write(NO_REPORT, DEFAULT_OPTIONS, UNWATCHED)


def test_what_is_wrong_with_a_file_is_said_once_and_fits_a_bundle(desks, tmp_path):
    zhang = desks("张")
    zhang.mark("人民主体地位")
    whole = write_bundle(bundle_of(zhang.library))
    path = tmp_path / "张.yuece"
    for damaged in (whole[:-40], whole[:60] + bytes([whole[60] ^ 0x55]) + whole[61:]):
        path.write_bytes(damaged)
        with pytest.raises(UnreadableFileError) as told:
            read_for_merging(path)
        assert str(told.value).startswith("“张.yuece”没有合并：这个交换包")
        assert str(told.value).count("没有合并") == 1
    with path.open("wb") as file:
        file.truncate(80 * 1024 * 1024)
    with pytest.raises(UnreadableFileError) as told:
        read_for_merging(path)
    assert str(told.value) == "“张.yuece”有 80 MB，交换包没有这么大的（最多 64 MB），没有合并：请核对它是不是交换包。"


def test_where_marks_stand_is_worked_out_once_for_all_of_a_text(desks):
    zhang, li = desks("张"), desks("李")
    for words in ("人民主体地位", "新质生产力"):
        zhang.mark(words)
    li.merge(zhang)
    ((origin, edition_id),) = li.library.origins.all().items()
    homes = Homes(li.library)
    assert homes.known(edition_id, origin) is homes.known(edition_id, origin)
    assert homes.known(edition_id, replace(origin, sha256="0" * 64)) is not homes.known(edition_id, origin)
