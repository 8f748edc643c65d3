"""Text from the clipboard becomes a file like any other."""

from datetime import datetime

import pytest

from desktop.model.errors import UnreadableFileError
from desktop.parsing.outline import parse_outline
from desktop.services.pasting import read_pasted

AT = datetime(2026, 11, 22, 14, 5)  # noqa: DTZ001 - local time


def test_pasted_text_is_read_like_a_file_and_named_by_the_time():
    file = read_pasted("某市规划\r\n\r\n一、总体要求\r\n稳中求进。\r\n", AT)
    assert (file.name, file.format) == ("粘贴 2026-11-22 14.05.txt", "txt")
    assert file.text == "某市规划\n\n一、总体要求\n稳中求进。\n"
    assert file.outline == parse_outline(file.text)
    assert file.title == "某市规划"
    assert file.data.decode() == "某市规划\r\n\r\n一、总体要求\r\n稳中求进。\r\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n  第一条　为了试验。\n第二条　无。", "第一条 为了试验。"),
        ("第一条　" + "很长" * 40, ("第一条 " + "很长" * 40)[:30] + "…"),
    ],
)
def test_a_text_without_a_title_is_called_by_its_first_line_shortened(text, title):
    assert read_pasted(text, AT).title == title


@pytest.mark.parametrize(
    ("text", "words"), [("", "没有文字"), (" \r\n\u3000", "没有文字"), ("\x00\x01\x02", "没有导入")]
)
def test_what_is_no_text_is_refused_in_words(text, words):
    with pytest.raises(UnreadableFileError, match=words):
        read_pasted(text, AT)


def test_half_a_pair_of_surrogates_does_no_harm():
    assert read_pasted("第一条　好\ud83d。", AT).text == "第一条　好?。"
