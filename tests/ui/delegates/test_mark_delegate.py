"""Cards: how high they are, and what is seen on them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.mark import Mark, MarkKind, MarkStyle, Passage
from desktop.parsing.outline import parse_outline
from desktop.services.reading import Reading
from desktop.ui.delegates.mark_delegate import NOTE_LINE, NOTE_LINES, QUOTE_LINE, QUOTE_LINES, MarkDelegate
from desktop.ui.models.marks_filter import Card
from desktop.ui.models.marks_model import CARD_ROLE
from desktop.ui.theme.tokens import DARK, LIGHT, Theme

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WIDTH = 308
TEXT = "一、总体要求\n\n1.加快建设。" + "建设现代化产业体系,𠮷" * 60 + "。\n"


def card(quote: str, note: str = "", tags: tuple[str, ...] = (), *, pen: int | None = 1, private: bool = False) -> Card:
    edition = Edition("e", "d", "版本", TEXT, "txt", "a.txt", "", NOON)
    reading = Reading(Document("d", "建议", NOON), edition, parse_outline(TEXT))
    start = TEXT.index("建设现代化")
    place = Passage(start, start + len(quote), quote, "", "")
    mark = Mark(
        id=f"{quote[:3]}{len(quote)}{note[:3]}{len(note)}{tags}{pen}{private}",
        document_id="d",
        edition_id="e",
        kind=MarkKind.HIGHLIGHT,
        style=MarkStyle.FILL,
        pen=pen,
        place=place,
        note=note,
        tags=tags,
        private=private,
        author_id="",
        device_id="",
        meeting_id=None,
        created=NOON,
        changed=NOON,
    )
    return Card(mark, reading, "")


@pytest.fixture
def delegate(qtbot: QtBot) -> MarkDelegate:
    return MarkDelegate(LIGHT)


def test_a_quote_takes_three_lines_at_most(delegate: MarkDelegate) -> None:
    one = delegate.height(card("产业"), WIDTH)
    assert delegate.height(card("产业" * 200), WIDTH) == one + (QUOTE_LINES - 1) * QUOTE_LINE
    text = delegate.layout(card("产业" * 200), WIDTH).quote.text()
    assert text.endswith("…")


def test_a_long_note_is_cut_until_its_card_is_opened(delegate: MarkDelegate) -> None:
    short, long = card("产业", "好"), card("产业", "\n".join("一二三四五六七八九十" * 2))
    assert delegate.height(long, WIDTH) == delegate.height(short, WIDTH) + (NOTE_LINES - 1) * NOTE_LINE
    assert delegate.layout(long, WIDTH).more is not None
    assert delegate.layout(short, WIDTH).more is None
    delegate.opened = long.mark.id
    assert delegate.height(long, WIDTH) == delegate.height(short, WIDTH) + 19 * NOTE_LINE
    assert delegate.layout(long, WIDTH).more is None


def test_characters_beyond_the_basic_plane_are_never_cut_in_two(delegate: MarkDelegate) -> None:
    for length in range(60, 80):
        text = delegate.layout(card("𠮷" * length), WIDTH).quote.text()
        assert set(text) <= {"𠮷", "…"}


@pytest.mark.parametrize(
    ("quote", "note"),
    [("产业", ""), ("产业" * 30, "好"), ("产业" * 9, "甲\n乙"), ("建设现代化产业体系" * 9, "长批注。" * 90)],
)
def test_the_guess_is_near_the_truth(delegate: MarkDelegate, quote: str, note: str) -> None:
    one = card(quote, note, ("待核",))
    assert abs(delegate.estimate(one, WIDTH) - delegate.height(one, WIDTH)) <= 2 * QUOTE_LINE


def test_many_tags_wrap_and_a_long_one_is_elided(delegate: MarkDelegate) -> None:
    few = delegate.height(card("产业", tags=("甲",)), WIDTH)
    assert delegate.height(card("产业", tags=tuple(f"牵头单位{n}" for n in range(9))), WIDTH) > few
    pieces = delegate.layout(card("产业", tags=("很长的标签" * 20,)), WIDTH).pieces
    assert all(piece.rect.right() <= WIDTH - 2 * 12 + 1 for piece in pieces)


def test_writing_in_a_card_makes_it_as_high_as_what_is_written_in(delegate: MarkDelegate) -> None:
    one = card("产业", "好")
    delegate.form = (one.mark.id, 200)
    assert delegate.height(one, WIDTH) > 200
    body = delegate.body_rect(one, QRect(10, 50, WIDTH, delegate.height(one, WIDTH)))
    assert body.height() == 200
    delegate.form = None
    assert delegate.height(one, WIDTH) < 200


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pen_sheet_and_ring_are_painted_in_the_theme(delegate: MarkDelegate, theme: Theme) -> None:
    delegate.set_theme(theme)
    one = card("建设现代化产业体系", "<b>请核实</b>", ("待核",), pen=3, private=True)
    plain = painted(delegate, one, theme)
    middle = plain.height() // 2
    assert plain.pixelColor(12, middle) == QColor(theme.pen_lines[2])
    assert plain.pixelColor(10 + WIDTH // 2, 10 + 5) == QColor(theme.card)
    delegate.ringed = frozenset({one.mark.id})
    ringed = painted(delegate, one, theme)
    assert ringed.pixelColor(10 + WIDTH // 2, 9) == QColor(theme.accent)
    assert plain.pixelColor(10 + WIDTH // 2, 9) == QColor(theme.panel)


def painted(delegate: MarkDelegate, one: Card, theme: Theme) -> QImage:
    """Paint a card with ten pixels of panel around it."""
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(one, CARD_ROLE)
    model.appendRow(item)
    option = QStyleOptionViewItem()
    option.rect = QRect(QPoint(10, 10), QPoint(10 + WIDTH - 1, 10 + delegate.height(one, WIDTH) - 1))
    image = QImage(WIDTH + 20, option.rect.height() + 20, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return image
