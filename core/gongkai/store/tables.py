"""Every table of the office's database.

No document text stands in any of them (INT-03): hashes, places, masked excerpts, and names
and titles, which are erased when a paper is quarantined. Times are ISO 8601 text with offset,
except in the journal, which compares them with file times and keeps seconds since 1970.
The constraints are the promises: one verdict per key, one current document per path,
numbers without gaps, one successor per chain row.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from gongkai.store.case_tables import case as case
from gongkai.store.case_tables import move as move
from gongkai.store.case_tables import person as person
from gongkai.store.case_tables import return_notice as return_notice
from gongkai.store.case_tables import role_assignment as role_assignment
from gongkai.store.case_tables import signed_text as signed_text
from gongkai.store.columns import Name, Unsigned, refers, text_column, words_column
from gongkai.store.columns import metadata as metadata

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# --- watched folders and what was seen in them --------------------------------------------

root = Table(
    "root",
    metadata,
    Column("id", Integer, primary_key=True),
    # Shown instead of the path where a path could say too much.
    Column("code", Text, nullable=False, unique=True),
    Column("path_key", Text, nullable=False, unique=True),
    text_column("marker"),
    Column("device", Unsigned),
    text_column("backend"),
    Column("baseline_at", Text),
    Column("last_full_pass", Text),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("root_id", "root.id"),
    # The keyed hash of the path once the file is under quarantine.
    Column("path_key", Text, nullable=False),
    Column("device", Unsigned),
    Column("inode", Unsigned),
    Column("size", BigInteger),
    Column("mtime_ns", BigInteger),
    Column("ctime_ns", BigInteger),
    Column("sha256", Text),
    text_column("state", None),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Float),
    Column("first_seen", Float, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("revision", Integer, nullable=False, default=0),
    text_column("reason"),
    Column("missing_since", Float),
    refers("document_id", "document.id", nullable=True),
    UniqueConstraint("root_id", "path_key"),
    Index("ix_journal_state_next_try", "state", "next_try"),
    Index("ix_journal_sha256", "sha256"),
    Index("ix_journal_document_id", "document_id"),
)

# --- documents ----------------------------------------------------------------------------

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    # NULL: outside every watched folder, ``path_key`` is absolute.
    refers("root_id", "root.id", nullable=True),
    Column("path_key", Text, nullable=False),
    Column("name", Name, nullable=False),
    words_column("title"),
    text_column("state", "current"),
    # Under quarantine: name, title and path are erased.
    Column("sealed", Boolean, nullable=False, default=False),
    # Lay there at the first full pass: recorded, not judged until it changes (A5).
    Column("baseline", Boolean, nullable=False, default=False),
    refers("copy_of", "document.id", nullable=True),
    Column("device", Unsigned),
    Column("inode", Unsigned),
    Column("sha256", Text, nullable=False),
    text_column("first_seen", None),
    text_column("last_seen", None),
    Column("gone_at", Text),
    CheckConstraint("state IN ('current', 'gone')", name="state"),
    Index(
        "uq_document_current_path",
        "root_id",
        "path_key",
        unique=True,
        sqlite_where=text("state = 'current'"),
        postgresql_where=text("state = 'current'"),
    ),
    # NULLs are distinct in a unique index, so documents outside every root need their own.
    Index(
        "uq_document_current_path_outside",
        "path_key",
        unique=True,
        sqlite_where=text("state = 'current' AND root_id IS NULL"),
        postgresql_where=text("state = 'current' AND root_id IS NULL"),
    ),
    Index("ix_document_sha256", "sha256"),
)

document_path = Table(
    "document_path",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("document_id", "document.id"),
    refers("root_id", "root.id", nullable=True),
    Column("path_key", Text, nullable=False),
    text_column("left_at", None),
    Index("ix_document_path_document_id", "document_id"),
)

version = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("document_id", "document.id"),
    Column("n", Integer, nullable=False),
    text_column("input_digest", None),
    text_column("sha256", None),
    text_column("core_fingerprint"),
    text_column("stage", None),
    text_column("seen_at", None),
    UniqueConstraint("document_id", "n"),
    Index("ix_version_sha256", "sha256"),
)

member = Table(
    "member",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("version_id", "version.id"),
    text_column("role", None),
    Column("number", Integer, nullable=False, default=0),
    Column("name", Name, nullable=False),
    text_column("sha256", None),
    text_column("format", None),
    UniqueConstraint("version_id", "role", "number"),
)

# --- what was judged ----------------------------------------------------------------------

verdict = Table(
    "verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("document_id", "document.id"),
    refers("version_id", "version.id"),
    text_column("input_digest", None),
    text_column("pipeline_version", None),
    text_column("profile", None),
    # Hash of what the verdict leaned on outside the bundle: sources, the office's own record.
    text_column("sources_key"),
    text_column("stage", None),
    text_column("outcome", None),
    Column("stated", Text),
    Column("suggestion", JSON(none_as_null=True)),
    Column("checked_by", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("sources_used", JSON, nullable=False),
    words_column("scope_reason"),
    text_column("core_fingerprint"),
    text_column("judged_at", None),
    # The same bytes are incomplete as a draft and returned when submitted: two verdicts.
    UniqueConstraint(
        "document_id",
        "input_digest",
        "pipeline_version",
        "profile",
        "sources_key",
        "stage",
        name="uq_verdict_key",
    ),
    Index("ix_verdict_outcome", "outcome"),
    Index("ix_verdict_version_id", "version_id"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("verdict_id", "verdict.id"),
    Column("n", Integer, nullable=False),
    text_column("code", None),
    text_column("severity", None),
    text_column("rule", None),
    words_column("place"),
    Column("start", Integer, nullable=False, default=0),
    Column("end", Integer, nullable=False, default=0),
    Column("count", Integer, nullable=False, default=1),
    words_column("excerpt"),
    Column("basis", JSON, nullable=False),
    Column("details", JSON, nullable=False),
    Column("places", JSON, nullable=False),
    text_column("key"),
    Column("waivable", Boolean, nullable=False, default=False),
    UniqueConstraint("verdict_id", "n"),
    Index("ix_finding_code", "code"),
)

finding_decision = Table(
    "finding_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("document_id", "document.id"),
    text_column("key", None),
    text_column("status", None),
    text_column("actor", None),
    words_column("reason"),
    text_column("at", None),
    CheckConstraint("status IN ('ACCEPTED', 'FALSE_POSITIVE', 'WAIVED')", name="status"),
    Index("ix_finding_decision_document_id_key", "document_id", "key"),
)

determination = Table(
    "determination",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("document_id", "document.id"),
    text_column("attribute", None),
    text_column("core_fingerprint", None),
    words_column("decided_by"),
    text_column("decided_on", None),
    text_column("capacity", None),
    text_column("medium", None),
    words_column("recorded_by"),
    text_column("recorded_at", None),
    text_column("status", None),
    words_column("reason"),
    words_column("basis"),
    words_column("evidence"),
    Column("is_secret_matter", Boolean, nullable=False),
    Column("work_secret", Boolean, nullable=False),
    words_column("place"),
    text_column("profile"),
    Column("revoked_at", Text),
    words_column("revoked_by"),
    words_column("revoked_reason"),
    CheckConstraint("attribute IN ('PROACTIVE', 'ON_REQUEST', 'NOT_DISCLOSED')", name="attribute"),
    Index("ix_determination_document_id_core_fingerprint", "document_id", "core_fingerprint"),
)

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    words_column("title"),
    words_column("doc_number"),
    words_column("issuer"),
    text_column("signed_date"),
    text_column("status", None),
    Column("attribute", Text),
    words_column("evidence"),
    words_column("published"),
    words_column("consent"),
    words_column("recorded_by"),
    text_column("recorded_at"),
    # Title and number in one spelling, for finding what a citation names.
    words_column("title_key"),
    words_column("number_key"),
    Index("ix_source_title_key", "title_key"),
    Index("ix_source_number_key", "number_key"),
)

# --- papers with a secrecy mark -----------------------------------------------------------

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    refers("root_id", "root.id", nullable=True),
    refers("document_id", "document.id", nullable=True),
    text_column("storage"),
    # Encrypted with the office's key; NULL once erased.
    Column("sealed_path", LargeBinary),
    text_column("path_tag", None),
    text_column("content_tag", None),
    Column("positions", JSON, nullable=False),
    text_column("found_at", None),
    text_column("status", "open"),
    words_column("released_by"),
    words_column("released_as"),
    words_column("note"),
    Column("closed_at", Text),
    UniqueConstraint("year", "serial"),
    CheckConstraint("status IN ('open', 'released', 'closed')", name="status"),
    Index("ix_quarantine_content_tag", "content_tag"),
    Index("ix_quarantine_path_tag", "path_tag"),
)

stopped_place = Table(
    "stopped_place",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("quarantine_id", "quarantine.id"),
    # The keyed hash of the place of a bundle: its names are sealed while the case stands.
    text_column("tag", None),
    UniqueConstraint("quarantine_id", "tag"),
    Index("ix_stopped_place_tag", "tag"),
)

released_bytes = Table(
    "released_bytes",
    metadata,
    Column("id", Integer, primary_key=True),
    refers("quarantine_id", "quarantine.id"),
    # What gongkai wrote into a paper that was let go, and from which stopped bytes it came.
    text_column("tag", None),
    text_column("origin", None),
    UniqueConstraint("quarantine_id", "tag"),
    Index("ix_released_bytes_tag", "tag"),
)

# --- the chain ----------------------------------------------------------------------------

chain = Table(
    "chain",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("prev", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    text_column("kind", None),
    text_column("subject", None),
    text_column("at", None),
    text_column("commitment", None),
    text_column("algorithm", None),
    Index("ix_chain_subject", "subject"),
)

payload = Table(
    "payload",
    metadata,
    Column("seq", BigInteger, ForeignKey("chain.seq"), primary_key=True, autoincrement=False),
    # Both NULL once erased.
    Column("salt", LargeBinary),
    Column("body", Text),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    text_column("hash", None),
    text_column("made_at", None),
    words_column("made_by"),
    words_column("kept_by"),
    words_column("note"),
    # Ed25519, hexadecimal; what was signed stands in the payload of row seq + 1.
    text_column("signature"),
    text_column("public_key"),
)
