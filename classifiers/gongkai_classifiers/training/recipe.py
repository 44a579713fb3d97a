"""What the built-in weights are learnt from, in which amounts and with which seeds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai_classifiers.training.examples import (
    Example,
    read_examples,
    read_given_names,
    read_iob2,
    read_places,
)
from gongkai_classifiers.training.grounds_prose import grounds_prose
from gongkai_classifiers.training.lessons import trusted
from gongkai_classifiers.training.made_people import People
from gongkai_classifiers.training.people_papers import mixed, people_papers
from gongkai_classifiers.training.substituted import for_pronouns, renamed, with_names
from gongkai_classifiers.training.word_list import counter_words

_NO_GIVEN_NAME = frozenset(
    "的了是和与或及等为在被将对从按由于其该此各每本我你他它们这那不无未已曾就都也又"
)
_RARE = 2600


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each source, and the seed of all chance."""

    papers: int = 84_000
    mixed: int = 18_000
    grounds: int = 6
    unseen: int = 1_500
    renamings: int = 8
    substituted: int = 60_000
    aside: int = 8_000
    seed: int = 11


@dataclass(frozen=True, slots=True)
class Sources:
    """Files the recipe reads; none of them is part of this package."""

    silver: Path
    uner: Path
    places: Path | None = None
    names: Path | None = None


def given_characters(texts: Iterable[str]) -> str:
    """Frequent characters that a given name may have though few have them."""
    counts = Counter(c for text in texts for c in text if "\u4e00" <= c <= "\u9fff")
    return "".join(c for c, _ in counts.most_common(_RARE) if c not in _NO_GIVEN_NAME)


def examples(sources: Sources, amounts: Amounts) -> Iterator[Example]:
    """All examples; those of part "unseen" never train and measure what was learnt.

    They are papers from sentences of their own, and labelled prose put aside.
    """
    chance = random.Random(amounts.seed)
    silver = list(read_examples(sources.silver))
    chance.shuffle(silver)
    aside = min(amounts.aside, len(silver) // 10)
    for example in silver[:aside]:
        yield Example(example.text, example.persons, example.source, "unseen")
    kept = list(trusted(silver[aside:]))
    yield from kept
    prose = [example.text for example in kept if not example.persons]
    given = read_given_names(sources.names) if sources.names else ()
    names = People.of(chance, given_characters(example.text for example in kept), given)
    places = read_places(sources.places) if sources.places else ()
    papers = people_papers(amounts.seed, prose, names, places, sources.names)
    yield from papers.write(amounts.papers, "train")
    yield from papers.write(amounts.unseen, "unseen")
    yield from with_names(prose[: amounts.substituted], names, chance)
    gold = list(read_iob2(sources.uner))
    for _ in range(2):
        yield from gold
    for _ in range(amounts.renamings):
        yield from renamed(gold, names, chance)
        yield from for_pronouns(gold, names, chance)
    yield from grounds_prose(amounts.grounds, names, places, chance)
    listed = counter_words(sources.names, given) if sources.names else ()
    papers = people_papers(amounts.seed + 1, prose, names, places, sources.names)
    yield from mixed(papers, names, listed, amounts.mixed)
