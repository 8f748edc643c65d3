"""What is exported has the colours of the window."""

from desktop.exchange.writers import colours
from desktop.ui.theme.tokens import DARK, LIGHT


def test_the_pens_of_an_export_are_those_of_the_window() -> None:
    for theme, fills, lines in (
        (LIGHT, colours.FILLS, colours.LINES),
        (DARK, colours.DARK_FILLS, colours.DARK_LINES),
    ):
        assert [f"#{fill.lower()}" for fill in fills] == list(theme.pens)
        assert [f"#{line.lower()}" for line in lines] == list(theme.pen_lines)


def test_a_mark_without_a_pen_and_one_of_a_pen_there_is_none_of_are_plain() -> None:
    assert colours.fill_of(None) == colours.fill_of(0) == colours.fill_of(6) == colours.PLAIN_FILL
    assert colours.line_of(None) == colours.line_of(6) == colours.PLAIN_LINE
    assert colours.fill_of(1) == colours.FILLS[0]
