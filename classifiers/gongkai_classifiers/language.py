"""One spaCy pipeline over a bundle: every component of ours, in order, on one Doc.

The tokens are characters and nothing but characters, so a token's index is its offset and a
Doc keeps no words of a document in the shared vocabulary. spaCy is imported when the
pipeline is first asked for, never by importing this package.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from gongkai.model.reading import Observations, Span
from gongkai_classifiers.view import View

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

COMPONENTS = (
    "doc_type@4",
    "elements@2",
    "labels@2",
    "marks@1",
    "forwarding@2",
    "identifiers@2",
    "contacts@2",
    "persons@4",
    "organizations@1",
    "addresses@1",
    "rosters@2",
    "topics@1",
    "triggers@2",
    "grounds@3",
)
"""Modules of this package, in the order they run, each with its version.

A module offers ``observe(view) -> Observations``. Its version grows when it may see
something else in the same text.
"""

PREFIX = "gongkai_"


Observe = Callable[[View], Observations]


class Characters:
    """A tokenizer that makes each code point a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        # Each character is looked up once, not once per occurrence.
        known = {character: self.vocab.strings.add(character) for character in set(text)}
        words = list(map(known.__getitem__, text))
        # spaCy takes the ids of words as well as words; its annotations do not say so.
        return Doc(self.vocab, words=words, spaces=[False] * len(text))  # type: ignore[arg-type]


@cache
def pipeline() -> Language:
    """The pipeline, built once per process: blank Chinese and one factory per component."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    for extension in ("gongkai_view", "gongkai_observations", "gongkai_bases"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    language = spacy.blank("zh")
    language.tokenizer = Characters(language.vocab)
    for component in COMPONENTS:
        name = component.partition("@")[0]
        observe: Observe = import_module(f"gongkai_classifiers.{name}").observe
        factory = PREFIX + name
        if not Language.has_factory(factory):
            Language.factory(factory, func=_factory(component, observe))
        language.add_pipe(factory)
    return language


def _factory(component: str, observe: Observe) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    """A factory for spaCy: the component's observations go onto the Doc, its spans too if asked."""

    def observing(doc: Doc) -> Doc:
        seen = dataclasses.replace(observe(doc._.gongkai_view), components=(component,))
        doc._.gongkai_observations = (*(doc._.gongkai_observations or ()), seen)
        bases: dict[str, int] | None = doc._.gongkai_bases
        if bases is None:
            return doc
        doc.spans[PREFIX + component.partition("@")[0]] = [
            doc[bases[span.place] + span.start : bases[span.place] + span.end]
            for span in _spans(seen)
            if span.place in bases and span.end > span.start
        ]
        return doc

    return lambda nlp, name: observing


def read(view: View) -> Doc:
    """The Doc of a bundle, all components run: main text, then each attachment's.

    ``doc.spans["gongkai_labels"]`` and the like hold what stands on the printed page;
    ``doc._.gongkai_observations`` holds everything, hidden places included.
    """
    language = pipeline()
    doc = language.make_doc("\n".join(transcript.text for _, transcript in view.members))
    doc._.gongkai_view = view
    doc._.gongkai_bases = _bases(view)
    return language(doc)


def observations(view: View) -> Observations:
    """What all components see in a bundle, each field in the components' order.

    The components look at the view, so the Doc that leads through the pipeline stays empty:
    a token per character would cost as much as several of them.
    """
    language = pipeline()
    doc = language.make_doc("")
    doc._.gongkai_view = view
    seen: tuple[Observations, ...] = language(doc)._.gongkai_observations
    merged = {
        field.name: tuple(item for part in seen for item in getattr(part, field.name))
        for field in dataclasses.fields(Observations)
    }
    return Observations(**merged)


def _bases(view: View) -> dict[str, int]:
    """Where each printed block begins in the Doc, by its place in the bundle."""
    bases: dict[str, int] = {}
    offset = 0
    for _, transcript in view.members:
        for block, start in zip(transcript.blocks, transcript.starts, strict=True):
            bases.setdefault(transcript.prefix + block.place, offset + start)
        offset += len(transcript.text) + 1
    return bases


def _spans(seen: Observations) -> Iterator[Span]:
    for field in dataclasses.fields(Observations):
        if field.name in {"components", "impressions"}:
            continue
        for item in getattr(seen, field.name):
            span = item.evidence if field.name == "doc_types" else item.span
            if span is not None:
                yield span
    for impression in seen.impressions:
        yield from impression.spans
