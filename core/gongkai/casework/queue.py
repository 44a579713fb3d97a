"""The queue of cases: the pressing first, then whoever has waited longest (B24)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from gongkai.casework.dossier import may_see_title
from gongkai.lifecycle.case import Case, Situation
from gongkai.lifecycle.decide import possible
from gongkai.lifecycle.roles import Actor, Role
from gongkai.lifecycle.separation import barred
from gongkai.lifecycle.state import State
from gongkai.lifecycle.turn import whose_turn
from gongkai.policy.profile import Profile
from gongkai.settings import Office
from gongkai.store import cases, tables

URGENT_FIRST = ("特提", "特急", "加急", "急件", "平急")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue: since when its round is under way, and whose turn it is."""

    case: Case
    title: str
    submitted_at: str
    turn: tuple[Role, ...]


def queue(
    connection: Connection,
    office: Office,
    profile: Profile,
    viewer: Actor,
    states: Collection[State] = (),
) -> list[Waiting]:
    """The cases in these states, all when none is named, in the order to take them up."""
    submitted = _submitted(connection)
    titles = _titles(connection)
    found = [
        Waiting(
            case,
            titles.get(case.document, "")
            if may_see_title(connection, office, case, viewer)
            else "",
            submitted.get(case.id, case.opened_at),
            whose_turn(case, profile),
        )
        for case in cases.in_states(connection, states)
    ]
    return sorted(found, key=_pressing)


def waits_for(connection: Connection, waiting: Waiting, actor: Actor, profile: Profile) -> bool:
    """Whether somebody may take the next step himself, what he did before considered."""
    case = waiting.case
    held = [role for role in waiting.turn if actor.holds(role, case.section) is not None]
    if not held:
        return False
    situation = Situation(case, cases.history(connection, case))
    return any(not barred(situation, actor.name, role, profile) for role in held)


def states_at_work() -> frozenset[State]:
    """The states in which somebody still has something to do."""
    return frozenset(state for state in State if state not in _ENDED and possible(state))


_ENDED = frozenset({State.PUBLISHED, State.WITHHELD, State.WITHDRAWN, State.CANCELLED})


def _pressing(waiting: Waiting) -> tuple[int, str, str]:
    urgency = waiting.case.urgency
    known = URGENT_FIRST.index(urgency) if urgency in URGENT_FIRST else len(URGENT_FIRST)
    return (known, waiting.submitted_at, waiting.case.number)


def _submitted(connection: Connection) -> dict[int, str]:
    """When the round under way began, by case."""
    case, move = tables.case.c, tables.move.c
    rows = connection.execute(
        select(move.case_id, func.min(move.recorded_at).label("at"))
        .join(tables.case, and_(case.id == move.case_id, case.round == move.round))
        .group_by(move.case_id)
    )
    return {row.case_id: row.at for row in rows}


def _titles(connection: Connection) -> dict[int, str]:
    document = tables.document.c
    rows = connection.execute(
        select(document.id, document.title).join(
            tables.case, tables.case.c.document_id == document.id
        )
    )
    return {row.id: row.title for row in rows}
