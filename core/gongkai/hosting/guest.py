"""One plugin in the house: imported when first needed, registered with pluggy, asked alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from traceback import extract_tb
from types import TracebackType

import pluggy

from gongkai import hookspecs
from gongkai.hosting.answers import FailureKind
from gongkai.hosting.discovery import Candidate, PluginState
from gongkai.messages import has, say

PROJECT = "gongkai"
HOOKS = frozenset(name for name, item in vars(hookspecs).items() if hasattr(item, "gongkai_spec"))


class Trouble(Exception):
    """Why a plugin cannot be asked."""

    def __init__(self, kind: FailureKind, detail: str, trace: tuple[str, ...] = ()) -> None:
        super().__init__(kind, detail, trace)
        self.kind = kind
        self.detail = detail
        self.trace = trace


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A line of ``gongkai plugins``."""

    name: str
    version: str
    distribution: str
    origin: str
    hooks: tuple[str, ...]
    state: PluginState
    why: str = ""


class Guest:
    """A plugin with a pluggy manager to itself, so that no other plugin's fault is its own."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self._loading = Lock()
        self._manager: pluggy.PluginManager | None = None
        self._trouble: Trouble | None = _barred(candidate)

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.candidate.name

    @property
    def silent(self) -> bool:
        """Whether nobody expects an answer: switched off by the office, or not allowed yet."""
        return self.candidate.state in (PluginState.DISABLED, PluginState.WAITING)

    @property
    def settled(self) -> bool:
        """Whether it is known how the plugin stands, so that listing it runs nothing of it."""
        return self._manager is not None or self._trouble is not None

    def may_offer(self, hook: str) -> bool:
        """Whether the plugin may answer a hook, as far as can be told without importing it."""
        declared = self.candidate.hooks
        return not self.silent and (declared is None or hook in declared)

    def ask(self, hook: str, values: Mapping[str, object]) -> list[object] | None:
        """The plugin's answers that are not None; None when it does not have the hook.

        Raises ``Trouble`` when the plugin cannot be loaded, and whatever the plugin raises.
        """
        caller = getattr(self._registered().hook, hook)
        if not caller.get_hookimpls():
            return None
        answers: list[object] = caller(**values)
        return answers

    def switch_off(self, limit: float) -> Trouble:
        """Ask no more, since the plugin did not answer within ``limit`` seconds."""
        self._trouble = Trouble(FailureKind.HUNG, f"{limit:g} s")
        return self._trouble

    def hooks(self) -> tuple[str, ...]:
        """The hooks the plugin answers, in order of name. Raises ``Trouble``."""
        registered = self._registered().hook
        return tuple(sorted(h for h in HOOKS if getattr(registered, h).get_hookimpls()))

    def info(self) -> PluginInfo:
        """What to list; imports the plugin, so that "ready" is more than a promise."""
        about = self.candidate
        hooks: tuple[str, ...] = tuple(sorted(about.hooks or ()))
        state, why = about.state, about.why
        try:
            if state is PluginState.READY:
                hooks = self.hooks()
        except Trouble as trouble:
            state, why = _STATES.get(trouble.kind, PluginState.BROKEN), trouble.detail
        return PluginInfo(
            about.name,
            about.version,
            about.distribution,
            about.origin,
            hooks,
            state,
            explained(why),
        )

    def _registered(self) -> pluggy.PluginManager:
        if self._trouble is not None:
            # A new one each time: an exception raised again and again keeps every traceback.
            raise Trouble(*self._trouble.args)
        with self._loading:
            if self._manager is None:
                try:
                    self._manager = _admit(self.candidate)
                except Trouble as trouble:
                    self._trouble = trouble
                    raise
            return self._manager


_STATES = {
    FailureKind.HUNG: PluginState.OFF,
    FailureKind.MISSING: PluginState.MISSING,
    FailureKind.REFUSED: PluginState.REFUSED,
}


def _barred(candidate: Candidate) -> Trouble | None:
    if candidate.state is PluginState.READY:
        return None
    missing = candidate.state is PluginState.MISSING
    return Trouble(FailureKind.MISSING if missing else FailureKind.REFUSED, candidate.why)


def _admit(candidate: Candidate) -> pluggy.PluginManager:
    """The plugin, imported and checked against the specifications."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(candidate.load(), candidate.name)
        manager.check_pending()
    except KeyboardInterrupt:
        raise
    except pluggy.PluginValidationError as error:
        # pluggy's last line says which argument or hook does not exist.
        detail = str(error).splitlines()[-1].partition(" in plugin")[0]
        raise Trouble(FailureKind.REFUSED, detail) from error
    except ModuleNotFoundError as error:
        raise Trouble(FailureKind.MISSING, error.name or "", trace(error.__traceback__)) from error
    except BaseException as error:
        raise Trouble(FailureKind.RAISED, where(error), trace(error.__traceback__)) from error
    return manager


def explained(why: str) -> str:
    """A reason in the user's language, or as it is when it is a technical detail."""
    return say(f"plugins.why_{why}") if why and has(f"plugins.why_{why}") else why


def where(error: BaseException) -> str:
    """Type, file and line of an exception; its message might quote a document."""
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return type(error).__name__ + place


def trace(start: TracebackType | None) -> tuple[str, ...]:
    """The way an exception came, innermost last, without its message."""
    return tuple(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(start))
