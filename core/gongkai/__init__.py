"""gongkai 公开: the disclosure attribute of an official document, decided at the source."""

from __future__ import annotations

from pluggy import HookimplMarker

__version__ = "0.1.0"

hookimpl = HookimplMarker("gongkai")
"""Marks a function of a plugin as the answer to a hook; see gongkai.hookspecs."""

__all__ = ["__version__", "hookimpl"]
