"""``gongkai case public-version`` and ``declassify`` (SEC-16, SEC-17)."""

from __future__ import annotations

from datetime import date

import click

from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai_plugins.secrecy_review import tables
from gongkai_plugins.secrecy_review.commands.desk import OWN, at_desk, command, held
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.opinions import Opinion

KEEPERS = (Role.DRAFTER, Role.SECTION_HEAD, Role.OFFICE, Role.SECRECY_OFFICER)


@command("public-version")
@click.argument("number")
@click.argument("public", metavar="PUBLIC")
@option("--reason", required=True)
@option("--by", default="", metavar="NAME")
@click.pass_obj
def public_version(session: Session, number: str, public: str, reason: str, by: str) -> int:
    """Say that the public may read one paper in place of another (区分处理)."""
    with at_desk(session) as desk:
        original, version, me = desk.facts(number), desk.facts(public), desk.me(by)
        held(me, original.case, *KEEPERS)
        _fits(original, version)
        values: dict[str, object] = {"public_case": public, "reason": reason}
        desk.record(original, tables.public_version, values, me.name)
        session.tell(say(f"{OWN}version_linked", number=number, public=public))
        session.tell(say(f"{OWN}version_reviewed_anew", public=public))
    return 0


def _fits(original: Facts, version: Facts) -> None:
    """A public version is another text, of nobody else's original, and has none of its own."""
    pair = {"number": original.case.number, "public": version.case.number}
    if original.case.id == version.case.id:
        raise ActionRefused(f"{OWN}version_of_itself", **pair)
    if original.case.core_fingerprint == version.case.core_fingerprint:
        raise ActionRefused(f"{OWN}version_same_text", **pair)
    if original.public_version_of or version.public_version:
        raise ActionRefused(f"{OWN}version_of_version", **pair)
    if version.public_version_of not in ("", original.case.number):
        raise ActionRefused(f"{OWN}version_taken", other=version.public_version_of, **pair)


@command("declassify")
@click.argument("number")
@option("--required", is_flag=True)
@option("--record", "reference", default="", metavar="NUMBER")
@option("--on", type=DateText(), metavar="DATE")
@option("--reason", default="")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def declassify(
    session: Session,
    number: str,
    required: bool,
    reference: str,
    on: date | None,
    reason: str,
    by: str,
) -> int:
    """Note that a paper has to be declassified before it is public, or that it has been."""
    if required == bool(reference) or (reference and on is None):
        raise click.UsageError(say(f"{OWN}required_or_record"))
    if required and not reason.strip():
        raise click.UsageError(say("cli.missing_parameter", name="--reason"))
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, Role.SECRECY_OFFICER)
        record_on = desk.past(on) if reference else ""
        if reference:
            _reviewed_before(facts, record_on)
        values: dict[str, object] = {
            "reference": reference,
            "record_on": record_on,
            "reason": reason,
        }
        desk.record(facts, tables.declassification, values, me.name)
        key = "declass_recorded" if reference else "declass_required"
        session.tell(say(f"{OWN}{key}", number=number, reference=reference, on=record_on))
    return 0


def _reviewed_before(facts: Facts, record_on: str) -> None:
    """Review first, then the record (SEC-16)."""
    run = facts.reviewed
    if run is None or run.result is not Opinion.OPEN:
        raise ActionRefused(f"{OWN}declass_needs_review", number=facts.case.number)
    if run.signatures and record_on < run.signatures[-1].signed_on:
        raise ActionRefused(f"{OWN}refused_declass_before_review")
