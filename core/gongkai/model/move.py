"""Moves of the life cycle, the answers of guards, and events that have happened."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.model.attribute import DisclosureAttribute


@dataclass(frozen=True, slots=True)
class Move:
    """A wanted change of state.

    ``revision`` is the case's revision the guard looks at; the move stands only if it is
    still that one. ``office`` is the office's folder, for a guard that has records of its
    own there. ``details`` are what the act said besides, as codes and short words.
    """

    case: str
    source: str
    target: str
    actor: str
    role: str
    revision: int
    core_fingerprint: str
    attribute: DisclosureAttribute | None = None
    act: str = ""
    office: str = ""
    details: tuple[tuple[str, str], ...] = ()
    acted_on: str = ""
    on_behalf_of: str = ""
    opinion: str = ""
    reason: str = ""
    basis: str = ""

    def detail(self, name: str) -> str:
        """The detail called ``name``, "" when absent."""
        return next((value for key, value in self.details if key == name), "")


@dataclass(frozen=True, slots=True)
class Allow:
    """A guard lets the move through."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """A guard does not; ``reason`` is shown to the user and says the way out."""

    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened. ``details`` hold no document text and no personal data."""

    kind: str
    subject: str
    at: str
    actor: str
    details: tuple[tuple[str, str], ...] = ()
