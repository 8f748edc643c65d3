"""The reading view and what belongs to it: the strip beside it, the bar at a selection."""
