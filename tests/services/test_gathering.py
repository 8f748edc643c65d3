"""Folders become the files in them that can be read."""

from pathlib import Path

import pytest

from desktop.services.gathering import gather
from desktop.storage.library import Library


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("第一条　为了试验。", encoding="utf-8")


def test_a_folder_gives_its_readable_files_in_order_and_nothing_hidden(tmp_path):
    put(
        tmp_path,
        "乙.txt",
        "甲.TXT",
        "a.docx",
        "图.png",
        ".隐.txt",
        "~$a.docx",
        "里/丙.md",
        ".git/丁.txt",
        "里/深/戊.html",
    )
    found = [path.relative_to(tmp_path).as_posix() for path in gather([tmp_path])]
    assert found == ["a.docx", "乙.txt", "甲.TXT", "里/丙.md", "里/深/戊.html"]


def test_what_is_merged_is_found_in_folders_but_no_whole_library(tmp_path):
    put(tmp_path, "张三.yuece", "网页.jsonld", "设置.json", "李四.YUECE")
    Library.open(tmp_path / "文库.yuece", create=True).close()
    found = [path.name for path in gather([tmp_path])]
    assert sorted(found) == sorted(["张三.yuece", "网页.jsonld", "李四.YUECE"])
    assert gather([tmp_path / "文库.yuece"]) == [tmp_path / "文库.yuece"]


def test_a_named_file_is_kept_whatever_it_is_and_none_comes_twice(tmp_path):
    put(tmp_path, "图.png", ".隐.txt", "里/甲.txt")
    missing = tmp_path / "没有.txt"
    paths = [tmp_path / "图.png", tmp_path / ".隐.txt", missing, tmp_path / "里" / "甲.txt", tmp_path / "里"]
    assert gather(paths) == paths[:4]


def test_a_link_that_leads_back_is_not_followed(tmp_path):
    put(tmp_path, "里/甲.txt")
    try:
        (tmp_path / "里" / "回").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert gather([tmp_path]) == [tmp_path / "里" / "甲.txt"]


def test_gathering_ends_where_it_is_cancelled(tmp_path):
    put(tmp_path, *(f"{number}.txt" for number in range(9)))
    answers = iter([False, False, True])
    assert len(gather([tmp_path], lambda: next(answers))) == 2
