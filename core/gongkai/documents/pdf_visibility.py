"""Which characters of a page a reader does not see, and why.

Render mode, opacity, size, layer and place are read off the objects. Whether words lie under
a bar or a picture, or have the colour of what they stand on, is settled by drawing: a page
with suspects is drawn once as it is and once without its words, and where both drawings
agree nothing of the words is seen. Where fonts are missing nothing can be drawn; then
geometry and colour alone decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from gongkai.documents.pdf_page import FAINT, LIGHT, TINY, UNPAINTED, Drawing, Page
from gongkai.documents.pdf_shapes import IDENTITY, Drawn, Kind, Rect
from gongkai.model.content import Flag

SCALE = 1.5
MOST_DOTS = 4_000_000
SEEN = 24
"""Grey levels a dot must change by, with and without the words, to count as seen."""
MOST_OF = 0.5
"""Share of a character that must lie under something to be suspected."""
SHEET = 0.8
"""Share of the page from which a picture is the page itself, as in scans."""
RUN = 3
HIDES_MOST = 0.6
THIN = 3.0
ALIKE = 40

STRIPE = 24.0
STRIPES = 1_000
MOST_ENTRIES = 200_000

Flags = frozenset[Flag]
VISIBLE: Flags = frozenset()


class TooManyCovers(Exception):
    """So much is drawn on a page that what it hides cannot be told in time."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character that may be unseen, and what to call it when it is.

    ``by_geometry`` is the answer when nothing can be drawn; ``picture`` is what alone may
    cover it, by drawing order.
    """

    index: int
    box: Rect
    flag: Flag
    by_geometry: bool
    picture: int | None = None


def flags_of(
    page: Page, characters: str, drawing: Drawing, annotations: Sequence[Rect]
) -> list[Flags] | None:
    """The flags of each character, None when all are plainly visible.

    ``annotations`` are boxes drawn over the page when it is printed. Raises
    ``TooManyCovers`` for pages that are drawings.
    """
    covers = _covers(drawing, annotations)
    if not characters or not (drawing.odd or covers):
        return None
    texts = {text.address: text for text in page.text_objects()}
    bands = _bands(covers)
    suspected = {
        address: found
        for address, text in texts.items()
        if (found := _over(text, bands)) or _is_light(text) or page.layers_off
    }
    if not drawing.odd and not suspected:
        return None
    owners = _owners(page, characters)
    flags = [_own_flags(page, index, texts.get(owner)) for index, owner in enumerate(owners)]
    suspects = list(_suspects(page, characters, owners, texts, suspected, flags, drawing))
    for suspect in _not_under_seals(suspects, list(_unseen(page, texts, suspects))):
        flags[suspect.index] |= {suspect.flag}
    if not any(flags):
        return None
    return _spread(characters, flags)


def image_share(page: Page, drawing: Drawing) -> float:
    """The share of the page under pictures, at most 1."""
    frame = page.frame
    shared = sum(d.box.shared(frame) for d in drawing.others if d.kind is Kind.IMAGE)
    return min(1.0, shared / frame.area) if frame.area else 0.0


def _covers(drawing: Drawing, annotations: Sequence[Rect]) -> list[Drawn]:
    found = [d for d in drawing.others if _may_cover(d)]
    last = drawing.count
    return found + [
        Drawn(last + number, Kind.IMAGE, box, 0, None, IDENTITY)
        for number, box in enumerate(annotations)
    ]


def _may_cover(drawn: Drawn) -> bool:
    if min(drawn.box.width, drawn.box.height) < THIN:
        return False
    if drawn.kind is Kind.PATH:
        return drawn.colour is not None and drawn.colour[3] >= FAINT
    return True


def _bands(covers: Sequence[Drawn]) -> dict[int, list[Drawn]]:
    """Covers by the stripes of the page they touch, so that words need not ask all of them."""
    bands: dict[int, list[Drawn]] = defaultdict(list)
    entries = 0
    for cover in covers:
        for band in _stripes(cover.box):
            bands[band].append(cover)
            entries += 1
        if entries > MOST_ENTRIES:
            raise TooManyCovers
    return bands


def _stripes(box: Rect) -> range:
    low, high = (max(-STRIPES, min(STRIPES, int(y // STRIPE))) for y in (box.y0, box.y1))
    return range(low, high + 1)


def _over(text: Drawn, bands: dict[int, list[Drawn]]) -> list[Drawn]:
    """What is painted on these words later, or under them in their own colour."""
    near = {cover.order: cover for band in _stripes(text.box) for cover in bands.get(band, ())}
    return [
        cover
        for cover in near.values()
        if cover.box.meets(text.box) and (cover.order > text.order or _same_colour(text, cover))
    ]


def _same_colour(text: Drawn, cover: Drawn) -> bool:
    if text.colour is None or cover.colour is None:
        return False
    return all(abs(a - b) < ALIKE for a, b in zip(text.colour[:3], cover.colour[:3], strict=True))


def _is_light(text: Drawn) -> bool:
    return text.colour is not None and min(text.colour[:3]) >= LIGHT


def _owners(page: Page, characters: str) -> list[int]:
    """The text object of each character; generated ones go with the one before."""
    owners: list[int] = []
    before = 0
    for index in range(len(characters)):
        before = page.object_of(index) or before
        owners.append(before)
    return owners


def _own_flags(page: Page, index: int, text: Drawn | None) -> Flags:
    if text is None:
        return VISIBLE
    flags: set[Flag] = set()
    if text.render_mode in UNPAINTED:
        flags.add(Flag.INVISIBLE_LAYER)
    elif text.colour is not None and text.colour[3] < FAINT:
        flags.add(Flag.WHITE)
    if text.box.height <= TINY or not _within(text.box, page.frame):
        box = page.loose_box(index)
        if 0 < box.height <= TINY:
            flags.add(Flag.TINY)
        if box.area and not box.meets(page.frame):
            flags.add(Flag.OFF_PAGE)
    return frozenset(flags)


def _within(inner: Rect, outer: Rect) -> bool:
    return (
        outer.x0 <= inner.x0
        and inner.x1 <= outer.x1
        and outer.y0 <= inner.y0
        and inner.y1 <= outer.y1
    )


def _suspects(
    page: Page,
    characters: str,
    owners: Sequence[int],
    texts: dict[int, Drawn],
    suspected: dict[int, list[Drawn]],
    flags: Sequence[Flags],
    drawing: Drawing,
) -> Iterator[Suspect]:
    sheet = SHEET * page.frame.area
    for index, owner in enumerate(owners):
        covers = suspected.get(owner)
        if covers is None or flags[index] or characters[index].isspace():
            continue
        text = texts[owner]
        box = page.ink_box(index)
        if not box.area:
            continue
        over = [c for c in covers if c.box.meets(box)]
        covered = sum(c.box.shared(box) for c in over) >= MOST_OF * box.area
        if covered:
            later = [c for c in over if c.order > text.order]
            scan = any(c.kind is Kind.IMAGE and c.box.area > sheet for c in later)
            solid = any(_solid(c) and c.box.shared(box) > 0.9 * box.area for c in over)
            flag = Flag.INVISIBLE_LAYER if scan else Flag.COVERED
            bare = flag is Flag.COVERED and not any(c.colour for c in over)
            picture = over[-1].order if bare else None
            yield Suspect(index, box, flag, solid, picture)
        elif page.layers_off:
            yield Suspect(index, box, Flag.HIDDEN, page.is_layered(text))
        elif _is_light(text):
            yield Suspect(index, box, Flag.WHITE, not _on_something(drawing, text, box))


def _solid(cover: Drawn) -> bool:
    if cover.handle is None:
        return False
    if cover.kind is Kind.PATH:
        return cover.colour is not None and cover.colour[3] > 250
    return not pdfium.FPDFPageObj_HasTransparency(cover.handle)


def _on_something(drawing: Drawing, text: Drawn, box: Rect) -> bool:
    """Whether something that is not light lies under light words."""
    return any(
        d.order < text.order
        and d.box.shared(box) > MOST_OF * box.area
        and (d.colour is None or min(d.colour[:3]) < LIGHT)
        for d in drawing.others
    )


def _unseen(page: Page, texts: dict[int, Drawn], suspects: Sequence[Suspect]) -> Iterator[Suspect]:
    if not suspects:
        return
    with_words = _render(page)
    for text in texts.values():
        pdfium.FPDFPageObj_SetIsActive(text.handle, False)
    without_words = _render(page)
    for text in texts.values():
        pdfium.FPDFPageObj_SetIsActive(text.handle, True)
    drawn = with_words.pixels != without_words.pixels
    for suspect in suspects:
        seen = with_words.differs(without_words, suspect.box)
        if not seen and (drawn or suspect.by_geometry):
            yield suspect


def _not_under_seals(suspects: Sequence[Suspect], unseen: Sequence[Suspect]) -> Iterator[Suspect]:
    """What is hidden on purpose: a seal's star and ring hide single characters of a date."""
    hidden = {suspect.index for suspect in unseen}
    under = Counter(suspect.picture for suspect in suspects)
    lost = Counter(suspect.picture for suspect in unseen)
    for suspect in unseen:
        picture = suspect.picture
        mostly = picture is None or lost[picture] >= HIDES_MOST * under[picture]
        if mostly or _in_a_run(suspect.index, hidden):
            yield suspect


def _in_a_run(index: int, hidden: set[int]) -> bool:
    start = end = index
    while end - start + 1 < RUN and start - 1 in hidden:
        start -= 1
    while end - start + 1 < RUN and end + 1 in hidden:
        end += 1
    return end - start + 1 >= RUN


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page drawn in grey, rows from the top."""

    pixels: bytes
    width: int
    height: int
    stride: int
    scale: float

    def differs(self, other: _Picture, box: Rect) -> bool:
        """Whether any dot inside a box differs by more than a reader would miss."""
        left = max(0, int(box.x0 * self.scale))
        right = min(self.width, int(box.x1 * self.scale) + 1)
        top = max(0, int(self.height - box.y1 * self.scale))
        bottom = min(self.height, int(self.height - box.y0 * self.scale) + 1)
        for row in range(top, bottom):
            start, end = row * self.stride + left, row * self.stride + right
            mine, theirs = self.pixels[start:end], other.pixels[start:end]
            if mine != theirs and any(abs(a - b) > SEEN for a, b in zip(mine, theirs, strict=True)):
                return True
        return False


def _render(page: Page) -> _Picture:
    width, height = page.size
    scale = min(SCALE, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        return _Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, scale)
    finally:
        bitmap.close()


def _spread(characters: str, flags: list[Flags]) -> list[Flags]:
    """White space takes the flags of what stands on both sides, so that words stay whole."""
    after = VISIBLE
    following: list[Flags] = []
    for index in range(len(characters) - 1, -1, -1):
        if not characters[index].isspace():
            after = flags[index]
        following.append(after)
    following.reverse()
    before = VISIBLE
    for index, character in enumerate(characters):
        if not character.isspace():
            before = flags[index]
        else:
            flags[index] = before if before == following[index] else VISIBLE
    return flags
