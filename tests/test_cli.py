"""The command line keeps its contract: what it prints, where, in which encoding, and what it refuses."""

# ruff: noqa: RUF001 (full-width letters are what --strict is about)

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop import cli
from desktop.exchange.formats import forms
from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import import_document, shipped_plan
from desktop.services.marking import Marker, set_private, write
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.reading import open_reading
from desktop.storage.library import Library
from desktop.storage.paths import default_library_path

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
TITLE = "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议"
CLAUSE_KEYS = ["kind", "label", "number", "title", "level", "start", "end", "sentences", "implied", "children"]
HIT_KEYS = ["document", "title", "address", "in", "start", "end", "mark", "text"]
KINDS = {
    *("volume", "subvolume", "part", "chapter", "section", "article"),
    *("heading", "item", "box", "table", "lead", "closing", "paragraph"),
}
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="devices and signals of Linux")


@dataclass
class Ran:
    """What a command left: its exit status and both streams."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        assert (self.status, self.err) == (0, "")
        return json.loads(self.out)

    def refused(self, *words: str) -> None:
        """Assert that this is one line of Chinese on stderr, exit status 2, and nothing on stdout."""
        assert (self.status, self.out) == (2, ""), self
        assert self.err.startswith("阅策：")
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1
        assert not re.search(r"argument|expected|required|invalid|usage|choose|error|Errno|No such", self.err), self.err
        for word in words:
            assert word in self.err


@pytest.fixture
def yuece(capfd: pytest.CaptureFixture[str]):
    """Run a command in this process."""

    def run(*arguments: object) -> Ran:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as done:  # --help
            status = done.code
        return Ran(status, *capfd.readouterr())

    return run


def started(*arguments: object, stdout: object = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess:
    """Run a command as a process of its own; what it prints is bytes."""
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=env, check=False, timeout=30)


@dataclass
class Made:
    """A library with the plan, marks of all kinds, and a meeting."""

    path: Path
    document: str
    note: str
    meeting: str
    shared: int


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = tmp_path_factory.mktemp("library") / "原.yuece"
    with Library.open(path, create=True) as library:
        command = import_document(shipped_plan())
        perform(library, command)
        reading = open_reading(library, command.edition.id)
        marker = Marker(library, reading)
        start = reading.text.index("坚持人民至上")
        note = marker.note(Span(start, start + 6), "要点一。要点二、要点三。\n要点", ("要点", "民生/要点"))
        secret = marker.note(Span(start, start + 4), "只给自己看")
        for step in (note, secret, marker.highlight(Span(start, start + 9), 1, "重点")):
            perform(library, step)
        perform(library, set_private(secret.marks, private=True))
        meeting = start_meeting("逐条讨论会", date(2026, 3, 5))
        perform(library, meeting)
        clause = next(node for node in reading.outline.nodes if node.clause.label == "22.")
        perform(library, marker.clause_note(clause, "会上说的"))
        perform(library, EndMeeting(meeting.meeting.id))
        return Made(path, command.document.id, note.marks[0].id, meeting.meeting.id, 3)


@pytest.fixture
def made(_made: Made, tmp_path: Path) -> Made:
    """Hold a copy of the library, for one test alone; the name has blanks and a character beyond U+FFFF."""
    path = tmp_path / "我 的 \U00020bb7.yuece"
    path.write_bytes(_made.path.read_bytes())
    return Made(path, _made.document, _made.note, _made.meeting, _made.shared)


def flat(clauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for clause in clauses for one in (clause, *flat(clause["children"]))]


def follows_the_contract(data: dict[str, Any], text: str) -> None:
    """Assert every rule that the outline's JSON is promised to follow."""
    assert list(data) == ["title", "notices", "clauses", "warnings"]
    owners = [0] * len(text)
    for notice in data["notices"]:
        assert list(notice) == ["text", "start", "end"]
        assert text[notice["start"] : notice["end"]].rstrip() == notice["text"]
        for offset in range(notice["start"], notice["end"]):
            owners[offset] += 1
    for warning in data["warnings"]:
        assert list(warning) == ["text", "start"]
        assert 0 <= warning["start"] <= len(text)
    starts = [node["start"] for node in flat(data["clauses"])]
    assert starts == sorted(starts)
    for level, clause in levels(data["clauses"], 1):
        assert list(clause) == CLAUSE_KEYS
        assert clause["kind"] in KINDS
        assert clause["level"] == level
        start, end = clause["start"], clause["end"]
        own = text[start:end]
        if clause["implied"]:
            assert (clause["title"], clause["sentences"]) == (None, [])
            assert start == end == clause["children"][0]["start"]
            continue
        assert "\n" not in own
        assert own.startswith(clause["label"])
        assert end == len(text) or text[end] == "\n" or end in starts
        assert clause["sentences"][0][0] == start
        assert clause["sentences"][-1][1] == end
        assert all(one[1] == next_[0] for one, next_ in zip(clause["sentences"], clause["sentences"][1:], strict=False))
        assert all(one < other for one, other in clause["sentences"])
        if clause["title"] is not None:
            assert own[len(clause["label"]) :].lstrip().startswith(clause["title"])
            assert not clause["title"].endswith("。")
        if not clause["label"]:
            assert clause["number"] is None
        for offset in range(start, end):
            owners[offset] += 1
    assert max(owners, default=0) <= 1
    unowned = "".join(sign for sign, count in zip(text, owners, strict=True) if not count)
    assert unowned.strip() == ""


def levels(clauses: list[dict[str, Any]], level: int) -> list[tuple[int, dict[str, Any]]]:
    return [one for clause in clauses for one in ((level, clause), *levels(clause["children"], level + 1))]


# outline


def test_the_outline_of_the_plan(yuece, plan_text):
    data = yuece("outline", PLAN, "--json").data
    follows_the_contract(data, plan_text)
    assert data["title"] == TITLE
    sections = data["clauses"]
    assert [section["label"] for section in sections] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    assert [section["implied"] for section in sections] == [True] + [False] * 6
    assert [section["number"] for section in sections] == [1, 2, 3, 4, 5, 6, 7]
    clauses = [[one for one in section["children"] if one["kind"] == "heading"] for section in sections]
    assert [len(found) for found in clauses] == [1, 3, 4, 5, 6, 3, 1]
    assert [one["number"] for found in clauses for one in found] == list(range(3, 26))
    assert [one["label"] for found in clauses for one in found] == [f"{number}." for number in range(3, 26)]
    kinds = Counter(one["kind"] for one in flat(sections))
    assert kinds == {"heading": 30, "item": 12, "lead": 5, "closing": 2}
    assert clauses[6][0]["title"] == "加快推进农业农村现代化"
    assert sections[1]["title"] == "“十五五”时期经济社会发展的指导方针和主要目标"


def test_every_character_of_the_plan_but_line_ends_is_in_one_node_or_notice(yuece, plan_text):
    data = yuece("outline", PLAN, "--json").data
    owners = Counter(
        offset
        for part in (*data["notices"], *flat(data["clauses"]))
        for offset in range(part["start"], part["end"])
        if plan_text[offset] != "\n"
    )
    assert owners == {offset: 1 for offset, sign in enumerate(plan_text) if sign != "\n"}


def test_the_closing_paragraph_after_the_last_item_belongs_to_the_clause(yuece, plan_text):
    nodes = flat(yuece("outline", PLAN, "--json").data["clauses"])
    six = next(node for node in nodes if node["label"] == "6.")
    assert [child["kind"] for child in six["children"]] == ["item"] * 6 + ["closing"]
    assert all(child["children"] == [] for child in six["children"])
    assert plan_text[six["children"][6]["start"] :].startswith("在此基础上再奋斗五年")
    lead = next(node for node in nodes if node["kind"] == "lead")
    assert (lead["label"], lead["number"], lead["title"]) == ("", None, None)


OTHERS = ("14-hailar-work-report-2012.txt", "15-env-plan-13fyp-2016.txt", "18-task-division-2020.txt")


@pytest.mark.parametrize("name", OTHERS)
def test_the_outlines_of_other_documents_follow_the_contract(yuece, samples, name):
    text = yuece("outline", samples / name, "--text").out
    follows_the_contract(yuece("outline", samples / name, "--json").data, text)


TRICKY = (
    "\ufeff规划\r\n一、总则\r\n1.甲\u00a0乙。\u2028丙\x0c丁\x85戊。\r\n2.\U00020bb7字\U00020bb7。结束。\r（一）末行"
)


def test_offsets_count_code_points_of_the_text_with_line_ends_as_lf(yuece, tmp_path):
    path = tmp_path / "a \U00020bb7 b.txt"
    path.write_bytes(TRICKY.encode())
    text = TRICKY[1:].replace("\r\n", "\n").replace("\r", "\n")
    data = yuece("outline", path, "--json").data
    follows_the_contract(data, text)
    nodes = flat(data["clauses"])
    assert [text[node["start"] : node["end"]] for node in nodes] == [line for line in text.split("\n")[1:] if line]


def test_the_text_is_printed_exactly(tmp_path, plan_text):
    path = tmp_path / "规划.txt"
    path.write_bytes(TRICKY.encode())
    text = TRICKY[1:].replace("\r\n", "\n").replace("\r", "\n")
    assert started("outline", path, "--text").stdout == text.encode()
    assert started("outline", PLAN, "--text", PYTHONIOENCODING="gbk").stdout == plan_text.encode()


def test_people_see_the_outline_indented(yuece):
    ran = yuece("outline", PLAN)
    lines = ran.out.split("\n")
    assert lines[0] == TITLE
    assert "一、（标题不在本页）" in lines
    assert "  25. 加快推进农业农村现代化" in lines
    assert "    —— 坚持人民至上" in lines


# search


def test_hits_in_text_notes_and_tags(yuece, made, plan_text):
    data = yuece("search", "要点", "--json", "--library", made.path).data
    assert list(data) == ["total", "hits"]
    assert all(list(hit) == HIT_KEYS for hit in data["hits"])
    assert {hit["document"] for hit in data["hits"]} == {made.document}
    assert {hit["title"] for hit in data["hits"]} == {TITLE}
    in_text = [hit for hit in data["hits"] if hit["in"] == "text"]
    assert [hit["start"] for hit in in_text] == [found.start() for found in re.finditer("要点", plan_text)]
    others = [(hit["in"], hit["start"], hit["end"], hit["mark"], hit["text"]) for hit in data["hits"] if hit["mark"]]
    assert others == [
        ("note", 0, 2, made.note, "要点一。"),
        ("note", 4, 6, made.note, "要点二、要点三。"),
        ("note", 8, 10, made.note, "要点二、要点三。"),
        ("note", 13, 15, made.note, "要点"),
        ("tag", 0, 2, made.note, "要点"),
        ("tag", 3, 5, made.note, "民生/要点"),
    ]
    assert {hit["address"] for hit in data["hits"] if hit["mark"]} == {"二 · 5 · 坚持人民至上 · 第1句"}


def test_a_hit_in_the_text_is_in_its_sentence_at_its_address(yuece, made, plan_text):
    hits = yuece("search", "衡阳", "--json", "--library", made.path).data["hits"]
    assert len(hits) == plan_text.count("衡阳")
    for hit in hits:
        assert plan_text[hit["start"] : hit["end"]] == "衡阳"
        assert (hit["mark"], hit["in"]) == (None, "text")
        assert "衡阳" in hit["text"]
        assert hit["text"] in plan_text
        assert hit["address"]


def test_overlapping_places_are_each_a_hit_and_the_limit_leaves_the_total(yuece, tmp_path):
    file, library = tmp_path / "一.txt", tmp_path / "l.yuece"
    file.write_text("一一一一。ＡＢ\n", encoding="utf-8")
    assert yuece("import", file, "--library", library).status == 0
    everything = yuece("search", "一一", "--json", "--library", library).data
    assert [(hit["start"], hit["end"]) for hit in everything["hits"]] == [(0, 2), (1, 3), (2, 4)]
    assert everything["total"] == 3
    for limit in (0, 1, 2, 3, 999):
        limited = yuece("search", "一一", "--json", "--limit", limit, "--library", library).data
        assert limited == {"total": 3, "hits": everything["hits"][:limit]}
    assert yuece("search", "ab", "--json", "--library", library).data["total"] == 1
    assert yuece("search", "ab", "--json", "--strict", "--library", library).data == {"total": 0, "hits": []}


def test_operators_are_read_as_in_the_window(yuece, made, plan_text):
    def total(*words: str) -> int:
        return yuece("search", *words, "--json", "--library", made.path).data["total"]

    assert total("要点 标签:民生") == 6
    assert total("衡阳 OR 稳五进三布二") == plan_text.count("衡阳") + plan_text.count("稳五进三布二")
    assert 0 < total("产业 园区") < plan_text.count("产业") + plan_text.count("园区")
    assert total("產業") == total("产业") == plan_text.count("产业")
    assert total("產業", "--strict") == 0


def test_words_taken_apart_are_told(yuece, made):
    data = yuece("search", "产业园区的营商环境如何", "--json", "--library", made.path).data
    assert data["message"] == f"没有“产业园区的营商环境如何”，找到分开的词：{'、'.join(data['read_as'])}"
    assert data["total"] == len(data["hits"]) > 0
    ran = yuece("search", "产业园区的营商环境如何", "--library", made.path)
    assert ran.out.startswith(f"{data['message']}\n共 {data['total']} 处\n")


def test_a_regular_expression_is_matched_on_the_text_as_it_is(yuece, made, plan_text):
    data = yuece("search", "产业.{2}化", "--regex", "--json", "--library", made.path).data
    assert [hit["start"] for hit in data["hits"]] == [found.start() for found in re.finditer("产业.{2}化", plan_text)]
    yuece("search", "(", "--regex", "--library", made.path).refused("正则")
    yuece("search", "甲", "--regex", "--strict", "--library", made.path).refused("只能用一个")


def test_there_is_no_limit_unless_asked_for(yuece, made, plan_text):
    data = yuece("search", "，", "--json", "--library", made.path).data  # the plan's commas are half-width, too
    assert data["total"] == len(data["hits"]) == plan_text.count(",") + plan_text.count("，")
    assert data["total"] > 300


@pytest.mark.parametrize("words", ["--", "-十", "--json", "-1", "——", "--library"])
def test_words_that_begin_with_a_dash_are_written_behind_two(yuece, made, plan_text, words):
    with Library.open(made.path) as library:
        mark = library.marks.get(made.note)
        perform(library, write(mark, note=f"甲{words}乙"))
    data = yuece("--library", made.path, "search", "--json", "--", words).data
    assert [(hit["in"], hit["start"]) for hit in data["hits"] if hit["mark"]] == [("note", 1)]


def test_search_for_people(yuece, made):
    ran = yuece("search", "只给自己", "--library", made.path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"共 1 处\n《{TITLE}》二 · 5 · 坚持人民至上 · 第1句  【批注】只给自己看\n"


def test_letters_are_read_as_pinyin_without_an_index(yuece, made):
    ran = yuece("search", "gzlfz", "--library", made.path, "--limit", "1")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("按拼音“gzlfz”找到：高质量发展\n共 ")


# import


def test_several_files_are_imported_and_none_twice(yuece, tmp_path):
    library = tmp_path / "新" / "l.yuece"
    one, two = tmp_path / "a \U00020bb7 b.txt", tmp_path / "-办法.txt"
    one.write_text("办法一\n第一条　甲。\n", encoding="utf-8")
    two.write_text("办法二\n第一条　甲。\n第二条　乙。\n", encoding="utf-8")
    data = yuece("import", one, two, one, PLAN, "--json", "--library", library).data
    rows = data["documents"]
    assert [row["title"] for row in rows] == ["办法一", "办法二", "办法一", TITLE]
    assert [row["new"] for row in rows] == [True, True, False, True]
    assert [row["clauses"] for row in rows[:3]] == [1, 2, 1]
    assert rows[0]["document"] == rows[2]["document"]
    assert rows[3]["warnings"]
    again = yuece("import", PLAN, "--json", "--library", library).data["documents"]
    assert (again[0]["new"], again[0]["document"]) == (False, rows[3]["document"])
    assert yuece("check", "--json", "--library", library).data["counts"]["documents"] == 3


def test_a_file_whose_name_begins_with_a_dash(yuece, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("-办法.txt").write_text("办法\n第一条　甲。\n", encoding="utf-8")
    assert yuece("--library", "l.yuece", "import", "--", "-办法.txt").out == "已导入：《办法》\n"
    assert yuece("outline", "--", "-办法.txt").out.startswith("办法\n")


def test_one_bad_file_among_several_imports_nothing(yuece, tmp_path, made):
    bad = tmp_path / "坏.txt"
    bad.write_bytes(bytes(range(256)) * 20)
    new = tmp_path / "new.yuece"
    yuece("import", PLAN, bad, "--library", new).refused("坏.txt")
    assert not list(tmp_path.glob("new.yuece*"))
    good = tmp_path / "好.txt"
    good.write_text("办法\n第一条　甲。\n", encoding="utf-8")
    before = yuece("check", "--json", "--library", made.path).data
    yuece("import", good, bad, "--library", made.path).refused("坏.txt")
    assert yuece("check", "--json", "--library", made.path).data == before


@pytest.mark.parametrize("command", ["outline", "import"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("二进制.txt", b"\x00\x01\x02" * 99),
        ("文件夹.txt", None),
        ("没有.txt", ...),
        ("别的.xyz", b"a"),
        ("换\n行.txt", ...),
    ],
)
def test_files_that_cannot_be_read_are_refused(yuece, tmp_path, command, name, data):
    path = tmp_path / name
    if data is None:
        path.mkdir()
    elif data is not ...:
        path.write_bytes(data)
    library = tmp_path / "l.yuece"
    yuece(command, path, "--library", library).refused()
    assert not list(tmp_path.glob("l.yuece*"))


@linux_only
def test_a_file_without_permission_or_a_device_is_refused(yuece, tmp_path):
    yuece("outline", "/dev/null").refused("null")
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    yuece("outline", pipe).refused("管道.txt")
    if os.geteuid():
        locked = tmp_path / "锁.txt"
        locked.write_text("甲", encoding="utf-8")
        locked.chmod(0)
        yuece("outline", locked).refused("锁.txt")


# export


def test_a_word_file_has_the_text_and_each_note_as_a_comment(yuece, made, tmp_path):
    out = tmp_path / "全 文.docx"
    data = yuece("export", out, "--json", "--library", made.path).data
    assert data == {
        "file": str(out),
        "document": made.document,
        "title": TITLE,
        "marks": made.shared,
        "form": "full",
        "private_left_out": 1,
    }
    with zipfile.ZipFile(out) as word:
        comments = word.read("word/comments.xml").decode()
        body = word.read("word/document.xml").decode()
    assert "会上说的" in comments
    assert "只给自己" not in comments + body
    assert body.count("<w:commentRangeStart") == comments.count("<w:comment ") >= 2


def test_excerpts_have_each_quote_and_no_private_note(yuece, made, tmp_path):
    out = tmp_path / "摘录.MD"
    with Library.open(made.path, read_only=True) as library:
        signed = library.author.name
    said = f"已导出 {made.shared} 处标注（1 处私人标注没有导出）：{out}\n署名：{signed}\n"
    assert yuece("export", out, "--library", made.path).out == said
    excerpts = out.read_text("utf-8")
    assert "坚持人民至上" in excerpts
    assert "会上说的" in excerpts
    assert "只给自己" not in excerpts


@pytest.mark.parametrize("by", ["name", "id"])
def test_a_meeting_is_exported_alone(yuece, made, tmp_path, by):
    out = tmp_path / "会议.md"
    wanted = "逐条讨论会" if by == "name" else made.meeting
    assert yuece("export", out, "--meeting", wanted, "--json", "--library", made.path).data["marks"] == 1
    assert "会上说的" in out.read_text("utf-8")
    assert "要点一" not in out.read_text("utf-8")


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.key)
def test_every_form_is_written_by_its_suffix_or_when_it_is_asked_for(yuece, made, tmp_path, form):
    out = tmp_path / f"导出{form.suffix}"
    options = ["--form", form.id] if form.special else []
    data = yuece("export", out, *options, "--json", "--library", made.path).data
    assert (data["form"], data["marks"]) == (form.id, made.shared)
    assert out.stat().st_size > 500


def test_a_pdf_is_written_without_a_screen(made, tmp_path):
    out = tmp_path / "打印.pdf"
    without = {
        "DISPLAY": "",
        "WAYLAND_DISPLAY": "",
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C",
        "LC_ALL": "C",
        "LC_CTYPE": "C",
    }
    ran = started("export", out, "--json", "--library", made.path, **without)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["form"] == "full"
    with pypdfium2.PdfDocument(out) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "会上说的" in words
    assert "只给自己" not in words


def test_a_form_that_a_suffix_has_not_is_refused(yuece, made, tmp_path):
    command = ("export", tmp_path / "a.docx", "--form", "table", "--library", made.path)
    yuece(*command).refused("table", "full", "excerpts")


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("", 3),
        ("会上", 1),
        ("要点一 要点二", 1),
        ("标签:民生", 1),
        ("标签:要点 OR 标签:民生", 1),
        ("-标签:要点", 2),
        ("颜色:黄", 1),
        ("颜色:重点 颜色:蓝", 0),
        ("条款:六", 1),
        ("条款:22 会议:逐条", 1),
        ("日期:2020..2200", 3),
        ("日期:..2020-01-01", 0),
    ],
)
def test_a_filter_narrows_what_is_exported(yuece, made, tmp_path, typed, marks):
    command = ("export", tmp_path / "a.md", f"--filter={typed}", "--json", "--library", made.path)
    assert yuece(*command).data["marks"] == marks


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("标签:没有的", "要点"),
        ("标签:要点 OR 颜色:黄", "OR"),
        ("会议:没开过", "逐条讨论会"),
        ("作者:没有", "没有叫"),
        ("颜色:橙", "重点"),
        ("条款:九百九十九", "条款号"),
        ("日期:昨天", "2026-01-01..2026-02-01"),
        ("文件:别的", "一次只导出一个文件"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(yuece, made, tmp_path, typed, said):
    yuece("export", tmp_path / "a.md", "--filter", typed, "--library", made.path).refused(said)


def test_that_nothing_was_exported_is_said(yuece, made, tmp_path):
    options = ("--filter=颜色:重点 颜色:蓝", "--overwrite", "--library", made.path)
    assert "！没有符合条件的标注" in yuece("export", tmp_path / "a.md", *options).out
    assert yuece("export", tmp_path / "a.md", *options, "--json").data["marks"] == 0


def test_of_a_library_without_marks_no_filter_is_blamed(yuece, tmp_path):
    text = tmp_path / "规划.txt"
    text.write_text("规划\n一、目标\n一句话。\n", encoding="utf-8")
    yuece("import", text, "--library", tmp_path / "new.yuece")
    out = yuece("export", tmp_path / "a.md", "--library", tmp_path / "new.yuece").out
    assert "！这里没有可以导出的标注" in out


def test_a_filter_that_begins_with_a_hyphen_is_told_how_to_be_written(yuece, made, tmp_path):
    yuece("export", tmp_path / "a.md", "--filter", "-标签:要点", "--library", made.path).refused("--filter=-…")


def test_private_marks_are_exported_only_when_they_are_asked_for(yuece, made, tmp_path):
    out = tmp_path / "a.jsonld"
    data = yuece("export", out, "--private", "--json", "--library", made.path).data
    assert (data["marks"], data["private_left_out"]) == (made.shared + 1, 0)
    assert "只给自己看" in out.read_text("utf-8")
    said = yuece("export", out, "--private", "--overwrite", "--library", made.path).out
    assert said.startswith(f"已导出 {made.shared + 1} 处标注，其中 1 处私人：")


def test_a_filter_by_something_there_is_not_writes_nothing(yuece, made, tmp_path):
    out = tmp_path / "a.md"
    yuece("export", out, "--filter", "类型:批注", "--library", made.path).refused("不能按“类型”筛选")
    assert not out.exists()


def another_library(yuece, tmp_path: Path, name: str = "同事.yuece") -> Path:
    """Make the library of a colleague who has the same plan."""
    path = tmp_path / name
    assert yuece("import", PLAN, "--library", path).status == 0
    return path


NONE_OF_THEM = {"new": 0, "same": 0, "changed": 0, "conflicting": 0, "removed": 0, "unplaced": 0}


def test_a_bundle_is_exported_merged_and_merged_again(yuece, made, tmp_path):
    bundle, theirs = tmp_path / "包.yuece", another_library(yuece, tmp_path)
    data = yuece("export", bundle, "--json", "--library", made.path).data
    assert (data["marks"], data["form"], data["private_left_out"]) == (made.shared, "bundle", 1)
    before = theirs.read_bytes()
    dry = yuece("merge", bundle, "--dry-run", "--json", "--library", theirs)
    assert dry.data == NONE_OF_THEM | {"new": made.shared}
    assert list(dry.data) == list(NONE_OF_THEM)
    assert theirs.read_bytes() == before
    assert yuece("merge", bundle, "--json", "--library", theirs).data == dry.data
    assert yuece("merge", bundle, "--json", "--library", theirs).data == NONE_OF_THEM | {"same": made.shared}
    assert yuece("search", "要点一", "--strict", "--json", "--library", theirs).data["total"] == 1
    assert yuece("search", "只给自己看", "--strict", "--json", "--library", theirs).data["total"] == 0
    back = tmp_path / "回.yuece"
    assert yuece("export", back, "--library", theirs).status == 0
    assert yuece("merge", back, "--json", "--library", made.path).data == NONE_OF_THEM | {"same": made.shared}


def test_a_merge_tells_people_what_they_should_look_at(yuece, made, tmp_path):
    bundle, empty = tmp_path / "包.yuece", tmp_path / "空.yuece"
    Library.open(empty, create=True).close()
    yuece("export", bundle, "--library", made.path)
    ran = yuece("merge", bundle, "--dry-run", "--library", empty)
    assert ran.out.startswith("新增 0 处，")
    assert "\n还没有写入文库。\n" in ran.out
    assert "找不到位置：坚持人民至上" in ran.out
    assert "\n已合并。\n" in yuece("merge", bundle, "--library", empty).out
    assert "文库里都有了，没有改动。" in yuece("merge", bundle, "--library", empty).out


class Screen(StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_long_commands_tell_on_the_screen_how_far_they_are(yuece, made, tmp_path, monkeypatch):
    bundle, theirs = tmp_path / "包.yuece", another_library(yuece, tmp_path)
    monkeypatch.setattr(cli, "_PATIENCE", 0)
    for arguments in (("export", bundle, "--library", made.path), ("merge", bundle, "--library", theirs)):
        screen = Screen()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", screen)
            assert yuece(*arguments).status == 0
        told = screen.getvalue()
        assert "包.yuece … " in told
        percents = [int(found) for found in re.findall(r"(\d+)%", told)]
        assert percents == sorted(set(percents))
        assert told.endswith("  \r")  # nothing of it is left
    assert percents[-1] > 50


def test_what_nobody_looks_at_is_not_told(yuece, made, tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "_PATIENCE", 0)
    assert yuece("export", tmp_path / "包.yuece", "--library", made.path).err == ""


def test_web_annotations_are_merged(yuece, made, tmp_path):
    out, theirs = tmp_path / "a.jsonld", another_library(yuece, tmp_path)
    assert yuece("export", out, "--library", made.path).status == 0
    assert yuece("merge", out, "--json", "--library", theirs).data == NONE_OF_THEM | {"new": made.shared}
    assert yuece("merge", out, "--json", "--library", theirs).data == NONE_OF_THEM | {"same": made.shared}
    assert yuece("merge", out, "--json", "--library", made.path).data == NONE_OF_THEM | {"same": made.shared}


def test_merges_that_cannot_be_are_refused(yuece, made, tmp_path):
    bundle = tmp_path / "包.yuece"
    yuece("export", bundle, "--library", made.path)
    yuece("merge", made.path, "--library", made.path).refused("整个文库")
    yuece("check", "--library", bundle).refused("交换包")
    yuece("merge", PLAN, "--library", made.path).refused("交换包")
    yuece("merge", tmp_path / "没有.yuece", "--library", made.path).refused("没有.yuece")
    yuece("merge", bundle, "--library", tmp_path / "没有.yuece").refused("没有.yuece")
    cut = tmp_path / "断.yuece"
    cut.write_bytes(bundle.read_bytes()[:-40])
    yuece("merge", cut, "--library", made.path).refused("断.yuece")
    for option in ("--private", "--meeting=逐条讨论会", "--filter=标签:要点"):
        yuece("export", tmp_path / "b.yuece", option, "--library", made.path).refused("完整")
    yuece("export", tmp_path / "b.yuece", "--form=full", "--library", made.path).refused("bundle（交换包）")
    yuece("export", made.path, "--overwrite", "--library", made.path).refused("是一个文库")
    yuece("export", bundle, "--library", made.path).refused("已经存在")
    assert yuece("export", bundle, "--overwrite", "--library", made.path).status == 0


def test_an_existing_file_is_refused_without_overwrite(yuece, made, tmp_path):
    for name in ("a.md", "a.docx"):
        out = tmp_path / name
        out.write_bytes(b"old")
        yuece("export", out, "--library", made.path).refused("已经存在", "--overwrite")
        assert out.read_bytes() == b"old"
        assert yuece("export", out, "--overwrite", "--library", made.path).status == 0
        assert out.read_bytes() != b"old"


def test_exports_that_cannot_be_are_refused(yuece, made, tmp_path):
    yuece("export", tmp_path / "a.xyz", "--library", made.path).refused(".xyz")
    yuece("export", tmp_path / "没有后缀", "--library", made.path).refused("没有后缀")
    yuece("export", tmp_path / "没有" / "a.md", "--library", made.path).refused("不存在")
    (tmp_path / "夹.md").mkdir()
    yuece("export", tmp_path / "夹.md", "--overwrite", "--library", made.path).refused("文件夹")
    yuece("export", tmp_path / "a.md", "--meeting", "没开过", "--library", made.path).refused(
        "逐条讨论会", made.meeting
    )
    yuece("export", tmp_path / "a.md", "--document", "没有", "--library", made.path).refused(TITLE)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith(made.path.name)]


def test_a_document_that_waits_for_its_text_is_not_meant_unless_it_is_named(yuece, made, tmp_path):
    written = {
        "id": "urn:x:1",
        "type": "Annotation",
        "target": {"source": "https://a.b/c", "selector": {"type": "TextQuoteSelector", "exact": "别处才有的一句话"}},
    }
    (tmp_path / "网页.jsonld").write_text(json.dumps(written), encoding="utf-8")
    assert yuece("merge", tmp_path / "网页.jsonld", "--json", "--library", made.path).data["unplaced"] == 1
    out = tmp_path / "a.md"
    assert yuece("export", out, "--json", "--library", made.path).data["document"] == made.document


def test_with_several_documents_one_must_be_named(yuece, made, tmp_path):
    other = tmp_path / "办法.txt"
    other.write_text("办法\n第一条　甲。\n", encoding="utf-8")
    (row,) = yuece("import", other, "--json", "--library", made.path).data["documents"]
    yuece("export", tmp_path / "a.md", "--library", made.path).refused("--document", "办法", row["document"])
    for name in (TITLE, made.document):
        command = ("export", tmp_path / "a.md", "--document", name, "--overwrite", "--json", "--library", made.path)
        assert yuece(*command).data["document"] == made.document
    assert (
        yuece("export", tmp_path / "b.docx", "--document", "办法", "--json", "--library", made.path).data["marks"] == 0
    )


# check


def test_a_sound_library_is_counted(yuece, made):
    data = yuece("check", "--json", "--library", made.path).data
    assert (list(data), data["ok"], data["problems"]) == (["ok", "problems", "counts"], True, [])
    counts = data["counts"]
    assert (counts["documents"], counts["editions"], counts["marks"], counts["meetings"]) == (1, 1, 4, 1)
    out = yuece("check", "--library", made.path).out
    assert out.startswith("文库完好。\n文件：1\n")
    assert not re.search("[A-Za-z]", out)


def test_a_library_with_problems_is_told_and_exits_2(yuece, made):
    with closing(sqlite3.connect(made.path)) as file, file:
        for (trigger,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{trigger}"')  # what guards the texts from us
        file.execute("UPDATE texts SET text = substr(text, 2)")
    ran = yuece("check", "--json", "--library", made.path)
    assert (ran.status, ran.err) == (2, "")
    data = json.loads(ran.out)
    assert not data["ok"]
    assert "与导入时不同" in data["problems"][0]
    assert "文库有问题" in yuece("check", "--library", made.path).out


def test_a_damaged_file_is_never_called_sound(yuece, made):
    whole = made.path.read_bytes()
    size = 4096
    for page in range(1, len(whole) // size, 3):
        made.path.write_bytes(whole[: page * size] + b"\xa5" * size + whole[(page + 1) * size :])
        ran = yuece("check", "--library", made.path)
        if ran.err:
            ran.refused("损坏")
        elif ran.status:
            assert (ran.status, ran.out.startswith("文库有问题")) == (2, True)
        else:  # a page that nothing is kept in
            assert yuece("search", "衡阳", "--library", made.path).status == 0
    made.path.write_bytes(whole[: len(whole) // 2])
    ran = yuece("check", "--library", made.path)
    assert ran.status == 2
    assert "损坏" in ran.out + ran.err


# the library


def commands(tmp_path: Path) -> list[tuple[object, ...]]:
    return [("search", "衡阳"), ("export", tmp_path / "out.md"), ("check",)]


def test_the_library_and_json_may_stand_before_or_after_the_subcommand(yuece, made, tmp_path):
    for command in (*commands(tmp_path), ("import", PLAN), ("outline", PLAN)):
        option = ["--overwrite"] if command[0] == "export" else []
        library = ("--library", made.path)
        after = yuece(*command, *option, "--json", *library).data
        assert yuece("--json", *library, *command, *option).data == after
        assert yuece("--json", *command, *option, *library).data == after
        assert yuece(*library, *command, *option, "--json").data == after
        assert yuece("--library", tmp_path / "nowhere", *command, *option, "--json", *library).data == after
        assert yuece(f"--library={made.path}", command[0], "--json", *command[1:], *option).data == after


def test_a_missing_library_is_refused_and_not_made(yuece, tmp_path):
    for command in commands(tmp_path):
        for name in ("none.yuece", "folder/none.yuece", "x" * 300):
            yuece(*command, "--library", tmp_path / name).refused()
        yuece(*command).refused("导入")
    assert list(tmp_path.iterdir()) == []
    assert not default_library_path().parent.exists()
    assert yuece("outline", PLAN, "--library", tmp_path / "none.yuece").status == 0
    assert list(tmp_path.iterdir()) == []


def test_without_one_the_library_is_that_of_the_window(home):
    ran = started("import", PLAN)
    assert ran.returncode == 0, ran.stderr
    path = default_library_path()
    assert path.is_file()
    assert path.is_relative_to(home)
    assert json.loads(started("search", "衡阳", "--json").stdout)["total"] > 9


def test_what_is_no_library_is_refused_and_left_as_it_is(yuece, tmp_path, made):
    other = tmp_path / "别的.yuece"
    other.write_bytes(b"not a library")
    empty = tmp_path / "空.yuece"
    empty.touch()
    folder = tmp_path / "夹.yuece"
    folder.mkdir()
    with closing(sqlite3.connect(made.path)) as file:
        file.execute("PRAGMA user_version = 999")
        file.execute("UPDATE meta SET value = '999' WHERE key = 'compatibility'")
        file.commit()
    newer = made.path.read_bytes()
    for command in (*commands(tmp_path), ("import", PLAN)):
        yuece(*command, "--library", other).refused("不是阅策文库")
        yuece(*command, "--library", folder).refused("文件夹")
        yuece(*command, "--library", made.path).refused("升级")
        if command[0] != "import":
            yuece(*command, "--library", empty).refused("不是阅策文库")
    assert other.read_bytes() == b"not a library"
    assert empty.read_bytes() == b""
    assert made.path.read_bytes() == newer
    assert not (tmp_path / "out.md").exists()


def test_reading_commands_leave_the_library_as_it_is(yuece, made, tmp_path):
    before = made.path.read_bytes()
    for command in commands(tmp_path):
        assert yuece(*command, "--library", made.path).status == 0
    assert made.path.read_bytes() == before
    # SQLite's reader leaves an empty log and its index.
    log = made.path.with_name(f"{made.path.name}-wal")
    assert not log.exists() or log.stat().st_size == 0
    others = {path.name for path in tmp_path.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert others == {made.path.name, "out.md"}


# what is written wrongly


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nonsense"], "nonsense"),
        (["two words"], "two words"),
        (["outline"], "文件"),
        (["import"], "文件"),
        (["search"], "文字"),
        (["search", "--"], "文字"),
        (["search", ""], "空"),
        (["search", "一", "二"], "二"),
        (["search", "-十"], "文字"),
        (["export"], "输出文件"),
        (["check", "check"], "check"),
        (["outline", "a.txt", "b.txt"], "b.txt"),
        (["search", "一", "--limit", "x"], "x"),
        (["search", "一", "--limit", "-1"], "-1"),
        (["search", "一", "--limit", "１"], "１"),
        (["search", "一", "--limit", "1.5"], "1.5"),
        (["search", "一", "--limit"], "--limit"),
        (["search", "一", "--lim", "1"], "--lim"),
        (["search", "一", "--strict=1"], "--strict"),
        (["check", "--unknown"], "--unknown"),
        (["--unknown", "check"], "--unknown"),
        (["-x"], "-x"),
        (["check", "--library"], "--library"),
        (["--library"], "--library"),
        (["--json=1", "check"], "--json"),
        (["--json"], "--json"),
        (["export", "a.md", "--meeting"], "--meeting"),
        (["check", "换\n行"], "换 行"),
    ],
)
def test_what_is_written_wrongly_is_refused_in_one_line(yuece, arguments, word):
    yuece(*arguments).refused(word)
    assert not default_library_path().exists()


def test_without_a_subcommand_the_window_is_wanted():
    assert cli.main([]) == cli.WindowRequest(None, None)
    assert cli.main(["--library", "a.yuece"]) == cli.WindowRequest(Path("a.yuece"), None)
    assert cli.main(["--selfcheck", "a.png"]) == cli.WindowRequest(None, Path("a.png"))


# help


@pytest.mark.parametrize("command", [None, *cli.COMMANDS])
def test_help_is_in_chinese(yuece, command):
    ran = yuece(*([command] if command else []), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("用法：yuece")
    assert "显示这段说明后退出" in ran.out
    words = set(re.findall(r"(?<![-\w])[A-Za-z]+", ran.out, re.ASCII))
    with_pdf = forms({".pdf": lambda *_: b""})
    of_forms = {word for form in with_pdf for word in re.findall("[A-Za-z]+", f"{form.id} {form.suffix} {form.title}")}
    assert words <= {"yuece", "h", "JSON", "N", "OR", *of_forms, *cli.COMMANDS}
    assert yuece(*([command] if command else []), "-h").out == ran.out


def test_help_names_every_subcommand_and_option(yuece):
    out = yuece("--help").out
    assert all(f"    {name} " in out for name in cli.COMMANDS)
    assert all(option in out for option in ("--library", "--json", "--version"))
    assert "--limit" in yuece("search", "--help").out


def test_the_version(yuece):
    from desktop import __version__

    assert yuece("--version").out == f"阅策 {__version__}\n"


# streams


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "gbk:strict", "PYTHONUNBUFFERED": "1"},
    ],
)
def test_both_streams_are_utf8_always(environment, plan_text):
    ran = started("outline", PLAN, "--json", **environment)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout.decode("utf-8"))["title"] == TITLE
    assert TITLE.encode() in ran.stdout
    assert started("outline", PLAN, "--text", **environment).stdout == plan_text.encode()
    assert started("--help", **environment).stdout.decode("utf-8").startswith("用法：")
    wrong = started("outline", "/没有.txt", **environment)
    assert wrong.returncode == 2
    assert wrong.stderr.decode("utf-8").startswith("阅策：找不到文件")
    assert wrong.stdout == b""


@linux_only
@pytest.mark.parametrize("arguments", [("outline", PLAN, "--json"), ("outline", PLAN), ("--help",), ("--version",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_in_one_line(arguments, unbuffered):
    with Path("/dev/full").open("wb") as full:
        ran = started(*arguments, stdout=full, PYTHONUNBUFFERED=unbuffered)
    Ran(ran.returncode, "", ran.stderr.decode()).refused("磁盘")


@linux_only
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_gone_is_no_error(unbuffered):
    reading, writing = os.pipe()
    os.close(reading)
    ran = started("outline", PLAN, "--json", stdout=writing, PYTHONUNBUFFERED=unbuffered)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


@linux_only
def test_a_closed_stdout_is_no_error():
    script = 'exec "$0" -m desktop outline "$1" >&-'
    ran = subprocess.run(["sh", "-c", script, sys.executable, PLAN], capture_output=True, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


@linux_only
def test_an_interrupt_ends_it_without_a_word(tmp_path):
    long = tmp_path / "长.txt"
    long.write_text("一、甲\n" + "1.乙乙乙乙乙乙。\n" * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "desktop", "outline", str(long), "--text"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.read(1)  # it writes now, and the pipe is full before it is done
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        # Nobody reads any more, and it ends all the same.
        assert process.wait(10) == 130
        assert process.stderr.read() == b""


INTERRUPTED_WHILE_IT_WAITS = """
import signal, sys, threading
from desktop import cli

main = threading.main_thread().ident
threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT)).start()
sys.exit(cli.main(["--version"]))
"""


@linux_only
def test_what_nobody_reads_does_not_keep_an_interrupted_command(tmp_path):
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    while True:
        try:
            os.write(writing, b" " * 4096)
        except BlockingIOError:
            break
    os.set_blocking(writing, True)
    command = [sys.executable, "-c", INTERRUPTED_WHILE_IT_WAITS]
    try:
        env = {**os.environ, "PYTHONUNBUFFERED": ""}
        ran = subprocess.run(
            command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, env=env, check=False, timeout=10
        )
        assert (ran.returncode, ran.stderr) == (130, b"")
    finally:
        os.close(reading)
        os.close(writing)


def test_a_hit_names_its_document_as_it_is_called_even_where_two_have_the_same_title(yuece, tmp_path: Path) -> None:
    library = tmp_path / "a.yuece"
    for number in (1, 2):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"某市规划\n一、总则\n1.发展之{number}。\n", encoding="utf-8")
        assert yuece("--library", library, "import", path).status == 0
    found = yuece("--library", library, "search", "发展", "--json").data
    assert [hit["title"] for hit in found["hits"]] == ["某市规划", "某市规划"]
    assert len({hit["document"] for hit in found["hits"]}) == 2
