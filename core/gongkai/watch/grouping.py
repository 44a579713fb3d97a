"""Which files are one document (A4): by folder, or in a flat folder by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongkai.settings import Layout
from gongkai.watch.ignore import is_system_folder, reason_not_taken
from gongkai.watch.names import FORM_NAME, attachment, belongs_to_parent, version


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one document, as paths relative to the watched root.

    ``key`` keeps its value while the document's folder, or its stem, keeps its name.
    """

    key: str
    directory: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where files must be seen together to be grouped; ``whole``: they are one document."""

    directory: str
    whole: bool


def place(inner: str, layout: Layout) -> Place:
    """The place of a file given by its path relative to the root.

    With one folder per document, folders called 附件 or 参考资料 belong to the document above
    them. Files lying in the root itself are told apart by their names.
    """
    parent = PurePosixPath(inner).parent
    if layout is Layout.FLAT:
        return Place(_text(parent), whole=False)
    while belongs_to_parent(parent.name) and len(parent.parts) > 1:
        parent = parent.parent
    return Place(_text(parent), whole=bool(parent.parts))


def _text(path: PurePosixPath) -> str:
    return "" if path == PurePosixPath(".") else str(path)


def group(files: Iterable[str], layout: Layout) -> tuple[Group, ...]:
    """The documents among files given by their paths relative to the root, sorted by key."""
    places: defaultdict[Place, list[str]] = defaultdict(list)
    for inner in files:
        places[place(inner, layout)].append(inner)
    groups: list[Group] = []
    for spot, inside in places.items():
        groups += group_place(spot, inside)
    return tuple(sorted(groups, key=lambda found: found.key))


def group_place(spot: Place, files: Sequence[str]) -> list[Group]:
    """The documents of one place, all of whose files are given."""
    if spot.whole:
        return [Group(spot.directory, spot.directory, tuple(sorted(files)))] if files else []
    return _by_stem(spot.directory, files)


def _by_stem(directory: str, files: Sequence[str]) -> list[Group]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    loose: list[str] = []
    for inner in files:
        name = PurePosixPath(inner).name
        if attachment(name) is not None or name.endswith(FORM_NAME):
            loose.append(inner)
        else:
            families[version(name).stem or name].append(inner)
    mains = tuple(families)
    for inner in loose:
        families[_owner(PurePosixPath(inner).name, mains)].append(inner)
    prefix = f"{directory}/" if directory else ""
    return [
        Group(prefix + stem, directory, tuple(sorted(inside))) for stem, inside in families.items()
    ]


def _owner(name: str, mains: tuple[str, ...]) -> str:
    """The stem an attachment belongs to: named in it, or the only one there is, or its own."""
    if name.endswith(FORM_NAME):
        base, own = version(name.removesuffix(FORM_NAME)).stem, FORM_NAME
    else:
        found = attachment(name)
        base = found.base if found else ""
        own = version(name).stem or name
    if base in mains:
        return base
    return mains[0] if len(mains) == 1 and not base else own


def bundles_at(path: Path) -> list[list[Path]]:
    """What ``gongkai check PATH`` judges together, without any settings.

    A file is a document alone. Of a folder, and of every folder below it, the files lying
    directly in it are one document; 附件 and 参考资料 belong to the folder above. Links are
    not followed.
    """
    if not path.is_dir():
        return [[path]]
    found: list[list[Path]] = []
    waiting = [path]
    while waiting:
        folder = waiting.pop(0)
        files, inner = _listed(folder)
        for part in [p for p in inner if files and belongs_to_parent(p.name)]:
            inner.remove(part)
            files += _all_files(part)
        if files:
            found.append(files)
        waiting = inner + waiting
    return found


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    files: list[Path] = []
    folders: list[Path] = []
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        # Whoever asks for a verdict is told by ``scan.survey`` what could not be listed.
        return files, folders
    for entry in entries:
        if entry.is_symlink():
            continue
        if entry.is_dir():
            if not is_system_folder(entry.name):
                folders.append(entry)
        elif entry.is_file() and reason_not_taken(entry.name) is None:
            files.append(entry)
    return files, folders


def _all_files(folder: Path) -> list[Path]:
    files, folders = _listed(folder)
    for inner in folders:
        files += _all_files(inner)
    return files
