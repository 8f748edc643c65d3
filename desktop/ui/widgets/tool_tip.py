"""Tool tips that show a user's words as they are."""

from __future__ import annotations

_LETTERS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


def plain_tool_tip(text: str) -> str:
    """Return a tool tip that shows the text letter by letter; Qt takes any tip that looks like markup for markup."""
    return f"<span>{text.translate(_LETTERS)}</span>" if text else ""
