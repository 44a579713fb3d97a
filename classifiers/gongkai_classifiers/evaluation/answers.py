"""The answers of the very code path of ``gongkai check``, one document after another."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.errors import PluginError
from gongkai.examined import Examined, Request, Stopped
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.model.reading import Span
from gongkai.model.verdict import Verdict
from gongkai.pipeline import Examination
from gongkai.policy.profile import Profile
from gongkai.settings import Organization
from gongkai_classifiers.evaluation.gold import GoldDocument

_FILE = "document.txt"
"""A name that says nothing: a kind told by the file's name would be told by the gold title."""
_WARM_UP = "关于示例事项的通知\n各单位：\n联系人：张晓明。\n"
_NOBODY = Organization()


@dataclass(frozen=True, slots=True)
class Answer:
    """What gongkai says of one document; ``examined`` is None where a secrecy mark stopped it.

    ``verdict`` is what ``gongkai check`` gives; ``as_public`` the same had somebody determined
    PROACTIVE; ``lines`` where each line begins in the gold text; ``seconds`` of CPU.
    """

    gold: GoldDocument
    examined: Examined | None
    verdict: Verdict | None
    as_public: Verdict | None
    lines: dict[str, int]
    seconds: float

    def position(self, span: Span) -> tuple[int, int] | None:
        """A span in offsets of the gold text; None for one outside it, as in the file's name."""
        start = self.lines.get(span.place)
        return None if start is None else (start + span.start, start + span.end)


def answers(documents: Iterable[GoldDocument], profile: Profile) -> Iterator[Answer]:
    """Every document saved as text, examined and judged as submitted, by a check without office.

    Raises ``PluginError`` when the classifiers fail on one.
    """
    examination = Examination(None)
    with TemporaryDirectory(prefix="gongkai-evaluation-") as folder:
        path = Path(folder) / _FILE
        # What is loaded when the first name is looked for is start, not reading.
        path.write_text(_WARM_UP, "utf-8")
        examination(Request((str(path),), profile.id), _silent)
        for document in documents:
            path.write_bytes(document.text.encode("utf-8", "replace"))
            yield _answer(examination, path, document, profile)


def _answer(
    examination: Examination, path: Path, document: GoldDocument, profile: Profile
) -> Answer:
    began = time.process_time()
    examined = examination(Request((str(path),), profile.id), _silent)
    if isinstance(examined, Stopped):
        return Answer(document, None, None, None, {}, time.process_time() - began)
    if failed := [check for check in examined.checked_by if check.required and not check.ran]:
        # Numbers of a check that did not take place would look like bad answers.
        raise PluginError("check_failed", name=failed[0].name, problem=failed[0].failure)
    judged = _judged(examined, profile)
    seconds = time.process_time() - began
    public = _judged(examined, profile, _determined(examined, profile))
    return Answer(document, examined, judged, public, _lines(examined, document.text), seconds)


def _silent(_: str) -> None:
    """Nobody listens to what is being read."""


def _judged(examined: Examined, profile: Profile, record: Determination | None = None) -> Verdict:
    facts = Facts(sources=examined.sources, record=record)
    return verdict(examined, facts, profile, _NOBODY, str)


def _determined(examined: Examined, profile: Profile) -> Determination:
    """Somebody has decided that the document is to be published."""
    return Determination(
        DisclosureAttribute.PROACTIVE,
        examined.fingerprint,
        decided_by="evaluation",
        decided_on="",
        capacity=Capacity.SIGNING,
        medium=Medium.SYSTEM,
        recorded_by="evaluation",
        recorded_at="",
        profile=profile.key,
    )


def _lines(examined: Examined, text: str) -> dict[str, int]:
    """Where the reader's lines begin: they follow each other with only white space between."""
    starts: dict[str, int] = {}
    position = 0
    for block in examined.bundle.main.content.blocks:
        if re.fullmatch(r"line[0-9]+", block.place):
            position = text.index(block.text, position)
            starts[block.place] = position
            position += len(block.text)
    return starts
