"""Every action of the program as data: its id, its name on the screen, its keys, and when it can be used.

To add one: add an `Action` to `ACTIONS`, place its id in `menus.py`, and bind it to what it does in `desk.py`
(a test fails where one of the three is missing). Single keys belong to `Scope.TEXT`: they work only while the text has
the focus, so that they never fire while the user types. Ctrl+Space and Ctrl+. belong to input methods; some of them
take Ctrl+Shift+F, so that what has it needs another key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Scope(Enum):
    """Where an action's keys work: in the whole WINDOW, or only while a TEXT (the reader, a meeting) has the focus."""

    WINDOW = auto()
    TEXT = auto()


class Needs(Enum):
    """What must be there for an action to be enabled."""

    NOTHING = auto()
    LIBRARY = auto()  # the library is open
    DOCUMENT = auto()  # a text is in view, and the library is open
    UNDO = auto()
    REDO = auto()
    BACK = auto()
    FORWARD = auto()
    HITS = auto()
    MEETING = auto()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do. `keys` are in Qt's portable form; the first is the one shown."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    needs: Needs = Needs.DOCUMENT
    checkable: bool = False


ACTIONS: tuple[Action, ...] = (
    # 文件
    Action("import", "导入文件…", ("Ctrl+O",), needs=Needs.LIBRARY),
    Action("import_folder", "导入文件夹…", needs=Needs.LIBRARY),
    Action("merge", "导入交换包…", needs=Needs.LIBRARY),
    Action("paste_new", "粘贴为新文件", ("Ctrl+Shift+V",), needs=Needs.LIBRARY),
    Action("properties", "文件属性…"),
    Action("export", "导出…", ("Ctrl+E",)),
    Action("print", "打印…", ("Ctrl+P",)),
    Action("save", "保存", ("Ctrl+S",), needs=Needs.NOTHING),
    Action("quit", "退出", ("Ctrl+Q",), needs=Needs.NOTHING),
    # 编辑
    Action("undo", "撤销", ("Ctrl+Z",), needs=Needs.UNDO),
    Action("redo", "重做", ("Ctrl+Shift+Z", "Ctrl+Y"), needs=Needs.REDO),
    Action("copy", "复制", ("Ctrl+C",), Scope.TEXT),
    Action("copy_citation", "复制并注明出处", ("Ctrl+Shift+C",), Scope.TEXT),
    Action("select_all", "全选", ("Ctrl+A",), Scope.TEXT),
    # 搜索
    Action("find", "在本文件中搜索", ("Ctrl+F",)),
    Action("find_library", "在文库中搜索", ("F4", "Ctrl+Shift+F"), needs=Needs.LIBRARY),
    Action("find_next", "下一处", ("F3",), needs=Needs.HITS),
    Action("find_previous", "上一处", ("Shift+F3",), needs=Needs.HITS),
    Action("find_end", "结束搜索", ("Esc",), Scope.TEXT, needs=Needs.HITS),
    Action("search_sentence", "几个词要在同一句", ("Alt+S",), needs=Needs.LIBRARY, checkable=True),
    Action("search_strict", "逐字查找", ("Alt+C",), needs=Needs.LIBRARY, checkable=True),
    Action("search_regex", "正则表达式", ("Alt+R",), needs=Needs.LIBRARY, checkable=True),
    Action("search_ranked", "最相关的在前", ("Alt+O",), needs=Needs.LIBRARY, checkable=True),
    Action("save_search", "保存这个搜索…", ("Ctrl+Shift+S",), needs=Needs.LIBRARY),
    Action("saved_searches", "保存的搜索…", needs=Needs.LIBRARY),
    Action("clear_recent", "清除最近搜索", needs=Needs.LIBRARY),
    Action("export_hits", "导出搜索结果…", needs=Needs.HITS),
    # 标注
    Action("pen_1", "1", ("1",), Scope.TEXT),
    Action("pen_2", "2", ("2",), Scope.TEXT),
    Action("pen_3", "3", ("3",), Scope.TEXT),
    Action("pen_4", "4", ("4",), Scope.TEXT),
    Action("pen_5", "5", ("5",), Scope.TEXT),
    Action("underline", "下划线", ("U",), Scope.TEXT),
    Action("note", "批注", ("N",), Scope.TEXT),
    Action("tags", "标签", ("T",), Scope.TEXT),
    Action("private", "设为私人／取消私人", ("P",), Scope.TEXT),
    Action("remove_marks", "删除标注", ("Del", "Backspace"), Scope.TEXT),
    Action("next_conflict", "下一处冲突", ("F8",), needs=Needs.LIBRARY),
    Action("decide_conflict", "解决冲突…", ("Ctrl+F8",), needs=Needs.LIBRARY),
    Action("show_merged", "最近合并的标注", ("Shift+F8",), needs=Needs.LIBRARY),
    Action("rename_pens", "颜色名称…", needs=Needs.LIBRARY),
    Action("rename_author", "署名…", needs=Needs.LIBRARY),
    Action("authors", "作者和颜色…", needs=Needs.LIBRARY),
    # 查看
    Action("show_left", "左栏（目录、文库）", ("F9",), needs=Needs.NOTHING, checkable=True),
    Action("show_right", "右栏（标注、搜索、相关）", ("F10",), needs=Needs.NOTHING, checkable=True),
    Action("focus_outline", "筛选目录", ("Ctrl+L",)),
    Action("focus_marks", "筛选标注", ("Ctrl+M",)),
    Action("show_related", "相关条款", ("Ctrl+R",)),
    Action("zoom_in", "放大", ("Ctrl++", "Ctrl+="), needs=Needs.NOTHING),
    Action("zoom_out", "缩小", ("Ctrl+-",), needs=Needs.NOTHING),
    Action("zoom_reset", "原大", ("Ctrl+0",), needs=Needs.NOTHING),
    Action("theme_system", "随系统", needs=Needs.NOTHING, checkable=True),
    Action("theme_light", "浅色", needs=Needs.NOTHING, checkable=True),
    Action("theme_dark", "深色", needs=Needs.NOTHING, checkable=True),
    # 前往
    Action("go_to", "前往条款…", ("Ctrl+G",)),
    Action("back", "后退", ("Alt+Left",), needs=Needs.BACK),
    Action("forward", "前进", ("Alt+Right",), needs=Needs.FORWARD),
    Action("next_clause", "下一条", ("Ctrl+Down",)),
    Action("previous_clause", "上一条", ("Ctrl+Up",)),
    # 会议
    Action("meeting", "开始会议…", ("F5",)),
    Action("meeting_view", "逐条审议", ("Shift+F5",), needs=Needs.MEETING),
    # 帮助
    Action("menu", "菜单", ("Alt+M",), needs=Needs.NOTHING),
    Action("keys", "按键一览", ("F1",), needs=Needs.NOTHING),
    Action("about", "关于阅策", needs=Needs.NOTHING),
)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Make the QActions of `ACTIONS`, by id; they do nothing until they are bound."""
    made = {}
    for action in ACTIONS:
        item = QAction(action.text, parent)
        item.setObjectName(action.id)
        item.setShortcuts([QKeySequence(key) for key in action.keys])
        item.setCheckable(action.checkable)
        item.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut if action.scope is Scope.TEXT else Qt.ShortcutContext.WindowShortcut
        )
        made[action.id] = item
    return made


def bind(actions: Mapping[str, QAction], handlers: Mapping[str, Callable[[], object]]) -> None:
    """Tie every action to what it does. Raises KeyError where a handler is missing."""
    for name, action in actions.items():
        action.triggered.connect(_plain(handlers[name]))


def add_actions(widget: QWidget, actions: Mapping[str, QAction], scope: Scope) -> None:
    """Let the actions of one scope work while `widget` (a window, a text) has the focus."""
    for action in ACTIONS:
        if action.scope is scope:
            widget.addAction(actions[action.id])


def enable(actions: Mapping[str, QAction], there: Mapping[Needs, bool]) -> None:
    """Enable the actions whose needs are met."""
    for action in ACTIONS:
        actions[action.id].setEnabled(action.needs is Needs.NOTHING or there[action.needs])


def _plain(handler: Callable[[], object]) -> Callable[..., None]:
    """Drop the `checked` that Qt hands to a slot."""

    def run(*_: object) -> None:
        handler()

    return run
