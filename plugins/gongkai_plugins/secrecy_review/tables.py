"""What the review keeps beside the moves of a case; opinions themselves are moves.

Rows are added and never changed: the last one of a matter counts. Every table has the case's
number in ``case``, so that words about a paper go with it when it is stopped (A6).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, MetaData, Table

from gongkai.store.columns import text_column, words_column

metadata = MetaData()

_PREFIX = "secrecy_review_"


def _table(name: str, *columns: Column[Any]) -> Table:
    """A table about cases: whose, on which text, and who wrote the row when."""
    return Table(
        f"{_PREFIX}{name}",
        metadata,
        Column("id", Integer, primary_key=True),
        text_column("case", None),
        text_column("core_fingerprint"),
        *columns,
        words_column("recorded_by"),
        text_column("recorded_at", None),
        Index(f"ix_{_PREFIX}{name}_case", "case"),
    )


def _number(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


# What the secrecy officer said of one finding (SEC-06).
ruling = _table(
    "ruling", text_column("key", None), text_column("code", None), text_column("answer", None),
    words_column("reason"),
)  # fmt: skip

# One step of a question on its way up, in order (SEC-13, SEC-14).
hop = _table(
    "hop", text_column("question", None), text_column("authority", None), words_column("body"),
    words_column("reference"), text_column("sent_on", None),
)  # fmt: skip

answer = _table(
    "answer", _number("hop_id"), text_column("opinion", None), words_column("body"),
    words_column("reference"), text_column("answered_on", None), words_column("reason"),
)  # fmt: skip

# Whether others made the document too, and whether publishing it is ours (SEC-15).
joint = _table(
    "joint", text_column("our_role", None), Column("bodies", JSON, nullable=False, default=list)
)

# ``answer`` "" : asked and not answered yet.
consent = _table(
    "consent", words_column("body"), text_column("asked_on"), text_column("answer"),
    text_column("kind"), words_column("evidence"), text_column("answered_on"),
)  # fmt: skip

# PUBLIC_VERSION_OF: ``public_case`` is what the public may read of ``case`` (SEC-17).
public_version = _table(
    "public_version", text_column("public_case", None), words_column("reason")
)  # fmt: skip

# ``reference`` "" : required, and no record yet (SEC-16).
declassification = _table(
    "declassification", words_column("reference"), text_column("record_on"), words_column("reason")
)  # fmt: skip

# 反向决定 (SRC-17): its own approvals and its filings.
reverse = _table(
    "reverse", text_column("direction", None), words_column("reason"), words_column("basis")
)  # fmt: skip

reverse_step = _table(
    "reverse_step", _number("reverse_id"), _number("n"), text_column("role", None),
    words_column("signer"), words_column("on_behalf_of"), text_column("signed_on", None),
    text_column("medium", None), Column("agreed", Boolean, nullable=False), words_column("reason"),
    words_column("evidence"),
)  # fmt: skip

filing = _table(
    "filing", _number("reverse_id"), text_column("recipient", None), words_column("body"),
    words_column("reference"), text_column("filed_on", None),
)  # fmt: skip

# A leak that happened or may have (SEC-19, B14); ``withdrawn_at`` "" : nothing was public.
incident = _table(
    "incident", text_column("number", None), words_column("channel"),
    text_column("noticed_at", None), text_column("withdrawn_at"), words_column("reason"),
)  # fmt: skip

incident_note = _table(
    "incident_note", _number("incident_id"), text_column("kind", None), words_column("body"),
    text_column("noted_on"), words_column("words"),
)  # fmt: skip
