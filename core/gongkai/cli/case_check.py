"""``gongkai case check``: judge a paper now, for offices without the watch running."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_work import at_work, is_number, tell_rest
from gongkai.cli.judged import CLEAN, UNREADABLE_EXIT
from gongkai.cli.session import Session
from gongkai.cli.show import show_verdict
from gongkai.cli.words import Command, option
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.model.attribute import Outcome, Stage
from gongkai.moment import now
from gongkai.notices import Voice
from gongkai.service.settle import Told
from gongkai.store import audit


@click.command("check", cls=Command)
@click.argument("paper")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def check(session: Session, paper: str, by: str) -> int:
    """Judge a case again, or hand a paper in by judging it for the first time (送核)."""
    with at_work(session) as work:
        with work.database.read() as connection:
            actor = acting_here(session, connection, by)
        entering = work.entering
        path = entering.place_of(paper) if is_number(paper) else Path(paper)
        submits = not is_number(paper) and not entering.case_at(path)
        looked = entering.look(path, Stage.SUBMITTED)
        told = entering.settle(looked)
        if submits and told.case is not None:
            with work.database.write() as connection:
                about = f"case:{told.case.number}"
                audit.record(connection, "submitted", about, actor.name, now(), {"files": 1})
        if told.case is None:
            return _told_without_case(session, told)
        tell_rest(work, told.case.number, actor)
        return exit_of(told)


def exit_of(told: Told) -> int:
    """65 for what nobody could read, 1 for what still needs something, 0 else."""
    assert told.case is not None
    if told.case.state is State.EXTRACTION_FAILED:
        return UNREADABLE_EXIT
    waits = told.case.state in (State.BLOCKED, State.RETURNED, State.TEXT_CHANGED)
    return 1 if waits or told.outcome not in CLEAN else 0


def _told_without_case(session: Session, told: Told) -> int:
    """A paper that is not judged has no case: say so, and why."""
    assert told.examined is not None
    assert told.verdict is not None
    profile = session.profile()
    voice = Voice.about(told.examined.bundle, profile, session.contacts, told.examined.reading)
    show_verdict(session.out, told.examined, told.verdict, voice, full=False)
    session.tell(say("case.none_opened"))
    return 0 if told.outcome is Outcome.OUT_OF_SCOPE else 1
