"""Tables of the procedure: cases, their moves, and the people who make them.

A case is a document under the life cycle (requirements §5). Its row says where it rests; the
rows of ``move`` say how it came there and never change. No document text stands here: the
title is the document's and goes with it under quarantine.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from gongkai.store.columns import metadata, refers, text_column, words_column

case = Table(
    "case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    refers("document_id", "document.id"),
    refers("version_id", "version.id", nullable=True),
    refers("verdict_id", "verdict.id", nullable=True),
    text_column("state", None),
    # Counts the moves; whoever decides on an older revision is told (one wins).
    Column("revision", Integer, nullable=False, default=0),
    Column("round", Integer, nullable=False, default=1),
    Column("attribute", Text),
    text_column("core_fingerprint"),
    words_column("drafter"),
    words_column("section"),
    words_column("urgency"),
    words_column("doc_type"),
    words_column("doc_number"),
    text_column("signed_date"),
    # Issued outside and entered afterwards: 补办 (A15).
    Column("late", Boolean, nullable=False, default=False),
    words_column("late_reason"),
    # Office and section disagree; the signer decides (C-23).
    Column("disputed", Boolean, nullable=False, default=False),
    text_column("opened_at", None),
    text_column("moved_at", None),
    UniqueConstraint("year", "serial"),
    UniqueConstraint("document_id"),
    CheckConstraint("attribute IN ('PROACTIVE', 'ON_REQUEST', 'NOT_DISCLOSED')", name="attribute"),
    Index("ix_case_state_section", "state", "section"),
)

move = Table(
    "move",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("case_id", "case.id"),
    Column("revision", Integer, nullable=False),
    text_column("act", None),
    text_column("source"),
    text_column("target", None),
    Column("round", Integer, nullable=False),
    text_column("role"),
    words_column("actor"),
    # Delegation: in whose place the actor acted.
    words_column("on_behalf_of"),
    # The next higher role acted because nobody else could (separation.fallback).
    Column("fallback", Boolean, nullable=False, default=False),
    text_column("medium", None),
    text_column("acted_on", None),
    words_column("recorded_by"),
    text_column("recorded_at", None),
    words_column("opinion"),
    words_column("reason"),
    words_column("basis"),
    words_column("evidence"),
    Column("attribute", Text),
    text_column("core_fingerprint"),
    Column("details", JSON, nullable=False),
    UniqueConstraint("case_id", "revision"),
    Index("ix_move_act", "act"),
)

return_notice = Table(
    "return_notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    refers("case_id", "case.id"),
    refers("move_id", "move.id"),
    Column("round", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("automatic", Boolean, nullable=False, default=False),
    words_column("made_by"),
    text_column("made_at", None),
    UniqueConstraint("year", "serial"),
    Index("ix_return_notice_case_id", "case_id"),
)

signed_text = Table(
    "signed_text",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("case_id", "case.id"),
    text_column("core_fingerprint", None),
    # Keyed digests, one per paragraph: enough to say which changed, not what stood there.
    Column("paragraphs", JSON, nullable=False),
    text_column("made_at", None),
    UniqueConstraint("case_id", "core_fingerprint"),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    words_column("name"),
    words_column("section"),
    # argon2; NULL: cannot sign in to the desk.
    Column("password", Text),
    Column("active", Boolean, nullable=False, default=True),
    # Operating system accounts (A9).
    Column("accounts", JSON, nullable=False),
    text_column("created_at", None),
    words_column("created_by"),
    Column("failed", Integer, nullable=False, default=0),
    Column("locked_until", Text),
    UniqueConstraint("name"),
)

role_assignment = Table(
    "role_assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("person_id", "person.id"),
    text_column("role", None),
    words_column("unit"),
    words_column("on_behalf_of"),
    # Dates, both included; no end: until revoked.
    text_column("from_on", None),
    Column("to_on", Text),
    words_column("granted_by"),
    text_column("granted_at", None),
    Column("revoked_at", Text),
    words_column("revoked_by"),
    Index("ix_role_assignment_person_id", "person_id"),
)
