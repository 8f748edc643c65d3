"""The palette, the style sheet and the choice of a theme."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QProgressBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.resources import resource_path
from desktop.ui.theme.applying import apply_theme, system_is_dark, theme_for
from desktop.ui.theme.palette import palette_of
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.stylesheet import stylesheet_of
from desktop.ui.theme.tokens import DARK, LIGHT, ROW_HEIGHT, THEMES, Theme

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


@each_theme
def test_the_palette_has_the_colours_of_the_theme(qapp: QApplication, theme: Theme) -> None:
    palette = palette_of(theme)
    assert palette.color(QPalette.ColorRole.Base) == QColor(theme.paper)
    assert palette.color(QPalette.ColorRole.Text) == QColor(theme.ink)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(theme.faint)


@each_theme
def test_the_style_sheet_is_filled_in_and_its_pictures_are_there(theme: Theme) -> None:
    sheet = stylesheet_of(theme)
    assert "$" not in sheet
    pictures = re.findall(r"url\(icons:([^)]+)\)", sheet)
    assert pictures
    for picture in pictures:
        assert resource_path("icons", picture).is_file()
        assert resource_path("icons", picture.replace(".png", "@2x.png")).is_file()


def test_every_role_has_a_rule() -> None:
    sheet = stylesheet_of(LIGHT)
    assert [role for role in Role if f'[role="{role.value}"]' not in sheet] == []


def test_qt_understands_the_style_sheet(app: QApplication, qtbot: QtBot) -> None:
    # A sheet that cannot be parsed is told as a warning, which fails the test.
    apply_theme(app, LIGHT)
    bar = QProgressBar()
    bar.setValue(100)
    qtbot.addWidget(bar)
    bar.show()
    picture = bar.grab().toImage()
    colours = {QColor(picture.pixel(x, 3)).name() for x in range(picture.width())}
    assert LIGHT.accent in colours


def test_a_shown_window_follows_the_theme(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, LIGHT)
    window = QWidget()
    line = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    apply_theme(app, DARK)
    assert window.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    assert QColor(line.grab().toImage().pixel(line.width() // 2, line.height() // 2)).name() == DARK.paper


def test_rows_of_a_list_have_their_height(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, LIGHT)
    window = QWidget()
    rows = QListWidget()
    rows.addItems(["甲", "乙"])
    QVBoxLayout(window).addWidget(rows)
    qtbot.addWidget(window)
    window.show()
    assert rows.visualItemRect(rows.item(0)).height() == ROW_HEIGHT


def test_a_role_changes_while_the_widget_is_shown(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, LIGHT)
    label = QLabel("已保存")
    qtbot.addWidget(label)
    set_role(label, Role.MUTED)
    label.show()
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.muted)
    set_role(label, Role.ALERT)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.alert)


def test_the_setting_names_a_theme(qapp: QApplication) -> None:
    assert theme_for("light", qapp) is LIGHT
    assert theme_for("dark", qapp) is DARK
    asked_for = DARK if system_is_dark(qapp) else LIGHT
    assert theme_for("system", qapp) is asked_for
    assert theme_for("sepia", qapp) is asked_for
