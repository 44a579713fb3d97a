"""Grids on a terminal: tables, with bars made of plain characters."""

from __future__ import annotations

from decimal import Decimal

from rich.table import Table

from gongkai.messages import say
from gongkai_plugins.statistics.layout import Cell, Grid

BAR = 25
"""Characters of a bar that stands for everything."""

_MARK = "#"
"""As wide as any other character on every terminal, which blocks are not."""


def table(grid: Grid) -> Table:
    """A grid as a table; text to the left, numbers to the right."""
    made = Table(box=None, pad_edge=False, title=grid.heading, title_justify="left")
    for number, name in enumerate(grid.columns):
        made.add_column(name, justify="right" if number else "left", overflow="fold")
    if grid.bars is not None:
        made.add_column("", justify="left", no_wrap=True)
    for row in grid.rows:
        made.add_row(*_words(row), *_drawn(grid, row))
    if grid.total:
        made.add_section()
        made.add_row(*_words(grid.total))
    return made


def bar(share: Cell) -> str:
    """A share in per cent as a bar; whatever is not nothing shows at least one character."""
    if not isinstance(share, Decimal) or share <= 0:
        return ""
    return _MARK * max(1, round(min(share, Decimal(100)) * BAR / 100))


def _drawn(grid: Grid, row: tuple[Cell, ...]) -> tuple[str, ...]:
    return () if grid.bars is None else (bar(row[grid.bars]),)


def _words(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(say("gongkai_plugins.statistics:nothing") if c is None else str(c) for c in row)
