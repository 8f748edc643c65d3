"""Chips in few rows, and a menu for the rest."""

from pytestqt.qtbot import QtBot

from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.filter_chips import MORE, FilterChips, Offer


def make(qtbot: QtBot, offers: list[Offer], width: int = 308) -> FilterChips:
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.resize(width, 90)
    chips.set_offers(offers)
    chips.show()
    qtbot.waitExposed(chips)
    return chips


def shown(chips: FilterChips) -> list[str]:
    found = [chip for chip in chips.findChildren(Chip) if chip.isVisible()]
    return [chip.text() for chip in sorted(found, key=lambda chip: (chip.y(), chip.x()))]


def chip(chips: FilterChips, text: str) -> Chip:
    return next(chip for chip in chips.findChildren(Chip) if chip.text() == text and chip.isVisible())


def test_they_never_take_more_than_three_rows(qtbot: QtBot) -> None:
    offers = [Offer(str(number), f"第{number}个标签", number) for number in range(30)]
    chips = make(qtbot, offers)
    rows = {chip.y() for chip in chips.findChildren(Chip) if chip.isVisible()}
    assert len(rows) == 3
    assert shown(chips)[-1] == MORE
    assert len(shown(chips)) - 1 + len(chips.menu().actions()) == 30


def test_where_all_have_room_there_is_no_menu(qtbot: QtBot) -> None:
    chips = make(qtbot, [Offer("a", "甲", 1), Offer("b", "乙", 2)])
    assert shown(chips) == ["甲", "乙"]
    assert chips.menu().actions() == []


def test_spare_ones_wait_in_the_menu_and_come_out_when_checked(qtbot: QtBot) -> None:
    chips = make(qtbot, [Offer("a", "甲", 1), Offer("b", "乙 & 丙", 2, spare=True)])
    assert shown(chips) == ["甲", MORE]
    menu = chips.menu()
    assert [action.text() for action in menu.actions()] == ["乙 && 丙  2"]
    with qtbot.waitSignal(chips.changed):
        menu.actions()[0].trigger()
    assert chips.checked() == {"b"}
    assert shown(chips) == ["甲", "乙 & 丙"]
    assert chip(chips, "乙 & 丙").isChecked()


def test_a_click_checks_and_another_unchecks(qtbot: QtBot) -> None:
    chips = make(qtbot, [Offer("a", "甲", 1), Offer("b", "乙", 2)])
    chip(chips, "甲").click()
    chip(chips, "乙").click()
    assert chips.checked() == {"a", "b"}
    chip(chips, "甲").click()
    assert chips.checked() == {"b"}
    with qtbot.waitSignal(chips.changed):
        chips.clear()
    assert not chip(chips, "乙").isChecked()


def test_new_counts_keep_the_chips_and_their_focus(qtbot: QtBot) -> None:
    chips = make(qtbot, [Offer("a", "甲", 1)])
    first = chip(chips, "甲")
    first.setFocus()
    chips.set_offers([Offer("b", "乙", 1), Offer("a", "甲", 5)])
    assert chip(chips, "甲") is first
    assert first.count() == 5
    assert shown(chips) == ["乙", "甲"]


def test_what_is_no_longer_offered_is_no_longer_checked(qtbot: QtBot) -> None:
    chips = make(qtbot, [Offer("a", "甲", 1), Offer("b", "乙", 2)])
    chips.toggle("a")
    with qtbot.waitSignal(chips.changed):
        chips.set_offers([Offer("b", "乙", 2)])
    assert chips.checked() == frozenset()
