"""Opening a library behind the window."""

from __future__ import annotations

from tests.ui.sitting import Sitting


def test_the_first_start_opens_the_plan_without_a_question(desk: Sitting, plan_text: str) -> None:
    assert desk.reading.text == plan_text
    assert [edition.source_name for edition in desk.library.editions.summaries()] == [
        "hengyang-15fyp-proposal-page2.txt"
    ]
    assert desk.reading.document.title in desk.window.windowTitle()
    assert desk.reader.isVisible()
    assert desk.reader.hasFocus()
