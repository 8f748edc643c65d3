"""The style sheet that gives Qt's own widgets the look of a theme, on top of Fusion and the palette.

Colours and letters come from the palette and the application's font; here is what a palette can't say: edges, rounding,
spacing. Widgets that play a part (`roles.py`) are found by their `role`.
"""

from __future__ import annotations

from string import Template

from desktop.ui.theme.tokens import RADIUS, ROW_HEIGHT, Theme

# To add a rule: put it beneath its kind. $name is a field of Theme, or $radius, $row.
# "icons:" is a search path that `apply_theme` sets; the pictures there are the signs of `icons.py` in two sizes.
RULES = Template("""
QDialog { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QToolTip { color: $ink; background: $card; border: 1px solid $line; padding: 3px 6px; }
QScrollArea { border: none; }

*[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
*[role="side"] { background: $panel; border: none; }
*[role="status"] { background: $panel; border: none; border-top: 1px solid $line; }
*[role="popup"] { background: $card; border: 1px solid $line; border-radius: 9px; }
*[role="card"] { background: $card; border: 1px solid $line; border-radius: 9px; }
QLabel[role="plain"] { color: $ink; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="alert"] { color: $alert; }

QToolButton { color: $muted; background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
              padding: 3px 7px; }
QToolButton:hover { color: $ink; background: $hover; }
QToolButton:pressed { color: $ink; background: $line; }
QToolButton:checked { color: $accent; background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $faint; background: transparent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="seal"] { color: $seal; font-size: 15px; padding: 4px 5px; }
QToolButton[role="switch"] { color: $muted; background: $panel; padding: 1px 7px; border-color: $line;
                             border-radius: 8px; }
QToolButton[role="switch"]:hover { color: $ink; background: $hover; }
QToolButton[role="switch"]:checked { color: $accent; background: $accent_soft; }
QToolButton[role="tab"] { padding: 3px 9px; }
QToolButton[role="tab"]:checked { color: $ink; background: $paper; border-color: $line; }
QToolButton[role="tab"]:checked:focus, QToolButton[role="tab"]:focus { border-color: $accent; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit[role="field"] {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: ${radius}px; padding: 3px 7px;
    selection-color: $selection_ink; selection-background-color: $selection; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 20px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit[role="field"]:focus { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $faint; background: $panel; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; min-height: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(icons:chevron-down-$name.png); width: 12px; height: 12px; }
/* Qt forgets the padding of a field with arrows: centred, its letters keep off the edge. */
QAbstractSpinBox { qproperty-alignment: AlignCenter; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 20px;
    subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(icons:chevron-up-$name.png); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(icons:chevron-down-$name.png); width: 10px; height: 10px; }

QDateEdit::drop-down { border: none; width: 22px; subcontrol-origin: border; subcontrol-position: center right; }
QDateEdit::down-arrow { image: url(icons:chevron-down-$name.png); width: 12px; height: 12px; }
QCalendarWidget { background: $card; border: 1px solid $line; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QToolButton { color: $ink; }
QCalendarWidget QSpinBox { padding: 1px 20px 1px 4px; }
QCalendarWidget QTableView { background: $card; border: none; border-radius: 0; outline: 0;
                             selection-color: $selection_ink; selection-background-color: $selection; }

QCheckBox { color: $ink; spacing: 8px; }
QCheckBox:disabled { color: $faint; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; background: $paper; border: 1px solid $edge;
                                             border-radius: 3px; }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url(icons:tick-$name.png); }
QCheckBox::indicator:disabled { background: $panel; border-color: $line; }
QCheckBox::indicator:focus { border-color: $accent; }

QPushButton { color: $ink; background: $paper; border: 1px solid $line; border-radius: ${radius}px;
              padding: 4px 14px; min-width: 52px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { color: $selection_ink; background: $selection; border-color: $selection; }
QPushButton:default:hover, QPushButton:default:pressed { border-color: $ink; }
QPushButton:default:focus { border-color: $ink; }
QPushButton:flat { color: $accent; background: transparent; border-color: transparent; min-width: 0; padding: 4px 8px; }
QPushButton:flat:hover { background: $hover; }
QPushButton:flat:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $panel; border-color: $line; }

QTreeView, QListView, QTableView { background: $panel; border: none; outline: 0; show-decoration-selected: 1;
    selection-color: $ink; selection-background-color: $accent_soft; gridline-color: $line; }
/* A tree that is filled before it is shown asks for its rows too early: call ensurePolished() first. */
QTreeView::item, QListView::item { min-height: ${row}px; padding: 0 2px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { color: $ink; background: $accent_soft; }
QTreeView::branch { background: transparent; border-image: none; image: none; }
QTreeView::branch:hover { background: $hover; }
QTreeView::branch:selected { background: $accent_soft; }
QTreeView::branch:closed:has-children { image: url(icons:chevron-$name.png); }
QTreeView::branch:open:has-children { image: url(icons:chevron-down-$name.png); }
QDialog QTreeView, QDialog QListView, QDialog QTableView {
    background: $paper; border: 1px solid $line; border-radius: ${radius}px; }
QListView[role="popup"], QComboBox QAbstractItemView {
    background: $card; border: 1px solid $line; border-radius: 0; padding: 2px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { color: $muted; background: $panel; border: none; border-bottom: 1px solid $line;
                       padding: 4px 8px; }

QMenu { background: $card; border: 1px solid $line; padding: 4px 0; }
QMenu::item { color: $ink; padding: 5px 28px 5px 14px; border: none; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 10px; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::indicator:checked { image: url(icons:tick-$name.png); }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line; border: none; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QProgressBar { color: transparent; background: $line; border: none; border-radius: 3px; min-height: 6px;
               max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet_of(theme: Theme) -> str:
    """Return the style sheet of a theme, for QApplication.setStyleSheet."""
    return RULES.substitute(theme._asdict(), radius=RADIUS, row=ROW_HEIGHT)
