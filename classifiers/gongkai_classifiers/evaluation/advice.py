"""The advised attribute: accuracy, recall of each value, and what was left to a human."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.verdict import Suggestion
from gongkai.policy.profile import Profile
from gongkai_classifiers.evaluation import baselines
from gongkai_classifiers.evaluation.answers import Answer
from gongkai_classifiers.evaluation.decided import NOTHING, SHOWN, STOPPED, stated_value
from gongkai_classifiers.evaluation.gold import NOT_APPLICABLE, UNDECIDED
from gongkai_classifiers.evaluation.sampling import bootstrap
from gongkai_classifiers.evaluation.scores import Measure, Object, Slip, accuracy, rounded


def suggestion(answers: Sequence[Answer], profile: Profile) -> Measure:
    """The advised attribute: accuracy where the answer is sure, recall of each of the values.

    Advising nothing counts as wrong; what the rules leave to a human is counted apart, and
    what is no official document not at all.
    """
    applicable = [a for a in answers if a.gold.attribute not in (NOT_APPLICABLE, UNDECIDED)]
    undecided = [a for a in answers if a.gold.attribute == UNDECIDED]
    sure = [a for a in applicable if a.gold.sure]
    values: Object = {
        **accuracy([_is_right(a, profile) for a in sure]),
        "macro_recall": round(_macro(applicable, profile), 4),
        "macro_recall_interval": rounded(
            bootstrap(applicable, lambda drawn: _macro(drawn, profile))
        ),
        "recall": {
            str(value): accuracy([_is_right(a, profile) for a in group])
            for value, group in _by_value(applicable, profile).items()
        },
        "by_source": {
            source: accuracy([_is_right(a, profile) for a in group])
            for source, group in _by_source(applicable).items()
        },
        "all": accuracy([_is_right(a, profile) for a in applicable]),
        "left_to_a_human": accuracy([_advised(a) is None for a in undecided]),
        "against_own_mark": _against_own_mark(answers, profile),
        "baselines": _suggestion_baselines(applicable, sure, profile),
    }
    wrong = [a for a in applicable if not _is_right(a, profile)]
    wrong += [a for a in undecided if _advised(a) is not None]
    slips = (
        Slip("suggestion", a.gold.id, _meant(a, profile), str(_advised(a) or NOTHING), _why(a))
        for a in wrong
    )
    return Measure(values, tuple(slips))


def _advised(answer: Answer) -> DisclosureAttribute | None:
    advice = _advice(answer)
    return advice.attribute if advice else None


def _advice(answer: Answer) -> Suggestion | None:
    return answer.verdict.suggestion if answer.verdict else None


def _is_right(answer: Answer, profile: Profile) -> bool:
    advised = _advised(answer)
    return advised is not None and advised is profile.attribute_for(answer.gold.attribute)


def _meant(answer: Answer, profile: Profile) -> str:
    return str(profile.attribute_for(answer.gold.attribute) or answer.gold.attribute)


def _why(answer: Answer) -> str:
    if answer.verdict is None:
        return STOPPED
    if answer.verdict.suggestion is None:
        return f"out of scope: {answer.verdict.scope_reason}"
    shown = []
    for rule in answer.verdict.suggestion.rules:
        words = "、".join(span.text[:SHOWN] for span in rule.evidence[:2])
        shown.append(f"{rule.id} {words}".rstrip())
    return "; ".join(shown)


def _by_value(
    answers: Iterable[Answer], profile: Profile
) -> dict[DisclosureAttribute, list[Answer]]:
    groups: dict[DisclosureAttribute, list[Answer]] = {}
    for answer in answers:
        value = profile.attribute_for(answer.gold.attribute)
        if value is not None:
            groups.setdefault(value, []).append(answer)
    return dict(sorted(groups.items()))


def _by_source(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.gold.source, []).append(answer)
    return dict(sorted(groups.items()))


def _macro(answers: Sequence[Answer], profile: Profile) -> float:
    groups = _by_value(answers, profile).values()
    recalls = [sum(_is_right(a, profile) for a in group) / len(group) for group in groups]
    return sum(recalls) / len(recalls) if recalls else 0.0


def _against_own_mark(answers: Sequence[Answer], profile: Profile) -> Object:
    """How often PROACTIVE was advised although the document's own mark says otherwise."""
    marked = [
        a
        for a in answers
        if stated_value(a.gold, profile) not in (None, DisclosureAttribute.PROACTIVE)
    ]
    advised = [a for a in marked if _advised(a) is DisclosureAttribute.PROACTIVE]
    return {"n": len(advised), "of": len(marked)}


def _suggestion_baselines(
    applicable: Sequence[Answer], sure: Sequence[Answer], profile: Profile
) -> Object:
    commonest = baselines.majority(_meant(a, profile) for a in applicable)
    groups = _by_value(applicable, profile).values()
    by_title = [
        sum(baselines.title_attribute(a.gold.title) == _meant(a, profile) for a in group)
        / len(group)
        for group in groups
    ]
    return {
        "majority": {
            "value": commonest,
            **accuracy([_meant(a, profile) == commonest for a in sure]),
            "macro_recall": round(1 / len(groups), 4) if groups else 0.0,
        },
        "title_rule": {
            **accuracy(
                [baselines.title_attribute(a.gold.title) == _meant(a, profile) for a in sure]
            ),
            "macro_recall": round(sum(by_title) / len(by_title), 4) if by_title else 0.0,
        },
    }
