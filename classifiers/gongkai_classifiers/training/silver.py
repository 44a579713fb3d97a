"""Labels by a teacher (Baidu LAC, Apache-2.0) for public prose; a tool of the workshop only.

The teacher runs where ``LAC`` and ``paddlepaddle`` are installed, never beside a user. Its
model files are read through ``paddle.inference``, since its own code needs an older Paddle.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongkai_classifiers.training.examples import Example, Ranges

_BATCH = 256
_LONGEST = 400


class Teacher:
    """Marks names in sentences."""

    def __init__(self) -> None:
        found = importlib.util.find_spec("LAC")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("LAC is not installed here; see docs/model.md for the workshop.")
        base = Path(found.submodule_search_locations[0]) / "lac_model"
        inference: Any = import_module("paddle.inference")
        self._numpy: Any = import_module("numpy")
        config = inference.Config(str(base / "model"))
        config.disable_gpu()
        config.disable_glog_info()
        self._predictor = inference.create_predictor(config)
        pairs = {name: _pairs(base / "conf" / name) for name in ("word.dic", "tag.dic", "q2b.dic")}
        self._words = {word: int(number) for number, word in pairs["word.dic"]}
        self._tags = {int(number): tag for number, tag in pairs["tag.dic"]}
        self._fold = dict(pairs["q2b.dic"])

    def names(self, sentences: Sequence[str]) -> list[Ranges]:
        """The names in each sentence."""
        numbers: list[int] = []
        bounds = [0]
        unknown = self._words["OOV"]
        for sentence in sentences:
            numbers += [self._words.get(self._fold.get(c, c), unknown) for c in sentence]
            bounds.append(len(numbers))
        handle = self._predictor.get_input_handle("words")
        handle.copy_from_cpu(self._numpy.array(numbers, "int64").reshape(-1, 1))
        handle.set_lod([bounds])
        self._predictor.run()
        output = self._predictor.get_output_handle(self._predictor.get_output_names()[0])
        tags = [self._tags[int(i)] for i in output.copy_to_cpu().reshape(-1)]
        return [_ranges(tags[start:end]) for start, end in pairwise(bounds)]


def _pairs(path: Path) -> list[tuple[str, str]]:
    rows = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8"))
    return [(row[0], row[1]) for row in rows if len(row) > 1]


def _ranges(tags: Sequence[str]) -> Ranges:
    found: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag == "PER-B":
            found.append((i, i + 1))
        elif tag == "PER-I" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
    return tuple(found)


def labelled(sentences: Iterable[str], teacher: Teacher) -> Iterator[Example]:
    """Each sentence with the names the teacher sees; longer ones are cut."""
    batch: list[str] = []
    for sentence in sentences:
        batch.append(sentence[:_LONGEST])
        if len(batch) == _BATCH:
            yield from _examples(batch, teacher)
            batch = []
    if batch:
        yield from _examples(batch, teacher)


def _examples(batch: Sequence[str], teacher: Teacher) -> Iterator[Example]:
    for sentence, ranges in zip(batch, teacher.names(batch), strict=True):
        yield Example(sentence, ranges, "silver")
