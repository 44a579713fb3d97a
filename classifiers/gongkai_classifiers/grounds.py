"""What a paper seems to be about, by the trained model, with the words that speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.model.reading import GroundCode, Impression, Observations, Span
from gongkai_classifiers.gist import Part, Piece, pieces
from gongkai_classifiers.ground_model import built_in
from gongkai_classifiers.ngrams import Run, runs
from gongkai_classifiers.view import View

VERSION = "1"

LEAST = 0.05
"""Chances below are not worth telling."""
EXPLAINED = 0.3
"""From here on the words are looked for."""
FEWEST = 15
"""A body of fewer characters says nothing: 现将有关事项函告如下."""
_SENTENCE = re.compile("[^。;!?]+[。;!?]?")


def observe(view: View) -> Observations:
    """The chance of each ground; nothing for a text with next to no words."""
    found = pieces(view)
    if sum(len(piece.text) for piece in found if piece.part is Part.BODY) < FEWEST:
        return Observations()
    model = built_in()
    seen = runs(found, model.size)
    chances = model.grounds.chances(seen)
    impressions = tuple(
        Impression(
            GroundCode(name),
            round(chance, 4),
            tuple(_words(view, seen, name)) if chance >= EXPLAINED else (),
        )
        for name, chance in sorted(chances.items(), key=lambda item: -item[1])
        if chance >= LEAST
    )
    return Observations(impressions=impressions)


def _words(view: View, seen: Sequence[Run], ground: str) -> Iterator[Span]:
    """The title, and the sentence of the paper that speaks loudest for a ground."""
    voices = built_in().grounds.speaking(seen, ground)
    best: tuple[float, Piece, int, int] | None = None
    for piece, voice in voices.items():
        if piece.part is Part.TITLE:
            if voice.sum() > 0:
                yield _span(view, piece, 0, len(piece.text))
            continue
        if piece.part is not Part.BODY:
            continue
        for sentence in _SENTENCE.finditer(piece.text):
            loud = float(voice[sentence.start() : sentence.end()].sum())
            if best is None or loud > best[0]:
                best = loud, piece, sentence.start(), sentence.end()
    if best is not None and best[0] > 0:
        yield _span(view, *best[1:])


def _span(view: View, piece: Piece, start: int, end: int) -> Span:
    return view.main.span(*piece.line.locate(piece.start + start, piece.start + end))
