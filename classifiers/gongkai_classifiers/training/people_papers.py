"""Papers about people: those of ``papers.txt``, and free prose of ``people.txt``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from gongkai_classifiers.names import lexicon
from gongkai_classifiers.training.examples import Example, read_words
from gongkai_classifiers.training.invented import NOBODY, Papers, genres, sections, words
from gongkai_classifiers.training.made_people import People, PeopleAndWords
from gongkai_classifiers.training.word_list import endings, roles

_VERBS = ("v", "vn", "d", "a", "ad")
_FEWEST = 60
_OWN = 4
"""How many times as often as a word of the list one of the templates stands for a name."""


@cache
def people_genres() -> Mapping[str, Sequence[str]]:
    """The sentences of each genre; those that name nobody go into all papers."""
    others, more = genres(), sections("people.txt")
    return {**others, **more, NOBODY: (*others[NOBODY], *more[NOBODY])}


@cache
def people_words() -> Mapping[str, tuple[str, ...]]:
    """What fills places of these sentences: words of both files, and the surnames."""
    own, others = words("people_words.txt"), words()
    both = {slot: (*others.get(slot, ()), *values) for slot, values in own.items()}
    return {**both, "姓氏": tuple(lexicon().surnames)}


def people_papers(
    seed: int,
    prose: Sequence[str],
    names: People,
    places: Sequence[str] = (),
    listed: Path | None = None,
) -> Papers:
    """Papers about people; with a word list many more verbs and nouns stand beside names."""
    papers = Papers(seed, prose, names, places, people_genres())
    filled: dict[str, Sequence[str]] = dict(people_words())
    if listed:
        done, said = read_words(listed, _VERBS, _FEWEST), roles(listed)
        filled |= {"动": done, "身": said, "尾": endings(listed)}
    for slot, values in filled.items():
        papers.fillers[slot] = partial(papers.random.choice, values)
    return papers


def mixed(papers: Papers, names: People, listed: Sequence[str], count: int) -> Iterator[Example]:
    """Papers in which words and titled surnames stand in half of the places of names, unmarked."""
    own = people_words()
    drawn = (*listed, *own["词"] * _OWN)
    all_words = frozenset(drawn)
    mixture = PeopleAndWords(
        names.chance, names.rare, names.surnames, names.weights, names.given,
        drawn, own["官称"], own["店"],
    )  # fmt: skip
    papers.names = mixture
    for example in papers.write(count, "train"):
        people = tuple(
            (start, end)
            for start, end in example.persons
            if not mixture.is_word(example.text[start:end], all_words)
        )
        source = example.source.replace("invented", "mixed")
        yield replace(example, persons=people, source=source)
