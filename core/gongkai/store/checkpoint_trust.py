"""Whose checkpoints these are: signatures, the succession of keys, and what is left unproven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from gongkai.store import checkpoints
from gongkai.store.chain_format import GENESIS
from gongkai.store.checkpoint_format import Checkpoint, Kept, fingerprint
from gongkai.store.checkpoints import Stored
from gongkai.store.signing_key import KeyRecord, recorded


class DoubtCode(StrEnum):
    """What does not fit about a checkpoint or a key; the rows themselves are checked elsewhere."""

    SIGNATURE_WRONG = "signature_wrong"
    KEY_UNKNOWN = "key_unknown"
    KEY_NOT_YOURS = "key_not_yours"
    KEY_RECORD_WRONG = "key_record_wrong"
    OTHER_CHAIN = "other_chain"
    RECORD_DIFFERS = "record_differs"
    RECORD_MISSING = "record_missing"
    PREVIOUS_DIFFERS = "previous_differs"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not fit, the row it is about, and how what was handed in is called."""

    code: DoubtCode
    seq: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What was found about keys and signatures.

    ``keys`` are the public keys whose records hold; ``replaced`` are rows from which on a key
    counts that no earlier key signed.
    """

    stored: int
    doubts: tuple[Doubt, ...]
    keys: tuple[str, ...]
    replaced: tuple[int, ...]


def examine(connection: Connection, kept: Sequence[Kept] = (), wanted_key: str = "") -> Trust:
    """Check the office's own checkpoints, its keys, and what was kept outside.

    ``wanted_key`` is a public key or fingerprint somebody kept, "" for none.
    """
    first = checkpoints.chain_name(connection)
    keys = recorded(connection)
    own = checkpoints.stored(connection)
    genuine = tuple(key.key for key in keys if key.genuine)
    known = set(genuine)
    doubts = [*_keys(keys), *_own(own, known, first)]
    doubts += [Doubt(DoubtCode.RECORD_MISSING, seq) for seq in checkpoints.missing(connection)]
    doubts += [doubt for item in kept for doubt in _kept(item, known, first)]
    if wanted_key and not any(_is(key, wanted_key) for key in known):
        doubts.append(Doubt(DoubtCode.KEY_NOT_YOURS, 0))
    replaced = tuple(key.seq for key in keys if key.previous and not key.by_previous)
    return Trust(len(own), tuple(doubts), genuine, replaced)


def _keys(keys: Sequence[KeyRecord]) -> list[Doubt]:
    before = ""
    doubts = []
    for key in keys:
        if not key.genuine or key.previous != before:
            doubts.append(Doubt(DoubtCode.KEY_RECORD_WRONG, key.seq))
        before = key.key
    return doubts


def _own(own: Sequence[Stored], known: set[str], first: str) -> list[Doubt]:
    doubts = []
    before = GENESIS
    for item in own:
        if item.checkpoint is None:
            doubts.append(Doubt(DoubtCode.RECORD_DIFFERS, item.seq))
            continue
        if item.checkpoint.statement.previous != before:
            doubts.append(Doubt(DoubtCode.PREVIOUS_DIFFERS, item.seq))
        doubts += _signed(item.checkpoint, known, first, "")
        before = item.checkpoint.digest
    return doubts


def _kept(item: Kept, known: set[str], first: str) -> list[Doubt]:
    return _signed(item.checkpoint, known, first, item.name) if item.checkpoint else []


def _signed(checkpoint: Checkpoint, known: set[str], first: str, name: str) -> list[Doubt]:
    statement = checkpoint.statement
    if not checkpoint.genuine:
        return [Doubt(DoubtCode.SIGNATURE_WRONG, statement.seq, name)]
    if statement.chain != first:
        return [Doubt(DoubtCode.OTHER_CHAIN, statement.seq, name)]
    if statement.key not in known:
        return [Doubt(DoubtCode.KEY_UNKNOWN, statement.seq, name)]
    return []


def _is(key: str, wanted: str) -> bool:
    """Whether a public key is the one somebody kept, whole or as a fingerprint."""
    digits = "".join(wanted.split()).lower()
    return digits in (key, fingerprint(key).replace(" ", ""))
