"""What plugins said, each answer under its plugin's name, and what went wrong beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from gongkai.messages import has, say

T = TypeVar("T")


class FailureKind(StrEnum):
    """How a plugin broke its promise."""

    RAISED = "raised"
    HUNG = "hung"
    KILLED = "killed"
    WRONG_TYPE = "wrong_type"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What one plugin said."""

    plugin: str
    value: T


@dataclass(frozen=True, slots=True)
class Failure:
    """One plugin that did not answer one hook.

    ``detail`` and ``trace`` name types, files and lines, never the message of an exception:
    a message may quote the document. An empty ``hook`` means the plugin as a whole.
    """

    plugin: str
    hook: str
    kind: FailureKind
    detail: str = ""
    trace: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """One sentence for the user: which plugin, what happened, the way out."""
        hook = self.hook or say("plugins.any_hook")
        why = f"plugins.why_{self.detail}"
        detail = say(why) if self.detail and has(why) else self.detail
        return say(f"plugins.{self.kind}", plugin=self.plugin, hook=hook, detail=detail)


@dataclass(frozen=True, slots=True)
class Answers(Generic[T]):
    """All plugins' answers to one question, in order of name.

    ``abstained`` looked at the question and had nothing to say to it.
    """

    answers: tuple[Answer[T], ...] = ()
    failures: tuple[Failure, ...] = ()
    abstained: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[T, ...]:
        """The answers without the names."""
        return tuple(answer.value for answer in self.answers)

    @property
    def first(self) -> Answer[T] | None:
        """The first answer by name, None when nobody answered."""
        return self.answers[0] if self.answers else None

    def failed(self, plugin: str) -> Failure | None:
        """The failure of one plugin, None when it did its part."""
        return next((failure for failure in self.failures if failure.plugin == plugin), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one guard would not let a move through."""

    plugin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What all guards together say; one refusal refuses, all reasons are given."""

    allowed: bool
    reasons: tuple[Refusal, ...] = ()
    failures: tuple[Failure, ...] = ()


def announcement(plugin: str, hook: str) -> str:
    """What a worker tells its supervisor before it enters a plugin."""
    return f"plugin {plugin} {hook}"


def blamed(announced: str) -> tuple[str, str] | None:
    """Plugin and hook a killed worker was in, None when it was in no plugin.

    >>> blamed(announcement("county_oa", "resolve_source"))
    ('county_oa', 'resolve_source')
    """
    word, _, rest = announced.partition(" ")
    plugin, _, hook = rest.partition(" ")
    return (plugin, hook) if word == "plugin" else None
