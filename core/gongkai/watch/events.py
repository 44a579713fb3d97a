"""Events of the file system, kept as hints: where to look, never what happened."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

EVENTS: tuple[type[FileSystemEvent], ...] = (
    # No "opened" and no "modified": a scanner reading 5,000 folders would flood its own queue.
    FileClosedEvent,
    FileMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
)
OVERFLOW_LOGGER = "watchdog.observers.inotify_c"
OVERFLOW_WORD = "overflow"
_AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Hints:
    """Where to look: single files, whole subtrees, or everywhere."""

    files: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    everywhere: bool = False


class Hintbox:
    """Takes hints from any thread in constant time and gives them to one that waits."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._trees: set[str] = set()
        self._everywhere = False
        self._arrived = threading.Condition()

    def add(self, path: str, *, tree: bool) -> None:
        """Look at this file, or at everything below this folder."""
        with self._arrived:
            box = self._trees if tree else self._files
            box.add(path)
            if len(box) > _AT_MOST:
                box.clear()
                self._everywhere = True
            self._arrived.notify()

    def look_everywhere(self) -> None:
        """Events were lost, or may have been."""
        with self._arrived:
            self._everywhere = True
            self._arrived.notify()

    def wake(self) -> None:
        """Make a waiting ``take`` return at once."""
        with self._arrived:
            self._arrived.notify()

    def take(self, seconds: float) -> Hints:
        """All hints so far; waits up to ``seconds`` for the first one."""
        with self._arrived:
            if not (self._files or self._trees or self._everywhere):
                self._arrived.wait(seconds)
            hints = Hints(frozenset(self._files), frozenset(self._trees), self._everywhere)
            self._files, self._trees, self._everywhere = set(), set(), False
            return hints


class _Handler(FileSystemEventHandler):
    """Only remembers paths: a slow handler is what makes the kernel's queue overflow."""

    def __init__(self, box: Hintbox) -> None:
        self._box = box

    def dispatch(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._box.add(os.fsdecode(path), tree=event.is_directory)


class Listener:
    """Hears the events below one folder until it is stopped or dies."""

    def __init__(self, path: str, box: Hintbox) -> None:
        self._observer: BaseObserver = Observer()
        self._observer.schedule(_Handler(box), path, recursive=True, event_filter=list(EVENTS))
        try:
            self._observer.start()
        except OSError:
            # No watch left for the folder itself. The observer's reader runs already.
            self._observer.on_thread_stop()
            raise

    @property
    def alive(self) -> bool:
        """Whether events still come: the observer outlives its own emitter and reader."""
        emitters = self._observer.emitters
        reader = getattr(self._observer, "_inotify_fd", None)
        return (
            self._observer.is_alive()
            and bool(emitters)
            and all(emitter.is_alive() for emitter in emitters)
            and (reader is None or reader.is_alive())
        )

    def stop(self) -> None:
        """Hear nothing more; returns when the threads have ended."""
        self._observer.stop()
        self._observer.join()


class OverflowAlarm(logging.Handler):
    """Asks for a full pass when watchdog says that the kernel dropped events.

    A warning in a log is the only sign watchdog gives, so the logger's level is set here: an
    application that shows errors only would swallow it. The timed full pass remains behind it.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._boxes: set[Hintbox] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if OVERFLOW_WORD in record.getMessage().lower():
            self.count += 1
            for box in tuple(self._boxes):
                box.look_everywhere()

    def attach(self, box: Hintbox) -> None:
        """Wake this box on an overflow, and make sure the warning arrives."""
        self._boxes.add(box)
        logger = logging.getLogger(OVERFLOW_LOGGER)
        logger.disabled = False
        if logger.getEffectiveLevel() > logging.WARNING:
            logger.setLevel(logging.WARNING)
        if self not in logger.handlers:
            logger.addHandler(self)

    def detach(self, box: Hintbox) -> None:
        """Leave this box alone; the last one takes the alarm off the logger."""
        self._boxes.discard(box)
        if not self._boxes:
            logging.getLogger(OVERFLOW_LOGGER).removeHandler(self)
