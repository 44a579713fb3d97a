"""Texts with the places of the names in them, and how they are kept: one JSON object a line."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai_classifiers.names import lexicon

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the half-open ranges of what it names, where it comes from and its part.

    ``part`` is "train" or "unseen": the latter is made from sentences that never train.
    """

    text: str
    persons: Ranges
    source: str
    part: str = "train"
    organizations: Ranges = ()
    addresses: Ranges = ()


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Writes examples; says how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for example in examples:
            line = {
                "text": example.text,
                "persons": example.persons,
                "source": example.source,
                "part": example.part,
                "organizations": example.organizations,
                "addresses": example.addresses,
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file that :func:`write_examples` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            persons, organizations, addresses = (
                tuple((start, end) for start, end in found.get(field, ()))
                for field in ("persons", "organizations", "addresses")
            )
            text, source, part = found["text"], found["source"], found["part"]
            yield Example(text, persons, source, part, organizations, addresses)


def read_iob2(path: Path) -> Iterator[Example]:
    """Sentences of a Universal NER file (.iob2.gz): the names are PER spans, the bodies ORG."""
    text, ranges = "", _ranges()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 3:
                if text and not line.strip():
                    yield _sentence(text, ranges)
                    text, ranges = "", _ranges()
                continue
            start = len(text)
            text += columns[1]
            place, _, kind = columns[2].partition("-")
            spans = ranges.get(kind)
            if spans is not None and place == "B":
                spans.append((start, len(text)))
            elif spans and place == "I":
                spans[-1] = (spans[-1][0], len(text))
    if text:
        yield _sentence(text, ranges)


def _ranges() -> dict[str, list[tuple[int, int]]]:
    return {"PER": [], "ORG": []}


def _sentence(text: str, ranges: dict[str, list[tuple[int, int]]]) -> Example:
    return Example(text, tuple(ranges["PER"]), "uner", organizations=tuple(ranges["ORG"]))


_NO_PLACES = frozenset({"市辖区", "县", "直辖", "城区", "郊区", "省直辖县级行政区划"})
_BREAK = re.compile("(?<=[。；;])")


def read_prose(path: Path) -> Iterator[str]:
    """Sentences of a gzipped text in which ``### `` heads each document."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith("### "):
                yield from (part for part in _BREAK.split(line.strip()) if len(part) > 3)


def read_places(path: Path) -> tuple[str, ...]:
    """Names of provinces, cities and counties of a gzipped JSON file, wherever they stand in it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = json.load(file)
    names: set[str] = set()
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and 2 <= len(value) <= 6 and value not in _NO_PLACES:
            names.add(value)
    return tuple(sorted(names))


def read_given_names(path: Path) -> tuple[str, ...]:
    """Given names of a word list (``word count tag`` a line, tag nr for people)."""
    known = lexicon()
    given: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if rest.endswith(" nr") and 2 <= len(word) <= 4 and known.begins_with_surname(word):
            name = word[2:] if word[:2] in known.surnames else word[1:]
            if 1 <= len(name) <= 2 and word not in known.never:
                given.append(name)
    return tuple(given)


def read_words(path: Path, tags: Sequence[str], fewest: int) -> tuple[str, ...]:
    """The words of a word list that have one of the tags and are frequent enough."""
    rows = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return tuple(
        row[0]
        for row in rows
        if len(row) == 3 and row[2] in tags and int(row[1]) >= fewest and len(row[0]) <= 3
    )
