"""The line at the foot: document, place, counts, meeting, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from desktop.services.marking import Marker
from desktop.services.meeting import start_meeting
from tests.ui.sitting import Sitting


def shown(desk: Sitting) -> list[str]:
    return [label.text() for label in desk.window.status.findChildren(QLabel) if label.text()]


def test_it_names_document_place_counts_and_that_all_is_saved(desk: Sitting) -> None:
    assert desk.reading.document.title in shown(desk)
    assert "已保存" in shown(desk)
    assert "0 %" in shown(desk)
    desk.window.navigator.go_to(desk.place("25.加快推进农业").start)
    desk.settle()
    start = desk.place("25.加快推进农业").start
    assert f"{100 * start // len(desk.reading.text)} %" in shown(desk)


def test_it_counts_marks_and_tags(desk: Sitting) -> None:
    assert "0 处标注" in shown(desk)
    marker = Marker(desk.library, desk.reading)
    for words, tag in (("从全球看", "形势"), ("从全国看", "形势"), ("从全省看", "省情")):
        assert desk.session.run(marker.highlight(desk.place(words), 1, "重点", tags=(tag,)))
    assert "3 处标注 · 2 个标签" in shown(desk)
    desk.do("undo")
    assert "2 处标注 · 1 个标签" in shown(desk)


def test_the_clock_of_the_meeting_goes_by_hours_and_minutes(desk: Sitting) -> None:
    meeting = start_meeting("党组会", datetime.now().astimezone().date()).meeting
    status = desk.window.status
    for ago, clock in ((0, "00:00"), (59, "00:00"), (61, "00:01"), (3 * 3600 + 125, "03:02"), (-5, "00:00")):
        status.set_meeting(replace(meeting, started=datetime.now(UTC) - timedelta(seconds=ago)))
        assert f"● 会议进行中：党组会 {clock}" in shown(desk)
    assert any(timer.isActive() for timer in status.findChildren(QTimer))
    status.set_meeting(None)
    assert not any(timer.isActive() for timer in status.findChildren(QTimer))
    assert not [text for text in shown(desk) if "党组会" in text]


def test_the_clock_stops_with_the_window(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    """A timer left running fails the test by itself."""
    assert desk.session.run(start_meeting("党组会", datetime.now().astimezone().date()))
    assert desk.close()
    assert any("党组会" in text for text in shown(sit(desk.path)))
