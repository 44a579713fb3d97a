"""Hear of events: keep a list beside the plugin that a spreadsheet can open."""

from __future__ import annotations

from pathlib import Path

from gongkai import hookimpl
from gongkai.model.move import Event


@hookimpl
def on_event(event: Event) -> None:
    """Add one line for each event that is not in the list yet."""
    file = Path(__file__).with_suffix(".tsv")
    line = "\t".join((event.at, event.kind, event.subject, event.actor))
    known = file.read_text("utf-8").splitlines() if file.exists() else []
    # After a crash an event may be told again.
    if line not in known:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
