"""What the net of segments is learnt from, in which amounts and with which seeds."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from gongkai.script import normalise
from gongkai_classifiers.segment_net import SegmentNet
from gongkai_classifiers.segments import Sort, segments
from gongkai_classifiers.training.body_papers import body_papers, with_bodies
from gongkai_classifiers.training.examples import (
    Example,
    read_given_names,
    read_iob2,
    read_places,
    read_prose,
    read_words,
)
from gongkai_classifiers.training.invented import words
from gongkai_classifiers.training.made_bodies import Bodies
from gongkai_classifiers.training.made_names import Names
from gongkai_classifiers.training.made_places import Places
from gongkai_classifiers.training.recipe import given_characters

_LONGEST_SENTENCE = 300
_NOUNS = ("n", "vn", "nz", "an")
_VERBS = ("v", "d", "p", "c", "vn", "vd", "r")
_LOCAL = "(?:政府|法院|检察院|委员会|[局厅部委院])"
_LEVEL = (
    "[省市县区州旗乡镇](?:人民)?(?:政府|法院|检察院|代表大会|人大|[\u4e00-\u9fff]{2,6}[局委厅])"
)


@dataclass(frozen=True, slots=True)
class SegmentAmounts:
    """How much of each source, and the seed of all chance."""

    papers: int = 100_000
    unseen: int = 1_000
    prose: int = 50_000
    seed: int = 5


@dataclass(frozen=True, slots=True)
class SegmentSources:
    """Files the recipe reads; none of them is part of this package."""

    statutes: Path
    uner: Path
    places: Path
    names: Path | None = None


def segment_examples(sources: SegmentSources, amounts: SegmentAmounts) -> Iterator[Example]:
    """All examples; those of part "unseen" come from sentences of their own."""
    chance = random.Random(amounts.seed)
    places = read_places(sources.places)
    prose = list(islice(read_prose(sources.statutes), amounts.prose * 4))
    chance.shuffle(prose)
    marked = list(islice(national(prose, places), amounts.prose))
    plain = [example.text for example in marked if not example.organizations]
    given = read_given_names(sources.names) if sources.names else ()
    verbs = read_words(sources.names, _VERBS, 300) if sources.names else ()
    nouns = read_words(sources.names, _NOUNS, 300) if sources.names else ()
    names = Names.of(chance, given_characters(plain[:20_000]), given)
    papers = body_papers(amounts.seed, plain, names, places, verbs, nouns)
    yield from papers.write(amounts.papers, "train")
    yield from papers.write(amounts.unseen, "unseen")
    yield from marked
    yield from with_bodies(
        plain, Bodies(chance, Places(chance, places, names.rare), names, nouns), chance
    )
    for _ in range(2):
        yield from read_iob2(sources.uner)


def national(sentences: Sequence[str], places: Sequence[str]) -> Iterator[Example]:
    """Sentences of statutes with the bodies of the state marked.

    Those that name a body of a region or a level are left out: 县人民政府 is a class of bodies in
    a statute and one body in a paper. What else they call 部门, 机关 or 法院 is no body in either.
    """
    known = sorted(words("bodies.txt")["国家"], key=len, reverse=True)
    body = re.compile(f"(?:{'|'.join(known)})(?![门队署级委])")
    local = re.compile(f"(?:{'|'.join(places)})[^,，。、；]{{0,12}}{_LOCAL}|{_LEVEL}")
    for sentence in sentences:
        if len(sentence) > _LONGEST_SENTENCE or local.search(sentence):
            continue
        ranges = tuple(found.span() for found in body.finditer(sentence))
        yield Example(sentence, (), "statutes", organizations=ranges)


def reached(examples: Iterable[Example], net: SegmentNet) -> Iterator[str]:
    """For each sort what the net finds of marked examples: precision and recall, strict."""
    correct, found, wanted = Counter[Sort](), Counter[Sort](), Counter[Sort]()
    for example in examples:
        seen = segments(normalise(example.text), net)
        for sort, ranges in (
            (Sort.ORGANIZATION, example.organizations),
            (Sort.ADDRESS, example.addresses),
        ):
            own = {(one.start, one.end) for one in seen if one.sort is sort}
            correct[sort] += len(own & set(ranges))
            found[sort] += len(own)
            wanted[sort] += len(ranges)
    for sort in Sort:
        precision = correct[sort] / max(1, found[sort])
        recall = correct[sort] / max(1, wanted[sort])
        yield f"{sort.name}: precision {precision:.3f}, recall {recall:.3f} of {wanted[sort]}"
