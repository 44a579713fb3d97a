"""What is reached without reading: the commonest answer, the title's last words, plain search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile, fold
from gongkai.script import normalise
from gongkai_classifiers.evaluation.gold import GoldDocument
from gongkai_classifiers.kinds import KINDS

NOT_OFFICIAL = "非公文"
_FORWARDS = re.compile("批转|转发|转载")
_WITHHELD = frozenset({"请示", "报告", "函", "纪要"})
_WORDS = re.compile("|".join(sorted(KINDS, key=len, reverse=True)))


def majority(values: Iterable[str]) -> str:
    """The commonest value; of equally common ones the first in order."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value), default="")


def title_kind(title: str) -> str:
    """The last word of a title that names a kind, wherever it stands."""
    words = _WORDS.findall("".join(normalise(title).split()))
    return KINDS[words[-1]] if words else NOT_OFFICIAL


def title_attribute(title: str) -> DisclosureAttribute:
    """Withheld when the title's kind is one that often is, public otherwise."""
    withheld = title_kind(title) in _WITHHELD
    return DisclosureAttribute.NOT_DISCLOSED if withheld else DisclosureAttribute.PROACTIVE


def title_forwards(document: GoldDocument) -> bool:
    """Whether a verb of forwarding stands anywhere in the title."""
    return _FORWARDS.search(normalise(document.title)) is not None


def searched_label(text: str, profile: Profile) -> DisclosureAttribute | None:
    """The first wording of a label that stands anywhere in the text."""
    folded = fold(text)
    found = [
        (place, -len(words), meaning)
        for words, meaning in profile.aliases.items()
        if (place := folded.find(words)) >= 0
    ]
    return min(found, key=lambda each: each[:2])[2].attribute if found else None
