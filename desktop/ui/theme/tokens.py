"""The colours and sizes everything on the screen is drawn with, as data.

To add a theme: add a `Theme` here and to `THEMES`; the contrast tests take it up by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as "#rrggbb". `pens` are the fills of pens 1 to 5, `pen_lines` the same for thin lines."""

    name: str
    label: str
    dark: bool
    window: str
    panel: str
    paper: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_soft: str
    hit: str
    hit_ink: str
    seal: str
    pens: tuple[str, str, str, str, str]
    pen_lines: tuple[str, str, str, str, str]


LIGHT = Theme(
    name="light",
    label="浅色",
    dark=False,
    window="#f4f2ed",
    panel="#efece5",
    paper="#fffdf8",
    ink="#22262b",
    muted="#5f6368",
    line="#dcd7cc",
    accent="#285a8c",
    accent_soft="#dfe9f3",
    hit="#ffb454",
    hit_ink="#22262b",
    seal="#a8322a",
    pens=("#ffe08f", "#bfdcf7", "#b4e3d4", "#dccdf3", "#f8cdd0"),
    pen_lines=("#c99a1c", "#3f87c9", "#2f9c7c", "#8a63c4", "#cf5f69"),
)
DARK = Theme(
    name="dark",
    label="深色",
    dark=True,
    window="#1d1f23",
    panel="#23262b",
    paper="#191b1e",
    ink="#e4e2dc",
    muted="#a3a7ad",
    line="#363a41",
    accent="#86b6e6",
    accent_soft="#26384a",
    hit="#8a5a10",
    hit_ink="#ffffff",
    seal="#e07a70",
    pens=("#5c4a12", "#1f4260", "#1d4d42", "#433560", "#5e2f35"),
    pen_lines=("#e0b84a", "#6fb1ec", "#5cc4a6", "#b596e8", "#e98f97"),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

TEXT_FAMILIES = ("Source Han Serif SC", "思源宋体", "Noto Serif CJK SC", "宋体", "SimSun", "Songti SC", "Noto Sans CJK SC")
HEADING_FAMILIES = ("Source Han Sans SC", "思源黑体", "Noto Sans CJK SC", "黑体", "SimHei", "微软雅黑", "PingFang SC")
INTERFACE_FAMILIES = ("Source Han Sans SC", "思源黑体", "Noto Sans CJK SC", "微软雅黑", "Microsoft YaHei", "PingFang SC")

INTERFACE_PIXELS = 13
"""Height of the interface's letters in logical pixels; nothing on the screen is under 11.5."""
TEXT_PIXELS = 17
"""Height of the text's letters at 100 %."""
LINE_HEIGHT = 1.95
"""Distance of the text's lines in multiples of its letters' height."""
MEASURE = 36
"""How many characters a full line of text holds."""
UNIT = 4
"""Spacing goes in steps of this many logical pixels."""
RADIUS = 6
CARD_RADIUS = 9
