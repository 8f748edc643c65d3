"""However long its context is, a hit is in sight."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from desktop.ui.delegates.hits_delegate import HitsDelegate
from desktop.ui.models.hits_model import HitRow
from desktop.ui.theme.fonts import interface_font
from desktop.ui.theme.tokens import LIGHT

WIDTH = 245
TEXTS = st.text(st.sampled_from("产业体系，4×4 abc"), max_size=90)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=TEXTS, after=TEXTS)
def test_the_words_found_are_whole_and_the_line_fits(qtbot: QtBot, before: str, after: str) -> None:
    metrics = QFontMetrics(interface_font())
    parts = HitsDelegate(LIGHT).parts(HitRow(before, "现代化", after, ""), WIDTH)
    assert parts[1] == "现代化"
    assert sum(metrics.horizontalAdvance(part) for part in parts) <= WIDTH
    if metrics.horizontalAdvance(before) + metrics.horizontalAdvance("现代化" + after) < WIDTH - 2:
        assert (parts[0], parts[2]) == (before, after)


def test_what_stands_before_is_cut_at_its_beginning_and_what_stands_after_at_its_end(qtbot: QtBot) -> None:
    before, words, after = HitsDelegate(LIGHT).parts(HitRow("甲" + "乙" * 60, "产业", "丙" * 60 + "丁", ""), WIDTH)
    assert (before[0], before[-1]) == ("…", "乙")
    assert words == "产业"
    assert (after[0], after[-1]) == ("丙", "…")


def test_words_wider_than_the_line_are_cut_themselves(qtbot: QtBot) -> None:
    before, words, after = HitsDelegate(LIGHT).parts(HitRow("甲乙", "产" * 80, "丙", ""), WIDTH)
    assert words.endswith("…")
    assert len(words) > 10
    assert (before.strip("…"), after.strip("…")) == ("", "")


def test_a_hit_in_a_private_mark_bears_a_sign_beside_that_of_the_note(qtbot: QtBot) -> None:
    picture = QPixmap(WIDTH, 20)
    painter = QPainter(picture)
    paint, rows = HitsDelegate(LIGHT)._paint_signs, HitRow("", "产业", "", "")  # noqa: SLF001
    note = replace(rows, note=True)
    room = [paint(painter, picture.rect(), row) for row in (rows, note, replace(note, private=True))]
    painter.end()
    assert room[0] == 0
    assert room[2] == 2 * room[1] > 0
