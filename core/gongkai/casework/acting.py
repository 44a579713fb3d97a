"""What people do to a case: asked, decided, guarded, and written in one transaction.

Guards look outside the transaction, since they may take their time; the transaction then holds
only if nothing has moved meanwhile. Everybody else hears of a move after it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from gongkai.casework.decisions import determine
from gongkai.casework.situations import files_are_judged, situation
from gongkai.casework.vouching import vouch
from gongkai.errors import ActionRefused
from gongkai.host import BUILT_INS, Host
from gongkai.hosting.answers import Refusal
from gongkai.lifecycle.act import Act, Duty
from gongkai.lifecycle.case import Case, Situation, Step, Wish
from gongkai.lifecycle.decide import Granted, decide
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.model.determination import Medium
from gongkai.model.move import Event, Move
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.policy.profile import Profile
from gongkai.settings import Office
from gongkai.store import cases, requests, returns
from gongkai.store.database import Database, Turn, take_turn


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that stands: the case before and after, and the step on record."""

    before: Case
    after: Case
    step: Step
    notice: str = ""


class CaseRefused(ActionRefused):
    """A wish the rules or a guard do not grant; says every reason and the way out."""

    def __init__(self, number: str, reasons: tuple[str, ...]) -> None:
        super().__init__("case_refused", number=number, reasons="\n".join(reasons))
        self.number = number
        self.reasons = reasons

    def __reduce__(self) -> tuple[object, ...]:
        return (CaseRefused, (self.number, self.reasons))


Beside = Callable[[Connection, Moved], None]
"""What a plugin writes in the transaction of a move."""


def _nothing(connection: Connection, moved: Moved) -> None:
    """Nothing stands beside the move."""


class Casework:
    """The cases of one office, for one process."""

    def __init__(self, office: Office, database: Database, profile: Profile, host: Host) -> None:
        self.office = office
        self.database = database
        self.profile = profile
        self.host = host

    def situation(self, number: str, on: date) -> Situation:
        """What a decision about a case would lean on now.

        Raises ``ActionRefused`` when there is no such case.
        """
        with self.database.read() as connection:
            case = cases.find(connection, number)
            judged = files_are_judged(connection, case)
            return situation(connection, self.office.settings, case, on, judged=judged)

    def weigh(self, number: str, wish: Wish) -> Granted:
        """What a wish would amount to, guards asked and nothing written.

        Raises like ``carry_out``.
        """
        seen = self._seen(number, wish)
        granted = self._granted(seen, wish)
        self._ask_guards(seen, wish, granted)
        return granted

    def carry_out(self, number: str, wish: Wish, beside: Beside = _nothing) -> Moved:
        """Make the move, or raise ``CaseRefused`` with every reason against it.

        ``beside`` writes in the same transaction: all of it stands, or nothing does. Raises
        ``ActionRefused`` when somebody else moved the case meanwhile.
        """
        seen = self._seen(number, wish)
        granted = self._granted(seen, wish)
        self._ask_guards(seen, wish, granted)
        with self.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            take_turn(connection, Turn.NUMBERS)
            case = cases.find(connection, number)
            if case.revision != seen.case.revision:
                raise ActionRefused("case_moved_meanwhile", number=number)
            judged, on = seen.judged, date.fromisoformat(wish.acted_on)
            again = situation(connection, self.office.settings, case, on, judged=judged)
            moved = self._write(connection, again, wish, self._granted(again, wish))
            beside(connection, moved)
        self._tell(moved)
        return moved

    def _seen(self, number: str, wish: Wish) -> Situation:
        """The situation a wish is about; raises ``ActionRefused`` for who may not record it."""
        if wish.medium is Medium.PAPER:
            require(wish.recorder, Permission.RECORD_FOR_OTHERS)
        return self.situation(number, date.fromisoformat(wish.acted_on))

    def _granted(self, seen: Situation, wish: Wish) -> Granted:
        answer = decide(seen, wish, self.profile)
        if isinstance(answer, tuple):
            raise CaseRefused(seen.case.number, tuple(map(refusal_words, answer)))
        return answer

    def _ask_guards(self, seen: Situation, wish: Wish, granted: Granted) -> None:
        case = seen.case
        move = Move(
            case=case.number,
            source=case.state,
            target=granted.target,
            actor=wish.actor.name,
            role=granted.held.role,
            revision=case.revision,
            core_fingerprint=case.core_fingerprint,
            attribute=granted.attribute,
            act=wish.act,
            office=str(self.office.root),
            details=wish.details,
            acted_on=wish.acted_on,
            on_behalf_of=granted.held.on_behalf_of,
            opinion=wish.opinion,
            reason=wish.reason,
            basis=wish.basis,
        )
        ruling = self.host.guard_transition(move, self._required(granted))
        if not ruling.allowed:
            raise CaseRefused(case.number, tuple(map(_guard_words, ruling.reasons)))

    def _required(self, granted: Granted) -> frozenset[str]:
        named = self.profile.keys.guards
        plugin = {
            Duty.SECRECY_REVIEW: named.secrecy_review.value,
            Duty.REGISTRATION: named.registration.value,
        }
        return frozenset(plugin[duty] for duty in granted.duties)

    def _write(
        self, connection: Connection, seen: Situation, wish: Wish, granted: Granted
    ) -> Moved:
        at = now()
        case = seen.case
        fingerprint = determine(connection, seen, wish, granted, self.profile, at)
        if wish.act is Act.VOUCH:
            vouch(connection, case, wish, at)
        step = Step(
            revision=case.revision + 1,
            act=wish.act,
            source=case.state,
            target=granted.target,
            round=granted.round,
            actor=wish.actor.name,
            acted_on=wish.acted_on,
            recorded_by=wish.recorder.name,
            recorded_at=at,
            role=granted.held.role,
            on_behalf_of=granted.held.on_behalf_of,
            fallback=granted.fallback,
            medium=wish.medium,
            opinion=wish.opinion,
            reason=wish.reason,
            basis=wish.basis,
            evidence=wish.evidence,
            attribute=granted.attribute,
            core_fingerprint=fingerprint,
            details=(*wish.details, *_agreement(wish)),
        )
        after = cases.move(
            connection,
            case,
            step,
            attribute=granted.attribute,
            drafter=wish.actor.name if wish.act is Act.PROPOSE else None,
            disputed=granted.disputed,
        )
        notice = ""
        if wish.act is Act.RETURN:
            reasons = [{"text": wish.reason, "basis": wish.basis}]
            by = wish.actor.name
            notice = returns.add_notice(connection, after, reasons, automatic=False, by=by, at=at)
        if wish.act in JUDGED_ANEW:
            requests.ask_for(connection, [case.document])
        return Moved(case, after, step, notice)

    def _tell(self, moved: Moved) -> None:
        """Whoever could not be told has failed alone: the move stands."""
        details = (
            ("act", str(moved.step.act)),
            ("source", str(moved.before.state)),
            ("target", str(moved.after.state)),
            ("revision", str(moved.after.revision)),
        )
        event = Event("case.moved", f"case:{moved.after.number}", now(), moved.step.actor, details)
        self.host.on_event(event)


JUDGED_ANEW = frozenset(
    {Act.PROPOSE, Act.CORRECT, Act.KEEP, Act.VOUCH, Act.APPROVE, Act.RELEASE, Act.REDETERMINE}
)
"""Acts after which the text has to be judged again: the record it is held against is another."""


def refusal_words(refused: Refused) -> str:
    """One reason in the user's language; codes in it become words."""
    return say(
        f"case.refused_{refused.code}",
        **{name: _value(value) for name, value in refused.values.items()},
    )


def _value(value: object) -> object:
    if isinstance(value, Role):
        return say(f"people.role_{value}")
    if isinstance(value, Act):
        return say(f"case.act_{value}")
    if isinstance(value, tuple):
        return say("people.or").join(str(_value(each)) for each in value)
    if isinstance(value, State):
        return say(f"case.state_{value}")
    return value


def _guard_words(refusal: Refusal) -> str:
    """The reason; whose it is stands before it, unless the plugin is one of gongkai's own."""
    own = any(plugin.name == refusal.plugin for plugin in BUILT_INS)
    if own:
        return refusal.reason
    return say("case.refused_by_guard", plugin=refusal.plugin, reason=refusal.reason)


def _agreement(wish: Wish) -> tuple[tuple[str, str], ...]:
    return (("agreed_with", wish.agreed_with),) if wish.agreed_with else ()
