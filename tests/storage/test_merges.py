"""What was merged counts until the merge is taken back; a program that dies, or a full disk, leaves no half."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.exchange.writers.bundle import write_bundle
from desktop.model.author import AUTHOR_COLOURS, Author, Device
from desktop.model.errors import LibraryFullError
from desktop.model.merge import Merge
from desktop.services.bundling import bundle_of
from desktop.services.command import perform
from desktop.services.marking import AddMarks
from desktop.services.merging import MergeBundle, plan_merge, read_for_merging
from desktop.storage.library import Library
from tests.services.desks import Desk

ROOT = Path(__file__).parents[2]
THEM = Author(str(uuid4()), "李四")
THEIR_LAPTOP = Device(str(uuid4()), "电脑")


@pytest.fixture
def merged(library, records):
    """Hold a library into which one change of a mark was merged: the merge, the mark, the operation."""
    mark = records.new_mark(note="我的")
    (added,) = library.operations.of("mark", mark.id)
    library.authors.settle(THEM)
    library.meet(THEIR_LAPTOP)
    theirs = replace(
        added,
        id=str(uuid4()),
        clock=added.clock + 5,
        author_id=THEM.id,
        device_id=THEIR_LAPTOP.id,
        field="note",
        value='"他们的"',
        replaces=added.id,
    )
    merge = Merge(str(uuid4()), "包.yuece", added.at)
    library.merges.add(merge)
    library.merges.take(merge.id, [theirs])
    return merge, mark, theirs


def test_what_came_with_a_merge_counts_until_it_is_taken_back(library, merged):
    merge, mark, theirs = merged
    assert theirs in library.operations.active("mark", [mark.id])
    assert library.merges.subjects(merge.id) == {"mark": [mark.id]} == library.merges.edited()
    library.merges.remove(merge.id)
    assert theirs not in library.operations.active("mark", [mark.id])
    assert library.operations.known([theirs.id]) == {theirs.id: theirs}
    assert library.operations.counting([theirs.id]) == frozenset()
    assert library.merges.all() == []
    library.merges.restore(merge.id)
    assert library.operations.counting([theirs.id]) == {theirs.id}
    assert library.merges.all() == [merge]


def test_a_change_replaces_what_is_shown_and_its_clock_is_the_highest(library, merged):
    _, mark, theirs = merged
    library.marks.edit(mark.id, note="后来的")
    latest = library.operations.of("mark", mark.id)[-1]
    assert latest.replaces == theirs.id
    assert latest.clock > theirs.clock
    assert library.clock() == latest.clock


def test_after_the_undo_a_change_replaces_what_is_left(library, merged):
    merge, mark, _ = merged
    library.merges.remove(merge.id)
    library.marks.edit(mark.id, note="后来的")
    operations = library.operations.of("mark", mark.id)
    assert operations[-1].replaces == operations[0].id


def test_what_counts_brings_along_what_it_replaces_but_for_what_added_the_record(library, merged):
    merge, mark, theirs = merged
    library.marks.edit(mark.id, note="后来的")
    library.merges.remove(merge.id)
    assert theirs in library.operations.active("mark", [mark.id])


def test_the_machine_of_a_colleague_may_have_the_name_of_ones_own(library, library_path):
    namesake = Device(str(uuid4()), library.device.name)
    library.meet(namesake)
    library.meet(namesake)
    assert {device.id for device in library.devices()} == {namesake.id, library.device.id}
    own = library.device
    library.close()
    with Library.open(library_path) as again:
        assert again.device == own


def test_authors_have_colours_by_their_order_until_the_user_gives_them_one(library):
    assert library.author.colour == 1
    library.authors.settle(THEM)
    assert library.authors.get(THEM.id).colour == 2
    library.authors.recolour(THEM.id, 7)
    assert {author.colour for author in library.authors.all()} == {1, 7}
    assert library.operations.of("author", THEM.id) == []  # it is a setting, and no colleague is told
    library.authors.settle(THEM)
    assert library.authors.get(THEM.id).colour == 7
    library.authors.recolour(THEM.id, 0)
    assert library.authors.get(THEM.id).colour == 2
    for colour in (-1, AUTHOR_COLOURS + 1):
        with pytest.raises(ValueError, match="no colour"):
            library.authors.recolour(THEM.id, colour)
    with pytest.raises(KeyError):
        library.authors.recolour("nobody", 1)


def _bundle_of_many(folder: Path, count: int) -> Path:
    """Write a bundle of many marks, and return where it is."""
    desk = Desk(folder, "张")
    first = desk.library.marks.get(desk.mark("人民主体地位"))
    marks = tuple(replace(first, id=str(uuid4()), note=f"批注{number}" * 20) for number in range(count))
    perform(desk.library, AddMarks("", marks))
    path = folder / "包.yuece"
    path.write_bytes(write_bundle(bundle_of(desk.library)))
    desk.library.close()
    return path


@pytest.mark.parametrize("seconds", [0.6, 0.9])
def test_a_program_that_is_killed_in_the_middle_has_merged_all_or_nothing(tmp_path, seconds):
    bundle = _bundle_of_many(tmp_path, 800)
    li = Desk(tmp_path, "李")
    li.library.close()
    command = [sys.executable, "-m", "desktop", "--library", str(li.library.path), "merge", str(bundle)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as program:
        time.sleep(seconds)
        program.kill()
    with Library.open(li.library.path) as library:
        assert library.check().sound
        assert len(library.marks.of_edition(li.reading.edition.id)) in (0, 801)
        perform(library, MergeBundle(plan_merge(library, read_for_merging(bundle))))
        assert len(library.marks.of_edition(li.reading.edition.id)) == 801


def test_on_a_full_disk_nothing_is_merged_and_the_library_can_be_used_on(small_disk, tmp_path):
    bundle = read_for_merging(_bundle_of_many(tmp_path, 800))
    li = Desk(small_disk, "李")
    try:
        before = li.library.clock()
        command = MergeBundle(plan_merge(li.library, bundle))
        with pytest.raises(LibraryFullError, match="磁盘已满"):
            perform(li.library, command)
        assert li.marks() == []
        assert li.library.clock() == before
        assert li.library.merges.all() == []
        li.mark("新质生产力")
        assert li.library.check().sound
    finally:
        li.library.close()
