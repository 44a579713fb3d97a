"""补办: a paper issued outside is entered afterwards, with reason, signer and day (A15)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from gongkai.casework.dossier import LATE
from gongkai.errors import ActionRefused
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.roles import Actor
from gongkai.lifecycle.state import BEFORE_SIGNATURES, UNDER_SIGNATURES
from gongkai.messages import say
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

    Raises ``ActionRefused`` for somebody who may not, and for a case that was signed here: it
    was not issued outside, and is not excused from the order.
    """
    require(by, Permission.ENTER_LATE)
    take_turn(connection, Turn.NUMBERS)
    case = cases.find(connection, number)
    if case.state not in BEFORE_SIGNATURES | UNDER_SIGNATURES:
        state = say(f"case.state_{case.state}")
        raise ActionRefused("case_not_late", number=number, state=state)
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
