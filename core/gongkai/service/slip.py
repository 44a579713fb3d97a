"""The slip: one page of A4, self-contained, masked, polite, with a name to call (A10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.examined import Examined
from gongkai.excerpts import Excerpts
from gongkai.forms.web import slip_template
from gongkai.messages import language, say
from gongkai.model.attribute import Severity
from gongkai.model.content import NoteScope
from gongkai.model.reading import ElementName
from gongkai.model.verdict import Confidence, Suggestion, Verdict
from gongkai.notices import Matters, Voice, contact_words, together
from gongkai.service.page import LINES, WIDTH, fit, height, shortened, some

SHOWN_HINTS = 3
HEADING = 2
"""Lines a second heading takes."""


def slip_html(examined: Examined, verdict: Verdict, voice: Voice, *, returned: bool) -> str:
    """The slip for one bundle, in the language spoken now.

    ``returned`` makes it the notice of return of an office; else it is a hint for oneself.
    """
    notices = [(finding.severity, voice.notice(finding)) for finding in verdict.findings]
    hints = [notice for severity, notice in notices if severity is Severity.INFO]
    asked = together(n for severity, n in notices if severity.gravity > Severity.WARNING.gravity)
    look = together(n for severity, n in notices if severity is Severity.WARNING)
    asked += together(n for severity, n in notices if severity is Severity.INCOMPLETE)
    office = voice.contacts.office
    first = fit([_short(each) for each in asked], LINES)
    left = LINES - (sum(map(height, first.shown)) + HEADING if asked else 0)
    second = fit([_short(each) for each in look], left)
    cover = Excerpts(examined.bundle, examined.reading).cover
    title = examined.reading.element(ElementName.TITLE) or examined.bundle.main.name
    return slip_template().render(
        lang="zh-CN" if language() == "zh" else "en",
        heading=say("slip.heading_returned" if returned else "slip.heading"),
        say=say,
        title=shortened(cover(title), WIDTH + WIDTH // 2),
        facts=_facts(examined, verdict, voice),
        advice=_advice(verdict.suggestion, voice),
        asked=first.shown,
        look=second.shown,
        more=first.more + second.more,
        hints=[shortened(notice.headline, WIDTH - 8) for notice in hints[:SHOWN_HINTS]],
        more_hints=max(0, len(hints) - SHOWN_HINTS),
        question=_names(map(cover, examined.question)),
        checked=_names(cover(member.name) for member in examined.bundle.members),
        unchecked=_names(map(cover, _unchecked(verdict))),
        returned=returned,
        by=say("slip.by", contact=contact_words(office, "office")),
    )


def _names(names: Iterable[str]) -> str:
    shown, left = some(names)
    return say("slip.and_others", names=shown, count=left) if left else shown


def _short(matters: Matters) -> Matters:
    """The same matters with no text longer than a few lines."""
    return Matters(
        tuple(
            replace(
                notice,
                headline=shortened(notice.headline, WIDTH),
                where=shortened(notice.where, WIDTH + WIDTH // 2),
                ground=shortened(notice.ground),
                cure=shortened(notice.cure),
            )
            for notice in matters.notices
        )
    )


def _facts(examined: Examined, verdict: Verdict, voice: Voice) -> list[tuple[str, str]]:
    reading, form = examined.reading, examined.bundle.form
    values = [
        ("kind", reading.doc_type.value),
        ("section", examined.bundle.section),
        ("drafter", form.drafter if form else ""),
        ("urgency", reading.element(ElementName.URGENCY) or (form.urgency if form else "")),
        ("stage", say(f"cli.stage_{verdict.stage}")),
        ("stated", voice.profile.label_of(verdict.stated) if verdict.stated else ""),
    ]
    return [(say(f"slip.fact_{name}"), value) for name, value in values if value]


def _advice(suggestion: Suggestion | None, voice: Voice) -> str:
    if suggestion is None or suggestion.attribute is None:
        return ""
    if suggestion.confidence is Confidence.LOW:
        return ""
    return say(
        "slip.advice",
        label=voice.profile.label_of(suggestion.attribute),
        confidence=say(f"cli.confidence_{suggestion.confidence}"),
        reason=say(f"policy.{suggestion.rules[0].id}") if suggestion.rules else "",
    )


def _unchecked(verdict: Verdict) -> list[str]:
    names = [name for name, note in verdict.notes if note.scope is not NoteScope.NOTHING]
    return list(dict.fromkeys(names))
