"""Columns of rows without vertical lines: the blank strips between aligned words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_regions import Region
from gongkai.documents.pdf_rows import Piece, Row
from gongkai.documents.pdf_tables import Grid, Slot

STRIP = 0.4
"""Width in squares from which a strip without words parts two columns."""
CROSSED = 8
"""One row in so many may run over a strip: headings over two columns, totals, remarks."""
REACH = 3.0
FULL = 1.2
"""Squares a line may fall short of its column and still be broken by the column's edge."""
SHORT = 4.5
"""Squares below which what a column holds is not broken into lines."""
BOTH = 0.6
"""Share of the rows that must have words in two columns or more."""
COLUMN_OF_TEXT = 0.22
"""Share of the page from which a column without heading is running text."""
RULED_ROWS = 4
"""Bands between rules from which each band is a row."""
MARGIN = 2.0

Aligned = Callable[[Sequence[float]], Sequence[float]]
"""Where words of several rows are aligned, told the edges of the rows from top to bottom."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip few rows run over; ``middle`` is where the fewest do."""

    start: float
    end: float
    middle: float


def grid_of(region: Region, page_width: float, aligned: Aligned) -> Grid | None:
    """The table in a region, None when there is none.

    A strip parts two columns where the words beside it are aligned over the rows; where
    column names stand on both sides, it is enough that half of the others are.
    """
    rows = list(region.rows)
    while len(rows) > 1 and not _ends_well(rows):
        rows.pop()
    firm = max(rows[:2], key=lambda row: len(row.places), default=None)
    if firm is None or not _plausible(rows, region):
        return None
    strips = list(_strips(rows, firm))
    if not strips or _is_running_text(rows, strips, region, page_width):
        return None
    edges = aligned(_heights(rows))
    supported = [
        s for s in strips if any(s.start - REACH <= edge <= s.end + REACH for edge in edges)
    ]
    if len(supported) * 2 < len(strips):
        return None
    kept = strips if region.named else supported
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    xs = (
        min(left - MARGIN, left if region.left is None else region.left),
        *(strip.middle for strip in kept),
        max(right + MARGIN, right if region.right is None else region.right),
    )
    return grid_on(rows, xs, region.rules)


def grid_on(rows: Sequence[Row], xs: Sequence[float], rules: Sequence[float]) -> Grid | None:
    """The table these rows form on columns that are known, None when they do not."""
    kept = list(rows)
    while kept and not _in_columns(kept[-1], xs):
        kept.pop()
    grouped = list(_grouped(kept, xs, rules))
    full = sum(len(_columns(row, xs)) > 1 for row in grouped)
    if len(grouped) < 2 or full < BOTH * len(grouped):
        return None
    ys = _heights(grouped)
    owner: dict[Slot, Slot] = {
        (number, column): (number, column)
        for number in range(len(grouped))
        for column in range(len(xs) - 1)
    }
    for number, row in enumerate(grouped):
        for place in row.places:
            first, last = _column(place[0] + 1, xs), _column(place[1] - 1, xs)
            for column in range(first, last + 1):
                owner[number, column] = owner[number, first]
    return Grid(tuple(xs), ys, owner, ys[::-1])


def _ends_well(rows: Sequence[Row]) -> bool:
    """Whether the last row has several pieces, or goes on with a cell of the row above."""
    last, above = rows[-1], rows[-2]
    if len(last.places) > 1:
        return True
    close = above.bottom - last.top < 2 * last.square
    return close and any(abs(piece.box.x0 - last.left) <= MARGIN for piece in above.pieces)


def _plausible(rows: Sequence[Row], region: Region) -> bool:
    several = sum(len(row.places) > 1 for row in rows)
    least = 2 if region.named and region.rules else 3
    prose = sum(piece.is_prose for row in rows for piece in row.pieces)
    forms = sum(_is_field(piece) for row in rows for piece in row.pieces)
    return several >= least and max(prose, forms) * 3 <= len(rows)


def _is_field(piece: Piece) -> bool:
    """Whether a piece is a field of a form, or a name with its value: 联系人：张晓明."""
    return "：" in piece.text[:10] or ":" in piece.text[:10]


def _strips(rows: Sequence[Row], firm: Row) -> Iterator[Strip]:
    """Strips between words; the ``firm`` row, which names the columns, crosses none."""
    square = median(row.square for row in rows)
    allowed = max(len(rows) // CROSSED, int(len(rows) > 3))
    changes: list[tuple[float, int]] = []
    for row in rows:
        weight = allowed + 1 if row is firm else 1
        for start, end in row.places:
            changes += [(start, weight), (end, -weight)]
    changes.sort()
    covered = 0
    pieces: list[tuple[int, float, float]] = []
    for (at, change), (following, _) in pairwise(changes):
        covered += change
        if covered <= allowed and following > at:
            pieces.append((covered, at, following))
        elif covered > allowed and pieces:
            yield from _strip(pieces, square)
            pieces = []


def _strip(pieces: Sequence[tuple[int, float, float]], square: float) -> Iterator[Strip]:
    """The strip of neighbouring pieces; its middle is that of the widest least crossed one."""
    start, end = pieces[0][1], pieces[-1][2]
    _, best_start, best_end = min(pieces, key=lambda p: (p[0], p[1] - p[2]))
    if end - start >= STRIP * square:
        yield Strip(start, end, (best_start + best_end) / 2)


def _is_running_text(
    rows: Sequence[Row], strips: Sequence[Strip], region: Region, page_width: float
) -> bool:
    """Whether the columns are those of a newspaper rather than of a list."""
    if region.named:
        return False
    xs = [strip.middle for strip in strips]
    widths: dict[int, list[float]] = {}
    for row in rows:
        for start, end in row.places:
            widths.setdefault(bisect_right(xs, start), []).append(end - start)
    wide = [w for w in widths.values() if median(w) > COLUMN_OF_TEXT * page_width]
    return len(wide) > 1


def _heights(rows: Sequence[Row]) -> tuple[float, ...]:
    inner = ((above.bottom + below.top) / 2 for above, below in pairwise(rows))
    top = rows[0].top + rows[0].square * 0.6
    return (top, *inner, rows[-1].bottom - rows[-1].square * 0.6)


def _column(x: float, xs: Sequence[float]) -> int:
    return min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)


def _columns(row: Row, xs: Sequence[float]) -> set[int]:
    return {_column((place[0] + place[1]) / 2, xs) for place in row.places}


def _in_columns(row: Row, xs: Sequence[float]) -> bool:
    return all(_column(a + 1, xs) == _column(b - 1, xs) for a, b in row.places)


def _grouped(rows: Sequence[Row], xs: Sequence[float], rules: Sequence[float]) -> Iterator[Row]:
    """Lines of one row made one: by rules when rows are ruled, else by how lines break."""
    bands: list[list[Row]] = []
    for row in rows:
        if bands and not any(row.top < rule < bands[-1][-1].bottom for rule in rules):
            bands[-1].append(row)
        else:
            bands.append([row])
    for band in bands:
        if len(bands) >= RULED_ROWS and not _are_rows(band, xs):
            yield _made_one(band)
            continue
        group: list[Row] = []
        for row in band:
            if group and not _goes_on(group, row, rows, xs):
                yield _made_one(group)
                group = []
            group.append(row)
        yield _made_one(group)


def _are_rows(band: Sequence[Row], xs: Sequence[float]) -> bool:
    """Whether each line between two rules is a row of its own, with its first column filled."""
    filled = [_columns(row, xs) for row in band]
    return all(0 in columns and columns == filled[0] for columns in filled)


def _made_one(group: Sequence[Row]) -> Row:
    pieces = sorted((p for row in group for p in row.pieces), key=lambda p: p.box.x0)
    return Row(tuple(pieces))


def _goes_on(group: Sequence[Row], row: Row, rows: Sequence[Row], xs: Sequence[float]) -> bool:
    """Whether a line only goes on with cells of the row above that reached their edge."""
    if group[-1].bottom - row.top > 2 * row.square or 0 in _columns(row, xs):
        return False
    broken = False
    for piece in row.pieces:
        column = _column(piece.box.x0 + 1, xs)
        above = _last_in(column, group[-1], xs)
        room = max(
            (p.box.width for r in rows for p in r.pieces if _column(p.box.x0 + 1, xs) == column),
            default=0.0,
        )
        if above is None or above.box.width < room - FULL * piece.square:
            return False
        if above.box.width < SHORT * piece.square:
            return False  # names and dates are not broken: this is another one
        narrower = piece.box.width < above.box.width - piece.square / 4
        broken |= narrower or not _are_numbers(above, piece)
    return broken


def _are_numbers(above: Piece, piece: Piece) -> bool:
    return above.text.isascii() and piece.text.isascii() and len(above.text) == len(piece.text)


def _last_in(column: int, row: Row, xs: Sequence[float]) -> Piece | None:
    found = [piece for piece in row.pieces if _column(piece.box.x0 + 1, xs) == column]
    return min(found, key=lambda piece: piece.middle, default=None)
