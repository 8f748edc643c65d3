"""LibreOffice, for tests that need files as other programs write them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path


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
