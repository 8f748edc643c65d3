"""Writes one short plan as a PDF, a Word file and a web page, for the packaged program to read.

python -m tests.files_to_read FOLDER     the files are called plan.pdf and so on
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication

from tests.exchange.made_pdfs import document, printed
from tests.exchange.readers.word_files import plain, word_file

LINES = (
    "某市国民经济和社会发展规划",
    "第一章 总体要求",
    "第一条 为了促进高质量发展，制定本规划。",
    "（一）坚持稳中求进；",
    "（二）坚持统筹兼顾。",
    "第二章 主要任务",
    "第二条 各部门应当按照职责分工，抓好落实。",
)


def write(folder: Path) -> None:
    """Write the files into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    (folder / "plan.pdf").write_bytes(printed(document(LINES)))
    application.shutdown()
    (folder / "plan.docx").write_bytes(word_file(plain(*LINES)))
    page = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<html><head><meta charset='gb2312'><title>{LINES[0]}</title></head><body>{page}</body></html>"
    (folder / "plan.html").write_bytes(page.encode("gb18030"))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
