"""Settings come back as they were set, or as their default."""

import pytest

from desktop.model.settings import EXPORT_FOLDER, LEFT_SHOWN, LEFT_WIDTH, Setting, place_of
from desktop.storage.database import Database, Mode


def test_a_setting_is_its_default_until_it_is_set_and_is_no_operation(library):
    count = library.operations.count()
    assert library.settings.get(LEFT_WIDTH) == LEFT_WIDTH.default
    library.settings.set(LEFT_WIDTH, 300)
    library.settings.set(LEFT_WIDTH, 301)
    library.settings.set(EXPORT_FOLDER, "C:\\文件 “夹”")
    library.settings.set(place_of("e"), 12)
    assert library.settings.get(LEFT_WIDTH) == 301
    assert library.settings.get(EXPORT_FOLDER) == "C:\\文件 “夹”"
    assert library.settings.get(place_of("e")) == 12
    assert library.settings.get(place_of("f")) == 0
    assert library.operations.count() == count


@pytest.mark.parametrize("stored", ['"wide"', "true", "null", "[1]", "1.5", "no json", ""])
def test_what_has_another_type_is_the_default(library, stored):
    database = Database(library.path, Mode.WRITE)
    database.sql("INSERT INTO settings VALUES (?, ?)", (LEFT_WIDTH.key, stored))
    database.close()
    assert library.settings.get(LEFT_WIDTH) == LEFT_WIDTH.default


def test_no_number_is_a_switch(library):
    library.settings.set(Setting(LEFT_SHOWN.key, 0, ""), 0)
    assert library.settings.get(LEFT_SHOWN) is True
