"""What is asked of a worker about one bundle, and the two things that can come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.model.attribute import Stage
from gongkai.model.bundle import Bundle, Role
from gongkai.model.content import NoteCode
from gongkai.model.finding import Finding
from gongkai.model.reading import Reading
from gongkai.model.verdict import CheckedBy
from gongkai.policy.decision import SourceFact

Announce = Callable[[str], None]

READING = "reading "
"""What a worker announces before it opens a file; the path follows."""


@dataclass(frozen=True, slots=True)
class Request:
    """One bundle to examine: all its files, in a folder of the given stage and section.

    ``skip`` are plugins that hung before; ``lost`` are files that killed their reader;
    ``released`` are sha256 of files a secrecy officer has let go (A6).
    """

    paths: tuple[str, ...]
    profile: str
    stage: Stage = Stage.SUBMITTED
    section: str = ""
    skip: frozenset[str] = frozenset()
    lost: tuple[tuple[str, NoteCode], ...] = ()
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Which file on disk a member of the bundle is."""

    path: str
    role: Role
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A bundle read and observed, ready to be judged.

    ``question`` names the candidates for the main file when there are several (A4).
    """

    bundle: Bundle
    files: tuple[MemberFile, ...]
    reading: Reading
    fingerprint: str
    sources: tuple[SourceFact, ...]
    findings: tuple[Finding, ...]
    checked_by: tuple[CheckedBy, ...]
    question: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """A secrecy mark was found: which files, where in them, and nothing else (decision 9)."""

    marks: tuple[tuple[str, str], ...]
