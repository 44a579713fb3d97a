"""``gongkai stamp``: the one command that writes into an author's file, and the record of it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from gongkai.cli.arguments import Choice, ExistingFile, PathArgument, shown
from gongkai.cli.session import Session
from gongkai.cli.stamp_ground import Ground, declare_not_secret, ground_for, remaining
from gongkai.cli.stamp_paper import Paper, judged_paper, standing_report
from gongkai.cli.stamp_record import Recorder
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused, StampRefused
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.policy.profile import Profile
from gongkai.stamping.act import (
    Replacement,
    Target,
    keep,
    output_beside,
    read_target,
    refuse_unwritable,
)
from gongkai.stamping.mark import MarkPlace, Stamp, Stamped
from gongkai.stamping.marking import marked
from gongkai.stamping.report import StampReport

PLACE = Choice([str(place) for place in MarkPlace])


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    attribute: DisclosureAttribute
    place: MarkPlace | None
    reason: str
    basis: str
    output: Path | None
    in_place: bool
    dry_run: bool


@click.command("stamp", cls=Command)
@click.argument("file", type=ExistingFile())
@click.argument("attribute", required=False)
@option("--reason", default="")
@option("--basis", default="")
@option("--by", default="")
@option("--not-secret", is_flag=True)
@option("--place", type=PLACE)
@option("--output", type=PathArgument())
@option("--in-place", is_flag=True)
@option("--dry-run", is_flag=True)
@option("--verify", is_flag=True)
@click.pass_obj
def stamp(
    session: Session,
    file: Path,
    attribute: str | None,
    reason: str,
    basis: str,
    by: str,
    not_secret: bool,
    place: str | None,
    output: Path | None,
    in_place: bool,
    dry_run: bool,
    verify: bool,
) -> int:
    """Mark one document, or compare what is marked."""
    profile = session.profile()
    if verify:
        return _show_report(session, standing_report(session, file, profile), profile)
    if not attribute:
        raise click.UsageError(say("cli.missing_parameter", name="ATTRIBUTE"))
    value = profile.attribute_for(attribute)
    if value is None:
        words = say("cli.attribute_unknown", text=attribute)
        raise click.BadParameter(words, param_hint="ATTRIBUTE")
    actor = session.actor(by) if session.office_or_none() else None
    wanted = MarkPlace(place) if place else None
    order = Order(value, wanted, reason, basis, output, in_place, dry_run)
    return _mark(session, file, order, profile, actor, not_secret=not_secret)


def _mark(
    session: Session,
    file: Path,
    order: Order,
    profile: Profile,
    actor: Actor | None,
    *,
    not_secret: bool,
) -> int:
    paper = judged_paper(session, file, profile)
    target = read_target(file, paper.sha256)
    declare_not_secret(session, declared=not_secret)
    ground = ground_for(session, order.attribute, order.reason, order.basis, paper, profile)
    place, stamped = _stamped(paper, target, order, profile, recordable=actor is not None)
    if stamped is not None and stamped.changed:
        _refuse_without_way_back(session, order)
        if order.output is None:
            refuse_unwritable(target)
    elif order.output is not None:
        raise StampRefused("stamp_nothing_to_write", file=target.name)
    if order.dry_run:
        _say_plan(session, order, place, stamped, profile)
        return 0
    _carry_out(session, paper, target, order, place, stamped, ground, actor)
    _say_done(session, order, place, stamped, profile, actor)
    _say_unseen(session, paper, order, place)
    _say_remaining(session, paper, order, ground, profile)
    return 0


def _stamped(
    paper: Paper, target: Target, order: Order, profile: Profile, *, recordable: bool
) -> tuple[MarkPlace, Stamped | None]:
    """Where the mark goes and the marked bytes; None: recorded only, the file stays as it is."""
    place = order.place or _usual_place(paper, profile)
    mark = Stamp(order.attribute, place, paper.fingerprint)
    unasked = order.place is None and paper.stage is Stage.DRAFT
    if place is MarkPlace.RECORD_ONLY and paper.upward and not profile.stamp.property_upward:
        if not recordable:
            raise StampRefused("stamp_no_record", file=target.name)
        return place, None
    try:
        return place, marked(paper.content, target.data, target.name, mark, profile)
    except StampRefused as refused:
        if unasked and refused.key in ("stamp_no_date", "stamp_no_imprint"):
            later = Stamp(order.attribute, MarkPlace.RECORD_ONLY, paper.fingerprint)
            written = marked(paper.content, target.data, target.name, later, profile)
            return MarkPlace.RECORD_ONLY, written
        if recordable and place is MarkPlace.RECORD_ONLY and refused.key != "stamp_unreadable":
            return place, None
        raise


def _usual_place(paper: Paper, profile: Profile) -> MarkPlace:
    policy = profile.stamp
    early = policy.visible_from == "issued" and paper.stage in (Stage.DRAFT, Stage.SUBMITTED)
    if early or paper.invisible:
        return MarkPlace.RECORD_ONLY
    return MarkPlace(policy.place_for(paper.kind))


def _refuse_without_way_back(session: Session, order: Order) -> None:
    """In an office the old bytes are kept; elsewhere writing in place must be asked for."""
    if session.office_or_none() is None and order.output is None and not order.in_place:
        raise ActionRefused("stamp_where")


def _carry_out(
    session: Session,
    paper: Paper,
    target: Target,
    order: Order,
    place: MarkPlace,
    stamped: Stamped | None,
    ground: Ground,
    actor: Actor | None,
) -> None:
    """The new bytes lie ready, then the record, then the file in one step (``record``)."""
    written = stamped.data if stamped is not None and stamped.changed else None
    with ExitStack() as stack:
        recorder = stack.enter_context(Recorder.opened(session, actor)) if actor else None
        replacement = None
        if written is not None:
            replacement = _ready(stack, session, target, order, written)
        if recorder is not None:
            decided = recorder.determination(paper, order.attribute, place, ground)
            if written is None:
                recorder.record(target.path, target.sha256, decided)
            else:
                # Left first on the way out: the end is recorded when the file stands.
                at = order.output.absolute() if order.output else target.path
                before = "" if order.output else target.sha256
                recorder.begin(stack, at, decided, before, written)
        if replacement is not None:
            replacement.commit()


def _ready(
    stack: ExitStack, session: Session, target: Target, order: Order, data: bytes
) -> Replacement | None:
    """Lay the new bytes beside the file, or where the output is to stand when all went well."""
    if order.output is not None:
        stack.enter_context(output_beside(target, order.output, data))
        return None
    if session.office_or_none() is not None:
        keep(session.office.data, target)
    return stack.enter_context(Replacement(target, data))


def _say_plan(
    session: Session,
    order: Order,
    place: MarkPlace,
    stamped: Stamped | None,
    profile: Profile,
) -> None:
    label = profile.label_of(order.attribute)
    session.out.print(say("stamp.would", label=label, place=say(f"stamp.place_{place.name}")))
    if stamped is None or not stamped.changed:
        session.out.print(say("stamp.would_not_write" if stamped is None else "stamp.same"))
        return
    for part in stamped.changed:
        session.out.print(say("stamp.would_change", part=part))


def _say_done(
    session: Session,
    order: Order,
    place: MarkPlace,
    stamped: Stamped | None,
    profile: Profile,
    actor: Actor | None,
) -> None:
    label = profile.label_of(order.attribute)
    if stamped is None:
        session.out.print(say("stamp.record_only", label=label))
    elif not stamped.changed:
        session.out.print(say("stamp.same"))
    else:
        words = say("stamp.done", label=label, place=say(f"stamp.place_{place.name}"))
        session.out.print(words)
        if order.output is not None:
            session.out.print(say("stamp.written_to", path=shown(order.output)))
        elif actor is None:
            session.err.print(say("stamp.not_kept"))
    if actor is not None:
        session.out.print(say("stamp.recorded", name=actor.name))
    else:
        session.err.print(say("stamp.unrecorded"))


def _say_unseen(session: Session, paper: Paper, order: Order, place: MarkPlace) -> None:
    """Why nothing visible was written although nobody asked for that."""
    if place is MarkPlace.RECORD_ONLY and order.place is None and not paper.invisible:
        session.out.print(say("stamp.usual_upward" if paper.upward else "stamp.later"))


def _say_remaining(
    session: Session, paper: Paper, order: Order, ground: Ground, profile: Profile
) -> None:
    found = remaining(session, paper, order.attribute, ground, profile)
    notices = [n for n in found if n.severity.gravity >= Severity.WARNING.gravity]
    if notices:
        session.err.print(say("stamp.remaining", count=len(notices)))
        for notice in notices:
            where = say("cli.where", where=notice.where) if notice.where else ""
            session.err.print(f"· {notice.tag}{notice.headline} {where}".rstrip())


def _show_report(session: Session, report: StampReport, profile: Profile) -> int:
    for each in report.statements:
        label = profile.label_of(each.attribute) if each.attribute else say("stamp.not_understood")
        session.out.print(
            say("stamp.statement", source=say(f"stamp.source_{each.source}"), label=label)
        )
    for issue in report.issues:
        session.out.print(say(f"stamp.issue_{issue}"))
    if report.consistent:
        session.out.print(say("stamp.consistent"))
    return 0 if report.consistent else 1
