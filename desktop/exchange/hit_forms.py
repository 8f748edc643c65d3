"""The forms a list of hits can be handed over in.

To add one: write `writers/hits_<format>.py` with a function `(hits, watch) -> bytes`, and add a `HitForm` here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.watch import Watch
from desktop.model.errors import ExportError
from desktop.model.hit_list import HitList


def _write_docx(hits: HitList, watch: Watch) -> bytes:
    from desktop.exchange.writers.hits_docx import write_hits_docx

    return write_hits_docx(hits, watch)


def _write_markdown(hits: HitList, watch: Watch) -> bytes:
    from desktop.exchange.writers.hits_markdown import write_hits_markdown

    return write_hits_markdown(hits, watch)


@dataclass(frozen=True, slots=True)
class HitForm:
    """One form: its title (Chinese), its suffix with its dot, and what writes it (raises CancelledError)."""

    title: str
    suffix: str
    writer: Callable[[HitList, Watch], bytes]


HIT_FORMS = (
    HitForm("Word：按条列出的表格", ".docx", _write_docx),
    HitForm("Markdown：按条列出的表格", ".md", _write_markdown),
)


def hit_form_of(path: Path) -> HitForm:
    """Return the form that the suffix of `path` names. Raises ExportError where there is none."""
    for form in HIT_FORMS:
        if form.suffix == path.suffix.lower():
            return form
    listed = "、".join(form.suffix for form in HIT_FORMS)
    raise ExportError(f"搜索结果不能导出成“{path.suffix or path.name}”，请用 {listed} 中的一种后缀。")
