"""Words of the plan, and marks on them."""

from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.services.marking import Marker
from desktop.ui.session import Session

WORDS = ("深刻复杂变化", "稳五进三布二", "智赋万企", "输变电装备", "前瞻布局未来产业")
"""Five places in the order of the text, for a mark of each pen."""


def highlight(session: Session, words: str, pen: int) -> str:
    """Highlight words where they stand first; return the mark's id."""
    assert session.reading is not None
    start = session.reading.text.index(words)
    command = Marker(session.library, session.reading).highlight(Span(start, start + len(words)), pen, "颜色")
    assert session.run(command)
    return command.marks[0].id


def mark(session: Session, words: str) -> Mark:
    """Return the mark on these words."""
    return next(mark for mark in session.marks if session.reading and session.reading.quote_of(mark) == words)
