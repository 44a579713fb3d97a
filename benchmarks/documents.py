"""From a saved file to its verdict in a warm process, against reading the file alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.lines import Goal, Line, Sizes, ratio_line
from benchmarks.papers import Paper, docx_papers, pdf_papers, xlsx_papers
from benchmarks.peers import docx_text, pdf_text, xlsx_values
from benchmarks.rounds import Comparison, compare
from gongkai.examined import Examined, Request
from gongkai.judging.verdict import verdict
from gongkai.model.verdict import Verdict
from gongkai.pipeline import Examination
from gongkai.policy.profile import load_profile
from gongkai.records import facts_without_store, one_time_digest
from gongkai.settings import Organization

PROFILE = "national_2019"
NAMES = ["gongkai_persons", "gongkai_organizations", "gongkai_addresses"]
"""Components that ask the nets, for names and for what stands beside them."""
WITHOUT_NAMES, WITH_NAMES = Goal(2.0), Goal(4.0)


class Judge:
    """A warm worker's work and the judgement after it, in this process."""

    def __init__(self) -> None:
        self._examination = Examination(None)
        self._profile = load_profile(PROFILE)
        self._digest = one_time_digest()

    def examine(self, path: Path) -> Examined:
        """One file read and observed; raises ``ValueError`` when less than all of it was read."""
        examined = self._examination(Request((str(path),), PROFILE), lambda text: None)
        if not isinstance(examined, Examined) or examined.bundle.main.content.notes:
            raise ValueError(f"{path.name} was not read whole, so nothing is measured")
        return examined

    def __call__(self, path: Path) -> Verdict:
        """One file from its bytes to its verdict."""
        examined = self.examine(path)
        return verdict(
            examined, facts_without_store(examined), self._profile, Organization(), self._digest
        )


def docx(sizes: Sizes) -> Iterator[Line]:
    """DOCX against python-docx done well."""
    return _format("docx", docx_papers(), docx_text, sizes)


def pdf(sizes: Sizes) -> Iterator[Line]:
    """PDF against pypdfium2's text with boxes."""
    return _format("pdf", pdf_papers(), pdf_text, sizes)


def xlsx(sizes: Sizes) -> Iterator[Line]:
    """XLSX against openpyxl's values, read only."""
    return _format("xlsx", xlsx_papers(), xlsx_values, sizes)


def _format(
    name: str, papers: Sequence[Paper], peer: Callable[[Path], object], sizes: Sizes
) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / paper.name for paper in papers]
        for path, paper in zip(files, papers, strict=True):
            path.write_bytes(paper.data)
        judge = Judge()
        for goal, with_names in ((WITHOUT_NAMES, False), (WITH_NAMES, True)):
            suffix = ", with person names" if with_names else ""
            with ExitStack() as stack:
                if not with_names:
                    stack.enter_context(without_person_names())
                found = [
                    compare(lambda p=path: judge(p), lambda p=path: peer(p), sizes.rounds)  # type: ignore[misc]
                    for path in files
                ]
            for paper, comparison in zip(papers, found, strict=True):
                yield ratio_line(name, paper.case + suffix, comparison, goal)
            yield _mix(name, papers, found, goal, suffix)


def without_person_names() -> ExitStack:
    """A block in which the pipeline looks for everything but names: persons, bodies, addresses."""
    from gongkai_classifiers.language import pipeline

    stack = ExitStack()
    stack.enter_context(pipeline().select_pipes(disable=NAMES))
    return stack


def _mix(
    name: str, papers: Sequence[Paper], found: Sequence[Comparison], goal: Goal, suffix: str
) -> Line:
    """Each round's cost of the papers in the share they have among real ones."""

    def total(sides: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
        return tuple(
            sum(paper.weight * side[n] for paper, side in zip(papers, sides, strict=True))
            for n in range(len(sides[0]))
        )

    mixed = Comparison(total([c.ours for c in found]), total([c.peer for c in found]))
    shares = " : ".join(f"{paper.weight:.0%}" for paper in papers)
    return ratio_line(name, f"**mix**{suffix}", mixed, goal, shares)
