"""Measures with one answer per document: kind, own labels, forwarding."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.reading import Label, LabelScope
from gongkai.policy.profile import Profile
from gongkai.script import normalise
from gongkai_classifiers.evaluation import baselines
from gongkai_classifiers.evaluation.answers import Answer
from gongkai_classifiers.evaluation.gold import GoldDocument
from gongkai_classifiers.evaluation.scores import (
    Measure,
    Slip,
    accuracy,
    precision_recall,
)
from gongkai_classifiers.kinds import STATUTORY

STOPPED = "(stopped: secrecy mark)"
NOTHING = "(nothing)"
SHOWN = 40
"""So many characters of misleading words are listed."""


def doc_type(answers: Sequence[Answer]) -> Measure:
    """The kind of every document, against the commonest kind and the title's last word."""
    confusion: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    slips = []
    for answer in answers:
        gold, found = answer.gold.kind, _kind(answer)
        confusion[gold][found] += 1
        if not same_kind(gold, found):
            slips.append(Slip("doc_type", answer.gold.id, gold, found, _kind_words(answer)))
    documents = [answer.gold for answer in answers]
    commonest = baselines.majority(document.kind for document in documents)
    right = [same_kind(answer.gold.kind, _kind(answer)) for answer in answers]
    values = {
        **accuracy(right),
        "confusion": {gold: dict(row) for gold, row in sorted(confusion.items())},
        "baselines": {
            "majority": {
                "value": commonest,
                **accuracy([document.kind == commonest for document in documents]),
            },
            "title_rule": accuracy(
                [document.kind == baselines.title_kind(document.title) for document in documents]
            ),
        },
    }
    return Measure(values, tuple(slips))


def same_kind(gold: str, found: str) -> bool:
    """Whether two names are one kind: 工作总结 and 总结, yet not 律师函 and 函.

    Statutory kinds are exact; of the others one name may be the end of the other.
    """
    if gold == found or gold in STATUTORY:
        return gold == found
    return bool(found) and (gold.endswith(found) or found.endswith(gold))


def _kind(answer: Answer) -> str:
    return answer.examined.reading.doc_type.value if answer.examined else STOPPED


def _kind_words(answer: Answer) -> str:
    if answer.examined is None:
        return ""
    found = answer.examined.reading.doc_type
    return f"{found.rule}: {found.evidence.text[:SHOWN] if found.evidence else ''}"


def labels(answers: Sequence[Answer], profile: Profile) -> Measure:
    """Own labels against the words a document states: values found and values meant."""
    correct = found = wanted = 0
    plain_correct = plain_found = 0
    slips = []
    for answer in answers:
        gold = stated_value(answer.gold, profile)
        seen = _own_labels(answer)
        values = {label.attribute for label in seen}
        hit = gold is not None and gold in values
        correct, found, wanted = correct + hit, found + len(values), wanted + (gold is not None)
        if values != ({gold} - {None}):
            words = "; ".join(f"{label.text} ({label.source})" for label in seen)
            slips.append(
                Slip("labels", answer.gold.id, str(gold or NOTHING), _names(values), words)
            )
        plain = baselines.searched_label(answer.gold.text, profile)
        plain_found += plain is not None
        plain_correct += plain is not None and plain is gold
    values_ = {
        **precision_recall(correct, found, wanted),
        "baselines": {
            "majority": {"value": NOTHING, **precision_recall(0, 0, wanted)},
            "plain_search": precision_recall(plain_correct, plain_found, wanted),
        },
    }
    return Measure(values_, tuple(slips))


def stated_value(document: GoldDocument, profile: Profile) -> DisclosureAttribute | None:
    """What the words a document states mean; damaged words mean what the document is."""
    if not document.stated:
        return None
    words = re.split("[:|]", normalise(document.stated))[-1].strip(" ()[]【】")
    meaning = profile.attribute_for(words)
    return meaning or profile.attribute_for(document.attribute)


def _own_labels(answer: Answer) -> list[Label]:
    if answer.examined is None:
        return []
    return [each for each in answer.examined.reading.labels if each.scope is LabelScope.OWN]


def _names(values: Iterable[DisclosureAttribute | None]) -> str:
    return "、".join(sorted(str(value or "(two values)") for value in values)) or NOTHING


def forwarding(answers: Sequence[Answer]) -> Measure:
    """Which documents forward another one, and whether the one named is the one forwarded."""
    slips = []
    correct = found = titled = 0
    for answer in answers:
        cited = answer.examined.reading.citations if answer.examined else ()
        gold = bool(answer.gold.forwards)
        found += bool(cited)
        correct += gold and bool(cited)
        shown = "; ".join(f"{each.verb}《{each.title}》{each.doc_number}" for each in cited)
        named = any(_same_title(each.title, answer.gold.forwards) for each in cited)
        titled += gold and named
        if gold != bool(cited) or (gold and not named):
            expected = answer.gold.forwards or NOTHING
            words = "; ".join(each.span.text[:SHOWN] for each in cited if each.span)
            slips.append(Slip("forwarding", answer.gold.id, expected, shown or NOTHING, words))
    wanted = sum(bool(answer.gold.forwards) for answer in answers)
    plain = [answer.gold for answer in answers if baselines.title_forwards(answer.gold)]
    by_title = sum(bool(document.forwards) for document in plain)
    values = {
        **precision_recall(correct, found, wanted),
        "titles_right": titled,
        "baselines": {
            "majority": {"value": NOTHING, **precision_recall(0, 0, wanted)},
            "title_rule": precision_recall(by_title, len(plain), wanted),
        },
    }
    return Measure(values, tuple(slips))


def _same_title(found: str, gold: str) -> bool:
    first, second = (re.sub(r"\W", "", normalise(text)) for text in (found, gold))
    return bool(first) and (first in second or second in first)
