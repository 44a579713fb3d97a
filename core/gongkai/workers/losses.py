"""How a job can end without a result.

WorkerLost        65  its worker died or was killed, twice
TaskFailed        70  the task raised something gongkai has no name for
WorkerNotStarted  70  no worker could be started at all
CrewClosed        70  the service stopped first; nothing is known of the job
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.errors import DocumentError, GongkaiError


class LossKind(StrEnum):
    """What became of the worker."""

    DIED = "died"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUT_OF_CPU = "out_of_cpu"


class WorkerLost(DocumentError):
    """A job that cost two workers; ``last_announcement`` says where the second one was."""

    @classmethod
    def of(cls, kind: LossKind, label: str, announced: str) -> WorkerLost:
        """The loss of a job called ``label``."""
        return cls(f"worker_{kind}", kind=kind, label=label, announced=announced)

    @property
    def kind(self) -> LossKind:
        """What became of the second worker."""
        return LossKind(str(self.values["kind"]))

    @property
    def last_announcement(self) -> str:
        """The task's last words, see ``gongkai.hosting.answers.blamed``; "" if it said none."""
        return str(self.values["announced"])


class TaskFailed(GongkaiError):
    """The task raised; type, file and line are told, the message is not: it may quote text."""


class WorkerNotStarted(GongkaiError):
    """The task could not be imported or set up."""


class CrewClosed(GongkaiError):
    """The crew was closed before the job was done."""
