"""The services run without a window: no subcommand imports Qt, and each imports only what it needs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import import_document, shipped_plan
from desktop.services.marking import Marker
from desktop.services.reading import open_reading
from desktop.storage.library import Library

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"

RUN_EVERYTHING = """
import json, sys
from pathlib import Path
from desktop import cli

folder, plan = Path(sys.argv[1]), sys.argv[2]
library = ["--library", str(folder / "library.yuece")]
loaded = []

def run(name, *arguments):
    status = cli.main([name, *arguments, *library, "--json"])
    assert status == 0, (name, status)
    heavy = {"PySide6", "shiboken6", "jieba", "docx", "lxml", "xlsxwriter"}
    modules = {module.split(".")[0] for module in sys.modules} & heavy
    # It hands over what needs Qt once it is called, and nothing before.
    light = {"desktop.ui", "desktop.ui.printing", "desktop.ui.printing.writers"}
    modules |= {module for module in sys.modules if module.startswith(("desktop.ui", "desktop.app"))} - light
    loaded.append((name, sorted(modules)))

run("outline", plan)
run("outline", plan, "--text")
run("import", plan)
run("search", "衡阳")
run("check")
run("export", str(folder / "out.md"))
for suffix in ("csv", "html", "jsonld", "xlsx", "docx"):
    run("export", str(folder / f"out.{suffix}"))
print(json.dumps(loaded), file=sys.stderr)
"""

WINDOW = """
import sys
from pathlib import Path
from dataclasses import replace
from uuid import uuid4
from desktop.storage.library import Library

with Library.open(Path(sys.argv[1])) as library:
    first = library.marks.get(sys.argv[2])
    for line in sys.stdin:
        with library.transaction():
            library.marks.add(replace(first, id=str(uuid4()), note=line.strip()))
            print("writing", flush=True)
            sys.stdin.readline()
        print("written", flush=True)
"""


def test_no_subcommand_imports_qt_and_word_and_excel_are_loaded_for_their_files_alone(tmp_path):
    command = [sys.executable, "-c", RUN_EVERYTHING, tmp_path, PLAN]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    names = ("outline", "outline", "import", "search", "check", *["export"] * 6)
    # A web page breaks its title between words.
    excel, word = ["jieba", "xlsxwriter"], ["docx", "jieba", "lxml", "xlsxwriter"]
    modules = [*[[]] * 7, ["jieba"], ["jieba"], excel, word]
    assert json.loads(ran.stderr) == [[name, loaded] for name, loaded in zip(names, modules, strict=True)]
    assert {path.name for path in tmp_path.iterdir()} >= {"library.yuece", "out.md", "out.docx"}


@pytest.mark.parametrize("command", ["--help", "--version"])
def test_help_and_version_import_no_service(command):
    look = f"""
import sys
from desktop import cli
try:
    cli.main(["{command}"])
except SystemExit:
    pass
print([m for m in sys.modules if m.startswith(("desktop.services", "desktop.storage", "peewee", "PySide6"))])
"""
    ran = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.fixture
def window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold a library open for writing in another process, as a window does."""
    path = tmp_path / "library.yuece"
    with Library.open(path, create=True) as library:
        plan = import_document(shipped_plan())
        perform(library, plan)
        marker = Marker(library, open_reading(library, plan.edition.id))
        added = marker.note(Span(0, 4), "第一条批注")
        perform(library, added)
    command = [sys.executable, "-c", WINDOW, path, added.marks[0].id]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        yield process
        process.stdin.close()
        assert process.wait(10) == 0


def desktop(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_library_in_use_is_read_but_not_written_to(window, tmp_path):
    library = ("--json", "--library", tmp_path / "library.yuece")

    def notes() -> list[str]:
        ran = desktop("search", "批注", *library)
        assert ran.returncode == 0, ran.stderr
        return [hit["text"] for hit in json.loads(ran.stdout)["hits"] if hit["in"] == "note"]

    assert window.stdin is not None
    assert window.stdout is not None
    window.stdin.write("第二条批注\n")
    window.stdin.flush()
    assert window.stdout.readline() == "writing\n"  # the transaction is open
    assert notes() == ["第一条批注"]
    checked = desktop("check", *library)
    assert json.loads(checked.stdout)["counts"]["marks"] == 1
    exported = desktop("export", tmp_path / "out.docx", *library)
    assert (exported.returncode, exported.stderr) == (0, "")
    refused = desktop("import", PLAN, *library)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1
    assert "正被另一个窗口或命令" in refused.stderr
    assert str(window.pid) in refused.stderr
    window.stdin.write("\n")
    window.stdin.flush()
    assert window.stdout.readline() == "written\n"
    assert sorted(notes()) == ["第一条批注", "第二条批注"]
    window.stdin.close()
    assert window.wait(10) == 0
    assert desktop("import", PLAN, *library).returncode == 0
