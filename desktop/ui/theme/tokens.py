"""The colours and sizes everything on the screen is drawn with, as data.

To add a theme: add a `Theme` here and to `THEMES` and run `python -m desktop.ui.theme.pictures`; the tests of
contrast take it up by themselves.
"""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """One set of colours, as "#rrggbb". `pens` are the fills of pens 1 to 5, `pen_lines` the same for thin lines.

    Fills carry `ink`; lines and small signs stand on `paper`, `window` or `card` and are at least 3:1 against them.
    The pens differ in lightness too, so that people who do not see red or green tell them apart.
    """

    name: str
    label: str
    dark: bool
    window: str
    panel: str
    paper: str
    card: str
    ink: str
    muted: str
    faint: str
    """Text of a control that is switched off; too pale for anything that is to be read."""
    line: str
    edge: str
    """Outline of a control that nothing else shows, such as a check box: 3:1, where `line` is only a hint."""
    hover: str
    accent: str
    accent_soft: str
    selection: str
    selection_ink: str
    hit: str
    hit_ink: str
    hit_line: str
    """A hit as a thin line, in the strip beside the text."""
    seal: str
    """The program's name and nothing else."""
    alert: str
    """Errors, and the clock of a running meeting."""
    pens: tuple[str, str, str, str, str]
    pen_lines: tuple[str, str, str, str, str]
    authors: tuple[str, str, str, str, str, str, str, str]
    """Small signs that stand for people, always beside their names: 3:1 against `card`."""


LIGHT = Theme(
    name="light",
    label="浅色",
    dark=False,
    window="#f4f2ed",
    panel="#efece5",
    paper="#fffdf8",
    card="#fffdf8",
    ink="#22262b",
    muted="#5f6368",
    faint="#9d9a92",
    line="#dcd7cc",
    edge="#827d73",
    hover="#e5e1d7",
    accent="#285a8c",
    accent_soft="#dfe9f3",
    selection="#285a8c",
    selection_ink="#fffdf8",
    hit="#ffb454",
    hit_ink="#22262b",
    hit_line="#a84600",
    seal="#a8322a",
    alert="#b3261e",
    pens=("#ffe08f", "#cfe6fb", "#b0dfce", "#cdc1ef", "#efb3b1"),
    pen_lines=("#a68200", "#4a89c7", "#2a967a", "#715cc5", "#cf5f69"),
    authors=("#285a8c", "#b0531b", "#2f7a3b", "#8a3b9a", "#0f7f8c", "#b0306a", "#7d6a00", "#5c5f66"),
)
DARK = Theme(
    name="dark",
    label="深色",
    dark=True,
    window="#1d1f23",
    panel="#23262b",
    paper="#191b1e",
    card="#26292e",
    ink="#e4e2dc",
    muted="#a3a7ad",
    faint="#6a6f77",
    line="#363a41",
    edge="#7d838c",
    hover="#2e3238",
    accent="#86b6e6",
    accent_soft="#26384a",
    selection="#86b6e6",
    selection_ink="#14181d",
    hit="#8a5a10",
    hit_ink="#ffffff",
    hit_line="#ff9f2e",
    seal="#e07a70",
    alert="#f0958c",
    pens=("#5c4a12", "#2f475f", "#22574a", "#3b3162", "#5e2b30"),
    pen_lines=("#f0cc62", "#8bbcec", "#58cfb2", "#a58ce6", "#e98f97"),
    authors=("#86b6e6", "#e8a06a", "#8fcf7c", "#cf9be8", "#62cfdc", "#f08ab8", "#d9c35a", "#b9bdc4"),
)
AUTHOR_COLOUR_NAMES = ("蓝", "棕", "绿", "紫", "青", "玫红", "橄榄", "灰")
"""What the colours of authors are called."""
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

# Noto CJK and 思源 are one design under two names; a name that is not there costs time, and Linux knows the first.
TEXT_FAMILIES = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "思源宋体",
    "Noto Serif SC",
    "宋体",
    "SimSun",
    "Songti SC",
    "Noto Sans CJK SC",
)
HEADING_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "Noto Sans SC",
    "黑体",
    "SimHei",
    "微软雅黑",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
INTERFACE_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "Noto Sans SC",
    "微软雅黑",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)

INTERFACE_PIXELS = 13
"""Height of the interface's letters in logical pixels; nothing on the screen is under 11.5."""
TEXT_PIXELS = 17
"""Height of the text's letters at 100 %."""
MEASURE = 36
"""How many characters a full line of text holds."""
UNIT = 4
"""Spacing goes in steps of this many logical pixels."""
RADIUS = 6
"""Rounding of controls in logical pixels."""
CARD_RADIUS = 9
"""Rounding of cards in logical pixels."""
SMALL_PIXELS = 12
"""Height of the letters of counts, addresses and chips."""
ROW_HEIGHT = 27
"""Height of a row of the outline in logical pixels."""
BAR_HEIGHT = 46
"""Height of the line on top in logical pixels."""
STATUS_HEIGHT = 28
"""Height of the line at the bottom in logical pixels."""
