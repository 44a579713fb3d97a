"""``gongkai register checkpoint`` and ``key``: the chain's head, signed for somebody else."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import FolderPath, shown
from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.errors import ActionRefused, StoreError
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.store import checkpoints, signing_key
from gongkai.store.chain_format import GENESIS
from gongkai.store.checkpoint_format import fingerprint
from gongkai.store.checkpoint_paper import foot, write_paper
from gongkai.store.signing_key import Act


def act_of(session: Session, permission: Permission) -> Act:
    """Who acts for which office now; raises ``ActionRefused`` for somebody who may not."""
    actor = session.actor()
    require(actor, permission)
    return Act(session.organization.name, actor.name, now())


@click.command("checkpoint", cls=Command)
@option("--kept-by", default="", metavar="WHO")
@option("--note", default="")
@option("--out", type=FolderPath(), metavar="DIR")
@option("--last", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def checkpoint(
    session: Session, kept_by: str, note: str, out: Path | None, last: bool, as_json: bool
) -> int:
    """Verify, sign the head, record that, and write the paper to hand away."""
    folder = out or session.office.root / say("chain.folder")
    with session.database() as database:
        if last:
            with database.read() as connection:
                made = checkpoints.latest(connection)
            if made is None:
                raise ActionRefused("checkpoint_none")
        else:
            act = act_of(session, Permission.REGISTER_CHAIN_CHECKPOINT)
            made = checkpoints.record(database, session.office.data, act, (kept_by, note))
    file = write_paper(folder, made)
    assert made.checkpoint is not None
    statement = made.checkpoint.statement
    if as_json:
        session.print_json(
            {
                "seq": statement.seq,
                "hash": statement.hash,
                "made_at": statement.made_at,
                "public_key": statement.key,
                "signature": made.checkpoint.signature,
                "file": shown(file),
            }
        )
        return 0
    session.tell(say("chain.made", seq=statement.seq, file=shown(file)))
    session.tell(foot(statement))
    if statement.previous == GENESIS:
        session.remark(say("chain.first_key", key=fingerprint(statement.key)))
    return 0


@click.group("key", cls=Group)
def key() -> None:
    """Commands about the signing key."""


@key.command("show", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(session: Session, as_json: bool) -> int:
    """Every public key of the office, oldest first."""
    with session.database() as database, database.read() as connection:
        known = signing_key.recorded(connection)
    if not known:
        raise ActionRefused("signing_key_none")
    for record in known:
        if not record.genuine:
            raise StoreError("checkpoint_record_lost", seq=record.seq)
        if as_json:
            session.print_json(
                {
                    "seq": record.seq,
                    "public_key": record.key,
                    "fingerprint": fingerprint(record.key),
                    "signed_by_previous": bool(record.by_previous),
                }
            )
        else:
            session.tell(
                say(
                    "chain.key", seq=record.seq, fingerprint=fingerprint(record.key), key=record.key
                )
            )
    return 0


@key.command("renew", cls=Command)
@option("--reason", default="")
@option("--lost", is_flag=True)
@click.pass_obj
def renew(session: Session, reason: str, lost: bool) -> int:
    """A new key, signed by the old one unless that is lost."""
    act = act_of(session, Permission.REGISTER_CHAIN_CHECKPOINT)
    change = signing_key.replace_lost if lost else signing_key.renew
    with session.database() as database:
        new = change(database, session.office.data, reason, act)
    session.tell(
        say("chain.key_lost" if lost else "chain.key_renewed", key=fingerprint(new.public))
    )
    return 0
