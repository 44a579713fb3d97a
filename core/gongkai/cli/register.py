"""``gongkai register``: the chain of everything recorded, and what proves it to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy import Connection

from gongkai.cli.register_checkpoint import checkpoint, key
from gongkai.cli.register_export import export_chain
from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.errors import UnreadableDocument
from gongkai.messages import say
from gongkai.store.checkpoint_format import Kept, fingerprint, read_blocks, read_typed
from gongkai.store.checkpoint_trust import Doubt, Trust, examine
from gongkai.store.columns import printable
from gongkai.store.verification import ChainReport, Problem, ProblemCode
from gongkai.store.verification import verify as verify_chain

_LARGEST = 1 << 20
"""Bytes of a file that may hold checkpoints; a year of them is far less."""


@click.group("register", cls=Group)
def register() -> None:
    """Commands about the register."""


register.add_command(checkpoint)
register.add_command(key)
register.add_command(export_chain)


@register.command("verify", cls=Command)
@option("--checkpoint", "given", multiple=True, metavar="FILE|N:HASH")
@option("--public-key", default="", metavar="HEX")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def verify(session: Session, given: tuple[str, ...], public_key: str, as_json: bool) -> int:
    """Recompute every row; says what fits, what does not, and what that does not show."""
    kept = [item for name in given for item in _kept(name)]
    with session.database() as database, database.read() as connection:
        report = verify_chain(connection, [item.head for item in kept])
        trust = _trust(connection, report, kept, public_key)
    fits = report.ok and not trust.doubts
    if as_json:
        session.print_json(
            {
                "rows": report.rows,
                "erased": report.erased,
                "ok": fits,
                "problem": f"{report.problem.code} #{report.problem.seq}" if report.problem else "",
                "head": {"seq": report.head.seq, "hash": report.head.hash},
                "confirmed": report.confirmed,
                "checkpoints": trust.stored,
                "doubts": [f"{doubt.code} #{doubt.seq}" for doubt in trust.doubts],
                "public_key": trust.keys[-1] if trust.keys else "",
            }
        )
    else:
        for line in (*_found(report, trust), *_kept_words(kept, report, trust.doubts)):
            session.tell(line)
        session.tell(say("chain.unproven"))
        # A signed checkpoint from somebody's drawer brings the key it was signed with.
        own_key = bool(public_key) or any(item.checkpoint for item in kept)
        for line in _unproven(report, trust, own_key):
            session.tell(f" - {line}")
    return 0 if fits else 1


def _trust(
    connection: Connection, report: ChainReport, kept: Sequence[Kept], public_key: str
) -> Trust:
    if report.problem is not None and report.problem.code is ProblemCode.ROW_UNREADABLE:
        # What cannot be read as text would end this in the middle; the chain has said so already.
        return Trust(0, (), (), ())
    return examine(connection, kept, public_key)


def _kept(given: str) -> tuple[Kept, ...]:
    """What was handed in. Raises ``UnreadableDocument`` when no checkpoint can be read in it."""
    try:
        typed = read_typed(given)
        if typed is not None:
            return (typed,)
        with Path(given).open("rb") as stream:
            found = read_blocks(stream.read(_LARGEST).decode("utf-8", "replace"), given)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise UnreadableDocument("checkpoint_unread", file=given, problem=problem) from error
    except ValueError as error:
        raise UnreadableDocument("checkpoint_unreadable", file=given) from error
    if not found:
        raise UnreadableDocument("checkpoint_unreadable", file=given)
    return found


def _found(report: ChainReport, trust: Trust) -> Iterator[str]:
    if report.problem is None:
        yield say("chain.fits", rows=report.rows, erased=report.erased)
    else:
        yield say("chain.differs", rows=report.rows, problem=_problem(report.problem))
    if trust.stored and trust.keys:
        yield say("chain.stored", count=trust.stored, key=fingerprint(trust.keys[-1]))
    for doubt in trust.doubts:
        name = printable(doubt.name) or say("chain.own")
        yield say(f"chain.doubt_{doubt.code}", seq=doubt.seq, name=name)


def _problem(problem: Problem) -> str:
    return say(f"chain.problem_{problem.code}", seq=problem.seq)


def _kept_words(
    kept: Sequence[Kept], report: ChainReport, doubts: Sequence[Doubt]
) -> Iterator[str]:
    doubted = {(doubt.name, doubt.seq) for doubt in doubts}
    for item in kept:
        if item.seq <= report.confirmed and (item.name, item.seq) not in doubted:
            yield say("chain.kept", seq=item.seq, name=printable(item.name))


def _unproven(report: ChainReport, trust: Trust, own_key: bool) -> Iterator[str]:
    if not report.confirmed:
        yield say("chain.no_checkpoint")
    elif report.confirmed < report.head.seq:
        yield say("chain.after", seq=report.confirmed)
    if trust.stored and not own_key:
        yield say("chain.no_key")
    for seq in trust.replaced:
        yield say("chain.replaced", seq=seq)
    yield say("chain.truth")
