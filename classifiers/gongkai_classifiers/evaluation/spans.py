"""Entities by strict match: the same kind at the very same characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai.model.reading import EntityKind
from gongkai_classifiers.evaluation.answers import Answer
from gongkai_classifiers.evaluation.gold import GoldEntity
from gongkai_classifiers.evaluation.sampling import bootstrap
from gongkai_classifiers.evaluation.scores import (
    Measure,
    Object,
    Slip,
    precision_recall,
    rounded,
)

ORGANIZATION = "ORGANIZATION"
"""Measured only where the gold marks any: most files mark what is sensitive, and bodies are not."""

OURS = {
    "PERSON": frozenset({EntityKind.PERSON}),
    "ADDRESS": frozenset({EntityKind.ADDRESS}),
    "PHONE": frozenset({EntityKind.PHONE}),
    "EMAIL": frozenset({EntityKind.EMAIL}),
    "ID_LIKE": frozenset(
        {
            EntityKind.ID_NUMBER,
            EntityKind.PASSPORT,
            EntityKind.PLATE,
            EntityKind.SOCIAL_SECURITY_NUMBER,
            EntityKind.CREDIT_CODE,
        }
    ),
    "BANK": frozenset({EntityKind.BANK_CARD}),
    "SENSITIVE_FACT": frozenset({EntityKind.SENSITIVE_FACT}),
    ORGANIZATION: frozenset({EntityKind.ORGANIZATION}),
}
"""Which kinds of ours a gold kind stands for."""

NOT_PRIVATE = frozenset({"ideology", "leader", "fiction"})
"""Notes on names that are nobody's private matter; PERSON is counted without and with them."""
DOUBTFUL = "doubtful"
"""The note on what its marker was not sure of: neither finding nor missing it counts."""
LOOK_ALIKES = frozenset({"index_no", "case_no"})
"""Notes on numbers that only look like an identity: marked so that finding them is an error."""
_CREDIT_CODE = "credit_code"
"""An index number that is built on a credit code may be found as one."""
_AROUND = 8
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """One document's entities of one kind: places meant, places found."""

    answer: Answer
    wanted: frozenset[Place]
    found: frozenset[Place]


def entities(answers: Sequence[Answer]) -> Measure:
    """Every kind of the gold, PERSON twice; documents nobody has marked are left out."""
    marked = [answer for answer in answers if answer.gold.entities is not None]
    values: Object = {}
    slips: list[Slip] = []
    for kind in OURS:
        if kind == ORGANIZATION and not _any(marked, kind):
            continue
        matches = [_match(answer, kind, _counts) for answer in marked]
        values[kind] = _scores(matches)
        slips += [slip for match in matches for slip in _slips(match, kind)]
        if kind == "PERSON":
            values["PERSON_WITH_FIGURES"] = _scores(
                [_match(answer, kind, lambda e: e.note != DOUBTFUL) for answer in marked]
            )
    return Measure(values, tuple(slips))


def _any(answers: Sequence[Answer], kind: str) -> bool:
    return any(e.kind == kind for answer in answers for e in answer.gold.entities or ())


def _counts(entity: GoldEntity) -> bool:
    return entity.note not in NOT_PRIVATE and entity.note != DOUBTFUL


def _match(answer: Answer, kind: str, counts: Callable[[GoldEntity], bool]) -> Match:
    gold = [e for e in answer.gold.entities or () if e.kind == kind]
    wanted = {(e.start, e.end) for e in gold if counts(e) and e.note not in LOOK_ALIKES}
    ignored = [(e.start, e.end) for e in gold if not counts(e) or _is_built_on_code(e)]
    found = {p for p in _found(answer, kind) if not any(_overlap(p, i) for i in ignored)}
    return Match(answer, frozenset(wanted), frozenset(found))


def _is_built_on_code(entity: GoldEntity) -> bool:
    return entity.note in LOOK_ALIKES and entity.sub == _CREDIT_CODE


def _found(answer: Answer, kind: str) -> Iterable[Place]:
    if answer.examined is None:
        return
    for entity in answer.examined.reading.entities:
        place = answer.position(entity.span) if entity.kind in OURS[kind] else None
        if place is not None:
            yield place


def _overlap(first: Place, second: Place) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _scores(matches: Sequence[Match]) -> Object:
    correct = sum(len(m.wanted & m.found) for m in matches)
    found = sum(len(m.found) for m in matches)
    wanted = sum(len(m.wanted) for m in matches)
    return {
        **precision_recall(correct, found, wanted),
        "f1": round(_f1(matches), 4) if found or wanted else None,
        "f1_interval": rounded(bootstrap([m for m in matches if m.found or m.wanted], _f1)),
    }


def _f1(matches: Sequence[Match]) -> float:
    correct = sum(len(m.wanted & m.found) for m in matches)
    both = sum(len(m.found) + len(m.wanted) for m in matches)
    return 2 * correct / both if both else 0.0


def _slips(match: Match, kind: str) -> Iterable[Slip]:
    text, about = match.answer.gold.text, f"entities {kind}"
    for start, end in sorted(match.wanted ^ match.found):
        words = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", "⏎")
        shown = text[start:end]
        missed = (start, end) in match.wanted
        yield Slip(
            about, match.answer.gold.id, shown if missed else "", "" if missed else shown, words
        )
