"""Failures somebody can act on.

GongkaiError                 70
    ConfigurationError       78  gongkai.toml, a profile or a plugin is wrong: nothing was done
    DocumentError            65  this file cannot go on; the next one can
        UnreadableDocument       locked, damaged, too large, or not what it claims to be
        StampRefused             nothing was written into the file
        QuarantinedDocument      a secrecy mark: nothing of it may be shown
    ActionRefused             1  the rules do not allow this now
    PluginError              70  a plugin broke its promise; what it guarded stays shut
    StoreError               70  the database cannot be used, or its chain does not verify
"""

from __future__ import annotations

from gongkai.messages import say


class GongkaiError(Exception):
    """Base of every failure gongkai names.

    ``key`` names a message of the ``errors`` catalogue that says which file, what is wrong
    and the way out, or is "package:name" of a plugin's own; values never hold document text.
    """

    exit_code = 70

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key if ":" in self.key else f"errors.{self.key}", **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.key, self.values))


def _rebuild(kind: type[GongkaiError], key: str, values: dict[str, object]) -> GongkaiError:
    return kind(key, **values)


class ConfigurationError(GongkaiError):
    """The office folder, a profile or a plugin is wrong; nothing was processed."""

    exit_code = 78


class DocumentError(GongkaiError):
    """One file cannot go on; the next one can."""

    exit_code = 65


class UnreadableDocument(DocumentError):
    """Locked, damaged, too large, or not what it claims to be."""


class StampRefused(DocumentError):
    """Nothing was written into the file."""


class QuarantinedDocument(DocumentError):
    """A mark of secrecy stands in mark position; nothing of the file may be shown."""


class ActionRefused(GongkaiError):
    """The rules do not allow this act now."""

    exit_code = 1


class PluginError(GongkaiError):
    """A plugin raised, hung, or answered with the wrong type."""


class StoreError(GongkaiError):
    """The database cannot be used as it is."""
