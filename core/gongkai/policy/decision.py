"""The advised attribute: the first matching row of the decision table wins, the rest is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.model.attribute import DisclosureAttribute, strictest
from gongkai.model.bundle import Bundle
from gongkai.model.reading import Reading
from gongkai.model.verdict import Confidence, FiredRule, Mode, Suggestion
from gongkai.policy.direction import Direction
from gongkai.policy.impressions import AGAINST_OPEN_ROWS, learnt, likeliest
from gongkai.policy.profile import Profile
from gongkai.policy.question import Match, Question, SourceFact
from gongkai.policy.rows import TABLE, redaction_needed

__all__ = ["SourceFact", "suggest"]

INHERITING = "row-5"
GOING_ON = "row-6"
LAST = "row-15"
OVERLAY = "overlay"
OPEN_ROWS = frozenset({"row-11", "row-12"})
OWN_CONTENT = frozenset({"row-7", "row-8", "row-9", "row-10", "row-13"})
"""Rows by which the text of a forwarding document itself may be stricter than its source."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A row with its match."""

    id: str
    match: Match


def suggest(
    reading: Reading,
    bundle: Bundle,
    sources: Sequence[SourceFact],
    direction: Direction,
    profile: Profile,
) -> Suggestion:
    """Advise an attribute (requirements §6): pure, and independent of the document's labels.

    ``rules`` holds every row that fired, the deciding one first. ``attribute`` is None when
    a human must say without advice (row 14, with a hint). Row 2 freezes: mode ``REFER`` with
    NOT_DISCLOSED meanwhile.
    """
    question = Question(reading, bundle, tuple(sources), direction, profile)
    fired = [
        Fired(id, match)
        for id, row in TABLE
        if profile.in_force(id) and (match := row(question)) is not None
    ]
    winner = next((each for each in fired if each.id != GOING_ON), None)
    if winner is None:
        return Suggestion(None, Mode.NONE, Confidence.LOW)
    if found := learnt(question, winner.id):
        winner = Fired(found.row, found.match)
        fired = [winner, *fired]
    others = [each for each in fired if each is not winner and each.id != LAST]
    attribute = _attribute(winner, others, profile)
    rules = [_rule(each, profile) for each in (winner, *others)]
    redaction = redaction_needed(question) if winner.id in OPEN_ROWS else None
    if redaction is not None and profile.in_force(OVERLAY):
        rules.append(_rule(Fired(OVERLAY, redaction), profile))
    return Suggestion(
        attribute=attribute,
        mode=_mode(winner, others),
        confidence=_confidence(winner, others, question),
        rules=tuple(rules),
        hint=_hint(winner, attribute),
    )


def _attribute(
    winner: Fired, others: Sequence[Fired], profile: Profile
) -> DisclosureAttribute | None:
    """The winner's value, made stricter by sources and by a forwarding document's own text."""
    value = winner.match.attribute
    bounds = [each.match.attribute for each in others if each.id == GOING_ON]
    if winner.id == INHERITING and profile.forwarding_mode == "equal_or_stricter":
        bounds += [each.match.attribute for each in others if each.id in OWN_CONTENT]
    known = [bound for bound in bounds if bound is not None]
    return strictest([value, *known]) if value is not None else None


def _rule(fired: Fired, profile: Profile) -> FiredRule:
    match = fired.match
    basis = profile.basis(fired.id)
    return FiredRule(fired.id, match.attribute, basis, match.evidence, match.chance)


def _mode(winner: Fired, others: Sequence[Fired]) -> Mode:
    if winner.id == "row-2":
        return Mode.REFER
    if winner.match.attribute is None:
        return Mode.NONE
    if winner.id == INHERITING:
        return Mode.INHERITED
    return Mode.REDETERMINED if any(each.id == GOING_ON for each in others) else Mode.OWN


def _hint(winner: Fired, attribute: DisclosureAttribute | None) -> DisclosureAttribute | None:
    if winner.id == LAST:
        return attribute
    return DisclosureAttribute.ON_REQUEST if winner.id == "row-14" else None


def _confidence(winner: Fired, others: Sequence[Fired], question: Question) -> Confidence:
    """From the score of the winner, or of the other open row, down for each reason to doubt."""
    profile, score = question.profile, winner.match.score
    if winner.id in OPEN_ROWS:
        score = max([score, *(each.match.score for each in others if each.id in OPEN_ROWS)])
    steps = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    level = (score >= profile.threshold("suggestion.medium")) + (
        score >= profile.threshold("suggestion.high")
    )
    doubts = [
        any(each.id == GOING_ON for each in others),
        _contradicted(winner, others, question),
        question.kind == "报告" and question.direction is Direction.UNKNOWN,
        winner.match.chance is None
        and winner.id in OPEN_ROWS
        and any(each.id in {"row-13", "row-14"} for each in others),
    ]
    return steps[max(0, level - sum(doubts))]


def _contradicted(winner: Fired, others: Sequence[Fired], question: Question) -> bool:
    """Whether model and rules say different things: one of them is wrong."""
    if winner.match.chance is not None:
        return any(each.id in OPEN_ROWS for each in others) and winner.id not in OPEN_ROWS
    attribute, chance = likeliest(question)
    return (
        attribute is not None
        and attribute is not winner.match.attribute
        and chance >= question.profile.threshold(AGAINST_OPEN_ROWS)
    )
