"""Names are cleaned before they are kept, and empty ones refused."""

import pytest

from desktop.model.errors import UserError
from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.parsing.outline import parse_outline
from desktop.services.command import perform
from desktop.services.importing import ImportedFile
from desktop.services.naming import RenameAuthor, RenamePens, cleaned


@pytest.mark.parametrize(
    ("written", "kept"), [("重点", "重点"), ("  重\n点\u3000 x ", "重 点 x"), ("\U00020bb7", "\U00020bb7")]
)
def test_blanks_around_a_name_are_dropped(written, kept):
    assert cleaned(written, "名称") == kept


@pytest.mark.parametrize("blank", ["", " ", "\n\u3000\u00a0"])
def test_a_blank_name_is_refused_and_nothing_is_renamed(library, blank):
    with pytest.raises(UserError, match="颜色名称不能是空的"):
        perform(library, RenamePens({1: "要点", 2: blank}))
    with pytest.raises(UserError, match="署名不能是空的"):
        perform(library, RenameAuthor(library.author.id, blank))
    assert library.pens.all() == DEFAULT_PENS


def test_pens_are_renamed_and_get_their_own_names_back(library):
    command = RenamePens({1: " 要点 ", 5: "好句"})
    assert perform(library, command).pens == {1, 5}
    assert library.pens.all() == (Pen(1, "要点"), *DEFAULT_PENS[1:4], Pen(5, "好句"))
    command.revert(library)
    assert library.pens.all() == DEFAULT_PENS


def test_the_author_is_renamed_and_gets_the_old_name_back(library):
    author = library.author
    command = RenameAuthor(author.id, "王\U00020bb7")
    perform(library, command)
    assert library.author.name == "王\U00020bb7"
    command.revert(library)
    assert library.author == author


def test_an_author_nobody_knows_is_left_alone(library):
    command = RenameAuthor("nobody", "王")
    assert not perform(library, command)
    command.revert(library)
    assert [author.name for author in library.authors.all()] == [library.author.name]


def test_a_name_far_too_long_is_refused(library):
    with pytest.raises(UserError, match="署名太长"):
        perform(library, RenameAuthor(library.author.id, "长" * 10_001))


def test_a_file_with_an_endless_name_is_called_by_its_beginning():
    text = "正文。\n"
    assert len(ImportedFile("a.txt", "txt", b"", text, parse_outline(text), called="长" * 20_000).title) == 10_000
