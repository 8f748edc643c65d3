"""A reader in a process of its own: what a hostile or damaged file makes of it does not reach the program."""

from __future__ import annotations

import json
import logging
import multiprocessing
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from desktop.model.errors import CancelledError, UnreadableFileError, UserError
from desktop.model.source import Hint, LineStyle, Source

MEMORY_LIMIT = 1024 * 1024 * 1024
"""How many bytes of memory a reader may have, the libraries it loads included."""
TIME_LIMIT = 120.0
"""How many seconds a reader may take."""

_LOOK = 0.05
"""How often, in seconds, it is looked whether the user cancelled."""
_ANSWER_LIMIT = 512 * 1024 * 1024

_TOO_LARGE = "这个文件读起来要用过多的内存，没有导入，请拆成小一些的文件，或另存为 .txt 再导入。"
_TOO_SLOW = "这个文件用了 {seconds} 秒还没有读完，没有导入，请拆成小一些的文件，或另存为 .txt 再导入。"
_CRASHED = "读这个文件时出了错，它可能已损坏，请重新取得一份，或用原来的程序打开后另存再导入。"

_log = logging.getLogger(__name__)

Reader = Callable[[bytes], Source]


def _never() -> bool:
    return False


def read_isolated(
    reader: Reader,
    data: bytes,
    *,
    cancelled: Callable[[], bool] = _never,
    memory: int = MEMORY_LIMIT,
    seconds: float = TIME_LIMIT,
) -> Source:
    """Let `reader`, a function of a module, read `data` in a new process, and return what it found.

    `cancelled` is asked many times a second; once it says yes, the process is ended and CancelledError raised. Raises
    UnreadableFileError with the reader's own sentence, and where it needs more than `memory` bytes or more than
    `seconds`, or fails in a way that nobody foresaw (logged). Nothing is left behind in any case.
    """
    # A fork would take over the threads' locks, and all memory of the program would count.
    context = multiprocessing.get_context("spawn")
    inlet, outlet = context.Pipe(duplex=False), context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(reader, memory, seconds, inlet[0], outlet[1]), daemon=True)
    # The data does not come along as an argument: start() would wait for ever where the process dies before it reads.
    feeder = threading.Thread(target=_feed, args=(inlet[1], data))
    with closing(inlet[1]), closing(outlet[0]):
        try:
            with closing(inlet[0]), closing(outlet[1]):
                process.start()
            # The process alone has those ends now: when it is gone, both pipes are broken.
            feeder.start()
            answer = _wait(outlet[0], cancelled, seconds)
        finally:
            if process.pid is not None:
                process.kill()
                process.join()
                process.close()
            if feeder.ident is not None:
                feeder.join()
    return _source(answer)


def _feed(sender: Any, data: bytes) -> None:
    with suppress(OSError):  # whoever waits for the answer learns of it
        sender.send_bytes(data)


def _wait(receiver: Any, cancelled: Callable[[], bool], seconds: float) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while not receiver.poll(_LOOK):
        if cancelled():
            raise CancelledError("已取消导入。")
        if time.monotonic() > end:
            raise UnreadableFileError(_TOO_SLOW.format(seconds=round(seconds)))
    try:
        # JSON: what comes out of the process may be what the file wanted to come out.
        answer: dict[str, Any] = json.loads(receiver.recv_bytes(_ANSWER_LIMIT))
    except (EOFError, OSError, ValueError) as error:
        # It ended without a word: killed by the system, or by a fault in a library.
        raise UnreadableFileError(_CRASHED) from error
    return answer


def _source(answer: dict[str, Any]) -> Source:
    if "refused" in answer:
        raise UnreadableFileError(answer["refused"])
    if "fault" in answer:
        _log.error("a reader failed:\n%s", answer["fault"])
        raise UnreadableFileError(_CRASHED)
    hints = tuple(Hint(start, LineStyle(style), level) for start, style, level in answer["hints"])
    return Source(answer["text"], hints, tuple(answer["remarks"]))


# In the new process


def _work(reader: Reader, memory: int, seconds: float, receiver: Any, sender: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the business of the program, which ends this process
    data = receiver.recv_bytes()
    _limit(memory, seconds)
    try:
        answer = _answer(reader, data)
    except MemoryError:
        answer = {"refused": _TOO_LARGE}
    del data
    with suppress(OSError):  # nobody waits any more
        sender.send_bytes(json.dumps(answer).encode("ascii"))


def _answer(reader: Reader, data: bytes) -> dict[str, Any]:
    try:
        source = reader(data)
    except UserError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_LARGE}
    except Exception:  # noqa: BLE001 - told to the program, which logs it
        return {"fault": traceback.format_exc()}
    hints = [(hint.start, hint.style.value, hint.level) for hint in source.hints]
    return {"text": source.text, "hints": hints, "remarks": source.remarks}


if sys.platform == "win32":

    def _limit(memory: int, seconds: float) -> None:  # noqa: ARG001 - the time is kept by who waits
        from desktop.exchange.windows_limits import limit_memory

        limit_memory(memory)

else:

    def _limit(memory: int, seconds: float) -> None:
        """Limit the memory and the computing time of this process, as far as the system can do that."""
        import resource

        limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: int(seconds) + 5, resource.RLIMIT_CORE: 0}
        for kind, limit in limits.items():
            with suppress(OSError, ValueError):  # macOS knows no RLIMIT_AS; the time limit holds there, too
                resource.setrlimit(kind, (limit, limit))
