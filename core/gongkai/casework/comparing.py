"""What changed in a paper after it was signed, paragraph by paragraph (A3, B10).

The office keeps no text: each paragraph that was signed is known by a keyed digest. So a
comparison says which paragraphs are not as signed, and what stands there now; what stood
there before is in the paper that was signed.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from gongkai.documents.paragraphs import Difference, core_paragraphs, differences
from gongkai.lifecycle.case import Case
from gongkai.model.bundle import Bundle
from gongkai.store import signed_texts

DIGEST_LENGTH = 16
"""Enough to tell the paragraphs of one paper apart; short, since a paper has hundreds."""


def paragraph_digests(bundle: Bundle, digest: Callable[[str], str]) -> tuple[str, ...]:
    """The paragraphs of a bundle as they are kept when it is signed."""
    return tuple(digest(p.folded)[:DIGEST_LENGTH] for p in core_paragraphs(bundle))


def changes_since_signing(
    connection: Connection, case: Case, bundle: Bundle, digest: Callable[[str], str]
) -> tuple[Difference, ...] | None:
    """Where a bundle is not as it was signed; None when nothing was kept of the signed text."""
    signed = signed_texts.of(connection, case)
    if not signed:
        return None
    now = tuple(core_paragraphs(bundle))
    return differences(signed, now, paragraph_digests(bundle, digest))
