"""``gongkai register withhold`` and ``review``: what is not disclosed, and for how long (N-04)."""

from __future__ import annotations

from datetime import date

import click

from gongkai.cli.arguments import Choice
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai_plugins.register import upkeep
from gongkai_plugins.register.commands.desk import OWN, at_register, told_date
from gongkai_plugins.register.overview import REOPEN


@click.command("withhold", cls=Command, catalogue=OWN)
@click.argument("name", metavar="CASE|ENTRY")
@click.pass_obj
def withhold(session: Session, name: str) -> int:
    """Close a registered case that is not disclosed of the office's own accord."""
    with at_register(session) as keeping:
        moved = keeping.withhold(name)
    session.tell(say("gongkai_plugins.register:withheld", case=moved.after.number))
    return 0


@click.command("review", cls=Command, catalogue=OWN)
@click.argument("name", metavar="CASE|ENTRY")
@option("--outcome", type=Choice(("keep", REOPEN)), required=True)
@option("--reason", default="")
@option("--next-review", type=Day(), metavar="DATE")
@click.pass_obj
def review(session: Session, name: str, outcome: str, reason: str, next_review: date | None) -> int:
    """Record that it was looked at again, and when next."""
    with at_register(session) as keeping:
        due = upkeep.review(
            keeping,
            name,
            reopen=outcome == REOPEN,
            reason=reason,
            next_review=told_date(next_review),
        )
    words = "review_keep" if due else "review_reopen"
    session.tell(say(f"gongkai_plugins.register:{words}", name=name, day=due))
    return 0
