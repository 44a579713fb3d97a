"""Which plugins there are: built-ins, installed packages, allowed files. Nothing is imported."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

from gongkai import __version__
from gongkai.hosting.allowance import Untrusted, digest, trusted_bytes
from gongkai.settings import Office, Plugins

GROUP = "gongkai"
"""The entry-point group packages announce their plugin in."""


class Origin(StrEnum):
    """Where a plugin comes from."""

    BUILT_IN = "built_in"
    PACKAGE = "package"
    FILE = "file"


class PluginState(StrEnum):
    """What gongkai does with a plugin."""

    READY = "ready"
    DISABLED = "disabled"
    WAITING = "waiting"
    REFUSED = "refused"
    MISSING = "missing"
    BROKEN = "broken"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A plugin gongkai brings along; ``hooks`` tell without an import when it is needed."""

    name: str
    module: str
    hooks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin found, not imported. ``state`` is ready unless something bars it, see ``why``.

    ``hooks`` is None when only an import can tell.
    """

    name: str
    version: str
    distribution: str
    origin: Origin
    load: Callable[[], object]
    hooks: frozenset[str] | None = None
    state: PluginState = PluginState.READY
    why: str = ""

    def called(self, wanted: str) -> bool:
        """Whether "name", or "distribution:name", means this plugin."""
        distribution, _, name = wanted.rpartition(":")
        if name != self.name:
            return False
        return not distribution or _canonical(distribution) == _canonical(self.distribution)


def discover(
    office: Office | None, built_ins: Iterable[BuiltIn], packages: Iterable[EntryPoint]
) -> tuple[Candidate, ...]:
    """All plugins in order of name, each with what bars it.

    A name belongs to the first that claims it, built-ins before packages before files; a
    second claimant is refused.
    """
    settings = office.settings.plugins if office else Plugins()
    found = [*map(_built_in, built_ins), *sorted(map(_package, packages), key=_identity)]
    if office:
        found += _files(office)
    taken: set[str] = set()
    judged: list[Candidate] = []
    for candidate in found:
        if candidate.name in settings.disabled:
            candidate = replace(candidate, state=PluginState.DISABLED, why="disabled")
        elif candidate.name in taken and candidate.state is PluginState.READY:
            candidate = replace(candidate, state=PluginState.REFUSED, why="name_taken")
        taken.add(candidate.name)
        judged.append(candidate)
    return tuple(sorted(judged, key=lambda candidate: candidate.name))


def given(name: str, plugin: object) -> Candidate:
    """A candidate for a plugin that is already in hand."""
    return Candidate(name, "", "", Origin.FILE, lambda: plugin)


def _identity(candidate: Candidate) -> tuple[str, str]:
    return candidate.name, candidate.distribution


def _canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _built_in(plugin: BuiltIn) -> Candidate:
    load = partial(import_module, plugin.module)
    return Candidate(plugin.name, __version__, "gongkai", Origin.BUILT_IN, load, plugin.hooks)


def _package(entry: EntryPoint) -> Candidate:
    version, distribution = (entry.dist.version, entry.dist.name) if entry.dist else ("", "")
    return Candidate(entry.name, version, distribution, Origin.PACKAGE, entry.load)


def _files(office: Office) -> Iterator[Candidate]:
    allowed = office.settings.plugins.allowed
    lying = {file.stem: file for file in sorted(office.plugin_folder.glob("*.py"))}
    for name in sorted({*allowed, *lying}):
        file = lying.get(name)
        if file is None:
            yield _barred(name, PluginState.MISSING, "no_file")
        elif name not in allowed:
            yield _barred(name, PluginState.WAITING, "not_allowed")
        else:
            yield _file(office, file, allowed[name])


def _file(office: Office, file: Path, sha256: str) -> Candidate:
    try:
        data = trusted_bytes(office, file)
    except Untrusted as error:
        return _barred(file.stem, PluginState.REFUSED, error.why)
    if digest(data) != sha256.lower():
        return _barred(file.stem, PluginState.REFUSED, "changed")
    load = partial(_run_file, file, data)
    return Candidate(file.stem, sha256[:12].lower(), "", Origin.FILE, load)


def _barred(name: str, state: PluginState, why: str) -> Candidate:
    return Candidate(name, "", "", Origin.FILE, lambda: None, None, state, why)


def _run_file(file: Path, data: bytes) -> ModuleType:
    """The plugin's module, made of the very bytes that were hashed.

    It is entered in ``sys.modules`` under a name no import finds by itself, because
    dataclasses and commands look their module up there.
    """
    module = ModuleType(f"gongkai_file_plugin_{digest(data)[:12]}_{file.stem}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    try:
        exec(compile(data, str(file), "exec", dont_inherit=True), module.__dict__)
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module
