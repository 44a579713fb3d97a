"""From written papers to the model of grounds: what is held out, what is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.policy.profile import load_profile
from gongkai_classifiers.evaluation.composed import PROFILE, composed
from gongkai_classifiers.evaluation.composed import Part as PapersPart
from gongkai_classifiers.genres import NOT_OFFICIAL
from gongkai_classifiers.gist import Part, Piece, pieces
from gongkai_classifiers.ngrams import Run, runs
from gongkai_classifiers.training.ground_learn import (
    SIZE,
    Space,
    learn,
    on_one_thread,
    packed,
    scores,
    sharpness,
    softmax,
)
from gongkai_classifiers.training.ground_papers import drafted, read_statutes, view_of, written
from gongkai_classifiers.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

VARIANTS = 3
SEED = 1
STATUTE_SHARE = 0.5
"""How much a statute counts beside a written paper: they are many and alike."""
UNOFFICIAL_SHARE = 2.0
"""The same for a text that is no official paper: they are few, and unlike each other."""
_COMPOSED, _STATUTES = "composed", "statutes"
_WITHIN = {
    "process": ("UPWARD", "CONSULTATION", "DISCUSSION", "CASE", "SECURITY"),
    "private": ("PRIVATE",),
    "internal": ("INTERNAL",),
    "public": ("VITAL", "WIDE"),
    "open": ("OPEN",),
}
"""Grounds of this model within each ground of the composed papers."""
GROUNDS = {
    "up": "UPWARD", "consult": "CONSULTATION", "discuss": "DISCUSSION", "case": "CASE",
    "security": "SECURITY", "private": "PRIVATE", "internal": "INTERNAL", "vital": "VITAL",
    "wide": "WIDE", "open": "OPEN",
}  # fmt: skip
VALUES = {
    "UPWARD": "withheld", "CONSULTATION": "withheld", "DISCUSSION": "withheld", "CASE": "withheld",
    "SECURITY": "withheld", "PRIVATE": "on request", "INTERNAL": "on request", "VITAL": "public",
    "WIDE": "public", "OPEN": "left to a human",
}  # fmt: skip
FEWEST_OF_A_KIND = 14
_SAME = {"答复": "函"}
"""Kinds that ``doc_type`` tells by another name."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A paper's runs, its batch and what it may be; ``bare`` without the word for its kind."""

    batch: str
    grounds: tuple[str, ...]
    kind: str
    runs: tuple[Run, ...]
    bare: tuple[Run, ...]
    share: float = 1.0


def lessons(statutes: Path | None = None) -> list[Lesson]:
    """All written papers in variants, the composed papers rules were tuned on, and statutes.

    Statutes are public whatever they speak of; they come from a file and are optional. Drafts and
    texts that are no official papers teach kinds alone, papers that lack a part grounds alone.
    """
    on_one_thread()
    found = []
    for paper in written(VARIANTS, SEED):
        lesson = _lesson(view_of(paper.lines), paper.batch, (GROUNDS[paper.heading],))
        found.append(replace(lesson, kind="") if paper.lacking else lesson)
    for document in composed(PapersPart.SEEN, load_profile(PROFILE)):
        if document.source in _WITHIN:
            view = view_of([line for line in document.text.split("\n") if line])
            found.append(_lesson(view, _COMPOSED, _WITHIN[document.source]))
    for lines in read_statutes(statutes) if statutes else ():
        statute = _lesson(view_of(lines), _STATUTES, ("WIDE",))
        found.append(replace(statute, share=STATUTE_SHARE))
    for paper in drafted(SEED):
        own = runs(pieces(view_of(paper.lines)), SIZE)
        share = UNOFFICIAL_SHARE if paper.heading == NOT_OFFICIAL else 1.0
        found.append(Lesson(paper.batch, (), paper.heading, own, own, share))
    return found


def _lesson(view: View, batch: str, grounds: tuple[str, ...]) -> Lesson:
    own = pieces(view)
    title = view.layout.title
    kind = title.word.kind if title and title.word else ""
    kind = _SAME.get(kind, kind)
    return Lesson(batch, grounds, kind, runs(own, SIZE), runs(without_kind(view, own), SIZE))


def without_kind(view: View, found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the title's last words for its kind left out."""
    title = view.layout.title
    if title is None or title.word is None:
        return tuple(found)
    left_out = len(title.text) - title.word.start
    return tuple(
        Piece(piece.part, piece.line, 0, max(0, len(piece.line.text) - left_out))
        if piece.part is Part.TITLE and piece.line.number == title.last
        else piece
        for piece in found
    )


@dataclass(frozen=True, slots=True)
class Result:
    """Arrays of one head, and what it reached on batches it had not learnt from."""

    head: dict[str, NDArray[np.generic]]
    answers: tuple[str, ...]
    right: NDArray[np.bool_]
    held_out: Reals
    wanted: Reals
    batches: tuple[str, ...]


def ground_head(taught: Sequence[Lesson]) -> Result:
    """The head for grounds; papers known only by their value are learnt as what they seem."""
    import numpy as np

    answers = tuple(GROUNDS.values())
    known = [lesson for lesson in taught if lesson.grounds]
    wanted = np.array([[1.0 * (a in lesson.grounds) for a in answers] for lesson in known])
    return _head(known, [lesson.runs for lesson in known], wanted, answers)


def kind_head(taught: Sequence[Lesson]) -> Result:
    """The head for kinds, learnt without the words that name them."""
    import numpy as np

    titled = [lesson for lesson in taught if lesson.kind and lesson.batch != _STATUTES]
    counts = {kind: sum(each.kind == kind for each in titled) for kind in {e.kind for e in titled}}
    answers = tuple(sorted(kind for kind, count in counts.items() if count >= FEWEST_OF_A_KIND))
    known = [lesson for lesson in titled if lesson.kind in answers]
    wanted = np.array([[1.0 * (a == lesson.kind) for a in answers] for lesson in known])
    return _head(known, [lesson.bare for lesson in known], wanted, answers)


def _head(
    taught: Sequence[Lesson],
    found: Sequence[tuple[Run, ...]],
    wanted: Reals,
    answers: tuple[str, ...],
) -> Result:
    import numpy as np

    space = Space.of(found, SEED)
    batch = np.array([lesson.batch for lesson in taught])
    shares = np.array([lesson.share for lesson in taught])
    held_out = np.zeros(wanted.shape)
    for name in sorted(set(batch.tolist())):
        rest = batch != name
        learnt = _learnt(space.points[rest], wanted[rest], shares[rest])
        held_out[~rest] = scores(space.points[~rest], learnt)
    sharp = sharpness(held_out, wanted / wanted.sum(axis=1, keepdims=True))
    chances = softmax(held_out * sharp)
    right = wanted[np.arange(len(wanted)), chances.argmax(axis=1)] > 0
    weights, bias = space.weights(_learnt(space.points, wanted, shares))
    head = {
        "answers": np.array(answers),
        "sharpness": np.array(sharp, dtype=np.float32),
        **packed(weights, bias),
    }
    return Result(head, answers, right, chances, wanted, tuple(batch.tolist()))


def _learnt(points: Reals, wanted: Reals, shares: Reals) -> Reals:
    """Learnt from the papers of one answer first, then from all, the others shared out."""
    import numpy as np

    sure = wanted.sum(axis=1) == 1
    learnt = learn(points[sure], wanted[sure], shares[sure])
    if sure.all():
        return learnt
    seeming = softmax(scores(points, learnt)) * wanted
    shared = np.where(sure[:, None], wanted, seeming / seeming.sum(axis=1, keepdims=True))
    return learn(points, shared, shares)
