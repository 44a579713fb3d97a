"""Names that a stopped paper takes with it: those of its bundle, locks and slips included (A6).

A folder named after a paper names it in every path below. So while the secrecy officer has
not let go, whatever lies in the bundle's place is kept under keyed hashes, and so is what
comes there later. The watch meets the files themselves and knows them again by the hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath
from typing import TypeAlias

from gongkai.settings import Layout
from gongkai.watch.grouping import Place, group_place, place
from gongkai.watch.ignore import reason_not_taken
from gongkai.watch.names import FORM_NAME, attachment, version

Tag: TypeAlias = Callable[[int, str], str]
"""The keyed hash a quarantined path is kept under, from its root's id and its relative path."""


def place_tags(tag: Tag, root_id: int, spot: Place, bundle: str) -> tuple[str, ...]:
    """Under what a bundle's place is known: the bundle, and the folder where only names part it.

    No path begins with a slash here, so no file has one of these tags.
    """
    own = tag(root_id, f"/{bundle}")
    return (own,) if spot.whole else (own, tag(root_id, f"//{spot.directory}"))


def belonging(paths: Collection[str], layout: Layout, spot: Place, bundle: str) -> set[str]:
    """Those of ``paths`` that belong to a bundle, or may name it: locks and slips beside it.

    In a folder of many papers every lock and slip goes: Word leaves out the beginning of a
    name in its lock's, so none can be told from another's.
    """
    inside = [path for path in paths if place(path, layout) == spot]
    if spot.whole:
        return set(inside)
    return _parted(spot, inside, inside, lambda key: key == bundle)


class Sealing:
    """The places of one root whose names are held back."""

    def __init__(self, tag: Tag, root_id: int, layout: Layout, held: frozenset[str]) -> None:
        self._tag, self._root_id, self._layout = tag, root_id, layout
        self.held = held

    def tag(self, path: str) -> str:
        """What a path is kept under instead of itself."""
        return self._tag(self._root_id, path)

    def names(
        self, paths: Collection[str], neighbours: Callable[[Place], Iterable[str]]
    ) -> set[str]:
        """Those of ``paths`` that may not be written down.

        ``neighbours`` gives the documents known in a place: in a folder of many papers they
        tell which one a file belongs to.
        """
        if not self.held:
            return set()
        spots: defaultdict[Place, list[str]] = defaultdict(list)
        for path in paths:
            spots[place(path, self._layout)].append(path)
        found: set[str] = set()
        for spot, inside in spots.items():
            if spot.whole:
                if self._holds(f"/{spot.directory}"):
                    found.update(inside)
            elif self._holds(f"//{spot.directory}"):
                around = {*neighbours(spot), *inside}
                found |= _parted(spot, inside, around, lambda key: self._holds(f"/{key}"))
        return found | {path for path in paths if self.tag(path) in self.held}

    def _holds(self, place_name: str) -> bool:
        return self._tag(self._root_id, place_name) in self.held


def _parted(
    spot: Place, paths: Iterable[str], around: Iterable[str], wanted: Callable[[str], bool]
) -> set[str]:
    """Among ``paths``, in a folder of many papers: those of a wanted bundle, and passed over."""
    papers = sorted(path for path in around if not _passed_over(path))
    mine = {path for each in group_place(spot, papers) if wanted(each.key) for path in each.files}
    prefix = f"{spot.directory}/" if spot.directory else ""
    return {
        path
        for path in paths
        if path in mine
        or _passed_over(path)
        or any(wanted(prefix + stem) for stem in _stems(PurePosixPath(path).name))
    }


def _stems(name: str) -> set[str]:
    """What a name says it belongs to, whether or not the paper is still there."""
    found = attachment(name)
    paper = version(name.removesuffix(FORM_NAME)).stem
    return {version(name).stem or name, paper, found.base if found else ""} - {""}


def _passed_over(path: str) -> bool:
    return reason_not_taken(PurePosixPath(path).name) is not None
