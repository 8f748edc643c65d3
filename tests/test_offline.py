"""The lint refuses a network in the program's source; tests/conftest.py refuses it while the tests run."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import ssl",
        "import http.client",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import requests",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QNetworkAccessManager",
    ],
)
def test_an_import_that_could_reach_a_network_is_refused(line: str) -> None:
    lint = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "TID251",
        "--stdin-filename",
        "desktop/ui/planted.py",
        "-",
    ]
    run = subprocess.run(
        lint, input=f"{line}\n", cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 1
    assert "TID251" in run.stdout
