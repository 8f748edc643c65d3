"""Numbers that stand alone in their lines, with or without a title below."""

import pytest

from desktop.parsing.finding import find_place
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, tree


def test_numbers_alone_in_their_lines_head_what_stands_below():
    outline = parse_outline("某规划\n一\n总体要求\n甲。\n（一）乙\n\n二\n\n任务\n丙。\n三\n丁甲。\n")
    assert drawn(outline) == [
        "heading 一总体要求",
        "  lead ",
        "  heading （一）乙",
        "heading 二任务",
        "  paragraph ",
        "heading 三",
        "  paragraph ",
    ]
    assert outline.title == "某规划"
    assert outline.warnings == ()
    assert [place.address for place in find_place(outline, "二")] == ["二"]


@pytest.mark.parametrize(
    "text", ["某文\n甲。\n一\n乙。", "某文\n甲。\n三\n乙。\n四\n丙。", "某文\n甲。\n一\n二\n三\n乙。"]
)
def test_a_number_alone_without_its_like_is_text(text):
    assert set(tree(text)) == {"paragraph "}
