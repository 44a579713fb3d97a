"""Waiting until files hold still, and coming back to those that could not be read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gongkai.watch.scan import Signature


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the watch waits, in seconds.

    A file that cannot be opened is tried again after ``retries``, then on every full pass,
    for ever. One that is not whole is handed on after ``damaged_seconds`` of holding still,
    or ``damaged_attempts`` looks, so that it is judged 未能检查 instead of being forgotten.
    ``bundle_seconds``: how long a bundle waits for members that still change.
    """

    retries: tuple[float, ...] = (2.0, 5.0, 15.0, 60.0)
    damaged_seconds: float = 600.0
    damaged_attempts: int = 8
    bundle_seconds: float = 30.0
    root_check: float = 1.0
    handing_retry: float = 5.0
    batch: int = 256


@dataclass(frozen=True, slots=True)
class Trial:
    """A file that held still and could not be taken: since when, how often, when next."""

    signature: Signature
    since: float
    attempts: int
    next_try: float


class Holding:
    """Files between "seen" and "settled". Times are those of a clock that never goes back."""

    def __init__(self, quiet: float, patience: Patience) -> None:
        self.quiet = quiet
        self.patience = patience
        # In order of ``since``: the first one is the first to be due.
        self._waiting: dict[str, tuple[Signature, float]] = {}
        self._trials: dict[str, Trial] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def holds(self, path: str) -> bool:
        """Whether a file may still be changing; one that is merely shut does not count."""
        return path in self._waiting

    def hold(self, path: str, signature: Signature, now: float) -> None:
        """Wait until ``path`` has looked like this for the quiet time."""
        trial, waiting = self._trials.get(path), self._waiting.get(path)
        if (trial and trial.signature == signature) or (waiting and waiting[0] == signature):
            return
        self.release(path)
        self._waiting[path] = (signature, now)

    def release(self, path: str) -> None:
        """Wait for this file no longer."""
        self._waiting.pop(path, None)
        self._trials.pop(path, None)

    def due(self, now: float) -> list[tuple[str, Signature]]:
        """Files to be read now, a batch at most."""
        found: list[tuple[str, Signature]] = []
        for path, (signature, since) in self._waiting.items():
            if since + self.quiet > now or len(found) >= self.patience.batch:
                break
            found.append((path, signature))
        found += [(path, t.signature) for path, t in self._trials.items() if t.next_try <= now]
        return found[: self.patience.batch]

    def next_due(self) -> float:
        """When the next file is to be read; infinity when none waits."""
        first = next(iter(self._waiting.values()), None)
        waiting = first[1] + self.quiet if first else math.inf
        return min([waiting, *(trial.next_try for trial in self._trials.values())])

    def try_later(self, path: str, signature: Signature, now: float, before: int = 0) -> Trial:
        """Come back to a file; ``before`` counts attempts made by an earlier process."""
        earlier = self._trials.get(path)
        if earlier is None or earlier.signature != signature:
            earlier = Trial(signature, now, before, now)
        waits = self.patience.retries
        wait = waits[earlier.attempts] if earlier.attempts < len(waits) else math.inf
        self.release(path)
        trial = Trial(signature, earlier.since, earlier.attempts + 1, now + wait)
        self._trials[path] = trial
        return trial

    def try_all(self, now: float) -> None:
        """Make every file whose retries are used up due now; a full pass does this."""
        for path, trial in list(self._trials.items()):
            if trial.next_try == math.inf:
                self._trials[path] = Trial(trial.signature, trial.since, trial.attempts, now)

    def given_up_on_whole(self, path: str, signature: Signature, now: float) -> bool:
        """Whether a file that is not whole has been waited for long enough."""
        trial = self._trials.get(path)
        if trial is None or trial.signature != signature:
            return False
        return (
            trial.attempts >= self.patience.damaged_attempts
            or now - trial.since >= self.patience.damaged_seconds
        )
