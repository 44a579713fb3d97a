"""The library of grounds an opinion cites: ours, and what the office adds (SEC-03)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from gongkai.errors import ConfigurationError
from gongkai.model.finding import BasisLevel, FindingCode
from gongkai.settings import Strict, configuration_error
from gongkai_plugins.secrecy_review.opinions import Opinion

OFFICE_FILE = "secrecy_basis.toml"
"""An office's own grounds, in its folder."""


class Entry(Strict):
    """One ground: its title as it is cited, what it is about, and which opinions it can bear."""

    title: str = Field(min_length=1)
    about: str = ""
    level: BasisLevel
    opinions: Annotated[tuple[Opinion, ...], Field(min_length=1)]


class Ready(Strict):
    """A reason in ready words; it counts where something named in ``supports`` was found."""

    text: str = Field(min_length=1)
    opinion: Opinion
    supports: tuple[str, ...] = ()


class Phrases(Strict):
    """``empty``: words that say nothing about a paper."""

    empty: tuple[str, ...] = ()


class Library(Strict):
    """Everything an opinion leans on, as data."""

    basis: dict[str, Entry] = Field(default_factory=dict)
    reasons: dict[str, Ready] = Field(default_factory=dict)
    words: Phrases = Phrases()
    evidence: dict[FindingCode, tuple[str, ...]] = Field(default_factory=dict)

    def cited(self, named: str) -> str | None:
        """The code of an entry named by code or title; None for no entry."""
        wanted = named.strip()
        if wanted in self.basis:
            return wanted
        return next((c for c, e in self.basis.items() if e.title == wanted), None)

    def fitting(self, opinion: Opinion) -> dict[str, Entry]:
        """The entries that can bear an opinion, by code."""
        return {code: e for code, e in self.basis.items() if opinion in e.opinions}


def library_of(office: Path) -> Library:
    """Our grounds with the office's beside them.

    Raises ``ConfigurationError`` naming the file, for one that cannot be read, an unknown
    key, or a code of ours used for something else.
    """
    ours, file = _ours(), office / OFFICE_FILE
    if not file.exists():
        return ours
    own = _parsed(file)
    for taken in ("basis", "reasons"):
        if twice := getattr(ours, taken).keys() & getattr(own, taken).keys():
            raise ConfigurationError(
                "gongkai_plugins.secrecy_review:basis_twice", file=str(file), code=min(twice)
            )
    return Library(
        basis={**ours.basis, **own.basis},
        reasons={**ours.reasons, **own.reasons},
        words=Phrases(empty=(*ours.words.empty, *own.words.empty)),
        evidence={**ours.evidence, **own.evidence},
    )


@cache
def _ours() -> Library:
    text = files("gongkai_plugins.secrecy_review").joinpath("data/basis.toml").read_text("utf-8")
    return Library.model_validate(tomllib.loads(text))


def _parsed(file: Path) -> Library:
    try:
        return Library.model_validate(tomllib.loads(file.read_text("utf-8-sig")))
    except ValidationError as error:
        raise configuration_error(error, Library, str(file)) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            "gongkai_plugins.secrecy_review:basis_unreadable", file=str(file)
        ) from error
