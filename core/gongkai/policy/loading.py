"""From profile files to one complete set of keys: find, merge along ``extends``, validate."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongkai.errors import ConfigurationError
from gongkai.model.finding import FindingCode
from gongkai.policy.schema import ProfileSchema
from gongkai.settings import configuration_error

Table = dict[str, Any]
Keys = tuple[str, ...]

_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
_HEAD = "profile"


def read_chain(profile: str, folders: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """Name and text of the profile's file and of its parents, the profile's own first.

    Raises ``ConfigurationError`` for an unknown profile or parent, a circle of parents, a
    file that cannot be read or is no TOML, and a file whose ``profile.id`` is not its name.
    """
    chain: list[tuple[str, str]] = []
    seen: list[str] = []
    wanted, asked_by = profile, ""
    while wanted:
        if wanted in seen:
            circle = " → ".join([*seen, wanted])
            raise ConfigurationError("profile_cycle", file=asked_by, circle=circle)
        seen.append(wanted)
        name, text = _find(wanted, folders, asked_by)
        head = _parse(name, text).get(_HEAD, {})
        if not isinstance(head, dict) or head.get("id") != wanted:
            raise ConfigurationError(
                "wrong_value", file=name, key="profile.id", problem=f"must be {wanted}"
            )
        chain.append((name, text))
        parent = head.get("extends", "")
        wanted, asked_by = parent if isinstance(parent, str) else "", name
    return tuple(chain)


def _find(profile: str, folders: Sequence[Path], asked_by: str) -> tuple[str, str]:
    if _NAME.match(profile):
        for folder in folders:
            file = folder / f"{profile}.toml"
            if file.is_file():
                return str(file), _read(file)
        packaged = files("gongkai").joinpath(f"policy/profiles/{profile}.toml")
        if packaged.is_file():
            return f"{profile}.toml", packaged.read_text("utf-8")
    near = difflib.get_close_matches(profile, sorted(known_profiles(folders)), n=1, cutoff=0.0)
    nearest = near[0] if near else "-"
    if asked_by:
        raise ConfigurationError(
            "profile_parent_unknown", file=asked_by, profile=profile, nearest=nearest
        )
    raise ConfigurationError("profile_unknown", profile=profile, nearest=nearest)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("settings_unreadable", file=str(file)) from error


def known_profiles(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Names of all profiles to be had, the office's own and the packaged ones."""
    own = {file.stem for folder in folders if folder.is_dir() for file in folder.glob("*.toml")}
    packaged = files("gongkai").joinpath("policy/profiles")
    names = (entry.name for entry in packaged.iterdir())
    return tuple(sorted(own | {name[:-5] for name in names if name.endswith(".toml")}))


def _parse(name: str, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError("settings_syntax", file=name, problem=str(error)) from error


@cache
def validated(chain: tuple[tuple[str, str], ...]) -> ProfileSchema:
    """The complete set of keys of a chain, the first file overriding the later ones.

    Raises ``ConfigurationError`` naming the file a wrong key stands in and, for an unknown
    key, the nearest valid one.
    """
    merged: Table = {}
    origin: dict[Keys, str] = {}
    for name, text in reversed(chain):
        table = _parse(name, text)
        _merge(merged, table, name, origin)
    merged[_HEAD] = _parse(*chain[0])[_HEAD]
    try:
        return ProfileSchema.model_validate(merged)
    except ValidationError as error:
        raise _explained(error, origin, chain[0][0]) from error


def _merge(
    target: Table, source: Mapping[str, Any], file: str, origin: dict[Keys, str], at: Keys = ()
) -> None:
    """Lay ``source`` over ``target`` leaf by leaf: a leaf is replaced whole, basis and all."""
    for key, value in source.items():
        path = (*at, key)
        old = target.get(key)
        if _is_branch(old) and _is_branch(value):
            _merge(target[key], value, file, origin, path)
        else:
            target[key] = _copied(value)
            for replaced in list(_paths(old, path)):
                origin.pop(replaced, None)
        for place in _paths(value, path):
            origin[place] = file


def _is_branch(value: object) -> bool:
    return isinstance(value, dict) and "value" not in value


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return value


def _paths(value: object, at: Keys) -> Iterator[Keys]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*at, key))


def _explained(
    error: ValidationError, origin: Mapping[Keys, str], default: str
) -> ConfigurationError:
    first = error.errors()[0]
    place = tuple(str(part) for part in first["loc"] if part != "[key]")
    file = default
    for length in range(len(place), 0, -1):
        if place[:length] in origin:
            file = origin[place[:length]]
            break
    if "[key]" in first["loc"]:
        names = [code.value for code in FindingCode]
        near = difflib.get_close_matches(place[-1], names, n=1, cutoff=0.0)
        return ConfigurationError("unknown_key", file=file, key=".".join(place), nearest=near[0])
    return configuration_error(error, ProfileSchema, file)
