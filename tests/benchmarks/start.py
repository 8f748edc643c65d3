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

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, application.quit)

application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "desktop", "--library", str(Path(folder) / "start.yuece")]
        subprocess.run([*ours, "import", str(PLAN)], stdout=subprocess.DEVNULL, check=True)
        commands = {"empty QMainWindow": [sys.executable, "-c", BARE], "window with the plan": ours}
        samples: dict[str, list[float]] = {name: [_seconds(command)] for name, command in commands.items()}  # warm up
        for _ in range(ROUNDS):  # interleaved: what slows the machine down slows both
            for name, command in commands.items():
                samples[name].append(_seconds(command))
    medians = {name: statistics.median(values[1:]) for name, values in samples.items()}
    floor = medians["empty QMainWindow"]
    print(f"from the start of the process to its end right after the first paint, medians of {ROUNDS}:")
    for name, median in medians.items():
        print(f"{name:22}{median * 1000:6.0f} ms{median / floor:7.2f} x")
    print(f"{'goal':22}{'at most':>9}{GOAL:7.2f} x")


def _seconds(command: Sequence[str]) -> float:
    """Time a process that ends itself after its first paint."""
    environment = os.environ | {"YUECE_EXIT_AFTER_FIRST_PAINT": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a warm start finds its modules compiled
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, timeout=60)
    return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
