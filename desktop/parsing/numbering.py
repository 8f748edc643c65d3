"""Labels: which characters at the beginning of a line number it, in which style, with which value."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from desktop.model.clause import ClauseKind
from desktop.text.counting import han_number


class Style(IntEnum):
    """The ways a clause is numbered, from the outermost to the innermost where nothing else is known."""

    ATTACHMENT = 0  # 附件1 附录A 附表1-2 附图
    VOLUME = 1  # 第一编
    SUBVOLUME = 2  # 第一分编
    PART = 3  # 第一篇 第一部分
    CHAPTER = 4  # 第一章
    SECTION = 5  # 第一节
    ARTICLE = 6  # 第一条
    SUBARTICLE = 7  # 第一款
    HAN_FORMAL = 8  # 壹、
    HAN = 9  # 一、
    HAN_BRACKET = 10  # （一）
    DIGIT = 11  # 1.
    BARE = 12  # 1 总则, where 1.1 follows
    DECIMAL_2 = 13  # 1.1
    DECIMAL_3 = 14  # 1.1.1
    DECIMAL_4 = 15  # 1.1.1.1
    DIGIT_BRACKET = 16  # （1）
    DIGIT_HALF_BRACKET = 17  # 1）
    CIRCLE = 18  # ①
    DASH = 19  # ——
    BOX = 20  # 专栏1
    TABLE = 21  # 表1

    @property
    def structural(self) -> bool:
        """Whether the style is 附件 or one of 编 to 条, whose order is the same in every text."""
        return self <= Style.ARTICLE

    @property
    def decimal(self) -> bool:
        """Whether the style names what a clause stands under, as 1.1 does."""
        return Style.DECIMAL_2 <= self <= Style.DECIMAL_4

    @property
    def item(self) -> bool:
        """Whether the style marks an item of a list, which no unnumbered text belongs to."""
        return self in (Style.CIRCLE, Style.DASH)


class Label(NamedTuple):
    """A label as it was read: `start` and `end` are where it stands, `body` where the words behind it begin.

    All are code points. `glued` tells that no blank stands behind 第一条 and the like: it may be the beginning of a
    sentence that speaks of 第一条.
    """

    style: Style
    text: str
    number: int | None
    start: int
    end: int
    body: int
    glued: bool = False


KINDS = {
    Style.VOLUME: ClauseKind.VOLUME,
    Style.SUBVOLUME: ClauseKind.SUBVOLUME,
    Style.PART: ClauseKind.PART,
    Style.CHAPTER: ClauseKind.CHAPTER,
    Style.SECTION: ClauseKind.SECTION,
    Style.ARTICLE: ClauseKind.ARTICLE,
    Style.CIRCLE: ClauseKind.ITEM,
    Style.DASH: ClauseKind.ITEM,
    Style.BOX: ClauseKind.BOX,
    Style.TABLE: ClauseKind.TABLE,
}
"""The kinds of clause by style; the styles that are not here make a heading."""

UNITS = {
    "编": Style.VOLUME,
    "編": Style.VOLUME,
    "分编": Style.SUBVOLUME,
    "分編": Style.SUBVOLUME,
    "篇": Style.PART,
    "部分": Style.PART,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
    "節": Style.SECTION,
    "条": Style.ARTICLE,
    "條": Style.ARTICLE,
    "款": Style.SUBARTICLE,
}

_DIGITS = "0-9\uff10-\uff19"
_HAN = "〇○零一二三四五六七八九十廿卅百千两"
_ZERO = "〇○零"
_VALUES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9} | dict.fromkeys(
    _ZERO, 0
)
_DIGIT = "[一二两三四五六七八九]"
_COUNTED = re.compile(
    rf"(?:(?P<千>{_DIGIT})千)?(?:(?:^|[{_ZERO}]?)(?P<百>{_DIGIT})百)?"
    rf"(?:[{_ZERO}]?(?P<十>{_DIGIT}?)(?P<ten>十))?(?:[{_ZERO}]?(?P<一>{_DIGIT}))?"
)
_SPELLED = re.compile(rf"[{_ZERO}一二三四五六七八九]+")
_MOST_DIGITS = 9
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_FORMAL_TRADITIONAL = "壹貳參肆伍陸柒捌玖拾"
_PLAIN = "一二三四五六七八九十"
_TO_PLAIN = str.maketrans(_FORMAL + _FORMAL_TRADITIONAL + "貮参", _PLAIN + _PLAIN + "二三")
_FORMAL_DIGITS = "".join(map(chr, _TO_PLAIN))
_TO_FORMAL = dict.fromkeys(_FORMAL, str.maketrans(_PLAIN, _FORMAL)) | dict.fromkeys(
    "貳貮參陸", str.maketrans(_PLAIN, _FORMAL_TRADITIONAL)
)

_BLANK = r"[^\S\n]*"
_NUMBER = rf"(?:[{_DIGITS}]{{1,4}}|[{_HAN}]{{1,9}})"
# "3.5亿元" is no clause, "3.2020年底前" is one.
_NO_DECIMAL = rf"(?![{_DIGITS}])|(?=(?:19|20)[{_DIGITS}][{_DIGITS}][年-])"
AMOUNTS = (
    "亿|万|千(?!里)|百分|个(?!人|体|性)|倍|元(?!旦|宇)|吨|米|公里|公斤|公顷|平方|立方|亩|折|版(?!权)|[%％‰℃°]|"
    rf"年(?!度)|月(?!度)|日(?!常)|[{_DIGITS}]"
)
"""A pattern of what follows a number that is an amount or a day and no label."""
_PART = rf"[1-9\uff11-\uff19][{_DIGITS}]?"
_PARTS = rf"{_PART}(?:[.．]{_PART}){{1,3}}"
_DECIMAL = rf"{_PARTS}(?:[.．、](?![{_DIGITS}]))?"
_LABEL = re.compile(
    rf"(?P<decimal>{_DECIMAL}(?=[^\S\n]|$|[\u3400-\u9fff“《【（(])(?!{_BLANK}(?:{AMOUNTS}))|[（(]{_PARTS}[)）])"
    rf"|(?P<unit>第{_BLANK}(?P<unit_number>{_NUMBER})(?:[-－][0-9]{{1,2}})?{_BLANK}"
    rf"(?P<unit_word>分[编編]|[编編篇章节節条條款]|部分)(?:之[一二三四五六七八九十]{{1,3}})?)"
    rf"|(?P<han_formal>(?P<han_formal_number>[{_FORMAL_DIGITS}]{{1,4}}){_BLANK}(?:、|．|\.(?![{_DIGITS}])))"
    rf"|(?P<han>(?P<han_number>[{_HAN}]{{1,5}}){_BLANK}(?:、|．|\.(?![{_DIGITS}])))(?![{_HAN}]+[、产次])"
    rf"|(?P<han_bracket>[（(]{_BLANK}(?P<han_bracket_number>[{_HAN}]{{1,5}}){_BLANK}[)）]|[㈠-㈩])"
    rf"|(?P<digit>(?:(?P<digit_number>[{_DIGITS}]{{1,3}}){_BLANK}(?:、|[.．](?:{_NO_DECIMAL}))|[⒈-⒛](?:{_NO_DECIMAL})))"
    rf"|(?P<digit_bracket>[（(]{_BLANK}(?P<digit_bracket_number>[{_DIGITS}]{{1,3}}){_BLANK}[)）]|[⑴-⒇])"
    rf"|(?P<half_bracket>(?P<half_bracket_number>[{_DIGITS}]{{1,3}})[)）])"
    r"|(?P<circle>[①-⑳㉑-㉟㊱-㊿])"
    r"|(?P<dash>(?:—{2,3}|―{2,3}|─{2,3}|－{2,3}|–{2,3}|-{2,4})(?![—―─－–-]))"
    rf"|(?P<box>专栏{_BLANK}(?P<box_number>{_NUMBER}))"
    rf"|(?P<attachment>附{_BLANK}[件录表图]{_BLANK}(?:[A-Z]|[{_DIGITS}]{{1,2}}[-－.][{_DIGITS}]{{1,2}}"
    rf"|[（(]?(?P<attachment_number>{_NUMBER})[)）]?)?(?=[^\S\n]|$|[:：（(]))"
    rf"|(?P<table>表{_BLANK}(?P<table_number>[{_DIGITS}]{{1,3}})(?=[^\S\n]|$|[:：]))",
    re.MULTILINE,
)
_STYLES = {
    "han_formal": Style.HAN_FORMAL,
    "han": Style.HAN,
    "han_bracket": Style.HAN_BRACKET,
    "digit": Style.DIGIT,
    "digit_bracket": Style.DIGIT_BRACKET,
    "half_bracket": Style.DIGIT_HALF_BRACKET,
    "circle": Style.CIRCLE,
    "dash": Style.DASH,
    "box": Style.BOX,
    "table": Style.TABLE,
    "attachment": Style.ATTACHMENT,
}
_FEWEST_PARTS = 2
_LONGEST_BARE_HAN = 3
_DECIMALS = {2: Style.DECIMAL_2, 3: Style.DECIMAL_3, 4: Style.DECIMAL_4}
_FIRST = frozenset("第（(专表附①②③④⑤⑥⑦⑧⑨⑩—―─－–-") | frozenset(_HAN) | frozenset(_FORMAL_DIGITS)
_WITH_COLON = (Style.BOX, Style.TABLE, Style.ATTACHMENT)
_BODY = re.compile(r"[^\S\n]*")
_INSERTED = re.compile(rf"第{_BLANK}[0-9]+[-－][0-9]+{_BLANK}[条條]")
_AFTER_COLON = re.compile(r"[:：]?[^\S\n]*")
_LARGEST_SPELLED = 30  # 二一、 is 21, 三八、 and 五一、 are days
# What is counted by 四 in 三、四线; 三、四个 begins a heading.
_SECOND = re.compile(rf"(?P<number>{_NUMBER})(?:[产次线季级类期号月日批层楼栋届等环档班组标]|[、和及与至到]{_NUMBER})")
_AFTER_UNIT = re.compile(rf"(?:[:：．.]|、(?!第|[{_HAN}{_DIGITS}]))?[^\S\n]*")
# What follows 第三条 where it is spoken of and not set as a heading; and what follows it in either case.
_SPOKEN_OF = re.compile(r"[的规第至到和或及与、，,。；;）)款项所之内是也都已]|中(?:的|所|规|列|，)|以[内外上下前后及]")
_MAY_BE_SPOKEN_OF = re.compile("[中以由对将应可不按]")
_BEGINS_NO_TITLE = re.compile("[由将应可不按]")  # 第二条由市政府… is an article, 第二部分由三章组成 no heading
_SPEAKS_OF_BOX = frozenset("的中所列及和、，,）)。")


def read_label(text: str, start: int, end: int) -> Label | None:
    """Return the label at the beginning of the line `text[start:end]`, which begins with no blank, or None."""
    first = text[start]
    if first not in _FIRST and not first.isnumeric():
        return None
    match = _LABEL.match(text, start, end)
    if match is None:
        return None
    group = match.lastgroup or ""
    if match["unit"]:
        return _read_unit(text, match, end)
    if group == "decimal":
        parts = decimal_parts(match[group])
        body = _BODY.match(text, match.end(group), end)
        return Label(
            _DECIMALS[len(parts)], match[group], parts[-1], start, match.end(group), body.end() if body else end
        )
    style = _STYLES[group]
    label_end = match.end(group)
    body = (_AFTER_COLON if style in _WITH_COLON else _BODY).match(text, label_end, end)
    body_start = body.end() if body else label_end
    if style is Style.DASH or (style is Style.ATTACHMENT and not match["attachment_number"]):
        return Label(style, match[group].rstrip(), None, start, label_end, body_start)
    if style is Style.BOX and label_end < end and text[label_end] in _SPEAKS_OF_BOX:
        return None
    digits = match[f"{group}_number"] if style is not Style.CIRCLE else None
    number = number_value(digits) if digits else single_value(match[group])
    if digits and number and _is_none(text, group, digits, number, label_end):
        return None
    return Label(style, match[group], number, start, label_end, body_start) if number else None


def _is_none(text: str, group: str, digits: str, number: int, label_end: int) -> bool:
    """Whether a number is the first of two, as in 三、四线城市 and 1、2号机组, or the name of a day: 五一、国庆."""
    if group == "han" and number > _LARGEST_SPELLED and _SPELLED.fullmatch(digits):
        return len(digits) > 1
    second = _SECOND.match(text, label_end) if text[label_end - 1] == "、" else None
    return second is not None and number_value(second["number"]) == number + 1


def _read_unit(text: str, match: re.Match[str], end: int) -> Label | None:
    label_end = match.end("unit")
    number = number_value(match["unit_number"])
    if not number:
        return None
    body = _AFTER_UNIT.match(text, label_end, end)
    body_start = body.end() if body else label_end
    glued = body_start == label_end < end
    if glued and _SPOKEN_OF.match(text, label_end, end):
        return None
    if glued and UNITS[match["unit_word"]] is not Style.ARTICLE and _BEGINS_NO_TITLE.match(text, label_end, end):
        return None
    return Label(UNITS[match["unit_word"]], match["unit"], number, match.start(), label_end, body_start, glued)


def is_mention(text: str, label: Label) -> bool:
    """Whether the words behind a `glued` label look as if the text spoke of what it names: 第五条对此…."""
    return _MAY_BE_SPOKEN_OF.match(text, label.body) is not None


@lru_cache(maxsize=4096)
def decimal_parts(label: str) -> tuple[int, ...]:
    """Return the numbers in a label like 1.1.2: (1, 1, 2); of a label in another style those in digits."""
    return tuple(map(int, re.findall(rf"[{_DIGITS}]+", label)))


@lru_cache(maxsize=4096)
def number_value(written: str) -> int | None:
    """Return the value of a number written in 一二三 (十二, 一百〇二, 二〇三五) or 壹貳參 or digits, else None."""
    if len(written) > _MOST_DIGITS:
        return None
    written = written.translate(_TO_PLAIN)
    if written.isdecimal():
        return int(written)
    written = written.replace("廿", "二十").replace("卅", "三十")
    counted = _COUNTED.fullmatch(written)
    if counted is not None and written:
        tens = _VALUES[counted["十"]] if counted["十"] else int(counted["ten"] is not None)
        thousands, hundreds, ones = (_VALUES[counted[name]] if counted[name] else 0 for name in "千百一")
        return thousands * 1000 + hundreds * 100 + tens * 10 + ones
    if _SPELLED.fullmatch(written):
        return int("".join(str(_VALUES[character]) for character in written))
    return None


def is_shown_in_place(label: str) -> bool:
    """Whether `label` is that of 附表 or 附图: a table or a picture that may stand in the midst of a text."""
    return label.startswith("附") and label[1:].lstrip()[:1] in ("表", "图")


def is_inserted(label: str) -> bool:
    """Whether `label` is that of an article put in behind another: 第十条之一, 第10-1條."""
    return "之" in label or _INSERTED.search(label) is not None


def single_value(character: str) -> int | None:
    """Return the value of one character that is a whole label: ① ㈠ ⑴ ⒈."""
    for first, last, value in (
        ("①", "⑳", 1),
        ("㉑", "㉟", 21),
        ("㊱", "㊿", 36),
        ("㈠", "㈩", 1),
        ("⑴", "⒇", 1),
        ("⒈", "⒛", 1),
    ):
        if first <= character <= last:
            return ord(character) - ord(first) + value
    return None


def label_like(label: str, number: int) -> str:
    """Return `label` with its number replaced: ("二、", 1) gives "一、", ("第3章", 2) "第2章", ("1.3", 2) "1.2"."""
    runs = list(re.finditer(rf"[{_DIGITS}]+|[{_HAN}]+|[{_FORMAL_DIGITS}]+", label))
    if not runs:
        return label
    style = style_of(label)
    written = runs[-1 if style is not None and style.decimal else 0]
    new = str(number) if written[0].isdecimal() else han_number(number)
    if written[0][0] in _TO_FORMAL:
        new = new.translate(_TO_FORMAL[written[0][0]])
    return label[: written.start()] + new + label[written.end() :]


@lru_cache(maxsize=4096)
def style_of(label: str) -> Style | None:
    """Return the style of a clause's label, as `Clause.label` holds it, or None where it is no number."""
    if label.isdecimal():
        return Style.BARE
    if len(label) <= _LONGEST_BARE_HAN and number_value(label):
        return Style.HAN  # 一 alone in its line
    found = read_label(label, 0, len(label)) if label else None
    return found.style if found is not None and found.end == len(label) else None


def bare_label(label: str) -> str:
    """Return the label as it is spoken: 七 for "七、", 25 for "25.", 1.1 for "(1.1)", the brackets of "(一)" kept."""
    if label[:1] in "（(" and len(decimal_parts(label)) >= _FEWEST_PARTS:
        return label.strip("（()）")
    return label.rstrip("、.．" if "（" in label or "(" in label else "、.．)）").rstrip()
