"""The papers of an office from its record, without a name of anybody.

Columns that name people are not asked for. A paper stopped for a secrecy mark is not counted
at all (A6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, column, func, inspect, select, table

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.determination import DeterminationStatus
from gongkai.model.finding import FindingCode
from gongkai.store import tables
from gongkai.workdays.cases import a_date
from gongkai_plugins.statistics.history import Basis, Look, Notice, Recorded, paper_of
from gongkai_plugins.statistics.papers import Paper, Period

_case, _move = tables.case.c, tables.move.c
_verdict, _finding = tables.verdict.c, tables.finding.c
_determination, _notice = tables.determination.c, tables.return_notice.c

_REVERSE, _FILING = "secrecy_review_reverse", "secrecy_review_filing"
_FILED_WITH = 2
"""A reverse decision is filed with the superior body and with the government (SRC-17)."""

Rows = dict[int, list[Row[Any]]]


@dataclass(frozen=True, slots=True)
class ReverseDecisions:
    """Reverse decisions begun in a period, by direction, and filings that are still open."""

    withhold: int
    disclose: int
    unfiled: int


def papers(connection: Connection, today: date) -> tuple[Paper, ...]:
    """Every paper under the life cycle that was not stopped, in order of number."""
    steps = _by_case(connection, _steps())
    looks = _by_case(connection, _looks())
    notices = _by_case(connection, _notices())
    bases = _by_case(connection, _bases())
    return tuple(
        paper_of(
            Recorded(
                case=_as_case(row),
                steps=tuple(map(_as_step, steps[row.id])),
                looks=tuple(map(_as_look, looks[row.id])),
                notices={each.revision: _as_notice(each) for each in notices[row.id]},
                bases=tuple(
                    Basis(b.recorded_at, b.core_fingerprint, b.basis) for b in bases[row.id]
                ),
            ),
            today,
        )
        for row in connection.execute(_cases())
    )


def reverse_decisions(connection: Connection, period: Period) -> ReverseDecisions | None:
    """What the secrecy review knows of reverse decisions; None where it keeps no such record.

    Its tables are asked for by name: without that plugin there are none, and no zero is made up.
    """
    wanted = {_REVERSE: {"id", "direction", "recorded_at"}, _FILING: {"reverse_id", "recipient"}}
    found = inspect(connection)
    for name, columns in wanted.items():
        if not found.has_table(name) or columns - {c["name"] for c in found.get_columns(name)}:
            return None
    reverse = table(_REVERSE, column("id"), column("direction"), column("recorded_at"))
    filing = table(_FILING, column("reverse_id"), column("recipient"))
    filed: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(filing)):
        filed[row.reverse_id].add(row.recipient)
    begun = [
        row for row in connection.execute(select(reverse)) if a_date(row.recorded_at) in period
    ]
    directions = [row.direction for row in begun]
    return ReverseDecisions(
        withhold=directions.count("WITHHOLD"),
        disclose=directions.count("DISCLOSE"),
        unfiled=sum(len(filed[row.id]) < _FILED_WITH for row in begun),
    )


def _by_case(connection: Connection, query: Select[Any]) -> Rows:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.case_id].append(row)
    return found


def _cases() -> Select[Any]:
    return (
        select(
            _case.id,
            _case.number,
            _case.document_id,
            _case.state,
            _case.revision,
            _case.round,
            _case.section,
            _case.urgency,
            _case.doc_type,
            _case.signed_date,
            _case.late,
            _case.opened_at,
        )
        .where(_case.state != State.QUARANTINED)
        .order_by(_case.year, _case.serial)
    )


def _steps() -> Select[Any]:
    return select(
        _move.case_id,
        _move.revision,
        _move.act,
        _move.source,
        _move.target,
        _move.round,
        _move.acted_on,
        _move.recorded_at,
        _move.attribute,
        _move.core_fingerprint,
        _move.basis,
    ).order_by(_move.case_id, _move.revision)


def _looks() -> Select[Any]:
    blocking = (
        select(_finding.verdict_id, func.count().label("blocking"))
        .where(_finding.severity == Severity.BLOCK)
        .group_by(_finding.verdict_id)
        .subquery()
    )
    return (
        select(
            _case.id.label("case_id"),
            _verdict.judged_at,
            _verdict.stage,
            _verdict.core_fingerprint,
            _verdict.suggestion,
            func.coalesce(blocking.c.blocking, 0).label("blocking"),
        )
        .select_from(tables.case)
        .join(tables.verdict, _verdict.document_id == _case.document_id)
        .outerjoin(blocking, blocking.c.verdict_id == _verdict.id)
        .order_by(_verdict.id)
    )


def _notices() -> Select[Any]:
    return select(_notice.case_id, _move.revision, _notice.automatic, _notice.reasons).join_from(
        tables.return_notice, tables.move, _move.id == _notice.move_id
    )


def _bases() -> Select[Any]:
    return (
        select(
            _case.id.label("case_id"),
            _determination.recorded_at,
            _determination.core_fingerprint,
            _determination.basis,
        )
        .select_from(tables.case)
        .join(tables.determination, _determination.document_id == _case.document_id)
        .where(_determination.status == DeterminationStatus.DETERMINED)
        .order_by(_determination.id)
    )


def _as_case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        document=row.document_id,
        state=State(row.state),
        revision=row.revision,
        round=row.round,
        section=row.section,
        urgency=row.urgency,
        doc_type=row.doc_type,
        signed_date=row.signed_date,
        late=row.late,
        opened_at=row.opened_at,
    )


def _as_step(row: Row[Any]) -> Step:
    return Step(
        revision=row.revision,
        act=Act(row.act),
        source=State(row.source) if row.source else None,
        target=State(row.target),
        round=row.round,
        actor="",
        acted_on=row.acted_on,
        recorded_by="",
        recorded_at=row.recorded_at,
        basis=row.basis,
        attribute=_attribute(row.attribute),
        core_fingerprint=row.core_fingerprint,
    )


def _as_look(row: Row[Any]) -> Look:
    return Look(
        row.judged_at, Stage(row.stage), row.core_fingerprint, row.blocking, _rows(row.suggestion)
    )


def _as_notice(row: Row[Any]) -> Notice:
    codes = {reason.get("code") for reason in row.reasons}
    return Notice(row.automatic, FindingCode.LABEL_MISSING.value in codes)


def _rows(suggestion: Mapping[str, Any] | None) -> dict[str, DisclosureAttribute | None] | None:
    if suggestion is None:
        return None
    return {rule["id"]: _attribute(rule["attribute"]) for rule in suggestion["rules"]}


def _attribute(text: str | None) -> DisclosureAttribute | None:
    return DisclosureAttribute(text) if text else None
