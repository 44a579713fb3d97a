"""先审核、后登记、再公开 (REG-02): what a move of registration must bring, or it is refused.

The entry travels with the move, so that what is judged is what will be written. A move that
reaches a registered case without the register's own record is refused with the way out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.model.determination import DeterminationStatus
from gongkai.model.move import Allow, Move, Refuse
from gongkai.moment import now
from gongkai.policy.profile import Profile, load_profile
from gongkai.settings import load_office
from gongkai.store import cases, determinations
from gongkai.store.database import Database
from gongkai_plugins.register import entries, fields, publications, resolutions
from gongkai_plugins.register.fields import Fields, blanks, misfits
from gongkai_plugins.register.publications import Publication

ENTRY_NUMBER = "register.number"
"""Which entry a move withholds or cancels: its number, so that nobody does so unawares."""

Reasons = Iterator[str]


def answer(move: Move) -> Allow | Refuse | None:
    """Allow, or every reason against it; None for a move that is no business of the register."""
    ask = _ASKED.get(move.act)
    if ask is None or (move.act == Act.CANCEL and move.source != State.REGISTERED):
        return None
    office = load_office(Path(move.office))
    profile = load_profile(office.settings.profile, [office.profile_folder])
    with Database(office.database_url) as database, database.read() as connection:
        reasons = list(ask(connection, move, profile))
    return Refuse("；".join(reasons)) if reasons else Allow()


def entry_reasons(entry: Fields, case: Case, profile: Profile) -> Reasons:
    """What of an entry is blank or does not fit, all at once."""
    rule = profile.keys.approval.register_reference.value
    if missing := blanks(entry, needs_resolution=rule != "none"):
        yield say("gongkai_plugins.register:blank_fields", fields=field_words(missing))
    if wrong := misfits(entry):
        yield say("gongkai_plugins.register:misfit_fields", fields=field_words(wrong))
    if case.attribute is None or entry.attribute != case.attribute:
        yield say("gongkai_plugins.register:other_attribute")


def field_words(names: tuple[str, ...]) -> str:
    """Fields by the names they have on the form."""
    words = (say(f"gongkai_plugins.register:field_{name}") for name in names)
    return say("gongkai_plugins.register:and").join(words)


def _register(connection: Connection, move: Move, profile: Profile) -> Reasons:
    entry = Fields.of(move.detail(fields.DETAIL))
    if entry is None:
        yield say("gongkai_plugins.register:use_add")
        return
    case = cases.find(connection, move.case)
    on = move.acted_on
    yield from entry_reasons(entry, case, profile)
    approved = determinations.current(connection, case.document, move.core_fingerprint)
    made = approved.determination if approved else None
    if made is None or made.status is not DeterminationStatus.DETERMINED:
        yield say("gongkai_plugins.register:not_approved")
    elif made.attribute is not case.attribute:
        yield say("gongkai_plugins.register:other_attribute")
    rule = profile.keys.approval.register_reference.value
    if rule != "none" and entry.resolution.strip():
        found = resolutions.find(connection, entry.resolution)
        if why := resolutions.objection(found, move.case, on, rule):
            yield say(f"gongkai_plugins.register:{why}", number=entry.resolution)


def _publish(connection: Connection, move: Move, profile: Profile) -> Reasons:
    entry = entries.standing(connection, move.case)
    if entry is None or entry.about.core_fingerprint != move.core_fingerprint:
        yield say("gongkai_plugins.register:not_registered")
        return
    publication = Publication.of(move.detail(publications.DETAIL))
    if publication is None:
        yield say("gongkai_plugins.register:use_publish")
        return
    case = cases.find(connection, move.case)
    today = now()[:10]
    why = publications.problem(entry, publication, today, after_the_fact=case.late)
    if why:
        yield say(f"gongkai_plugins.register:publication_{why}")


def _withhold(connection: Connection, move: Move, profile: Profile) -> Reasons:
    entry = entries.standing(connection, move.case)
    if entry is None or entry.about.core_fingerprint != move.core_fingerprint:
        yield say("gongkai_plugins.register:not_registered")
    elif move.detail(ENTRY_NUMBER) != entry.number:
        yield say("gongkai_plugins.register:use_withhold")
    elif missing := blanks(entry.fields, needs_resolution=False):
        yield say("gongkai_plugins.register:blank_fields", fields=field_words(missing))


def _cancel(connection: Connection, move: Move, profile: Profile) -> Reasons:
    entry = entries.standing(connection, move.case)
    # Without an entry there is nothing a cancellation could leave standing.
    if entry is not None and move.detail(ENTRY_NUMBER) != entry.number:
        yield say("gongkai_plugins.register:use_cancel")


_ASKED: Mapping[str, Callable[[Connection, Move, Profile], Reasons]] = {
    Act.REGISTER: _register,
    Act.PUBLISH: _publish,
    Act.WITHHOLD: _withhold,
    Act.CANCEL: _cancel,
}
