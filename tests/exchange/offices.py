"""LibreOffice, for tests that need files as other programs write them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.exchange.office import find_office


def installed_office(*, with_tables: bool = False) -> Path:
    """Return LibreOffice's program; where it or its part for tables is missing, skip the test and say what is missing.

    Where `YUECE_ALL_TESTS` is set, as .ci/run does, nothing may be missing, and the test fails.
    """
    found = find_office()
    missing = ""
    if found is None:
        missing = "LibreOffice is not installed (apt-get install libreoffice-writer-nogui)"
    elif with_tables and not _has_calc(found.resolve().parent):
        missing = "LibreOffice is installed without Calc (apt-get install libreoffice-calc-nogui)"
    if missing:
        (pytest.fail if os.environ.get("YUECE_ALL_TESTS") else pytest.skip)(missing)
    assert found is not None
    return found


def _has_calc(folder: Path) -> bool:
    return any(any(place.glob("*sclo.*")) for place in (folder, folder.parent / "Frameworks"))


def convert(office: Path, file: Path, suffix: str, folder: Path) -> bytes:
    """Return the file in another format."""
    convert_all(office, [file], suffix, folder)
    return (folder / f"{file.stem}.{suffix}").read_bytes()


def convert_all(office: Path, files: Sequence[Path], suffix: str, folder: Path) -> None:
    """Put the files in another format into `folder`; one that can't be read is left out."""
    profile = (folder / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        folder,
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
