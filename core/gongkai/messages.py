"""Everything a user reads, by key, from the message catalogues under ``locale/``.

A key is ``catalogue.name``; the catalogue is a ``.po`` file of that name, one per language,
Simplified Chinese by default. Catalogues are text, committed, and read once when first used.

A plugin that is a package brings a catalogue of its own: ``package.path:name`` is in
``locale/<language>/messages.po`` of that package.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = {"zh": "zh_CN", "en": "en"}

_language: ContextVar[str] = ContextVar("gongkai_language", default="zh")


def speak(language: str) -> None:
    """Use ``language`` ("zh" or "en") from here on in this context."""
    _language.set(language if language in LANGUAGES else "zh")


def language() -> str:
    """The language messages come in now."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use ``language`` inside the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


OF_PLUGIN = "messages"
"""The one catalogue of a plugin's package."""


@cache
def catalogue(name: str, language: str, package: str = "gongkai") -> dict[str, str]:
    """All messages of one catalogue in one language, by key without the catalogue's name."""
    path = files(package).joinpath(f"locale/{LANGUAGES[language]}/{name}.po")
    with path.open("rb") as stream:
        entries = read_po(stream)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string}


def say(key: str, /, **values: object) -> str:
    """The message for ``key`` with its placeholders filled.

    Raises ``KeyError`` for a key no catalogue has: a missing message is a bug, not a blank.
    """
    entries, entry = _looked_up(key)
    return entries[entry].format(**values)


def has(key: str) -> bool:
    """Whether a message exists, for messages that are optional by design."""
    entries, entry = _looked_up(key)
    return entry in entries


def _looked_up(key: str) -> tuple[dict[str, str], str]:
    """The catalogue a key means, and the key within it."""
    name, _, entry = key.partition(".")
    # What follows a catalogue's name may be any text, for ``has``: a colon in it says nothing.
    if ":" not in key or name in _own():
        return catalogue(name, language()), entry
    package, _, entry = key.partition(":")
    return catalogue(OF_PLUGIN, language(), package), entry


@cache
def _own() -> frozenset[str]:
    """The names of gongkai's own catalogues."""
    folder = files("gongkai").joinpath("locale/zh_CN")
    return frozenset(each.name.removesuffix(".po") for each in folder.iterdir())
