"""Documents with known answers: one JSON object per line, entities in a second file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from gongkai.errors import DocumentError

NOT_APPLICABLE = "不适用"
"""The attribute of what is no official document."""
UNDECIDED = "逐件判断"
"""The attribute where the rules want a human to say (row 14)."""
UNOFFICIAL = "非公文"
"""The kind of what is no official document."""
OTHER_KIND = "其他:"
"""What stands before a kind that is official and not statutory."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity at ``start``–``end`` of the document's text; ``note`` says what is odd in it."""

    kind: str
    start: int
    end: int
    text: str
    note: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document and what is true of it.

    ``attribute`` is a wording (主动公开 …), NOT_APPLICABLE or UNDECIDED; ``stated`` the words of
    the document's own label, ``forwards`` the documents it forwards, "" for none. ``entities``
    is None where nobody has marked them.
    """

    id: str
    text: str
    title: str
    kind: str
    attribute: str
    sure: bool
    stated: str = ""
    forwards: str = ""
    source: str = ""
    entities: tuple[GoldEntity, ...] | None = None


def load_documents(path: Path) -> list[GoldDocument]:
    """The documents of a file, in its order.

    Raises ``DocumentError`` naming file and line for anything that is not as it should be.
    """
    documents: dict[str, GoldDocument] = {}
    for line, row in _rows(path):
        document = GoldDocument(
            id=_field(path, line, row, "id", str),
            text=_field(path, line, row, "text", str),
            title=_optional(path, line, row, "title"),
            kind=_field(path, line, row, "doc_type", str).removeprefix(OTHER_KIND),
            attribute=_field(path, line, row, "attribute", str),
            sure=_optional(path, line, row, "attribute_confidence") in ("high", ""),
            stated=_optional(path, line, row, "stated_attribute"),
            forwards=_optional(path, line, row, "forwards"),
            source=_optional(path, line, row, "source"),
        )
        if document.id in documents:
            raise DocumentError("gold_twice", file=str(path), line=line, id=document.id)
        documents[document.id] = document
    if not documents:
        raise DocumentError("gold_empty", file=str(path))
    return list(documents.values())


def with_entities(documents: Sequence[GoldDocument], path: Path) -> list[GoldDocument]:
    """The documents with the entities a second file marks in them.

    Raises ``DocumentError`` naming file and line when an entity is not where the file says.
    """
    known = {document.id: document for document in documents}
    for line, row in _rows(path):
        id = _field(path, line, row, "id", str)
        if id not in known:
            raise DocumentError("gold_unknown_id", file=str(path), line=line, id=id)
        entities = tuple(
            _entity(path, line, entity, known[id].text)
            for entity in _field(path, line, row, "entities", list)
        )
        known[id] = replace(known[id], entities=entities)
    return list(known.values())


def _entity(path: Path, line: int, row: object, text: str) -> GoldEntity:
    if not isinstance(row, dict):
        raise DocumentError("gold_field", file=str(path), line=line, field="entities")
    entity = GoldEntity(
        kind=_field(path, line, row, "kind", str),
        start=_field(path, line, row, "start", int),
        end=_field(path, line, row, "end", int),
        text=_field(path, line, row, "text", str),
        note=_optional(path, line, row, "note"),
        sub=_optional(path, line, row, "sub"),
    )
    if text[max(0, entity.start) : max(0, entity.end)] != entity.text:
        raise DocumentError("gold_offset", file=str(path), line=line, start=entity.start)
    return entity


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise DocumentError("gold_encoding", file=str(path)) from None
    except OSError as error:
        raise DocumentError(
            "cannot_open", file=str(path), problem=error.strerror or type(error).__name__
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise DocumentError("gold_not_json", file=str(path), line=number) from None
        if not isinstance(row, dict):
            raise DocumentError("gold_not_json", file=str(path), line=number)
        yield number, row


T = TypeVar("T")


def _field(path: Path, line: int, row: dict[str, object], name: str, kind: type[T]) -> T:
    value = row.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise DocumentError("gold_field", file=str(path), line=line, field=name)
    return value


def _optional(path: Path, line: int, row: dict[str, object], name: str) -> str:
    return _field(path, line, row, name, str) if row.get(name) is not None else ""
