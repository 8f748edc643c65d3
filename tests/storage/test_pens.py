"""Pens have the program's names until the user gives them others."""

import pytest

from desktop.model.pen import DEFAULT_PENS, Pen


def test_a_pen_is_renamed_and_the_others_keep_their_names(library):
    assert library.pens.all() == DEFAULT_PENS
    library.pens.rename(2, "存疑")
    library.pens.rename(2, "存疑")
    assert library.pens.all() == (DEFAULT_PENS[0], Pen(2, "存疑"), *DEFAULT_PENS[2:])
    library.pens.rename(2, DEFAULT_PENS[1].name)
    assert library.pens.all() == DEFAULT_PENS
    operations = library.operations.of("pen", "2")
    assert [(operation.field, operation.value) for operation in operations] == [("name", '"存疑"'), ("name", '"疑问"')]
    assert [operation.replaces for operation in operations] == [None, operations[0].id]


def test_there_is_no_sixth_pen(library):
    with pytest.raises(KeyError):
        library.pens.rename(6, "紫")
