"""政府信息公开登记台账: the register of a period, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.forms.papers import Ledger, LedgerEntry
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile
from gongkai_plugins.register.codes import Occasion, Standing, channel_words
from gongkai_plugins.register.overview import Line

ORDERS: Mapping[str, Callable[[Line], tuple[object, ...]]] = {
    "serial": lambda line: (line.entry.year, line.entry.serial),
    "index": lambda line: (line.entry.index_number, line.entry.year, line.entry.serial),
    "date": lambda line: (line.disclosed_on or "9999", line.entry.year, line.entry.serial),
    "section": lambda line: (line.entry.about.section, line.entry.year, line.entry.serial),
}
"""How a ledger or a catalogue can be sorted."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day of registration to another, both included."""

    first: str
    last: str

    @property
    def words(self) -> str:
        """As it stands above the ledger."""
        year = self.first[:4]
        if (self.first, self.last) == (f"{year}-01-01", f"{year}-12-31"):
            return say("gongkai_plugins.register:period_year", year=year)
        return say("gongkai_plugins.register:period", first=self.first, last=self.last)

    def holds(self, line: Line) -> bool:
        """Whether an entry was made in it."""
        return self.first <= line.entry.about.at[:10] <= self.last


def ledger(
    lines: Iterable[Line], period: Period, order: str, profile: Profile, sheet: Ledger
) -> Ledger:
    """The ledger's entries; ``sheet`` brings what stands above and below them."""
    found = sorted((line for line in lines if period.holds(line)), key=ORDERS[order])
    return Ledger(
        period=period.words,
        office=sheet.office,
        custodian=sheet.custodian,
        printed_at=sheet.printed_at,
        entries=tuple(ledger_entry(line, profile) for line in found),
        foot=sheet.foot,
    )


def ledger_entry(line: Line, profile: Profile) -> LedgerEntry:
    """One line: a stopped paper keeps its number and says no more."""
    entry, said = line.entry, line.entry.fields
    if line.standing is Standing.STOPPED:
        return LedgerEntry(
            serial=entry.number,
            name=say("gongkai_plugins.register:standing_stopped"),
            index=entry.index_number,
        )
    public = [p.publication for p in line.published]
    channels = tuple(dict.fromkeys(p.channel.value for p in public)) or said.channels
    return LedgerEntry(
        serial=entry.number,
        name=said.name,
        index=entry.index_number,
        doc_number=said.doc_number,
        made_on=said.made_on,
        subject=said.subject,
        summary=said.summary,
        attribute=attribute_words(said.attribute, profile),
        disclosed_on=line.disclosed_on,
        channel=channel_words(channels) if channels else "",
        audience=said.scope,
        opinion=said.opinion,
        approval=said.resolution,
        remark=remark(line),
        cancelled=_cancelled(line),
    )


def attribute_words(code: str, profile: Profile) -> str:
    """An attribute by the office's word for it."""
    known = set(DisclosureAttribute)
    return profile.label_of(DisclosureAttribute(code)) if code in known else code


def remark(line: Line) -> str:
    """What else there is to say about an entry."""
    entry, said = line.entry, line.entry.fields
    parts = []
    if entry.occasion is Occasion.CORRECTION:
        parts.append(say("gongkai_plugins.register:corrects", number=entry.before, why=entry.why))
    if entry.occasion is Occasion.AGAIN:
        parts.append(say("gongkai_plugins.register:comes_after", number=entry.before))
    if line.standing is Standing.REPLACED:
        parts.append(say("gongkai_plugins.register:replaced_by", number=line.after))
    if entry.about.request:
        parts.append(say("gongkai_plugins.register:on_request", request=entry.about.request))
    if not line.disclosed_on and said.proactive and line.counts:
        parts.append(say("gongkai_plugins.register:planned", day=said.planned_on))
    if line.standing is Standing.WITHDRAWN:
        parts.append(_taken_back(line))
    if line.next_review:
        parts.append(say("gongkai_plugins.register:next_review", day=line.next_review))
    if entry.about.late:
        parts.append(say("gongkai_plugins.register:entered_late"))
    if line.early:
        parts.append(say("gongkai_plugins.register:public_before"))
    return "；".join(parts)


def _taken_back(line: Line) -> str:
    if line.withdrawn:
        return say("gongkai_plugins.register:was_withdrawn", reason=line.withdrawn)
    # By another command, a leak say: why stands with the case.
    return say("gongkai_plugins.register:standing_withdrawn")


def _cancelled(line: Line) -> str:
    if line.standing is Standing.CANCELLED:
        return f"{line.cancelled}（{line.cancelled_at}）"
    if line.standing is Standing.CORRECTED:
        return say("gongkai_plugins.register:corrected_by", number=line.after)
    return ""
