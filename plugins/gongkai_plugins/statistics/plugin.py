"""The hooks of the statistics; light to import, since every ``--help`` names its commands."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.hookspecs import Command
from gongkai.messages import say


@hookimpl
def commands() -> list[Command]:
    """``gongkai report`` with its own commands."""
    words = say("gongkai_plugins.statistics:help_report").partition("\n")[0]
    return [Command("report", "gongkai_plugins.statistics.commands:report", words)]
