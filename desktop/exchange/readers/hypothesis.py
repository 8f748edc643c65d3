"""What Hypothes.is hands out, as W3C Web Annotations: answers of its programming interface, and its exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.model.annotation import OWN_PREFIX

Json = Mapping[str, Any]

_LISTS = ("rows", "annotations")
"""What holds the annotations: in an answer of the interface, and in an export."""
_USER = re.compile(r"acct:([^@]+)@.*")


def rows_of(document: Any) -> list[Any] | None:
    """Return the annotations in a JSON document of Hypothes.is, or None where it is none."""
    if not isinstance(document, dict):
        return None
    found = next((document[name] for name in _LISTS if isinstance(document.get(name), list)), None)
    return found if found is not None and all(isinstance(row, dict) and "user" in row for row in found) else None


def as_annotation(row: Json) -> Json:
    """Return one of them as an annotation of the standard. What only its writer may read is private."""
    user = row["user"]
    name = _USER.fullmatch(user) if isinstance(user, str) else None
    permissions = row.get("permissions")
    readers = permissions.get("read") if isinstance(permissions, dict) else None
    tags = row.get("tags")
    bodies = [{"value": tag, "purpose": "tagging"} for tag in (tags if isinstance(tags, list) else [])]
    if row.get("text"):
        bodies.insert(0, {"value": row["text"], "purpose": "commenting"})
    return {
        "type": "Annotation",
        "id": f"https://hypothes.is/a/{row['id']}" if isinstance(row.get("id"), str) else "",
        "creator": name[1] if name else user,
        "created": row.get("created"),
        "modified": row.get("updated"),
        "body": bodies,
        "target": row.get("target") or row.get("uri"),
        f"{OWN_PREFIX}:private": readers == [user],
    }
