"""``gongkai case propose``: the drafter says which attribute, why, and that it is no secret."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.casework.following import Occasion
from gongkai.cli.case_correct import attribute_of
from gongkai.cli.case_signing import Said, Signing, signing
from gongkai.cli.case_work import Work, at_work, is_number, tell_moved, tell_rest, tell_would
from gongkai.cli.session import Session
from gongkai.cli.stamp_ground import declare_not_secret, ground_for
from gongkai.cli.stamp_paper import Paper, site_of
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.model.attribute import DisclosureAttribute
from gongkai.service.entering import Looked
from gongkai.service.settle import Told

PROPOSING = Occasion(returns=False)
"""Nobody is told that the attribute is missing in the moment he states it."""


@click.command("propose", cls=Command)
@click.argument("wanted", metavar="PAPER")
@click.argument("attribute")
@option("--reason", default="")
@option("--basis", default="")
@option("--not-secret", is_flag=True)
@option("--objection", default="")
@signing
@click.pass_obj
def propose(
    session: Session,
    wanted: str,
    attribute: str,
    reason: str,
    basis: str,
    not_secret: bool,
    objection: str,
    signing: Signing,
) -> int:
    """Propose one attribute for a paper, and have it judged with that at once (SRC-05)."""
    value = attribute_of(session, attribute)
    declare_not_secret(session, declared=not_secret)
    said = Said(value, True, reason, basis, objection=objection.strip())
    with at_work(session) as work:
        if signing.dry_run:
            return _rehearse(work, wanted, signing, said)
        entering = work.entering
        path = entering.place_of(wanted) if is_number(wanted) else Path(wanted)
        # Who acts is asked before anything is recorded.
        work.wish(signing, Act.PROPOSE, said)
        looked = entering.look(path)
        told = entering.settle(looked, PROPOSING)
        if told.case is None:
            raise ActionRefused("case_not_judged", name=looked.main.name)
        number = told.case.number
        wish = work.wish(signing, Act.PROPOSE, _grounded(work, looked, told, said, value))
        tell_moved(session, work.cases.carry_out(number, wish))
        entering.settle(looked, PROPOSING)
        tell_rest(work, number, wish.recorder)
    return 0


def _rehearse(work: Work, paper: str, signing: Signing, said: Said) -> int:
    """Only what is on record can be rehearsed: a paper nobody has submitted is judged first."""
    number = work.number_of(paper)
    wish = work.wish(signing, Act.PROPOSE, said)
    tell_would(work.session, number, wish, work.cases.weigh(number, wish))
    return 0


def _grounded(
    work: Work, looked: Looked, told: Told, said: Said, value: DisclosureAttribute
) -> Said:
    """What was said, with a ready reason where the paper bears one (SEC-12)."""
    assert told.examined is not None
    assert told.verdict is not None
    assert told.facts is not None
    site = site_of(work.office, looked.main)
    paper = Paper(looked.main, site, told.examined, told.facts, told.verdict, work.profile)
    ground = ground_for(work.session, value, said.reason, said.basis, paper, work.profile)
    return Said(value, True, ground.reason, ground.basis, objection=said.objection)
