"""The faces of official documents, and the families that may stand in for each, best first."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Face(StrEnum):
    """A face of official documents, by the name people know it by."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANG_SONG = "仿宋"
    SONG = "宋体"


ANY_SONG: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Songti SC", "SimSun")
_ANY_HEI: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "PingFang SC", "Microsoft YaHei")

FAMILIES: Final = {
    Face.TITLE: ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", *ANY_SONG),
    Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "Heiti SC", *_ANY_HEI),
    Face.KAI: ("楷体_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "Kaiti SC", "LXGW WenKai", *ANY_SONG),
    Face.FANG_SONG: ("仿宋_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", *ANY_SONG),
    Face.SONG: ("宋体", "SimSun", "华文宋体", "STSong", *ANY_SONG),
}
"""Chinese ones alone: their digits and quotation marks fit the lines."""
