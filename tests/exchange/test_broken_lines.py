"""Lines of a page become paragraphs; a plain text stays as it is, copied from pages or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.broken_lines import Line, join_lines, joined_cell, text_width
from desktop.exchange.readers.furniture import Furniture, drop_furniture
from desktop.exchange.readers.text import read

SENTENCES = "要坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，以高质量发展为主题，以改革创新为根本动力。"
SLACK = 2.5
"""By how many ems full lines of a text differ in width: figures and Latin letters are no halves of an em."""
TITLE = "示例市国民经济和社会发展第十五个五年规划纲要"


def wrapped(paragraph: str, width: int = 28, indent: str = "　　") -> list[str]:
    """Break a paragraph into lines of so many letters, as a page shows it."""
    whole = indent + paragraph
    return [whole[start : start + width] for start in range(0, len(whole), width)]


def copied(paragraphs: list[str], lines_a_page: int = 12, footer: str = "— {} —") -> str:
    """Put paragraphs on pages and copy these, with form feeds."""
    lines = [line for paragraph in paragraphs for line in (wrapped(paragraph) if len(paragraph) > 20 else [paragraph])]
    pages = [lines[start : start + lines_a_page] for start in range(0, len(lines), lines_a_page)]
    return "\n\f".join("\n".join([TITLE, *page, footer.format(number)]) for number, page in enumerate(pages, 1))


def pages_of(text: str) -> list[list[Line]]:
    """Return the lines of a text as a page shows them; form feeds end a page, empty lines are space."""
    pages: list[list[Line]] = [[]]
    for row, whole in enumerate(text.split("\n")):
        for number, part in enumerate(whole.split("\f")):
            if number:
                pages.append([])
            words = part.strip()
            if words:
                lead = part[: len(part) - len(part.lstrip())]
                left = text_width(lead.expandtabs(4))
                cells = 1 + part.rstrip().count("\t")
                pages[-1].append(Line(words, left, left + text_width(words), float(row), cells=cells, lead=lead))
    return [page for page in pages if page]


def joined(text: str) -> tuple[list[str], Furniture]:
    """Return the paragraphs of pages, and what was left out of them."""
    pages, furniture = drop_furniture(pages_of(text))
    return [paragraph.text for paragraph in join_lines(pages, furniture.titles, SLACK)], furniture


def test_a_copy_from_pages_is_joined_and_the_remarks_say_so() -> None:
    paragraphs = [f"{number}、{SENTENCES * 3}" for number in "一二三四五六"]
    text = copied(["第一章 总则", *paragraphs])
    found, furniture = joined(text)
    assert found == ["第一章 总则", *(f"　　{paragraph}" for paragraph in paragraphs)]
    assert furniture.remarks()[0].startswith("略去页眉页脚")
    assert TITLE in furniture.remarks()[0]


def test_numbers_at_the_beginning_of_a_line_that_goes_on_are_no_new_paragraph() -> None:
    paragraph = "到二〇三〇年全市地区生产总值年均增长百分之六点一左右其中工业增加值达到3268.5亿元。" * 6
    text = copied([paragraph] * 3)
    assert "".join(joined(text)[0]).replace("　", "") == paragraph * 3


def test_a_broken_title_is_joined_where_the_contents_tell_it() -> None:
    body = [f"{SENTENCES * 3}" for _ in range(4)]
    lines = ["第一篇 总体要求 开启新征程 .......... 1", "第一篇 总体要求", "开启新征程"]
    text = "\n".join([*lines, *(line for paragraph in body for line in wrapped(paragraph))])
    assert joined(text)[0][:2] == [lines[0], "第一篇 总体要求 开启新征程"]


def test_lines_that_are_all_short_are_not_joined() -> None:
    lines = ["（征求意见稿）", "为推动文化发展，制定本规划。", "总体要求", "坚持守正创新。坚持开放包容。", "重点任务"]
    assert joined("\n".join([*lines, "指导思想", "（一）完善设施。新建图书馆。"]))[0][:5] == lines


def test_a_note_in_brackets_that_is_centred_is_one() -> None:
    note = ("（2026年1月20日明州市第九届人民", "代表大会第五次会议批准）")
    text = "\n".join([f"　　　　　　{note[0]}", f"　　　　　　　　{note[1]}", *wrapped(SENTENCES * 4)])
    assert joined(text)[0] == [f"　　　　　　{''.join(note)}", f"　　{SENTENCES * 4}"]


def test_rows_of_a_table_are_not_joined() -> None:
    rows = ["\t".join(("地区生产总值增长（%）", "5.8", "—", "6左右", "预期性"))] * 5
    text = copied([SENTENCES * 3] * 5) + "\n" + "\n".join(rows)
    assert joined(text)[0][-5:] == rows


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (("1.G", "DP增", "速"), "1.GDP增速"),
        (("PM", "2.5浓度"), "PM2.5浓度"),
        (("per", "GDP"), "per GDP"),
        (("GDP", "growth"), "GDP growth"),
        (("New", "York"), "New York"),
    ],
)
def test_an_abbreviation_that_a_narrow_cell_breaks_is_one(lines: tuple[str, ...], cell: str) -> None:
    assert joined_cell([Line(words, 0.0, 3.0, float(row)) for row, words in enumerate(lines)]) == cell


def test_a_plain_text_stays_to_the_letter_even_where_it_was_copied_from_pages() -> None:
    for text in (copied([SENTENCES * 3] * 5), "第一行\n\f— 1 —\n第二行", SENTENCES * 400):
        source = read(text.encode())
        assert source.text == text
        assert source.remarks == ()


def test_the_pages_of_the_sample_give_its_paragraphs(samples: Path) -> None:
    text = read((samples / "D5-synthetic-outline-pdf-copy.txt").read_bytes()).text
    lines, _ = joined(text)
    assert "第一篇 总体要求 开启现代化新示例建设新征程" in lines
    assert any(line.endswith("评估结果向市人民代表大会常务委员会报告。") for line in lines)
    assert "02 园区提质工程。到2030年全部省级以上园区亩均税收达到18万元。" in lines
    assert not [line for line in lines if line.strip() in {"。", "%。", "化。"} or "— 3 —" in line]


@given(st.lists(st.text("规划纲要，。AB 12“”（）一、", min_size=1, max_size=120), min_size=1, max_size=30))
def test_joining_loses_no_letter(paragraphs: list[str]) -> None:
    text = "\n".join(line for paragraph in paragraphs for line in wrapped(paragraph, 20))
    found, _ = joined(text)
    assert "".join(found).replace(" ", "").replace("　", "") == "".join(
        text.replace("\n", "").replace(" ", "").replace("　", "")
    )


@given(st.lists(st.integers(1, 6), min_size=8, max_size=20))
def test_indented_paragraphs_come_back_as_they_were(lengths: list[int]) -> None:
    paragraphs = [SENTENCES * length for length in lengths]
    text = "\n".join(line for paragraph in paragraphs for line in wrapped(paragraph))
    assert joined(text)[0] == [f"　　{paragraph}" for paragraph in paragraphs]


def hanging(paragraph: str, width: float) -> list[str]:
    """Break a paragraph into lines of at most so many ems, beyond which one sign may hang, without justifying them."""
    lines = [""]
    for letter in paragraph:
        hangs = letter in "，。、" and lines[-1][-1:] not in "，。、"
        if text_width(lines[-1] + letter) <= width or hangs:
            lines[-1] += letter
        else:
            lines.append(letter)
    return lines


@given(st.integers(17, 34), st.lists(st.integers(1, 6), min_size=6, max_size=20))
def test_signs_that_hang_beyond_the_edge_are_not_its_measure(width: int, lengths: list[int]) -> None:
    paragraphs = ["到2030年，增长5%。" + SENTENCES * length for length in lengths]
    text = "\n\n".join("\n".join(hanging(paragraph, width)) for paragraph in paragraphs)
    assert joined(text)[0] == paragraphs


def test_width_counts_ems() -> None:
    assert text_width("规划2030“”") == 6.0
