"""The PDF file, read back by another program: every word, its place, its colours and its notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.exchange.watch import Watch
from desktop.model.errors import CancelledError
from desktop.model.export import Margin, Options, PageForm
from desktop.model.mark import MarkStyle
from desktop.model.report import ReportMark
from desktop.model.source import Hint, LineStyle
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.ui.printing.pdf import write_pdf
from desktop.ui.printing.sheets import full_text_sheets
from tests.exchange.table_of_targets import targets
from tests.ui.printing.conftest import POINTS_PER_MM, boxes_of, mark_on, opened, pages_of, picture_of, report_on

Marks = Callable[..., ReportMark]
STRANGE = "𠮷野家——“十五五”…〈工〉《一》–-AB fi ffi 幐·水人力，1.5％①"

NOTED = "规划\n正文在这里，十力人工。\n"


def squeezed(words: str) -> str:
    return "".join(words.split())


def without_number(page: str, number: int) -> str:
    ending = f"—{number}—"
    assert page.endswith(ending)
    return page.removesuffix(ending)


def test_every_letter_is_read_back_as_it_was(plan_text: str) -> None:
    pages = pages_of(write_pdf(report_on(plan_text)))
    words = "".join(without_number(page, number) for number, page in enumerate(pages, 1))
    first, again, text = plan_text.split(maxsplit=2)
    assert first == again  # and is printed once
    assert words == first + squeezed(text)
    assert words.count("十五五") == plan_text.count("十五五") >= 5


def test_letters_that_share_a_picture_and_letters_beyond_the_first_plane_are_found(plan_text: str) -> None:
    text = f"规划\n{STRANGE}\n"
    note = mark_on(text, Span(3, 5), f"批注：{STRANGE}", tags=("工信/一",))
    (page,) = pages_of(write_pdf(report_on(text, [note])))
    assert page.count(squeezed(STRANGE)) == 2
    assert "#工信/一" in page


@pytest.mark.parametrize(
    "strange",
    ["✓", "a\u200bb\ufeff", "👨\u200d👩\u200d👧", "สวัสดี", "\U0002a700\U00030000", "\ue000", "مرحبا", "é\u0301\u00ad"],
)
def test_what_the_font_lacks_harms_no_other_letter(strange: str) -> None:
    words = "衡阳市十五五规划2026年十力人工一《文》〈件〉"
    notes = [mark_on(NOTED, Span(3 + n, 5 + n), f"{words}{strange}{words}", tags=("工信/一",)) for n in range(2)]
    page = "".join(pages_of(write_pdf(report_on(NOTED, notes))))
    assert page.count(words) == 4
    assert page.count("#工信/一") == 2
    assert squeezed(NOTED) in page


def test_the_page_is_a4_with_28_letters_on_a_line_and_22_lines() -> None:
    text = "\n".join(["规划", *["国" * 400] * 12])
    with opened(write_pdf(report_on(text))) as pdf:
        assert [round(length / POINTS_PER_MM) for length in pdf[0].get_size()] == [210, 297]
        body = [box for box in boxes_of(pdf[1]) if box[0] == "国"]
    lines = Counter(round(box[2]) for box in body)
    assert len(lines) == 22
    assert max(lines.values()) == 28
    assert min(box[1] for box in body) == pytest.approx(28 * POINTS_PER_MM, abs=3)
    assert max(box[3] for box in body) <= (28 + 156) * POINTS_PER_MM
    assert max(box[4] for box in body) == pytest.approx((297 - 37) * POINTS_PER_MM, abs=12)


def test_page_numbers_stand_outside(plan_text: str) -> None:
    with opened(write_pdf(report_on(plan_text))) as pdf:
        for number, page in enumerate(pdf, 1):
            dash = boxes_of(page)[-1]
            assert dash[0] == "—"
            assert dash[2] < 35 * POINTS_PER_MM
            assert (dash[1] > 105 * POINTS_PER_MM) == (number % 2 == 1)


def test_distance_of_lines_and_bold_letters_are_the_users(plan_text: str) -> None:
    report = report_on(plan_text)
    wide = write_pdf(report, Options(page=PageForm(line=40)))
    with opened(wide) as pdf, opened(write_pdf(report)) as usual:
        assert len({round(box[2] / 3) for box in boxes_of(pdf[1]) if box[0] == "的"}) <= 16
        assert len(pdf) > len(usual)
    titled = report_on("二、综合\n1.甲标题。正文在这里。\n2.乙标题。正文在这里。\n", title="")
    assert len(fonts_of(write_pdf(titled, Options(page=PageForm(bold=False))))) < len(fonts_of(write_pdf(titled)))


def fonts_of(pdf: bytes) -> set[bytes]:
    return set(re.findall(rb"/FontName /(\S+)", pdf))


def test_a_wide_margin_holds_letters_people_can_read(plan_text: str, on_words: Marks) -> None:
    note = on_words("从全球看", "瑜" * 300)
    wide = Options(page=PageForm(margin=Margin.WIDE))
    data = write_pdf(report_on(plan_text, [note]), wide)
    pages = pages_of(data)
    words = "".join(without_number(page, number) for number, page in enumerate(pages, 1))
    assert words.count("瑜") == 300  # whole in the margin, not once more behind the text
    assert words.count("十五五") == plan_text.count("十五五")
    with opened(data) as pdf:
        assert [round(length / POINTS_PER_MM) for length in pdf[0].get_size()] == [210, 297]
        boxes = [box for page in pdf for box in boxes_of(page)]
    written = [box for box in boxes if box[0] == "瑜"]
    assert min(box[1] for box in written) > max(box[3] for box in boxes if box[0] == "的")
    assert max(box[3] for box in written) <= 202 * POINTS_PER_MM
    first, second = written[:2]
    assert second[1] - first[1] == pytest.approx(9.2, abs=0.1)
    assert min(box[2] for box in boxes) > 15 * POINTS_PER_MM


def test_fonts_are_embedded(plan_text: str, on_words: Marks) -> None:
    pdf = write_pdf(report_on(plan_text, [on_words("从全球看", "批注")]))
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", pdf)) == len(re.findall(rb"/Type /FontDescriptor", pdf)) >= 2


def test_a_note_stands_beside_its_line_and_in_the_margin(plan_text: str, on_words: Marks) -> None:
    with opened(write_pdf(report_on(plan_text, [on_words("从全球看", "㊣在此")]))) as pdf:
        boxes = boxes_of(pdf[0])
    words = "".join(box[0] for box in boxes)
    marked, note = boxes[words.index("从全球看")], boxes[words.index("㊣")]
    assert note[1] > (28 + 156) * POINTS_PER_MM
    assert note[3] < 206 * POINTS_PER_MM
    assert note[2] == pytest.approx(marked[2], abs=10)


def test_colours_lie_behind_the_words_and_lines_under_them(plan_text: str, on_words: Marks) -> None:
    marks = [on_words("从全球看"), on_words("从全国看", pen=2, style=MarkStyle.UNDERLINE)]
    with opened(write_pdf(report_on(plan_text, marks))) as pdf:
        boxes = boxes_of(pdf[0])
        picture = picture_of(pdf[0], 4)
    words = "".join(box[0] for box in boxes)
    seen = [
        {picture.pixelColor(int(box[1] * 4 + 24), int((841.89 - box[2]) * 4 + row)).name() for row in range(-16, 20)}
        for box in (boxes[words.index("从全球看")], boxes[words.index("从全国看")])
    ]
    assert "#ffe08f" in seen[0]
    assert "#4a89c7" in seen[1]
    assert "#ffe08f" not in seen[1]


def test_the_line_to_a_note_is_none_a_user_could_have_drawn(plan_text: str, on_words: Marks) -> None:
    with opened(write_pdf(report_on(plan_text, [on_words("从全球看", "批注", pen=5)]))) as pdf:
        boxes = boxes_of(pdf[0])
        picture = picture_of(pdf[0], 10)
    words = "".join(box[0] for box in boxes)
    comma = boxes[words.index("从全球看") + 4]
    foot = round((841.89 - comma[2]) * 10)
    lines = [[picture.pixelColor(column, row) for column in range(2450, 5000)] for row in range(foot, foot + 40)]
    best = max(lines, key=lambda line: sum(colour.lightness() < 200 for colour in line))
    dark = [colour.lightness() < 200 for colour in best]
    assert 0.2 < sum(dark) / len(dark) < 0.6  # dashes
    assert all(colour.saturation() < 60 for colour in best)  # grey, whatever the pen


def test_of_more_notes_than_find_room_every_one_is_printed_whole(plan_text: str) -> None:
    start = plan_text.index("从全球看")
    notes = [f"第{chr(0x4E00 + number)}号批注，要写得更具体一些，与省里的建议对照。" for number in range(120)]
    marks = [mark_on(plan_text, Span(start + n, start + n + 3), note) for n, note in enumerate(notes)]
    words = "".join(pages_of(write_pdf(report_on(plan_text, marks))))
    assert [note for note in notes if words.count(note) != 1] == []
    assert "文后批注" in words
    assert "第1页“" in words


def test_where_a_note_stands_that_finds_no_room_is_said_beside_its_words(plan_text: str) -> None:
    start = plan_text.index("从全球看")
    notes = [chr(0x4E00 + 37 * number) * 140 for number in range(9)]
    marks = [mark_on(plan_text, Span(start + n, start + n + 3), note) for n, note in enumerate(notes)]
    pages = pages_of(write_pdf(report_on(plan_text, marks)))
    words = "".join(without_number(page, number) for number, page in enumerate(pages, 1))
    assert [note for note in notes if words.count(note) != 1] == []
    behind = [re.search(f"([0-9])[.]第1页[^“]*“[^”]*”{note}", words) for note in notes]
    away = [found[1] for found in behind if found]
    assert len(away) == 7
    assert all(f"见文后批注{number}" in pages[0] for number in away)


def test_where_a_note_stands_that_comes_on_the_next_page_is_said_beside_its_words(plan_text: str) -> None:
    end = plan_text.index("中国特色社会主义制度")
    marks = [mark_on(plan_text, Span(end + 9 * n, end + 9 * n + 3), "㊣" * 90) for n in range(9)]
    first, second, *_ = pages_of(write_pdf(report_on(plan_text, marks)))
    assert first.count("见下页") == second.count("第1页“") > 0


def test_a_very_long_note_begins_in_the_margin_and_is_whole_behind_the_text(plan_text: str, on_words: Marks) -> None:
    note = "".join(f"{number}，" for number in range(4000))
    pages = pages_of(write_pdf(report_on(plan_text, [on_words("从全球看", note)])))
    words = "".join(without_number(page, number) for number, page in enumerate(pages, 1))
    assert "全文见文后批注1" in pages[0]
    assert "0，1，2，3，" in pages[0]
    assert note in words


def test_nothing_in_a_note_harms_the_file(plan_text: str, on_words: Marks) -> None:
    note = "\x00\x0b\u202e<b>&\t)(\\ endstream endobj\ud800\n\n\n末"
    report = report_on(plan_text, [on_words("从全球看", note, tags=("a\nb",))], title="(\\ \ud800<&")
    assert "末" in pages_of(write_pdf(report))[0]


def test_without_a_text_the_notes_are_printed_as_excerpts() -> None:
    lost = mark_on("", Span(0, 0), "没有丢", quote="稳中求进", address="未找到")
    (page,) = pages_of(write_pdf(report_on("", [lost], title="题")))
    assert page.startswith("题共1处标注")
    assert "未找到稳中求进没有丢" in page


def test_lines_of_a_title_end_between_words(plan_text: str) -> None:
    with opened(write_pdf(report_on(plan_text))) as pdf:
        lines = pdf[0].get_textpage().get_text_range().split("\r\n")
    assert lines[:2] == ["中共衡阳市委关于制定衡阳市", "国民经济和社会发展第十五个五年规划的建议"]


@pytest.mark.parametrize("text", ["", "\n\n", "一", "国" * 3000, "".join(f"标题{n}\n" for n in range(300))])
def test_any_text_is_printed(text: str) -> None:
    words = "".join(pages_of(write_pdf(report_on(text, title="建议"))))
    assert squeezed(text) in re.sub("—[0-9]+—", "", words)


def test_writing_can_be_stopped(plan_text: str, on_words: Marks) -> None:
    report = report_on(plan_text, [on_words("从全球看", "批注")])
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > 8

    with pytest.raises(CancelledError):
        write_pdf(report, watch=Watch(stopped))


@pytest.mark.parametrize(("count", "length"), [(0, 0), (100, 20), (1500, 20), (4, 20_000)])
def test_what_is_told_while_it_is_written_is_how_much_is_done(plan_text: str, count: int, length: int) -> None:
    starts = [len(plan_text) * n // (count + 1) for n in range(count)]
    marks = [mark_on(plan_text, Span(start, start + 4), "批" * length) for start in starts]
    told = [0.0]
    watch = Watch(told=lambda done, total: told.append(done / total))
    at = [told[-1] for _ in full_text_sheets(report_on(plan_text, marks), watch=watch)]
    assert told == sorted(told)
    assert at[-1] > 0.7
    assert 0.3 < at[len(at) // 2] < 0.7


def test_a_mark_over_pages_is_coloured_on_each(plan_text: str) -> None:
    whole = mark_on(plan_text, Span(0, len(plan_text)))
    with opened(write_pdf(report_on(plan_text, [replace(whole, pen=3)]))) as pdf:
        for page in pdf:
            picture = picture_of(page, 0.5)
            rows = range(picture.height())
            assert "#b0dfce" in {picture.pixelColor(picture.width() // 3, row).name() for row in rows}


def test_cells_of_a_row_stand_beside_one_another_and_a_long_one_goes_on_below() -> None:
    def mark(span: Span, text: str, note: str) -> ReportMark:
        return mark_on(text, span, note)

    pdf = write_pdf(targets(mark, "全员劳动"))
    (page,) = pages_of(pdf)
    assert f"1.{'全社会研发经费投入增长' * 4}(%)" in page  # read cell by cell
    with opened(pdf) as document:
        boxes = boxes_of(document[0])
    places = {letter: (left, top) for letter, left, _, _, top in reversed(boxes)}
    assert places["员"][0] == pytest.approx(places["社"][0], abs=2)  # behind an empty cell, too
    assert places["预"][1] == pytest.approx(places["经"][1], abs=2)
    assert places["经"][0] < places["社"][0] < places["预"][0]


def test_a_table_over_pages_has_all_its_rows() -> None:
    rows = [f"{number}\t{'甲乙丙' * 30}\t丁{number}" for number in range(60)]
    text = "\n".join(["规划", *rows, "正文。"])
    hints = [Hint(text.index(row), LineStyle.TABLE) for row in rows]
    report = replace(report_on(text), outline=parse_outline(text, hints))
    pages = pages_of(write_pdf(report))
    assert len(pages) > 3
    assert "".join(pages).count("甲") == 60 * 30


def test_a_cell_higher_than_a_page_goes_on_on_the_next() -> None:
    text = f"规划\n甲\t{'乙' * 5000}\n丙\t丁\n正文。"
    hints = [Hint(text.index(words), LineStyle.TABLE) for words in ("甲", "丙")]
    pages = pages_of(write_pdf(replace(report_on(text), outline=parse_outline(text, hints))))
    assert sum(page.count("乙") for page in pages) == 5000
    assert [page.count("乙") > 500 for page in pages[:3]] == [True] * 3


def test_many_headings_leave_no_page_half_empty() -> None:
    text = "规划\n" + "".join(f"正文{number}。\n" for number in range(8)) + "一、标题\n" * 9 + "正文。"
    sheets = list(full_text_sheets(report_on(text)))
    assert len(sheets[0].rows) > 12
    few = "规划\n" + "".join(f"正文{number}。\n" for number in range(17)) + "一、标题\n" * 3 + "正文。"
    kept = list(full_text_sheets(report_on(few)))[1].rows
    assert [row.line.paragraph.words for row in kept][:3] == ["一、标题"] * 3
