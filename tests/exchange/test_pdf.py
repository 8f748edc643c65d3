"""A PDF becomes the paragraphs that were written, and what it does not give is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.exchange.isolation import read_isolated
from desktop.exchange.readers.pdf import read
from desktop.model.errors import UnreadableFileError
from desktop.model.source import LineStyle, Source
from tests.exchange.made_pdfs import (
    LEADING,
    LEFT,
    TOP,
    Words,
    broken,
    document,
    locked,
    one_picture_for_two,
    printed,
    written,
)
from tests.exchange.offices import convert

BODY = (
    "“十五五”时期是基本实现社会主义现代化夯实基础、全面发力的关键时期，必须准确把握发展的阶段性特征，"
    "到2030年地区生产总值达到3268.5亿元，年均增长6.1%左右，人民生活水平持续提高。"
)
MORE = "坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，以高质量发展为主题，以改革创新为根本动力，长期不懈。"
TITLE = "示例市国民经济和社会发展第十五个五年规划纲要"


pytestmark = pytest.mark.usefixtures("qapp")


def lines(source: Source) -> list[str]:
    return source.text.split("\n")


def styles(source: Source) -> dict[str, tuple[LineStyle, int]]:
    """Return the hints by the line they stand at."""
    return {source.text[hint.start :].split("\n")[0]: (hint.style, hint.level) for hint in source.hints}


def many(count: int) -> list[str]:
    """Return paragraphs of which no two have a line in common."""
    return [
        f"{'甲乙丙丁戊己庚辛壬癸子丑'[number]}" * (number + 1) + (BODY, MORE)[number % 2] for number in range(count)
    ]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(data)
    return str(caught.value)


def test_broken_lines_become_paragraphs_again() -> None:
    assert len(broken(BODY)) > 2
    assert lines(read(printed(document([BODY, MORE, "第一章 总则", MORE])))) == [BODY, MORE, "第一章 总则", MORE]


def test_a_paragraph_goes_on_over_the_page() -> None:
    paragraphs = many(12)
    assert lines(read(printed(document(paragraphs, lines_a_page=5)))) == paragraphs


@pytest.mark.parametrize("footer", ["— {page} —", "-{page}-", "{page} / 20", "第 {page} 页 共 20 页", "{page}"])
def test_page_numbers_and_running_titles_are_left_out_and_told(footer: str) -> None:
    paragraphs = many(8)
    pages = document(paragraphs, lines_a_page=5, header=TITLE, footer=footer, first=7)
    source = read(printed(pages))
    assert lines(source) == paragraphs
    assert source.remarks == (f"略去页眉页脚 {len(pages)} 处（“{TITLE}”）和页码 {len(pages)} 处，它们不是正文。",)


def test_figures_at_the_foot_that_are_no_page_numbers_stay() -> None:
    pages = [[*page, Words(280, 800, figure, 10)] for page, figure in zip(document(many(6), 5), "9285", strict=False)]
    assert [line for line in lines(read(printed(pages))) if line.isdigit()]


def test_letters_that_come_back_as_radicals_can_be_searched() -> None:
    words = "人民生活、长期风险、高门见角车页马鱼鸟黄齐龙、农户"
    assert lines(read(printed([[Words(LEFT, TOP, words)]]))) == [words]


def test_a_title_in_two_lines_is_one_and_headings_have_their_level() -> None:
    source = read(
        printed(
            document(
                [
                    Words(0, 0, TITLE[:11], 24, bold=True),
                    Words(0, 0, TITLE[11:], 24, bold=True),
                    BODY,
                    Words(0, 0, "第一篇 总体要求", 20, bold=True),
                    MORE,
                    Words(0, 0, "第一章 发展基础", 16, bold=True),
                    Words(0, 0, "第一节 发展成就", 16, bold=True),
                    BODY,
                ]
            )
        )
    )
    assert lines(source) == [TITLE, BODY, "第一篇 总体要求", MORE, "第一章 发展基础", "第一节 发展成就", BODY]
    assert styles(source) == {
        TITLE: (LineStyle.TITLE, 0),
        "第一篇 总体要求": (LineStyle.HEADING, 1),
        "第一章 发展基础": (LineStyle.HEADING, 2),
        "第一节 发展成就": (LineStyle.HEADING, 2),
    }


def test_a_heading_is_never_joined_with_the_text_below_it() -> None:
    heading = "二、把实施扩大内需战略同深化供给侧结构性改革有机结合起来不断增强动力"
    page = [
        *(
            Words(LEFT + 32 * (row == 0), TOP + LEADING * row, text, bold=True)
            for row, (_, text) in enumerate(broken(heading))
        ),
        *(Words(LEFT + x, TOP + LEADING * (row + 2), text) for row, (x, text) in enumerate(broken(BODY))),
    ]
    assert lines(read(printed([page])))[:2] == [heading, BODY]


def test_words_of_latin_letters_keep_their_blanks_and_chinese_gets_none() -> None:
    text = "支持 Hengyang High Tech Zone 建设 5G 网络，" * 4 + "推动 new quality productive forces 发展。"
    found = lines(read(printed(document([text]))))
    assert len(found) == 1
    assert found[0].replace(" ", "") == text.replace(" ", "")
    assert "Hengyang High Tech Zone" in found[0]
    assert "new quality productive forces" in found[0]


def test_words_in_another_font_stay_in_their_place() -> None:
    parts = [("推动", False), ("“", True), ("十五五", False), ("”", True), ("规划落实", False)]
    x, words = LEFT, []
    for text, bold in parts:
        words.append(Words(x, TOP, text, bold=bold))
        x += 16 * len(text)
    assert lines(read(printed([words[1::2] + words[::2]]))) == ["推动“十五五”规划落实"]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = []
    for column, paragraph in ((LEFT, BODY * 2), (LEFT + 240, MORE * 2)):
        rows = broken(paragraph, width=208)
        page += [Words(column + x, TOP + LEADING * row, text) for row, (x, text) in enumerate(rows)]
    assert lines(read(printed([page]))) == [BODY * 2, MORE * 2]


@pytest.mark.parametrize("gutter", [20, 32])
def test_three_columns_under_a_title_are_read_one_after_the_other(gutter: float) -> None:
    width = 160.0
    rows = broken(BODY * 3, width=width, size=12)
    third = -(-len(rows) // 3)
    page = [Words(LEFT, 50, TITLE, size=20)]
    for place, (inside, text) in enumerate(rows):
        column, row = divmod(place, third)
        page.append(Words(20 + column * (width + gutter) + inside, TOP + 20 * row, text, size=12))
    source = read(printed([page]))
    assert lines(source) == [TITLE, BODY * 3]
    assert source.remarks == ("第 1 页分栏排版，按从左到右一栏一栏的顺序读入，请对照原文核对。",)


@pytest.mark.parametrize("opener", ["附件{}", "专栏{}", "表{}"])
def test_a_number_at_the_top_of_a_page_that_is_no_page_number_stays(opener: str) -> None:
    pages = [[Words(LEFT, TOP, opener.format(n)), *document([many(4)[n]])[0]] for n in (1, 2, 3)]
    for page in pages:
        page[1:] = [Words(words.x, words.y + 3 * LEADING, words.text) for words in page[1:]]
    found = lines(read(printed(pages)))
    assert [line for line in found if line.startswith(opener[:1])] == [opener.format(n) for n in (1, 2, 3)]


def test_two_letters_that_are_one_picture_are_two() -> None:
    assert read(one_picture_for_two("W", "——")).text == "——abc"


def test_the_cells_of_a_table_are_divided_by_tabs() -> None:
    rows = [("指标", "2025年", "2030年"), ("地区生产总值", "5.8", "6.0"), ("城镇化率", "58.6", "63")]
    cells = [Words(LEFT + 160 * i, TOP + LEADING * n, cell) for n, row in enumerate(rows) for i, cell in enumerate(row)]
    source = read(printed([cells]))
    assert lines(source) == ["\t".join(row) for row in rows]
    assert {style for style, _ in styles(source).values()} == {LineStyle.TABLE}


def test_a_slanted_watermark_is_left_out_and_told() -> None:
    page = [*document([BODY])[0], Words(150, 400, "内部资料", 60, angle=-45)]
    source = read(printed([page]))
    assert lines(source) == [BODY]
    assert source.remarks == ("略去斜排的水印文字 4 个。",)


def test_a_scan_is_told_with_what_to_do() -> None:
    message = refusal(printed([[], []]))
    assert "扫描" in message
    assert "OCR" in message


def test_pages_without_text_are_told() -> None:
    source = read(printed([document([BODY])[0], [], document([MORE])[0]]))
    assert lines(source) == [BODY, MORE]
    assert source.remarks == ("第 2 页没有文字，可能是扫描的图片，没有读入。",)


def test_a_password_is_told() -> None:
    assert "加了密码" in refusal(locked())


def test_what_is_no_pdf_is_told() -> None:
    assert "空的" in refusal(b"")
    for data in (b"MZ" + bytes(3000), b"PK\x03\x04" + bytes(3000), "规划".encode() * 100, b"%PDF-1.7\n%%EOF"):
        assert "不是完整的 PDF" in refusal(data)


def test_a_pdf_that_was_not_downloaded_whole_is_told() -> None:
    whole = printed(document([BODY, MORE] * 30))
    for share in (0.1, 0.5, 0.9, 0.99):
        assert "不是完整的 PDF" in refusal(whole[: int(len(whole) * share)])


def test_letters_without_a_meaning_are_counted() -> None:
    source = read(written(b"BT /F1 12 Tf 80 700 Td (plan \\001\\020 2030) Tj ET"))
    assert "plan" in source.text


def test_every_hint_stands_at_the_beginning_of_a_line() -> None:
    source = read(printed(document([Words(0, 0, TITLE, 24), BODY, Words(0, 0, "第一章 总则", 20), BODY])))
    for hint in source.hints:
        assert hint.start == 0 or source.text[hint.start - 1] == "\n"


def test_a_flood_of_letters_ends_in_a_sentence_or_a_text() -> None:
    flood = written(b"BT /F1 12 Tf 80 700 Td " + b"(" + b"x" * 500_000 + b") Tj " * 3 + b" ET")
    assert read_isolated(read, flood).text.startswith("x")


def test_the_tables_of_an_office_program_keep_their_cells(samples: Path, tmp_path: Path, office: Path) -> None:
    source = read(convert(office, samples / "D3-synthetic-outline-auto-numbering.docx", "pdf", tmp_path))
    wanted = json.loads((samples / "expected.json").read_text("utf-8"))
    titles = next(entry for entry in wanted["documents"] if entry["file"].startswith("D3"))
    found = styles(source)
    assert found[titles["title"]][0] is LineStyle.TITLE
    headings = [source.text[hint.start :].split("\n")[0] for hint in source.hints if hint.style is LineStyle.HEADING]
    # LibreOffice numbers the chapters anew in each part, so only the words behind the numbers are the same.
    assert [words.split(" ", 1)[1] for words in headings] == [words.split(" ", 1)[1] for words in titles["headings"]]
    assert found["\t2.全员劳动生产率增长(%)\t5.5\t—\t高于地区生产总值增长\t预期性"] == (LineStyle.TABLE, 0)
    assert found["02 园区提质工程。到2030年全部省级以上园区亩均税收达到18万元。"] == (LineStyle.BOX, 0)


def test_a_real_document_printed_by_an_office_program(samples: Path, tmp_path: Path, office: Path) -> None:
    original = (samples / "12-work-report-2022-national.txt").read_bytes().decode("utf-8-sig")
    pdf = convert(office, samples / "12-work-report-2022-national.txt", "pdf", tmp_path)
    found = [line.replace("\u3000", "") for line in lines(read(pdf))]
    wanted = [line.replace("\u3000", "").strip() for line in original.splitlines() if line.strip()]
    assert "".join("".join(found).split()) == "".join("".join(wanted).split())
    # Four paragraphs of it are not indented and follow a line that is full: nobody could tell.
    assert len(set(found) & set(wanted)) >= 0.8 * len(wanted)
