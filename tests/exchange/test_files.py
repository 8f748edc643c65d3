"""Files are read whole and written whole or not at all; every refusal is one clear sentence."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.exchange import files
from desktop.exchange.files import read_bytes, write_atomically
from desktop.exchange.watch import Watch
from desktop.model.errors import CancelledError, ExportError, UnreadableFileError

posix_only = pytest.mark.skipif(os.name == "nt", reason="modes and pipes of this kind are not on Windows")
NOBODY = 65534


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Give up the rights of root, to which every folder is open, for a while."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Return a folder an ordinary user gets to, which pytest's own is not where root runs it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "规划.txt"
    path.write_bytes(b"\x00\r\n\xff" * 1000)
    assert read_bytes(path) == b"\x00\r\n\xff" * 1000


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"找不到文件“无\.txt”"):
        read_bytes(tmp_path / "无.txt")
    with pytest.raises(UnreadableFileError, match="找不到文件"):
        read_bytes(tmp_path / "没有的文件夹" / "a.txt")
    with pytest.raises(UnreadableFileError, match="是一个文件夹"):
        read_bytes(tmp_path)
    with pytest.raises(UnreadableFileError, match="不能用的字符"):
        read_bytes(tmp_path / "a\0b")


@posix_only
def test_a_file_without_permission_is_refused(public_folder: Path) -> None:
    path = public_folder / "密.txt"
    path.write_bytes(b"x")
    path.chmod(0)
    with as_ordinary_user(), pytest.raises(UnreadableFileError, match=r"没有权限读取“密\.txt”"):
        read_bytes(path)


@posix_only
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(UnreadableFileError, match="不是普通文件"):
        read_bytes(tmp_path / "管道.txt")


def test_a_file_over_the_limit_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(UnreadableFileError, match="有 200 MB，超过 64 MB"):
        read_bytes(path)
    with path.open("wb") as file:
        file.truncate(files.SIZE_LIMIT)
    assert len(read_bytes(path)) == files.SIZE_LIMIT


def test_a_file_that_grows_over_the_limit_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(b"x" * 20)
    smaller = path.stat()
    path.write_bytes(b"x" * 40)
    monkeypatch.setattr(Path, "stat", lambda _: smaller)
    monkeypatch.setattr(files, "SIZE_LIMIT", 30)
    with pytest.raises(UnreadableFileError, match="超过"):
        read_bytes(path)


def test_a_file_that_vanishes_before_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "规划.txt"
    path.write_bytes(b"x")
    found = path.stat()
    path.unlink()
    monkeypatch.setattr(Path, "stat", lambda _: found)
    with pytest.raises(UnreadableFileError, match=r"找不到文件“规划\.txt”"):
        read_bytes(path)


def test_a_new_file_is_written_with_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "意见.docx"
    write_atomically(path, b"abc", overwrite=False)
    assert path.read_bytes() == b"abc"
    assert list(tmp_path.iterdir()) == [path]


def test_a_function_may_write_the_content(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.md", lambda file: file.write(b"abc"), overwrite=False)
    assert (tmp_path / "a.md").read_bytes() == b"abc"


def test_an_existing_file_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    with pytest.raises(ExportError, match=r"“a\.md”已经存在"):
        write_atomically(path, b"new", overwrite=False)
    assert path.read_bytes() == b"old"
    write_atomically(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_who_write_at_once_one_alone_gets_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    start = threading.Barrier(8)
    results: list[bytes | str] = []

    def export(content: bytes) -> None:
        start.wait()
        try:
            write_atomically(path, content, overwrite=False)
            results.append(content)
        except ExportError as error:
            results.append(str(error))

    threads = [threading.Thread(target=export, args=(bytes([65 + n]) * 100,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [result for result in results if isinstance(result, bytes)]
    assert winners == [path.read_bytes()]
    assert all("已经存在" in result for result in results if isinstance(result, str))
    assert list(tmp_path.iterdir()) == [path]


def no_links(*_: object) -> None:
    """Refuse as the file system of a USB stick does."""
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_new_file_is_never_there_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    sizes = []

    def looking(act: Callable[..., object]) -> Callable[..., object]:
        def look(*arguments: object) -> object:
            sizes.append(path.stat().st_size if path.exists() else None)
            return act(*arguments)

        return look

    for name in ("link", "replace"):  # whatever puts it in place: looked at just before
        monkeypatch.setattr(os, name, looking(getattr(os, name)))
    write_atomically(path, b"abc", overwrite=False)
    assert set(sizes) == {None}
    assert path.read_bytes() == b"abc"


def test_where_the_disk_knows_no_hard_links_a_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    write_atomically(tmp_path / "a.md", b"abc", overwrite=False)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"abc"]
    with pytest.raises(ExportError, match="已经存在"):
        write_atomically(tmp_path / "a.md", b"x", overwrite=False)


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_while_writing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.md"

    def slow(file: BinaryIO) -> None:
        file.write(b"mine")
        path.write_bytes(b"theirs")

    with pytest.raises(ExportError, match="已经存在"):
        write_atomically(path, slow, overwrite=False)
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_disk_that_fills_up_leaves_the_old_file_and_no_litter(tmp_path: Path, overwrite: bool) -> None:
    path = tmp_path / "a.md"
    if overwrite:
        path.write_bytes(b"old")

    def full(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ExportError, match="磁盘已满"):
        write_atomically(path, full, overwrite=overwrite)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == ([b"old"] if overwrite else [])


@pytest.mark.parametrize("overwrite", [False, True])
def test_writing_that_is_stopped_leaves_the_old_file_and_no_litter(tmp_path: Path, overwrite: bool) -> None:
    path = tmp_path / "a.md"
    if overwrite:
        path.write_bytes(b"old")
    stop = threading.Event()

    def slow(file: BinaryIO) -> None:
        file.write(b"new")
        stop.set()  # as the user does meanwhile

    with pytest.raises(CancelledError):
        write_atomically(path, slow, overwrite=overwrite, watch=Watch(stop.is_set))
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == ([b"old"] if overwrite else [])


@posix_only
def test_a_limit_of_the_system_on_a_file_is_told(tmp_path: Path) -> None:
    program = (
        "import resource, pathlib, sys\n"
        "from desktop.exchange.files import write_atomically\n"
        "from desktop.model.errors import ExportError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_atomically(pathlib.Path(sys.argv[1]), b'x' * 5000, overwrite=False)\n"
        "except ExportError as error:\n    sys.stdout.buffer.write(str(error).encode())\n"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", program, str(tmp_path / "a.docx")]
    said = subprocess.run(command, check=True, cwd=root, capture_output=True).stdout.decode()
    assert "放不下" in said
    assert list(tmp_path.iterdir()) == []


def test_a_bug_while_writing_is_no_error_of_the_user_and_leaves_no_litter(tmp_path: Path) -> None:
    def broken(file: BinaryIO) -> None:
        file.write(b"half")
        raise KeyError("bug")

    with pytest.raises(KeyError):
        write_atomically(tmp_path / "a.md", broken, overwrite=False)
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_a_folder_that_is_read_only_is_told(public_folder: Path) -> None:
    folder = public_folder / "只读"
    folder.mkdir(mode=0o555)
    with as_ordinary_user(), pytest.raises(ExportError, match="只读”不允许写入"):
        write_atomically(folder / "a.md", b"x", overwrite=False)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_bad_place_or_name_is_told(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ExportError, match="不存在，请另选"):
        write_atomically(tmp_path / "没有" / "a.md", b"x", overwrite=overwrite)
    with pytest.raises(ExportError, match="不存在，请另选"):
        write_atomically(tmp_path / "文件" / "a.md", b"x", overwrite=overwrite)
    with pytest.raises(ExportError, match="是一个文件夹"):
        write_atomically(tmp_path, b"x", overwrite=overwrite)
    with pytest.raises(ExportError, match="不能用的字符"):
        write_atomically(tmp_path / "a\0.md", b"x", overwrite=overwrite)
    with pytest.raises(ExportError, match="文件名太长"):
        write_atomically(tmp_path / f"{'长' * 200}.md", b"x", overwrite=overwrite)
    assert [entry.name for entry in tmp_path.iterdir()] == ["文件"]


def test_the_longest_name_a_disk_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 84}.md"  # 255 bytes in UTF-8
    write_atomically(path, b"x", overwrite=False)
    assert path.read_bytes() == b"x"


def test_a_file_held_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Windows refuses to replace an open file. Elsewhere no real file does so: the refusal itself is planted.
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "used by another process", str(self), 32, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match=r"“a\.docx”正被别的程序（例如 Word）打开"):
        write_atomically(path, b"new", overwrite=True)
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(ExportError, match="打开"):
        write_atomically(tmp_path / "b.docx", b"new", overwrite=False)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"old"]


@posix_only
def test_colleagues_may_read_an_export_and_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_atomically(tmp_path / "a.md", b"x", overwrite=False)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o644
    (tmp_path / "a.md").chmod(0o640)
    write_atomically(tmp_path / "a.md", b"y", overwrite=True)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


@posix_only
def test_a_link_stays_a_link_when_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real" / "a.md")
    write_atomically(tmp_path / "link.md", b"new", overwrite=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real" / "a.md").read_bytes() == b"new"
    with pytest.raises(ExportError, match="已经存在"):
        write_atomically(tmp_path / "link.md", b"x", overwrite=False)
