"""Lines of a page become paragraphs; a text that is no copy of pages stays as it is."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.broken_lines import is_page_copy, join_text, text_width
from desktop.exchange.readers.text import read

SENTENCES = "要坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，以高质量发展为主题，以改革创新为根本动力。"
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


def test_a_copy_from_pages_is_joined_and_the_remarks_say_so() -> None:
    paragraphs = [f"{number}、{SENTENCES * 3}" for number in "一二三四五六"]
    text = copied(["第一章 总则", *paragraphs])
    source = read(text.encode())
    assert source.text.split("\n") == ["第一章 总则", *(f"　　{paragraph}" for paragraph in paragraphs)]
    assert "接成段落" in source.remarks[0]
    assert source.remarks[1].startswith("略去页眉页脚")
    assert TITLE in source.remarks[1]


def test_numbers_at_the_beginning_of_a_line_that_goes_on_are_no_new_paragraph() -> None:
    paragraph = "到二〇三〇年全市地区生产总值年均增长百分之六点一左右其中工业增加值达到3268.5亿元。" * 6
    text = copied([paragraph] * 3)
    assert read(text.encode()).text.replace("\n", "").replace("　", "") == paragraph * 3


def test_a_broken_title_is_joined_where_the_contents_tell_it() -> None:
    body = [f"{SENTENCES * 3}" for _ in range(4)]
    lines = ["第一篇 总体要求 开启新征程 .......... 1", "第一篇 总体要求", "开启新征程"]
    text = "\n".join([*lines, *(line for paragraph in body for line in wrapped(paragraph))])
    assert join_text(text)[0].split("\n")[:2] == [lines[0], "第一篇 总体要求 开启新征程"]


def test_blanks_that_copying_puts_inside_quotation_marks_go() -> None:
    text = copied([f"“ 十五五 ”时期，{SENTENCES * 3}" for _ in range(5)])
    assert "“十五五”时期" in read(text.encode()).text


def test_rows_of_a_table_are_not_joined() -> None:
    rows = ["\t".join(("地区生产总值增长（%）", "5.8", "—", "6左右", "预期性"))] * 5
    text = copied([SENTENCES * 3] * 5) + "\n" + "\n".join(rows)
    assert read(text.encode()).text.split("\n")[-5:] == rows


def test_texts_that_are_no_copies_stay_to_the_letter() -> None:
    for text in (
        "\n".join(f"　　{SENTENCES * length}" for length in range(1, 20)),
        "\n".join(["床前明月光，疑是地上霜。", "举头望明月，低头思故乡。"] * 20),
        "\n".join(["一、总体要求", "二、主要目标", "三、重点任务"] * 10),
        "\n".join(SENTENCES for _ in range(30)),
        SENTENCES * 400,
        "第一行\n\f— 1 —\n第二行",
        "\n".join("各位代表" for _ in range(50)),
    ):
        assert not is_page_copy(text)
        assert read(text.encode()).text == text


def test_the_samples_are_judged_rightly(samples: Path) -> None:
    for file in samples.glob("*.txt"):
        assert bool(read(file.read_bytes()).remarks) == ("pdf-copy" in file.name), file.name


def test_the_sample_copied_from_a_pdf_has_its_paragraphs(samples: Path) -> None:
    source = read((samples / "D5-synthetic-outline-pdf-copy.txt").read_bytes())
    lines = source.text.split("\n")
    assert "第一篇 总体要求 开启现代化新示例建设新征程" in lines
    assert "第一节 “十四五”发展成就" in lines
    assert any(line.endswith("评估结果向市人民代表大会常务委员会报告。") for line in lines)
    assert "02 园区提质工程。到2030年全部省级以上园区亩均税收达到18万元。" in lines
    assert "03 数智赋能工程。建成市级以上智能工厂60家。" in lines
    assert not [line for line in lines if line.strip() in {"。", "%。", "化。"} or "— 3 —" in line]


@given(st.lists(st.text("规划纲要，。AB 12“”（）一、", min_size=1, max_size=120), min_size=1, max_size=30))
def test_joining_loses_no_letter(paragraphs: list[str]) -> None:
    text = "\n".join(line for paragraph in paragraphs for line in wrapped(paragraph, 20))
    joined, _ = join_text(text)
    assert joined.replace("\n", "").replace(" ", "").replace("　", "") == "".join(
        text.replace("\n", "").replace(" ", "").replace("　", "")
    )


@given(st.lists(st.integers(1, 6), min_size=8, max_size=20))
def test_indented_paragraphs_come_back_as_they_were(lengths: list[int]) -> None:
    paragraphs = [SENTENCES * length for length in lengths]
    text = "\n".join(line for paragraph in paragraphs for line in wrapped(paragraph))
    assert join_text(text)[0].split("\n") == [f"　　{paragraph}" for paragraph in paragraphs]


def test_width_counts_ems() -> None:
    assert text_width("规划2030“”") == 6.0
