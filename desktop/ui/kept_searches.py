"""The searches made last and those kept under names: the menu of the search box, and the dialogs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.model.saved_search import SavedSearch
from desktop.model.search import Mode, Within
from desktop.model.settings import RECENT_SEARCHES
from desktop.services.keeping import ChangeSearch, Recent, RemoveSearch, keep_search, read_recent
from desktop.ui.asking import Asker
from desktop.ui.session import Session

_OFFERED = 10
"""So many of the searches made last stand in the menu."""
_WIDEST = 40
"""Longer words are cut in the menu."""


_WAYS = {Mode.STRICT: "逐字", Mode.REGEX: "正则", Within.SENTENCE: "同句"}


def _named(search: Recent) -> str:
    """Return the words of a search, with how they were read where that wasn't the usual way."""
    ways = "、".join(_WAYS[way] for way in (search.mode, search.within) if way in _WAYS)
    return f"{search.words}（{ways}）" if ways else search.words


class KeptSearches:
    """Offers searches again; `search_for` is called with the words of the one that was chosen, and its ways."""

    def __init__(
        self,
        session: Session,
        asker: Asker,
        window: QWidget,
        actions: Mapping[str, QAction],
        search_for: Callable[..., object],
    ) -> None:
        self._session = session
        self._asker = asker
        self._window = window
        self._actions = actions
        self._search_for = search_for

    def menu(self) -> QMenu:
        """Return the menu of the search box."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        saved = self._session.library.searches.all() if self._session.attached else []
        recent = [read_recent(one) for one in self._session.setting(RECENT_SEARCHES)[:_OFFERED]]
        self._fill(menu, "保存的搜索", [(f"{one.name}　{one.words}", (one.words,)) for one in saved])
        self._fill(menu, "最近搜索", [(_named(one), one) for one in recent])
        menu.addAction(self._actions["save_search"])
        if saved:
            menu.addAction(self._actions["saved_searches"])
        if recent:
            menu.addAction(self._actions["clear_recent"])
        return menu

    def open_menu(self, box: QWidget) -> None:
        """Open the menu beneath the search box."""
        self.menu().popup(box.mapToGlobal(QPoint(0, box.height())))

    def save(self, words: str) -> None:
        """Ask for a name, and keep the words under it."""
        from desktop.ui.dialogs.search_dialog import SearchDialog

        if self._session.can_write():
            dialog = SearchDialog("保存这个搜索", "", words, self._window)
            if self._asker.fill_in(dialog) and self._session.run(keep_search(dialog.name(), dialog.words())):
                self._session.said.emit(f"已保存搜索“{dialog.name()}”：按 Alt+↓ 或点放大镜可以再用")

    def manage(self) -> None:
        """Let the user search for what was kept, change and delete it."""
        from desktop.ui.dialogs.search_dialog import SavedSearchesDialog

        dialog = SavedSearchesDialog(self._all(), self._change, self._remove, self._window)
        if self._asker.fill_in(dialog) and dialog.chosen is not None:
            self._search_for(dialog.chosen.words)

    def clear_recent(self) -> None:
        """Forget the searches made last."""
        self._session.remember(RECENT_SEARCHES, [])
        self._session.said.emit("已清除最近搜索")

    def _fill(self, menu: QMenu, heading: str, entries: Sequence[tuple[str, tuple[object, ...]]]) -> None:
        """Put searches under a heading into the menu; where there are none, nothing."""
        if not entries:
            return
        title = menu.addAction(heading)
        title.setEnabled(False)
        for text, search in entries:
            shown = text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"
            entry = menu.addAction(shown.replace("&", "&&"))
            entry.triggered.connect(partial(self._choose, search))
        menu.addSeparator()

    def _choose(self, search: tuple[object, ...], _checked: bool = False) -> None:
        self._search_for(*search)

    def _all(self) -> list[SavedSearch]:
        return self._session.library.searches.all()

    def _change(self, search: SavedSearch) -> list[SavedSearch]:
        from desktop.ui.dialogs.search_dialog import SearchDialog

        dialog = SearchDialog("修改保存的搜索", search.name, search.words, self._window)
        if self._asker.fill_in(dialog):
            self._session.run(ChangeSearch(search.id, dialog.name(), dialog.words()))
        return self._all()

    def _remove(self, search: SavedSearch) -> list[SavedSearch]:
        if self._session.run(RemoveSearch(search.id)):
            self._session.said.emit(f"已删除“{search.name}”，按 Ctrl+Z 可以恢复")
        return self._all()
