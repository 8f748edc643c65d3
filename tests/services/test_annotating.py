"""Web annotations become marks of their creators: placed, recognised, changed, or set against what is here."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.whole_bundle import refuse_partial
from desktop.exchange.writers.jsonld import write_jsonld
from desktop.model.errors import UnreadableFileError
from desktop.model.mark import MarkKind, MarkStyle, Verdict
from desktop.model.meeting import Meeting
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.annotating import bundle_of_annotations
from desktop.services.bundling import bundle_of
from desktop.services.command import new_id, now, perform
from desktop.services.deciding import ResolveConflict, conflicts
from desktop.services.exporting import Selection, build_report
from desktop.services.importing import ImportedFile, import_document, shipped_plan
from desktop.services.marking import EditMarks, set_private
from desktop.services.merging import MergeBundle, plan_merge, prepare_file_merge, read_for_merging
from desktop.services.reading import open_reading
from desktop.services.telling import Telling
from desktop.storage.library import Library
from tests.exchange.web_annotation_rules import broken_rules
from tests.services.desks import TEXT, Desk


def annotation(exact="坚持人民至上", identity="urn:x:1", note="好", **values):
    selector = {"type": "TextQuoteSelector", "exact": exact}
    target = {"source": "https://example.org/plan", "selector": selector}
    body = {"type": "TextualBody", "value": note, "purpose": "commenting"}
    plain = {"id": identity, "type": "Annotation", "creator": {"name": "王五"}, "body": body, "target": target}
    return plain | values


def plan_of(library, *annotations):
    file = read_annotations(json.dumps(annotations).encode())
    return prepare_file_merge(library, file, "标注.jsonld")(UNWATCHED)


def counts(library, *annotations):
    return {outcome.value: count for outcome, count in plan_of(library, *annotations).counts.items() if count}


def merge(library, *annotations):
    perform(library, MergeBundle(plan_of(library, *annotations)))


def only(library, reading):
    (mark,) = library.marks.of_edition(reading.edition.id)
    return mark


def test_an_annotation_of_any_program_becomes_a_mark_of_its_creator(library, reading):
    words = "坚持高质量发展"
    start = reading.text.index(words)
    context = reading.text[start - 10 : start], reading.text[start + len(words) : start + len(words) + 10]
    written = annotation(words, created="2026-11-20T01:02:03Z")
    written["target"]["selector"] |= {"prefix": context[0], "suffix": context[1]}
    merge(library, written)
    mark = only(library, reading)
    assert mark.span == Span(start, start + len(words))
    assert (mark.note, mark.kind, mark.style) == ("好", MarkKind.HIGHLIGHT, MarkStyle.FILL)
    assert library.authors.get(mark.author_id).name == "王五"
    assert mark.created == datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
    assert counts(library, written) == {"same": 1}
    before = library.clock()
    merge(library, written)
    assert library.clock() == before


def test_what_is_newer_changes_a_mark_and_what_is_not_stands_against_it(library, reading):
    first = annotation(created="2026-11-20T00:00:00Z", modified="2026-11-20T00:00:00Z")
    merge(library, first)
    newer = annotation(note="更好", modified="2026-11-21T00:00:00Z")
    assert counts(library, newer) == {"changed": 1}
    merge(library, newer)
    assert only(library, reading).note == "更好"
    assert counts(library, first) == {"same": 1}, "what was so once is no news"
    other = annotation(note="不好", modified="2026-11-20T12:00:00Z")
    assert counts(library, other) == {"conflicting": 1}
    merge(library, other)
    (conflict,) = conflicts(library)
    assert {head.value for head in conflict.heads} == {'"更好"', '"不好"'}
    assert counts(library, other) == {"same": 1}


def test_other_words_without_a_time_stand_against_those_a_mark_was_made_with(library, reading):
    merge(library, annotation())
    assert counts(library, annotation(note="别的")) == {"conflicting": 1}
    merge(library, annotation(note="别的"))
    assert only(library, reading).note == "好"
    assert len(conflicts(library)) == 1


def test_an_unknown_source_is_placed_only_where_one_document_alone_has_its_words(library, reading):
    common = annotation("坚持高质量发展。以新发展理念引领发展")
    assert counts(library, annotation("这些字哪里都没有出现过")) == {"unplaced": 1}
    assert counts(library, common) == {"new": 1}
    file = shipped_plan()
    again = import_document(type(file)(file.name, "md", file.data + b"\n", file.text + "又", file.outline))
    perform(library, again)
    assert counts(library, common) == {"unplaced": 1}


def test_a_position_counts_only_where_it_has_the_words(library, reading):
    start = reading.text.index("坚持人民至上")
    written = annotation()
    right = {"type": "TextPositionSelector", "start": start, "end": start + 6}
    for position, verdict in ((right, Verdict.UNCHANGED), (right | {"start": 3, "end": 9}, Verdict.MOVED)):
        written["id"] = f"urn:x:{verdict}"
        written["target"] = {
            "source": f"urn:sha256:{reading.edition.sha256}",
            "selector": [{"type": "TextQuoteSelector", "exact": "坚持人民至上"}, position],
        }
        (line,) = plan_of(library, written).lines
        assert line.after.placing.verdict is verdict
        assert line.after.span == Span(start, start + 6)


def test_a_note_on_a_whole_source_is_kept_without_a_place(library, reading):
    written = {"id": "urn:x:9", "type": "Annotation", "bodyValue": "通篇很好", "target": "https://example.org/plan"}
    assert counts(library, written) == {"unplaced": 1}
    merge(library, written)
    waiting = [one for one in library.documents.all() if one.id != reading.document.id]
    assert len(waiting) == 1
    assert library.check().sound


def test_what_is_exported_comes_back_without_loss(library, reading, marker, tmp_path):
    start = reading.text.index("坚持人民至上")
    highlight = marker.highlight(Span(start, start + 6), 3, "数据", tags=("甲", "乙"))
    note = marker.note(Span(start, start + 4), "<b>谁</b>&牵头 😀𠮷\n第二行")
    clause = marker.clause_note(reading.outline.nodes[5], "全条")
    implied = marker.clause_note(next(node for node in reading.outline.nodes if node.clause.implied), "标题不在本页")
    for command in (highlight, note, clause, implied, marker.underline(Span(start, start + 2), 2)):
        perform(library, command)
    perform(library, set_private(note.marks, private=True))
    data = write_jsonld(build_report(library, reading, Selection(private=True)))
    path = tmp_path / "标注.jsonld"
    path.write_bytes(data)
    assert {o.value: c for o, c in _plan(library, path).counts.items() if c} == {"same": 5}
    with Library.open(tmp_path / "another.yuece", create=True) as other:
        command = import_document(shipped_plan())
        perform(other, command)
        plan = _plan(other, path)
        assert (plan.counts["new"], plan.counts["unplaced"]) == (5, 0)
        perform(other, MergeBundle(plan))
        found = other.marks.of_edition(command.edition.id)
        for mine, theirs in zip(library.marks.of_edition(reading.edition.id), found, strict=True):
            for name in ("id", "kind", "style", "pen", "place", "note", "tags", "private", "created", "changed"):
                assert getattr(mine, name) == getattr(theirs, name), name
        again = open_reading(other, command.edition.id)
        assert write_jsonld(build_report(other, again, Selection(private=True))) == data


def test_a_mark_that_was_not_found_keeps_its_quote_and_what_stood_around_it(library, reading):
    written = annotation("没有的话")
    written["target"] = {
        "source": f"urn:sha256:{reading.edition.sha256}",
        "selector": {"type": "TextQuoteSelector", "exact": "没有的话", "prefix": "前面", "suffix": "后面"},
    }
    merge(library, written)
    (told,) = json.loads(write_jsonld(build_report(library, reading, Selection())))
    assert told["target"]["selector"] == [written["target"]["selector"]]
    assert list(broken_rules(told)) == []


def _plan(library, path: Path):
    return prepare_file_merge(library, read_for_merging(path), path.name)(UNWATCHED)


def test_a_mark_of_our_own_that_comes_back_is_that_mark(library, reading, marker):
    start = reading.text.index("坚持人民至上")
    command = marker.note(Span(start, start + 6), "原来")
    perform(library, command)
    data = json.loads(write_jsonld(build_report(library, reading, Selection())))
    perform(library, EditMarks("改", {command.marks[0].id: {"note": "后来"}}))
    assert counts(library, *data) == {"same": 1}
    data[0]["body"][0]["value"] = "在别处改过"
    data[0]["modified"] = "2099-01-01T00:00:00Z"
    assert counts(library, *data) == {"changed": 1}


def test_what_cannot_be_stored_is_refused_in_words(library):
    for values in ({"note": "\ud800"}, {"creator": {"name": "长" * 10_001}}):
        file = read_annotations(json.dumps([annotation(**values)]).encode())
        with pytest.raises(UnreadableFileError, match="有不能保存的字符"):
            bundle_of_annotations(library, file)


def test_of_two_annotations_with_one_id_the_later_counts(library, reading):
    old = annotation(note="旧", modified="2026-01-01T00:00:00Z")
    new = annotation(note="新", modified="2026-02-01T00:00:00Z")
    merge(library, new, old)
    assert only(library, reading).note == "新"
    assert plan_merge(library, bundle_of_annotations(library, read_annotations(b"[]"))).lines == ()


def test_a_creator_of_a_known_name_is_that_author(library, reading):
    merge(library, annotation(creator={"name": library.author.name}))
    assert only(library, reading).author_id == library.author.id


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "FragmentSelector", "value": "p1"},
        {"type": "XPathSelector", "value": "/html/body/p[2]"},
        {"type": "RangeSelector", "startSelector": {"type": "CssSelector", "value": "p"}},
        {"type": "TextPositionSelector", "start": 3, "end": 9},
        {"type": "TextQuoteSelector", "exact": "，。"},
        {"type": "TextQuoteSelector", "exact": ""},
        "https://example.org/selector",
        None,
    ],
)
def test_a_place_that_cannot_be_found_is_told_and_the_note_is_kept(library, reading, selector):
    written = annotation(target={"source": "https://example.org/plan", "selector": selector})
    assert counts(library, written) == {"unplaced": 1}
    merge(library, written)
    assert counts(library, written) == {"same": 1}
    assert library.check().sound


def test_a_position_in_utf_16_units_does_no_harm(library, tmp_path):
    text = "关于𠮷林的意见\n一、😀坚持人民至上。二、坚持人民至上。\n"
    imported = import_document(ImportedFile("意见.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, imported)
    start = text.rindex("坚持人民至上")
    selectors = [
        {"type": "TextPositionSelector", "start": start + 2, "end": start + 8},
        {"type": "TextQuoteSelector", "exact": "坚持人民至上", "prefix": "坚持人民至上。二、", "suffix": "。\n"},
    ]
    merge(library, annotation(target={"source": f"urn:sha256:{imported.edition.sha256}", "selector": selectors}))
    (mark,) = library.marks.of_edition(imported.edition.id)
    assert mark.span == Span(start, start + 6)


def test_whatever_is_in_a_note_comes_back_and_what_was_not_found_stays_so(library, reading, marker, tmp_path):
    notes = ["\x00\x01\x1f\x7f\u2028\ufeff<b>&amp;", "长😀𠮷\r\n" * 20_000, "\t 前后有空 \n"]
    start = reading.text.index("坚持人民至上")
    made = [marker.note(Span(start + at, start + at + 2), note) for at, note in enumerate(notes)]
    for command in made:
        perform(library, command)
    selector = {"type": "TextQuoteSelector", "exact": "哪里都没有的这一句话"}
    lost = annotation(target={"source": f"urn:sha256:{reading.edition.sha256}", "selector": selector})
    merge(library, lost)
    path = tmp_path / "标注.jsonld"
    path.write_bytes(write_jsonld(build_report(library, reading, Selection(private=True))))
    assert [rule for one in json.loads(path.read_bytes()) for rule in broken_rules(one)] == []
    with Library.open(tmp_path / "another.yuece", create=True) as other:
        command = import_document(shipped_plan())
        perform(other, command)
        perform(other, MergeBundle(_plan(other, path)))
        found = {mark.id: mark for mark in other.marks.of_edition(command.edition.id)}
        for mark in library.marks.of_edition(reading.edition.id):
            assert (found[mark.id].note, found[mark.id].place) == (mark.note, mark.place)
            assert found[mark.id].lost == mark.lost
    assert sum(mark.lost for mark in found.values()) == 1


def test_what_is_private_with_another_program_stays_private(library, reading):
    row = {
        "id": "abc",
        "user": "acct:wang@hypothes.is",
        "uri": "https://example.org/plan",
        "text": "只给自己看",
        "permissions": {"read": ["acct:wang@hypothes.is"]},
        "target": [
            {"source": "https://example.org/plan", "selector": [{"type": "TextQuoteSelector", "exact": "坚持人民至上"}]}
        ],
    }
    file = read_annotations(json.dumps({"total": 1, "rows": [row]}).encode())
    perform(library, MergeBundle(prepare_file_merge(library, file, "导出.json")(UNWATCHED)))
    assert only(library, reading).private
    assert bundle_of(library).operations == ()


def on(identity, exact, **values):
    return annotation(exact, identity, modified="2026-11-20T00:00:00Z", created="2026-11-20T00:00:00Z") | values


def test_of_one_id_newer_words_move_the_mark_and_others_stand_against_it(library, reading):
    merge(library, on("urn:x:1", "坚持人民至上"))
    older = on("urn:x:1", "坚持高质量发展。以新发展理念引领发展", modified="2026-11-19T00:00:00Z")
    assert counts(library, older) == {"conflicting": 1}
    newer = older | {"modified": "2026-11-21T00:00:00Z"}
    assert counts(library, newer) == {"changed": 1}
    merge(library, newer)
    mark = only(library, reading)
    assert (mark.place.exact, mark.id) == ("坚持高质量发展。以新发展理念引领发展", mark.id)
    assert counts(library, newer) == {"same": 1}
    assert counts(library, on("urn:x:1", "坚持人民至上")) == {"same": 1}, "what was so once, and is older, is no news"
    again = on("urn:x:1", "坚持人民至上", modified="2026-11-21T00:00:00Z")
    assert counts(library, again) == {"conflicting": 1}
    merge(library, again)
    (conflict,) = conflicts(library)
    assert (conflict.field, len(conflict.heads)) == ("place", 2)
    assert only(library, reading).place == mark.place, "what was here is shown"
    assert counts(library, again) == {"same": 1}
    perform(library, ResolveConflict(conflict, conflict.heads[1].value))
    assert only(library, reading).place.exact == "坚持人民至上"
    assert conflicts(library) == []
    assert library.check().sound


def test_one_text_told_by_its_hash_has_another_place_where_the_position_is_another(library, reading):
    words = "发展"
    source = f"urn:sha256:{reading.edition.sha256}"
    places = [start for start in range(len(reading.text)) if reading.text.startswith(words, start)][2:4]

    def at(start, modified):
        selectors = [
            {"type": "TextQuoteSelector", "exact": words},
            {"type": "TextPositionSelector", "start": start, "end": start + 2},
        ]
        return on("urn:x:7", words, modified=modified, target={"source": source, "selector": selectors})

    merge(library, at(places[0], "2026-11-20T00:00:00Z"))
    assert counts(library, at(places[1], "2026-11-20T00:00:00Z")) == {"conflicting": 1}
    assert counts(library, at(places[1], "2026-11-21T00:00:00Z")) == {"changed": 1}
    plan = plan_of(library, at(places[1], "2026-11-21T00:00:00Z"))
    (fact,) = [fact for fact in Telling(library, plan).tell(plan.lines[0]).facts if fact.title == "原文"]
    assert fact.before != fact.after
    assert all("【发展】" in words for words in (fact.before, fact.after))
    merge(library, at(places[1], "2026-11-21T00:00:00Z"))
    assert only(library, reading).span.start == places[1]


def test_what_is_newer_changes_what_is_shown_while_a_conflict_stands(library, reading):
    merge(library, on("urn:x:1", "坚持人民至上"))
    merge(library, on("urn:x:1", "坚持人民至上", body="别的"))
    assert len(conflicts(library)) == 1
    newer = on("urn:x:1", "坚持人民至上", body="新的", modified="2026-11-22T00:00:00Z")
    assert counts(library, newer) == {"changed": 1}
    merge(library, newer)
    assert only(library, reading).note == "新的"
    assert len(conflicts(library)) == 1


def test_things_an_annotation_is_about_no_more_are_removed(library, reading):
    both = on("urn:x:1", "坚持人民至上")
    other = annotation("坚持高质量发展。以新发展理念引领发展")["target"]
    both["target"] = [both["target"], other]
    merge(library, both)
    fewer = both | {"target": other, "modified": "2026-11-21T00:00:00Z"}
    assert counts(library, fewer) == {"changed": 1, "removed": 1}
    merge(library, fewer)
    assert only(library, reading).place.exact == "坚持高质量发展。以新发展理念引领发展"
    assert counts(library, fewer) == {"same": 1}


def test_of_two_annotations_with_one_id_it_is_said_that_one_counts(library):
    plan = plan_of(library, annotation(note="一"), annotation(note="二"), annotation(identity="urn:x:2"))
    assert plan.remarks == ("文件里有 1 条标注与别的标注编号相同，每个编号只取最新的一条。",)
    assert plan_of(library, annotation(), annotation()).remarks == ()


def test_few_letters_of_an_unknown_source_are_found_by_what_stands_around_them(library, reading):
    words = "理念"
    start = reading.text.index(words)
    written = annotation(words)
    assert counts(library, written) == {"unplaced": 1}
    around = {"prefix": reading.text[start - 30 : start], "suffix": reading.text[start + 2 : start + 30]}
    written["target"]["selector"] |= around
    assert counts(library, written) == {"new": 1}


def test_few_letters_alone_are_found_where_one_document_alone_has_them_once(desks):
    zhang, _, wang = desks
    bare = annotation("新质生产力")
    (line,) = plan_of(zhang.library, bare).lines
    assert (line.outcome.value, line.after.placing.verdict) == ("new", Verdict.UNCHANGED)
    assert counts(zhang.library, annotation("发展")) == {"unplaced": 1}
    assert counts(wang.library, bare) == {"unplaced": 1}
    zhang.take("别的里也有新质生产力这几个字。\n")
    assert counts(zhang.library, bare) == {"unplaced": 1}


def test_things_an_annotation_is_about_may_come_in_another_order(desks):
    library = desks[0].library
    about = [annotation(words)["target"] for words in ("坚持人民至上", "新质生产力", "人民主体地位")]
    merge(library, annotation(target=about))
    for order in (about[::-1], [about[1], about[2], about[0]]):
        assert counts(library, annotation(target=order)) == {"same": 3}
    other = annotation("因地制宜")["target"]
    changed = annotation(target=[other, about[2], about[0]], modified="2099-01-01T00:00:00Z")
    assert counts(library, changed) == {"same": 2, "changed": 1}
    merge(library, changed)
    assert {mark.place.exact for mark in desks[0].marks()} == {"坚持人民至上", "因地制宜", "人民主体地位"}


@pytest.fixture
def desks(tmp_path):
    made = [Desk(tmp_path, name, text) for name, text in (("张", TEXT), ("李", TEXT), ("王", None))]
    yield made
    for desk in made:
        desk.library.close()


def written_by(desk):
    (edition,) = desk.library.editions.summaries()
    reading = open_reading(desk.library, edition.id)
    return read_annotations(write_jsonld(build_report(desk.library, reading, Selection())))


def test_what_came_as_annotations_and_comes_again_as_a_bundle_is_the_same(desks):
    zhang, li, _ = desks
    zhang.mark("人民主体地位", "问")
    li.merge_web(zhang)
    assert li.counts(zhang) == {"same": 1}
    li.merge(zhang)
    assert [author.name for author in li.library.authors.all()].count("张") == 1
    assert li.marks()[0].author_id == zhang.library.author.id
    zhang.merge(li)
    assert zhang.marks() == [replace(zhang.marks()[0], note="问")]


def test_meetings_of_one_name_stay_as_many_as_they_are(desks):
    zhang, li, _ = desks
    for number, words in ((1, "人民主体地位"), (8, "新质生产力")):
        meeting = Meeting(new_id(), "周例会", date(2026, 1, number), now(), now())
        zhang.library.meetings.add(meeting)
        zhang.edit(zhang.mark(words), meeting_id=meeting.id)
    li.merge_web(zhang)
    held = {(meeting.id, meeting.name, meeting.held_on) for meeting in zhang.library.meetings.all()}
    assert {(meeting.id, meeting.name, meeting.held_on) for meeting in li.library.meetings.all()} == held
    assert li.counts(zhang) == {"same": 2}


def test_marks_that_wait_for_their_text_are_told_on_that_text(desks):
    zhang, li, wang = desks
    zhang.mark("人民主体地位", "问")
    wang.merge(zhang)
    (waiting,) = written_by(wang).annotations
    assert waiting.targets[0].sha256 == zhang.reading.edition.sha256
    perform(li.library, MergeBundle(prepare_file_merge(li.library, written_by(wang), "网页")(UNWATCHED)))
    assert li.marks()[0].placing.verdict is not Verdict.LOST


def test_a_foreign_mark_that_waits_keeps_the_address_of_its_text(desks):
    wang = desks[2]
    merge(wang.library, annotation("哪里都没有的话"))
    assert written_by(wang).annotations[0].targets[0].source == "https://example.org/plan"


def test_marks_of_one_annotation_that_come_back_apart_stay_all(library, reading):
    both = on("urn:x:1", "坚持人民至上")
    both["target"] = [both["target"], annotation("坚持高质量发展。以新发展理念引领发展")["target"]]
    merge(library, both)
    apart = json.loads(write_jsonld(build_report(library, reading, Selection())))
    assert counts(library, *apart) == {"same": 2}
    for one in apart:
        one["modified"] = "2026-11-25T00:00:00Z"
        one["body"] = {"type": "TextualBody", "value": "在别处改过", "purpose": "commenting"}
    assert counts(library, *apart) == {"changed": 2}


def test_nobody_is_renamed_by_annotations(library, reading):
    name = library.author.name
    me = {"id": f"urn:uuid:{library.author.id}", "type": "Person", "name": "坏人"}
    merge(library, annotation(creator=me))
    assert (library.author.name, only(library, reading).author_id) == (name, library.author.id)


def test_a_meeting_that_went_with_a_merge_comes_again_with_another(desks):
    zhang, li, _ = desks
    meeting = Meeting(new_id(), "周例会", date(2026, 1, 8), now(), now())
    zhang.library.meetings.add(meeting)
    zhang.edit(zhang.mark("人民主体地位"), meeting_id=meeting.id)
    merged = li.merge_web(zhang)
    with li.library.transaction():
        merged.revert(li.library)
    li.merge_web(zhang)
    refuse_partial(li.bundle())
    assert [one.name for one in li.library.meetings.all()] == ["周例会"]


def test_few_letters_of_an_unknown_source_are_found_where_their_position_has_them(library, reading):
    words = "高质量发展"
    start = reading.text.index(words, reading.text.index(words) + 1)
    selectors = [
        {"type": "TextQuoteSelector", "exact": words},
        {"type": "TextPositionSelector", "start": start, "end": start + len(words)},
    ]
    written = annotation(target={"source": "https://example.org/plan", "selector": selectors})
    assert counts(library, written) == {"new": 1}
    merge(library, written)
    assert only(library, reading).span.start == start
    selectors[1] |= {"start": start + 1, "end": start + 1 + len(words)}
    assert counts(library, written | {"id": "urn:x:2"}) == {"unplaced": 1}
