"""The menus as data: which actions stand where.

To add an entry: write the action's id where it belongs; None is a separating line.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

MAIN: tuple[tuple[str, tuple[object, ...]], ...] = (
    (
        "文件",
        (
            *("import", "import_folder", "paste_new", None, "properties"),
            *(None, "merge", "export", "print", None, "save", None, "quit"),
        ),
    ),
    (
        "编辑",
        ("undo", "redo", None, "copy", "copy_citation", "select_all"),
    ),
    (
        "搜索",
        (
            *("find", "find_library", None, "find_next", "find_previous", "find_end"),
            *(None, "search_sentence", "search_ranked", "search_strict", "search_regex"),
            *(None, "save_search", "saved_searches", "clear_recent", None, "export_hits"),
        ),
    ),
    (
        "标注",
        (
            *("pen_1", "pen_2", "pen_3", "pen_4", "pen_5", "underline"),
            *(None, "note", "tags", "private", "remove_marks"),
            *(None, "next_conflict", "decide_conflict", "show_merged"),
            *(None, "rename_pens", "rename_author", "authors"),
        ),
    ),
    (
        "查看",
        (
            *("show_left", "show_right", "focus_outline", "focus_marks", "show_related"),
            *(None, "zoom_in", "zoom_out", "zoom_reset"),
            *(None, ("配色", ("theme_system", "theme_light", "theme_dark"))),
        ),
    ),
    ("前往", ("go_to", None, "next_clause", "previous_clause", None, "back", "forward")),
    ("会议", ("meeting", "meeting_view")),
    ("帮助", ("keys", "about")),
)

TEXT: tuple[object, ...] = (
    *("pen_1", "pen_2", "pen_3", "pen_4", "pen_5", "underline"),
    *(None, "note", "tags", "private", "remove_marks"),
    *(None, "copy", "copy_citation"),
)


def fill(menu: QMenu, entries: tuple[object, ...], actions: Mapping[str, QAction]) -> None:
    """Put actions, submenus and separating lines into a menu. Raises KeyError for an unknown id."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, tuple):
            title, inner = entry
            submenu = QMenu(title, menu)
            menu.addMenu(submenu)
            fill(submenu, inner, actions)
        else:
            menu.addAction(actions[str(entry)])


def in_order(entries: tuple[object, ...]) -> list[str]:
    """Return the ids that stand in a menu and its submenus, in their order."""
    found: list[str] = []
    for entry in entries:
        if isinstance(entry, tuple):
            found += in_order(entry[1])
        elif entry is not None:
            found.append(str(entry))
    return found
