"""Observe: a paper that is a duty roster is an internal matter."""

from __future__ import annotations

import re

from gongkai import hookimpl
from gongkai.model.bundle import Bundle
from gongkai.model.reading import Observations, Trigger, TriggerCode
from gongkai.model.transcript import Transcript

ROSTER = re.compile(r"值班(?:安排|表)")


@hookimpl
def observe(bundle: Bundle) -> Observations:
    """Say where a duty roster is named, and whether the paper is about it."""
    triggers = []
    for member in bundle.members:
        transcript = Transcript.of(member)
        for hit in ROSTER.finditer(transcript.text):
            # In the first line it is what the paper is about, elsewhere a passage.
            in_title = transcript.index_of_block(hit.start()) == 0
            span = transcript.span(hit.start(), hit.end())
            triggers.append(Trigger(TriggerCode.INTERNAL_MATTER, span, subject=in_title))
    return Observations(triggers=tuple(triggers))
