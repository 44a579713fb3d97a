"""Asking all plugins one question, one plugin at a time, whatever they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from gongkai.hosting.answers import Answer, Answers, Failure, FailureKind, announcement
from gongkai.hosting.deadline import TimeUp, within
from gongkai.hosting.guest import Guest, Trouble, trace, where
from gongkai.hosting.shapes import Check

T = TypeVar("T")

Announce = Callable[[str], None]
Outcomes = Iterator[tuple[Guest, object]]
"""Each plugin that has the hook, with its answer, its failure or ``Abstained``."""

_Ask = Callable[[Guest, str, Mapping[str, object]], list[object] | None]


class Abstained:
    """Marks a plugin that was asked and had nothing to say."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How plugins are asked: in which order, within which time, and whom to tell."""

    guests: tuple[Guest, ...]
    time_limit: float
    announce: Announce
    skipped: frozenset[str]

    def announced(self, hook: str, check: Check, **values: object) -> Outcomes:
        """Ask in this thread; a supervisor has been told whom to blame if it never ends."""
        return self._outcomes(hook, check, self._enter, values)

    def limited(self, hook: str, check: Check, **values: object) -> Outcomes:
        """Ask with a time limit; a plugin that exceeds it is switched off."""
        return self._outcomes(hook, check, self._enter_limited, values)

    def _outcomes(
        self, hook: str, check: Check, ask: _Ask, values: Mapping[str, object]
    ) -> Outcomes:
        for guest in self.guests:
            if not guest.may_offer(hook):
                continue
            if guest.name in self.skipped:
                yield guest, Failure(guest.name, hook, FailureKind.KILLED)
                continue
            try:
                answers = ask(guest, hook, values)
            except Trouble as trouble:
                yield guest, Failure(guest.name, hook, trouble.kind, trouble.detail, trouble.trace)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                # A plugin may raise anything, sys.exit() included; it speaks for itself alone.
                raised = trace(error.__traceback__)
                yield guest, Failure(guest.name, hook, FailureKind.RAISED, where(error), raised)
            else:
                if answers is not None:
                    yield guest, _judged(guest, hook, check, answers)

    def _enter(self, guest: Guest, hook: str, values: Mapping[str, object]) -> list[object] | None:
        self.announce(announcement(guest.name, hook))
        try:
            return guest.ask(hook, values)
        finally:
            self.announce("")

    def _enter_limited(
        self, guest: Guest, hook: str, values: Mapping[str, object]
    ) -> list[object] | None:
        # Announced here and not in the thread: one left behind must not speak up later.
        self.announce(announcement(guest.name, hook))
        try:
            return within(self.time_limit, lambda: guest.ask(hook, values))
        except TimeUp:
            raise guest.switch_off(self.time_limit) from None
        finally:
            self.announce("")


def _judged(guest: Guest, hook: str, check: Check, answers: list[object]) -> object:
    if not answers:
        return Abstained
    problem = f"{len(answers)} answers, not 1" if len(answers) > 1 else check(answers[0])
    if problem:
        return Failure(guest.name, hook, FailureKind.WRONG_TYPE, problem)
    return answers[0]


def all_of(outcomes: Outcomes) -> Answers[T]:
    """Every outcome, sorted into answers, failures and abstentions."""
    answers: list[Answer[T]] = []
    failures: list[Failure] = []
    abstained: list[str] = []
    for guest, outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif outcome is Abstained:
            abstained.append(guest.name)
        else:
            # The hook's check has looked at every field.
            answers.append(Answer(guest.name, cast("T", outcome)))
    return Answers(tuple(answers), tuple(failures), tuple(abstained))


def first_of(outcomes: Outcomes) -> Answers[T]:
    """Outcomes up to the first that is not an abstention; later plugins are not asked."""

    def until_decided() -> Outcomes:
        for guest, outcome in outcomes:
            yield guest, outcome
            if outcome is not Abstained:
                return

    return all_of(until_decided())
