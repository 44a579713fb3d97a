"""All that a decision about a case leans on, read in one moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from gongkai.lifecycle.case import Case, Situation
from gongkai.lifecycle.roles import Role
from gongkai.model.attribute import Severity
from gongkai.model.bundle import Role as MemberRole
from gongkai.model.finding import FindingCode
from gongkai.model.verdict import Mode, Verdict
from gongkai.people.roster import roster
from gongkai.settings import Settings
from gongkai.store import cases, determinations, requests, tables, verdicts
from gongkai.store.paths import path_from_key
from gongkai.watch.at_hand import digest


def situation(
    connection: Connection, settings: Settings, case: Case, on: date, *, judged: bool
) -> Situation:
    """The situation of a case on a day; ``judged``: its files are those of the last verdict."""
    found = _verdict(connection, case)
    standing = determinations.current(connection, case.document, case.core_fingerprint)
    made = standing.determination if standing else None
    return Situation(
        case=case,
        history=cases.history(connection, case),
        open_findings=_open(found),
        policy_unseen=_policy_unseen(found),
        judged=judged and not requests.waits(connection, case.document),
        declared=made is not None and not made.is_secret_matter,
        advised=found.suggestion.attribute if found and found.suggestion else None,
        redetermined=bool(
            found and found.suggestion and found.suggestion.mode is Mode.REDETERMINED
        ),
        reason=made.reason if made else "",
        basis=made.basis if made else "",
        holders=_holders(connection, settings, case, on),
        text_since=_text_since(connection, case),
        stopped=_stopped(connection, case),
        proposers=determinations.proposers(connection, case.document),
    )


def files_are_judged(connection: Connection, case: Case) -> bool:
    """Whether every file of the case's last version still has the bytes that were judged."""
    if case.version is None:
        return False
    main = main_file(connection, case)
    if main is None:
        return False
    members = connection.execute(
        select(tables.member.c.role, tables.member.c.name, tables.member.c.sha256).where(
            tables.member.c.version_id == case.version
        )
    ).all()
    paths = {m: main if m.role == MemberRole.MAIN else main.parent / m.name for m in members}
    return bool(members) and all(digest(path) == m.sha256 for m, path in paths.items())


def main_file(connection: Connection, case: Case) -> Path | None:
    """Where the case's main file lay when last seen; None under quarantine or once gone."""
    row = connection.execute(
        select(tables.document.c.path_key, tables.document.c.sealed, tables.root.c.path_key)
        .outerjoin(tables.root, tables.root.c.id == tables.document.c.root_id)
        .where(tables.document.c.id == case.document, tables.document.c.state == "current")
    ).first()
    if row is None or row.sealed:
        return None
    inner = Path(path_from_key(row[0]))
    return Path(path_from_key(row[2])) / inner if row[2] is not None else inner


def title_of(connection: Connection, case: Case) -> str:
    """The document's title as it may be shown; "" under quarantine."""
    title: str = connection.execute(
        select(tables.document.c.title).where(tables.document.c.id == case.document)
    ).scalar_one()
    return title


def _text_since(connection: Connection, case: Case) -> str:
    """The day the text judged last took the place of another; "" for the first of all."""
    version = tables.version.c
    rows = connection.execute(
        select(version.id, version.core_fingerprint, version.seen_at)
        .where(version.document_id == case.document)
        .order_by(version.id)
    ).all()
    now = next((row.core_fingerprint for row in rows if row.id == case.version), "")
    first = next((row for row in rows if row.core_fingerprint == now), None)
    return first.seen_at[:10] if first is not None and first is not rows[0] else ""


def _stopped(connection: Connection, case: Case) -> bool:
    sealed: bool = connection.execute(
        select(tables.document.c.sealed).where(tables.document.c.id == case.document)
    ).scalar_one()
    return sealed


def _verdict(connection: Connection, case: Case) -> Verdict | None:
    return verdicts.load(connection, case.verdict).verdict if case.verdict is not None else None


def _open(found: Verdict | None) -> tuple[str, ...]:
    if found is None:
        return ()
    return tuple(f.code.value for f in found.findings if f.severity is Severity.BLOCK)


def _policy_unseen(found: Verdict | None) -> bool:
    """POLICY_WITHHELD that nobody has set aside: the disclosure office has yet to look."""
    if found is None:
        return False
    return any(
        f.code is FindingCode.POLICY_WITHHELD and f.severity is not Severity.INFO
        for f in found.findings
    )


def _holders(
    connection: Connection, settings: Settings, case: Case, on: date
) -> dict[Role, frozenset[str]]:
    everybody = roster(connection, settings)
    held: dict[Role, set[str]] = {}
    for person in everybody.people.values():
        if not person.active:
            continue
        actor = everybody.actor(person.name, on)
        for role in Role:
            if actor.holds(role, case.section) is not None:
                held.setdefault(role, set()).add(person.name)
    return {role: frozenset(names) for role, names in held.items()}
