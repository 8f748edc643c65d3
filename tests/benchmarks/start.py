"""First paint of the window with the plan in it, as a multiple of an empty QMainWindow's, each in a fresh process."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 11
GOAL = 2.0

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"

# Both leave at once: to take a process down in good order is no part of its start, and takes bare Qt 60 ms here.
LEAVE_AT_ONCE = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow
QApplication.quit = lambda *_: os._exit(0)
"""

BARE = """
from PySide6.QtCore import QTimer

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, application.quit)

application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""

OURS = """
from desktop.__main__ import main
main()
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"XDG_DATA_HOME": folder}  # a user starts the program without arguments, on a library of their own
        making = [sys.executable, "-m", "desktop", "import", str(PLAN)]
        subprocess.run(making, stdout=subprocess.DEVNULL, check=True, env=os.environ | home)
        commands = {
            "empty QMainWindow": [sys.executable, "-c", LEAVE_AT_ONCE + BARE],
            "window with the plan": [sys.executable, "-c", LEAVE_AT_ONCE + OURS],
        }
        samples: dict[str, list[float]] = {
            name: [_seconds(command, home)] for name, command in commands.items()
        }  # warm up
        for _ in range(ROUNDS):  # interleaved: what slows the machine down slows both
            for name, command in commands.items():
                samples[name].append(_seconds(command, home))
    medians = {name: statistics.median(values[1:]) for name, values in samples.items()}
    floor = medians["empty QMainWindow"]
    print(f"from the start of the process to its first paint, medians of {ROUNDS}:")
    for name, median in medians.items():
        print(f"{name:22}{median * 1000:6.0f} ms{median / floor:7.2f} x")
    print(f"{'goal':22}{'at most':>9}{GOAL:7.2f} x")


def _seconds(command: Sequence[str], home: dict[str, str]) -> float:
    """Time a process that leaves after its first paint."""
    environment = os.environ | home | {"YUECE_EXIT_AFTER_FIRST_PAINT": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a warm start finds its modules compiled
    began = time.perf_counter()
    # Without a timeout: waiting with one looks only every 50 ms whether the process has ended.
    subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
