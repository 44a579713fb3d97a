"""What stands in an entry, and what may not be left blank (REG-03, REG-04, REG-13)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from gongkai.model.attribute import DisclosureAttribute
from gongkai_plugins.register.codes import Cadence, Channel

LONGEST_SUMMARY = 100
"""Characters of 内容概述 (条例12; N-31)."""

DETAIL = "register.entry"
"""Under which name an entry travels with its move, so that the guard sees what is registered."""


@dataclass(frozen=True, slots=True)
class Fields:
    """An entry as it is to be written.

    ``planned_on`` is 公开时间 as approved; the day it really was public stands with the
    publication. ``scope`` is 公开范围, ``opinion`` 审核意见, ``resolution`` the number under
    which the leading group approved (C-15).
    """

    name: str
    subject: str
    scope: str
    opinion: str
    attribute: str
    planned_on: str = ""
    channels: tuple[str, ...] = ()
    resolution: str = ""
    doc_number: str = ""
    made_on: str = ""
    summary: str = ""
    cadence: str = Cadence.IMMEDIATE.value
    batch: str = ""
    reason: str = ""
    basis: str = ""
    next_review: str = ""

    @property
    def proactive(self) -> bool:
        """Whether it is to be public of the office's own accord."""
        return self.attribute == DisclosureAttribute.PROACTIVE

    @property
    def text(self) -> str:
        """The entry in one spelling, for the move it travels with."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Fields | None:
        """The entry a text spells; None for anything else."""
        try:
            found = json.loads(text)
            return cls(**{**found, "channels": tuple(found["channels"])})
        except (ValueError, TypeError, KeyError):
            return None


_ALWAYS = ("name", "subject", "scope", "opinion")
_PUBLIC = ("planned_on", "channels")
_NOT_PUBLIC = ("reason", "basis", "next_review")


def blanks(entry: Fields, *, needs_resolution: bool) -> tuple[str, ...]:
    """Every field that may not be blank and is, in the order of the form.

    文件序号 is not among them: the register gives it. What is withheld has no time and form of
    disclosure; it has a reason, a basis, and a day on which it is looked at again (N-04).
    """
    wanted = [*_ALWAYS, *(_PUBLIC if entry.proactive else _NOT_PUBLIC)]
    if needs_resolution and entry.proactive:
        wanted.append("resolution")
    order = [field.name for field in fields(Fields)]
    return tuple(n for n in sorted(wanted, key=order.index) if not _said(getattr(entry, n)))


def misfits(entry: Fields) -> tuple[str, ...]:
    """Fields that are not blank and cannot stand as they are."""
    found = []
    if len(entry.summary) > LONGEST_SUMMARY:
        found.append("summary")
    if any(code not in set(Channel) for code in entry.channels):
        found.append("channels")
    if entry.cadence not in set(Cadence):
        found.append("cadence")
    if entry.attribute not in set(DisclosureAttribute):
        found.append("attribute")
    return tuple(found)


def _said(value: str | tuple[str, ...]) -> bool:
    return bool(value.strip()) if isinstance(value, str) else any(v.strip() for v in value)
