"""Findings: what stands between a bundle and its attribute.

Each module holds the rules of one matter as functions from a ``Brief`` to ``Matter`` values;
``judge`` weighs them by the profile's table of severities and names the outcome.
"""
