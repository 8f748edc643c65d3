"""What was private stays in the library it was said in, at whatever time that was; the rest merges as ever."""

import json
import random
from contextlib import closing
from io import BytesIO
from zipfile import ZipFile

import pytest

from desktop.exchange.formats import FORMS
from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.bundle import write_bundle
from desktop.exchange.writers.jsonld import write_jsonld
from desktop.model.decoding import values_of
from desktop.model.export import DEFAULT_OPTIONS
from desktop.model.history import histories
from desktop.model.span import Span
from desktop.services.bundling import bundle_of, count_of
from desktop.services.command import perform
from desktop.services.deciding import conflicts
from desktop.services.exporting import Selection, build_report
from desktop.services.marking import EditMarks, Marker, RemoveMarks, set_private
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.merging import MergeBundle, plan_merge, prepare_file_merge
from desktop.services.naming import RenameAuthor
from tests.services.desks import Desk


@pytest.fixture
def desks(tmp_path):
    made = []

    def make(name: str) -> Desk:
        made.append(Desk(tmp_path, name))
        return made[-1]

    yield make
    for desk in made:
        assert_told_as_shown(desk)
        desk.library.close()


def everything(desk: Desk) -> str:
    """Return all that a colleague can read in the file that is handed over."""
    with ZipFile(BytesIO(write_bundle(bundle_of(desk.library)))) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def hide(desk: Desk, mark_id: str) -> EditMarks:
    return private(desk, mark_id, private=True)


def share(desk: Desk, mark_id: str) -> EditMarks:
    return private(desk, mark_id, private=False)


def private(desk: Desk, mark_id: str, *, private: bool) -> EditMarks:
    command = set_private([desk.library.marks.get(mark_id)], private=private)
    perform(desk.library, command)
    return command


def take_back(desk: Desk, command: object) -> None:
    with desk.library.transaction():
        command.revert(desk.library)


def assert_told_as_shown(desk: Desk) -> None:
    """Check that the marks in the tables are what their operations tell."""
    for (_, mark_id), history in histories(desk.library.operations.active("mark")).items():
        values, mark = values_of(history), desk.library.marks.get(mark_id)
        assert values is not None
        told = (values["note"], values["tags"], values["pen"], values["private"], values["removed"])
        assert told == (mark.note, mark.tags, mark.pen, mark.private, mark.removed)


def test_a_mark_that_is_shared_again_says_only_what_it_says_by_then(desks):
    zhang, li = desks("张"), desks("李")
    start = zhang.reading.text.index("人民主体地位")
    noted = Marker(zhang.library, zhang.reading).note(Span(start, start + 6), "最初的话", ("最初的标签",))
    perform(zhang.library, noted)
    mark_id = noted.marks[0].id
    perform(zhang.library, start_meeting("密谈", noted.marks[0].created.date()))
    (meeting,) = zhang.library.meetings.all()
    hide(zhang, mark_id)
    zhang.edit(mark_id, note="天机", tags=("机密",), meeting_id=meeting.id)
    zhang.edit(mark_id, note="再一句天机", meeting_id=None)
    zhang.edit(mark_id, note="可以说的", tags=("公开",))
    assert mark_id not in everything(zhang)
    share(zhang, mark_id)
    for words in ("最初的话", "最初的标签", "天机", "机密", "密谈"):
        assert words not in everything(zhang)
    li.merge(zhang)
    mark = li.library.marks.get(mark_id)
    assert (mark.note, mark.tags, mark.private, mark.created) == (
        "可以说的",
        ("公开",),
        False,
        noted.marks[0].created,
    )
    assert "天机" not in everything(li)
    for words in ("可以说的", "公开"):
        assert words in everything(li)
    assert li.counts(zhang) == zhang.counts(li) == {"same": 1}


def test_what_was_overwritten_or_removed_travels_unless_it_was_private_meanwhile(desks):
    """So the dialog says it to whoever exports a bundle (`ui/exporting.py`)."""
    zhang = desks("张")
    overwritten, removed = zhang.mark("人民主体地位", "刻薄话"), zhang.mark("新质生产力", "气话")
    zhang.edit(overwritten, note="可以说的")
    removing = RemoveMarks((removed,))
    perform(zhang.library, removing)
    for words in ("刻薄话", "气话", "可以说的"):
        assert words in everything(zhang)
    hide(zhang, overwritten)
    share(zhang, overwritten)
    take_back(zhang, removing)
    hide(zhang, removed)
    perform(zhang.library, RemoveMarks((removed,)))
    assert "刻薄话" not in everything(zhang)
    assert removed not in everything(zhang)
    assert "可以说的" in everything(zhang)


def test_it_may_be_made_private_and_shared_any_number_of_times(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "第零句")
    for number in range(1, 4):
        li.merge(zhang)
        hide(zhang, mark_id)
        zhang.edit(mark_id, note=f"天机{number}")
        zhang.edit(mark_id, note=f"第{number}句")
        share(zhang, mark_id)
        zhang.edit(mark_id, pen=number)
        assert "天机" not in everything(zhang)
        assert f"第{number - 1}句" not in everything(zhang)
        assert li.counts(zhang) == {"changed": 1}
    li.merge(zhang)
    assert li.library.marks.get(mark_id).note == "第3句"
    assert conflicts(li.library) == []


def test_to_take_back_that_a_mark_was_made_private_changes_nothing_for_anybody(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "说过的")
    li.merge(zhang)
    li.edit(mark_id, note="李的")
    hidden = hide(zhang, mark_id)
    edited = EditMarks("改", {mark_id: {"note": "天机"}})
    perform(zhang.library, edited)
    take_back(zhang, edited)
    take_back(zhang, hidden)
    assert "天机" not in everything(zhang)
    assert not zhang.library.marks.get(mark_id).private
    assert li.counts(zhang) == {"conflicting": 1}, "it was said again, at the same time"
    other = zhang.mark("新质生产力", "安静的")
    li.merge(zhang)
    li.edit(other, note="李的话")
    take_back(zhang, hide(zhang, other))
    assert li.counts(zhang) == {"same": 2}
    assert zhang.counts(li)["changed"] == 1
    shared = share(zhang, other)
    take_back(zhang, shared)
    assert zhang.library.marks.get(other).private == zhang.library.marks.get(other).private


def test_what_is_changed_on_both_sides_meanwhile_is_a_conflict(desks):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "原来的")
    li.merge(zhang)
    li.edit(mark_id, note="李的")
    hide(zhang, mark_id)
    zhang.edit(mark_id, note="天机")
    zhang.edit(mark_id, note="张的")
    share(zhang, mark_id)
    assert li.counts(zhang) == zhang.counts(li) == {"conflicting": 1}
    li.merge(zhang)
    zhang.merge(li)
    assert "天机" not in everything(li) + everything(zhang)
    assert len(conflicts(li.library)) == len(conflicts(zhang.library)) == 1
    assert li.library.marks.get(mark_id).note == zhang.library.marks.get(mark_id).note


def test_of_a_colleagues_mark_that_was_private_here_their_words_stay_and_ours_of_that_time_go(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "张的")
    li.merge(zhang)
    hide(li, mark_id)
    li.edit(mark_id, note="李的天机")
    assert mark_id not in everything(li)
    zhang.edit(mark_id, tags=("张后来的",))
    li.merge(zhang)
    assert li.library.marks.get(mark_id).private
    li.edit(mark_id, note="李的")
    share(li, mark_id)
    assert "天机" not in everything(li)
    wang.merge(li)
    zhang.merge(li)
    for desk in (li, wang, zhang):
        mark = desk.library.marks.get(mark_id)
        assert (mark.note, mark.tags, mark.private) == ("李的", ("张后来的",), False)


def test_the_removal_of_a_private_mark_is_not_told_and_what_was_handed_over_stays(desks):
    zhang, li, wang = desks("张"), desks("李"), desks("王")
    mark_id = zhang.mark("人民主体地位", "说过的")
    li.merge(zhang)
    hide(zhang, mark_id)
    perform(zhang.library, RemoveMarks((mark_id,)))
    assert mark_id not in everything(zhang)
    assert li.counts(zhang) == {}
    wang.merge(li)
    assert wang.library.marks.get(mark_id).note == "说过的"
    zhang.merge(wang)
    assert zhang.library.marks.get(mark_id).removed
    assert mark_id not in everything(zhang)


def test_what_one_colleague_withheld_and_another_told_is_one_in_any_order(desks, tmp_path):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "起初")
    li.merge(zhang)
    li.edit(mark_id, tags=("李的",))
    told = li.bundle()
    hide(zhang, mark_id)
    zhang.edit(mark_id, note="后来")
    share(zhang, mark_id)
    withheld = zhang.bundle()
    found = []
    for number, order in enumerate([(told, withheld), (withheld, told), (withheld, told, withheld)]):
        with closing(Desk(tmp_path, f"读者{number}").library) as library:
            made = []
            for bundle in order:
                made.append(MergeBundle(plan_merge(library, bundle)))
                perform(library, made[-1])
            mark = library.marks.get(mark_id)
            found.append((mark.note, mark.tags))
            # Without the one that withholds, the other one's words hold again.
            for command in made[::-1]:
                with library.transaction():
                    command.revert(library)
            assert library.marks.get(mark_id) is None
            perform(library, MergeBundle(plan_merge(library, told)))
            assert library.marks.get(mark_id).note == "起初"
            assert library.check().sound
    assert set(found) == {("后来", ("李的",))}


def test_neither_the_systems_name_of_the_user_nor_of_the_machine_is_in_a_bundle(desks):
    zhang = desks("张")
    zhang.mark("人民主体地位")
    first = zhang.library.operations.of("author", zhang.library.author.id)[0].value
    assert zhang.library.device.name not in everything(zhang).replace("yuece", "")
    told = read_bundle(write_bundle(bundle_of(zhang.library)))
    assert first not in {one.value for one in told.operations}
    perform(zhang.library, RenameAuthor(zhang.library.author.id, "张三"))
    assert '"张"' not in everything(zhang)
    li = desks("李")
    li.merge(zhang)
    assert li.library.authors.get(zhang.library.author.id).name == "张三"


def test_marks_of_a_meeting_that_were_private_keep_its_words_here(desks):
    zhang = desks("张")
    perform(zhang.library, start_meeting("讨论会", zhang.reading.document.created.date()))
    mark_id = zhang.mark("人民主体地位", "会上的天机")
    perform(zhang.library, EndMeeting(zhang.library.meetings.all()[0].id))
    hide(zhang, mark_id)
    assert "讨论会" not in everything(zhang)
    zhang.edit(mark_id, private=False, note="会后")
    assert "讨论会" in everything(zhang)
    assert "天机" not in everything(zhang)


def read_back(data: bytes) -> str:
    """Return all text in a file, of which some are archives."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with ZipFile(BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("form", [form for form in FORMS if form.writer], ids=lambda form: form.key)
def test_no_other_form_of_export_tells_what_was_said_once(desks, form):
    zhang = desks("张")
    mark_id = zhang.mark("人民主体地位", "最初的话")
    hide(zhang, mark_id)
    zhang.edit(mark_id, note="天机", tags=("机密",))
    zhang.edit(mark_id, note="可以说的", tags=("公开",))
    share(zhang, mark_id)
    report = build_report(zhang.library, zhang.reading, Selection(private=True))
    written = read_back(form.writer(report, DEFAULT_OPTIONS, UNWATCHED))
    assert "可以说的" in written
    for words in ("最初的话", "天机", "机密"):
        assert words not in written


def test_a_private_web_annotation_that_is_shared_is_told_as_it_is_by_then(desks, tmp_path):
    zhang, li = desks("张"), desks("李")
    mark_id = zhang.mark("人民主体地位", "起初的天机")
    hide(zhang, mark_id)
    report = build_report(zhang.library, zhang.reading, Selection(private=True))
    file = read_annotations(write_jsonld(report, DEFAULT_OPTIONS, UNWATCHED))
    wang = desks("王")
    merged = MergeBundle(prepare_file_merge(wang.library, file, "标注.jsonld")(UNWATCHED))
    perform(wang.library, merged)
    assert wang.library.marks.get(mark_id).private
    wang.edit(mark_id, note="再一句天机")
    wang.edit(mark_id, note="可以说的")
    share(wang, mark_id)
    assert "天机" not in everything(wang)
    li.merge(wang)
    assert li.library.marks.get(mark_id).note == "可以说的"
    take_back(wang, merged)
    assert wang.library.marks.get(mark_id) is None
    perform(wang.library, merged)
    assert wang.library.marks.get(mark_id).note == "可以说的"


def test_in_fifty_orders_with_privacy_going_to_and_fro_one_library_comes_of_it_and_no_private_word_leaves(tmp_path):
    for seed in range(2):
        _everything_at_once(tmp_path / str(seed), random.Random(seed))


def _everything_at_once(folder, chance):
    folder.mkdir()
    four = [Desk(folder, name) for name in "甲乙丙丁"]
    words = _Words()
    for step in range(70):
        _act(four, words, chance, step)
        for desk in four:
            words.look(desk)
    bundles = [desk.bundle() for desk in four]
    for desk in four:
        words.check(desk)
    found = []
    for number in range(50 if folder.name == "0" else 5):
        order = chance.choices(bundles, k=chance.randrange(4)) + chance.sample(bundles, k=4)
        with closing(Desk(folder, f"读者{number}").library) as library:
            for bundle in order:
                perform(library, MergeBundle(plan_merge(library, bundle)))
            told = {key: values_of(one) for key, one in histories(library.operations.active("mark")).items()}
            clashing = {(one.subject_id, one.field, one.heads) for one in conflicts(library)}
            ids = {(one.id, one.replaces) for one in library.operations.active("mark")}
            found.append((told, clashing, ids))
            assert count_of(bundle_of(library)) == sum(not one["removed"] for one in told.values())
    assert len(found[0][0]) > 5
    assert all(one == found[0] for one in found)
    for desk in four:
        assert_told_as_shown(desk)
        assert desk.library.check().sound
        desk.library.close()


class _Words:
    """What was said on which mark, and what of it was shared at some time, by whoever heard of it."""

    def __init__(self):
        self.said = {}
        self.shared = set()

    def say(self, desk, mark_id, note):
        self.said[note] = mark_id
        desk.edit(mark_id, note=note)

    def look(self, desk):
        """Note what marks say that are shared by now."""
        for (_, mark_id), history in histories(desk.library.operations.active("mark")).items():
            values = values_of(history)
            if not values["private"]:
                self.shared |= {(mark_id, values["note"])}
                self.shared |= {(mark_id, json.loads(head.value)) for head in history.fields.get("note", [])}

    def check(self, desk):
        """Check that a bundle tells nothing of a mark that it never said while it was shared."""
        text = everything(desk)
        assert not [word for word, mark_id in self.said.items() if word in text and (mark_id, word) not in self.shared]


def _act(four, words, chance, step):
    desk = chance.choice(four)
    action = chance.choice(["add", "note", "note", "note", "hide", "share", "merge", "undo", "remove", "tags", "web"])
    marks = desk.marks()
    if action == "add" or not marks:
        mark_id = desk.mark(chance.choice(["人民主体地位", "新质生产力", "智能化", "攻关"]))
        words.say(desk, mark_id, f"词{step}。")
    elif action == "merge":
        other = chance.choice(four)
        words.check(other)
        desk.merge(other)
    elif action == "web":
        desk.merge_web(chance.choice(four))
    else:
        mark = chance.choice(marks)
        if action == "note":
            words.say(desk, mark.id, f"词{step}。")
        elif action == "hide":
            hide(desk, mark.id)
        elif action == "share":
            share(desk, mark.id)
        elif action == "undo":
            take_back(desk, private(desk, mark.id, private=not mark.private))
        elif action == "remove":
            perform(desk.library, RemoveMarks((mark.id,)))
        else:
            desk.edit(mark.id, tags=(f"标{step}",))
