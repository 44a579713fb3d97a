"""Supervised processes in which documents are read and judged, and killed when they must be."""

from gongkai.workers.crew import Crew
from gongkai.workers.losses import (
    CrewClosed,
    LossKind,
    TaskFailed,
    WorkerLost,
    WorkerNotStarted,
)

__all__ = ["Crew", "CrewClosed", "LossKind", "TaskFailed", "WorkerLost", "WorkerNotStarted"]
