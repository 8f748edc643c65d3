"""A bundle comes back as it was written; one that is damaged, altered or harmful is refused whole, in words."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange import archives
from desktop.exchange.bundle_form import VERSION
from desktop.exchange.readers.bundle import read_bundle
from desktop.exchange.writers.bundle import write_bundle
from desktop.model.author import ANNOTATION_DEVICE, Device
from desktop.model.bundle import Bundle
from desktop.model.errors import ExportError, UnreadableFileError
from desktop.model.operation import Operation
from desktop.model.origin import Origin, ToldClause

WHOLE = st.characters(exclude_categories=["Cs"])
THEN = datetime(2026, 11, 22, 8, 30, 0, 123456, tzinfo=UTC)
TIME = "2026-11-22T08:30:00.123456Z"


def identity(number: int) -> str:
    return str(UUID(int=number + (1 << 100)))


AUTHOR, DEVICE, DOCUMENT, EDITION, MARK, MEETING = map(identity, range(6))
DEVICES = (Device(DEVICE, "电脑"),)
ORIGIN = Origin(
    EDITION, DOCUMENT, "意见", "导入版", "a" * 64, "b" * 64, 100, (ToldClause(0, 50, ("五、",), "五、坚持", 0.5),)
)


def mark_record(**fields: Any) -> dict[str, Any]:
    record = {
        "id": MARK,
        "document_id": DOCUMENT,
        "edition_id": EDITION,
        "kind": "highlight",
        "style": "fill",
        "pen": 1,
        "place": {"start": 3, "end": 5, "exact": "人民", "prefix": "坚持", "suffix": "至上"},
        "note": "<img src=x onerror=alert(1)> & 𠮷 😀\n第二行\u2028\x07",
        "tags": ["甲", "乙/丙"],
        "private": False,
        "author_id": AUTHOR,
        "device_id": DEVICE,
        "meeting_id": MEETING,
        "created": TIME,
        "changed": TIME,
        "removed": False,
    }
    return record | fields


def operation(number: int, subject: str, subject_id: str, field: str, value: Any, replaces: str | None = None):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Operation(identity(100 + number), number, AUTHOR, DEVICE, THEN, subject, subject_id, field, text, replaces)


MEETING_RECORD = {
    "id": MEETING,
    "name": "会",
    "held_on": "2026-11-22",
    "started": TIME,
    "ended": None,
    "removed": False,
}
OPERATIONS = (
    operation(1, "author", AUTHOR, "", {"id": AUTHOR, "name": "张三"}),
    operation(2, "meeting", MEETING, "", MEETING_RECORD),
    operation(3, "mark", MARK, "", mark_record()),
    operation(4, "mark", MARK, "note", "改过", identity(103)),
    operation(5, "mark", MARK, "removed", value=True, replaces=identity(103)),
)
BUNDLE = Bundle(AUTHOR, THEN, "1.0", OPERATIONS, (ORIGIN,), DEVICES)


def test_a_bundle_comes_back_as_it_was_written_and_is_the_same_bytes_each_time():
    data = write_bundle(BUNDLE)
    assert read_bundle(data) == BUNDLE
    assert write_bundle(read_bundle(data)) == data


def test_the_form_is_that_of_its_version():
    """What differs from the golden file is another form: it gets another VERSION, and a golden file of that."""
    further = operation(6, "mark", MARK, "note", "再改", identity(104))
    anew = operation(7, "mark", MARK, "", mark_record(note="再改", pen=None, meeting_id=None), identity(103))
    withheld = {identity(103), identity(104)}
    told = (replace(one, value="") if one.id in withheld else one for one in (*OPERATIONS, further, anew))
    bundle = replace(BUNDLE, operations=tuple(told))
    golden = Path(__file__).parent / "golden" / f"bundle_{VERSION}.yuece"
    assert read_bundle(golden.read_bytes()) == bundle
    # Not the bytes of the zip: not every machine packs alike.
    assert unpacked(golden.read_bytes()) == unpacked(write_bundle(bundle))


def test_an_empty_bundle_is_a_bundle():
    bundle = replace(BUNDLE, at=None, operations=(), origins=(), devices=())
    assert read_bundle(write_bundle(bundle)) == bundle


@given(st.text(WHOLE, max_size=300), st.lists(st.text(WHOLE), max_size=4))
@settings(max_examples=60)
def test_whatever_is_written_comes_back(note, tags):
    changed = operation(3, "mark", MARK, "", mark_record(note=note, tags=tags))
    bundle = replace(BUNDLE, operations=(*OPERATIONS[:2], changed))
    assert read_bundle(write_bundle(bundle)) == bundle


def test_a_note_of_many_equal_characters_is_no_bomb():
    changed = operation(3, "mark", MARK, "", mark_record(note="好" * 900_000))
    bundle = replace(BUNDLE, operations=(*OPERATIONS[:2], changed))
    assert read_bundle(write_bundle(bundle)) == bundle


def test_a_bundle_that_nobody_could_read_is_not_written():
    notes = tuple(operation(number, "mark", MARK, "note", "好" * 900_000, identity(103)) for number in range(6, 30))
    with pytest.raises(ExportError, match="放不下"):
        write_bundle(replace(BUNDLE, operations=(*OPERATIONS[:4], *notes)))


def packed(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def vouched(members: dict[str, bytes], **fields: Any) -> bytes:
    """Pack members as somebody would who knows the form: with a manifest that agrees with them."""
    manifest = json.loads(members["manifest.json"]) | fields
    for name in manifest["members"]:
        data = members[name]
        manifest["members"][name] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "lines": data.count(b"\n"),
        }
    return packed(members | {"manifest.json": json.dumps(manifest).encode()})


def refused(data: bytes, words: str = "") -> None:
    with pytest.raises(UnreadableFileError) as told:
        read_bundle(data)
    sentence = str(told.value)
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith("。")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unpacked(write_bundle(BUNDLE))[name].splitlines()]


def rows_of(bundle: Bundle) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unpacked(write_bundle(bundle))["operations.jsonl"].splitlines()]


def with_rows(name: str, made: list[Any]) -> bytes:
    members = unpacked(write_bundle(BUNDLE))
    members[name] = "".join(json.dumps(row) + "\n" for row in made).encode()
    return vouched(members)


def changed_rows(name: str, index: int, change: Callable[[dict[str, Any]], Any]) -> bytes:
    made = rows(name)
    change(made[index])
    return with_rows(name, made)


def test_other_files_are_told_apart():
    refused(b"", "不是交换包")
    refused(b"SQLite format 3\0" + bytes(100), "整个文库")
    refused("网页".encode(), "不是交换包")
    refused(packed({"word/document.xml": b"<x/>"}), "不是交换包")
    refused(vouched(unpacked(write_bundle(BUNDLE)), format="another"), "不是交换包")


def test_a_bundle_of_a_newer_program_asks_for_an_update():
    members = unpacked(write_bundle(BUNDLE))
    refused(vouched(members, version=9, compatibility=9), "更新")
    assert read_bundle(vouched(members, version=9)) == BUNDLE


def test_a_bundle_of_a_much_older_program_asks_the_colleague_to_update():
    refused(vouched(unpacked(write_bundle(BUNDLE)), version=1, compatibility=1), "旧版本")


@pytest.mark.parametrize("version", [None, [], "x", -1, True, 1.5])
def test_a_version_that_is_none_is_damage(version):
    refused(vouched(unpacked(write_bundle(BUNDLE)), version=version), "不完整")


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_a_bundle_that_was_cut_short_is_refused(share):
    data = write_bundle(BUNDLE)
    refused(data[: len(data) * share // 100])


@given(st.integers(0, 10**9), st.integers(1, 255))
@settings(max_examples=150)
def test_one_byte_that_differs_is_found_or_makes_no_difference(position, difference):
    data = bytearray(write_bundle(BUNDLE))
    data[position % len(data)] ^= difference
    with suppress(UnreadableFileError):
        assert read_bundle(bytes(data)) == BUNDLE


@given(st.binary(max_size=400))
def test_noise_behind_the_first_letters_of_a_zip_is_refused(noise):
    refused(b"PK\x03\x04" + noise)


def test_members_that_are_not_what_the_manifest_says_are_refused():
    members = unpacked(write_bundle(BUNDLE))
    refused(packed(members | {"devices.jsonl": b""}), "改动过")
    refused(packed(members | {"more.txt": b"x"}), "改动过")
    refused(packed({name: data for name, data in members.items() if name != "devices.jsonl"}))


def test_names_that_lead_out_of_the_archive_or_stand_twice_are_refused():
    members = unpacked(write_bundle(BUNDLE))
    for name in ("../../etc/passwd", "/etc/passwd", "C:\\x", "a/../../b"):
        refused(packed(members | {name: b"x"}), "不安全")
    file = BytesIO(write_bundle(BUNDLE))
    with ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("operations.jsonl", members["operations.jsonl"])
    refused(file.getvalue(), "改动过")


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    members = unpacked(write_bundle(BUNDLE))
    refused(vouched(members | {"operations.jsonl": b" " * 30_000_000}), "过大")
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 3)
    refused(write_bundle(BUNDLE), "过大")


def test_lines_are_limited_in_number_and_length(monkeypatch):
    from desktop.exchange.readers import bundle as reader

    monkeypatch.setattr(reader, "LINES_LIMIT", 3)
    refused(write_bundle(BUNDLE), "改动过")
    monkeypatch.setattr(reader, "LINES_LIMIT", 100)
    monkeypatch.setattr(reader, "LINE_LIMIT", 300)
    refused(write_bundle(BUNDLE), "改动过")


BAD_OPERATIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no id": lambda row: row.pop("id"),
    "another field": lambda row: row.update(more=1),
    "an id that is none": lambda row: row.update(id="1'; DROP TABLE marks"),
    "a negative clock": lambda row: row.update(clock=-1),
    "an absurd clock": lambda row: row.update(clock=2**60),
    "a time before there were machines": lambda row: row.update(at="0001-01-01T00:00:00.000000Z"),
    "a time that no machine shows": lambda row: row.update(at="9999-12-31T23:59:59.999999Z"),
    "a field of another kind of record": lambda row: row.update(field="held_on", value="2026-11-22"),
    "another kind of record than before": lambda row: row.update(subject="meeting", field="name", value="会"),
    "nothing told, and nothing in its place": lambda row: row.pop("value"),
    "a clock that is no number": lambda row: row.update(clock=True),
    "a time that is none": lambda row: row.update(at="yesterday"),
    "a time beyond the calendar": lambda row: row.update(at="2026-13-45T99:00:00.000000Z"),
    "an unknown kind of record": lambda row: row.update(subject="setting"),
    "a field that does not change": lambda row: row.update(field="author_id", value=AUTHOR),
    "an unknown author": lambda row: row.update(author=identity(900)),
    "an unknown device": lambda row: row.update(device=identity(900)),
    "something that is not there replaced": lambda row: row.update(replaces=identity(900)),
    "itself replaced": lambda row: row.update(replaces=row["id"]),
    "nothing replaced": lambda row: row.update(replaces=None),
    "another record's replaced": lambda row: row.update(replaces=identity(101)),
    "a note that is a number": lambda row: row.update(value=7),
    "half a character": lambda row: row.update(value="\ud800"),
    "a list too deep": lambda row: row.update(value=[[[]]]),
    "a note too long": lambda row: row.update(value="长短" * 500_001),
}


@pytest.mark.parametrize("change", BAD_OPERATIONS.values(), ids=BAD_OPERATIONS)
def test_an_operation_that_cannot_be_is_refused(change):
    refused(changed_rows("operations.jsonl", 3, change))


BAD_MARKS: dict[str, dict[str, Any]] = {
    "another id than its own": {"id": identity(901)},
    "an unknown kind": {"kind": "virus"},
    "a sixth pen": {"pen": 6},
    "no place": {"place": None},
    "a place that ends before it begins": {"place": {"start": 9, "end": 5, "exact": "x", "prefix": "", "suffix": ""}},
    "an absurd offset": {"place": {"start": 0, "end": 2**50, "exact": "x", "prefix": "", "suffix": ""}},
    "surroundings too long": {"place": {"start": 0, "end": 1, "exact": "x", "prefix": "x" * 2000, "suffix": ""}},
    "too many tags": {"tags": ["甲"] * 1001},
    "tags that are none": {"tags": "甲"},
    "private that is neither": {"private": 1},
    "an unknown meeting": {"meeting_id": identity(902)},
    "an unknown author": {"author_id": identity(903)},
    "an unknown edition": {"edition_id": identity(904)},
    "an edition of another document": {"document_id": identity(905)},
    "another field": {"html": "<script>"},
}


@pytest.mark.parametrize("fields", BAD_MARKS.values(), ids=BAD_MARKS)
def test_a_mark_that_cannot_be_is_refused(fields):
    refused(changed_rows("operations.jsonl", 2, lambda row: row.update(value=mark_record(**fields))), "改动过")


def test_what_stands_twice_or_was_never_added_is_refused():
    made = rows("operations.jsonl")
    refused(with_rows("operations.jsonl", [*made, made[-1]]))
    refused(with_rows("operations.jsonl", made[:2] + made[3:]))
    refused(with_rows("operations.jsonl", ["x"]))
    refused(with_rows("devices.jsonl", [*rows("devices.jsonl"), *rows("devices.jsonl")]))
    refused(with_rows("devices.jsonl", [{"id": 0, "name": "x"}]))
    refused(changed_rows("editions.jsonl", 0, lambda row: row.update(sha256="../..")))
    refused(changed_rows("editions.jsonl", 0, lambda row: row.update(length=-1)))


def test_what_is_withheld_comes_back_as_withheld_where_another_value_stands_in_its_place():
    further = operation(6, "mark", MARK, "note", "再改", identity(104))
    again = operation(7, "mark", MARK, "", mark_record(note="再改"), identity(103))
    whole = replace(BUNDLE, operations=(*OPERATIONS, further, again))
    withheld = {identity(103), identity(104)}
    bundle = replace(
        whole, operations=tuple(replace(one, value="") if one.id in withheld else one for one in whole.operations)
    )
    assert read_bundle(write_bundle(bundle)) == bundle
    assert all("value" not in row for row in rows_of(bundle) if row["id"] in withheld)
    for last in (identity(106), identity(107)):
        refused(
            write_bundle(
                replace(
                    bundle,
                    operations=tuple(replace(one, value="") if one.id == last else one for one in bundle.operations),
                )
            ),
            "改动过",
        )


def test_nobody_tells_of_another_person_or_ends_a_meeting_of_theirs():
    other, person = other_person(6)
    people = (*OPERATIONS, person)
    whole = replace(BUNDLE, operations=people)
    assert read_bundle(write_bundle(whole)) == whole
    for change in (
        operation(7, "author", AUTHOR, "name", "王五", identity(101)),
        operation(7, "meeting", MEETING, "name", "别的会", identity(102)),
        operation(7, "meeting", MEETING, "ended", TIME, identity(102)),
    ):
        own = replace(whole, operations=(*people, change))
        assert read_bundle(write_bundle(own)) == own
        refused(write_bundle(replace(own, operations=(*people, replace(change, author_id=other)))), "改动过")


def other_person(number: int) -> tuple[str, Operation]:
    """Return the id of another person, and the operation that adds them."""
    other = identity(9)
    return other, replace(operation(number, "author", other, "", {"id": other, "name": "李四"}), author_id=other)


@pytest.mark.parametrize("replaced", [None, 102, 103])
def test_what_one_person_made_nobody_else_makes_anew(replaced):
    other, person = other_person(6)
    subject, record = ("mark", mark_record(note="伪造")) if replaced == 103 else ("meeting", MEETING_RECORD)
    again = operation(7, subject, record["id"], "", record, replaced and identity(replaced))
    further = operation(8, subject, record["id"], "removed", value=True, replaces=again.id)
    for added in ((again,), (again, further)):
        own = replace(BUNDLE, operations=(*OPERATIONS, person, *added))
        assert read_bundle(write_bundle(own)) == own
        theirs = (replace(one, author_id=other) for one in added)
        refused(write_bundle(replace(own, operations=(*OPERATIONS, person, *theirs))), "改动过")


def test_of_a_meeting_that_several_took_from_web_annotations_each_may_tell_until_its_maker_does():
    other, person = other_person(6)
    taken = operation(7, "meeting", MEETING, "", MEETING_RECORD)
    taken = replace(taken, author_id=other, device_id=ANNOTATION_DEVICE.id)
    renamed = replace(operation(8, "meeting", MEETING, "name", "别名", taken.id), author_id=other)
    devices = (*DEVICES, ANNOTATION_DEVICE)
    alone = [replace(one, device_id=ANNOTATION_DEVICE.id) if one.id == identity(102) else one for one in OPERATIONS]
    for operations, read in (
        ((*alone, person, taken, renamed), True),
        ((*OPERATIONS, person, taken), True),
        ((*OPERATIONS, person, taken, renamed), False),
    ):
        bundle = replace(BUNDLE, operations=tuple(operations), devices=devices)
        if read:
            assert read_bundle(write_bundle(bundle)) == bundle
        else:
            refused(write_bundle(bundle), "改动过")


def test_no_mark_in_a_bundle_is_private():
    hidden = operation(6, "mark", MARK, "private", value=True, replaces=identity(103))
    shared = operation(7, "mark", MARK, "private", value=False, replaces=hidden.id)
    beside = replace(shared, replaces=identity(103))
    anew = operation(8, "mark", MARK, "", mark_record(private=True), identity(103))
    again = replace(BUNDLE, operations=(*OPERATIONS, hidden, shared))
    assert read_bundle(write_bundle(again)) == again
    for operations in ((hidden,), (hidden, beside), (anew,)):
        refused(write_bundle(replace(BUNDLE, operations=(*OPERATIONS, *operations))), "改动过")


@pytest.mark.parametrize("name", ["", " \n", "长" * 10_001])
def test_what_is_no_name_is_refused(name):
    assert read_bundle(changed_rows("operations.jsonl", 0, lambda row: row["value"].update(name="长" * 10_000)))
    refused(changed_rows("operations.jsonl", 0, lambda row: row["value"].update(name=name)), "改动过")
    for record, added in ((AUTHOR, 101), (MEETING, 102)):
        subject = "author" if record == AUTHOR else "meeting"
        change = operation(6, subject, record, "name", name, identity(added))
        refused(write_bundle(replace(BUNDLE, operations=(*OPERATIONS, change))), "改动过")


def test_operations_that_replace_one_another_in_a_ring_are_refused():
    made = rows("operations.jsonl")
    made[3]["replaces"] = made[4]["id"]
    made[4] |= {"field": "note", "value": "圈", "replaces": made[3]["id"]}
    refused(with_rows("operations.jsonl", made), "改动过")


def test_brackets_without_an_end_are_refused():
    members = unpacked(write_bundle(BUNDLE))
    for deep in (b"[" * 100_000, b'{"a":' * 100_000):
        refused(vouched(members | {"devices.jsonl": deep + b"\n"}))
        refused(packed(members | {"manifest.json": deep}))
    refused(packed(members | {"manifest.json": b"[]"}))
    refused(packed(members | {"manifest.json": b"\xff\xfe"}))
    refused(vouched(members, author="x"))
    refused(vouched(members, at=7))


def test_a_byte_that_was_flipped_is_told_as_every_damage_is():
    data = write_bundle(BUNDLE)
    said = set()
    for place in range(40, len(data) // 2, 7):
        spoilt = bytearray(data)
        spoilt[place] ^= 0x55
        with suppress(UnreadableFileError):
            read_bundle(bytes(spoilt))
            continue
        with pytest.raises(UnreadableFileError) as told:
            read_bundle(bytes(spoilt))
        said.add(str(told.value))
    assert said
    assert all(words.startswith("这个交换包") for words in said)
