"""The library knows who writes in it, and on which machine."""

import platform
from dataclasses import replace

import pytest

from desktop.storage import creation


def test_a_new_library_belongs_to_the_user_of_the_system(library):
    assert library.author.name == creation.user_name()
    assert library.authors.all() == [library.author]
    (operation,) = library.operations.of("author", library.author.id)
    assert operation.field == ""
    assert operation.author_id == library.author.id
    assert operation.device_id == library.device.id
    assert library.device.name == platform.node()


def test_an_author_is_renamed_and_stays_the_same(library):
    before = library.author
    library.authors.rename(before.id, "张三")
    library.authors.rename(before.id, "张三")
    assert library.author == replace(before, name="张三")
    assert library.authors.get(before.id) == library.author
    assert [(o.field, "张三" in o.value) for o in library.operations.of("author", before.id)][1:] == [
        ("name", True),
        ("", True),
    ]
    with pytest.raises(KeyError):
        library.authors.rename("nobody", "李四")


def test_every_machine_is_one_device(library, monkeypatch):
    first, path = library.device, library.path
    library.close()
    monkeypatch.setattr(platform, "node", lambda: "another")
    with type(library).open(path, read_only=True) as reading:
        assert reading.device.name == "another"
    with type(library).open(path) as there:
        second = there.device
    assert second.name == "another"
    with type(library).open(path) as there:
        assert there.device == second
    monkeypatch.undo()
    with type(library).open(path) as here:
        assert here.device == first
        assert here.check().counts["devices"] == 2
