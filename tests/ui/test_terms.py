"""What a text of the library puts in quotation marks is a word in all of them."""

from pytestqt.qtbot import QtBot

from tests.ui.sitting import Sitting


def test_a_double_click_knows_the_terms_of_other_texts(desk: Sitting, qtbot: QtBot) -> None:
    desk.open_text("某市规划\n\n一、总体要求\n1.坚持稳五进三布二。\n")
    qtbot.waitUntil(lambda: {"稳五进三布二", "两主一特"} <= desk.reader.terms(), timeout=20_000)
    desk.open_text("某县规划\n\n一、总体要求\n1.落实“七上八下”要求。\n")
    qtbot.waitUntil(lambda: "七上八下" in desk.reader.terms(), timeout=20_000)
