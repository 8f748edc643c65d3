"""Tells whether a screenshot of the window shows lines of real glyphs, not boxes and not an empty page.

python tests/screenshot_has_text.py FILE.png     exit status 0 if it does, else 1
"""

import os
import sys
from collections import Counter
from itertools import groupby

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

LEAST_LINES = 6
LEAST_SHAPES = 150  # columns of pixels that differ; boxes for missing glyphs have three or four
CONTRAST = 80  # grey levels between ink and paper
LINE_HEIGHT = 8  # pixels; less is a rule or an underline


def main(path: str) -> int:
    """Judge one file."""
    image = QImage(path)
    if image.isNull():
        print(f"{path}: no picture")
        return 1
    lines = text_lines(image)
    shapes = distinct_columns(lines)
    enough = len(lines) >= LEAST_LINES and shapes >= LEAST_SHAPES
    print(f"{path}: {len(lines)} lines of text, {shapes} shapes: {'text' if enough else 'NO TEXT'}")
    return 0 if enough else 1


def text_lines(image: QImage) -> list[list[list[bool]]]:
    """Cut the middle of the window, where the text is, into lines: rows of pixels, True where there is ink."""
    width, height = image.width(), image.height()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    data, stride = bytes(grey.constBits()), grey.bytesPerLine()
    rows = [
        data[y * stride + width * 3 // 8 : y * stride + width * 5 // 8] for y in range(height // 8, height * 7 // 8)
    ]
    paper = Counter(b"".join(rows)).most_common(1)[0][0]
    ink = [[abs(level - paper) > CONTRAST for level in row] for row in rows]
    runs = (list(group) for inked, group in groupby(ink, key=any) if inked)
    return [run for run in runs if len(run) >= LINE_HEIGHT]


def distinct_columns(lines: list[list[list[bool]]]) -> int:
    """Count the columns of pixels that differ from one another, over all lines."""
    return len({column for line in lines for column in zip(*line, strict=True)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
