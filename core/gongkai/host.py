"""The typed front of all plugins: asked one at a time, in order of name, and never believed.

``read_content``, ``observe``, ``check_bundle`` and ``resolve_source`` belong into a worker
process; the host announces which plugin it enters, so that whoever has to kill the worker
knows whom to blame and can have the job done again without that plugin. Hooks that run in
the service's own process have a time limit: a plugin that exceeds it is switched off until
the next start, since Python cannot stop its thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from gongkai.errors import ConfigurationError, PluginError
from gongkai.hookspecs import Command
from gongkai.hosting.answers import Answer, Answers, Failure, FailureKind, Refusal, Ruling
from gongkai.hosting.asking import Abstained, Announce, Asking, all_of, first_of
from gongkai.hosting.deadline import TimeUp, within
from gongkai.hosting.discovery import GROUP, BuiltIn, PluginState, discover, given
from gongkai.hosting.guest import Guest, PluginInfo
from gongkai.hosting.shapes import nothing, sequence_of, shape
from gongkai.messages import say
from gongkai.model.content import Content
from gongkai.model.determination import Source
from gongkai.model.finding import Finding
from gongkai.model.move import Allow, Refuse
from gongkai.model.reading import Observations
from gongkai.settings import Office

if TYPE_CHECKING:
    from gongkai.model.bundle import Bundle
    from gongkai.model.content import Format
    from gongkai.model.move import Event, Move
    from gongkai.model.reading import Citation, Reading
    from gongkai.policy.profile import Profile

BUILT_INS = (
    BuiltIn("classifiers", "gongkai_classifiers.plugin", frozenset({"observe"})),
    BuiltIn(
        "register",
        "gongkai_plugins.register.plugin",
        frozenset({"guard_transition", "commands", "tables"}),
    ),
    BuiltIn(
        "secrecy_review",
        "gongkai_plugins.secrecy_review.plugin",
        frozenset({"guard_transition", "commands", "tables"}),
    ),
    BuiltIn("statistics", "gongkai_plugins.statistics.plugin", frozenset({"commands"})),
)
"""Named as strings: ``gongkai --help`` must not import spaCy."""

TIME_LIMIT = 10.0
"""Seconds for a hook in the service's own process."""


class Host:
    """All plugins of an office. One that fails never silences the others."""

    def __init__(
        self,
        guests: Iterable[Guest],
        time_limit: float = TIME_LIMIT,
        announce: Announce = lambda text: None,
        skipped: Collection[str] = (),
    ) -> None:
        self._guests = tuple(sorted(guests, key=lambda guest: guest.name))
        self._time_limit = time_limit
        self._asking = Asking(self._guests, time_limit, announce, frozenset(skipped))

    @classmethod
    def assemble(
        cls,
        office: Office | None,
        built_ins: Sequence[BuiltIn] = BUILT_INS,
        packages: Iterable[EntryPoint] | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> Host:
        """The plugins of an office, found and not yet imported.

        ``packages`` are entry points, those of the group "gongkai" unless given. Without an
        office there are no one-file plugins.
        """
        offered = entry_points(group=GROUP) if packages is None else packages
        return cls(map(Guest, discover(office, built_ins, offered)), time_limit)

    @classmethod
    def of(cls, plugins: Mapping[str, object], time_limit: float = TIME_LIMIT) -> Host:
        """A host of plugins already in hand, by name, and of nothing else."""
        return cls((Guest(given(name, plugin)) for name, plugin in plugins.items()), time_limit)

    def supervised(self, announce: Announce, skip: Collection[str] = ()) -> Host:
        """The same plugins, for one job in a worker.

        ``announce`` hears which plugin is entered, and "" when it is left; the plugins in
        ``skip`` are not entered again and count as having been killed.
        """
        return Host(self._guests, self._time_limit, announce, skip)

    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plugin with its hooks, its state and the reason for it; imports all of them."""
        return tuple(self._listed(guest) for guest in self._guests)

    def version_of(self, plugin: str) -> str:
        """The version of a plugin, "" when it is unknown; imports nothing."""
        return next((g.candidate.version for g in self._guests if g.name == plugin), "")

    def absent(self, required: Collection[str]) -> tuple[Failure, ...]:
        """The required plugins ("name" or "distribution:name") that nobody can ask.

        Imports the required ones to find out.
        """
        failures = []
        for wanted in sorted(required):
            here = [g for g in self._guests if g.candidate.called(wanted) and not g.silent]
            listed = [self._listed(guest) for guest in here]
            if not any(info.state is PluginState.READY for info in listed):
                why = listed[0].why if listed else ""
                failures.append(Failure(wanted, "", FailureKind.MISSING, why))
        return tuple(failures)

    def read_content(self, data: bytes, name: str, format: Format) -> Answers[Content]:
        """The content the first plugin by name makes of a file.

        A plugin that fails ends the search: what it would have said is not known.
        """
        check = shape(Content)
        return first_of(
            self._asking.announced("read_content", check, data=data, name=name, format=format)
        )

    def observe(self, bundle: Bundle, profile: Profile) -> Answers[Observations]:
        """What every plugin sees in a bundle."""
        check = shape(Observations)
        return all_of(self._asking.announced("observe", check, bundle=bundle, profile=profile))

    def resolve_source(self, citation: Citation) -> Answers[Source]:
        """The source the first plugin by name knows; a plugin that fails ends the search."""
        return first_of(self._asking.limited("resolve_source", shape(Source), citation=citation))

    def check_bundle(
        self, bundle: Bundle, reading: Reading, profile: Profile
    ) -> Answers[Sequence[Finding]]:
        """The findings of every plugin."""
        values = {"bundle": bundle, "reading": reading, "profile": profile}
        return all_of(self._asking.announced("check_bundle", sequence_of(Finding), **values))

    def guard_transition(self, move: Move, required: Collection[str] = ()) -> Ruling:
        """Whether a move may go on.

        It may not when one guard refuses, fails or hangs, nor when a required one ("name" or
        "distribution:name") is absent or does not answer ``Allow``.
        """
        check = shape(Allow | Refuse)
        outcomes = list(self._asking.limited("guard_transition", check, move=move))
        missing = [
            Failure(wanted, "guard_transition", FailureKind.MISSING)
            for wanted in sorted(required)
            if not any(guest.candidate.called(wanted) for guest, _ in outcomes)
        ]
        failures = [outcome for _, outcome in outcomes if isinstance(outcome, Failure)]
        reasons = [Refusal(failure.plugin, failure.text) for failure in missing + failures]
        for guest, outcome in outcomes:
            if isinstance(outcome, Refuse):
                reasons.append(Refusal(guest.name, outcome.reason))
            elif outcome is Abstained and any(map(guest.candidate.called, required)):
                reasons.append(Refusal(guest.name, say("plugins.guard_silent", plugin=guest.name)))
        ordered = sorted(reasons, key=lambda reason: reason.plugin)
        return Ruling(not reasons, tuple(ordered), (*missing, *failures))

    def on_event(self, event: Event) -> tuple[Failure, ...]:
        """Tell every plugin what has happened; the failures of those that could not listen."""
        told: Answers[None] = all_of(self._asking.limited("on_event", nothing, event=event))
        return told.failures

    def commands(self) -> Answers[Sequence[Command]]:
        """The commands every plugin adds.

        Raises ``ConfigurationError`` when two plugins add a command of the same name.
        """
        added: Answers[Sequence[Command]] = all_of(
            self._asking.limited("commands", sequence_of(Command))
        )
        owners: dict[str, str] = {}
        for answer in added.answers:
            for command in answer.value:
                owner = owners.setdefault(command.name, answer.plugin)
                if owner != answer.plugin:
                    raise ConfigurationError(
                        "command_twice", command=command.name, first=owner, second=answer.plugin
                    )
        return added

    def tables(self) -> tuple[Answer[Sequence[str]], ...]:
        """The tables every plugin needs, as "package.module:metadata".

        Raises ``PluginError`` when one plugin fails: half a schema is worse than none.
        """
        named: Answers[Sequence[str]] = all_of(self._asking.limited("tables", sequence_of(str)))
        for failure in named.failures:
            raise PluginError("tables_unknown", plugin=failure.plugin, problem=failure.text)
        return named.answers

    def _listed(self, guest: Guest) -> PluginInfo:
        if guest.settled:
            return guest.info()
        try:
            return within(self._time_limit, guest.info)
        except TimeUp:
            guest.switch_off(self._time_limit)
            return guest.info()
