"""Every setting the program remembers: key, type, default, label.

To add one: add a `Setting` here; `SettingStore.get` and `.set` take it as it is. Settings are preferences and places,
not the user's work: they are kept in the library but are no operations and are not undone.
"""

from __future__ import annotations

from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Setting(NamedTuple, Generic[T]):
    """A value remembered from one start to the next, kept as JSON under `key`."""

    key: str
    default: T
    label: str


THEME: Final = Setting("theme", "system", "配色")  # "system", "light", "dark"
ZOOM: Final = Setting("zoom", 100, "字号（%）")
GEOMETRY: Final = Setting("window.geometry", "", "窗口位置")  # base64 of QWidget.saveGeometry()
LEFT_WIDTH: Final = Setting("window.left_width", 268, "左栏宽度")
RIGHT_WIDTH: Final = Setting("window.right_width", 330, "右栏宽度")
LEFT_SHOWN: Final = Setting("window.left_shown", default=True, label="显示左栏")
RIGHT_SHOWN: Final = Setting("window.right_shown", default=True, label="显示右栏")
LAST_PEN: Final = Setting("last_pen", 1, "最近用的颜色")
LAST_EDITION: Final = Setting("last_edition", "", "最近读的版本")
SEARCH_ORDER: Final = Setting("search.order", "text", "搜索结果的次序")  # values of model.search.Order
SEARCH_WITHIN: Final = Setting("search.within", "clause", "几个词要在一起的范围")  # values of model.search.Within
RECENT_SEARCHES: Final[Setting[list[str]]] = Setting("search.recent", [], "最近搜索")
EXPORT_FOLDER: Final = Setting("export.folder", "", "导出文件夹")
EXPORT_FORMAT: Final = Setting("export.format", "docx", "导出格式")
EXPORT_SCOPE: Final = Setting("export.scope", "", "导出哪些标注")  # "tag:民生", "" for all
EXPORT_FIELDS: Final[Setting[list[str]]] = Setting("export.fields", [], "摘录的栏目")  # values of model.export.Field
EXPORT_GROUPING: Final = Setting("export.grouping", "text", "摘录的次序")  # values of model.export.Grouping
EXPORT_LINE: Final = Setting("export.line", 28.95, "导出的行距（磅）")
EXPORT_BOLD: Final = Setting("export.bold", default=True, label="导出的标题加粗")
EXPORT_MARGIN: Final = Setting("export.margin", "narrow", "旁注栏")  # values of model.export.Margin


def colour_of(author_id: str) -> Setting[int]:
    """Return the setting that holds the colour the user gave an author (1 to `AUTHOR_COLOURS`, 0 for none)."""
    return Setting(f"author.colour.{author_id}", 0, "作者的颜色")


def aim_of(edition_id: str) -> Setting[int]:
    """Return the setting that holds what was gone to in the view at the reading place (a code point, -1 for none)."""
    return Setting(f"aim.{edition_id}", -1, "去到的地方")


def place_of(edition_id: str) -> Setting[int]:
    """Return the setting that holds the reading place (a code point) in one edition."""
    return Setting(f"place.{edition_id}", 0, "读到的地方")
