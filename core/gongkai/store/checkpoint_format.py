"""Exactly what a checkpoint says and what is signed; docs/chain.md is this module in words.

The stand-alone verifier reads these formats with code of its own. Changing any of it makes
checkpoints in other people's drawers unreadable: a new format gets a new name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongkai.store.chain import Head
from gongkai.store.chain_format import ALGORITHM, GENESIS, canonical

CHECKPOINT = "gongkai-checkpoint-1"
KEY = "gongkai-key-1"
SIGNATURE = "ed25519"
SHORT = 32
"""Hexadecimal digits of a hash that are printed where somebody may have to type them."""

_BEGIN, _END = "-----BEGIN GONGKAI CHECKPOINT-----", "-----END GONGKAI CHECKPOINT-----"
_BLOCK = re.compile(re.escape(_BEGIN) + r"([A-Za-z0-9+/=\s]*)" + re.escape(_END))
_TYPED = re.compile(r"(\d{1,18})[:：]([0-9A-Fa-f][0-9A-Fa-f\s-]*)")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNED = re.compile(r"[0-9a-f]{128}")
_TEXTS = ("office", "chain", "hash", "made_at", "made_by", "previous", "key")
_HASHES = ("chain", "hash", "previous", "key")


@dataclass(frozen=True, slots=True)
class Statement:
    """What an office states of its chain at one moment.

    ``chain`` is the hash of row 1 and tells one chain from another; ``erased`` counts the
    payloads erased by then; ``previous`` is the digest of the checkpoint before; ``key`` is
    the public key it is signed with.
    """

    office: str
    chain: str
    seq: int
    hash: str
    made_at: str
    made_by: str
    erased: int
    previous: str
    key: str

    @property
    def text(self) -> str:
        """What is signed: JSON in the chain's one spelling, ASCII."""
        return canonical(
            {
                "format": CHECKPOINT,
                "algorithm": ALGORITHM,
                "signature": SIGNATURE,
                "seq": self.seq,
                "erased": self.erased,
                **{name: getattr(self, name) for name in _TEXTS},
            }
        )

    @classmethod
    def of(cls, text: str) -> Statement:
        """The statement a text makes; raises ``ValueError`` for any other text."""
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("a statement is an object")
        values: dict[str, Any] = {name: found.get(name) for name in cls.__slots__}
        statement = cls(**values)
        if not all(isinstance(getattr(statement, name), str) for name in _TEXTS):
            raise ValueError("a statement lacks a text")
        if not all(type(n) is int and n >= 0 for n in (statement.seq, statement.erased)):
            raise ValueError("a statement lacks a number")
        if not all(_HASH.fullmatch(getattr(statement, name)) for name in _HASHES):
            raise ValueError("a statement lacks a hash")
        # Another spelling, format or algorithm, or anything more: not this format.
        if statement.text != text:
            raise ValueError("a statement in another format")
        return statement


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A statement and its signature in hexadecimal digits."""

    statement: Statement
    signature: str

    @property
    def digest(self) -> str:
        """What the next checkpoint repeats."""
        return digest_of(self.statement.text)

    @property
    def genuine(self) -> bool:
        """Whether the statement is signed with the key it names."""
        return signed_by(self.statement.key, self.signature, self.statement.text)

    @property
    def block(self) -> str:
        """The checkpoint for machines, in lines that survive mail and print."""
        text = f"{self.statement.text}\n{self.signature}\n"
        code = base64.b64encode(text.encode("ascii")).decode("ascii")
        lines = [code[start : start + 64] for start in range(0, len(code), 64)]
        return "\n".join([_BEGIN, *lines, _END])


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody kept outside: a whole checkpoint, or number and first digits typed in.

    ``name`` is how it was handed in, for messages.
    """

    name: str
    seq: int
    digits: str
    checkpoint: Checkpoint | None = None

    @property
    def head(self) -> Head:
        """For verification, which compares as many digits as there are."""
        return Head(self.seq, self.digits)


def read_blocks(text: str, name: str) -> tuple[Kept, ...]:
    """Every checkpoint in a text; raises ``ValueError`` when one cannot be read."""
    return tuple(_kept(code, name) for code in _BLOCK.findall(text))


def _kept(code: str, name: str) -> Kept:
    try:
        text = base64.b64decode("".join(code.split()), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("a block that is no base64") from error
    first, _, rest = text.partition("\n")
    signature = rest.removesuffix("\n")
    if not _SIGNED.fullmatch(signature):
        raise ValueError("a block without a signature")
    statement = Statement.of(first)
    return Kept(name, statement.seq, statement.hash, Checkpoint(statement, signature))


def read_typed(text: str) -> Kept | None:
    """What is printed at the foot of a ledger, "123:4f2a b1c3 …"; None for anything else.

    Raises ``ValueError`` for fewer digits than are printed: too few prove nothing.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    digits = re.sub(r"[\s-]", "", found[2]).lower()
    if not SHORT <= len(digits) <= len(GENESIS):
        raise ValueError("too few digits, or too many")
    return Kept(text.strip(), int(found[1]), digits)


def digest_of(text: str) -> str:
    """The digest of a statement."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def signed_by(key: str, signature: str, text: str) -> bool:
    """Whether the owner of the public key signed the text."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), text.encode("ascii"))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """A public key for people to compare: 32 hexadecimal digits in groups of four."""
    return grouped(hashlib.sha256(bytes.fromhex(key)).hexdigest()[:SHORT])


def grouped(digits: str) -> str:
    """Hexadecimal digits in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
