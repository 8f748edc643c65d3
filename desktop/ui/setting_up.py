"""What follows the first paint: the log, Qt's own words in Chinese, the library, the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.storage.paths import log_path
from desktop.ui.asking import Asker
from desktop.ui.desk import Desk
from desktop.ui.faults import catch, start_log
from desktop.ui.looks import Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.opening import open_library
from desktop.ui.session import Session
from desktop.ui.theme.fonts import has_chinese_font

NO_FONT = (
    "No Chinese font is installed, so Chinese text shows as boxes. 本机没有中文字体，文字会显示成方框："
    "请安装一种，例如 sudo apt install fonts-noto-cjk，再重新打开。"
)


def set_up(app: QApplication, window: MainWindow, session: Session, looks: Looks, path: Path) -> bool:
    """Make the window that is shown a whole program; False where the library can't be opened."""
    start_log(log_path())
    _speak_chinese(app)
    app.setWindowIcon(QIcon(str(resource_path("icons", "yuece.png"))))
    asker = Asker(window)
    catch(asker.tell, log_path())
    if not open_library(session, asker, path):
        return False
    desk = Desk(window, session, looks, asker)
    catch(desk.messages.show_error, log_path())
    for warning in session.library.warnings:
        desk.messages.show_error(warning)
    if not has_chinese_font():
        desk.messages.show_error(NO_FONT)
    return True


def _speak_chinese(app: QApplication) -> None:
    """Give Qt's own dialogs their Chinese words."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
