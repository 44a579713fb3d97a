"""The guard of the review: what is on record, held against one move."""

from __future__ import annotations

from datetime import date

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.refusal import Refused
from gongkai.messages import say
from gongkai.model.move import Allow, Move, Refuse
from gongkai.policy.profile import load_profile
from gongkai.settings import Office
from gongkai.workdays.office_calendar import load_calendar
from gongkai_plugins.secrecy_review.checks import Rules, objections
from gongkai_plugins.secrecy_review.library import library_of
from gongkai_plugins.secrecy_review.opening import opened
from gongkai_plugins.secrecy_review.opinions import Direction
from gongkai_plugins.secrecy_review.reading import facts_of

OURS = frozenset(
    {
        Act.SIGN,
        Act.REFER,
        Act.ANSWER,
        Act.CONCLUDE,
        Act.CORRECT,
        Act.ACCEPT,
        Act.APPROVE,
        Act.REGISTER,
        Act.PUBLISH,
    }
)
"""Acts the review has a say in; of the others nothing is read."""


def ruling(move: Move) -> Allow | Refuse | None:
    """What the review says to a move.

    Whatever cannot be read raises, and the host takes that as a refusal: the guard fails
    closed (SEC-01). A record that changes while it looks changes the revision, which the
    transaction of the move checks again.
    """
    if move.act not in OURS:
        return None
    with opened(move.office) as (office, connection):
        facts = facts_of(connection, office.settings, move.case, date.fromisoformat(move.acted_on))
        if facts.case.revision != move.revision:
            return Refuse(words(Refused("moved_meanwhile")))
        found = objections(move, facts, rules_of(office))
    if found is None:
        return None
    return Refuse("\n".join(map(words, found))) if found else Allow()


def rules_of(office: Office) -> Rules:
    """What an office goes by today; raises ``ConfigurationError`` for a file that is wrong."""
    return Rules(
        load_profile(office.settings.profile, [office.profile_folder]),
        library_of(office.root),
        load_calendar(office.root),
        date.today(),
    )


def words(refused: Refused) -> str:
    """One reason in the user's language, with the way out."""
    values = {name: _value(value) for name, value in refused.values.items()}
    return say(f"gongkai_plugins.secrecy_review:refused_{refused.code}", **values)


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return say("people.or").join(map(str, value))
    if isinstance(value, Direction):
        return say(f"gongkai_plugins.secrecy_review:direction_{value}")
    return value
