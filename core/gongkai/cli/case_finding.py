"""``gongkai case finding``: what a human says of one finding; it holds wherever the text moves."""

from __future__ import annotations

import click

from gongkai.casework.findings import answer_finding, weigh_finding
from gongkai.cli.arguments import Choice
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_words import voice
from gongkai.cli.case_work import at_work, judge_again
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.lifecycle.findings import Answer
from gongkai.messages import say


@click.command("finding", cls=Command)
@click.argument("number")
@click.argument("which", metavar="ID")
@click.argument("answer", type=Choice([str(answer) for answer in Answer]))
@option("--reason", default="")
@option("--by", default="", metavar="NAME")
@option("--dry-run", is_flag=True)
@click.pass_obj
def finding(
    session: Session, number: str, which: str, answer: str, reason: str, by: str, dry_run: bool
) -> int:
    """Answer a finding, and have the paper judged with that at once (A8)."""
    said = Answer(answer)
    with at_work(session) as work:
        number = work.number_of(number)
        with work.database.read() as connection:
            actor = acting_here(session, connection, by)
        told = voice(work.profile, session.contacts)
        if dry_run:
            _, found = weigh_finding(work.cases, number, which, said, actor, reason)
        else:
            found = answer_finding(work.cases, number, which, said, actor, reason)
        session.tell(
            say(
                "case.would_answer" if dry_run else "case.answered_now",
                headline=told.notice(found).headline,
                answer=say(f"case.{said}"),
                name=actor.name,
            )
        )
        if not dry_run:
            judge_again(work, number, actor)
    return 0
