"""The command line: parsing and printing; every command is imported when it is used."""

from __future__ import annotations

from gongkai.cli.main import main

__all__ = ["main"]
