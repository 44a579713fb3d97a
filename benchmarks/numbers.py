"""Finding numbers in text, against Presidio given the same patterns and validators."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.lines import Goal, Line, Sizes, Unit, ratio_line
from benchmarks.papers import paragraphs
from benchmarks.rounds import compare
from gongkai.samples.people import people
from gongkai.script import normalise
from gongkai_classifiers.identifiers import full_scan, identifiers
from gongkai_classifiers.number_patterns import PATTERNS, REACH, NumberPattern

LENGTH = 2_000
GOAL = Goal(10, at_least=True)
Hit = tuple[str, int, int]


class NoPresidio(Exception):
    """presidio-analyzer is not installed: it comes with the extra ``benchmark``."""


def texts(count: int) -> list[str]:
    """``count`` texts of 2,000 characters of official prose with a handful of numbers each."""
    chance = random.Random(7)
    persons = people(200, seed=5)
    made = []
    for number in range(count):
        lines = list(paragraphs(30, seed=number + 100))
        for person in chance.sample(persons, 2):
            lines.insert(
                chance.randrange(12),
                f"{person.name}，身份证号码：{person.id_number}，电话{person.phone}。",
            )
            lines.insert(chance.randrange(12), f"补助资金打入银行卡{person.bank_card}。")
        made.append(normalise("\n".join(lines))[:LENGTH])
    return made


def numbers(sizes: Sizes) -> Iterator[Line]:
    """How many times as fast gongkai finds the same numbers in the same texts."""
    case = f"{sizes.texts} texts of {LENGTH:,} characters"
    corpus = texts(sizes.texts)
    try:
        peer = presidio()
    except NoPresidio:
        yield Line(
            "identifiers",
            f"Presidio, {case}",
            None,
            Unit.RATIO,
            goal=GOAL,
            note="presidio-analyzer is not installed: pip install 'gongkai[benchmark]'",
        )
    else:
        hits = agreed(corpus, peer)
        # The peer is the slower side, so it stands on top: how many times as fast we are.
        found = compare(
            lambda: _each(peer, corpus), lambda: _each(identifiers, corpus), sizes.rounds
        )
        line = ratio_line("identifiers", f"Presidio ÷ ours, {case}", found, GOAL, f"{hits} hits")
        yield _turned(line)
    found = compare(
        lambda: _each(full_scan, corpus), lambda: _each(identifiers, corpus), sizes.rounds
    )
    yield _turned(ratio_line("identifiers", f"our own full scan ÷ ours, {case}", found, None))


def agreed(corpus: Sequence[str], peer: Callable[[str], list[Any]]) -> int:
    """The number of hits both sides agree on; raises ``AssertionError`` when they differ."""
    total = 0
    for text in corpus:
        ours = {(hit.pattern, hit.start, hit.end) for hit in identifiers(text)}
        theirs = settled([(hit.entity_type, hit.start, hit.end) for hit in peer(text)])
        if ours != theirs:
            raise AssertionError(f"other hits: {sorted(ours ^ theirs)}")
        total += len(ours)
    return total


def settled(hits: Sequence[Hit]) -> set[Hit]:
    """Of hits that overlap, the one whose pattern stands first; not part of the measured time."""
    rank = {pattern.name: number for number, pattern in enumerate(PATTERNS)}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (rank[hit[0]], hit[1])):
        if all(hit[2] <= other[1] or other[2] <= hit[1] for other in kept):
            kept.append(hit)
    return set(kept)


def presidio() -> Callable[[str], list[Any]]:
    """Presidio's engine without language work, with our patterns, validators and cue words.

    Raises ``NoPresidio``.
    """
    try:
        from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
        from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
    except ImportError as error:
        raise NoPresidio from error

    class NoLanguageWork(NlpEngine):
        def load(self) -> None:
            return None

        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> Any:
            nothing: Any = None
            return NlpArtifacts([], nothing, [], [], self, language)

        def process_batch(
            self, texts: Any, language: str, batch_size: int = 1, n_process: int = 1, **named: Any
        ) -> Any:
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return ["zh"]

    class Ours(PatternRecognizer):
        def __init__(self, pattern: NumberPattern) -> None:
            self.ours = pattern
            super().__init__(
                supported_entity=pattern.name,
                supported_language="zh",
                patterns=[Pattern(pattern.name, pattern.regex.pattern, 0.5)],
                global_regex_flags=0,
            )

        def validate_result(self, pattern_text: str) -> bool:
            return self.ours.valid(pattern_text)

        def analyze(self, text: str, *given: Any, **named: Any) -> list[Any]:
            cue, unless = self.ours.cue, self.ours.unless
            kept = []
            for hit in super().analyze(text, *given, **named):
                before = text[max(0, hit.start - REACH) : hit.start]
                if (cue is None or cue.search(before)) and not (unless and unless.search(before)):
                    kept.append(hit)
            return kept

    registry = RecognizerRegistry(
        recognizers=[Ours(pattern) for pattern in PATTERNS], supported_languages=["zh"]
    )
    engine = AnalyzerEngine(
        registry=registry, nlp_engine=NoLanguageWork(), supported_languages=["zh"]
    )
    return lambda text: list(engine.analyze(text, language="zh"))


def _each(find: Callable[[str], object], corpus: Sequence[str]) -> None:
    for text in corpus:
        find(text)


def _turned(line: Line) -> Line:
    """The same line with its two sides named the right way round."""
    return replace(line, ours=line.peer, peer=line.ours)
