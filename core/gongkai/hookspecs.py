"""Every extension point, in the order a document meets them.

Each specification says when it is called, how answers combine, what abstaining means, what
happens on error, what a plugin must not do, and since when it exists. The host calls plugins
one at a time, sorted by name, and keeps each answer with its plugin's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pluggy import HookspecMarker

if TYPE_CHECKING:
    from gongkai.model.bundle import Bundle
    from gongkai.model.content import Content, Format
    from gongkai.model.determination import Source
    from gongkai.model.finding import Finding
    from gongkai.model.move import Allow, Event, Move, Refuse
    from gongkai.model.reading import Citation, Observations, Reading
    from gongkai.policy.profile import Profile

hookspec = HookspecMarker("gongkai")


@dataclass(frozen=True, slots=True)
class Command:
    """A command a plugin adds: ``path`` is "package.module:click_command", imported when used.

    ``help`` is one line in Chinese, shown by ``gongkai --help`` without importing the plugin.
    """

    name: str
    path: str
    help: str


@hookspec
def read_content(data: bytes, name: str, format: Format) -> Content | None:
    """Read a file format gongkai does not read itself (OFD, legacy office, scans).

    Called: in a reading worker, before anything is stored, for formats without a built-in
        reader. The worker's limits on memory, CPU and time hold.
    Combined: the first plugin by name that answers is taken.
    Abstain: ``None`` leaves the file to the next plugin; nobody answering is "未能检查".
    On error: the file is "未能检查"; the failure is recorded under the plugin's name.
    Must not: write anything to disk, open the network, or return text it guessed.
    Since: 0.1
    """


@hookspec
def observe(bundle: Bundle, profile: Profile) -> Observations | None:
    """Say what stands in a bundle: kind, elements, labels, entities, topics, triggers.

    Called: in a worker, after the test for secrecy marks, once per version of a bundle.
    Combined: all observations are kept; equal ones are merged, the surest kind wins.
    Abstain: ``None`` means "not my kind of document"; empty observations mean "looked,
        found nothing".
    On error: a required observer gives CHECK_INCOMPLETE; another one is recorded and shown.
    Must not: decide an attribute, open files, use the network or read the clock.
    Since: 0.1
    """


@hookspec
def resolve_source(citation: Citation) -> Source | None:
    """Find the label of a document that is being forwarded, e.g. in the office's OA.

    Called: in a worker, for each forwarding citation, after reading and before judging.
    Combined: a source recorded in gongkai's own store wins; then the first plugin by name.
    Abstain: ``None`` means "I do not know this document".
    On error: the source counts as unknown (FORWARD_SOURCE_UNKNOWN), the failure is recorded.
    Must not: guess a label; an unlabelled original is an answer of its own.
    Since: 0.1
    """


@hookspec
def check_bundle(bundle: Bundle, reading: Reading, profile: Profile) -> Sequence[Finding] | None:
    """Add findings of the office's own.

    Called: in a worker, after all observers, before the built-in judge.
    Combined: findings of all plugins are added; none can remove another's.
    Abstain: ``None`` or an empty list.
    On error: a required plugin gives CHECK_INCOMPLETE; another one is recorded and shown.
    Must not: put unmasked personal data into a finding, write, or use the network.
    Since: 0.1
    """


@hookspec
def guard_transition(move: Move) -> Allow | Refuse | None:
    """Allow or refuse a move of the life cycle.

    Called: outside the write transaction, which checks revision and fingerprint again.
    Combined: one refusal refuses; all reasons are shown together.
    Abstain: ``None``. From a guard the profile requires, ``None`` refuses.
    On error: counts as a refusal; so do a time-out and a required guard that is absent.
    Must not: write anything; a later guard may still refuse.
    Since: 0.1
    """


@hookspec
def on_event(event: Event) -> None:
    """Hear of something that has happened (judged, stamped, returned, quarantined …).

    Called: after the transaction that stored the event, in the service's process.
    Combined: everybody hears everything, in order of name.
    Abstain: not needed.
    On error: recorded and shown; the event stands.
    Must not: assume it is told once only; after a crash an event may come again.
    Since: 0.1
    """


@hookspec
def commands() -> Sequence[Command] | None:
    """Name commands to add to ``gongkai``.

    Called: when the command line starts.
    Combined: all; two plugins with one command name are a configuration error.
    Abstain: ``None`` or an empty list.
    On error: the plugin's commands are missing, and ``gongkai plugins`` says why.
    Must not: import the command's module; name it by path.
    Since: 0.1
    """


@hookspec
def tables() -> Sequence[str] | None:
    """Name SQLAlchemy ``MetaData`` objects to create beside gongkai's own tables.

    Called: when an office's database is opened for the first time after an upgrade.
    Combined: all; a table name must begin with the plugin's name.
    Abstain: ``None`` or an empty list. Each entry is "package.module:metadata".
    On error: the database is not opened: half a schema is worse than none.
    Must not: touch tables of the core.
    Since: 0.1
    """
