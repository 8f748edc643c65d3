"""Words on one line."""

from desktop.text.blanks import one_line, with_every_line_end, with_line_feeds


def test_runs_of_blanks_and_line_ends_become_one_blank():
    assert one_line(" 甲\n\n乙\u3000 丙\t") == "甲 乙 丙"
    assert one_line("\n \u2028") == ""


def test_every_line_end_becomes_a_line_feed() -> None:
    assert (
        with_every_line_end("甲\r\n乙\r丙\x0b丁\x85戊\u2028己\u2029庚\n\x0c辛") == "甲\n乙\n丙\n丁\n戊\n己\n庚\n\x0c辛"
    )


def test_rare_line_ends_are_letters_beside_the_common_ones() -> None:
    assert with_line_feeds("甲\r\n乙\r丙\u2028丁") == "甲\n乙\n丙\u2028丁"
    assert with_line_feeds("甲\u2028乙\x85丙") == "甲\n乙\n丙"
