"""The small dialogs: names of pens and author, colours of authors, the keys, what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop import __version__
from desktop.services.naming import RecolourAuthors, RenameAuthor, RenamePens
from desktop.ui.asking import Asker
from desktop.ui.looks import Looks
from desktop.ui.session import Session

_ABOUT = """离线阅读和批注规划文件。从不联网；您的标注都在本机的文库里。

以 Apache-2.0 许可发布。用到 Qt 和 PySide6（LGPL-3）、peewee、jieba、python-docx（MIT）等，许可文字随程序附上。"""


class Naming:
    """Opens the small dialogs that need nothing but the session."""

    def __init__(self, session: Session, asker: Asker, looks: Looks, window: QWidget) -> None:
        self._session = session
        self._asker = asker
        self._looks = looks
        self._window = window

    def pens(self) -> None:
        """Let the user name the colours."""
        from desktop.ui.dialogs.names_dialog import PensDialog

        dialog = PensDialog(self._session.pens, self._looks.theme, self._window)
        if self._asker.fill_in(dialog) and (names := dialog.changed_names()):
            self._session.run(RenamePens(names))

    def author(self, over: QWidget | None = None) -> None:
        """Let the user say under which name notes are handed over, asking over the window or over a dialog."""
        from desktop.ui.dialogs.names_dialog import AuthorDialog

        author = self._session.library.author
        dialog = AuthorDialog(author.name, over or self._window)
        if self._asker.fill_in(dialog) and dialog.name() != author.name:
            self._session.run(RenameAuthor(author.id, dialog.name()))

    def authors(self) -> None:
        """Let the user give authors other colours, and himself another name."""
        from desktop.ui.dialogs.authors_dialog import AuthorsDialog

        library = self._session.library
        if not self._session.can_write():
            return
        own = library.author
        dialog = AuthorsDialog(library.authors.all(), own.id, self._looks.theme, self._window)
        if not self._asker.fill_in(dialog):
            return
        with self._session.one_step("改署名和作者的颜色"):
            if dialog.name() != own.name:
                self._session.run(RenameAuthor(own.id, dialog.name()))
            if colours := dialog.colours():
                self._session.run(RecolourAuthors(colours))

    def show_keys(self) -> None:
        """Show what each key does."""
        from desktop.ui.dialogs.keys_dialog import KeysDialog

        self._asker.fill_in(KeysDialog(self._session.pens, self._window))

    def about(self) -> None:
        """Say what this program is."""
        self._asker.tell(f"阅策 {__version__}", detail=_ABOUT)
