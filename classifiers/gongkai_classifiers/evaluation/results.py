"""All measures over one set of documents, as one object for machines and tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from gongkai.policy.profile import Profile
from gongkai_classifiers.evaluation import advice, burden, decided, spans
from gongkai_classifiers.evaluation.answers import Answer
from gongkai_classifiers.evaluation.scores import Measure, Object


@dataclass(frozen=True, slots=True)
class Results:
    """Every measure under its name, and what they were measured with."""

    documents: int
    profile: str
    measures: Mapping[str, Measure]

    def as_object(self) -> Object:
        """One object with all numbers and all errors."""
        values: Object = {"documents": self.documents, "profile": self.profile}
        for name, measure in self.measures.items():
            # The speed is one number beside the others, not a table of its own.
            values |= measure.values if name == "speed" else {name: measure.values}
        slips = [slip for measure in self.measures.values() for slip in measure.slips]
        return {**values, "errors": [slip.as_object() for slip in slips]}


def measured(answers: Sequence[Answer], profile: Profile) -> Results:
    """Every measure over the answers."""
    return Results(
        len(answers),
        profile.key,
        {
            "doc_type": decided.doc_type(answers),
            "labels": decided.labels(answers, profile),
            "suggestion": advice.suggestion(answers, profile),
            "forwarding": decided.forwarding(answers),
            "entities": spans.entities(answers),
            "false_blocks": burden.false_blocks(answers, profile),
            "clicks": burden.clicks(answers, profile),
            "speed": burden.speed(answers),
        },
    )


def show(results: Results, console: Console) -> None:
    """The numbers in one table, then every error with the words that misled."""
    table = Table(title=f"{results.documents} documents, {results.profile}", title_justify="left")
    for heading in ("measure", "value", "95 %", "n", "majority", "title rule"):
        table.add_column(heading, justify="left" if heading == "measure" else "right")
    for row in _rows(results.as_object()):
        table.add_row(*row)
    console.print(table)
    for name, measure in results.measures.items():
        if measure.slips:
            console.print(_errors(name, measure))


def _errors(name: str, measure: Measure) -> Table:
    table = Table(title=f"{name}: {len(measure.slips)} errors", title_justify="left")
    for heading in ("id", "expected", "found", "words"):
        table.add_column(heading, overflow="fold")
    for slip in measure.slips:
        found = f"{slip.found} [{slip.about.partition(' ')[2]}]".removesuffix(" []")
        table.add_row(*map(_plain, (slip.id, slip.expected, found, slip.words)))
    return table


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def _rows(values: Object) -> Iterator[tuple[str, ...]]:
    yield _row("kind", values["doc_type"], "accuracy", "baselines")
    yield _row("own labels, precision", values["labels"], "precision", "baselines")
    yield _row("own labels, recall", values["labels"], "recall", "baselines")
    suggested = _table(values["suggestion"])
    yield _row("attribute, sure answers", suggested, "accuracy", "baselines")
    yield _row("attribute, all answers", suggested["all"], "accuracy")
    yield _row("attribute, macro recall", suggested, "macro_recall", "baselines")
    for value, scores in _table(suggested["recall"]).items():
        yield _row(f"  {value}", scores, "accuracy")
    if _table(suggested["left_to_a_human"])["n"]:
        yield _row("left to a human", suggested["left_to_a_human"], "accuracy")
    yield _row("forwarding, precision", values["forwarding"], "precision", "baselines")
    yield _row("forwarding, recall", values["forwarding"], "recall", "baselines")
    for kind, scores in _table(values["entities"]).items():
        if _table(scores)["n"] or _table(scores)["found"]:
            for score in ("precision", "recall", "f1"):
                yield _row(f"{kind}, {score}", scores, score)
    blocks = _table(values["false_blocks"])
    yield _row(
        f"false blocks, {blocks['n']} of {blocks['of']}", {**blocks, "n": blocks["of"]}, "rate"
    )
    yield _row("clicks, median", values["clicks"], "median")
    yield _row("clicks, p90", values["clicks"], "p90")
    yield _row("characters per CPU second", {**values, "n": ""}, "chars_per_cpu_second")


def _row(name: str, scores: object, score: str, baselines: str = "") -> tuple[str, ...]:
    table = _table(scores)
    low, high = _pair(table[f"{score}_interval"]) if f"{score}_interval" in table else ("", "")
    beside = _table(table[baselines]) if baselines else {}
    second = beside.get("title_rule", beside.get("plain_search"))
    return (
        name,
        _number(table[score]),
        f"{low}–{high}" if low else "",
        str(table["n"]),
        _number(_table(beside["majority"]).get(score)) if beside else "",
        _number(_table(second).get(score)) if second else "",
    )


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(type(value))
    return value


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list):
        raise TypeError(type(value))
    return _number(value[0]), _number(value[1])


def _number(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"
