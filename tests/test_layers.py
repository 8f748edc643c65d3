"""Every import contract of pyproject.toml breaks on an import that it forbids, and holds without one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo"]
OF_LAYERS = "Imports point downwards"
OF_QT = "Qt lives in ui and app alone"
OF_SQL = "SQL lives in storage and search alone"
OF_TABLES = "Tables never leave storage and search"
OF_PANELS = "Panels do not know one another"

# (a file of the package, an import that is written into it, the contract that must break)
VIOLATIONS = [
    ("text/planted.py", "import desktop.storage.library", OF_LAYERS),
    ("parsing/planted.py", "import desktop.exchange.formats", OF_LAYERS),  # a sibling
    ("model/planted.py", "import desktop.resources", OF_LAYERS),  # a sibling
    ("planted/__init__.py", "", OF_LAYERS),  # a new package that did not take its place
    ("services/planted.py", "from PySide6.QtCore import QObject", OF_QT),
    ("cli.py", "import PySide6", OF_QT),
    ("services/planted.py", "import sqlite3", OF_SQL),
    ("ui/planted.py", "from peewee import fn", OF_SQL),
    ("exchange/planted.py", "import playhouse.shortcuts", OF_SQL),
    ("services/planted.py", "import desktop.storage.tables", OF_TABLES),
    ("ui/panels/planted.py", "import desktop.ui.panels.outline_panel", OF_PANELS),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy of the package and of its contracts."""
    shutil.copytree(ROOT / "desktop", tmp_path / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _broken(folder: Path) -> set[str]:
    """Check the contracts on the package in a folder and name those that are broken."""
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"}
    run = subprocess.run(
        [*LINT, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    verdicts = dict(re.findall(r"^(\S.*) (KEPT|BROKEN)\b", run.stdout, re.MULTILINE))
    assert verdicts.keys() == {OF_LAYERS, OF_QT, OF_SQL, OF_TABLES, OF_PANELS}, run.stdout + run.stderr
    broken = {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
    assert run.returncode == int(bool(broken))
    return broken


def test_the_package_as_it_is_breaks_no_contract(copy: Path) -> None:
    assert _broken(copy) == set()


@pytest.mark.parametrize(("file", "line", "contract"), VIOLATIONS)
def test_a_planted_violation_breaks_its_contract_and_no_other(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / "desktop" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    assert _broken(copy) == {contract}
