"""What the user answered when he exported last: kept in the settings, offered again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.model.export import (
    DEFAULT_FIELDS,
    DEFAULT_OPTIONS,
    Grouping,
    Margin,
    Options,
    PageForm,
    Template,
    fields_named,
)
from desktop.model.settings import (
    EXPORT_BOLD,
    EXPORT_FIELDS,
    EXPORT_FOLDER,
    EXPORT_FORMAT,
    EXPORT_GROUPING,
    EXPORT_LINE,
    EXPORT_MARGIN,
    EXPORT_SCOPE,
)
from desktop.ui.session import Session


@dataclass(frozen=True)
class Remembered:
    """The answers of the last time: the folder, the key of the form without its dot, the marks, the options."""

    folder: Path
    form: str = ""
    scope: str = ""
    options: Options = DEFAULT_OPTIONS
    name: str = ""
    """What the user called the file, where it could not be written; else "", and a name is proposed."""


def remembered(session: Session) -> Remembered:
    """Return the answers of the last export. What the settings hold and is not known any more is left out."""
    names = session.setting(EXPORT_FIELDS)
    fields = fields_named(names) or DEFAULT_FIELDS
    grouping = session.setting(EXPORT_GROUPING)
    template = Template(fields, Grouping(grouping) if grouping in set(Grouping) else Grouping.TEXT)
    margin = session.setting(EXPORT_MARGIN)
    page = PageForm(
        session.setting(EXPORT_LINE),
        session.setting(EXPORT_BOLD),
        Margin(margin) if margin in set(Margin) else Margin.NARROW,
    )
    scope = session.setting(EXPORT_SCOPE)
    return Remembered(export_folder(session), session.setting(EXPORT_FORMAT), scope, Options(template, page))


def export_folder(session: Session) -> Path:
    """Return the folder used last, else the user's documents."""
    kept = session.setting(EXPORT_FOLDER)
    with suppress(OSError):  # a drive that is gone, a folder that is closed
        if kept and Path(kept).is_dir():
            return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def remember(session: Session, answers: Remembered) -> None:
    """Keep the answers for the next export."""
    session.remember(EXPORT_FORMAT, answers.form)
    session.remember(EXPORT_FOLDER, str(answers.folder))
    session.remember(EXPORT_SCOPE, answers.scope)
    session.remember(EXPORT_FIELDS, [field.value for field in answers.options.template.fields])
    session.remember(EXPORT_GROUPING, answers.options.template.grouping.value)
    session.remember(EXPORT_LINE, answers.options.page.line)
    session.remember(EXPORT_BOLD, answers.options.page.bold)
    session.remember(EXPORT_MARGIN, answers.options.page.margin.value)
