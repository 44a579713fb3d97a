"""Papers with a secrecy mark: a number, a time, keyed hashes, and a path for one reader.

No title, no text, no excerpt. Who may open the path or release a case is decided by the
caller from the named secrecy officers; what a release must say is enforced here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from gongkai.errors import ActionRefused
from gongkai.store import audit, chain, stopped_cases, stopped_places, tables
from gongkai.store.concealment import (
    HiddenNames,
    conceal,
    content_tag,
    hidden_names,
    path_tag,
    restore,
)
from gongkai.store.database import Turn, take_turn
from gongkai.store.paths import path_from_key
from gongkai.store.secrets import seal, unseal

_case = tables.quarantine.c


class Status(StrEnum):
    """Open, released by the officer, or closed for ever."""

    OPEN = "open"
    RELEASED = "released"
    CLOSED = "closed"


class Ruling(StrEnum):
    """What the officer found on the spot."""

    BLANK_TEMPLATE = "空白模板"
    SAMPLE = "样张"
    MARKED_BY_MISTAKE = "误标"
    DECLASSIFIED = "已解密"
    STATE_SECRET = "确属国家秘密"


@dataclass(frozen=True, slots=True)
class Discovery:
    """A file with a mark: where it lies, what its bytes are called, and what stopped it.

    ``path`` is relative to its root. ``positions`` name where marks stand, e.g. "first_page",
    and hold no text. ``document`` is the document the file belongs to, where it is not the
    main file of one; ``others`` are those whose names go with it, and ``places`` the tags of
    where it lies, whose names are held back while the case stands.
    """

    path: str
    sha256: str
    positions: Sequence[str]
    found_at: str
    root_id: int | None = None
    document: int | None = None
    others: Sequence[int] = ()
    places: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What everybody may know of a case."""

    number: str
    storage: str
    found_at: str
    status: Status
    positions: tuple[str, ...]
    released_by: str = ""
    released_as: Ruling | None = None
    note: str = ""
    closed_at: str = ""


def status_of(connection: Connection, key: bytes, sha256: str) -> Status | None:
    """What was decided about these bytes, wherever they lie; None if they were never stopped.

    A state secret stays one under another name; a template released once passes everywhere.
    What gongkai wrote into released bytes stands and falls with them.
    """
    tag, written = content_tag(key, sha256), tables.released_bytes.c
    origins = select(written.origin).where(written.tag == tag)
    found = set(
        connection.execute(
            select(_case.status).where(
                or_(_case.content_tag == tag, _case.content_tag.in_(origins))
            )
        ).scalars()
    )
    order = (Status.CLOSED, Status.RELEASED, Status.OPEN)
    return next((status for status in order if status in found), None)


def stands(connection: Connection, document: int) -> bool:
    """Whether the officer has still to rule on a file of this document."""
    mine = (_case.document_id == document) & (_case.status == Status.OPEN)
    return connection.execute(select(_case.id).where(mine)).first() is not None


def open_case(connection: Connection, key: bytes, found: Discovery, actor: str) -> Case:
    """Open a case and forget what is stored of the document.

    A path has one open case; new bytes in it only change what the officer will rule on.
    Bytes ruled to be a state secret stay with their closed case. Numbers (Q-2026-003) have
    no gaps.
    """
    take_turn(connection, Turn.DOCUMENTS)
    take_turn(connection, Turn.NUMBERS)
    where, what = path_tag(key, found.root_id, found.path), content_tag(key, found.sha256)
    standing = connection.execute(
        select(tables.quarantine).where(
            _case.path_tag == where,
            or_(
                _case.status == Status.OPEN,
                and_(_case.status == Status.CLOSED, _case.content_tag == what),
            ),
        )
    ).first()
    names = hidden_names(connection, found.root_id, found.path, where, found.document, found.others)
    if standing is not None:
        stopped_places.add(connection, standing.id, found.places)
        values: dict[str, object] = {"content_tag": what}
        if names.documents and standing.sealed_path is not None:
            hidden = HiddenNames.from_json(unseal(key, standing.sealed_path, standing.number))
            more = replace(hidden, others=(*hidden.others, *names.documents))
            values["sealed_path"] = seal(key, more.to_json(), standing.number)
        connection.execute(update(tables.quarantine).where(_case.id == standing.id).values(values))
        conceal(connection, key, names, what, actor, found.found_at)
        return show(connection, standing.number)
    year = int(found.found_at[:4])
    serial = (
        1
        + connection.execute(
            select(func.coalesce(func.max(_case.serial), 0)).where(_case.year == year)
        ).scalar_one()
    )
    number = f"Q-{year}-{serial:03}"
    storage = _storage(connection, found.root_id)
    case: int = connection.execute(
        insert(tables.quarantine)
        .values(
            year=year,
            serial=serial,
            number=number,
            root_id=found.root_id,
            document_id=names.document,
            storage=storage,
            sealed_path=seal(key, names.to_json(), number),
            path_tag=where,
            content_tag=what,
            positions=list(found.positions),
            found_at=found.found_at,
        )
        .returning(_case.id)
    ).scalar_one()
    stopped_places.add(connection, case, found.places)
    conceal(connection, key, names, what, actor, found.found_at)
    chain.append(
        connection,
        "quarantine.opened",
        f"quarantine:{number}",
        {"storage": storage, "path": where, "content": what, "positions": list(found.positions)},
        actor,
        found.found_at,
    )
    return show(connection, number)


def _storage(connection: Connection, root_id: int | None) -> str:
    """The code shown instead of the path."""
    code = connection.execute(
        select(tables.root.c.code).where(tables.root.c.id == root_id)
    ).scalar()
    return str(code or "")


def list_cases(connection: Connection) -> tuple[Case, ...]:
    """Every case, oldest first, without paths."""
    numbers = connection.execute(select(_case.number).order_by(_case.year, _case.serial))
    return tuple(show(connection, number) for number in numbers.scalars())


def show(connection: Connection, number: str) -> Case:
    """One case. Raises ``ActionRefused`` when there is none with this number."""
    row = connection.execute(select(tables.quarantine).where(_case.number == number)).first()
    if row is None:
        raise ActionRefused("quarantine_unknown", number=number)
    return Case(
        row.number,
        row.storage,
        row.found_at,
        Status(row.status),
        tuple(row.positions),
        row.released_by,
        Ruling(row.released_as) if row.released_as else None,
        row.note,
        row.closed_at or "",
    )


def reveal_path(connection: Connection, key: bytes, number: str, officer: str, at: str) -> str:
    """The path of a case, for the secrecy officer; "" once erased. Looking is recorded."""
    show(connection, number)
    sealed = connection.execute(select(_case.sealed_path).where(_case.number == number)).scalar()
    audit.record(connection, "path_revealed", f"quarantine:{number}", officer, at)
    if sealed is None:
        return ""
    return path_from_key(json.loads(unseal(key, sealed, number))["path"])


def release(
    connection: Connection,
    key: bytes,
    number: str,
    ruling: Ruling,
    officer: str,
    reason: str,
    at: str,
) -> Case:
    """Record the officer's ruling.

    确属国家秘密 closes the case for ever and erases the path; any other ruling lets the
    same bytes be read again. Raises ``ActionRefused`` without a name or a reason, or for a
    case that is not open.
    """
    if not officer.strip() or not reason.strip():
        raise ActionRefused("release_needs_reason", number=number)
    take_turn(connection, Turn.DOCUMENTS)
    if show(connection, number).status is not Status.OPEN:
        raise ActionRefused("quarantine_not_open", number=number)
    case = connection.execute(select(tables.quarantine).where(_case.number == number)).one()
    secret = ruling is Ruling.STATE_SECRET
    connection.execute(
        update(tables.quarantine)
        .where(_case.id == case.id)
        .values(
            status=Status.CLOSED if secret else Status.RELEASED,
            released_by=officer,
            released_as=ruling,
            note=reason,
            closed_at=at,
            sealed_path=None if secret else case.sealed_path,
        )
    )
    if not secret:
        restore(connection, key, case.id)
        if case.document_id is not None:
            stopped_cases.let_go(connection, case.document_id, officer, reason, at)
    chain.append(
        connection,
        "quarantine.closed" if secret else "quarantine.released",
        f"quarantine:{number}",
        {"ruling": ruling, "reason": reason},
        officer,
        at,
    )
    return show(connection, number)
