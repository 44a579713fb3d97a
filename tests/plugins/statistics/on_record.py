"""Papers written into a real record, step by step."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from sqlalchemy import Connection, insert, update

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.determination import Capacity, Determination, DeterminationStatus, Medium
from gongkai.store import cases, determinations, returns, tables
from gongkai.store.cases import CaseFacts
from gongkai.store.documents import Sighting, see

PEOPLE = ("张晓明示例", "王雅琴示例", "赵建军示例")
"""Who drafted, checked and signed: no figure may show them."""

_papers = count(1)
Made = tuple[Act, str, State]


def entered(
    connection: Connection,
    *made: Made,
    attribute: DisclosureAttribute = DisclosureAttribute.PROACTIVE,
    stage: Stage = Stage.SUBMITTED,
    rows: dict[str, DisclosureAttribute | None] | None = None,
    blocking: int = 0,
    basis: str = "",
    section: str = "就业促进科",
    kind: str = "通知",
    signed: str = "2025-03-03",
) -> Case:
    """A paper that was judged once and then went these steps, the first being its opening."""
    name = f"文件{next(_papers)}"
    day = made[0][1]
    document = see(connection, Sighting(f"/送核/{name}.docx", name, name, _at(day, 8))).document
    _judged(connection, document, stage, _at(day, 8), rows, blocking)
    facts = CaseFacts(section=section, doc_type=kind, signed_date=signed)
    case = cases.open_case(connection, document, facts, _at(day))
    source: State | None = None
    for act, on, target in made:
        step = Step(
            revision=case.revision + 1,
            act=act,
            source=source,
            target=target,
            round=case.round + (source is State.RETURNED),
            actor=PEOPLE[2],
            acted_on=on,
            recorded_by=PEOPLE[1],
            recorded_at=_at(on),
            reason=f"{PEOPLE[0]}说明",
            attribute=attribute if act is Act.APPROVE else None,
            core_fingerprint="f1:aa",
        )
        case = cases.move(connection, case, step, attribute=attribute, drafter=PEOPLE[0])
        if act is Act.APPROVE:
            signed = _determination(attribute, on, basis)
            determinations.record(connection, document, signed)
            # What somebody proposes beside it is no ground of the determination.
            proposal = replace(signed, status=DeterminationStatus.PROPOSED, basis="E7")
            determinations.record(connection, document, proposal)
        if target is State.RETURNED:
            told = {"code": "LABEL_MISSING"} if act is Act.JUDGE else {"text": f"请{PEOPLE[0]}修改"}
            returns.add_notice(
                connection, case, [told], automatic=act is Act.JUDGE, by=PEOPLE[1], at=_at(on)
            )
        source = target
    return case


def stopped(connection: Connection, case: Case) -> None:
    """The paper was stopped for a secrecy mark."""
    connection.execute(
        update(tables.case).where(tables.case.c.id == case.id).values(state=State.QUARANTINED)
    )


def _determination(attribute: DisclosureAttribute, on: str, basis: str) -> Determination:
    return Determination(
        attribute=attribute,
        core_fingerprint="f1:aa",
        decided_by=PEOPLE[2],
        decided_on=on,
        capacity=Capacity.SIGNING,
        medium=Medium.SYSTEM,
        recorded_by=PEOPLE[2],
        recorded_at=_at(on),
        status=DeterminationStatus.DETERMINED,
        reason=f"{PEOPLE[0]}说明",
        basis=basis,
    )


def _judged(
    connection: Connection,
    document: int,
    stage: Stage,
    at: str,
    rows: dict[str, DisclosureAttribute | None] | None,
    blocking: int,
) -> None:
    version = connection.execute(
        insert(tables.version)
        .values(document_id=document, n=1, input_digest="d", sha256="s", stage=stage, seen_at=at)
        .returning(tables.version.c.id)
    ).scalar_one()
    advice = None
    if rows is not None:
        fired = [{"id": id, "attribute": attribute} for id, attribute in rows.items()]
        advice = {"attribute": None, "mode": "own", "rules": fired}
    verdict = connection.execute(
        insert(tables.verdict)
        .values(
            document_id=document,
            version_id=version,
            input_digest="d",
            pipeline_version="1",
            profile="national_2019@1",
            stage=stage,
            outcome="clean",
            suggestion=advice,
            checked_by=[],
            notes=[],
            sources_used=[],
            core_fingerprint="f1:aa",
            judged_at=at,
        )
        .returning(tables.verdict.c.id)
    ).scalar_one()
    for n, severity in enumerate([Severity.BLOCK] * blocking + [Severity.WARNING]):
        connection.execute(
            insert(tables.finding).values(
                verdict_id=verdict, n=n, code="ID_NUMBER", severity=severity, rule="r",
                basis=[], details=[], places=[],
            )
        )  # fmt: skip


def _at(day: str, hour: int = 9) -> str:
    return f"{day}T{hour:02}:00:00+08:00"


OPENED: Made = (Act.JUDGE, "2025-03-03", State.SUGGESTED)
RETURNED: Made = (Act.JUDGE, "2025-03-03", State.RETURNED)
APPROVED: Made = (Act.APPROVE, "2025-03-10", State.APPROVED)
PUBLISHED: Made = (Act.PUBLISH, "2025-03-12", State.PUBLISHED)


def marked_late(connection: Connection, case: Case) -> Case:
    """The paper was issued outside and entered afterwards (补办)."""
    cases.note_late(connection, case, f"{PEOPLE[0]}当晚已印发")
    return replace(case, late=True)
