"""LibreOffice, for tests that need files as other programs write them."""

from __future__ import annotations

import subprocess
from pathlib import Path


def convert(office: Path, file: Path, suffix: str, folder: Path) -> bytes:
    """Return the file in another format."""
    profile = (folder / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        folder,
        file,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"{file.stem}.{suffix}").read_bytes()
