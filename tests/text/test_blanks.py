"""Words on one line."""

from desktop.text.blanks import one_line


def test_runs_of_blanks_and_line_ends_become_one_blank():
    assert one_line(" 甲\n\n乙\u3000 丙\t") == "甲 乙 丙"
    assert one_line("\n \u2028") == ""
