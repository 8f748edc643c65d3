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

BARE = """
import sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def event(self, event):
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint:
            sys.stdout.flush()
            import os
            os._exit(0)
        return handled

application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "start.yuece"
        ours = [sys.executable, "-m", "desktop", "--library", str(library)]
        commands = {"empty QMainWindow": [sys.executable, "-c", BARE], "阅策 with the plan": ours}
        first = _seconds(ours)  # makes the library
        samples: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):  # interleaved: what slows the machine down slows both
            for name, command in commands.items():
                samples[name].append(_seconds(command))
    medians = {name: statistics.median(values) for name, values in samples.items()}
    floor = medians["empty QMainWindow"]
    print(f"start of the process to its first paint, median of {ROUNDS}, platform {os.environ['QT_QPA_PLATFORM']}")
    for name, median in medians.items():
        print(f"{name:20}{median * 1000:7.0f} ms{median / floor:7.2f} x")
    print(f"{'goal':20}{'':10}{GOAL:7.2f} x")
    print(f"the very first start, which makes the library: {first / floor:.2f} x")


def _seconds(command: Sequence[str]) -> float:
    """Time a process that ends itself after its first paint."""
    environment = os.environ | {"YUECE_EXIT_AFTER_FIRST_PAINT": "1"}
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, timeout=60)
    return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
