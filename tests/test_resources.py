"""Resources are found from wherever the program is started."""

from pathlib import Path

import pytest

from desktop.resources import resource_path


def test_a_resource_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan_text: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = resource_path("plan", "hengyang-15fyp-proposal-page2.txt")
    assert path.read_text("utf-8-sig") == plan_text


def test_a_folder_of_resources_is_found() -> None:
    assert resource_path("plan").is_dir()


def test_a_resource_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.txt"):
        resource_path("plan", "nothing.txt")
