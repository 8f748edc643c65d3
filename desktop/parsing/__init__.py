"""From lines to an outline, and from an outline to the words people use for a place in it. Pure."""
