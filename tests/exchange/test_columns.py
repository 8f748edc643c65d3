"""Columns are read one after the other, however narrow the space between; tables and single columns stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.readers.broken_lines import join_lines
from desktop.exchange.readers.glyphs import Glyph, rows_of
from desktop.exchange.readers.layout import Layout
from desktop.exchange.readers.ruled_tables import Table

WORDS = "坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，以高质量发展为主题，以改革创新为根本动力，长期不懈。"
LEFT, TOP = 71.0, 90.0


def set_line(text: str, left: float, baseline: float, em: float) -> list[Glyph]:
    return [Glyph(letter, left + n * em, left + (n + 1) * em, baseline, em, "宋体") for n, letter in enumerate(text)]


def wrapped(paragraphs: Iterable[str], width: int) -> list[tuple[int, str]]:
    """Break paragraphs that begin two letters further right; a mark hangs over the edge rather than begin a line."""
    lines = []
    for paragraph in paragraphs:
        rest, inside = paragraph, 2
        while rest:
            end = width - inside
            end += rest[end : end + 1] in ("，", "。")
            lines.append((inside, rest[:end]))
            rest, inside = rest[end:], 0
    return lines


def in_columns(
    lines: Sequence[tuple[int, str]],
    rows: int,
    width: int,
    gutter: float,
    em: float = 12.0,
    drops: Sequence[float] = (),
) -> list[Glyph]:
    """Set lines in columns of so many rows; `width`, `gutter` and `drops` (each begins so much lower) in ems."""
    glyphs = []
    for place, (inside, text) in enumerate(lines):
        column, row = divmod(place, rows)
        left = LEFT + (column * (width + gutter) + inside) * em
        drop = drops[column] if column < len(drops) else 0.0
        glyphs += set_line(text, left, TOP + drop * em + row * 1.5 * em, em)
    return glyphs


def read(glyphs: Iterable[Glyph], layout: Layout | None = None) -> list[str]:
    return [line.text for line in (layout or Layout()).lines(glyphs, "A4")]


@settings(max_examples=30)
@given(
    columns=st.integers(2, 4),
    rows=st.integers(8, 30),
    width=st.integers(10, 24),
    gutter=st.floats(1.2, 3.0),
    em=st.sampled_from((9.0, 10.5, 12.0, 14.0, 16.0)),
    drops=st.lists(st.floats(0, 0.95), min_size=4, max_size=4),
    lengths=st.lists(st.integers(30, 150), min_size=40, max_size=60),
)
def test_columns_are_read_one_after_the_other(
    columns: int, rows: int, width: int, gutter: float, em: float, drops: list[float], lengths: list[int]
) -> None:
    lines = wrapped([(WORDS * 4)[:length] for length in lengths], width)[: columns * rows]
    layout = Layout()
    assert read(in_columns(lines, rows, width, gutter, em, drops), layout) == [text for _, text in lines]
    assert layout.columned == [1]


def test_a_title_over_the_columns_comes_first_and_a_line_below_them_last() -> None:
    lines = wrapped([WORDS] * 9, 16)
    below = TOP + 18 * (len(lines) // 3 + 4)
    for title in ("规划建议", "国民经济和社会发展第十五个五年规划的建议全文"):
        whole = 16 * 3 + 2.4
        start = LEFT + (whole * 12 - len(title) * 20) / 2
        glyphs = set_line(title, start, TOP - 40, 20) + in_columns(lines, -(-len(lines) // 3), 16, 1.2)
        glyphs += set_line(WORDS[:45], LEFT, below, 12)
        assert read(glyphs) == [title, *(text for _, text in lines), WORDS[:45]]


def test_a_large_heading_at_the_top_of_a_column_belongs_to_it() -> None:
    lines = wrapped([WORDS] * 6, 16)
    half = len(lines) // 2
    glyphs = set_line("总体要求", LEFT, TOP, 22)
    glyphs += in_columns(lines, half, 16, 1.5, drops=(2.5, -0.7))
    assert read(glyphs) == ["总体要求", *(text for _, text in lines)]


def test_a_page_of_a_newspaper_is_read_text_by_text() -> None:
    def text_of(lines: Sequence[tuple[int, str]], columns: int, width: int, left: float, top: float) -> list[Glyph]:
        glyphs = in_columns(lines, -(-len(lines) // columns), width, 1.4)
        return [replace(glyph, left=glyph.left + left, right=glyph.right + left, baseline=glyph.baseline + top)
                for glyph in glyphs]  # fmt: skip

    first, second, third = (wrapped([WORDS[shift:] + WORDS] * 6, width) for shift, width in ((0, 16), (3, 12), (7, 19)))
    right = (16 * 2 + 1.4 + 1.6) * 12
    low = 18 * (-(-len(second) // 3) + 3)
    page = set_line("明州日报", LEFT, 20, 30) + set_line("第一篇的标题在两栏之上", LEFT + 60, 60, 22)
    page += text_of(first, 2, 16, 0, 0)
    page += set_line("第二篇的标题在三栏之上", LEFT + right + 60, 64, 22) + text_of(second, 3, 12, right, 5)
    page += set_line("第三篇的标题", LEFT + right + 60, low + 60, 22) + text_of(third, 2, 19, right, low)
    texts = [[text for _, text in lines] for lines in (first, second, third)]
    titles = ("第一篇的标题在两栏之上", "第二篇的标题在三栏之上", "第三篇的标题")
    articles = [line for title, lines in zip(titles, texts, strict=True) for line in (title, *lines)]
    assert read(page) == ["明州日报", *articles]


def test_columns_within_a_frame_are_read_one_after_the_other() -> None:
    lines = wrapped([WORDS] * 6, 16)
    half = len(lines) // 2
    frame = Table((LEFT - 5, LEFT + 12 * 35), (TOP - 20, TOP + 18 * half), ((0,),))
    found = Layout().lines(in_columns(lines, half, 16, 1.5), "A4", [frame])
    assert [line.text for line in found] == [text for _, text in lines]
    assert [paragraph.text for paragraph in join_lines([found])] == [WORDS] * 6


def test_the_few_rows_of_a_last_page_are_known_by_the_pages_before() -> None:
    layout = Layout()
    first, last = wrapped([WORDS] * 8, 16), wrapped([WORDS], 16)
    read(in_columns(first, len(first) // 2, 16, 1.3), layout)
    assert read(in_columns(last, 2, 16, 1.3), layout) == [text for _, text in last]
    assert layout.columned == [1, 2]
    assert layout.remarks() == ("第 1、2 页分栏排版，按从左到右一栏一栏的顺序读入，请对照原文核对。",)


def test_the_same_few_rows_alone_are_no_columns() -> None:
    assert len(read(in_columns(wrapped([WORDS], 16), 2, 16, 1.3))) == 2


@settings(max_examples=30)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=30), st.integers(12, 40))
def test_one_column_is_never_cut(lengths: list[int], width: int) -> None:
    lines = wrapped([(WORDS * 6)[:length] for length in lengths], width)
    layout = Layout()
    assert read(in_columns(lines, len(lines), width, 0), layout) == [text for _, text in lines]
    assert not layout.columned


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(2, 12), min_size=3, max_size=3), min_size=6, max_size=30))
def test_the_cells_of_a_table_are_read_row_by_row(rows: list[list[int]]) -> None:
    glyphs = []
    for row, lengths in enumerate(rows):
        for column, length in enumerate(lengths):
            glyphs += set_line("一" * length, LEFT + column * 170, TOP + row * 18, 12)
    assert all("\t" in line for line in read(glyphs))


def test_a_row_has_no_blanks_at_its_ends_and_a_row_of_blanks_is_none() -> None:
    rows = rows_of([*set_line("　总则 ", 0, 10, 12), *set_line("  ", 0, 40, 12)])
    assert ["".join(glyph.letter for glyph in row) for row in rows] == ["总则"]
