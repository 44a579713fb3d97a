"""A case for the archive: the paper as judged, its forms, and its rows of the chain (B19)."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from gongkai.casework.dossier import Dossier
from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.lifecycle.state import State
from gongkai.model.bundle import Role
from gongkai.moment import now
from gongkai.printable import printable
from gongkai.store import tables

FINAL, FORMS = "定稿", "表单"
CHAIN, EVIDENCE, MANIFEST = "登记链.jsonl", "依据材料.json", "清单.json"
FORMAT = "gongkai-case-export-1"


@dataclass(frozen=True, slots=True)
class Archived:
    """Where a case was laid, and the sha256 of its manifest."""

    folder: Path
    files: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What is laid in besides the record: the main file, issue forms beside it, printed papers
    by file name, and the case's rows of the chain.
    """

    main: Path
    issue_forms: tuple[Path, ...]
    printed: Mapping[str, bytes]
    rows: tuple[dict[str, object], ...]


def archive(seen: Dossier, laid: Laid, to: Path) -> Archived:
    """Lay a case into a new folder, whole or not at all.

    Raises ``ActionRefused`` for a stopped paper, for files that are not as they were judged,
    and for a folder that exists.
    """
    if seen.case.state is State.QUARANTINED:
        raise ActionRefused("case_stopped", number=seen.case.number)
    if to.exists():
        raise ActionRefused("case_export_exists", folder=printable(str(to)))
    try:
        # Beside the folder it is to become: it gets its name in one step.
        with tempfile.TemporaryDirectory(prefix=".gongkai-", dir=to.absolute().parent) as scratch:
            draft = Path(scratch) / "case"
            draft.mkdir(mode=0o750)
            listed = _fill(seen, laid, draft)
            draft.rename(to)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        folder = printable(str(to))
        raise ConfigurationError("case_unwritten", folder=folder, problem=problem) from error
    return Archived(to, listed, _digest((to / MANIFEST).read_bytes()))


def chain_rows(connection: Connection, seen: Dossier) -> tuple[dict[str, object], ...]:
    """The chain rows of a case and its document, payloads with their salt, as they stand.

    Whoever has a later export of the whole chain finds the same rows there (docs/verifying.md).
    """
    subjects = (f"case:{seen.case.number}", f"document:{seen.case.document}")
    row, body = tables.chain.c, tables.payload.c
    found = connection.execute(
        select(tables.chain, body.salt, body.body)
        .outerjoin(tables.payload, body.seq == row.seq)
        .where(row.subject.in_(subjects))
        .order_by(row.seq)
    ).mappings()
    return tuple({name: _plain(value) for name, value in each.items()} for each in found)


def _fill(seen: Dossier, laid: Laid, draft: Path) -> int:
    files = _final(seen, laid)
    files |= {f"{FORMS}/{name}": data for name, data in laid.printed.items()}
    files[CHAIN] = b"".join(_json(row) + b"\n" for row in laid.rows)
    files[EVIDENCE] = _json(_evidence(seen), indent=2)
    for name, data in files.items():
        path = draft / name
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        path.write_bytes(data)
    (draft / MANIFEST).write_bytes(_json(_manifest(seen, files), indent=2))
    return len(files) + 1


def _final(seen: Dossier, laid: Laid) -> dict[str, bytes]:
    """The files of the version the case stands for, each with the bytes that were judged."""
    main, found = laid.main, {}
    for file in seen.files:
        own = file.role == Role.MAIN
        try:
            data = (main if own else main.parent / file.name).read_bytes()
        except FileNotFoundError:
            data = b""
        if _digest(data) != file.sha256:
            raise ActionRefused("case_files_differ", number=seen.case.number)
        found[f"{FINAL}/{main.name if own else file.name}"] = data
    for form in laid.issue_forms:
        found[f"{FINAL}/{form.name}"] = form.read_bytes()
    return found


def _evidence(seen: Dossier) -> list[dict[str, str]]:
    return [
        {
            "act": step.act,
            "actor": step.actor,
            "acted_on": step.acted_on,
            "medium": step.medium,
            "recorded_by": step.recorded_by,
            "evidence": step.evidence,
        }
        for step in seen.history
        if step.evidence
    ]


def _manifest(seen: Dossier, files: Mapping[str, bytes]) -> dict[str, object]:
    case = seen.case
    return {
        "format": FORMAT,
        "made_at": now(),
        "case": case.number,
        "title": seen.title,
        "state": case.state,
        "attribute": case.attribute,
        "doc_number": case.doc_number,
        "core_fingerprint": case.core_fingerprint,
        "files": [
            {"name": printable(name), "bytes": len(data), "sha256": _digest(data)}
            for name, data in sorted(files.items())
        ],
    }


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _json(value: object, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
