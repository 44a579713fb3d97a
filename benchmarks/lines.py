"""What a benchmark answers with: lines of one table, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from benchmarks.rounds import Comparison, Spread


class Unit(StrEnum):
    """What a value counts."""

    RATIO = "×"
    SECONDS = "s"
    MILLISECONDS = "ms"
    PER_SECOND = "/s"
    COUNT = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """The number to reach (design 6): a most, or with ``at_least`` a least."""

    number: float
    at_least: bool = False

    def reached(self, value: float) -> bool:
        """Whether a value is as good as asked."""
        return value >= self.number if self.at_least else value <= self.number

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.number:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured value. ``ours`` and ``peer`` are CPU milliseconds behind a ratio."""

    benchmark: str
    case: str
    value: float | None
    unit: Unit
    spread: tuple[float, float] | None = None
    goal: Goal | None = None
    ours: float | None = None
    peer: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without a goal or without a value."""
        if self.goal is None or self.value is None:
            return None
        return self.goal.reached(self.value)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much work is done; small ones show that it works, large ones what it costs."""

    rounds: int = 9
    texts: int = 100
    burst: int = 300
    singles: int = 40
    starts: int = 5
    rows: int = 100_000


def ratio_line(
    benchmark: str, case: str, found: Comparison, goal: Goal | None, note: str = ""
) -> Line:
    """The line of a comparison: ours divided by the peer's."""
    ratio = found.ratio
    ours, peer = Spread.of(found.ours), Spread.of(found.peer)
    return Line(
        benchmark,
        case,
        ratio.median,
        Unit.RATIO,
        (ratio.low, ratio.high),
        goal,
        ours.median * 1000,
        peer.median * 1000,
        note,
    )


def as_objects(lines: Iterable[Line]) -> list[dict[str, object]]:
    """The lines as plain values for JSON."""
    return [{**asdict(line), "unit": line.unit.name, "reached": line.reached} for line in lines]


def as_table(lines: Iterable[Line]) -> str:
    """The lines as one Markdown table."""
    rows = [
        "| benchmark | case | ours ms | peer ms | value | quartiles | goal | reached | note |",
        "|---|---|--:|--:|--:|--:|--:|---|---|",
    ]
    rows += [_row(line) for line in lines]
    return "\n".join(rows)


def _row(line: Line) -> str:
    reached = {None: "", True: "yes", False: "**no**"}[line.reached]
    spread = f"{_number(line.spread[0])}–{_number(line.spread[1])}" if line.spread else ""
    value = "" if line.value is None else f"{_number(line.value)} {line.unit}".strip()
    cells = (
        line.benchmark,
        line.case,
        "" if line.ours is None else _number(line.ours),
        "" if line.peer is None else _number(line.peer),
        value,
        spread,
        str(line.goal or ""),
        reached,
        line.note,
    )
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    if value == int(value) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 100 else f"{value:.3g}"
