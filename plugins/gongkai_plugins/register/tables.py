"""The register's tables: rows are added, none is changed or taken away (REG-12).

How an entry stands follows from the rows that point to it. ``case`` is the number of the case,
"" for an entry without one; text in a table with that column goes with a stopped paper.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from gongkai.store.columns import text_column, words_column

metadata = MetaData()

resolution = Table(
    "register_resolution",
    metadata,
    Column("id", Integer, primary_key=True),
    # What is quoted in an entry: 领导小组会议纪要〔2026〕3号.
    words_column("number"),
    text_column("adopted_on", None),
    words_column("scope"),
    # standing: for a kind of paper until further notice; batch: for the cases of a list (C-15).
    text_column("kind", None),
    Column("expires_on", Text),
    Column("cases", JSON, nullable=False, default=list),
    words_column("evidence_name"),
    text_column("evidence_sha256"),
    words_column("added_by"),
    text_column("added_at", None),
    UniqueConstraint("number", name="uq_register_resolution_number"),
    CheckConstraint("kind IN ('standing', 'batch')", name="ck_register_resolution_kind"),
)

entry = Table(
    "register_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    # 2026-登-005; the number of the first entry where this one corrects it.
    Column("number", Text, nullable=False),
    Column("origin", Text, nullable=False),
    text_column("occasion", None),
    # The entry it corrects or comes after; it stays.
    text_column("before"),
    text_column("case"),
    Column("round", Integer, nullable=False, default=1),
    text_column("core_fingerprint"),
    # One item, one entry (REG-09): of a request for disclosure.
    Column("request", Text),
    text_column("index_number"),
    text_column("attribute", None),
    words_column("name"),
    words_column("subject"),
    words_column("scope"),
    words_column("opinion"),
    text_column("planned_on"),
    # Codes, not words: they stay when the text goes.
    text_column("channels"),
    words_column("resolution"),
    words_column("doc_number"),
    words_column("made_on"),
    words_column("summary"),
    text_column("cadence", None),
    words_column("batch"),
    words_column("reason"),
    words_column("basis"),
    text_column("next_review"),
    words_column("section"),
    Column("late", Boolean, nullable=False, default=False),
    # Why it corrects another.
    words_column("why"),
    words_column("registered_by"),
    text_column("registered_at", None),
    UniqueConstraint("year", "serial", name="uq_register_entry_year_serial"),
    UniqueConstraint("number", name="uq_register_entry_number"),
    Index("ix_register_entry_case", "case"),
    Index("ix_register_entry_origin", "origin"),
    Index("ix_register_entry_request", "request"),
)

cancellation = Table(
    "register_cancellation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    text_column("case"),
    words_column("reason"),
    words_column("by"),
    text_column("at", None),
    UniqueConstraint("origin", name="uq_register_cancellation_origin"),
)

publication = Table(
    "register_publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    text_column("case"),
    text_column("channel", None),
    words_column("url"),
    text_column("published_at", None),
    # Whether this row's day is the day of disclosure (PUB-02).
    Column("counts", Boolean, nullable=False, default=False),
    words_column("evidence_name"),
    text_column("evidence_sha256"),
    text_column("content_sha256"),
    words_column("remark"),
    words_column("recorded_by"),
    text_column("recorded_at", None),
    # One place, one time: the same row imported twice is one publication.
    text_column("mark", None),
    UniqueConstraint("origin", "mark", name="uq_register_publication_origin_mark"),
)

withdrawal = Table(
    "register_withdrawal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    text_column("case"),
    words_column("reason"),
    # What the public was told (SRC-18), "" where a leak leaves nothing to say.
    words_column("explanation"),
    words_column("by"),
    text_column("at", None),
    Index("ix_register_withdrawal_origin", "origin"),
)

review = Table(
    "register_review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    text_column("case"),
    text_column("reviewed_on", None),
    # keep: withheld on; reopen: to be determined anew (N-04).
    text_column("outcome", None),
    text_column("next_review"),
    words_column("reason"),
    words_column("by"),
    text_column("at", None),
    CheckConstraint("outcome IN ('keep', 'reopen')", name="ck_register_review_outcome"),
    Index("ix_register_review_origin", "origin"),
)

evidence = Table(
    "register_evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    text_column("case"),
    words_column("kind"),
    words_column("name"),
    text_column("sha256", None),
    Column("size", Integer, nullable=False),
    text_column("keep_until", None),
    words_column("added_by"),
    text_column("added_at", None),
    UniqueConstraint("origin", "sha256", name="uq_register_evidence_origin_sha256"),
)

report = Table(
    "register_report",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("source_sha256", None),
    Column("online", Integer, nullable=False),
    Column("registered", Integer, nullable=False),
    # Codes, serial numbers and line numbers: no title, no address.
    Column("findings", JSON, nullable=False),
    words_column("by"),
    text_column("at", None),
)

consultation = Table(
    "register_consultation",
    metadata,
    Column("id", Integer, primary_key=True),
    # 2026-征-001
    Column("number", Text, nullable=False),
    # The draft's case, where it has one.
    text_column("case"),
    words_column("name"),
    text_column("closes_on", None),
    words_column("form"),
    words_column("scope"),
    words_column("by"),
    text_column("at", None),
    UniqueConstraint("number", name="uq_register_consultation_number"),
)

conclusion = Table(
    "register_conclusion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("consultation", Text, nullable=False),
    # The case of the paper that came of it.
    text_column("case"),
    words_column("note"),
    words_column("by"),
    text_column("at", None),
    UniqueConstraint("consultation", name="uq_register_conclusion_consultation"),
)

opinion = Table(
    "register_opinion",
    metadata,
    Column("id", Integer, primary_key=True),
    # 2026-意-001
    Column("number", Text, nullable=False),
    text_column("consultation"),
    text_column("case"),
    text_column("method", None),
    text_column("received_on", None),
    words_column("text"),
    words_column("by"),
    text_column("at", None),
    UniqueConstraint("number", name="uq_register_opinion_number"),
)

handling = Table(
    "register_handling",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("opinion", Text, nullable=False),
    text_column("case"),
    words_column("leader"),
    words_column("instruction"),
    words_column("result"),
    Column("adopted", Boolean, nullable=False, default=False),
    words_column("by"),
    text_column("at", None),
    UniqueConstraint("opinion", name="uq_register_handling_opinion"),
)
