"""Letters that a PDF gives back as radicals: made the common letters again, which is what the writer had typed."""

from __future__ import annotations

import re
import unicodedata

# A font may use one picture for a letter and for the radical of the same shape; programs that print a PDF then note the
# radical. NFKC knows the Kangxi radicals and the compatibility ideographs, and of the supplement only ⺟ and ⻳; these
# are the others, as the two large free Chinese fonts (Noto Sans and Serif CJK) give them back.
_SUPPLEMENT = {
    "⺂": "乛", "⺃": "乚", "⺅": "亻", "⺉": "刂", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺒": "巳", "⺓": "幺",
    "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺞": "歺", "⺠": "民", "⺡": "氵",
    "⺣": "灬", "⺤": "爫", "⺦": "丬", "⺨": "犭", "⺫": "罒", "⺭": "礻", "⺯": "糹", "⺰": "纟", "⺱": "罓",
    "⺹": "耂", "⺺": "肀", "⺾": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻅": "见", "⻆": "角", "⻈": "讠",
    "⻉": "贝", "⻋": "车", "⻌": "辶", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门", "⻖": "阝",
    "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "飠", "⻠": "饣", "⻢": "马",
    "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉",
    "⻬": "齐", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜", "⻲": "亀",
}  # fmt: skip
_SIMPLIFIED = {"⼾": "户"}
"""NFKC makes 戶 of it; the fonts draw it as 户, and 农户 is what stands in plans."""
_FOLDED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def fold_radicals(text: str) -> str:
    """Return `text` with radicals and compatibility ideographs as common letters; every other character stays.

    Of the same length: every one of them becomes one code point.
    """
    return _FOLDED.sub(_common, text)


def _common(match: re.Match[str]) -> str:
    letter = match[0]
    return _SUPPLEMENT.get(letter) or _SIMPLIFIED.get(letter) or unicodedata.normalize("NFKC", letter)
