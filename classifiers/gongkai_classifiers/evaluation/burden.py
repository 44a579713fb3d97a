"""What a really public document costs its drafter, and what a document costs the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity
from gongkai.model.finding import Finding
from gongkai.policy.profile import Profile
from gongkai_classifiers.evaluation.answers import Answer
from gongkai_classifiers.evaluation.decided import STOPPED
from gongkai_classifiers.evaluation.sampling import bootstrap, quantile
from gongkai_classifiers.evaluation.scores import Measure, Object, Slip, proportion, rounded

_GRAVE = Severity.WARNING.gravity
_FEW = 2
"""More findings than this on a public document are listed as an error."""


def public_documents(answers: Sequence[Answer], profile: Profile) -> list[Answer]:
    """The documents that really are public."""
    return [
        answer
        for answer in answers
        if profile.attribute_for(answer.gold.attribute) is DisclosureAttribute.PROACTIVE
    ]


def false_blocks(answers: Sequence[Answer], profile: Profile) -> Measure:
    """Public documents, determined PROACTIVE and submitted, that are held up all the same."""
    public = public_documents(answers, profile)
    held = [answer for answer in public if _outcome(answer) is not Outcome.CLEAN]
    values = {"n": len(held), "of": len(public), **proportion("rate", len(held), len(public))}
    slips = (
        Slip("false_blocks", a.gold.id, str(Outcome.CLEAN), str(_outcome(a)), _told(a, stopping))
        for a in held
    )
    return Measure(values, tuple(slips))


def clicks(answers: Sequence[Answer], profile: Profile) -> Measure:
    """Findings of weight, warning or graver, that a public document makes somebody look at."""
    public = public_documents(answers, profile)
    counted = [float(_weighty(answer)) for answer in public]
    kinds: dict[str, list[float]] = {}
    for answer, count in zip(public, counted, strict=True):
        kinds.setdefault(answer.gold.kind, []).append(count)
    values: Object = {
        **_spread(counted),
        "median_interval": rounded(bootstrap(counted, lambda drawn: quantile(drawn, 0.5))),
        "p90_interval": rounded(bootstrap(counted, lambda drawn: quantile(drawn, 0.9))),
        "by_kind": {kind: _spread(group) for kind, group in sorted(kinds.items())},
    }
    slips = (
        Slip("clicks", a.gold.id, f"≤ {_FEW}", str(_weighty(a)), _told(a, weighty))
        for a in public
        if _weighty(a) > _FEW
    )
    return Measure(values, tuple(slips))


def speed(answers: Sequence[Answer]) -> Measure:
    """Characters examined and judged per second of CPU, the start of the process left out."""
    pairs = [(len(answer.gold.text), answer.seconds) for answer in answers]
    interval = bootstrap(pairs, _per_second)
    return Measure(
        {
            "chars_per_cpu_second": round(_per_second(pairs)),
            "chars_per_cpu_second_interval": [round(bound) for bound in interval],
        }
    )


def _per_second(pairs: Sequence[tuple[int, float]]) -> float:
    seconds = sum(spent for _, spent in pairs)
    return sum(length for length, _ in pairs) / seconds if seconds else 0.0


def _spread(counted: Sequence[float]) -> Object:
    return {
        "median": quantile(counted, 0.5),
        "p90": quantile(counted, 0.9),
        "n": len(counted),
    }


def weighty(finding: Finding) -> bool:
    """Whether a finding asks for somebody's attention."""
    return finding.severity.gravity >= _GRAVE


def stopping(finding: Finding) -> bool:
    """Whether a finding keeps the document from going on."""
    return finding.severity.gravity > _GRAVE


def _weighty(answer: Answer) -> int:
    return sum(map(weighty, answer.as_public.findings)) if answer.as_public else 1


def _outcome(answer: Answer) -> Outcome:
    if answer.as_public is None:
        return Outcome.QUARANTINED
    reached = answer.as_public.outcome
    # A paper that is only recorded (the Party's, somebody else's) is not held up.
    return Outcome.CLEAN if reached is Outcome.OUT_OF_SCOPE else reached


def _told(answer: Answer, chosen: Callable[[Finding], bool]) -> str:
    if answer.as_public is None:
        return STOPPED
    found = filter(chosen, answer.as_public.findings)
    return "; ".join(f"{f.code} {f.severity} {f.excerpt}".rstrip() for f in found)
