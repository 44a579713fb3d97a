"""The custodian's acts, each one transaction with the move of the case (REG-01, REG-02)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, insert

from gongkai.casework.acting import Beside, CaseRefused, Casework, Moved
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.roles import Actor
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.store import cases, chain
from gongkai.store.database import Turn, take_turn
from gongkai.workdays.calendar import Calendar
from gongkai_plugins.register import entries, fields, publications, tables
from gongkai_plugins.register.entries import About, Entry
from gongkai_plugins.register.fields import Fields, blanks, misfits
from gongkai_plugins.register.guard import ENTRY_NUMBER, field_words
from gongkai_plugins.register.prefill import is_late, proposed
from gongkai_plugins.register.publications import Publication

_OPEN = frozenset({State.REGISTERED, State.PUBLISHED, State.WITHHELD})


class Keeping:
    """The register of one office, as one person works on it."""

    def __init__(self, casework: Casework, actor: Actor, calendar: Calendar) -> None:
        self.work = casework
        self.actor = actor
        self.calendar = calendar
        self.keys = casework.profile.keys.registration

    def proposed(self, case: str) -> Fields:
        """The entry of a case as far as its record says it."""
        with self.work.database.read() as connection:
            return proposed(connection, case, self.work.profile, self.calendar, today())

    def add(self, case: str, entry: Fields) -> Entry:
        """Register a case. Raises ``ActionRefused`` with every reason against it."""
        require(self.actor, Permission.KEEP_REGISTER)
        made: list[Entry] = []

        def beside(connection: Connection, moved: Moved) -> None:
            history = cases.history(connection, moved.after)
            profile, on = self.work.profile, today()
            about = About(
                by=self.actor.name,
                at=moved.step.recorded_at,
                case=case,
                round=moved.after.round,
                core_fingerprint=moved.after.core_fingerprint,
                section=moved.after.section,
                late=is_late(moved.after, history, entry.cadence, profile, self.calendar, on),
            )
            made.append(entries.enter(connection, entry, about, self.keys.index_rule.value))

        self._carry_out(
            case, self._wish(Act.REGISTER, details=((fields.DETAIL, entry.text),)), beside
        )
        return made[0]

    def add_request(self, request: str, entry: Fields) -> Entry:
        """Register one item disclosed on request: once, and only once (REG-09)."""
        require(self.actor, Permission.KEEP_REGISTER)
        refuse_blanks(entry, request)
        with self.work.database.write() as connection:
            about = About(by=self.actor.name, at=now(), request=request)
            take_turn(connection, Turn.NUMBERS)
            return entries.enter(connection, entry, about, self.keys.index_rule.value)

    def publish(self, name: str, publication: Publication) -> bool:
        """Record where something became public; False when that is on record already.

        The case moves with the publication whose day counts; another place is recorded beside.
        """
        require(self.actor, Permission.RECORD_PUBLICATION)
        with self.work.database.read() as connection:
            entry, moves, known = self._publishing(connection, name, publication)
            case = cases.find(connection, entry.about.case)
        if known:
            return False

        def write(connection: Connection, at: str, *, counts: bool) -> None:
            publications.record(connection, entry, publication, self.actor.name, at, counts=counts)

        details = ((publications.DETAIL, publication.text),)
        wish = self._wish(Act.PUBLISH, publication.published_at[:10], details=details)
        if moves:
            self._carry_out(
                entry.about.case,
                wish,
                lambda connection, moved: write(connection, moved.step.recorded_at, counts=True),
            )
            return True
        if case.state is State.REGISTERED:
            # Another place before the main one makes it just as public: the same guards.
            self.work.weigh(case.number, wish)
        with self.work.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            take_turn(connection, Turn.NUMBERS)
            cases.touch(connection, case)
            write(connection, now(), counts=False)
        return True

    def _publishing(
        self, connection: Connection, name: str, publication: Publication
    ) -> tuple[Entry, bool, bool]:
        """The entry, whether the case moves with this, and whether it is on record already."""
        entry = entries.find(connection, name)
        current = entries.standing(connection, entry.about.case)
        if current is None or current.origin != entry.origin:
            raise refused(entry, "not_registered")
        if not current.fields.proactive:
            raise refused(entry, "only_proactive")
        case = cases.find(connection, current.about.case)
        on_record = publications.of_origin(connection, current.origin)
        if any(each.publication.mark == publication.mark for each in on_record):
            return current, False, True
        if case.state not in (State.REGISTERED, State.PUBLISHED):
            raise refused(entry, "not_registered")
        on = today().isoformat()
        if why := publications.problem(current, publication, on, after_the_fact=case.late):
            raise refused(entry, f"publication_{why}")
        main = self.keys.main_channel.value
        counts = publications.is_counting(current, publication.channel, main, on_record)
        return current, counts and case.state is State.REGISTERED, False

    def withhold(self, case: str) -> Moved:
        """Close a case that is not disclosed of the office's own accord (REG-13)."""
        require(self.actor, Permission.KEEP_REGISTER)
        entry = self._standing(case)

        def beside(connection: Connection, moved: Moved) -> None:
            payload = {
                "year": entry.year,
                "serial": entry.serial,
                "origin": entry.origin,
                "attribute": entry.fields.attribute,
                "reason": entry.fields.reason,
                "basis": entry.fields.basis,
                "next_review": entry.fields.next_review,
            }
            at = moved.step.recorded_at
            chain.append(
                connection, "register.withheld", entry.subject, payload, self.actor.name, at
            )

        details = ((ENTRY_NUMBER, entry.number),)
        return self._carry_out(entry.about.case, self._wish(Act.WITHHOLD, details=details), beside)

    def cancel(self, name: str, reason: str) -> Entry:
        """Cancel an entry; its row stays and its number is not given again (REG-03)."""
        require(self.actor, Permission.KEEP_REGISTER)
        if not reason.strip():
            raise ActionRefused("gongkai_plugins.register:needs_reason")
        with self.work.database.read() as connection:
            entry = last_of(connection, entries.find(connection, name))
        if entry.about.case:
            details = ((ENTRY_NUMBER, entry.number),)
            wish = self._wish(Act.CANCEL, reason=reason, details=details)
            self._carry_out(
                entry.about.case,
                wish,
                lambda connection, moved: self._cancelled(
                    connection, entry, reason, moved.step.recorded_at
                ),
            )
        else:
            with self.work.database.write() as connection:
                take_turn(connection, Turn.NUMBERS)
                last_of(connection, entry)
                self._cancelled(connection, entry, reason, now())
        return entry

    def withdraw(self, name: str, reason: str, explanation: str) -> Moved:
        """Take back what is public; a change or an end is explained to the public (SRC-18)."""
        with self.work.database.read() as connection:
            entry = entries.find(connection, name)

        def beside(connection: Connection, moved: Moved) -> None:
            at = moved.step.recorded_at
            publications.withdraw(connection, entry, reason, explanation, self.actor.name, at)

        details = (("register.explanation", explanation),) if explanation else ()
        wish = self._wish(Act.WITHDRAW, reason=reason, details=details)
        return self._carry_out(entry.about.case, wish, beside)

    def _cancelled(self, connection: Connection, entry: Entry, reason: str, at: str) -> None:
        values = {"origin": entry.origin, "case": entry.about.case, "reason": reason}
        by = self.actor.name
        connection.execute(insert(tables.cancellation).values(**values, by=by, at=at))
        payload = {**values, "year": entry.year, "serial": entry.serial}
        chain.append(connection, "register.cancelled", entry.subject, payload, by, at)

    def _standing(self, name: str) -> Entry:
        with self.work.database.read() as connection:
            return last_of(connection, entries.find(connection, name))

    def _wish(
        self,
        act: Act,
        acted_on: str = "",
        reason: str = "",
        details: tuple[tuple[str, str], ...] = (),
    ) -> Wish:
        return Wish(
            act=act,
            actor=self.actor,
            acted_on=acted_on or today().isoformat(),
            recorder=self.actor,
            reason=reason,
            details=details,
        )

    def _carry_out(self, case: str, wish: Wish, beside: Beside) -> Moved:
        return self.work.carry_out(case, wish, beside)


def last_of(connection: Connection, entry: Entry) -> Entry:
    """The entry that counts where this one does.

    Raises ``CaseRefused`` when it was cancelled, or another came in its place.
    """
    about = entry.about
    found = (
        entries.standing(connection, about.case)
        if about.case
        else entries.of_request(connection, about.request)
    )
    if found is None or found.origin != entry.origin:
        raise refused(entry, "not_standing")
    return found


def refuse_blanks(entry: Fields, name: str) -> None:
    """For an entry without a case: every blank or misfit at once."""
    reasons = []
    if missing := blanks(entry, needs_resolution=False):
        reasons.append(say("gongkai_plugins.register:blank_fields", fields=field_words(missing)))
    if wrong := misfits(entry):
        reasons.append(say("gongkai_plugins.register:misfit_fields", fields=field_words(wrong)))
    if reasons:
        raise CaseRefused(name, tuple(reasons))


def refused(entry: Entry, why: str) -> CaseRefused:
    """The refusal of an act on an entry, for one reason."""
    return CaseRefused(entry.number, (say(f"gongkai_plugins.register:{why}"),))


def today() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()
