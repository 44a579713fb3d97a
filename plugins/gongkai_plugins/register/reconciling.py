"""The register against what is really public: content, time, form (REG-05). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.script import normalise
from gongkai_plugins.register.codes import Channel, Standing
from gongkai_plugins.register.online import Item


class Difference(StrEnum):
    """What does not fit; the words shown are ``difference_<value>``."""

    MARKED = "marked"
    NOT_REGISTERED = "not_registered"
    NOT_PUBLIC = "not_public"
    NOT_RECORDED = "not_recorded"
    CONTENT = "content"
    CONTENT_UNPROVEN = "content_unproven"
    TITLE = "title"
    TIME = "time"
    CHANNEL = "channel"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry as far as it can be compared.

    ``digests`` are those of what was put online; ``originals`` those of the paper that was
    approved, which another format does not have.
    """

    number: str
    name: str
    standing: Standing
    urls: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    channels: frozenset[Channel] = frozenset()
    digests: frozenset[str] = frozenset()
    originals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One difference: between entry ``number``, "" for none, and line ``line``, 0 for none."""

    code: Difference
    number: str = ""
    line: int = 0


def differences(
    registered: Sequence[Registered], online: Sequence[Item], main: Channel
) -> tuple[Mismatch, ...]:
    """Everything that does not fit, the public side first, then what is missing there."""
    found: list[Mismatch] = []
    seen: set[tuple[str, Channel]] = set()
    for item in online:
        entry = _match(item, registered)
        if item.marked:
            found.append(Mismatch(Difference.MARKED, entry.number if entry else "", item.line))
        if entry is None:
            if not item.marked:
                found.append(Mismatch(Difference.NOT_REGISTERED, "", item.line))
            continue
        seen.add((entry.number, item.channel or main))
        found += (Mismatch(code, entry.number, item.line) for code in _compared(entry, item))
    covered = {item.channel or main for item in online} or {main}
    found += (
        Mismatch(Difference.MISSING, number) for number in _missing(registered, covered, seen)
    )
    return tuple(found)


_LIKELY = (
    Standing.PUBLISHED,
    Standing.REGISTERED,
    *(each for each in Standing if each not in (Standing.PUBLISHED, Standing.REGISTERED)),
)
"""Which of several entries of one name is meant: the one that should be public."""


def _match(item: Item, registered: Sequence[Registered]) -> Registered | None:
    """By address, then by digest, then by title; of several the one that should be public."""
    address, title = plain_address(item.url), plain_title(item.title)

    def first(fitting: Iterable[Registered]) -> Registered | None:
        return min(fitting, key=lambda e: _LIKELY.index(e.standing), default=None)

    return (
        first(e for e in registered if address and address in map(plain_address, e.urls))
        or first(e for e in registered if item.digests & (e.digests | e.originals))
        or first(e for e in registered if title and title == plain_title(e.name))
    )


def _compared(entry: Registered, item: Item) -> Iterator[Difference]:
    if entry.standing is Standing.REGISTERED:
        yield Difference.NOT_RECORDED
        return
    if entry.standing is not Standing.PUBLISHED:
        yield Difference.NOT_PUBLIC
        return
    if item.digests and not item.digests & (entry.digests | entry.originals):
        if entry.digests:
            yield Difference.CONTENT
        elif entry.originals:
            yield Difference.CONTENT_UNPROVEN
    if item.title and plain_title(item.title) != plain_title(entry.name):
        yield Difference.TITLE
    if item.date and item.date not in entry.days:
        yield Difference.TIME
    if item.channel is not None and item.channel not in entry.channels:
        yield Difference.CHANNEL


def _missing(
    registered: Sequence[Registered], covered: set[Channel], seen: set[tuple[str, Channel]]
) -> Iterator[str]:
    """Entries public in a form the list covers, and not in the list."""
    for entry in registered:
        if entry.standing is not Standing.PUBLISHED:
            continue
        wanted = entry.channels & covered
        if wanted and not any((entry.number, channel) in seen for channel in wanted):
            yield entry.number


def plain_address(url: str) -> str:
    """An address without what does not tell pages apart."""
    return url.strip().removeprefix("https://").removeprefix("http://").rstrip("/").lower()


def plain_title(title: str) -> str:
    """A title without blanks and differences of script and width."""
    return "".join(normalise(title).split())
