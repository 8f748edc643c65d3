"""Tool tips that show a user's words as they are."""

from __future__ import annotations


def plain_tool_tip(text: str) -> str:
    """Return a tool tip that shows the text letter by letter; Qt takes any tip that looks like markup for markup."""
    if not text:
        return ""
    from html import escape  # with its table of names; the window paints before a tip is shown

    return f"<span>{escape(text, quote=False).replace(chr(10), '<br>')}</span>"
