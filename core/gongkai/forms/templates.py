"""The templates an office laid into its folder ``templates``, read whole and only by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.errors import ConfigurationError
from gongkai.forms.known import FORMS

LARGEST = 8 << 20
"""Bytes of a template; with a picture of the office's emblem in it, too."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates by file name, and the folder they came from; without one, ours are used."""

    folder: Path | None = None
    found: Mapping[str, bytes] = field(default_factory=dict)

    def source(self, name: str) -> str:
        """How an error names a template."""
        return str(self.folder / name) if self.folder and name in self.found else name


OURS = Templates()


def office_templates(folder: Path) -> Templates:
    """What lies in ``folder`` under the name of a form's template.

    Raises ``ConfigurationError`` for one that cannot be read or is too large.
    """
    paths = [folder / name for form in FORMS for name in form.files]
    return Templates(folder, {path.name: _read(path) for path in paths if path.exists()})


def strangers(folder: Path) -> list[str]:
    """Names in ``folder`` that are no form's template, so that nobody waits for their effect."""
    ours = {name for form in FORMS for name in form.files}
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.name not in ours)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ConfigurationError("template_unreadable", file=str(path)) from error
    if len(data) > LARGEST:
        raise ConfigurationError("template_too_large", file=str(path), megabytes=LARGEST >> 20)
    return data
