"""dev.py names what the system lacks, and installs when something changed and only then."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import dev

LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks Qt's libraries")
INVENTED = {"libnever-heard-of.so.1": "libnever1", "libc.so.6": "libc6"}


class Checkout:
    """A checkout elsewhere, in which installing is noted and not done."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.works, self.installed = root, True, 0
        (root / "pyproject.toml").write_text("first", "utf-8")
        self._monkeypatch = monkeypatch
        self._set(root)
        monkeypatch.setattr(dev, "start", self._start)
        monkeypatch.setattr(dev, "installers", lambda _python: [["an", "installer"]])

    def _set(self, root: Path) -> None:
        self._monkeypatch.setattr(dev, "ROOT", root)
        self._monkeypatch.setattr(dev, "VENV", root / ".venv")
        self._monkeypatch.setattr(dev, "STAMP", root / ".venv" / dev.STAMP.name)

    def _start(self, command: Sequence[str | Path], folder: Path | None = None) -> int:
        assert [*command, folder] == ["an", "installer", "--editable", ".[dev]", dev.ROOT]
        self.installed += 1
        return int(not self.works)

    def move(self, root: Path) -> None:
        self.root.rename(root)
        self._set(root)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    root = tmp_path / "checkout"
    root.mkdir()
    return Checkout(root, monkeypatch)


def test_the_second_start_installs_nothing(checkout: Checkout) -> None:
    dev.install()
    dev.install()
    assert checkout.installed == 1


def test_changed_needs_are_installed_into_the_same_environment(checkout: Checkout) -> None:
    dev.install()
    (dev.VENV / "was here").touch()
    (checkout.root / "pyproject.toml").write_text("second", "utf-8")
    dev.install()
    assert checkout.installed == 2
    assert (dev.VENV / "was here").exists()


def test_what_was_interrupted_begins_anew(checkout: Checkout) -> None:
    checkout.works = False
    with pytest.raises(SystemExit, match="Could not install"):
        dev.install()
    (dev.VENV / "half").touch()
    checkout.works = True
    dev.install()
    assert not (dev.VENV / "half").exists()
    dev.install()
    assert checkout.installed == 2


def test_a_checkout_that_moved_gets_a_new_environment(checkout: Checkout, tmp_path: Path) -> None:
    dev.install()
    (dev.VENV / "old paths").touch()
    checkout.move(tmp_path / "elsewhere")
    dev.install()
    assert checkout.installed == 2
    assert not (dev.VENV / "old paths").exists()


def test_a_new_environment_has_a_python_and_no_pip(checkout: Checkout) -> None:
    dev.install()
    python = dev.VENV / dev.PYTHON.relative_to(dev.SCRIPTS.parent)
    run = subprocess.run([python, "-c", "import pip"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in run.stderr


@LINUX_ONLY
def test_a_library_that_is_missing_is_told_by_its_package() -> None:
    missing = dev.missing_packages(INVENTED, packaging=False)
    assert "libnever1" in missing
    assert "libc6" not in missing


@LINUX_ONLY
def test_who_is_not_root_is_told_the_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "has_chinese_font", lambda: True)
    with pytest.raises(SystemExit, match="--yes"):
        dev.provide(INVENTED, agreed=False)
    assert "\n    apt-get install --yes --no-install-recommends libnever1\n" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "status"), [(["--help"], 0), ([], 0), (["test", "--help"], 0), (["dance"], 2)])
def test_help_is_the_docstring(words: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(words) == status
    assert "python3 dev.py run" in capsys.readouterr().out


def test_a_measurement_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["bench", "nothing"]) == 2
    said = capsys.readouterr().out
    assert "no such measurement: nothing" in said
    assert "start" in said


def test_options_are_handed_to_the_measurement_and_are_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Sequence[str | Path]] = []
    for name in ("provide", "install", "install_peers"):
        monkeypatch.setattr(dev, name, lambda *_: None)
    monkeypatch.setattr(dev, "start", lambda command, *_: started.append(command) or 0)
    assert dev.main(["bench", "start", "--large", "--peers"]) == 0
    assert [command[-2:] for command in started] == [["--large", "--peers"]]
    assert "start.main()" in str(started[0][2])


def test_other_search_engines_are_installed_once_and_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Sequence[str | Path]] = []
    peers = tmp_path / "build" / "peers"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PEERS", peers)
    monkeypatch.setattr(dev, "make_environment", lambda folder: folder.mkdir())
    monkeypatch.setattr(dev, "installers", lambda _python: [["an", "installer"]])
    monkeypatch.setattr(dev, "start", lambda command, *_: started.append(command) or 0)
    dev.install_peers()
    dev.install_peers()
    assert started == [["an", "installer", *dev.PEERS_NEED]]
    monkeypatch.setattr(dev, "PEERS_NEED", ["another==1"])
    dev.install_peers()
    assert started[1:] == [["an", "installer", "another==1"]]
    assert str(dev.VENV) not in str(dev.PEERS_PYTHON)
