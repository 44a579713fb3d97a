"""补办: a paper issued outside is entered afterwards, with reason, signer and day (A15)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from gongkai.casework.dossier import LATE
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.roles import Actor
from gongkai.people.permissions import Permission, require
from gongkai.store import cases, chain
from gongkai.store.database import Turn, take_turn


@dataclass(frozen=True, slots=True)
class LateEntry:
    """What is said of the issue that went before: the day, whose signature, and why."""

    issued_on: str
    signer: str
    reason: str


def enter_late(connection: Connection, number: str, entry: LateEntry, by: Actor, at: str) -> Case:
    """Mark a case as entered late; it then goes through the usual signatures, on paper.

    Raises ``ActionRefused`` for somebody who may not.
    """
    require(by, Permission.ENTER_LATE)
    take_turn(connection, Turn.NUMBERS)
    case = cases.find(connection, number)
    cases.note_late(connection, case, entry.reason)
    after = cases.touch(connection, case)
    payload = {
        "issued_on": entry.issued_on,
        "signer": entry.signer,
        "reason": entry.reason,
        "revision": after.revision,
    }
    chain.append(connection, LATE, f"case:{number}", payload, by.name, at)
    return after
