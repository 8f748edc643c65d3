"""Labels at the beginning of a line, and the values of numbers."""

# ruff: noqa: RUF001 (labels are written in every width)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.parsing.numbering import Style, bare_label, label_like, number_value, read_label, style_of
from desktop.text.counting import han_number


def read(line: str) -> tuple[Style, str, int | None, str] | None:
    label = read_label(line, 0, len(line))
    return label and (label.style, label.text, label.number, line[label.body :])


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("第一编　总则", (Style.VOLUME, "第一编", 1, "总则")),
        ("第二分编 所有权", (Style.SUBVOLUME, "第二分编", 2, "所有权")),
        ("第三篇 城乡", (Style.PART, "第三篇", 3, "城乡")),
        ("第一部分　总体要求", (Style.PART, "第一部分", 1, "总体要求")),
        ("第 十二 章 附 则", (Style.CHAPTER, "第 十二 章", 12, "附 则")),
        ("第3节 目标", (Style.SECTION, "第3节", 3, "目标")),
        ("第一百二十五条　本法", (Style.ARTICLE, "第一百二十五条", 125, "本法")),
        ("第一百○二条 本法", (Style.ARTICLE, "第一百○二条", 102, "本法")),
        ("第十条之一 本法", (Style.ARTICLE, "第十条之一", 10, "本法")),
        ("第二款 规定", (Style.SUBARTICLE, "第二款", 2, "规定")),
        ("一、放要放出活力", (Style.HAN, "一、", 1, "放要放出活力")),
        ("十一．附则", (Style.HAN, "十一．", 11, "附则")),
        ("（二十五）落实", (Style.HAN_BRACKET, "（二十五）", 25, "落实")),
        ("(一)加快", (Style.HAN_BRACKET, "(一)", 1, "加快")),
        ("（一)加快", (Style.HAN_BRACKET, "（一)", 1, "加快")),
        ("25.加快", (Style.DIGIT, "25.", 25, "加快")),
        ("１２．加快", (Style.DIGIT, "１２．", 12, "加快")),
        ("1、加快", (Style.DIGIT, "1、", 1, "加快")),
        ("3．2020年底前", (Style.DIGIT, "3．", 3, "2020年底前")),
        ("1、12345热线", (Style.DIGIT, "1、", 1, "12345热线")),
        ("3、5G基站", (Style.DIGIT, "3、", 3, "5G基站")),
        ("4、3个中心", (Style.DIGIT, "4、", 4, "3个中心")),
        ("三、四个中心", (Style.HAN, "三、", 3, "四个中心")),
        ("二一、附则", (Style.HAN, "二一、", 21, "附则")),
        ("第廿一条 甲", (Style.ARTICLE, "第廿一条", 21, "甲")),
        ("第卅条 甲", (Style.ARTICLE, "第卅条", 30, "甲")),
        ("第一条、甲", (Style.ARTICLE, "第一条", 1, "甲")),
        ("第四章．甲", (Style.CHAPTER, "第四章", 4, "甲")),
        ("（1）加快", (Style.DIGIT_BRACKET, "（1）", 1, "加快")),
        ("2）加快", (Style.DIGIT_HALF_BRACKET, "2）", 2, "加快")),
        ("⑴加快", (Style.DIGIT_BRACKET, "⑴", 1, "加快")),
        ("㉑加快", (Style.CIRCLE, "㉑", 21, "加快")),
        ("——坚持", (Style.DASH, "——", None, "坚持")),
        ("--坚持", (Style.DASH, "--", None, "坚持")),
        ("专栏1　指标", (Style.BOX, "专栏1", 1, "指标")),
        ("专栏 2：工程", (Style.BOX, "专栏 2", 2, "工程")),
        ("表3 指标", (Style.TABLE, "表3", 3, "指标")),
        ("二 、加快", (Style.HAN, "二 、", 2, "加快")),
        ("2 ．加快", (Style.DIGIT, "2 ．", 2, "加快")),
        ("第 1 條 加快", (Style.ARTICLE, "第 1 條", 1, "加快")),
        ("第 1-1 條", (Style.ARTICLE, "第 1-1 條", 1, "")),
        ("第二編　總則", (Style.VOLUME, "第二編", 2, "總則")),
        ("第三節 目標", (Style.SECTION, "第三節", 3, "目標")),
        ("壹、計畫緣起", (Style.HAN_FORMAL, "壹、", 1, "計畫緣起")),
        ("參、策略", (Style.HAN_FORMAL, "參、", 3, "策略")),
        ("拾贰、策略", (Style.HAN_FORMAL, "拾贰、", 12, "策略")),
    ],
)
def test_a_label_is_read(line, label):
    assert read(line) == label
    assert style_of(label[1]) is label[0]


@pytest.mark.parametrize(
    "line",
    [
        "第十五个五年规划",
        "第三条规定的情形",
        "第二章所称",
        "一、二、三产业融合",
        "3.5亿元",
        "3 .5亿元",
        "陆地上的",
        "第1-2季度",
        "第一部分是总体要求",
        "第二部分由三章组成",
        "1、2号机组",
        "5、6、7月",
        "三、四线城市",
        "一、二季度",
        "五一、国庆",
        "三八、五四",
        "第一条、第二条规定",
        "第一、二、三条",
        "2025年12月",
        "2025.12",
        "二○三五年",
        "一是保持",
        "（2025年通过）",
        "—2—",
        "-----",
        "专栏1中的项目",
        "表现突出",
        "0.加快",
        "十十、加快",
        "加快",
        "²加快",
    ],
)
def test_what_only_looks_like_a_label_is_none(line):
    assert read(line) is None


@given(st.integers(1, 9999))
def test_counted_numbers_have_their_value(number):
    assert number_value(han_number(number)) == number_value(str(number)) == number


def test_numbers_are_read_as_they_are_written():
    written = {
        "〇": 0,
        "二〇三五": 2035,
        "二○三五": 2035,
        "一百〇二": 102,
        "一百零二": 102,
        "十": 10,
        "两": 2,
        "１２": 12,
    }
    assert {number: number_value(number) for number in written} == written
    assert [number_value(word) for word in ("", "十十", "百", "三十〇", "甲", "1234567890")] == [None] * 6


def test_a_label_is_made_like_another():
    assert [label_like("二、", 1), label_like("第3章", 2), label_like("（十二）", 11)] == ["一、", "第2章", "（十一）"]
    assert [label_like("贰、", 3), label_like("貳、", 3), label_like("第 2 條", 1)] == ["叁、", "參、", "第 1 條"]


def test_a_bare_label_is_as_it_is_spoken():
    labels = ["七、", "25.", "（一）", "1）", "①", "第三章", "二 、", "壹、"]
    assert [bare_label(label) for label in labels] == ["七", "25", "（一）", "1", "①", "第三章", "二", "壹"]
