"""Boxes, matrices and drawn objects of a page, in points from its lower left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

Handle: TypeAlias = object
"""Whatever pdfium hands out for a page, an object or a mark."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rect:
    """A box in points, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Its height."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Its area."""
        return self.width * self.height

    def union(self, other: Rect) -> Rect:
        """The smallest box around both."""
        return Rect(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def shared(self, other: Rect) -> float:
        """The area both cover."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def meets(self, other: Rect) -> bool:
        """Whether they overlap at all."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


class Kind(Enum):
    """What a drawn object is."""

    TEXT = auto()
    PATH = auto()
    IMAGE = auto()
    SHADING = auto()


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object of the page, in drawing order.

    ``colour`` is the fill as red, green, blue, alpha (0–255), None for images and for paths
    that are not filled. ``address`` tells text objects apart; ``handle`` is pdfium's own and
    lives as long as the page.
    """

    order: int
    kind: Kind
    box: Rect
    address: int
    handle: Handle
    matrix: Matrix
    colour: tuple[int, int, int, int] | None = None
    render_mode: int = 0
    stroked: bool = False


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
