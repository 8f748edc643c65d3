"""File formats: bytes become text, reports become bytes."""
