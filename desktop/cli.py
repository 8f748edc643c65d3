"""The command line: the services of the window without a window, in a form that stays as it is.

To add a subcommand: write a function that takes the parsed arguments and returns an `Answer`, and add it to `COMMANDS`.
Results go to stdout (UTF-8, with `--json` as one JSON document), errors as one line to stderr with exit status 2.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn, TextIO

from desktop import __version__
from desktop.exchange.bundle_form import SUFFIX as BUNDLE_SUFFIX
from desktop.model.errors import UserError
from desktop.model.outline import Node
from desktop.model.search import Hit, Mode, Request, Where
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.exchange.formats import Form, Writer
    from desktop.exchange.watch import Watch
    from desktop.model.document import Document
    from desktop.model.report import Report
    from desktop.services.merging import MergePlan
    from desktop.storage.library import Library

FAILED = 2
"""Exit status of every error the user can act on."""
INTERRUPTED = 130
"""Exit status after Ctrl+C, as a shell gives it."""

_PATIENCE = 0.5
"""After so many seconds it is told how far a command is."""
_READER_GONE = (errno.EPIPE, errno.EINVAL)
"""What writing into a closed pipe gives; the second on Windows."""


@dataclass(frozen=True)
class Answer:
    """What a subcommand has to say: `data` for `--json`, `text` for people, `status` for the shell."""

    data: object
    text: str
    status: int = 0


@dataclass(frozen=True)
class WindowRequest:
    """No subcommand was given: the window is wanted."""

    library: Path | None
    selfcheck: Path | None


def main(argv: Sequence[str]) -> int | WindowRequest:
    """Run one subcommand and return the exit status, or say that the window is wanted.

    Raises SystemExit(0) after `--help`, as argparse does.
    """
    if not argv:
        return WindowRequest(None, None)
    _speak_utf8()
    try:
        return _run(_parser().parse_args(argv))
    except UserError as error:
        return _failed(str(error))
    except OSError as error:  # whatever services and storage have no words for
        return _failed(f"磁盘或系统出错（{error.strerror or error}），请检查后再试。")
    except KeyboardInterrupt:
        _let_go_of_stdout()
        return INTERRUPTED


def _run(arguments: argparse.Namespace) -> int | WindowRequest:
    if arguments.version:
        _write(f"阅策 {__version__}\n")
        return 0
    if arguments.command is None:
        if arguments.json:
            raise UserError("--json 要和子命令一起用（用法见 --help）")
        return WindowRequest(arguments.library, arguments.selfcheck)
    answer = COMMANDS[arguments.command].run(arguments)
    _write(json.dumps(answer.data, ensure_ascii=False, indent=1) + "\n" if arguments.json else answer.text)
    return answer.status


def _failed(sentence: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"阅策：{one_line(sentence)}\n")
    return FAILED


def _write(text: str) -> None:
    """Write to stdout, at once. Raises UserError where that refuses; a reader that has gone is no error."""
    if sys.stdout is None:  # closed by whoever started us
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _let_go_of_stdout()
        if error.errno in _READER_GONE:  # head, a pager that was left
            return
        raise UserError("结果没有写完：磁盘可能已满或不能写入，请检查后再试。") from error


@contextmanager
def _told(words: str) -> Iterator[Watch]:
    """Lend a watch whose progress is told on stderr, where that is a screen and the work takes a while."""
    from desktop.exchange.watch import UNWATCHED, Watch

    if sys.stderr is None or not sys.stderr.isatty():
        yield UNWATCHED
        return
    began, shown = monotonic(), ""

    def tell(done: int, total: int) -> None:
        nonlocal shown
        line = f"{words} … {100 * done // total if total else 0}%"
        if line != shown and monotonic() - began >= _PATIENCE:
            shown = line
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    try:
        yield Watch(told=tell)
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * 2 * len(shown)}\r")  # Chinese signs are two columns wide
            sys.stderr.flush()


def _let_go_of_stdout() -> None:
    """Send what is left in the buffer nowhere: the process would try it again at its end, and hang or complain."""
    if sys.stdout is None:
        return
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor, no file
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _outline(arguments: argparse.Namespace) -> Answer:
    from desktop.parsing.codec import outline_to_json
    from desktop.services.importing import read_file

    file = read_file(arguments.file)
    if arguments.text:
        return Answer({"text": file.text}, file.text)
    lines = [file.title, *(f"！{warning.text}" for warning in file.outline.warnings)]
    lines += ["  " * (len(node.path) - 1) + _heading(node, file.text) for node in file.outline.nodes]
    return Answer(outline_to_json(file.outline), _lines(lines))


def _import(arguments: argparse.Namespace) -> Answer:
    from desktop.services.command import perform
    from desktop.services.importing import read_file, take_in
    from desktop.storage.library import Library

    files = [read_file(path) for path in arguments.files]
    rows: list[dict[str, object]] = []
    lines = []
    with Library.open(_library_path(arguments), create=True) as library, library.transaction():
        for path, file in zip(arguments.files, files, strict=True):
            edition_id, command = take_in(library, file)
            if command is not None:
                perform(library, command)
            edition = library.editions.get(edition_id)
            if edition is None:
                raise UserError(f"“{file.name}”没有导入成，请再试一次。")
            new = command is not None
            rows.append(
                {
                    "file": str(path),
                    "document": edition.document_id,
                    "edition": edition.id,
                    "title": file.title,
                    "new": new,
                    "clauses": sum(not node.clause.implied for node in file.outline.nodes),
                    "warnings": [warning.text for warning in file.outline.warnings],
                }
            )
            lines.append(f"{'已导入' if new else '已在文库中'}：《{file.title}》")
    return Answer({"documents": rows}, _lines(lines))


def _search(arguments: argparse.Namespace) -> Answer:
    from desktop.services.library_search import LibrarySearch

    if not arguments.words:
        raise UserError("要找的文字是空的，请写上至少一个字。")
    request = Request(arguments.words, _mode(arguments))
    with closing(LibrarySearch.open(_library_path(arguments), keeps_index=False)) as search:
        page = search.everything(request, lambda: False)
    with _reading_library(arguments) as library:
        titles = {document.id: document.title for document in library.documents.all()}
    shown = page.hits if arguments.limit is None else page.hits[: arguments.limit]
    lines = [page.message] if page.message else []
    lines.append(f"共 {len(page.hits)} 处")
    for found in shown:
        where = {Where.TEXT: "", Where.NOTE: "【批注】", Where.TAG: "【标签】"}[found.hit.where]
        lines.append(f"《{found.title}》{found.address}  {where}{one_line(found.hit.context)}")
    data = {"total": len(page.hits), "hits": [_hit(found.hit, titles, found.address) for found in shown]}
    if page.message:
        data |= {"message": page.message, "read_as": list(page.read_as)}
    return Answer(data, _lines(lines))


def _forms(write_bundle: Writer) -> tuple[Form, ...]:
    from desktop.exchange.formats import forms
    from desktop.ui.printing.writers import WRITERS

    return forms({**WRITERS, BUNDLE_SUFFIX: write_bundle})


def _mode(arguments: argparse.Namespace) -> Mode:
    if arguments.strict and arguments.regex:
        raise UserError("--strict 和 --regex 只能用一个。")
    if arguments.regex:
        return Mode.REGEX
    return Mode.STRICT if arguments.strict else Mode.WORDS


def _export(arguments: argparse.Namespace) -> Answer:
    from desktop.exchange.formats import form_of
    from desktop.model.report import NO_REPORT
    from desktop.services.bundling import BundleWriter, refuse_library
    from desktop.services.exporting import GATHERING_AND_WRITING, counted, export

    bundle = BundleWriter(_library_path(arguments))
    form = form_of(arguments.out, arguments.form, _forms(bundle.write))
    if not arguments.overwrite and os.path.lexists(arguments.out):
        raise UserError(f"“{arguments.out.name}”已经存在，没有覆盖它：请换一个文件名，或加上 --overwrite。")
    document: Document | None = None
    with _reading_library(arguments) as library, _told(f"正在写 {arguments.out.name}") as watch:
        gathering, writing = watch.parts(*GATHERING_AND_WRITING)
        signed = library.author.name
        if form.key == BUNDLE_SUFFIX:
            _refuse_choosing(arguments)
            refuse_library(arguments.out)
            report, left_out = NO_REPORT, library.marks.count_shared()[1]
        else:
            document = _document(library, arguments.document)
            report, left_out = _report_of(library, document, arguments, gathering)
        export(report, arguments.out, form=form, overwrite=arguments.overwrite, watch=writing)
    marks = len(report.marks) if document is not None else bundle.written
    private = sum(mark.private for mark in report.marks)
    data = {
        "file": str(arguments.out),
        "document": document.id if document is not None else None,
        "title": document.title if document is not None else None,
        "marks": marks,
        "form": form.id,
        "private_left_out": left_out,
    }
    told = f"（{left_out} 处私人标注没有导出）" if left_out else ""
    lines = [f"已导出 {counted(marks, private)}{told}：{arguments.out}", f"署名：{one_line(signed)}"]
    if not marks:
        why = "没有符合条件的标注" if arguments.filter or arguments.meeting else "这里没有可以导出的标注"
        lines.append(f"！{why}，写出的文件里一处标注也没有。")
    return Answer(data, _lines(lines))


def _report_of(library: Library, document: Document, arguments: argparse.Namespace, watch: Watch) -> tuple[Report, int]:
    """Return what is exported of a document, and how many marks are not because they are private."""
    from desktop.services.exporting import Selection, prepare_report
    from desktop.services.reading import editions_of, open_reading
    from desktop.services.selecting import conditions_of

    reading = open_reading(library, editions_of(library, document.id)[-1])
    conditions = conditions_of(library, reading, arguments.filter)
    chosen = Selection(_meeting(library, arguments.meeting), conditions, private=arguments.private)
    with_private = replace(chosen, private=True)
    marks = library.marks.of_edition(reading.edition.id)
    left_out = sum(with_private.takes(mark) and not chosen.takes(mark) for mark in marks)
    return prepare_report(library, reading, chosen)(watch), left_out


def _refuse_choosing(arguments: argparse.Namespace) -> None:
    if any((arguments.document, arguments.filter, arguments.meeting, arguments.private)):
        given = "--document、--filter、--meeting 和 --private"
        raise UserError(f"交换包总是完整的，也从不带私人标注：请去掉 {given}。")


def _merge(arguments: argparse.Namespace) -> Answer:
    from desktop.services.command import perform
    from desktop.services.merging import MergeBundle, prepare_file_merge, read_for_merging
    from desktop.storage.library import Library

    with _told(f"正在合并 {arguments.file.name}") as watch:
        reading, preparing, placing, writing = watch.parts(3, 2, 3, 0 if arguments.dry_run else 6)
        file = read_for_merging(arguments.file)
        reading.told(1, 1)
        with Library.open(_library_path(arguments), read_only=arguments.dry_run) as library:
            make = prepare_file_merge(library, file, arguments.file.name)
            preparing.told(1, 1)
            plan = make(placing)
            done = "还没有写入文库。"
            if not arguments.dry_run:
                with library.pausing(writing.told):
                    done = "已合并。" if perform(library, MergeBundle(plan)) else "文库里都有了，没有改动。"
    data = {outcome.value: count for outcome, count in plan.counts.items()}
    return Answer(data, _lines(_merge_lines(plan, done)))


def _merge_lines(plan: MergePlan, done: str) -> list[str]:
    """Return the numbers, what was done, and a line for each mark that somebody should look at."""
    from desktop.model.mark import VERDICT_TITLES, Verdict
    from desktop.services.merging import OUTCOME_TITLES, Outcome
    from desktop.services.telling import counted

    lines = [counted(plan), done]
    lines += [f"！{remark}" for remark in plan.remarks]
    for line in plan.lines:
        verdict = line.after.placing.verdict
        if line.outcome in (Outcome.CONFLICTING, Outcome.UNPLACED):
            lines.append(f"{OUTCOME_TITLES[line.outcome]}：{one_line(line.made_on)}")
        elif line.outcome is Outcome.NEW and verdict is Verdict.REWRITTEN:
            lines.append(f"{VERDICT_TITLES[verdict]} {line.after.placing.score:.2f}：{one_line(line.made_on)}")
    return lines


def _check(arguments: argparse.Namespace) -> Answer:
    with _reading_library(arguments) as library:
        report = library.check()
    data = {"ok": report.sound, "problems": list(report.problems), "counts": dict(report.counts)}
    lines = [
        "文库完好。" if report.sound else "文库有问题，请先备份文件，再用最近的备份恢复。",
        *report.problems,
    ]
    lines += [f"{_COUNTED.get(name, name)}：{number}" for name, number in report.counts.items()]
    return Answer(data, _lines(lines), 0 if report.sound else FAILED)


_COUNTED = {
    "documents": "文件",
    "editions": "版本",
    "marks": "标注",
    "removed_marks": "已删除的标注",
    "meetings": "会议",
    "operations": "操作记录",
    "authors": "作者",
    "devices": "设备",
}


@dataclass(frozen=True)
class Subcommand:
    """One subcommand: its help, what it does, and a function that declares its own arguments."""

    help: str
    run: Callable[[argparse.Namespace], Answer]
    declare: Callable[[argparse.ArgumentParser], None]


def _declare_outline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="要读的文件")
    parser.add_argument("--text", action="store_true", help="输出导入后的全文（目录中的位置按它计数）")


def _declare_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="文件", help="要导入的文件，可以有几个")


def _declare_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="文字", help="要找的文字，从一个字起；以 - 开头的，前面加 --")
    parser.add_argument("--strict", action="store_true", help="逐字相符：不忽略全角半角、大小写、○与〇的差别")
    parser.add_argument("--regex", action="store_true", help="文字是正则表达式，在原文上匹配")
    parser.add_argument("--limit", type=_count, metavar="N", help="最多列出 N 处（总数照实给出）")


def _declare_export(parser: argparse.ArgumentParser) -> None:
    from desktop.exchange.formats import FORMS

    # Blanks, so that lines break there and not within a word.
    told = "； ".join(f"*{form.suffix}{f' --form {form.id}' if form.special else ''} {form.title}" for form in FORMS)
    parser.add_argument("out", type=Path, metavar="输出文件", help=told)
    parser.add_argument("--form", metavar="形式", help="同一后缀有几种形式时选一种（写编号，如 excerpts）")
    parser.add_argument("--document", metavar="文件名", help="导出哪个文件（标题或编号）；只有一个时不用写")
    parser.add_argument(
        "--filter",
        metavar="条件",
        default="",
        help="只导出符合条件的标注：词语， 标签:… 颜色:… 条款:… 作者:… 会议:… 日期:2026-01..2026-02； "
        "都写上就是都要符合； 两个词或两个同样的条件之间写 OR 是符合一个就行； "
        "前面加 - 是排除（写成 --filter=-标签:…）； 颜色:无 是没有颜色的",
    )
    parser.add_argument("--meeting", metavar="会议", help="只导出这次会议的标注（名称或编号）")
    parser.add_argument("--private", action="store_true", help="连同私人标注")
    parser.add_argument("--overwrite", action="store_true", help="覆盖已有的文件")


def _declare_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="交换包（.yuece）或网页标注（.jsonld）")
    parser.add_argument("--dry-run", action="store_true", help="只说会有什么变化，什么也不写")


def _declare_nothing(_: argparse.ArgumentParser) -> None:
    """For a subcommand without arguments of its own."""


COMMANDS = {
    "outline": Subcommand("读一个文件，给出它的目录", _outline, _declare_outline),
    "import": Subcommand("把文件导入文库（没有文库就新建）", _import, _declare_import),
    "search": Subcommand("在文库的正文、批注和标签里找文字", _search, _declare_search),
    "export": Subcommand("导出文件和批注", _export, _declare_export),
    "merge": Subcommand("合并同事的交换包（.yuece）或网页标注（.jsonld）", _merge, _declare_merge),
    "check": Subcommand("检查文库是否完好，并清点内容", _check, _declare_nothing),
}


_HEADINGS = (
    ("usage: ", "用法："),
    ("positional arguments:", "参数："),
    ("options:", "选项："),
    ("子命令:\n", "子命令：\n"),
)


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese, with errors as our own."""

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 - argparse's signature
        _write(self.format_help())

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{_in_chinese(message)}（用法见 --help）")

    def format_help(self) -> str:
        text = super().format_help()
        for english, chinese in _HEADINGS:
            text = text.replace(english, chinese)
        return text


_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument \S+: invalid choice: (.*) \(choose from .*\)", r"没有这个子命令：\1"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一个值，以 - 开头的要写成 \1=-…"),
    (r"argument (\S+): expected at least one argument", r"\1 至少要写一个"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 不带值：\2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 不明确，可能是 \2"),
)


def _in_chinese(message: str) -> str:
    for pattern, chinese in _MESSAGES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, chinese, message, flags=re.DOTALL)
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="yuece",
        description="阅策：离线阅读和批注规划文件。不写子命令就打开窗口。",
        add_help=False,
        allow_abbrev=False,
    )
    _add_help(parser)
    parser.add_argument("--version", action="store_true", help="显示版本号后退出")
    parser.add_argument("--selfcheck", type=Path, metavar="图片", help="在临时文库里自查一遍，把窗口存成图片后退出")
    _add_common(parser, default=None)
    commands = parser.add_subparsers(dest="command", title="子命令", metavar="子命令")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help, add_help=False, allow_abbrev=False)
        _add_help(sub)
        command.declare(sub)
        _add_common(sub, default=argparse.SUPPRESS)
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示这段说明后退出")


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    """Declare what may stand before or after the subcommand; behind it nothing is set where nothing was written."""
    parser.add_argument("--library", type=Path, metavar="文库", default=default, help="文库文件（默认与窗口相同）")
    parser.add_argument(
        "--json", action="store_true", default=default if default is argparse.SUPPRESS else False, help="以 JSON 输出"
    )


def _count(written: str) -> int:
    if not re.fullmatch(r"\d{1,18}", written, re.ASCII):
        raise argparse.ArgumentTypeError(f"要写一个不小于 0 的整数，不是“{written}”")
    return int(written)


def _library_path(arguments: argparse.Namespace) -> Path:
    from desktop.storage.paths import default_library_path

    path: Path | None = arguments.library
    return path or default_library_path()


def _reading_library(arguments: argparse.Namespace) -> Library:
    from desktop.storage.library import Library

    return Library.open(_library_path(arguments), read_only=True)


def _document(library: Library, wanted: str | None) -> Document:
    documents = library.documents.all()
    if wanted is None:  # what only waits for its text is not meant
        with_text = {edition.document_id for edition in library.editions.summaries() if edition.format}
        documents = [d for d in documents if d.id in with_text]
    chosen = [d for d in documents if wanted in (None, d.id, d.title)]
    if len(chosen) == 1:
        return chosen[0]
    if not documents:
        raise UserError("文库里还没有文件，请先用 import 导入。")
    listed = "、".join(f"《{d.title}》（{d.id}）" for d in documents)
    if not chosen:
        raise UserError(f"文库里没有“{wanted}”；有：{listed}。")
    raise UserError(f"请用 --document 指明导出哪个文件：{listed}。")


def _meeting(library: Library, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    meetings = library.meetings.all()
    chosen = [m.id for m in meetings if wanted in (m.id, m.name)]
    if len(chosen) == 1:
        return chosen[0]
    listed = "、".join(f"{m.name}（{m.held_on}，{m.id}）" for m in meetings) or "还没有会议"
    raise UserError(f"{'有几次会议叫' if chosen else '没有会议'}“{wanted}”；会议有：{listed}。")


def _hit(hit: Hit, titles: Mapping[str, str], address: str) -> dict[str, object]:
    return {
        "document": hit.document_id,
        "title": titles.get(hit.document_id, ""),
        "address": address,
        "in": hit.where.value,
        "start": hit.span.start,
        "end": hit.span.end,
        "mark": hit.mark_id,
        "text": hit.context,
    }


def _heading(node: Node, text: str) -> str:
    from desktop.parsing.naming import labelled

    clause = node.clause
    if clause.implied:
        return f"{clause.label}（标题不在本页）"
    if clause.title is not None:
        return labelled(clause.label, clause.title)
    words = clause.span.of(text)
    return words if len(words) <= 30 else words[:29] + "…"


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _speak_utf8() -> None:
    """Make stdout and stderr UTF-8 with plain line ends, whatever the console's encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            _reconfigure(stream)


def _reconfigure(stream: TextIO) -> None:
    stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[attr-defined]
