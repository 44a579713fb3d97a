"""Verdicts on a terminal: what is asked first, where, on which ground, and what to do."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from gongkai.cli.arguments import shown
from gongkai.examined import Examined
from gongkai.excerpts import Excerpts
from gongkai.messages import say
from gongkai.model.attribute import Outcome, Severity
from gongkai.model.content import NoteScope
from gongkai.model.reading import ElementName
from gongkai.model.verdict import Suggestion, Verdict
from gongkai.notices import Matters, Voice, together
from gongkai.places import place_words
from gongkai.policy.decision import OVERLAY

STYLES = {
    Outcome.CLEAN: "green",
    Outcome.OUT_OF_SCOPE: "dim",
    Outcome.INCOMPLETE: "cyan",
    Outcome.RETURNED: "yellow",
    Outcome.BLOCKED: "bold yellow",
    Outcome.UNREADABLE: "magenta",
    Outcome.QUARANTINED: "bold red",
}


def headline(examined: Examined, verdict: Verdict) -> Text:
    """One line: the outcome and whose it is."""
    line = Text()
    line.append(say(f"cli.outcome_{verdict.outcome}"), style=STYLES[verdict.outcome])
    line.append("  " + title(examined))
    return line


def title(examined: Examined) -> str:
    """The document's title, else its file's name; private people in it masked."""
    cover = Excerpts(examined.bundle, examined.reading).cover
    found = examined.reading.element(ElementName.TITLE)
    name = shown(Path(Path(examined.files[0].path).name))
    return say("cli.title", title=cover(found)) if found else cover(name)


def show_verdict(
    console: Console,
    examined: Examined,
    verdict: Verdict,
    voice: Voice,
    *,
    full: bool,
    reveal: bool = False,
) -> None:
    """Print one verdict. ``full`` adds hints, fired rules and what was not checked.

    ``reveal`` adds the personal values themselves; the caller has that recorded.
    """
    console.print(headline(examined, verdict))
    details = [say(f"cli.stage_{verdict.stage}")]
    if examined.reading.doc_type.value:
        details.insert(0, examined.reading.doc_type.value)
    if verdict.stated:
        details.append(say("cli.stated", label=voice.profile.label_of(verdict.stated)))
    if examined.bundle.attachments:
        details.append(say("cli.attachments", count=len(examined.bundle.attachments)))
    _indented(console, Text(say("cli.dot").join(details), style="dim"))
    if verdict.scope_reason:
        _indented(console, Text(say(f"cli.scope_{verdict.scope_reason}")))
        return
    if verdict.suggestion and examined.bundle.main.content.readable:
        _indented(console, advice(verdict.suggestion, voice))
    if examined.question:
        _indented(console, Text(say("cli.question", names="、".join(examined.question))))
    hints = [f for f in verdict.findings if f.severity is Severity.INFO]
    asked = [voice.notice(f) for f in verdict.findings if f.severity is not Severity.INFO]
    for number, matters in enumerate(together(asked), 1):
        show_matters(console, number, matters)
    if full:
        for matters in together(voice.notice(finding) for finding in hints):
            show_matters(console, 0, matters)
        _show_reasoning(console, examined, verdict, voice)
    elif hints:
        words = say("cli.and").join(dict.fromkeys(voice.notice(f).headline for f in hints))
        _indented(console, Text(say("cli.hints", count=len(hints), words=words), style="dim"))
    if not full:
        _show_unread(console, examined, verdict)
    if reveal:
        _show_values(console, examined, voice)


def show_matters(console: Console, number: int, matters: Matters) -> None:
    """Print findings with one remedy as the office would say it."""
    mark = f"{number}. " if number else "· "
    style = "bold" if matters.first.severity.gravity >= Severity.WARNING.gravity else "none"
    for notice in matters.notices:
        _indented(console, Text(f"{mark}{notice.tag}{notice.headline}", style=style))
        mark = "   "
        if notice.where:
            excerpt = say("cli.excerpt", excerpt=notice.excerpt) if notice.excerpt else ""
            _indented(console, Text(say("cli.where", where=notice.where + excerpt)), by=5)
    for line in (
        say("cli.ground", ground=matters.first.ground),
        say("cli.cure", cure=matters.first.cure),
    ):
        _indented(console, Text(line), by=5)


def advice(suggestion: Suggestion, voice: Voice) -> Text:
    """The suggested attribute with its confidence and first ground."""
    if suggestion.attribute is None:
        hint = voice.profile.label_of(suggestion.hint) if suggestion.hint else ""
        return Text(say("cli.advice_none_hint" if hint else "cli.advice_none", hint=hint))
    rule = suggestion.rules[0] if suggestion.rules else None
    line = say(
        "cli.advice",
        label=voice.profile.label_of(suggestion.attribute),
        confidence=say(f"cli.confidence_{suggestion.confidence}"),
    )
    if rule:
        line += say("cli.because", reason=rule_words(rule.id))
    if any(fired.id == OVERLAY for fired in suggestion.rules):
        line += say("cli.but", condition=rule_words(OVERLAY))
    return Text(line)


def rule_words(rule: str) -> str:
    """A row of the decision table in one line."""
    return say(f"policy.{rule}")


def _show_values(console: Console, examined: Examined, voice: Voice) -> None:
    if examined.reading.personal:
        _indented(console, Text(say("cli.values"), style="bold"))
    for entity in examined.reading.personal:
        place = place_words(entity.span.place, voice.names)
        _indented(console, Text(say("cli.evidence", place=place, text=entity.span.text)), by=5)


def _show_unread(console: Console, examined: Examined, verdict: Verdict) -> None:
    """Files of which something was not read, in one line: that is no "nothing found"."""
    cover = Excerpts(examined.bundle, examined.reading).cover
    names = [cover(name) for name, note in verdict.notes if note.scope is NoteScope.PART]
    if names:
        words = say("cli.and").join(dict.fromkeys(names))
        _indented(console, Text(say("cli.unread", names=words), style="magenta"))


def _show_reasoning(console: Console, examined: Examined, verdict: Verdict, voice: Voice) -> None:
    excerpts = Excerpts(examined.bundle, examined.reading)
    rules = verdict.suggestion.rules if verdict.suggestion else ()
    if rules:
        _indented(console, Text(say("cli.fired"), style="bold"))
    for rule in rules:
        label = voice.profile.label_of(rule.attribute) if rule.attribute else say("cli.human")
        grounds = "；".join(basis.text for basis in rule.basis)
        if rule.chance is not None:
            grounds += "；" + say("policy.learnt", percent=round(100 * rule.chance))
        _indented(
            console,
            Text(
                say(
                    "cli.fired_rule",
                    id=rule.id,
                    words=rule_words(rule.id),
                    label=label,
                    basis=grounds,
                )
            ),
            by=5,
        )
        for span in rule.evidence[:3]:
            place = place_words(span.place, voice.names)
            _indented(
                console, Text(say("cli.evidence", place=place, text=excerpts.short(span))), by=8
            )
    not_run = [check for check in verdict.checked_by if not check.ran]
    ran = say("cli.and").join(check.name for check in verdict.checked_by if check.ran)
    _indented(console, Text(say("cli.checked_by", names=ran), style="dim"))
    for check in not_run:
        _indented(console, Text(check.failure or check.name, style="magenta"))
    for name, note in verdict.notes:
        words = say(f"reading.why_{note.code}", format=f".{note.detail}")
        where = " " + place_words(note.place) if note.place else ""
        told = say("cli.note", name=excerpts.cover(name), where=where, words=words)
        _indented(console, Text(told, style="dim"))


def _indented(console: Console, text: Text, by: int = 3) -> None:
    if console.is_terminal:
        # CJK text has no spaces: folding fills the line, and nothing is padded to its end.
        text.overflow = "fold"
        console.print(Padding(text, (0, 0, 0, by), expand=False))
    else:
        console.print(Text(" " * by).append_text(text))
