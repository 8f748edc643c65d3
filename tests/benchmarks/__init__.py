"""Measurements, never tests: each module prints ratios of its own run, side by side with the goal.

To add one: a module with a `main()` that takes nothing and prints; `python3 dev.py bench` finds it by that.
What takes long it does only where "--large" is in `sys.argv`.
"""
